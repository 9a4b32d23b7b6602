"""Dates that belong to what the work is about, and so are never its deadline (R12).

The contexts, one list each: facts about people and things (born, retired, in force), data and their
periods (counted, spent, received), aims of plans ("đến năm 2030"), what was said or sent, numbers
written like dates, ordinals, absences, and whatever is clearly over.
"""

from datetime import timedelta

from bot.language.bygone import is_bygone
from bot.language.days import Day, Form
from bot.language.marks import LIMITS, Candidate, Role
from bot.language.numerals import is_number, is_numbered_part
from bot.language.present import Present
from bot.language.readings import Why
from bot.language.surroundings import BREAKS, clause_start, follows
from bot.language.words import Sentence, any_of, vocabulary

_DATA = any_of(
    "số liệu|dữ liệu|tính|giai đoạn|nhiệm kỳ|thời kỳ|phát sinh|lũy kế|niên độ|thống kê|"
    "kỳ báo cáo|cập nhật|thời điểm|camera|log|ghi hình|trích xuất|băng|nhật ký|lịch sử"
)
_OF_DATA = any_of(
    "ban hành|sinh|kết nạp|phát sinh|tình hình|số liệu|dữ liệu|xảy ra|diễn ra|diễn biến|thu chi|"
    "hoạt động|được cấp|vào đảng|ký|thành lập|nhập ngũ|tuyển dụng|có hiệu lực|công tác|bổ nhiệm|"
    "tiếp nhận|nhận được|chuyển đến|chuyển về|xây dựng|mua sắm|đã ký|ký kết|vào đoàn|cấp"
)
_FACT = any_of(
    "nghỉ hưu|sinh|sinh ra|sinh năm|tuyển dụng|vào đảng|được cấp|nhập ngũ|về hưu|đủ tuổi|hết tuổi|"
    "hết hạn|hết hiệu lực|đáo hạn|hết nhiệm kỳ|mãn nhiệm|có hiệu lực|hiệu lực|có giá trị|"
    "hạn dùng|hạn sử dụng|hạn bảo hành|được bổ nhiệm|được kết nạp|đã kết nạp|đã ban hành|đã ký|"
    "được thành lập|được tuyển dụng|đến tuổi"
)
"""What is said of people and things, before any date but "chậm nhất" and the like."""
_DATA_OF_THING = any_of(
    "bảo hành|còn hạn|tuổi đảng|phát sinh|đã chi|đã thu|đã nhận|nhận được|đã giải ngân|xảy ra|quá hạn|"
    "hiện có|thời điểm|đợt|giai đoạn|nhiệm kỳ|niên khóa|năm học|tồn đọng|còn nợ|nghỉ phép|lũy kế|"
    "tích lũy|thường trực giao|bí thư giao|lãnh đạo giao|cấp trên giao|thành ủy giao|thường vụ giao|đã giao|mới giao|"
    "số dư|đã thực hiện|đã hoàn thành|đã xử lý|được giao|áp dụng|thi hành|giá trị|thâm niên"
)
"""What a date or a period after it bounds, unless "trước" makes it a limit."""
_RESULT = any_of(
    "giải ngân|thu chi|công nợ|kết quả|tiến độ|tình hình|số lượng|tồn kho|biến động|kinh phí|chi phí|"
    "thực hiện|doanh thu|thu ngân sách|đã làm|tổng số"
)
_TO_DO = any_of("thực hiện")
_OWN_FACT = any_of("hết hạn|hết hiệu lực|hiệu lực|đến hạn|tới hạn|đáo hạn")
"""Marks of a limit that say it of the noun before them: "các việc đến hạn trong tuần"."""
_DUE_THINGS = vocabulary(
    "việc vụ sơ đồng thẻ phép nợ vay bản cáo chỉ chứng viec so dong the no ban cao tiêu vốn"
)
_AWAY = any_of(
    "nghỉ|nghỉ phép|nghỉ tết|nghỉ lễ|đi công tác|đi học|đi vắng|công tác tại|ở lại|lưu lại|lưu trú|tạm trú|ở đây"
)
_COUNTS = any_of("thống kê|đếm|liệt kê|kiểm kê|lập danh sách|tính số|báo cáo số")
_IF = vocabulary("nếu neu lỡ nhỡ hễ sử hợp")
"""Of "giả sử", "trường hợp" the last word, said right before the moment."""
_IF_BESIDE = vocabulary("sử hợp")
_IF_YOU_CAN = vocabulary("thể được kịp rảnh tiện duoc kip ranh tien the")
_AFTER_A_CONDITION = BREAKS | vocabulary("thì thi")
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
_FEAST = any_of(
    "là ngày thành lập|là ngày truyền thống|là ngày kỷ niệm|là ngày lễ|là ngày giỗ|là ngày hội|"
    "là ngày nghỉ|là ngày sinh|là lễ|là sinh nhật|là giỗ"
)
"""After a day that only has a name."""
_CONGRATULATING = any_of("chúc mừng|chào mừng")
_SECRETARY = vocabulary("thu can")
_PREPARING = vocabulary("chuan trang thiet")
"""What "bị" ends that has no fault: chuẩn bị, thiết bị."""
_LONGEST_SUBJECT = 6
_TILL_NOW = any_of("đến nay|tới nay|đến giờ|tới giờ|trở lại đây|đến hiện nay")
_CONTRACT = any_of("hợp đồng|thuê|bảo hành|bảo trì|bảo hiểm")
_LONGEST_GIVEN = 6
_TITLES = vocabulary("anh chi c a d chu bac co")
_IS_THE_DAY = any_of("là ngày")
_FEAST_BITS = _IS_THE_DAY.bit | _FEAST.bit
_SCHEDULE = any_of(
    "lịch|chương trình|thời khóa biểu|lịch trình|lịch làm việc|lịch họp|lich|chuong trinh"
)
_DUE_VERBS = vocabulary("nộp gửi trình hoàn xong nop gui trinh hoan")
_LABEL = 12
_YEARLY = any_of(
    "kiểm điểm|tổng kết|sơ kết|xếp loại|đánh giá|thi đua|khen thưởng|báo cáo|bình xét|kiểm kê|quyết toán|"
    "đối chiếu|công nợ|thưởng|kế hoạch|số liệu"
)
"""What is named after the edge of a year: "kiểm điểm cuối năm"."""
_EDGES = vocabulary("cuoi dau giua")
_SENT = vocabulary("gui nop trinh chuyen goi")
_OF = any_of("của|do|từ|tại|ở|trong|về")
_WEEKS = vocabulary("tuần tuan kỳ lịch")
_OF_A_WEEK = vocabulary("tuần tuan kỳ lịch quý tháng năm đợt nam quy thang")
_FORMS_OF_FACTS = (Form.DATE, Form.MONTH_DAY, Form.WHOLE, Form.PERIOD)
_FINISHING = vocabulary("chot nop gui xong trinh giao")
_HAPPENED = any_of(
    "xảy ra|phát sinh|mới đến|đến|nhận|bị|hỏng|lỗi|sự cố|mất kết nối|ghi nhận|phản ánh|báo về|hồi|"
    "tin nhắn"
)
_JUST_OR_SOON = vocabulary("sap moi vua")
_LATE = vocabulary("tre cham qua chua muon")
_LONGEST_CONDITION = 12
_LONGEST_ABSENCE = 6
_FINISHES = vocabulary("hoan xong")
_LONG_AGO = timedelta(days=60)
_FAR_AIM = timedelta(days=400)


