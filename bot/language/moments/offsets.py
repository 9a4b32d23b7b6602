"""Deadlines relative to another moment: "họp 14h mai, gửi trước đó 1 tiếng", "trước 20/11 một tuần"."""

from datetime import timedelta

from bot.language.deadline.clause_position import BREAKS, clause_end, follows
from bot.language.deadline.event_dates import is_event, takes_place
from bot.language.deadline.limit_marks import LIMITS, Candidate, Role
from bot.language.moments.context import Present
from bot.language.moments.days import Day, Form
from bot.language.moments.moments import Moment
from bot.language.readings import Why
from bot.language.text.numbers import NUMBER_FIRSTS, read_number
from bot.language.text.words import Phrases, Sentence, Word, any_of, vocabulary

_THAT = "trước đó|trước đấy|trước giờ đó|trước hôm đó|trước ngày đó|trước lúc đó|trước lúc ấy|trước giờ ấy"
_BEFORE_THAT = any_of(_THAT)
_BEFORE_IT = any_of(
    f"{_THAT}|trước giờ họp|trước khi họp|trước họp|trước hội nghị|trước cuộc họp|trước buổi họp|"
    "trước giờ|trước|trước ngày họp|trước hôm họp|trước ngày khai mạc|"
    "trước phiên họp|trước phiên|trước kỳ họp|trước buổi|trước đại hội|trước lễ|trước giờ khai mạc|"
    "trước hội thảo|trước buổi làm việc|trước khi khai mạc|trước cuộc"
)
_SOONER = any_of("sớm hơn|sớm|trước hạn|trước hạn đó|trước hạn này|sớm trước|trước")
_DAY_BESIDE = Phrases(
    {
        -1: "ngày hôm trước|hôm trước|bữa trước|ngày trước đó|hôm trước đó|ngày liền trước",
        1: "ngày hôm sau|hôm sau|bữa sau|ngày sau đó|hôm sau đó|ngày kế đó",
    }
)
_AT_LEAST = any_of("ít nhất|tối thiểu|chậm nhất|khoảng|chừng|độ|đúng|chẵn")
_UNIT = Phrases(
    {
        "minutes": "phút|p|ph",
        "hours": "tiếng|tiếng đồng hồ",
        "days": "ngày|hôm|bữa",
        "workdays": "ngày làm việc|ngày lv",
        "weeks": "tuần",
    }
)
_CLOCK_UNIT = Phrases({"hours": "giờ|h"})
"""Units that count hours, unless a bare "trước" stands before the number: "trước 11h" is an hour of the clock."""
_MOVED = any_of(
    "lùi|dời|lùi lại|dời lại|lùi thêm|cộng thêm|gia hạn thêm|thêm|cho thêm|kéo dài thêm"
)
_SIDES = {"trước": -1, "truoc": -1, "sau": 1}
_JUST_BEFORE = 120
"""An hour without a day that is at most this many minutes before an event is on the day of the event."""
_SAME_DAY = any_of(
    "cùng ngày|cùng hôm|ngày hôm đó|hôm đó|ngày đó|bữa đó|hôm ấy|ngày ấy|của ngày đó|cùng bữa"
)
_THAT_DAY = any_of(
    "ngày đó|hôm đó|ngày ấy|hôm ấy|bữa đó|bữa ấy|ngày hôm đó|cùng ngày|ngày này|ngày đấy|hôm đấy|mốc đó|mốc này|hạn đó|thời điểm đó|ngày trên|ngày nói trên"
)
_LIMIT_BEFORE = any_of(
    "chậm nhất|muộn nhất|trễ nhất|chậm nhất là|muộn nhất là|chậm nhất vào|hạn|hạn chót|hạn cuối|hạn là|deadline|"
    "trong|nội trong|ngay trong|đến hết|hết|xong|hoàn thành|hoàn tất|không quá|kịp|xong vào|xong đúng|hạn cuối là|hạn chót là"
)
_EXACTLY = vocabulary("đúng ngay chính dung chinh cũng cung vào vao luôn luon là la")
_WITHIN_THE_DAY = any_of("trong ngày|ngay trong ngày|nội trong ngày")
_LONGEST_EVENT = 9
_LONGEST_TELLING = 4
_LONGEST_COUNT = 6
_PREPARED = vocabulary("bị gửi nộp trình xong bi gui nop trinh")
_NAMED_ROLES = (Role.PLAIN, Role.START)
_WEEK_SAID = vocabulary("tuan nay toi")


