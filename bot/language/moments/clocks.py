"""Hours and parts of the day: "17h30", "7 rưỡi", "8 kém 15", "đầu giờ chiều" (R4, R9)."""

from typing import NamedTuple

from bot.language.text.numbers import NUMBER_FIRSTS, read_number, read_number_words
from bot.language.text.words import Phrases, Word, any_of, vocabulary

HALF = Phrases({30: "rưỡi|rưởi|r"})
_LESS = any_of("kém")
_HOUR = any_of("giờ|h|g|hh|giờ đúng")
_MINUTE = any_of("phút|p|ph|'|’")
_EXACTLY = any_of("lúc|vào lúc|đúng|lúc đúng")
_MARK = Phrases({"chiều": "ch|pm", "sáng": "sa|am"})

MORNING, NOON, AFTERNOON, EVENING, NIGHT = "sáng", "trưa", "chiều", "tối", "đêm"
_HOURS_OF = {NOON: range(1, 4), AFTERNOON: range(1, 12), EVENING: range(1, 12), NIGHT: range(6, 12)}
PART = Phrases({MORNING: "sáng", NOON: "trưa", AFTERNOON: "chiều", EVENING: "tối", NIGHT: "đêm"})


_PART_UNTONED = Phrases({MORNING: "sang", NOON: "trua", AFTERNOON: "chiêu|chiếu", EVENING: "tôi"})
"""Parts of the day typed with a wrong tone or none. They are read so only between an hour and a day."""


class Clock(NamedTuple):
    """Minutes after 00:00; 24:00 is 1440. `named` is False for a part of the day ("chiều")."""

    minutes: int
    named: bool = True
    possible: bool = True
    assumed: bool = False
    """No part of the day was named: "5h" is taken as the afternoon."""


def _part(hour: int, minute: int = 0) -> Clock:
    return Clock(hour * 60 + minute, named=False)


_PARTS_AS_DEADLINES = Phrases(
    {
        _part(
            8
        ): "đầu h sáng|đầu h|đầu giờ sáng|đầu giờ|đầu giờ làm việc|đầu giờ làm|đầu giờ hành chính|đầu ngày|đầu buổi sáng|đầu giờ buổi sáng|đầu sáng|sáng sớm",
        _part(11, 30): (
            "sáng|buổi sáng|cuối h sáng|cuối giờ sáng|cuối buổi sáng|cuối sáng|hết sáng|gần trưa|"
            "hết buổi sáng|giữa sáng"
        ),
        _part(
            12
        ): "trưa|buổi trưa|giữa trưa|giờ cơm trưa|bữa trưa|bữa cơm trưa|giờ cơm|giờ ăn trưa|giờ nghỉ trưa|nghỉ trưa|khi nghỉ trưa|đúng ngọ|chính ngọ|giờ ngọ|đúng trưa",
        _part(13, 30): "đầu h chiều|đầu giờ chiều|đầu buổi chiều|đầu chiều|đầu giờ buổi chiều",
        _part(17): (
            "chiều|buổi chiều|cuối h chiều|cuối h|cuối giờ chiều|cuối buổi chiều|cuối chiều|xế chiều|cuối giờ|cuối ngày|"
            "hết giờ hành chính|hết giờ làm việc|hết giờ|cuối giờ làm việc|cuối giờ hành chính|"
            "hết chiều|giờ về|giờ ra về|tan tầm|giờ tan tầm|tan làm|giờ tan làm|hết buổi chiều|cuối giờ làm|giờ hành chính|giờ tan sở|tan sở|cob|eod|khi tan làm|khi về|lúc tan làm"
        ),
        _part(18): "chiều tối|đầu giờ tối|chập tối",
        _part(20): "tối|buổi tối|bữa tối|bữa cơm tối",
        _part(24): "đêm",
        Clock(24 * 60): "nửa đêm",
    }
)

_NO_CLOCK = frozenset(
    {(six, work) for six in ("sau", "bay") for work in ("lam", "hanh", "hop", "hoc", "giai", "day")}
)
"""Without diacritics "sau giờ làm việc", "bây giờ làm": the word after "gio" shows that no hour is meant."""
_LEAST_BARE_MINUTE = 10
_OPENING, _MIDDAY, _CLOSE = 8 * 60, 11 * 60 + 30, 17 * 60
_EDGE_OF_PART = Phrases({True: "đầu giờ|đầu buổi", False: "cuối giờ|cuối buổi|hết giờ"})
_EDGES = {
    (True, _MIDDAY): _part(8),
    (True, _CLOSE): _part(13, 30),
    (False, _MIDDAY): _part(11, 30),
}
"""The start (True) or the end (False) of a half-day, by the hour that the half-day means as a deadline."""

