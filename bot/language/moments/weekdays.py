"""Weekdays of this week and the next, also mistyped ones (R8, R13)."""

from datetime import timedelta

from bot.language.moments.context import Present
from bot.language.moments.days import Day, Form, Found
from bot.language.readings import Why
from bot.language.text.words import Phrases, Word, any_of, vocabulary

WEEKDAY = Phrases(
    {
        0: "thứ hai|thứ 2|t2|t.2|thứ-2|t hai|monday",
        1: "thứ ba|thứ 3|t3|t.3|thứ-3|tuesday",
        2: "thứ tư|thứ 4|t4|t.4|thứ-4|thứ bốn|wednesday",
        3: "thứ năm|thứ 5|t5|t.5|thứ-5|thursday",
        4: "thứ sáu|thứ 6|t6|t.6|thứ-6|friday",
        5: "thứ bảy|thứ bẩy|thứ 7|t7|t.7|thứ-7|saturday",
        6: "chủ nhật|chúa nhật|c/nhật|c.nhật|cn|c.n|chunhat|cnhat|c nhật|sunday",
    }
)
_WEEK = Phrases(
    {
        0: "tuần này|tuần nay|tuân này|trong tuần này|trong tuần|cuối tuần này|cuối tuần|của tuần này",
        1: "ts|tuần sau|tuần tới|tuân sau|tuân tới|tuần kế|tuần kế tiếp|tuần tiếp theo|tuần sau đó|của tuần sau|của tuần tới|đầu tuần sau|"
        "đầu tuần tới|cuối tuần sau|cuối tuần tới",
        2: "tuần sau nữa|tuần tới nữa",
        -1: "tuần trước|tuần rồi|tuần vừa rồi|tuần qua",
    }
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Their names in a recurrence rule, Monday first."""
_NEAREST = any_of("này|nầy|nay|tới|sắp tới|tới đây")
_ORDINAL_WORDS = vocabulary("thứ thư thú thử thừ")
_UNSURE_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_SUNDAY_WORDS = vocabulary("chủ chu chú chử chũ")
_SEVERAL = vocabulary("nhung may")
_BA_OR_BAY = "bả"
_HANDING = vocabulary("nộp gửi gởi trình xong phải")
_BEFORE_A_WEEKDAY = vocabulary(
    "sáng trưa chiều tối trước truoc hạn chót đến hết vào nhất là cuối h g giờ phút"
)


def read_weekday(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read a weekday, with the week if one is named."""
    if _are_the_following(words, at):
        return None
    found = WEEKDAY.at(words, at) or _joined_weekday(words, at) or _mistyped_weekday(words, at)
    if found is None:
        return None
    weekday, after = found
    if _is_an_hour(words, after):
        return None
    week = _WEEK.at(words, after)
    if week:
        monday = now.today - timedelta(days=now.today.weekday())
        return Day(monday + timedelta(days=weekday, weeks=week[0]), Form.WEEKDAY), week[1]
    nearest = _NEAREST.at(words, after)
    ahead = (weekday - now.today.weekday()) % 7
    day = Day(now.today + timedelta(days=ahead), Form.WEEKDAY)
    if ahead == 0:
        next_week = now.today + timedelta(weeks=1)
        day = day._replace(doubt=Why.SAME_WEEKDAY, others=(next_week,))
    return day, nearest[1] if nearest else after


def _is_an_hour(words: tuple[Word, ...], after: int) -> bool:
    """Tell whether the number belongs to an hour: "thi 2h chieu" (thì), not "thứ 2"."""
    number, unit = words[after - 1], words[after]
    return number.value >= 0 and unit.exact in ("h", "g") and number.end == unit.start


def _are_the_following(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "thu sau" means "the following things", as in "nhung thu sau: but, so", and not Friday."""
    listed = words[at + 2].exact == ":" or (at > 0 and words[at - 1].folded in _SEVERAL)
    return listed and words[at + 1].exact == "sau" and not words[at + 1].capital


def _joined_weekday(words: tuple[Word, ...], at: int) -> tuple[int, int] | None:
    """Read "thu2". Typed apart, "thu 2" may also mean to collect two."""
    number = words[at + 1]
    if words[at].exact != "thu" or words[at].end != number.start or not 2 <= number.value <= 7:
        return None
    return number.value - 2, at + 2


def _mistyped_weekday(words: tuple[Word, ...], at: int) -> tuple[int, int] | None:
    """Read "Thứ Sau", "thư sáu tuần này", "chủ nhât", if the words around show that a weekday is meant."""
    first, second = words[at], words[at + 1]
    if first.exact in _SUNDAY_WORDS and second.folded == "nhat":
        return (6, at + 2) if first.exact == "chủ" or second.exact == "nhật" else None
    weekday = _UNSURE_WEEKDAYS.get(second.folded, second.value - 2 if second.value < 8 else -1)
    week = _WEEK.at(words, at + 2) is not None
    if weekday < 0 and week and second.value < 0:
        weekday = _one_letter_away(second.folded)
    if first.exact not in _ORDINAL_WORDS or weekday < 0 or second.exact == _BA_OR_BAY:
        return None
    shown = (
        (second.capital and first.exact == "thứ")
        or week
        or (first.exact == "thứ" and words[at + 2].exact in _HANDING and second.folded == "tu")
        or _NEAREST.at(words, at + 2)
        or (at > 0 and words[at - 1].exact in _BEFORE_A_WEEKDAY)
    )
    return (weekday, at + 2) if shown else None


def _one_letter_away(word: str) -> int:
    """Return the only weekday whose name differs in one letter ("nan", "nam"); -1 if there is none or more than one."""
    found = {
        weekday
        for name, weekday in _UNSURE_WEEKDAYS.items()
        if len(name) == len(word) and sum(a != b for a, b in zip(name, word, strict=True)) == 1
    }
    return found.pop() if len(found) == 1 else -1