def find_offset(sentence: Sentence, found: list[Candidate], now: Present) -> Candidate | None:
    """Find the deadline that is relative to another moment of the sentence; None when there is none."""
    if not found:
        return None
    shifted = next((s for one in found if (s := _shifted(sentence, one, now))), None)
    if shifted:
        return shifted
    that_day = _until_that_day(sentence, found) if _THAT_DAY.may_be_in(sentence) else None
    if that_day:
        return that_day
    if any(one.moment.day and one.role in (Role.BEFORE, Role.UNTIL) for one in found):
        return _sooner(sentence, found, now)
    return (
        _before_hour(sentence, found)
        or _before_event(sentence, found, now)
        or _before_that(sentence, found)
        or _day_beside(sentence, found)
    )


def _sooner(sentence: Sentence, found: list[Candidate], now: Present) -> Candidate | None:
    """Read "hạn 25/12, xong sớm hơn 2 ngày"; a "tức là 23/12" right after it wins."""
    for place in _SOONER.places(sentence):
        said = _SOONER.at(sentence.words, place)
        span = _span(sentence.words, said[1]) if said else None
        limits = [one for one in found if one.end <= place and one.role in LIMITS]
        moment = _back(limits[-1].moment, *span[:2], now) if span and limits else None
        if span and moment:
            told = [one for one in found if 0 <= one.start - span[2] <= _LONGEST_TELLING]
            meant = Candidate(Role.UNTIL, place, moment._replace(start=place, end=span[2]))
            return told[0] if told else meant
    return None


def _shifted(sentence: Sentence, one: Candidate, now: Present) -> Candidate | None:
    """Read "trước ngày 20/11 đúng một tuần", "sau buổi làm việc ngày 12/11 hai ngày"."""
    sooner = _counted_before(sentence, one, now) if "truoc" in sentence.folds else None
    if sooner:
        return sooner
    end = one.moment.end
    moved = _MOVED.at(sentence.words, end)
    span = _span(sentence.words, moved[1] if moved else end) if one.moment.day else None
    side = 1 if moved else _side(sentence, one) if span else 0
    if span is None or side == 0:
        return None
    moment = _back(one.moment, -side * span[0], span[1], now)
    if moment is None or moment.day is None:
        return None
    if side > 0:
        on = now.workdays.on_or_after(moment.day.date)
        moment = moment._replace(day=moment.day._replace(date=on))
    return Candidate(Role.UNTIL, one.start, moment._replace(start=one.start, end=span[2]))


def _counted_before(sentence: Sentence, one: Candidate, now: Present) -> Candidate | None:
    """Read "ít nhất 5 ngày trước hội nghị ngày 31/3", where the count comes first."""
    words, that = sentence.words, one.start
    if one.moment.day is None or one.role not in (Role.PLAIN, Role.BEFORE):
        return None
    while that > max(0, one.moment.start - _LONGEST_EVENT) and words[that].exact not in BREAKS:
        if words[that].exact in ("trước", "truoc"):
            break
        that -= 1
    if words[that].exact not in ("trước", "truoc"):
        return None
    for start in range(max(0, that - _LONGEST_COUNT), that):
        span = _span(words, start)
        moment = _back(one.moment, *span[:2], now) if span and span[2] == that else None
        if moment:
            return Candidate(Role.UNTIL, start, moment._replace(start=start, end=one.end))
    return None


def _side(sentence: Sentence, one: Candidate) -> int:
    """Return -1 when the words before the moment say "trước", 1 for "sau", else 0."""
    for place in range(one.moment.start - 1, max(-1, one.moment.start - _LONGEST_EVENT), -1):
        word = sentence.words[place]
        if word.exact in BREAKS or word.exact in _SIDES:
            return _SIDES.get(word.exact, 0)
    return 0


def _before_hour(sentence: Sentence, found: list[Candidate]) -> Candidate | None:
    """Read "trước cuộc họp 14h chiều nay" as due before that hour."""
    for one in found:
        apart = one.start > 0 and sentence.words[one.start - 1].exact in BREAKS
        if one.role is Role.PLAIN and one.moment.clock and is_event(sentence, one) and not apart:
            for place in range(one.start - 2, max(-1, one.start - _LONGEST_EVENT), -1):
                if sentence.words[place].exact in BREAKS:
                    break
                if sentence.words[place].exact in ("trước", "truoc"):
                    return _on_the_day_before(one._replace(role=Role.BEFORE, start=place), found)
    return None


