"""Recurring work: "ngày 25 hằng tháng", "mỗi thứ Sáu", "định kỳ" (RFC 5545 rules)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from bot.language.moments.context import Present, month_end
from bot.language.moments.days import Day, Form
from bot.language.moments.weekdays import WEEKDAY, WEEKDAYS
from bot.language.text.words import Phrases, Sentence, any_of, vocabulary

DAILY, WORKDAILY, WEEKLY, MONTHLY, QUARTERLY, YEARLY, REGULARLY = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3",
    "FREQ=YEARLY",
    "",
)
_HOW_OFTEN = Phrases(
    {
        DAILY: "mỗi sáng|mỗi chiều|mỗi tối|mỗi buổi sáng|mỗi buổi chiều|hằng ngày|hàng ngày|mỗi ngày một lần|mỗi ngày|ngày một lần|1 lần/ngày|ngày 1 lần|ngày nào cũng|hôm nào cũng|bữa nào cũng",
        WORKDAILY: "các ngày làm việc|mỗi ngày làm việc|vào các ngày làm việc",
        WEEKLY: (
            "hằng tuần|hàng tuần|mỗi tuần một lần|mỗi tuần 1 lần|mỗi tuần|tuần một lần|1 lần/tuần|tuần 1 lần|1 tuần 1 lần|mỗi thứ|"
            "mỗi t|các thứ|mỗi sáng thứ|mỗi chiều thứ|mỗi tối thứ|cứ thứ|cứ sáng thứ|cứ chiều thứ|cứ mỗi thứ|"
            "cứ đầu giờ sáng thứ|cứ cuối giờ chiều thứ|cứ đầu giờ thứ|cứ cuối giờ thứ|cứ đầu giờ chiều thứ|"
            "các tuần|mọi tuần|tuần nào cũng|thứ nào cũng|"
            "mỗi chủ nhật|hàng tuần vào|01 lần/tuần|mỗi cn"
        ),
        MONTHLY: (
            "hằng tháng|hàng tháng|mỗi tháng một lần|mỗi tháng 1 lần|mỗi tháng|tháng một lần|1 lần/tháng|tháng 1 lần|"
            "của tháng báo cáo|tháng báo cáo|của tháng cuối kỳ báo cáo|01 lần/tháng|tháng nào cũng|mọi tháng|các tháng"
        ),
        QUARTERLY: (
            "hằng quý|hàng quý|mỗi quý một lần|mỗi quý 1 lần|mỗi quý|quý một lần|1 lần/quý|3 tháng một lần|ba tháng một lần|"
            "3 tháng 1 lần|định kỳ 3 tháng|định kỳ ba tháng|quý nào cũng|mỗi 3 tháng"
        ),
        "FREQ=MONTHLY;INTERVAL=6": (
            "6 tháng một lần|sáu tháng một lần|6 tháng 1 lần|định kỳ 6 tháng|định kỳ sáu tháng|"
            "nửa năm một lần|mỗi 6 tháng"
        ),
        "FREQ=WEEKLY;INTERVAL=2": "2 tuần một lần|hai tuần một lần|2 tuần 1 lần|cách tuần|định kỳ 2 tuần|mỗi 2 tuần",
        YEARLY: "hằng năm|hàng năm|mỗi năm|năm một lần|1 lần/năm|thường niên",
        REGULARLY: "định kỳ|đều đặn",
    }
)
_DAY_OF_MONTH = any_of("ngày|mùng|mồng|các ngày|hai ngày|ng")
_AND = any_of(",|và|&|-|–|, và|, ngày|và ngày|lẫn|+|/")
_AT_FAULT = vocabulary("trễ muộn thiếu bị vậy thế hỏng chậm quên sai tre thieu bi")
"""Words after "hôm nào cũng" that tell of a fault and not of a task."""
_COUNTED_EACH = vocabulary("buoi nguoi suat tieng luot ca trieu dong phan bo ban to cuoc bai tin")


class Often(NamedTuple):
    """How often work recurs, as the start of an RRULE, and the places of the words that say so."""

    frequency: str
    start: int
    end: int


def find_often(sentence: Sentence) -> Often | None:
    """Find how often the work recurs; a frequency wins over a bare "định kỳ"."""
    found: Often | None = None
    for place in _HOW_OFTEN.places(sentence):
        often = _HOW_OFTEN.at(sentence.words, place)
        if often and (_is_a_half(sentence, often[1]) or _is_a_contact(sentence, place, often[1])):
            continue
        if often and (
            _is_a_count(sentence, often[1]) or sentence.words[often[1]].exact in _AT_FAULT
        ):
            continue
        if often and (found is None or not found.frequency):
            end = often[1] - 1 if _ends_in_weekday(sentence, often[1]) else often[1]
            found = Often(often[0], place, end)
    return found


def _is_a_half(sentence: Sentence, end: int) -> bool:
    """Tell whether the words name a half-year, as in "định kỳ 6 tháng đầu năm", and not every six months."""
    unit, edge = sentence.words[end - 1].folded, sentence.words[end].folded
    return unit == "thang" and edge in ("dau", "cuoi")


def _is_a_contact(sentence: Sentence, place: int, end: int) -> bool:
    """Tell whether "dau moi" means "đầu mối", as in "dau moi thu: Tram" (đầu mối thu).

    False for "dau moi thang" and "dau moi thu Hai".
    """
    words = sentence.words
    contact = place > 0 and (words[place - 1].folded, words[place].exact) == ("dau", "moi")
    return contact and words[end - 1].folded in ("thu", "t") and not WEEKDAY.at(words, end - 1)


def _is_a_count(sentence: Sentence, end: int) -> bool:
    """Tell whether the words count something per period, as in "mỗi ngày 2 buổi", "mỗi tháng 5 triệu"."""
    unit = sentence.words[end + 1].folded
    return sentence.words[end].value >= 0 and unit in _COUNTED_EACH


def _ends_in_weekday(sentence: Sentence, end: int) -> bool:
    return sentence.words[end - 1].folded in ("thu", "t", "cn")


def rule_of(often: Often, day: Day | None) -> str | None:
    """Return the RRULE of work that recurs so often on a day, or None when the two do not fit."""
    frequency = often.frequency
    if frequency in (DAILY, WORKDAILY):
        return frequency
    if day is None or day.has_year:
        return None
    return day.rule or _rule(frequency, day)


def _rule(frequency: str, day: Day) -> str | None:
    if day.form is Form.WEEKDAY and frequency.removesuffix(";INTERVAL=2") in (WEEKLY, REGULARLY):
        return f"{frequency or WEEKLY};BYDAY={WEEKDAYS[day.date.weekday()]}"
    if day.form is Form.MONTH_DAY and frequency.startswith((MONTHLY, REGULARLY)):
        return f"{frequency or MONTHLY};{_month_day(day.date.day)}"
    if day.form is Form.DATE and frequency.startswith(f"{MONTHLY};INTERVAL"):
        return f"{frequency};{_month_day(day.date.day)}"
    if day.form is Form.DATE and frequency == YEARLY:
        return f"{YEARLY};BYMONTH={day.date.month};BYMONTHDAY={day.date.day}"
    return None


def _month_day(day: int) -> str:
    """Return the rule part for a day of the month; in a shorter month it is the month's last day."""
    if day == 31:
        return "BYMONTHDAY=-1"
    if day > 28:
        return f"BYMONTHDAY={','.join(str(n) for n in range(28, day + 1))};BYSETPOS=-1"
    return f"BYMONTHDAY={day}"


