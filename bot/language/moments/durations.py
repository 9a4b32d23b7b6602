"""Counted spans of time: "trong 5 ngày làm việc", "2 tuần nữa", "trong vòng 24 giờ" (R5, R6)."""

from datetime import datetime, time, timedelta

from bot.language.moments.clocks import HALF, read_clock
from bot.language.moments.context import Present, months_on, real_date
from bot.language.moments.days import Day, Form, Found, read_date
from bot.language.moments.periods import EDGE
from bot.language.moments.relative_days import read_relative
from bot.language.moments.weekdays import WEEKDAY
from bot.language.readings import Why
from bot.language.text.numbers import NUMBER_FIRSTS, read_number
from bot.language.text.words import Phrases, Word, any_of, vocabulary

_UNIT = Phrases(
    {
        "minute": "phút|p|'|’|ph",
        "hour": "giờ|h|tiếng|giờ đồng hồ|tiếng đồng hồ",
        "workday": "ngày làm việc|ngày công|nlv|ng làm việc|ngày lv|ngày lm việc|ng lv|ngay lv|ngày lviệc|ngày làm vc|ngay làm việc",
        "day": "ngày|hôm|bữa|ngay|ng",
        "week": "tuần|tuần lễ|tuân",
        "month": "tháng|th|thang",
    }
)
_WORKDAYS_AFTER = any_of("làm việc|lv|lm việc")
_TAIL = any_of("nữa|tới|sau|kể từ hôm nay|tới đây")
_SINCE = any_of("kể từ|tính từ|từ|sau khi|sau|kể từ khi")
_FROM_NOW = any_of(
    "nhận|ngày nhận|khi nhận|lúc nhận|tiếp nhận|ngày tiếp nhận|khi tiếp nhận|được giao|ngày được giao|"
    "khi được giao|ngày giao|khi giao|nay|bây giờ|lúc này|giờ|thời điểm này|thời điểm nhận|có văn bản này|"
    "ngày có văn bản này|ngày nhận được|giao việc|ng nhận|ng nhận được|ng giao|ng được giao|ng tiếp nhận|"
    "ngay nhận|ngay nhận được|ngay giao"
)
_THAT_DAY = any_of(
    "hội nghị|họp|cuộc|buổi|phiên|đại hội|lễ|kỳ|chuyến|đợt|tết|khi|ngày|kết thúc|ký|ban hành|phát hành"
)
_COUNTED_FROM = any_of("kể từ|tính từ|kể từ khi")
_SIGNS = frozenset(",(-–")
_WITHIN = any_of("trong|trong vòng|sau|trong thời hạn")
_IS_A_MONTH = any_of("trước|rồi|này|qua|vừa rồi|chạp|giêng")
"""Words after "15 tháng" that show that "tháng" names a month and is not counted."""
_HALVES = Phrases(
    {
        "month": "nửa tháng nữa|nửa tháng",
        "hour": "nửa tiếng nữa|nửa giờ nữa|nửa tiếng|nửa giờ",
        "session": "nửa buổi nữa|nửa buổi",
    }
)
_MUST = any_of("phải|là phải|là xong|xong|hoàn thành|nộp|trả lời")
_TO_DO = any_of("để|hoàn thiện|làm|soạn|nghiên cứu|chuẩn bị|,|nhé|nha|thôi")
_ENDS = frozenset(",.;!)\n") | vocabulary("nhé nhe nha nghe thôi thoi là la để de rồi roi") | {""}
_WHOM = vocabulary(
    "em e anh a chị c chi tôi toi tui mình minh cô co chú chu bác bac ông ong bà ba các cac đồng dong chí chi "
    "đ/c đc dc phòng phong bên ben đội doi nhóm nhom hẳn han đúng dung tối toi đa da thời thoi hạn han gian ấy ay bây giờ "
    "luôn luon trong sếp sep"
)
"""Words for the person who is given so many days: "cho em hai ngày", "anh cho phòng 3 ngày"."""
_FOR_A_TIME = vocabulary("đặt thuê mượn vé nghỉ phép dat thue muon nghi phep xe phép")
"""Words for what is hired, booked or taken for some days, in which no work is done."""
_LONGEST_HIRE = 14
_TIME_TAKEN = ("thoi gian", "tgian", "thgian", "t.gian")
_LONGEST_EVENT = 8
_APART = frozenset(".,;") | {""}
_TITLES = vocabulary("đồng dong đ/c đc dc anh chị chi em cô co chú chu bác bac")
_LAST_HOUR = 24
_LONGEST_NAME = 4
_SINCE_RECEIPT = 14
COUNTED_FIRSTS = NUMBER_FIRSTS | _HALVES.firsts