def _on_the_day_before(one: Candidate, found: list[Candidate]) -> Candidate:
    """Give an hour the only day named before it: "thứ Tư tuần tới, trước giờ giao ban 8h"."""
    days = [each.moment.day for each in found if each.end <= one.start and each.moment.day]
    if one.moment.day or len(days) != 1:
        return one
    return one._replace(moment=one.moment._replace(day=days[0]))


def _before_event(sentence: Sentence, found: list[Candidate], now: Present) -> Candidate | None:
    """Read "họp 14h mai, gửi trước đó 1 tiếng" if exactly one event has a date."""
    for place in _BEFORE_IT.places(sentence):
        said = _BEFORE_IT.at(sentence.words, place)
        span = _span(sentence.words, said[1]) if said else None
        if span is None:
            continue
        amount, unit, after = span
        others = [one for one in found if one.end <= place or one.start >= after]
        events = [
            one
            for one in others
            if _is_on_a_day(one) and (is_event(sentence, one) or takes_place(sentence, one))
        ]
        if not events and _tells_of_it(sentence, place, after):
            others = [_today_if_no_day(one, now) for one in others]
            events = [one for one in others if one.role in _NAMED_ROLES and _is_on_a_day(one)]
        moment = _back(events[0].moment, amount, unit, now) if len(events) == 1 else None
        if moment:
            return Candidate(Role.UNTIL, place, moment._replace(start=place, end=after))
    return None


def _today_if_no_day(one: Candidate, now: Present) -> Candidate:
    """Put an hour without a day on today: "Sở chốt 16h30, gửi trước đó 1 tiếng"."""
    if one.moment.day or one.moment.clock is None:
        return one
    return one._replace(moment=one.moment._replace(day=Day(now.today, Form.RELATIVE)))


def _tells_of_it(sentence: Sentence, place: int, after: int) -> bool:
    """Tell whether a count with "trước" refers to the other day of the sentence.

    "trước đó một ngày", "phát biểu thứ Sáu, chuẩn bị trước một ngày".
    """
    if _BEFORE_THAT.at(sentence.words, place):
        return True
    clauses = any(word.exact in BREAKS for word in sentence.words[:place])
    prepared = place > 0 and sentence.words[place - 1].exact in _PREPARED
    return prepared or (clauses and clause_end(sentence, after))


def _is_on_a_day(one: Candidate) -> bool:
    return one.moment.day is not None and one.moment.day.form is not Form.WHOLE


def on_that_day(
    sentence: Sentence, found: list[Candidate], chosen: list[Candidate], now: Present
) -> list[Candidate]:
    """Put the last chosen moment on the day of the event named before it.

    "mai 9h họp, 8h đưa tài liệu", "họp chiều mai, trong ngày ra thông báo".
    """
    one = chosen[-1]
    same = _SAME_DAY.at(sentence.words, one.end) if one.moment.day is None else None
    earlier = [each for each in found if same and each.end <= one.start and each.moment.day]
    if same and earlier:
        moment = one.moment._replace(day=earlier[-1].moment.day, end=same[1])
        return [*chosen[:-1], one._replace(moment=moment)]
    before = [each for each in found if each.end <= one.start and is_event(sentence, each)]
    days = [each.moment.day for each in before if _is_on_a_day(each)]
    day = days[-1] if days else None
    if day is None or day.date <= now.today or day.doubt:
        return chosen
    if one.moment.day and _is_bare_weekday(sentence, one):
        return [*chosen[:-1], _in_the_week_of(one, one.moment.day, day)]
    if one.moment.day is None and one.moment.clock:
        hours = [each.moment.clock.minutes for each in before if each.moment.clock]
        ahead = hours[-1] - one.moment.clock.minutes if hours else 0
        passed = one.moment.clock.minutes <= now.now.hour * 60 + now.now.minute
        if ahead <= 0 or (ahead > _JUST_BEFORE and not passed):
            return chosen
    elif not _WITHIN_THE_DAY.at(sentence.words, one.moment.start):
        return chosen
    return [*chosen[:-1], one._replace(moment=one.moment._replace(day=day))]


