"""Moments of what the sentence reports and does not order: said, sent, gone wrong, late (R12)."""

from datetime import timedelta

from bot.language.deadline.clause_position import BREAKS, clause_before, follows
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.moments.context import Present
from bot.language.moments.days import Form
from bot.language.readings import Why
from bot.language.text.words import Sentence, any_of, vocabulary

_SAID = any_of(
    "ý kiến|chỉ đạo|kết luận|góp ý|phát biểu|trao đổi|yêu cầu|tin nhắn|email|mail|thư|đơn|phản ánh|"
    "cuộc gọi|công văn|văn bản|đề nghị|thông báo|điện thoại|hướng dẫn|bút phê|tin"
)
_RECORD = any_of(
    "biên bản|kết luận|ý kiến|phát biểu|ghi âm|gỡ băng|ghi chép|rã băng|kết quả|phản ánh|nội dung|ảnh chụp"
)
_MEETING = any_of("họp|hội nghị|giao ban|buổi|phiên|cuộc|hội thảo|làm việc|tọa đàm|tiếp xúc")
_HANDLING = any_of(
    "xử lý|trả lời|đọc|nghiên cứu|giải quyết|phản hồi|đối chiếu|kiểm tra|rà|cập nhật|sửa|chỉnh|xem|"
    "tải|lưu|in|photo|nhập"
)
_WENT_WRONG = vocabulary("bị bi lỗi")
_SECRETARY = vocabulary("thu can")
_PREPARING = vocabulary("chuan trang thiet")
"""Syllables before "bị" that mean no fault: chuẩn bị, thiết bị."""
_LONGEST_SUBJECT = 6
_SENT = vocabulary("gui nop trinh chuyen goi")
_OF = any_of("của|do|từ|tại|ở|trong|về")
_HAPPENED = any_of(
    "xảy ra|phát sinh|mới đến|đến|nhận|bị|hỏng|lỗi|sự cố|mất kết nối|ghi nhận|phản ánh|báo về|hồi|"
    "tin nhắn"
)
_LATE = vocabulary("tre cham qua chua muon")


def is_what_was_said(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell whether it is when something was said: "ý kiến sáng nay của anh Lĩnh", "biên bản họp chiều nay"."""
    day = one.moment.day
    if one.role is not Role.PLAIN or (day is not None and day.date > now.today):
        return False
    if one.moment.clock and follows(sentence, one.start, _HAPPENED):
        return day is not None or _minutes(now) >= one.moment.clock.minutes
    if day is None:
        return False
    if day.form is Form.WEEKDAY and day.date < now.today - timedelta(days=now.today.weekday()):
        return True
    if follows(sentence, one.start, _SAID):
        return _OF.at(sentence.words, one.moment.end) is not None
    clause = clause_before(sentence, one.start)
    met = any(_MEETING.at(sentence.words, place) for place in clause[-4:])
    return met and any(_RECORD.at(sentence.words, place) for place in clause)


def is_what_was_sent(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell whether it is when a paper was sent: "xử lý email gửi sáng nay", "đơn chị Hoa nộp hôm nay".

    False for a paper still to be sent: "soạn thư gửi sáng nay".
    """
    day = one.moment.day
    said = one.role is Role.HANDED and sentence.words[one.moment.start - 1].folded in _SENT
    ahead = one.moment.clock is not None and one.moment.clock.minutes > _minutes(now)
    if not said or day is None or day.date > now.today or ahead:
        return False
    clause = clause_before(sentence, one.moment.start - 1)
    sent = any(_SAID.at(sentence.words, place) for place in clause[-4:])
    return sent and any(_HANDLING.at(sentence.words, place) for place in clause)


def is_told(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell whether the sentence reports a past event: "ký lúc 8h sáng nay rồi", "email gửi lúc 9:15 bị lỗi"."""
    day = one.moment.day
    if one.role not in (Role.PLAIN, Role.HANDED) or (day is not None and day.date > now.today):
        return False
    if sentence.words[one.moment.end].exact in _WENT_WRONG:
        return True
    if _goes_wrong(sentence, one):
        return True
    gone = one.moment.clock is not None and one.moment.clock.minutes <= _minutes(now)
    return gone and sentence.words[one.moment.end].folded == "roi"


def _goes_wrong(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether something went wrong then: "sáng nay hồ sơ bị trả về, ..."."""
    words = sentence.words
    for place in range(one.moment.end, one.moment.end + _LONGEST_SUBJECT):
        if words[place].exact in BREAKS:
            return False
        wrong = words[place].exact in _WENT_WRONG and words[place + 1].folded not in _SECRETARY
        if wrong and words[place - 1].folded not in _PREPARING:
            return True
    return False


def is_what_was_late(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the limit was missed and is not next year's date: "giải trình việc nộp trễ báo cáo hạn 30/11"."""
    day = one.moment.day
    recent = day is not None and day.doubt is Why.FAR and not day.likely
    clause = clause_before(sentence, one.start) if recent and one.role is Role.UNTIL else []
    return any(sentence.words[place].folded in _LATE for place in clause)


def _minutes(now: Present) -> int:
    return now.now.hour * 60 + now.now.minute
