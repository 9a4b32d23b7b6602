"""Moments at which an event takes place, so they are no deadline by themselves: a meeting, a trip (R12)."""

from bot.language.deadline.clause_position import BREAKS, clause_start, follows
from bot.language.deadline.limit_marks import Candidate
from bot.language.text.words import Sentence, any_of, vocabulary

_EVENT = any_of(
    "họp|cuộc họp|hội nghị|hội thảo|giao ban|đại hội|kỳ họp|phiên họp|phiên|buổi|lễ|kỷ niệm|dự họp|dự hội|dự lễ|dự đại|dự buổi|"
    "dự khai|tham dự|dự cuộc|dự phiên|dự giao|"
    "đón|tiếp|chuyến|khai mạc|diễn ra|tổ chức|sự kiện|bầu cử|tập huấn|làm việc với|lớp|sinh nhật|"
    "trực|gặp mặt|hẹn|sinh hoạt|khai giảng|bảo vệ|phỏng vấn|hiệp thương|lễ tang|viếng|giao lưu|"
    "triển lãm|trao giải|bỏ phiếu|kiểm phiếu|khai trương|mít tinh|giờ làm việc|vé|tiếp xúc cử tri|bế mạc|tọa đàm|cuộc|giỗ|nghỉ|nghỉ tết|nghỉ lễ|nghỉ phép|khởi hành|"
    "phục vụ|ngày thành lập|ngày truyền thống|lễ hội|đi công tác|công tác tại|thăm|khánh thành|sơ duyệt|tổng duyệt|hn|hop|hết hạn|"
    "hết hiệu lực|đáo hạn|đoàn tới|đoàn đến|khách tới|khách đến|thợ tới|thợ đến|thầu tới|thầu đến|lớp bồi dưỡng|lớp tập huấn|khóa bồi dưỡng|khóa học|khóa tập huấn|cúp điện|cắt điện|mất điện|cúp nước|đám cưới|chào cờ"
)
_EVENT_AFTER = any_of(
    "thợ tới|thợ đến|thợ vào|thợ qua|mở thầu|đóng thầu|chấm thầu|họp|vào họp|vào dự|có cuộc họp|có họp|diễn ra|tổ chức|hội nghị|khai mạc|đi công tác|có lịch|dự|là ngày|"
    "anh đi|đoàn|có hội nghị|có buổi|có đoàn|tiếp|bắt đầu|mời họp|giao ban|làm việc với|có phiên|"
    "kỷ niệm|ra mắt|có hiệu lực|nghỉ|kiểm tra phường|kiểm tra xã|kiểm tra tại|khảo sát|giám sát tại|"
    "đi cơ sở|đi xã|đi phường|đi địa phương|đi khảo sát|đi kiểm tra|đi tiếp|"
    "thăm|cúp điện|mất điện|cúp nước|ra quân|bầu cử|đại hội|tập huấn|trực|chào cờ|cắt điện|"
    "mất mạng|liên hoan|tất niên|tạm dừng|hiến máu|có người|có khách|xe lăn bánh|xe chạy|xuất phát|lên đường"
)
_OF_PEOPLE = any_of(
    "đi công tác|nghỉ phép|họp|đi họp|đi vắng|sinh nhật|đám cưới|cưới|bận|vắng|có lịch|nghỉ|đi học|về quê|"
    "đem đi|mang đi|cầm đi|đem họp|mang họp|trình bày|dự tập huấn|dự lớp|dự họp|dự hội nghị|bay|đi khám|về,|mới về|về lại|đám giỗ|đi dự|đi tập huấn|có việc|không có mặt|hẹn"
)
_BUSY_OR_HANDING = "ban"
"""Without diacritics it may be "bận", but is far more often "bàn giao", "bản", "ban hành"."""
_WHO = any_of(
    "anh|chị|tôi|em|mình|cơ quan|văn phòng|đoàn|cả phòng|các đồng chí|các đ/c|vợ chồng|lãnh đạo|thường trực|"
    "hội đồng|ban thường vụ|btv|bên|đồng chí|đ/c|cô|chú|bác|sếp|phòng|tất cả|toàn cơ quan|phòng mình|cả nhà"
)
_WORKED = any_of("là ngày làm|là ngày cuối|là ngày chót")
_TAKING_PLACE = any_of(
    "làm việc|diễn ra|tổ chức|khai mạc|họp|kiểm tra|khảo sát|giám sát|thăm|đến|về|tới|vào|sang|tiến hành"
)
_HELD = any_of(
    "đoàn|hội nghị|đại hội|lễ|kỳ họp|lớp|cuộc|phiên|hội thảo|hội thi|giải|kỳ thi|ban thường vụ|trung ương|bộ|"
    "đồng chí bí thư|ủy ban kiểm tra trung ương|kiểm toán|thanh tra|các đoàn|khách"
)
_LONGEST_CLAUSE = 16
_APART = (BREAKS - {"-", "–"}) | vocabulary("thì nên vậy rồi roi nhưng nhung nen vay")
_LONGEST_WHO = 6
_MOVES = vocabulary("doi lui chuyen hoan")
_DONE = vocabulary("thanh tat")
"""Words after "hoan" without diacritics: hoàn thành, hoàn tất, not hoãn."""
_IT_IS = any_of("giờ là|hiện là|nay là")
_ABOUT_A_DAY = any_of("về|nhân|mừng")
_STAFF = any_of(
    "ban tổ chức|btc|tổ thư ký|ban thư ký|đoàn thư ký|thư ký|tiểu ban phục vụ|đoàn chủ tịch|ban giám khảo|"
    "ban chỉ đạo|tổ giúp việc|văn phòng"
)
"""The staff of an event, with the event as a part of their name: "gửi Ban Tổ chức hội thảo"."""
_LONGEST_STAFF = 5
_TO_WHOM = vocabulary("gui goi nop trinh cho chuyen ve den toi")
_TITLES = vocabulary("anh chi em chu bac co a c chi")
_SPEAKERS = vocabulary("anh chị tôi mình sếp cô chú a c chi toi minh sep co chu e em")
_APPROVES = vocabulary("ký duyệt đọc ky duyet")
_OWN_ACTS = any_of(
    "gửi đi|tổng hợp|ký|gọi|ra|lên|xuống|về|đi|bay|ghé|sang|qua|dự|gặp|vào|tới|báo cáo thường trực|báo cáo bí thư|báo cáo thành ủy|"
    "báo cáo anh|báo cáo sếp|báo cáo lãnh đạo|báo cáo ban|trình|trình bày|phát biểu|làm việc|đọc|duyệt|xem"
)
_LEAVES = vocabulary("đi về bay")
_BECAUSE = vocabulary("vì vi")
_VI_ENDS = vocabulary("don chuc hanh pham dinh bai thu dia")
"""Syllables before "vi" without diacritics that give no reason: đơn vị, chức vị, hành vi, phạm vi, định vị."""
_NO_EVENT = vocabulary("don ve gio le lop tham nghi cuoc phien")
"""Words without diacritics that may name an event, but far more often mean something else ("hoa don")."""
_NO_MEETING = vocabulary("dong ly tac phap le nhat thuc phan so cac")
"""Syllables after "hop" without diacritics that make no meeting: hợp đồng, hợp lý, hộp số."""
_HOP_ENDS = vocabulary("tong phoi phu ket truong lien thich tich to hoa")
"""Syllables before "hop" without diacritics that make no meeting: tổng hợp, phối hợp."""
_TRUC_ENDS = vocabulary("thuong truong")
_TRUC_STARTS = vocabulary("tuyen tiep thuoc quan")
_BODIES = vocabulary("ban")
_OF_THE_PARTY = vocabulary("dang co bo can chinh thanh tinh xa phuong")
"""Words after "tổ chức" that make it a body and no verb: tổ chức đảng, cơ sở, bộ máy, cán bộ."""
_HANDED_OVER = vocabulary("nộp gửi gởi nop")
"""Verbs of handing in: the moment after one belongs to it, even if an event is named before."""
_LOOK_BACK = 8