_DAYS_BESIDE = vocabulary("nay mai mot thu hom ngay cn t chu ng bua hnay")
_NEAR_DAYS = vocabulary("nay mai mot")
_PARTS_BEFORE = vocabulary("sang trua chieu toi nay mai mot")
_BEFORE_A_CLOCK = vocabulary("truoc luc nhat han qua")
_ENDS = frozenset(",;.!?)") | vocabulary("nhé nha nhe ạ a nghen hen nghe giúp giùm giup") | {""}
_AFTER_A_CLOCK = vocabulary(
    "anh chị em tôi mình sếp nộp gửi gởi trình phải là thì họp có đưa báo xong cần hôm cùng trở đi để vì nên "
    "chi toi minh sep nop gui goi trinh phai la thi hop co dua bao can hom cung tro di de vi nen"
)
"""Words that go on after minutes in words, and are no counted things: "mười sáu giờ ba mươi anh họp"."""
PART_FIRSTS = _PARTS_AS_DEADLINES.firsts
CLOCK_FIRSTS = _EXACTLY.firsts | NUMBER_FIRSTS


def read_part(words: tuple[Word, ...], at: int) -> tuple[Clock, int] | None:
    """Return the hour that a part of the day means as a deadline, and the place after it."""
    return _PARTS_AS_DEADLINES.at(words, at)


def edged(part: Clock, words: tuple[Word, ...], at: int) -> tuple[Clock, int] | None:
    """Return the hour of a part of the day that "đầu giờ" or "cuối giờ" makes more exact: "sáng mai đầu giờ".

    The edge may also come before the part: "đầu giờ ngày mai, buổi chiều".
    """
    edge = _EDGE_OF_PART.at(words, at)
    if edge:
        return _EDGES.get((edge[0], part.minutes), part), edge[1]
    whole = _PARTS_AS_DEADLINES.at(words, at)
    if whole is None or part.minutes not in (_OPENING, _CLOSE):
        return None
    return _EDGES.get((part.minutes == _OPENING, whole[0].minutes), part), whole[1]


def read_clock(words: tuple[Word, ...], at: int) -> tuple[Clock, int] | None:
    """Return the hour named at a place, and the place after it."""
    exactly = _EXACTLY.at(words, at)
    start = exactly[1] if exactly else at
    dotted = exactly is not None or is_dotted_clock(words, start)
    found = _hour_and_minute(words, start, dotted)
    if found is None:
        return None
    hour, minute, after = found
    mark = _MARK.at(words, after) or PART.at(words, after) or _part_untoned(words, after)
    minutes = _of_the_day(hour, mark[0] if mark else None) * 60 + minute
    possible = 0 <= minutes <= 1440 and minute < 60 and hour <= 24
    clock = Clock(minutes, possible=possible, assumed=mark is None and hour <= 12)
    return clock, mark[1] if mark else after


def _part_untoned(words: tuple[Word, ...], at: int) -> tuple[str, int] | None:
    """Read the part of the day in "2h chiêu mai", "8h sang nay"."""
    part = _PART_UNTONED.at(words, at)
    return part if part and words[part[1]].folded in _NEAR_DAYS else None


