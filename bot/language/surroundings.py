"""What stands around a moment that no word makes a limit: an event, data, a number (R12)."""

from bot.language.days import Day, Form
from bot.language.marks import LIMITS, Candidate, Role
from bot.language.present import Present
from bot.language.readings import Why
from bot.language.words import Sentence, any_of, vocabulary

_EVENT = any_of(
    "họp|cuộc họp|hội nghị|hội thảo|giao ban|đại hội|kỳ họp|phiên họp|phiên|buổi|lễ|kỷ niệm|dự họp|dự hội|dự lễ|dự đại|dự buổi|"
    "dự khai|tham dự|dự cuộc|dự phiên|dự giao|"
    "đón|tiếp|chuyến|khai mạc|diễn ra|tổ chức|sự kiện|bầu cử|tập huấn|làm việc với|lớp|sinh nhật|"
    "trực|gặp mặt|mít tinh|giờ làm việc|vé|tiếp xúc cử tri|bế mạc|tọa đàm|cuộc|giỗ|nghỉ|khởi hành|"
    "phục vụ|ngày thành lập|ngày truyền thống|lễ hội|đi công tác|công tác tại|thăm|khánh thành|sơ duyệt|tổng duyệt|hn|hop|hết hạn|"
    "hết hiệu lực|đáo hạn|cúp điện|cắt điện|mất điện|cúp nước|đám cưới|chào cờ"
)
_EVENT_AFTER = any_of(
    "họp|có cuộc họp|có họp|diễn ra|tổ chức|hội nghị|khai mạc|đi công tác|có lịch|dự|là ngày|"
    "anh đi|đoàn|có hội nghị|có buổi|có đoàn|tiếp|bắt đầu|mời họp|giao ban|làm việc với|có phiên|"
    "kỷ niệm|ra mắt|có hiệu lực|nghỉ|kiểm tra phường|kiểm tra xã|kiểm tra tại|khảo sát|giám sát tại|"
    "thăm|cúp điện|mất điện|cúp nước|ra quân|bầu cử|đại hội|tập huấn|trực|chào cờ|cắt điện|"
    "mất mạng|liên hoan|tất niên|tạm dừng|hiến máu"
)
_OF_PEOPLE = any_of(
    "đi công tác|nghỉ phép|họp|đi họp|đi vắng|sinh nhật|đám cưới|cưới|bận|vắng|có lịch|nghỉ|đi học|về quê|"
    "bay|đi khám|về,|mới về|về lại|đám giỗ|đi dự|đi tập huấn|có việc|không có mặt|hẹn"
)
_WHO = any_of(
    "anh|chị|tôi|em|mình|cơ quan|văn phòng|đoàn|cả phòng|các đồng chí|các đ/c|vợ chồng|lãnh đạo|thường trực|"
    "hội đồng|ban thường vụ|btv|bên|đồng chí|đ/c|cô|chú|bác|sếp|phòng|tất cả|toàn cơ quan|phòng mình|cả nhà"
)
_LONGEST_WHO = 6
_MOVES = vocabulary("doi lui chuyen hoan")
_ABOUT_A_DAY = any_of("về|nhân|mừng")
_DATA = any_of(
    "số liệu|dữ liệu|tính|giai đoạn|nhiệm kỳ|thời kỳ|phát sinh|lũy kế|niên độ|thống kê|"
    "kỳ báo cáo|cập nhật|thời điểm"
)
_OF_DATA = any_of(
    "ban hành|sinh|kết nạp|phát sinh|tình hình|số liệu|dữ liệu|xảy ra|diễn ra|diễn biến|thu chi|"
    "hoạt động|được cấp|vào đảng|ký|thành lập|nhập ngũ|tuyển dụng|có hiệu lực|công tác"
)
_FACT = any_of(
    "nghỉ hưu|sinh|sinh ra|tuyển dụng|vào đảng|được cấp|nhập ngũ|về hưu|đủ tuổi|hết tuổi"
)
_AWAY = any_of("nghỉ|nghỉ phép|đi công tác|đi học|đi vắng|công tác tại")
_ORDINAL = any_of("lần|kỳ họp|phiên họp|phiên|hội nghị|kỳ|khóa|bài|chương|điểm|vòng|hạng|cấp")
_ABOUT = any_of("lịch|tác|hoạch|trình|vụ|cáo|bc|dung|đơn|ban|kh|việc|liệu|công tác|kết")
_OF_A_WEEK = vocabulary("( tuần tuan kỳ lịch")
_NO_EVENT = vocabulary("don ve gio le lop tham nghi cuoc phien")
"""Words without marks that may be an event's, and are far more often another's ("hoa don")."""
_DAY_WORD = any_of("ngày")
_BREAKS = frozenset(",;.:()-–!?\n") | {""}
_POLITE = vocabulary(
    "nhé nha ạ nhe a em anh chị đ phải cần là thì xong nộp gửi trình báo giúp dùm hộ nhá nghe nop gui "
    "trinh bao phai can la thi giup ho hoàn hoan có co nếu giao chị chi đồng dong mới moi đ/c"
)
_AT = vocabulary("vào lúc khoảng tầm vao luc khoang tam chừng cỡ")
_AT_ONCE = vocabulary("ngay đúng")
_LOOK_BACK = 8


