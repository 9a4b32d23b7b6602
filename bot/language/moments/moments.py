"""Read a moment: an hour, a part of the day and a day that stand side by side, in any order."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from bot.language.moments.clocks import (
    CLOCK_FIRSTS,
    PART_FIRSTS,
    Clock,
    edged,
    in_part,
    read_clock,
    read_part,
)
from bot.language.moments.context import Present
from bot.language.moments.days import (
    DATE_FIRSTS,
    Day,
    Form,
    Found,
    day_of_month,
    read_date,
    read_day_of_this_month,
)
from bot.language.moments.days_in_period import PLACE_FIRSTS, read_place
from bot.language.moments.durations import COUNTED_FIRSTS, read_counted
from bot.language.moments.lunar import LUNAR_FIRSTS, read_lunar
from bot.language.moments.periods import PERIOD_FIRSTS, read_edge
from bot.language.moments.relative_days import RELATIVE_FIRSTS, read_relative, read_today
from bot.language.moments.weekdays import WEEKDAY, read_weekday
from bot.language.readings import Why
from bot.language.text.numbers import NUMBER_FIRSTS
from bot.language.text.words import Phrases, Word, any_of, vocabulary

_BETWEEN = any_of(
    "của|vào|lúc|,|ngày|vào lúc|vào ngày|(|-|–|trong|hôm|mỗi|:|của ngày|hàng|các|tức|tức là|tức ngày|"
    "nhằm|nhằm ngày|nhằm vào|rơi vào|là|là ngày|, tức|, tức là|, tức ngày|, nhằm|, nhằm ngày|, rơi vào|"
    "(tức|(tức là|(tức ngày|(nhằm|(rơi vào|(là|, là|- tức|nghĩa là"
)
_AFTER_A_DAY = frozenset(",;.!)") | {"", "nhé", "nha", "nhe", "ạ", "giúp", "phải", "này", "nay"}
_HANDING = vocabulary("nộp gửi gởi trình xong nop gui trinh báo bao")
_PARTS = vocabulary("sang trua chieu toi")
_APART = (",", "-", "–")
_TO = "sang"
_I = "toi"
_NOT_EVENING = vocabulary("phai can nho se muon da dang luc")
"""Words after "toi" without diacritics that show that it is "tôi" or "tới": "doan toi luc 9h"."""
_MOVING = any_of(
    "dời hạn|lùi hạn|chuyển hạn|đổi hạn|dời thời hạn|lùi thời hạn|dời lịch|chuyển lịch|lùi lịch|dời deadline|"
    "lùi việc|dời việc|hoãn việc|xin lùi|xin dời|xin hoãn|nộp trễ|nộp chậm|xin trễ|lùi báo cáo|lùi deadline|chuyển deadline|dời ngày|lùi ngày|hoãn hạn|gia hạn"
)
_LONGEST_MOVED = 12
_COMMA = any_of(",")
_END_OF_SESSION = any_of("cuối buổi|hết buổi")
_AND_LATER = any_of("-|–|và")

_THIS_HOUR = any_of("giờ này|bằng giờ này|cũng giờ này|đúng giờ này|tầm giờ này")
_SAME_DAY_OF = Phrases({7: "tuần sau|tuần tới", 14: "tuần sau nữa|tuần tới nữa"})
_THIS_DAY_OF = Phrases(
    {7: "ngày này tuần sau|ngày này tuần tới|hôm nay tuần sau|bữa này tuần sau|thứ này tuần sau"}
)

_EARLY_TOMORROW = any_of("sớm mai|sớm ngày mai")
_THIS_FIRSTS = _THIS_HOUR.firsts | _EARLY_TOMORROW.firsts | _THIS_DAY_OF.firsts
ONE_WEEK = timedelta(weeks=1)
_SAID_TWICE = tuple({Form.RELATIVE, other} for other in (Form.WEEKDAY, Form.DATE))

Reader = Callable[[tuple[Word, ...], int, Present], Found | None]
_DAY_READERS: tuple[tuple[frozenset[str], Reader], ...] = (
    (RELATIVE_FIRSTS, read_relative),
    (LUNAR_FIRSTS | NUMBER_FIRSTS, read_lunar),
    (PLACE_FIRSTS, read_place),
    (DATE_FIRSTS, read_date),
    (NUMBER_FIRSTS, read_day_of_this_month),
    (WEEKDAY.firsts, read_weekday),
    (PERIOD_FIRSTS, read_edge),
)
_OF_NUMBERS: tuple[Reader, ...] = (read_lunar, read_date, read_day_of_this_month, read_edge)
_BY_FIRST: dict[str, tuple[Reader, ...]] = {
    first: tuple(reader for firsts, reader in _DAY_READERS if first in firsts)
    for first in frozenset().union(*(firsts for firsts, _ in _DAY_READERS))
}
MOMENT_FIRSTS = (
    frozenset(_BY_FIRST)
    | COUNTED_FIRSTS
    | CLOCK_FIRSTS
    | PART_FIRSTS
    | _THIS_FIRSTS
    | {"nay", "ni", "qua"}
)


class Moment(NamedTuple):
    """An hour, a part of the day and a day side by side; `start` and `end` are places of words."""

    start: int
    end: int
    clock: Clock | None = None
    part: Clock | None = None
    day: Day | None = None
    ranged: bool = False
    """It is the end of a range: "14/12 - 18/12"."""


def read_moment(words: tuple[Word, ...], at: int, now: Present, spans: str) -> Moment | None:
    """Read the moment that starts at a place; `spans` names the counted units that need no other word."""
    wider = _widen(words, at, Moment(at, at), now, spans)
    if wider is None:
        return None
    while wider:
        moment = wider
        wider = _widen(words, moment.end, moment, now, spans) or _beyond(words, moment, now, spans)
    return _closed(words, moment)


def _closed(words: tuple[Word, ...], moment: Moment) -> Moment:
    """Include the bracket that closes one opened within the moment: "ngày mai (thứ Ba, 08/12)"."""
    if words[moment.end].exact != ")" or words[moment.end - 1].exact == ")":
        return moment
    opened = any(words[place].exact == "(" for place in range(moment.start, moment.end))
    return moment._replace(end=moment.end + 1) if opened else moment


def _beyond(words: tuple[Word, ...], moment: Moment, now: Present, spans: str) -> Moment | None:
    """Continue the moment past a comma, a bracket or "của"."""
    between = _BETWEEN.at(words, moment.end)
    if between and moment.start and words[moment.start - 1].folded == "hom":
        between = None
    wider = _widen(words, between[1], moment, now, spans) if between else None
    if wider and _is_of_another_day(words, moment, wider, now):
        return None
    if between and wider and words[between[1] - 1].exact == "(" and words[wider.end].exact == ")":
        return wider._replace(end=wider.end + 1)
    return wider or _later(words, moment, now)


def _is_of_another_day(
    words: tuple[Word, ...], moment: Moment, wider: Moment, now: Present
) -> bool:
    """Tell whether the hour belongs to another day, which follows it.

    "hôm nay, sáng mai", "thôi khỏi hôm nay, 3h chiều mai".
    """
    same = (wider.part, wider.clock) == (moment.part, moment.clock)
    if moment.day is None or same or wider.day is not moment.day:
        return False
    part = read_part(words, wider.end) if wider.clock else None
    after = part[1] if part else wider.end
    next_day = _read_day(words, after, now, "") or read_today(words, after, now)
    return next_day is not None and (
        next_day[0].date != moment.day.date or next_day[0].doubt is not None
    )


def _later(words: tuple[Word, ...], moment: Moment, now: Present) -> Moment | None:
    """Extend the moment to the end of a range: "14h - 16h", "15 và 16/12"."""
    joined = _AND_LATER.at(words, moment.end)
    if moment.day and moment.day.form is Form.WHOLE:
        return _later_period(words, moment, now)
    if joined is None:
        return None
    day = None
    if moment.day:
        day = (
            read_date(words, joined[1], now)
            or read_weekday(words, joined[1], now)
            or read_relative(words, joined[1], now)
        )
    if day and moment.day and day[0].date > moment.day.date:
        return moment._replace(day=day[0], end=day[1], ranged=True)
    clock = read_clock(words, joined[1]) if moment.clock and moment.day is None else None
    if clock and moment.clock and clock[0].minutes > moment.clock.minutes:
        return moment._replace(clock=clock[0], end=clock[1], ranged=True)
    return None


def _later_period(words: tuple[Word, ...], moment: Moment, now: Present) -> Moment | None:
    """Extend the moment to the last period of "tháng 11, tháng 12 năm 2025"."""
    joined = _AND_LATER.at(words, moment.end) or _COMMA.at(words, moment.end)
    later = read_edge(words, joined[1], now) if joined else None
    if later is None or later[0].form is not Form.WHOLE:
        return None
    return moment._replace(day=later[0], end=later[1], ranged=True)


def _widen(
    words: tuple[Word, ...], at: int, moment: Moment, now: Present, spans: str
) -> Moment | None:
    word = words[at]
    if word.value < 0 and word.folded not in MOMENT_FIRSTS:
        return None
    return _widen_by_day(words, at, moment, now, spans) or _widen_by_hours(words, at, moment, now)


def _widen_by_day(
    words: tuple[Word, ...], at: int, moment: Moment, now: Present, spans: str
) -> Moment | None:
    empty = moment.end == moment.start
    if empty and words[at].folded in _THIS_FIRSTS:
        this_hour = _at_this_hour(words, at, now)
        if this_hour:
            return this_hour
    day = _read_day(words, at, now, spans if empty else "")
    if day is None and moment.day is None and not empty:
        day = read_today(words, at, now)
    if day:
        close = words[at - 1].exact not in _APART
        return _with_day(moment, *day, close)
    parted = moment.part is not None or (moment.clock and words[at - 1].folded in _PARTS)
    bare = _bare_day(words, at, now) if parted and moment.day is None else None
    return moment._replace(day=bare[0], end=bare[1]) if bare else None


def _widen_by_hours(
    words: tuple[Word, ...], at: int, moment: Moment, now: Present
) -> Moment | None:
    whole = moment.day is not None and moment.day.form is Form.WHOLE
    clock = read_clock(words, at) if moment.clock is None and not whole else None
    now_said = _THIS_HOUR.at(words, at) if moment.day and moment.clock is None else None
    if now_said:
        clock = Clock(now.now.hour * 60 + now.now.minute), now_said[1]
    if clock:
        return _with_hours(moment, clock[0], moment.part, clock[1])
    if moment.part:
        edge = edged(moment.part, words, at) if moment.clock is None else None
        return moment._replace(part=edge[0], end=edge[1]) if edge else None
    part = read_part(words, at) or _session(words, at, now)
    if part is None or (words[at].exact == _TO and _is_moved(words, at)):
        return None
    if words[at].exact == _I and words[at + 1].folded in _NOT_EVENING:
        return None
    wider = _with_hours(moment, moment.clock, part[0], part[1])
    if wider is None and moment.clock and words[at - 1].exact not in _APART:
        contrary = moment.clock._replace(possible=False)
        return moment._replace(clock=contrary, part=part[0], end=part[1])
    return wider


def _is_moved(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "sang" means "to" after a verb of moving: "doi han nop bao cao sang thu 6", not "sáng thứ 6"."""
    before = range(max(0, at - _LONGEST_MOVED), at)
    return words[at - 1].exact != _TO and any(_MOVING.at(words, place) for place in before)


