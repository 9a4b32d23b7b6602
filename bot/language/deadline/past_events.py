"""Moments that say when something arrived, was sent or took place, never when work is due (R12)."""

from datetime import timedelta

from bot.language.deadline.clause_position import clause_before, follows
from bot.language.deadline.limit_marks import LIMITS, Candidate, Role
from bot.language.moments.context import Present
from bot.language.moments.days import Form
from bot.language.text.words import Sentence, any_of, vocabulary

_PAPER = any_of(
    "công văn|văn bản|đơn|đơn thư|hồ sơ|thư|giấy mời|tin nhắn|email|mail|công điện|phiếu|tài liệu|bưu phẩm|"
    "kiến nghị|phản ánh|cuộc gọi|fax|thông báo|cv"
)
_CAME = any_of("nhận|nhận được|tiếp nhận|đã nhận|mới nhận|vừa nhận|đến|chuyển đến|gửi|gửi đến")
_RECORD = any_of(
    "biên bản|kết luận|nghị quyết|ghi âm|ghi hình|băng ghi âm|ảnh|video|clip|tài liệu|danh sách đại biểu|tin"
)
_MEETING = any_of(
    "họp|hội nghị|giao ban|phiên họp|cuộc họp|buổi họp|buổi làm việc|làm việc|đại hội"
)
_WRITING = any_of("soạn|viết|lập|ghi|hoàn thiện|dự thảo|chuẩn bị|làm")
_ABOUT = any_of("về")
_GOING_BACK = vocabulary(
    "gửi gởi nộp đi trở ra lúc khi chuyển báo quay đem mang lấy giao gui goi nop di tro luc chuyen bao mang "
    "đến chạy ghé den rút trả tra xe đoàn"
)
_FEW_WORDS = 5
_SOON = timedelta(days=45)
"""Of a paper, a date without a year that is farther ahead than this means the last such day."""


def is_bygone(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell whether it happened then: "công văn nhận ngày 12/4", "biên bản họp ngày 16/5", "bài về ngày 3/2"."""
    day = one.moment.day
    if day is None or one.role in LIMITS or one.role is Role.START:
        return False
    if day.form is Form.WEEKDAY and day.date < now.today - timedelta(days=now.today.weekday()):
        return True
    soon = now.today <= day.date <= now.today + _SOON and not _is_that_day(sentence, one)
    return (
        day.form is Form.DATE
        and not soon
        and (_is_about(sentence, one) or _came_then(sentence, one) or _was_held_then(sentence, one))
    )


def _is_that_day(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether "hôm" shows that the day is over: "hồ sơ nhận hôm 2/6", but not "nhận ngày 2/6"."""
    return sentence.words[one.moment.start].folded == "hom" or (
        one.moment.start > 0 and sentence.words[one.moment.start - 1].folded == "hom"
    )


def _is_about(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a text is about the day: "bài viết về ngày 3/2", but not "gửi về ngày 3/2"."""
    place = one.moment.start - 1
    if place < 1 or not _ABOUT.at(sentence.words, place):
        return False
    return sentence.words[place - 1].exact not in _GOING_BACK


def _came_then(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a paper arrived then: "công văn đến số 804 nhận ngày 12/4"."""
    words, start = sentence.words, one.moment.start
    if not follows(sentence, start, _CAME):
        return False
    clause = clause_before(sentence, start)
    return any(_PAPER.at(words, place) for place in clause[1:])


def _was_held_then(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the record of a meeting exists: "đọc biên bản họp ngày 16/5".

    False if the record is still to be written.
    """
    words, start = sentence.words, one.start
    if not follows(sentence, start, _MEETING):
        return False
    clause = clause_before(sentence, start)[-_FEW_WORDS:]
    kept = next((place for place in clause if _RECORD.at(words, place)), None)
    return kept is not None and not follows(sentence, kept, _WRITING)