def is_content(sentence: Sentence, found: list[Candidate], place: int, now: Present) -> bool:
    """Tell whether the moment is a date of what the work is about; of a range its start counts."""
    one = found[place]
    if one.role is Role.START:
        return False
    before = found[place - 1] if place else None
    range_start = before if before and before.role is Role.START and is_range(before, one) else one
    return (
        is_number(sentence, one)
        or is_numbered_part(sentence, one)
        or _is_condition(sentence, one)
        or is_fact(sentence, range_start)
        or _is_own_fact(sentence, one)
        or _is_long_over(one, now)
        or _is_what_was_late(sentence, one)
        or _is_aim(one, now)
        or _is_what_was_said(sentence, one, now)
        or _is_what_was_sent(sentence, one, now)
        or _is_told(sentence, one, now)
        or _is_a_feast(sentence, one.moment.end)
        or follows(sentence, one.start, _CONGRATULATING)
        or _is_left_till(sentence, one)
        or _is_given_to_another(sentence, one)
        or _is_term_of_contract(sentence, one)
        or (one.role is Role.PLAIN and _TILL_NOW.at(sentence.words, one.end) is not None)
        or _is_of_a_schedule(sentence, found, one)
        or _is_a_yearly_paper(sentence, found, one)
        or is_bygone(sentence, one, now)
    )