def _at_this_hour(words: tuple[Word, ...], at: int, now: Present) -> Moment | None:
    """Read "giờ này ngày mai", "ngày này tuần sau" by the current minute or weekday, and "sớm mai"."""
    early = _EARLY_TOMORROW.at(words, at)
    if early:
        tomorrow = Day(now.today + timedelta(days=1), Form.RELATIVE)
        return Moment(at, early[1], part=Clock(8 * 60, named=False), day=tomorrow)
    week = _THIS_DAY_OF.at(words, at)
    if week:
        return Moment(at, week[1], day=Day(now.today + timedelta(days=week[0]), Form.RELATIVE))
    said = _THIS_HOUR.at(words, at)
    if said is None:
        return None
    week = _SAME_DAY_OF.at(words, said[1])
    day = _read_day(words, said[1], now, "") if week is None else None
    if week:
        day = Day(now.today + timedelta(days=week[0]), Form.RELATIVE), week[1]
    minutes = now.now.hour * 60 + now.now.minute
    return Moment(at, day[1], clock=Clock(minutes), day=day[0]) if day else None


def _bare_day(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read the day number of "chiều 19"; a name, a verb of handing in or the end of the clause must follow."""
    day, follows = words[at].value, words[at + 1]
    ends = follows.capital or follows.exact in _AFTER_A_DAY or follows.exact in _HANDING
    return day_of_month(day, now, at + 1, None) if 1 <= day <= 31 and ends else None


def _session(words: tuple[Word, ...], at: int, now: Present) -> tuple[Clock, int] | None:
    """Read "cuối buổi" as the end of the current half-day."""
    found = _END_OF_SESSION.at(words, at)
    end = now.noon if now.now.time() < now.noon else now.close
    return (Clock(end.hour * 60 + end.minute, named=False), found[1]) if found else None


def _with_hours(
    moment: Moment, clock: Clock | None, part: Clock | None, after: int
) -> Moment | None:
    """Add an hour or a part of the day; None if the two contradict each other."""
    if clock and part:
        clock = in_part(clock, part)
        if clock is None:
            return None
    return moment._replace(clock=clock, part=part, end=after)


def _read_day(words: tuple[Word, ...], at: int, now: Present, spans: str) -> Found | None:
    word = words[at]
    readers = _OF_NUMBERS if word.value >= 0 else _BY_FIRST.get(word.folded, ())
    if word.value >= 0 or word.folded in COUNTED_FIRSTS:
        counted = read_counted(words, at, now, spans)
        if counted:
            return counted
    for reader in readers:
        found = reader(words, at, now)
        if found:
            return found
    return None


def _with_day(moment: Moment, day: Day, after: int, close: bool) -> Moment | None:
    """Add a day. Two days that disagree become one doubtful day if no sign separates them (`close`).

    None if the two days cannot belong to one moment.
    """
    known = moment.day
    if known is None or known.form is Form.WHOLE:
        return (
            _in_the_week(moment, known, day, after)
            if known
            else moment._replace(day=day, end=after)
        )
    if known.form is Form.WEEKDAY and day.form in (Form.DATE, Form.MONTH_DAY):
        return moment._replace(day=_agreed(known, day), end=after)
    if day.form is Form.WEEKDAY and known.form in (Form.DATE, Form.MONTH_DAY):
        return moment._replace(day=_agreed(day, known), end=after)
    if day.date == known.date:
        return moment._replace(end=after)
    if close and {known.form, day.form} in _SAID_TWICE:
        doubtful = known._replace(doubt=Why.DISAGREE, others=(day.date,), likely=False)
        return moment._replace(day=doubtful, end=after)
    return None


def _in_the_week(moment: Moment, week: Day, day: Day, after: int) -> Moment | None:
    """Read "tuần sau, thứ Tư" as the weekday of the week named before it."""
    if day.form is not Form.WEEKDAY or week.first is None or not week.near:
        return None
    if week.first + ONE_WEEK <= week.date:
        return None
    date = week.first + timedelta(days=day.date.weekday())
    return moment._replace(day=Day(date, Form.WEEKDAY), end=after)


def _agreed(weekday: Day, day: Day) -> Day:
    if weekday.date.weekday() == day.date.weekday():
        return day
    return day._replace(doubt=Why.DISAGREE, others=(weekday.date,), likely=False)