def is_event(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether something takes place at the moment, so that it does not say when work is due."""
    after = _EVENT_AFTER.at(sentence.words, candidate.moment.end)
    if (after and not _WORKED.at(sentence.words, candidate.moment.end)) or _somebody_is_busy(
        sentence, candidate
    ):
        return True
    if candidate.start > 1 and _IT_IS.at(sentence.words, candidate.start - 2):
        return True
    if candidate.start and _ABOUT_A_DAY.at(sentence.words, candidate.start - 1):
        return True
    if _is_a_reason(sentence, candidate.start) or _goes_somewhere(sentence, candidate):
        return True
    if _leaves_then(sentence, candidate):
        return True
    return _is_said_before(sentence, candidate.start)


def _is_small_name(sentence: Sentence, place: int) -> bool:
    """Tell whether a name follows a title in a sentence without capitals: "anh linh di cong tac"."""
    words = sentence.words
    titled = place > 0 and words[place - 1].folded in _TITLES
    return (
        titled and words[place].exact not in _HANDED_OVER and not any(w.capital for w in words[1:])
    )


def _goes_somewhere(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether somebody goes to a place at that hour: "6h sáng mai đi Đồng Cói"."""
    words, place = sentence.words, candidate.moment.end
    named = words[place].exact == "đi" and words[place + 1].capital and words[place + 2].capital
    return named and clause_start(sentence, candidate.start)


def _leaves_then(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether it is an hour of a trip: "Đi 6h sáng 19/11, về 18h cùng ngày"."""
    place = candidate.start - 1
    timed = candidate.moment.clock is not None and place >= 0
    return timed and sentence.words[place].exact in _LEAVES and clause_start(sentence, place)


def _is_a_reason(sentence: Sentence, start: int) -> bool:
    """Tell whether the moment belongs to a reason: "vì thứ Sáu anh Lĩnh trình bày".

    False for "don vi thu Sau nop" (đơn vị).
    """
    place = start - 1
    if place < 0 or sentence.words[place].exact not in _BECAUSE:
        return False
    before = sentence.words[place - 1].folded if place else ""
    return sentence.words[place].exact == "vì" or before not in _VI_ENDS


def _is_said_before(sentence: Sentence, start: int) -> bool:
    """Tell whether the clause before a moment names an event: "hội nghị tổng kết ngày 5/12"."""
    place = start - 1
    while place >= max(0, start - _LOOK_BACK):
        said = sentence.words[place].exact
        if said in _APART or said in _HANDED_OVER or (sentence.plain and said == "thi"):
            return False
        event = _EVENT.at(sentence.words, place)
        if event and not (
            _is_in_a_recipient(sentence, place) or _is_another_word(sentence, place, event[1])
        ):
            return True
        place -= 1
    return False


def _is_in_a_recipient(sentence: Sentence, place: int) -> bool:
    """Tell whether the event is part of a recipient's name: "gửi Ban Tổ chức hội thảo", not "Ban Tổ chức họp"."""
    for start in range(max(1, place - _LONGEST_STAFF), place):
        staff = _STAFF.at(sentence.words, start)
        if staff and staff[1] in (place - 1, place):
            return sentence.words[start - 1].folded in _TO_WHOM
    return False


def _is_another_word(sentence: Sentence, place: int, after: int) -> bool:
    """Tell whether the words name no event: "tổng hợp" without diacritics, "thường trực", "tổ chức đảng"."""
    words, said = sentence.words, sentence.words[place].exact
    before, follows = words[place - 1].folded if place else "", words[after].folded
    if said == "hop":
        return words[after].exact in _NO_MEETING or before in _HOP_ENDS
    if said in ("hẹn", "hen"):
        return place == 0 or words[place - 1].exact in BREAKS
    if said in ("trực", "truc"):
        return before in _TRUC_ENDS or follows in _TRUC_STARTS
    if words[place].folded == "to" and after == place + 2:
        return before in _BODIES or follows in _OF_THE_PARTY
    return after == place + 1 and said in _NO_EVENT


def moves_event(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether an event is moved, not work: "hội nghị dời sang 20/3", "lịch họp đổi sang thứ Năm"."""
    start = candidate.start
    if sentence.words[start].folded not in _MOVES or sentence.words[start + 1].folded in _DONE:
        return False
    said = (_EVENT.at(sentence.words, place) for place in range(max(0, start - 2), start))
    beside = any(event is not None and event[1] == candidate.start for event in said)
    while start > 0 and sentence.words[start - 1].exact not in BREAKS:
        start -= 1
    return beside or _EVENT.at(sentence.words, start) is not None


def takes_place(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether an event takes place then: "đoàn khảo sát dự kiến làm việc trong tháng 10".

    False for work: "tổ chức hội nghị trong tháng 10".
    """
    if not follows(sentence, candidate.start, _TAKING_PLACE):
        return False
    start = candidate.start
    first = max(0, start - _LONGEST_CLAUSE)
    while start > first and sentence.words[start - 1].exact not in BREAKS:
        start -= 1
    return _HELD.at(sentence.words, start) is not None


def is_own_act(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether it is when the speaker acts, beside the deadline: ", 9h anh ký", "4 giờ anh báo cáo Bí thư"."""
    words, place = sentence.words, candidate.moment.end
    if words[place].exact not in _SPEAKERS:
        return False
    named = words[place + 1].capital or _is_small_name(sentence, place + 1)
    if named and words[place + 2].exact in _APPROVES:
        return True
    return candidate.moment.clock is not None and _OWN_ACTS.at(words, place + 1) is not None


def _somebody_is_busy(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether somebody is busy then: "thứ Năm anh Lĩnh đi công tác", "chiều nay anh họp"."""
    place, named = candidate.moment.end, False
    while place < candidate.moment.end + _LONGEST_WHO:
        busy = _OF_PEOPLE.at(sentence.words, place)
        if busy and sentence.words[place].exact == _BUSY_OR_HANDING:
            busy = None
        starts = (
            None
            if named or place == candidate.moment.end
            else _EVENT_AFTER.at(sentence.words, place)
        )
        if busy or starts:
            return True
        who = _WHO.at(sentence.words, place)
        if who is None and not (sentence.words[place].capital or _is_small_name(sentence, place)):
            return False
        named = named or who is None
        place = who[1] if who else place + 1
    return False