def _is_condition(sentence: Sentence, one: Candidate) -> bool:
    """Tell "nếu mai mưa thì ...", "lỡ chiều nay mất điện" from "nếu được thì mai nộp"."""
    words, place = sentence.words, one.start - 1
    if place < 0 or (one.role in LIMITS - {Role.UP_TO} and words[place].exact not in _IF):
        return False
    first = max(0, place - _LONGEST_CONDITION)
    if words[place].exact in _IF_BESIDE:
        return words[place - 1].exact in ("giả", "trường")
    while place >= first and words[place].exact not in _AFTER_A_CONDITION:
        if words[place].exact in _IF - _IF_BESIDE:
            return not any(word.exact in _IF_YOU_CAN for word in words[place : one.start])
        place -= 1
    return False


def is_range(start: Candidate, end: Candidate) -> bool:
    return end.role is Role.UP_TO and end.start - start.end <= 1


def is_data(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the moment bounds the data that the work is about."""
    if candidate.start and sentence.words[candidate.start - 1].exact in _WEEKS:
        return True
    if _is_of_the_period_before(sentence, candidate):
        return True
    for place in range(max(0, candidate.start - 4), candidate.start):
        if _DATA.at(sentence.words, place) and not any(
            sentence.words[n].exact in BREAKS for n in range(place, candidate.start)
        ):
            return True
    return sentence.words[candidate.start].folded == "tinh"


def _is_of_the_period_before(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "tuần 49 (từ 30/11 đến 6/12)", "quý III (đến 30/9)" from "soạn báo cáo (đến hết 22/1)"."""
    words, place = sentence.words, candidate.start - 1
    if place < 2 or words[place].exact != "(":
        return False
    before = words[place - 2 : place]
    return any(word.exact in _OF_A_WEEK or word.value >= 0 for word in before)


def is_of_data(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "ban hành trước năm 2020", "tình hình trong tuần" from "chốt số liệu trong tuần"."""
    if not follows(sentence, candidate.start, _OF_DATA):
        return False
    if candidate.start > 1 and sentence.words[candidate.start - 2].folded == "trinh":
        return False
    return not (candidate.start > 2 and sentence.words[candidate.start - 3].folded in _FINISHING)


def is_of_result(sentence: Sentence, one: Candidate) -> bool:
    """Tell "báo cáo giải ngân đến 15/12", which may be when, or how far the figures go."""
    dated = one.moment.day is not None and one.moment.day.form in (Form.DATE, Form.MONTH_DAY)
    timed = one.moment.clock or one.moment.part
    return (
        dated
        and not timed
        and not _is_to_do(sentence, one)
        and follows(sentence, one.start, _RESULT)
    )


def _is_to_do(sentence: Sentence, one: Candidate) -> bool:
    """Tell "thực hiện từ 8/3 - 19/3: lấy ý kiến", "thời gian thực hiện ..." from "kết quả thực hiện"."""
    to_do = one.start > 1 and _TO_DO.at(sentence.words, one.start - 2)
    return bool(to_do) and clause_start(sentence, one.start - 2)


def is_fact(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "cán bộ nghỉ hưu trước 31/12": a fact about people or things, never a deadline."""
    moment = candidate.moment
    if moment.clock or moment.part or candidate.role is Role.UNTIL:
        return False
    if moment.day is None or moment.day.form not in _FORMS_OF_FACTS:
        return False
    if follows(sentence, candidate.start, _FACT):
        return True
    finishes = sentence.words[candidate.start].folded in _FINISHES
    limited = candidate.role in (Role.BEFORE, Role.DUE) or finishes
    return not limited and follows(sentence, candidate.start, _DATA_OF_THING)


def _is_own_fact(sentence: Sentence, one: Candidate) -> bool:
    """Tell "hợp đồng có hiệu lực đến 31/12", "các việc đến hạn trong tuần"."""
    said = _OWN_FACT.at(sentence.words, one.start)
    if said is None or said[1] > one.moment.start or one.start == 0:
        return False
    before = sentence.words[one.start - 1]
    if sentence.words[one.start].folded in ("den", "toi"):
        return before.exact in _DUE_THINGS or before.folded in _JUST_OR_SOON
    return before.exact not in BREAKS


def _is_long_over(one: Candidate, now: Present) -> bool:
    """Tell a day that went by long ago, or to which a count runs: "đã chi đến 30/11"."""
    day = one.moment.day
    if day is None or one.moment.clock or one.role not in LIMITS:
        return False
    if day.has_year and day.date < now.today:
        return one.role is Role.UP_TO or day.date < now.today - _LONG_AGO
    recent = day.doubt is Why.FAR and not day.likely
    return recent and one.role in (Role.UP_TO, Role.WITHIN)


def _is_what_was_late(sentence: Sentence, one: Candidate) -> bool:
    """Tell "giải trình việc nộp trễ báo cáo hạn 30/11" from a date in a year's time."""
    day = one.moment.day
    recent = day is not None and day.doubt is Why.FAR and not day.likely
    clause = _clause(sentence, one.start) if recent and one.role is Role.UNTIL else []
    return any(sentence.words[place].folded in _LATE for place in clause)


def _is_aim(one: Candidate, now: Present) -> bool:
    """Tell the year a plan runs to: "đề án đến năm 2030"."""
    day = one.moment.day
    if day is None or day.form is not Form.WHOLE or not day.has_year:
        return False
    return one.role is Role.UP_TO and day.date > now.today + _FAR_AIM


def _is_what_was_said(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell "ý kiến sáng nay của anh Lĩnh", "biên bản họp chiều nay" from the time of the work."""
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
    clause = _clause(sentence, one.start)
    met = any(_MEETING.at(sentence.words, place) for place in clause[-4:])
    return met and any(_RECORD.at(sentence.words, place) for place in clause)


def _is_what_was_sent(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell "xử lý email gửi sáng nay", "đơn chị Hoa nộp hôm nay" from "soạn thư gửi sáng nay"."""
    day = one.moment.day
    said = one.role is Role.HANDED and sentence.words[one.moment.start - 1].folded in _SENT
    ahead = one.moment.clock is not None and one.moment.clock.minutes > _minutes(now)
    if not said or day is None or day.date > now.today or ahead:
        return False
    clause = _clause(sentence, one.moment.start - 1)
    sent = any(_SAID.at(sentence.words, place) for place in clause[-4:])
    return sent and any(_HANDLING.at(sentence.words, place) for place in clause)


def _is_a_feast(sentence: Sentence, after: int) -> bool:
    """Tell "22/12 là ngày thành lập", "20/10 là Ngày Phụ nữ" from "20/12 là ngày nộp"."""
    if not sentence.words[after].starts & _FEAST_BITS:
        return False
    named = _IS_THE_DAY.at(sentence.words, after)
    capital = named is not None and sentence.words[named[1] - 1].capital
    return capital or _FEAST.at(sentence.words, after) is not None


def _is_left_till(sentence: Sentence, one: Candidate) -> bool:
    """Tell "còn 86 ngày nữa hết năm", "đến 31/12 còn 11 ngày"."""
    words = sentence.words
    places = (*_clause(sentence, one.start), one.end)
    return one.role is Role.UP_TO and any(
        words[place].folded == "con" and words[place + 1].value >= 0 for place in places
    )


def _is_given_to_another(sentence: Sentence, one: Candidate) -> bool:
    """Tell "cho anh Lĩnh 2 ngày để đọc" from "cho em 2 ngày"."""
    day, place = one.moment.day, one.start - 1
    if one.role is not Role.PLAIN or day is None or day.form is not Form.COUNTED:
        return False
    while place > one.start - _LONGEST_GIVEN and sentence.words[place].capital:
        place -= 1
    named = place < one.start - 1 and sentence.words[place].folded in _TITLES
    return named and place > 0 and sentence.words[place - 1].folded == "cho"


def _is_term_of_contract(sentence: Sentence, one: Candidate) -> bool:
    """Tell "hợp đồng bảo vệ ký 1/1/2026 thời hạn 12 tháng" from "thời hạn 12 ngày"."""
    day, words = one.moment.day, sentence.words
    long = words[one.end - 1].folded in ("thang", "nam")
    if day is None or day.form is not Form.COUNTED or words[one.start].folded != "thoi" or not long:
        return False
    return any(_CONTRACT.at(words, place) for place in _clause(sentence, one.start))


def _is_of_a_schedule(sentence: Sentence, found: list[Candidate], one: Candidate) -> bool:
    """Tell the hours of "Chương trình làm việc: 8h khai mạc, 11h bế mạc"."""
    if one.role is not Role.PLAIN or _SCHEDULE.at(sentence.words, 0) is None:
        return False
    if any(sentence.words[each.end].exact in _DUE_VERBS for each in found):
        return False
    colon = any(word.exact == ":" for word in sentence.words[: min(found[-1].start, _LABEL)])
    return colon and sum(each.role is Role.PLAIN for each in found) > 1


def _is_a_yearly_paper(sentence: Sentence, found: list[Candidate], one: Candidate) -> bool:
    """Tell "đầu tuần sau tôi cần bản kiểm điểm cuối năm" from "cuối năm nộp bản kiểm điểm"."""
    words = sentence.words[one.start : one.end]
    edge = len(words) == 2 and words[0].folded in _EDGES and words[1].folded == "nam"
    if not edge or one.role is not Role.PLAIN or not follows(sentence, one.start, _YEARLY):
        return False
    return any(each.moment.day and each.end <= one.start for each in found)


def _is_told(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell "ký lúc 8h sáng nay rồi", "email gửi lúc 9:15 bị lỗi" from what is ahead."""
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
    """Tell "sáng nay hồ sơ bị trả về, ...", which says what happened."""
    words = sentence.words
    for place in range(one.moment.end, one.moment.end + _LONGEST_SUBJECT):
        if words[place].exact in BREAKS:
            return False
        wrong = words[place].exact in _WENT_WRONG and words[place + 1].folded not in _SECRETARY
        if wrong and words[place - 1].folded not in _PREPARING:
            return True
    return False


def _minutes(now: Present) -> int:
    return now.now.hour * 60 + now.now.minute


def _clause(sentence: Sentence, end: int) -> list[int]:
    """Return the places from the start of the clause up to `end`."""
    start = end
    while start > 0 and sentence.words[start - 1].exact not in BREAKS:
        start -= 1
    return list(range(start, end))


def counts(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the clause counts or lists something, of which a period may be: "thống kê ..."."""
    return any(_COUNTS.at(sentence.words, place) for place in _clause(sentence, candidate.start))


def is_away(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell how long somebody is away or on duty: "nghỉ phép đến hết tuần"."""
    places = range(max(0, candidate.start - _LONGEST_ABSENCE), candidate.start)
    return any(_AWAY.at(sentence.words, place) for place in places)


def is_past(candidate: Candidate, now: Present) -> bool:
    """Tell whether the moment's day has gone, or comes again only in a year."""
    day = candidate.moment.day
    return day is not None and (day.date < now.today or day.doubt is Why.FAR)


def is_over(sentence: Sentence, candidate: Candidate, now: Present) -> bool:
    """Tell whether a period or a date that is no clear limit has passed, so is what the work is about."""
    day = candidate.moment.day
    if day is None or candidate.role in (Role.BEFORE, Role.UNTIL):
        return False
    if day.form is Form.WEEKDAY and _is_last(sentence, candidate):
        return True
    limit = candidate.role in LIMITS
    if day.date < now.today:
        said_anew = day.form in (Form.WEEKDAY, Form.PERIOD)
        return day.form is Form.WHOLE or not (limit or said_anew)
    ordered = candidate.role is Role.HANDED and clause_start(sentence, candidate.start - 1)
    limit = limit or ordered
    return _has_just_passed(day) and not limit and day.form is Form.DATE


def _is_last(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "hôm thứ Hai", which is the last one, from "thứ Hai"."""
    place, end = candidate.moment.start, candidate.moment.end
    if any(word.folded == "tuan" for word in sentence.words[place:end]):
        return False
    return place > 0 and sentence.words[place - 1].exact in ("hôm", "hom")


def _has_just_passed(day: Day) -> bool:
    impossible = day.doubt is Why.IMPOSSIBLE
    return day.doubt is not None and not (impossible or day.likely or day.others)
