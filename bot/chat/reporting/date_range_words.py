"""A range of days in words: "tháng 10/2026", "quý IV/2026", "hôm nay 25/11/2026"."""

from datetime import date, timedelta

from bot.chat import dates
from bot.language.moments.date_range import Stretch, whole

_NEAR = {-1: "hôm qua", 0: "hôm nay", 1: "ngày mai"}
_ROMAN = ("I", "II", "III", "IV")


def words(stretch: Stretch, today: date) -> str:
    """Return the days as people say them; safe in HTML."""
    first, last = stretch.first, stretch.last
    if first is None or last is None:
        return f"đến hết {last:%d/%m/%Y}" if last else f"từ {first:%d/%m/%Y}"
    if first == last:
        near = _NEAR.get((first - today).days)
        return f"{near} {first:%d/%m/%Y}" if near else dates.written(first)
    return _whole(stretch, first) or dates.span(first, last)


def _whole(stretch: Stretch, first: date) -> str | None:
    """Return the name of the month, quarter, year or week that the range is; None for any other range."""
    if stretch == whole("thang", first):
        return f"tháng {first.month}/{first.year}"
    if stretch == whole("quy", first):
        return f"quý {_ROMAN[first.month // 3]}/{first.year}"
    if stretch == whole("nam", first):
        return f"năm {first.year}"
    last = first + timedelta(days=6)
    return f"tuần {first:%d/%m}-{last:%d/%m/%Y}" if stretch == whole("tuan", first) else None