@dataclass(frozen=True, slots=True)
class Listed:
    """Several weekdays (0 is Monday) or days of the month on which work recurs, and their places."""

    days: tuple[int, ...]
    weekly: bool
    start: int
    end: int

    @property
    def rule(self) -> str:
        if self.weekly:
            return f"{WEEKLY};BYDAY={','.join(WEEKDAYS[day] for day in self.days)}"
        *early, last = self.days
        if last <= 28:
            return f"{MONTHLY};BYMONTHDAY={','.join(map(str, self.days))}"
        late = [day for day in range(28, last + 1) if day not in early]
        places = [str(place) for place in range(1, len(early) + 1)]
        days = ",".join(map(str, [*early, *late]))
        return f"{MONTHLY};BYMONTHDAY={days};BYSETPOS={','.join([*places, '-1'])}"

    def coming(self, now: Present) -> list[date]:
        """Return the next dates of each day, today included: two weeks of weekdays, or this and the next month."""
        if self.weekly:
            ahead = [(day - now.today.weekday()) % 7 for day in self.days]
            return [now.today + timedelta(days=count + week) for week in (0, 7) for count in ahead]
        ends = [month_end(now.today.year, now.today.month + count) for count in (0, 1)]
        dates = [end.replace(day=min(day, end.day)) for end in ends for day in self.days]
        return [each for each in dates if each >= now.today]


def find_listed(sentence: Sentence, often: Often) -> Listed | None:
    """Find two days or more in "thứ 2, 4, 6 hằng tuần", "ngày 15 và 30 hằng tháng"."""
    readers: list[tuple[Sequence[int], bool]] = []
    if often.frequency in (WEEKLY, REGULARLY):
        readers.append((WEEKDAY.places(sentence), True))
    if often.frequency in (MONTHLY, REGULARLY):
        readers.append((_DAY_OF_MONTH.places(sentence), False))
    for places, weekly in readers:
        for place in places:
            listed = _listed(sentence, place, weekly)
            if listed:
                return listed
    return None


def _listed(sentence: Sentence, start: int, weekly: bool) -> Listed | None:
    days: set[int] = set()
    at = start
    found = _one_listed(sentence, at, weekly, first=True)
    while found:
        days.add(found[0])
        at = found[1]
        joined = _AND.at(sentence.words, at)
        found = _one_listed(sentence, joined[1], weekly, first=False) if joined else None
    return Listed(tuple(sorted(days)), weekly, start, at) if len(days) > 1 else None


def _one_listed(sentence: Sentence, at: int, weekly: bool, first: bool) -> tuple[int, int] | None:
    words = sentence.words
    said = WEEKDAY.at(words, at) if weekly else None
    if said:
        return said
    worded = None if weekly else _DAY_OF_MONTH.at(words, at)
    place = worded[1] if worded else at
    number = words[place].value
    if (first and not worded) or words[place + 1].exact in ("/", ".", "h", ":"):
        return None
    if weekly:
        return (number - 2, place + 1) if 2 <= number <= 7 else None
    return (number, place + 1) if 1 <= number <= 31 else None


def first_time(day: Day, now: Present) -> date:
    """Return the first such day to come; in a month that is too short it is the month's last day."""
    if day.form is not Form.MONTH_DAY:
        return day.date
    this_month = month_end(now.today.year, now.today.month)
    if this_month.day < day.date.day and this_month >= now.today:
        return this_month
    return day.date