def read_counted(words: tuple[Word, ...], at: int, now: Present, spans: str) -> Found | None:
    """Read a counted span; `spans` names the units ("days hours") that need no "nữa" or "tới"."""
    half = _half(words, at, now)
    if half:
        return half
    number = read_number(words, at)
    unit = _UNIT.at(words, number[1]) if number else None
    if number is None or unit is None or not 0 < number[0] <= 1000:
        return None
    after = unit[1]
    is_half = HALF.at(words, after)
    amount = number[0] + (0.5 if is_half else 0)
    after = is_half[1] if is_half else after
    name, after = _workdays_after(words, unit[0], after)
    after = _past_a_sign(words, after)
    people = words[number[1]].exact == "ng" and "days" not in spans
    if people or (name == "month" and _IS_A_MONTH.at(words, after)):
        return None
    tail = None if _is_evening(words, name, after) else _TAIL.at(words, after)
    kind = _kind(words, number[1], name)
    long = kind == "hours" and number[0] > _LAST_HOUR and "days" in spans
    limited = long or kind in spans or bool(tail or _COUNTED_FROM.at(words, after))
    long_enough = kind != "minutes" or words[number[1]].folded == "tieng"
    allowed = long_enough and words[after].exact in _ENDS and _is_allowed(words, at)
    granted = words[after].exact != "," and _TO_DO.at(words, after) and _is_granted(words, at)
    must = allowed or (kind == "days" and bool(granted or _MUST.at(words, after)))
    must = must or (name == "workday" and _is_ordered_after(words, at, after))
    takes = _takes(words, at) and (name == "workday" or words[at - 1].exact == ":")
    must = must or takes
    if (
        not (limited or must)
        or words[after].value >= 0
        or EDGE.at(words, after)
        or WEEKDAY.at(words, after)
    ):
        return None
    if tail and words[after].folded == "sau" and _THAT_DAY.at(words, tail[1]):
        tail = None
    start = now if tail or kind != "days" else _from_receipt(now)
    base, after, known = _since(words, tail[1] if tail else after, start)
    day = _ahead(amount, name, base)
    if takes and not limited and name != "workday":
        return day._replace(doubt=Why.UNCLEAR), after
    return (day if known else day._replace(doubt=Why.EVENT)), after


