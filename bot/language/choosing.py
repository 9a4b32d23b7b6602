"""Choosing among the moments of a sentence: limits before what stands alone, the last word wins."""

from itertools import pairwise

from bot.language.clocks import within
from bot.language.data import counts, is_away, is_data, is_of_data, is_of_result
from bot.language.days import Form
from bot.language.due import day_due
from bot.language.events import is_event, is_own_act, moves_event, takes_place
from bot.language.marks import LIMITS, Candidate, Role
from bot.language.numerals import is_number, is_ordinal
from bot.language.over import is_over, is_past
from bot.language.present import Present
from bot.language.readings import Why
from bot.language.recurrence import DAILY, Often, rule_of
from bot.language.surroundings import clause_start, stands_alone
from bot.language.words import Sentence, any_of, vocabulary

_LEFT = any_of("còn|chỉ còn|mới được|đã được")
_OR = any_of(
    "hoặc|hay|hay là|hoặc là|không kịp thì|không thì|không được thì|không xong thì|ko kịp thì|k kịp thì|"
    "ko thì|hổng kịp thì|kẹt quá thì|bí quá thì|chưa kịp thì"
)
_BANS = vocabulary("đừng dung không khong chớ khoan")
_NOT = vocabulary("khong ko k hong chua")
_ARRIVING = vocabulary("den toi")
"""Before "trong quý I": what arrived in it."""
_LONGEST_BAN = 3
_CLOSED = any_of(
    "không nhận|không tiếp nhận|không giải quyết|không xem xét|không thanh toán|khóa sổ|hệ thống khóa|"
    "sẽ không nhận|thì không nhận|là không nhận|ko nhận|k nhận|sẽ khóa|hệ thống sẽ khóa|coi như|xem như"
)
_FOR = any_of("để")
_LIMIT_NAMES = any_of(
    "ngày cuối cùng|ngày cuối|hạn|hạn chót|hạn cuối|ngày chót|buổi cuối|mốc cuối|thời hạn"
)
_LONGEST_SUBJECT = 14
_ROUNDS = vocabulary("dot lan vong")
_HAS_A_PLAN = ("co", "lich")
_LONGEST_HABIT = 8
_MAY_BE_OVER = (Role.UP_TO, Role.UNTIL)
_NAMED_DAYS = (Form.DATE, Form.MONTH_DAY, Form.WEEKDAY)


def choose(
    sentence: Sentence, found: list[Candidate], often: Often | None, now: Present, alone: bool
) -> list[Candidate]:
    """Return the candidates that are the deadline: the limits, else what stands alone."""
    if _LEFT.may_be_in(sentence):
        found = [one for one in found if not _LEFT.at(sentence.words, max(0, one.start - 1))]
    found = [one for one in found if not _is_forbidden(sentence, one)]
    if _CLOSED.may_be_in(sentence):
        found = [_closing(sentence, one) for one in found]
    limits = [one for n, one in enumerate(found) if _is_limit(sentence, found, n, now, alone)]
    plain = [one for one in found if is_plain_deadline(sentence, one, often, now, alone)]
    plain = [one for one in plain if not is_own_act(sentence, one)] or plain
    if plain:
        limits = [one for one in limits if not _is_over_today(one, now)]
    if not limits:
        named = [one for one in found if _is_named_limit(sentence, one)]
        limits = [one._replace(role=Role.UNTIL) for one in named]
    if not limits and len(plain) > 1 and _one_of_two(sentence, *plain[-2:]):
        return plain[-2:]
    if not limits and len(plain) > 1 and _are_two_ends(sentence, *plain[-2:]):
        return plain[-2:]
    if limits and plain and not alone and _is_only_data_before(sentence, limits, plain[-1]):
        return plain[-1:]
    if not limits:
        return (
            plain[-1:]
            if len(plain) < 2 or not _mergeable(plain[-2], plain[-1])
            else [_merged(plain[-2], plain[-1])]
        )
    either = _either(sentence, found, limits[-1])
    if either:
        return either
    limits = [one for one in limits if not _is_aim(sentence, one)] or limits
    ahead = [one for one in limits if not (one.role in _MAY_BE_OVER and is_past(one, now))]
    limits = ahead or limits
    while len(limits) > 1 and _mergeable(limits[-2], limits[-1]):
        limits[-2:] = [_merged(limits[-2], limits[-1])]
    firm = [one for one in limits if one.role is not Role.UP_TO]
    limits = firm or limits
    known = [one for one in limits if not (one.moment.day and one.moment.day.doubt is Why.EVENT)]
    limits = known or limits
    beside = [
        one
        for one in found
        if one.role is Role.PLAIN
        and _is_beside(sentence, one, limits[0])
        and not _is_past_weekday(sentence, one)
    ]
    plain = [one for one in plain if not _is_past_weekday(sentence, one)]
    for one in sorted([*plain, *beside], key=lambda one: abs(limits[0].start - one.end)):
        if len(limits) == 1 and _mergeable(one, limits[0]) and not _is_whole(one, limits[0]):
            limits = [_merged(one, limits[0])]
    return limits


