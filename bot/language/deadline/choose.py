"""Choose the deadline among the moments of a sentence.

Limits go before moments without a limit word, and the last one named wins.
"""

from bot.language.deadline.clause_position import clause_start
from bot.language.deadline.event_dates import is_own_act
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.deadline.limit_moments import closed, is_forbidden, is_limit, is_named_limit
from bot.language.deadline.past_moments import is_past
from bot.language.deadline.plain_deadlines import is_plain_deadline
from bot.language.moments.context import Present
from bot.language.moments.days import Form
from bot.language.moments.due import day_due
from bot.language.moments.merging import are_day_and_hour, merged
from bot.language.moments.recurrence import Often
from bot.language.readings import Why
from bot.language.text.words import Sentence, any_of, vocabulary

_LEFT = any_of("còn|chỉ còn|mới được|đã được")
_OR = any_of(
    "hoặc|hay|hay là|hoặc là|không kịp thì|không thì|không được thì|không xong thì|ko kịp thì|k kịp thì|"
    "ko thì|hổng kịp thì|kẹt quá thì|bí quá thì|chưa kịp thì"
)
_NOT = vocabulary("khong ko k hong chua")
_ROUNDS = vocabulary("dot lan vong")
_MAY_BE_OVER = (Role.UP_TO, Role.UNTIL)
_NAMED_DAYS = (Form.DATE, Form.MONTH_DAY, Form.WEEKDAY)


def choose(
    sentence: Sentence, found: list[Candidate], often: Often | None, now: Present, alone: bool
) -> list[Candidate]:
    """Return the candidates that are the deadline: the limits, or else the moments without a limit word."""
    if _LEFT.may_be_in(sentence):
        found = [one for one in found if not _LEFT.at(sentence.words, max(0, one.start - 1))]
    found = closed(sentence, [one for one in found if not is_forbidden(sentence, one)])
    limits = [one for n, one in enumerate(found) if is_limit(sentence, found, n, now, alone)]
    plain = [one for one in found if is_plain_deadline(sentence, one, often, now, alone)]
    plain = [one for one in plain if not is_own_act(sentence, one)] or plain
    if plain:
        limits = [one for one in limits if not _is_over_today(one, now)]
    if not limits:
        named = [one for one in found if is_named_limit(sentence, one)]
        limits = [one._replace(role=Role.UNTIL) for one in named]
    if not limits:
        return _last(sentence, plain)
    if plain and not alone and _is_only_data_before(sentence, limits, plain[-1]):
        return plain[-1:]
    either = _either(sentence, found, limits[-1])
    return either or _with_day_and_hour(sentence, found, _firm(sentence, limits, now), plain)


def _last(sentence: Sentence, plain: list[Candidate]) -> list[Candidate]:
    """Return the last of the moments without a limit word.

    It is merged with its hour, or returned with the one before when both are meant.
    """
    if len(plain) < 2:
        return plain
    two = plain[-2], plain[-1]
    if _one_of_two(sentence, *two) or _are_two_ends(sentence, *two):
        return list(two)
    return [merged(*two)] if are_day_and_hour(*two) else plain[-1:]


def _firm(sentence: Sentence, limits: list[Candidate], now: Present) -> list[Candidate]:
    """Drop the limits that are aims, past, ends of data, or dates of events, as long as another limit is left."""
    limits = [one for one in limits if not _is_aim(sentence, one)] or limits
    ahead = [one for one in limits if not (one.role in _MAY_BE_OVER and is_past(one, now))]
    limits = ahead or limits
    while len(limits) > 1 and are_day_and_hour(limits[-2], limits[-1]):
        limits[-2:] = [merged(limits[-2], limits[-1])]
    limits = [one for one in limits if one.role is not Role.UP_TO] or limits
    known = [one for one in limits if not (one.moment.day and one.moment.day.doubt is Why.EVENT)]
    return known or limits


def _with_day_and_hour(
    sentence: Sentence, found: list[Candidate], limits: list[Candidate], plain: list[Candidate]
) -> list[Candidate]:
    """Complete a limit that lacks its day or its hour with the nearest moment without a limit word."""
    first = limits[0]
    beside = [one for one in found if one.role is Role.PLAIN and _is_beside(sentence, one, first)]
    near = [one for one in (*plain, *beside) if not _is_past_weekday(sentence, one)]
    for one in sorted(near, key=lambda one: abs(first.start - one.end)):
        if len(limits) == 1 and are_day_and_hour(one, limits[0]) and not _is_whole(one, limits[0]):
            limits = [merged(one, limits[0])]
    return limits