def read_counted_from(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "kể từ hôm nay, 5 ngày làm việc", where the start comes first."""
    said = _COUNTED_FROM.at(words, at)
    start = (read_date(words, said[1], now) or read_relative(words, said[1], now)) if said else None
    if start is None:
        return None
    moment = datetime.combine(start[0].date, now.now.time(), now.now.tzinfo)
    base = Present(moment, start[0].date, now.workdays, now.settings)
    comma = start[1] + 1 if words[start[1]].exact == "," else start[1]
    within = _WITHIN.at(words, comma)
    return read_counted(words, within[1] if within else comma, base, "days")


def _is_granted(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether the days are given to somebody: "cho Uyên 3 ngày để", "em có 3 ngày để"."""
    before = words[max(0, at - _LONGEST_NAME) : at]
    return bool(before) and (
        before[-1].exact in ("có", "co") or any(word.folded == "cho" for word in before)
    )


def _is_allowed(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether somebody is allowed so many days.

    True for ", cho em hai ngày làm việc", "anh cho 3 ngày"; False for "đặt phòng cho đoàn 3 ngày".
    """
    place = at - 1
    if any(word.exact in _FOR_A_TIME for word in words[max(0, at - _LONGEST_HIRE) : at]):
        return False
    while place >= max(0, at - _LONGEST_NAME) and words[place].folded != "cho":
        if not (words[place].exact in _WHOM or words[place].capital):
            return False
        place -= 1
    if place < 0 or words[place].folded != "cho":
        return False
    giver = place - 1
    while giver >= max(0, place - 2) and words[giver].exact in _WHOM:
        giver -= 1
    return giver < 0 or words[giver].exact in _APART or words[giver].exact in "-–:"


def _is_ordered_after(words: tuple[Word, ...], at: int, after: int) -> bool:
    """Tell whether an order to somebody follows the count.

    True for "bốn ngày làm việc, đồng chí Vy hoàn thành"; False for "bốn ngày làm việc, đoàn đã xong".
    """
    place = after + 1 if words[after].exact == "," else after
    if (at > 0 and words[at - 1].exact not in _APART) or words[place].exact not in _TITLES:
        return False
    place += 2 if words[place].folded == "dong" else 1
    first = place
    while place < first + _LONGEST_NAME and words[place].capital:
        place += 1
    return place > first and _MUST.at(words, place) is not None


def _takes(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "thời gian" stands before the count: "thời gian 8 ngày làm việc", "thời gian: 1 tuần".

    This may also be how long an event lasts.
    """
    before = " ".join(word.folded for word in words[max(0, at - 3) : at]).rstrip(" :")
    return before.endswith(_TIME_TAKEN)


def _is_evening(words: tuple[Word, ...], unit: str, at: int) -> bool:
    """Tell whether "toi" after an hour means "tối", as in "9 gio toi", in text without diacritics."""
    return unit == "hour" and words[at].exact == "toi"


def _half(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    half = _HALVES.at(words, at)
    if half is None:
        return None
    if half[0] == "month":
        return _counted_days(15, now), half[1]
    return (_ahead(30, "minute", now) if half[0] == "hour" else _ahead(2, "hour", now)), half[1]


def _kind(words: tuple[Word, ...], at: int, unit: str) -> str:
    """Return "hours" for a unit that may be a clock ("17 giờ"), "minutes" for counted time ("2 tiếng"), or "days"."""
    if unit not in ("hour", "minute"):
        return "days"
    return "hours" if words[at].folded in ("h", "gio", "g") else "minutes"


def _workdays_after(words: tuple[Word, ...], unit: str, after: int) -> tuple[str, int]:
    worked = _WORKDAYS_AFTER.at(words, after) if unit == "day" else None
    return ("workday", worked[1]) if worked else (unit, after)


def _past_a_sign(words: tuple[Word, ...], at: int) -> int:
    """Skip the sign in "10 ngày làm việc, kể từ 05/10", "5 ngày (tính từ ngày mai)"."""
    return at + 1 if words[at].exact in _SIGNS and _COUNTED_FROM.at(words, at + 1) else at


def _from_receipt(now: Present) -> Present:
    """Return the present from which days are counted when the words name no other start."""
    day = now.settings.counted_from
    return now if day is None else now._replace(today=day)


def _since(words: tuple[Word, ...], at: int, now: Present) -> tuple[Present, int, bool]:
    """Read "kể từ ngày 10/12" as another start; "kể từ ngày nhận văn bản" is today.

    The last value is False when the date of the start is not known ("kể từ ngày ký").
    """
    said = _SINCE.at(words, at)
    if said is None:
        return now, at, True
    found = _start_day(words, said[1], now)
    if found is None:
        return now, _clause_end(words, said[1]), _FROM_NOW.at(words, said[1]) is not None
    day, clock, after = found
    hour = time(clock // 60 % 24, clock % 60) if clock is not None else now.now.time()
    moment = datetime.combine(day.date, hour, now.now.tzinfo)
    return Present(moment, day.date, now.workdays, now.settings), after, True


def _start_day(
    words: tuple[Word, ...], at: int, now: Present
) -> tuple[Day, int | None, int] | None:
    """Read the day a span is counted from, past the name of its event: "sau hội nghị ngày 12/11"."""
    clock: int | None = None
    place = at
    while place < at + _LONGEST_EVENT and words[place].exact not in _APART:
        found = read_date(words, place, now) or read_relative(words, place, now)
        if found:
            return begun(found[0], now), clock, found[1]
        hour = read_clock(words, place)
        clock, place = (hour[0].minutes, hour[1]) if hour else (clock, place + 1)
    return None


def begun(day: Day, now: Present) -> Day:
    """Return the day on which a count starts: of last year if this year's date is far ahead and doubtful."""
    if day.doubt is not Why.FAR or day.likely or day.has_year:
        return day
    last = real_date(day.date.year - 1, day.date.month, day.date.day)
    return Day(last, day.form) if last and last <= now.today else day


def _clause_end(words: tuple[Word, ...], at: int) -> int:
    for place in range(at, at + _SINCE_RECEIPT):
        if place >= len(words) or words[place].exact in (".", ",", ";", ")", "", "("):
            return place
    return at


def _ahead(amount: float, unit: str, now: Present) -> Day:
    if unit in ("hour", "minute"):
        moment = now.now + timedelta(**{f"{unit}s": amount})
        return Day(moment.date(), Form.COUNTED, moment=moment)
    if unit == "workday":
        return Day(now.workdays.add(now.today, int(amount)), Form.COUNTED)
    if unit == "month":
        return _worked(Day(months_on(now.today, int(amount)), Form.COUNTED), now)
    return _counted_days(int(amount * (7 if unit == "week" else 1)), now)


def _counted_days(count: int, now: Present) -> Day:
    return _worked(Day(now.today + timedelta(days=count), Form.COUNTED), now)


def _worked(day: Day, now: Present) -> Day:
    return Day(now.workdays.on_or_after(day.date), day.form)