def is_dotted_clock(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "15.30 chiều nay", "trước 9.15" is an hour and not a date, a decimal or a chapter number."""
    hour, sign, minute = words[at], words[at + 1], words[at + 2]
    if sign.exact != "." or not (0 <= hour.value <= 24 and 0 <= minute.value < 60):
        return False
    if minute.end - minute.start != 2 or (hour.end, sign.end) != (sign.start, minute.start):
        return False
    part = PART.at(words, at + 3)
    beside = words[part[1] if part else at + 3].folded in _DAYS_BESIDE
    if 1 <= minute.value <= 12:
        return beside and (part is not None or minute.value < hour.value > 12)
    before = words[at - 1].folded if at else ""
    ends = words[at + 3].value < 0 and (words[at + 3].exact in _ENDS or before in _PARTS_BEFORE)
    return part is not None or beside or (ends and before in _BEFORE_A_CLOCK | _PARTS_BEFORE)


def _hour_and_minute(words: tuple[Word, ...], at: int, dotted: bool) -> tuple[int, int, int] | None:
    number = read_number(words, at) if words[at].value >= 0 else read_number_words(words, at)
    if number is None or number[0] > 99:
        return None
    hour, after = number
    sign = words[after]
    in_digits = words[at].value >= 0
    if in_digits and sign.exact in ((":", ".") if dotted else (":",)):
        return _after_colon(words, hour, after)
    said = _HOUR.at(words, after)
    if said and (words[at].exact, words[said[1]].exact) in _NO_CLOCK:
        return None
    if said is None:
        return _without_hour_word(words, hour, at, after)
    return _minutes(words, hour, said[1])


def _after_colon(words: tuple[Word, ...], hour: int, after: int) -> tuple[int, int, int] | None:
    minute = words[after + 1]
    joined = words[after - 1].end == words[after].start and words[after].end == minute.start
    if minute.value < 0 or minute.end - minute.start != 2 or not joined:
        return None
    return hour, minute.value, after + 2


def _without_hour_word(
    words: tuple[Word, ...], hour: int, at: int, after: int
) -> tuple[int, int, int] | None:
    """Read "7 rưỡi", "7r" and "8 kém 15": an hour without the word "giờ"."""
    if words[after].exact in ("pm", "am") and words[after].start == words[at].end:
        return hour, 0, after
    half = HALF.at(words, after)
    if half and hour <= 24:
        joined = words[after].start == words[at].end
        if words[after].exact != "r" or joined:
            return hour, 30, half[1]
    less = _LESS.at(words, after)
    minute = read_number(words, less[1]) if less else None
    if minute and 0 < minute[0] < 60:
        return hour, -minute[0], minute[1]
    return None


def _minutes(words: tuple[Word, ...], hour: int, after: int) -> tuple[int, int, int]:
    half = HALF.at(words, after)
    if half:
        return hour, 30, half[1]
    less = _LESS.at(words, after)
    minute = read_number(words, less[1] if less else after)
    if minute is None or not _is_minute(words, after, minute, less is not None):
        return hour, 0, after
    said = _MINUTE.at(words, minute[1])
    after = said[1] if said else minute[1]
    return hour, -minute[0] if less else minute[0], after


def _is_minute(words: tuple[Word, ...], at: int, minute: tuple[int, int], less: bool) -> bool:
    """Tell whether a number after the hour is its minutes: "17h30", but not "17h 15/12"."""
    value, after = minute
    if less and value < 60:
        return True
    follows = words[after]
    joined = words[at].value >= 0 and words[at - 1].end == words[at].start
    if joined and follows.exact not in ("/", "-", "."):
        return words[at].end - words[at].start == 2
    if joined and value < 60:
        return words[at].end - words[at].start == 2
    if value > 59 or follows.exact in ("/", "-", "."):
        ends = follows.exact in (".", "-") and words[after + 1].value < 0
        return less or (ends and words[at].value >= 0)
    if words[at].value < 0 and value % 5 == 0 and value >= _LEAST_BARE_MINUTE:
        return _ends_a_clock(words, after)
    word = words[at]
    written = word.value >= 0 and word.end - word.start == 2 and not _is_day_word(words[after])
    return less or written or _MINUTE.at(words, after) is not None


def _ends_a_clock(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether a number is the minutes of the hour before it and counts nothing.

    True for "một giờ mười lăm chiều nay", False for "sau hai giờ mười lăm người".
    """
    said = _MINUTE.at(words, at) or PART.at(words, at)
    word = words[at]
    ends = word.exact in _ENDS or word.exact in _AFTER_A_CLOCK or word.capital or word.value >= 0
    return said is not None or ends or word.folded in _DAYS_BESIDE


def _is_day_word(word: Word) -> bool:
    return word.folded == "thang"


def _of_the_day(hour: int, part: str | None) -> int:
    if part is None:
        return hour + 12 if 1 <= hour <= 6 else hour
    if hour == 12:
        return 24 if part in (EVENING, NIGHT) else 12
    return hour + 12 if hour in _HOURS_OF.get(part, ()) else hour


_HALF_DAY = 12 * 60
_MORNING_ENDS, _NOON_ENDS, _AFTERNOON_ENDS = 11 * 60 + 30, 12 * 60, 17 * 60
_LATEST_AFTERNOON = 18 * 60 + 30


def in_part(clock: Clock, part: Clock) -> Clock | None:
    """Fit an hour to a part of the day that is named apart from it: "tối nay 8h", "sáng mai 5h".

    None when the hour cannot be in that part: "sáng nay, 16h".
    """
    morning_hour = clock.minutes % _HALF_DAY
    if part.minutes <= _MORNING_ENDS:
        early = clock if clock.minutes <= _HALF_DAY else clock._replace(minutes=morning_hour)
        return early if clock.minutes <= _HALF_DAY or clock.assumed else None
    if part.minutes <= _NOON_ENDS:
        return clock if 10 * 60 <= clock.minutes <= 14 * 60 else None
    if clock.minutes >= _HALF_DAY:
        return clock
    return clock._replace(minutes=clock.minutes + _HALF_DAY) if clock.assumed else None


def within(clock: Clock, part: Clock) -> Clock | None:
    """Fit an hour to a part of the day named in another clause; None when it lies outside that part."""
    said = in_part(clock, part)
    if said is None or part.minutes > _AFTERNOON_ENDS:
        return said
    late = said.minutes > _LATEST_AFTERNOON if part.minutes > _NOON_ENDS else said.minutes < 6 * 60
    return None if late else said