def clause_start(sentence: Sentence, place: int) -> bool:
    """Tell whether a clause starts at the place."""
    return place == 0 or sentence.words[place - 1].exact in _BREAKS


def clause_end(sentence: Sentence, place: int) -> bool:
    """Tell whether a clause ends before the place, or goes on with its verb or a polite word."""
    word = sentence.words[place]
    return place >= sentence.length or word.exact in _BREAKS or word.exact in _POLITE


def is_event(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the moment is when something takes place rather than when work is due."""
    if _EVENT_AFTER.at(sentence.words, candidate.end) or _somebody_is_busy(sentence, candidate):
        return True
    if candidate.start and _ABOUT_A_DAY.at(sentence.words, candidate.start - 1):
        return True
    place = candidate.start - 1
    while place >= max(0, candidate.start - _LOOK_BACK):
        if sentence.words[place].exact in _BREAKS - {"-", "–"}:
            return False
        event = _EVENT.at(sentence.words, place)
        if event and (event[1] > place + 1 or sentence.words[place].exact not in _NO_EVENT):
            return True
        place -= 1
    return False


def moves_event(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "hội nghị dời sang 20/3", "lịch họp đổi sang thứ Năm" from work put off."""
    places = range(max(0, candidate.start - 2), candidate.start)
    said = (_EVENT.at(sentence.words, place) for place in places)
    moves = sentence.words[candidate.start].folded in _MOVES
    return moves and any(one is not None and one[1] == candidate.start for one in said)


def _somebody_is_busy(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "thứ Năm anh Lĩnh đi công tác", "chiều nay anh họp" from the day of the work."""
    place, named = candidate.end, False
    while place < candidate.end + _LONGEST_WHO:
        busy = _OF_PEOPLE.at(sentence.words, place)
        if busy or (not named and _EVENT_AFTER.at(sentence.words, place)):
            return True
        who = _WHO.at(sentence.words, place)
        if who is None and not sentence.words[place].capital:
            return False
        named = named or who is None
        place = who[1] if who else place + 1
    return False


def is_data(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the moment bounds the data that the work is about."""
    if candidate.start and sentence.words[candidate.start - 1].exact in _OF_A_WEEK:
        return True
    for place in range(max(0, candidate.start - 4), candidate.start):
        if _DATA.at(sentence.words, place) and not any(
            sentence.words[n].exact in _BREAKS for n in range(place, candidate.start)
        ):
            return True
    return sentence.words[candidate.start].folded == "tinh"


def is_of_data(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "ban hành trước năm 2020", "tình hình trong tuần" from the time of the work."""
    place = candidate.start
    for length in (2, 1):
        data = _OF_DATA.at(sentence.words, place - length) if place >= length else None
        if data and data[1] == place:
            return True
    return False


def is_fact(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "cán bộ nghỉ hưu trước 31/12": a fact about people, never a deadline."""
    place = candidate.start
    return any(
        fact is not None and fact[1] == place
        for length in (2, 1)
        if place >= length and (fact := _FACT.at(sentence.words, place - length))
    )


def is_away(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell how long somebody is away or on duty: "nghỉ phép đến hết tuần"."""
    places = range(max(0, candidate.start - 4), candidate.start)
    return any(_AWAY.at(sentence.words, place) for place in places)


def is_number(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "phiên bản 2.5" and "24/7" from a date."""
    if candidate.role is not Role.PLAIN or candidate.end != candidate.start + 3:
        return False
    first, sign, last = sentence.words[candidate.start : candidate.end]
    return sign.exact == "." or (first.value, last.value) == (24, 7)


def is_ordinal(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "lần thứ hai", "ngày thứ hai của hội nghị" from a weekday."""
    day = candidate.moment.day
    if day is None or day.form is not Form.WEEKDAY or candidate.start == 0:
        return False
    before = candidate.start - 1
    if _ORDINAL.at(sentence.words, before) or _ORDINAL.at(sentence.words, max(0, before - 1)):
        return candidate.moment.end == candidate.start + 2
    named = sentence.words[candidate.start + 1]
    return (
        _DAY_WORD.at(sentence.words, before) is not None and not named.capital and named.value < 0
    )


def stands_alone(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether a moment with no mark may be a deadline by where it stands and how it is said."""
    moment, day = candidate.moment, candidate.moment.day
    if sentence.words[candidate.start].exact in _AT:
        return day is None or day.form is not Form.WHOLE
    at_once = candidate.start > 0 and sentence.words[candidate.start - 1].exact in _AT_ONCE
    starts = clause_start(sentence, candidate.start - at_once)
    apart = starts or clause_end(sentence, candidate.end)
    if day is None:
        if moment.clock is None:
            return candidate.end - candidate.start > 1 and apart
        return apart or moment.part is not None
    if day.form is Form.WHOLE:
        return _whole_stands_alone(sentence, candidate, day, starts, apart)
    if day.form in (Form.DATE, Form.MONTH_DAY):
        dotted = sentence.words[candidate.start + 1].exact == "."
        handed = candidate.role in (Role.DUE, Role.HANDED)
        return not dotted and (
            handed or apart or moment.clock is not None or moment.part is not None
        )
    return True


def _whole_stands_alone(
    sentence: Sentence, candidate: Candidate, day: Day, starts: bool, apart: bool
) -> bool:
    """Tell "nộp tuần sau", ", tháng 1/2027." from the period of a plan: "lịch tuần sau"."""
    if starts and candidate.start > 0 and sentence.words[candidate.end].exact in _BREAKS:
        return True
    begins = starts and candidate.end < sentence.length
    ends = not starts and not _ABOUT.at(sentence.words, candidate.start - 1)
    handed = candidate.role in (Role.DUE, Role.HANDED)
    return day.near and (handed or begins or (apart and ends))


def is_past(candidate: Candidate, now: Present) -> bool:
    """Tell whether the moment's day has gone, or comes again only in a year."""
    day = candidate.moment.day
    return day is not None and (day.date < now.today or day.doubt is Why.FAR)


def _is_last(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "hôm thứ Hai", which is the last one, from "thứ Hai"."""
    return candidate.start > 0 and sentence.words[candidate.start - 1].exact == "hôm"


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
    impossible = day.doubt is Why.IMPOSSIBLE
    lately = day.doubt is not None and not (impossible or day.likely or day.others)
    return lately and not limit and day.form is Form.DATE