def _is_over_today(one: Candidate, now: Present) -> bool:
    """Tell "công văn đến lúc 7h45 sáng nay", said at nine."""
    day, clock = one.moment.day, one.moment.clock
    today = day is not None and day.date == now.today
    gone = clock is not None and clock.minutes <= now.now.hour * 60 + now.now.minute
    return one.role is Role.UP_TO and today and gone


def named_limits(sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Return the moments, those that a word at some distance calls the limit as limits."""
    return [
        one._replace(role=Role.UNTIL) if _is_named_limit(sentence, one) else one for one in found
    ]


def _is_named_limit(sentence: Sentence, one: Candidate) -> bool:
    """Tell the day of "ngày cuối cùng nhận hồ sơ là thứ Năm"."""
    words, place = sentence.words, one.start
    if one.role is not Role.PLAIN or one.moment.day is None or place == 0:
        return False
    if words[place - 1].exact not in ("là", "la"):
        return False
    for start in range(place - 2, max(-1, place - _LONGEST_SUBJECT), -1):
        if words[start].exact in (",", ";", "."):
            return False
        if _LIMIT_NAMES.at(words, start):
            return True
    return False


def _one_of_two(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    """Tell "thứ Tư hoặc thứ Năm", "thứ tư thứ năm gì đó"."""
    comma = sentence.words[one.end].exact == ","
    if _OR.at(sentence.words, one.end + comma):
        return True
    days = one.moment.day, other.moment.day
    return one.end == other.start and all(day and day.form is Form.WEEKDAY for day in days)


def _are_two_ends(sentence: Sentence, *two: Candidate) -> bool:
    """Tell "cái đầu xong 1/12, cái sau xong 5/12", "đợt 1 ngày 16/12, đợt 2 ngày 23/12"."""
    due = all(each.moment.day and each.role is not Role.PLAIN for each in two)
    words = sentence.words
    rounds = all(
        each.start > 1 and words[each.start - 1].value >= 0
        and words[each.start - 2].folded in _ROUNDS
        for each in two
    )  # fmt: skip
    return (due and not _mergeable(*two)) or rounds


def _is_aim(sentence: Sentence, one: Candidate) -> bool:
    """Tell the second of "xong trước 20/12 để kịp trình ngày 22/12"."""
    before = [
        word.folded for word in sentence.words[max(0, one.moment.start - 4) : one.moment.start]
    ]
    return "kip" in before[1:] and before[before.index("kip") - 1] == "de"


def _is_only_data_before(sentence: Sentence, limits: list[Candidate], last: Candidate) -> bool:
    """Tell "chốt số đến ngày 15/12, ngày 17/12 báo cáo", where the first only bounds the figures."""
    limit, day = limits[-1], last.moment.day
    if day is None or limit.moment.day is None or day.form not in _NAMED_DAYS:
        return False
    if limit.moment.clock or limit.moment.part or day.doubt:
        return False
    if last.role is Role.PLAIN and not clause_start(sentence, last.start):
        return False
    return last.start > limit.end and all(one.role is Role.UP_TO for one in limits)


def _is_forbidden(sentence: Sentence, one: Candidate) -> bool:
    """Tell "đừng gửi trước ngày 10/12" from "không nộp trước thứ Sáu thì phê bình"."""
    if one.role is not Role.BEFORE or one.start < 2 or "thi" in sentence.folds:
        return False
    before = sentence.words[max(0, one.start - _LONGEST_BAN) : one.start]
    return any(word.exact in _BANS for word in before) and not any(
        word.exact in ",;." for word in before
    )


def _is_beside(sentence: Sentence, one: Candidate, limit: Candidate) -> bool:
    """Tell "9/12 trước 10h", "14/12, trước 11h"."""
    comma = sentence.words[one.end].exact == ","
    return limit.start == one.end + comma


def _either(sentence: Sentence, found: list[Candidate], last: Candidate) -> list[Candidate]:
    """Return both of "trong hôm nay hoặc ngày mai"."""
    said = _OR.at(sentence.words, last.end)
    after = said[1] if said else last.end + 1 if _is_missed(sentence, last) else 0
    others = [one for one in found if after and one.start == after]
    return [last, *others] if others else []


def _closing(sentence: Sentence, one: Candidate) -> Candidate:
    """Make a limit of "sau 17h ngày 20/12 không nhận hồ sơ"."""
    after = one.role is Role.START and sentence.words[one.start].folded == "sau"
    closed = after and one.moment.day and _CLOSED.at(sentence.words, one.end)
    return one._replace(role=Role.UNTIL) if closed else one


def _is_missed(sentence: Sentence, one: Candidate) -> bool:
    """Tell "không kịp mai thì mốt", where the other day does too."""
    words = sentence.words
    missed = words[one.start].folded == "kip" and one.start > 0
    return missed and words[one.start - 1].folded in _NOT and words[one.end].folded == "thi"


def _is_limit(
    sentence: Sentence, found: list[Candidate], place: int, now: Present, alone: bool
) -> bool:
    one = found[place]
    if one.role not in LIMITS:
        return False
    if alone:
        return True
    if moves_event(sentence, one) or _bounds_data(sentence, one, now):
        return False
    return one.role not in (Role.UP_TO, Role.WITHIN) or _ends_work(sentence, found, place, now)


def _ends_work(sentence: Sentence, found: list[Candidate], place: int, now: Present) -> bool:
    """Tell the end of the work from the end of an event, of a leave or of the data it is about."""
    one, day = found[place], found[place].moment.day
    start = found[place - 1] if place and found[place - 1].role is Role.START else None
    if start and (is_event(sentence, start) or is_of_data(sentence, start)):
        return False
    if takes_place(sentence, one):
        return False
    dated = one.role is Role.WITHIN and day is not None and day.form is Form.DATE
    bare = start is None and _has_bare_start(sentence, one)
    if (dated or bare) and is_event(sentence, one):
        return False
    if bare and takes_place(sentence, one._replace(start=one.start - 2)):
        return False
    whole = start and start.moment.day and start.moment.day.form is Form.WHOLE
    data = one.role is Role.UP_TO and (
        is_data(sentence, start or one) or is_of_result(sentence, one)
    )
    over = day is not None and day.date <= now.today
    past = start is not None and (is_past(one, now) or (over and is_past(start, now)))
    return not (whole or data or past or is_over(sentence, one, now))


def _has_bare_start(sentence: Sentence, one: Candidate) -> bool:
    """Tell the "từ 7" before "đến 9/10"."""
    words, place = sentence.words, one.start
    return place > 1 and words[place - 1].value >= 0 and words[place - 2].folded == "tu"


def _bounds_data(sentence: Sentence, one: Candidate, now: Present) -> bool:
    day = one.moment.day
    if day is None:
        return False
    if one.role is Role.UP_TO:
        return is_away(sentence, one)
    arrived = one.start > 0 and sentence.words[one.start - 1].folded in _ARRIVING
    if one.role is Role.WITHIN and day.form is Form.WHOLE and arrived:
        return True
    whole = day.form is Form.WHOLE and (day.first is None or day.first <= now.today)
    if one.role is Role.BEFORE and _is_about_facts(sentence, one, now):
        return True
    if one.role is Role.BEFORE:
        return whole and (day.date < now.today or is_of_data(sentence, one))
    return (
        one.role is Role.WITHIN and whole and (is_of_data(sentence, one) or counts(sentence, one))
    )


def _is_about_facts(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell "hợp đồng ký trước 15/6/2026" from "ký trước 15/12"."""
    if one.moment.clock or one.moment.part:
        return False
    return is_past(one, now) and is_of_data(sentence, one)


def is_plain_deadline(
    sentence: Sentence, one: Candidate, often: Often | None, now: Present, alone: bool
) -> bool:
    if one.role not in (Role.PLAIN, Role.DUE, Role.HANDED):
        return False
    near = often is not None and often.start <= one.end + 3
    repeats = rule_of(often, one.moment.day) if often and near else None
    if alone or (repeats and (one.moment.day or repeats == DAILY)):
        return alone or not _is_somebodys_habit(sentence, one)
    if is_over(sentence, one, now) or is_ordinal(sentence, one) or is_number(sentence, one):
        return False
    purpose = one.role is Role.DUE and _FOR.at(sentence.words, one.start) is not None
    if one.moment.ranged and is_data(sentence, one):
        return False
    is_of_event = (purpose or one.role is Role.PLAIN) and (
        is_event(sentence, one) or takes_place(sentence, one)
    )
    return stands_alone(sentence, one) and not is_of_event


def _is_somebodys_habit(sentence: Sentence, one: Candidate) -> bool:
    """Tell "anh Thuyên có lịch tiếp dân thứ Năm hằng tuần" from work that comes back."""
    before = sentence.words[max(0, one.start - _LONGEST_HABIT) : one.start]
    return one.role is Role.PLAIN and any(
        (word.folded, follows.folded) == _HAS_A_PLAN for word, follows in pairwise(before)
    )


def _mergeable(first: Candidate, second: Candidate) -> bool:
    """Tell whether one names the day and the other the hour, which may be within its part."""
    one, other = first.moment, second.moment
    if (one.day and one.day.moment) or (other.day and other.day.moment):
        return False
    if bool(one.day) == bool(other.day):
        return False
    of_day, of_hour = (one, other) if one.day else (other, one)
    hour = of_hour.clock or of_hour.part
    if of_day.clock is None and of_day.part and hour:
        return within(hour, of_day.part) is not None
    return bool(of_day.clock or of_day.part) != bool(of_hour.clock or of_hour.part)


def _is_past_weekday(sentence: Sentence, one: Candidate) -> bool:
    """Tell "bản anh giao hôm thứ Sáu, trước 11h" from "thứ Sáu, trước 11h"."""
    weekday = one.moment.day is not None and one.moment.day.form is Form.WEEKDAY
    said = one.start > 0 and sentence.words[one.start - 1].folded == "hom"
    return weekday and said and one.role is Role.PLAIN


def _is_whole(one: Candidate, limit: Candidate) -> bool:
    """Tell "trong trưa nay báo giá xong, 1 rưỡi anh trình", whose limit lacks no hour."""
    return limit.role is Role.WITHIN and limit.moment.part is not None and one.start > limit.end


def _merged(one: Candidate, other: Candidate) -> Candidate:
    first, second = sorted((one, other), key=lambda each: each.start)
    day = first if first.moment.day else second
    hour = second if day is first else first
    near = second.start - first.end <= 2
    clock, part = hour.moment.clock, day.moment.part
    moment = hour.moment._replace(
        clock=within(clock, part) if clock and part else clock,
        day=day.moment.day,
        start=first.moment.start if near else second.moment.start,
        end=second.end,
    )
    limit = first if first.role in LIMITS else second
    return Candidate(limit.role, first.start if near else second.start, moment)


def contradict(chosen: list[Candidate], now: Present) -> bool:
    days = {
        (day_due(one.moment, False, now), hour.minutes if hour else None)
        for one in chosen
        for hour in (one.moment.clock or (one.moment.part if len(chosen) > 1 else None),)
    }
    return len(days) > 1
