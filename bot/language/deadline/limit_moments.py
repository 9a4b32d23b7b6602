"""Find the moments that limit the work, and not an event, a leave or the data that the work is about."""

from bot.language.deadline.data_periods import counts, is_away, is_data, is_of_data, is_of_result
from bot.language.deadline.event_dates import is_event, moves_event, takes_place
from bot.language.deadline.limit_marks import LIMITS, Candidate, Role
from bot.language.deadline.past_moments import is_over, is_past
from bot.language.moments.context import Present
from bot.language.moments.days import Form
from bot.language.text.words import Sentence, any_of, vocabulary

_BANS = vocabulary("đừng dung không khong chớ khoan")
_ARRIVING = vocabulary("den toi")
"""Words before "trong quý I" that say what arrived in that period."""
_LONGEST_BAN = 3
_CLOSED = any_of(
    "không nhận|không tiếp nhận|không giải quyết|không xem xét|không thanh toán|khóa sổ|hệ thống khóa|"
    "sẽ không nhận|thì không nhận|là không nhận|ko nhận|k nhận|sẽ khóa|hệ thống sẽ khóa|coi như|xem như"
)
_LIMIT_NAMES = any_of(
    "ngày cuối cùng|ngày cuối|hạn|hạn chót|hạn cuối|ngày chót|buổi cuối|mốc cuối|thời hạn"
)
_LONGEST_SUBJECT = 14


def named_limits(sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Return the moments; those that a word farther away calls the limit become limits."""
    return [
        one._replace(role=Role.UNTIL) if is_named_limit(sentence, one) else one for one in found
    ]


def is_named_limit(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether words farther away call the moment the limit: "ngày cuối cùng nhận hồ sơ là thứ Năm"."""
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


def is_limit(
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
    """Tell whether the moment ends the work, and not an event, a leave or the data that the work is about."""
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
    """Tell whether "từ" and a number stand before the moment: the "từ 7" before "đến 9/10"."""
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
    """Tell whether the moment says when something happened: "hợp đồng ký trước 15/6/2026", not "ký trước 15/12"."""
    if one.moment.clock or one.moment.part:
        return False
    return is_past(one, now) and is_of_data(sentence, one)


def is_forbidden(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the work must not be done before the moment: "đừng gửi trước ngày 10/12".

    False for "không nộp trước thứ Sáu thì phê bình".
    """
    if one.role is not Role.BEFORE or one.start < 2 or "thi" in sentence.folds:
        return False
    before = sentence.words[max(0, one.start - _LONGEST_BAN) : one.start]
    return any(word.exact in _BANS for word in before) and not any(
        word.exact in ",;." for word in before
    )


def closed(sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Return the moments; those after which something is closed become limits."""
    return [_closing(sentence, one) for one in found] if _CLOSED.may_be_in(sentence) else found


def _closing(sentence: Sentence, one: Candidate) -> Candidate:
    """Make a limit of "sau 17h ngày 20/12 không nhận hồ sơ"."""
    after = one.role is Role.START and sentence.words[one.start].folded == "sau"
    closed = after and one.moment.day and _CLOSED.at(sentence.words, one.end)
    return one._replace(role=Role.UNTIL) if closed else one