def _is_bare_weekday(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the weekday is today's and no word says which week: "thứ Hai" on a Monday, not "thứ Hai này"."""
    moment = one.moment
    said = sentence.words[moment.start : moment.end]
    weekday = moment.day is not None and moment.day.doubt is Why.SAME_WEEKDAY
    return weekday and not any(word.folded in _WEEK_SAID for word in said)


def _in_the_week_of(one: Candidate, weekday: Day, event: Day) -> Candidate:
    """Read "thứ Ba tuần sau họp nên thứ Hai phải có" as the weekday before the event, in the event's week."""
    on = event.date + timedelta(days=weekday.date.weekday() - event.date.weekday())
    if not weekday.date < on <= event.date:
        return one
    return one._replace(moment=one.moment._replace(day=Day(on, Form.WEEKDAY)))


def _before_that(sentence: Sentence, found: list[Candidate]) -> Candidate | None:
    """Read "10h họp, chuẩn bị xong trước giờ đó" as due before the only moment named earlier."""
    for place in _BEFORE_THAT.places(sentence):
        said = _BEFORE_THAT.at(sentence.words, place)
        before = [one for one in found if one.end <= place and one.role in _NAMED_ROLES]
        last = not any(one.start > place for one in found)
        if said and last and len(before) == 1 and before[0].moment.day:
            return before[0]._replace(role=Role.BEFORE)
    return None


def _until_that_day(sentence: Sentence, found: list[Candidate]) -> Candidate | None:
    """Read "tọa đàm chốt vào thứ Bảy, 17/10, kịch bản chậm nhất đúng ngày đó" as the only day named."""
    for place in _THAT_DAY.places(sentence):
        said = _THAT_DAY.at(sentence.words, place)
        if said is None:
            continue
        start = place
        while start > 0 and sentence.words[start - 1].exact in _EXACTLY:
            start -= 1
        limited = any(follows(sentence, at, _LIMIT_BEFORE) for at in {start, place})
        before = [one for one in found if one.end <= start and one.moment.day]
        days = {one.moment.day.date for one in before if one.moment.day}
        later = any(one.start >= place for one in found)
        ends = clause_end(sentence, said[1]) or (
            sentence.words[said[1]].capital and sentence.words[start - 1].folded != "trong"
        )
        if limited and ends and len(days) == 1 and not later and _is_on_a_day(before[-1]):
            moment = Moment(place, said[1], day=before[-1].moment.day)
            return Candidate(Role.UNTIL, start, moment)
    return None


def _day_beside(sentence: Sentence, found: list[Candidate]) -> Candidate | None:
    """Read "thứ Sáu xe chạy, giao hồ sơ trước 17h ngày hôm trước"."""
    for place in _DAY_BESIDE.places(sentence):
        said = _DAY_BESIDE.at(sentence.words, place)
        events = [one for one in found if one.end < place and is_event(sentence, one)]
        events = events or [one for one in found if one.start > place and is_event(sentence, one)]
        if said is None or len(events) != 1 or events[0].moment.day is None:
            continue
        on = events[0].moment.day.date + timedelta(days=said[0])
        beside = [one for one in found if place <= one.end <= said[1] and one.moment.clock]
        hour = beside[0] if beside else Candidate(Role.UNTIL, place, Moment(place, said[1]))
        moment = hour.moment._replace(day=Day(on, Form.RELATIVE), end=said[1])
        return hour._replace(role=Role.UNTIL, moment=moment)
    return None


def _span(words: tuple[Word, ...], at: int) -> tuple[int, str, int] | None:
    word = words[at]
    if word.value < 0 and word.folded not in NUMBER_FIRSTS and not word.starts & _AT_LEAST.bit:
        return None
    least = _AT_LEAST.at(words, at)
    number = read_number(words, least[1] if least else at)
    unit = _UNIT.at(words, number[1]) if number else None
    if number and unit is None and words[at - 1].folded != "truoc":
        unit = _CLOCK_UNIT.at(words, number[1])
    if number is None or unit is None or words[unit[1]].value >= 0:
        return None
    return number[0], unit[0], unit[1]


def _back(event: Moment, amount: int, unit: str, now: Present) -> Moment | None:
    """Return the moment that lies `amount` units before the event; hours need the event's clock."""
    if event.day is None or event.day.doubt:
        return None
    first = event.day.first if event.day.dated and event.day.first else event.day.date
    if unit in ("minutes", "hours"):
        if event.clock is None:
            return None
        minutes = event.clock.minutes - amount * (60 if unit == "hours" else 1)
        on = event.day.date + timedelta(days=minutes // 1440)
        clock = event.clock._replace(minutes=minutes % 1440)
        return Moment(0, 0, clock=clock, day=Day(on, Form.RELATIVE))
    if unit == "workdays":
        on = now.workdays.add(first, -amount)
    else:
        on = first - timedelta(days=amount * (7 if unit == "weeks" else 1))
    return Moment(0, 0, day=Day(on, Form.RELATIVE))