def _is_over_today(one: Candidate, now: Present) -> bool:
    """Tell whether the moment is an hour of today that has passed: "công văn đến lúc 7h45 sáng nay" said at nine."""
    day, clock = one.moment.day, one.moment.clock
    today = day is not None and day.date == now.today
    gone = clock is not None and clock.minutes <= now.now.hour * 60 + now.now.minute
    return one.role is Role.UP_TO and today and gone


def _one_of_two(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    """Tell whether the two are alternatives: "thứ Tư hoặc thứ Năm", "thứ tư thứ năm gì đó"."""
    comma = sentence.words[one.end].exact == ","
    if _OR.at(sentence.words, one.end + comma):
        return True
    days = one.moment.day, other.moment.day
    return one.end == other.start and all(day and day.form is Form.WEEKDAY for day in days)


def _are_two_ends(sentence: Sentence, *two: Candidate) -> bool:
    """Tell whether the two are deadlines of two things.

    "cái đầu xong 1/12, cái sau xong 5/12", "đợt 1 ngày 16/12, đợt 2 ngày 23/12".
    """
    due = all(each.moment.day and each.role is not Role.PLAIN for each in two)
    words = sentence.words
    rounds = all(
        each.start > 1 and words[each.start - 1].value >= 0
        and words[each.start - 2].folded in _ROUNDS
        for each in two
    )  # fmt: skip
    return (due and not are_day_and_hour(*two)) or rounds


def _is_aim(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the moment is an aim, as the second in "xong trước 20/12 để kịp trình ngày 22/12"."""
    before = [
        word.folded for word in sentence.words[max(0, one.moment.start - 4) : one.moment.start]
    ]
    return "kip" in before[1:] and before[before.index("kip") - 1] == "de"


def _is_only_data_before(sentence: Sentence, limits: list[Candidate], last: Candidate) -> bool:
    """Tell whether the limits only bound the figures: "chốt số đến ngày 15/12, ngày 17/12 báo cáo"."""
    limit, day = limits[-1], last.moment.day
    if day is None or limit.moment.day is None or day.form not in _NAMED_DAYS:
        return False
    if limit.moment.clock or limit.moment.part or day.doubt:
        return False
    if last.role is Role.PLAIN and not clause_start(sentence, last.start):
        return False
    return last.start > limit.end and all(one.role is Role.UP_TO for one in limits)


def _is_beside(sentence: Sentence, one: Candidate, limit: Candidate) -> bool:
    """Tell whether the moment stands right before the limit: "9/12 trước 10h", "14/12, trước 11h"."""
    comma = sentence.words[one.end].exact == ","
    return limit.start == one.end + comma


def _either(sentence: Sentence, found: list[Candidate], last: Candidate) -> list[Candidate]:
    """Return both alternatives of "trong hôm nay hoặc ngày mai"."""
    said = _OR.at(sentence.words, last.end)
    after = said[1] if said else last.end + 1 if _is_missed(sentence, last) else 0
    others = [one for one in found if after and one.start == after]
    return [last, *others] if others else []


def _is_missed(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the words offer another day if this one is missed: "không kịp mai thì mốt"."""
    words = sentence.words
    missed = words[one.start].folded == "kip" and one.start > 0
    return missed and words[one.start - 1].folded in _NOT and words[one.end].folded == "thi"


def _is_past_weekday(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether "hôm" makes it a past weekday: "bản anh giao hôm thứ Sáu, trước 11h", not "thứ Sáu, trước 11h"."""
    weekday = one.moment.day is not None and one.moment.day.form is Form.WEEKDAY
    said = one.start > 0 and sentence.words[one.start - 1].folded == "hom"
    return weekday and said and one.role is Role.PLAIN


def _is_whole(one: Candidate, limit: Candidate) -> bool:
    """Tell whether the limit needs no hour: "trong trưa nay báo giá xong, 1 rưỡi anh trình"."""
    return limit.role is Role.WITHIN and limit.moment.part is not None and one.start > limit.end


def contradict(chosen: list[Candidate], now: Present) -> bool:
    days = {
        (day_due(one.moment, False, now), hour.minutes if hour else None)
        for one in chosen
        for hour in (one.moment.clock or (one.moment.part if len(chosen) > 1 else None),)
    }
    return len(days) > 1
