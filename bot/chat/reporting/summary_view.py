"""What a page of the summary is about: the whole, a unit, a person, ...; now or in a period.

Buttons carry it as a short code: "u12.m20261101", "p5.-", "-.d2026100120261115".
"""

from dataclasses import dataclass
from datetime import date

from bot.actions.focus import LookedAt
from bot.actions.office import Office
from bot.chat.buttons import button
from bot.chat.cards import clip
from bot.chat.history.history_changes import URGENCIES
from bot.chat.messages import Button
from bot.refusals import No, Refusal
from bot.rules.reporting.periods import Kind, Period, containing
from bot.rules.rights import Standpoint

_KINDS = {"w": Kind.WEEK, "m": Kind.MONTH, "q": Kind.QUARTER, "y": Kind.YEAR, "t": Kind.TERM}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()} | {Kind.DAYS: "d"}
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class View:
    """`kind` is "" for all that one may see; `id` is that of a unit, person, document or urgency."""

    kind: str = ""
    id: int = 0
    period: Period | None = None

    @property
    def code(self) -> str:
        about = f"{self.kind}{self.id}" if self.kind else "-"
        if self.period is None:
            return f"{about}.-"
        last = f"{self.period.last:%Y%m%d}" if self.period.kind in {Kind.DAYS, Kind.TERM} else ""
        return f"{about}.{_LETTERS[self.period.kind]}{self.period.first:%Y%m%d}{last}"

    @property
    def looked_at(self) -> LookedAt:
        return LookedAt(self.kind, self.id)

    async def name(self, office: Office, who: Standpoint) -> str:
        """Return the name of what it is about, safe in HTML; "" for all that one may see."""
        urgency = self.looked_at.urgency
        return URGENCIES[urgency] if urgency else clip(await self.looked_at.name(office, who), 80)


def read(code: str) -> View:
    """Return the view in a button's code; refuses STALE for a code that cannot be read."""
    about, _, days = code.partition(".")
    try:
        kind, number = (about[:1], int(about[1:])) if about != "-" else ("", 0)
        return View(kind, number, _period(days))
    except ValueError:
        raise Refusal(No.STALE) from None


def _period(code: str) -> Period | None:
    if code in {"", "-"}:
        return None
    first, last = _day(code[1:9]), code[9:]
    if code[0] == "t":
        return Period(Kind.TERM, first, _day(last))
    if code[0] == "d":
        return Period(Kind.DAYS, first, _day(last))
    return containing(_KINDS.get(code[0], Kind.DAYS), first)


def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def named(period: Period) -> str:
    """Return "Tháng 11/2026", "Tuần 23/11 - 29/11/2026", "Quý IV/2026"."""
    days = f"{period.first:%d/%m} - {period.last:%d/%m/%Y}"
    if period.kind is Kind.MONTH:
        return f"Tháng {period.first:%m/%Y}"
    if period.kind is Kind.QUARTER:
        return f"Quý {_ROMAN[(period.first.month - 1) // 3]}/{period.first.year}"
    if period.kind is Kind.YEAR:
        return f"Năm {period.first.year}"
    if period.kind is Kind.TERM:
        return f"Nhiệm kỳ, từ {period.first:%d/%m/%Y}"
    if period.first.year != period.last.year:
        days = f"{period.first:%d/%m/%Y} - {period.last:%d/%m/%Y}"
    return f"Tuần {days}" if period.kind is Kind.WEEK else f"Từ {days}"


def short(period: Period) -> str:
    """Return a period's name, short enough for a button of 20 characters."""
    if period.kind in {Kind.MONTH, Kind.QUARTER, Kind.YEAR}:
        return named(period)
    return f"{period.first:%d/%m} - {period.last:%d/%m}"


def opens(label: str, page: str, view: View, offset: int = 0, before: str = "") -> Button:
    """Return a button to a page of the summary; `before` stands before the view's code and says more."""
    return button(label[:20], f"summary.{page}", offset, 0, before + view.code)
