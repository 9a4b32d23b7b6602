"""Deadlines that refer to a moment named before: "họp 18/11, đó cũng là hạn nộp", "xong trong thời gian đó"."""

from bot.language.deadline.clause_position import anywhere, clause_end, clause_start, follows
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.moments.days import Form
from bot.language.moments.moments import Moment
from bot.language.text.words import Sentence, any_of

_THAT_IS = any_of(
    "|".join(
        f"{that} {is_it} {limit}"
        for that in ("đó", "đấy", "hôm đó", "ngày đó", "giờ đó", "lúc đó")
        for is_it in ("là", "cũng là", "chính là", "cũng chính là")
        for limit in (
            "hạn", "hạn chót", "hạn cuối", "hạn cuối cùng", "hạn nộp", "hạn gửi", "hạn trình",
            "hạn hoàn thành", "hạn báo cáo", "deadline",
        )
    )
)  # fmt: skip
_BARE_LIMIT = "han"
_OTHERS = any_of("cũ|trước|của|cho|mà|ban đầu|thì")
"""Words after "hạn nộp" that make it the limit of something else, or an earlier limit."""
_IN_THAT_TIME = any_of(
    "|".join(
        f"{within} {time} {that}"
        for within in ("trong", "nội trong", "ngay trong")
        for time in ("thời gian", "khoảng thời gian", "khoảng", "những ngày", "đợt", "thời hạn")
        for that in ("đó", "đấy", "ấy", "trên", "nói trên", "này")
    )
)
_DONE = any_of("xong|hoàn thành|hoàn tất")
_HANDED = any_of("nộp|gửi|trình")
_TELLS_OTHERS = any_of("thông báo|nhắc|đôn đốc")
"""Words for work about a limit of other people: "đó là hạn nộp đảng phí, Mẫn thông báo"."""


def pointed_at(sentence: Sentence, found: list[Candidate]) -> Candidate | None:
    """Return as a limit the only moment before words such as "đó là hạn"; None where there is none."""
    if _THAT_IS.may_be_in(sentence) and not anywhere(sentence, _TELLS_OTHERS):
        for place in _THAT_IS.places(sentence):
            said = _THAT_IS.at(sentence.words, place)
            if said and _is_this_works(sentence, said[1]):
                return _limit(found, place, said[1])
    return _end_of_that_time(sentence, found) if _IN_THAT_TIME.may_be_in(sentence) else None


def _is_this_works(sentence: Sentence, after: int) -> bool:
    """Tell whether the limit is that of this work: "là hạn nộp hồ sơ", but not "là hạn của tỉnh", "là hạn bảo hành"."""
    bare = sentence.words[after - 1].folded == _BARE_LIMIT
    ends = clause_end(sentence, after)
    return (ends or not bare) and _OTHERS.at(sentence.words, after) is None


def _end_of_that_time(sentence: Sentence, found: list[Candidate]) -> Candidate | None:
    """Read "đợt kiểm tra từ 12 đến 16/10, hoàn thành trong thời gian đó" as the last day of that time."""
    for place in _IN_THAT_TIME.places(sentence):
        said = _IN_THAT_TIME.at(sentence.words, place)
        if said and _is_done(sentence, place) and clause_end(sentence, said[1]):
            return _limit(found, place, said[1], lasting=True)
    return None


def _is_done(sentence: Sentence, place: int) -> bool:
    """Tell whether work is to be done then: ", nộp trong thời gian đó", but not "các đơn gửi trong thời gian đó"."""
    handed = follows(sentence, place, _HANDED) and clause_start(sentence, place - 1)
    return handed or follows(sentence, place, _DONE)


def _limit(
    found: list[Candidate], place: int, after: int, *, lasting: bool = False
) -> Candidate | None:
    """Make a limit of the only moment before the place; None where there is no such moment or it is doubtful.

    With `lasting` the moment must be the end of a range or a whole period; otherwise it must be a plain day.
    """
    before = [one for one in found if one.end <= place and one.role is not Role.START]
    day = before[0].moment.day if len(before) == 1 else None
    if day is None or day.doubt or any(one.start >= place for one in found):
        return None
    spread = before[0].role in (Role.UP_TO, Role.WITHIN) or before[0].moment.ranged
    if lasting and not (spread or day.form is Form.WHOLE):
        return None
    if not lasting and (spread or before[0].role is not Role.PLAIN or day.form is Form.WHOLE):
        return None
    moment = before[0].moment
    return Candidate(
        Role.UNTIL,
        place,
        Moment(place, after, day=day, clock=moment.clock, part=moment.part),
    )
