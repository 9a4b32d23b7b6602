"""What kind of sentence it is: an assignment, a question, a report, or talk."""

from dataclasses import dataclass

from bot.language.numbers import read_number
from bot.language.readings import Kind
from bot.language.words import Phrases, Sentence, any_of, vocabulary


@dataclass(frozen=True, slots=True)
class KindFound:
    """`doubtful` when the words speak for two kinds; the other one is `also`."""

    kind: Kind
    also: Kind | None = None


_ORDER = any_of(
    "giao|giao cho|phân công|đề nghị|yêu cầu|nhờ|chủ trì|phối hợp với|chỉ đạo|cử|đn|yc|nhớ|đừng|/giao|g/|"
    "giao nhiệm vụ|cần|hãy"
)
_ASKED = any_of(
    "việc nào|nhiệm vụ nào|những việc nào|ai đang|ai làm|ai chủ trì|ai phụ trách|ai là|bao nhiêu|"
    "bao giờ|khi nào xong|khi nào nộp|đến đâu|tới đâu|đến đâu rồi|thế nào|ra sao|sao rồi|như thế nào|"
    "xong chưa|nộp chưa|gửi chưa|làm chưa|được chưa|có chưa|đến hạn chưa|cho xem|cho tôi xem|"
    "cho anh xem|cho mình xem|xem việc|xem danh sách|liệt kê|danh sách việc|những ai|phòng nào|"
    "đơn vị nào|việc gì|những gì|mấy việc|còn mấy|ai chưa|ai trễ|ai chậm|còn việc|sao chưa|"
    "có việc nào|hạn khi nào|hạn nào|hạn bao giờ|mấy giờ|hôm nào|ngày nào|còn bao lâu|tại sao|vì sao|"
    "có gì|quá hạn không|chưa xong không|ntn|tn rồi|nào qh|bị qh|qh rồi|qh chưa|tới đâu r|đến đâu r|còn nợ|tổng hợp việc|"
    "là gì|là ai|ở đâu|chưa em|chưa anh|chưa chị|chưa nhỉ|chưa ạ|chưa vậy|việc của tôi|việc của em|"
    "thống kê việc|tra cứu|tìm việc|bao lâu"
)
_ASKED_AT_START = any_of(
    "tóm tắt tình hình|tóm tắt việc|tóm tắt công việc|tóm tắt tiến độ|tóm tắt các việc|tóm tắt nhiệm vụ|tình hình|tiến độ|ai|khi nào|sao|bao giờ|việc nào|xem|còn bao nhiêu|có bao nhiêu|mấy|kết quả việc|"
    "tình trạng|cho anh biết|cho tôi biết|cho mình biết|cho chị biết|cho hỏi|em hỏi|anh hỏi|hỏi|cho biết|cho em hỏi"
)
_ASKED_AT_END = any_of("chưa|không|hả|nhỉ|à|ko|k|hông|phải không|đúng không")
_REPORTED = any_of(
    "đã xong|đã nộp|đã gửi|đã hoàn thành|đã nhận|đã làm|đã trình|đã báo cáo|đã tiếp nhận|đã soạn|"
    "xong rồi|làm xong rồi|đã hoàn tất|đã phát hành|đã xử lý|đã khắc phục|đang làm|đang soạn|"
    "đang chờ|đang xử lý|đang thực hiện|vừa xong|vừa nộp|vừa gửi|mới xong|mới nộp|xin gia hạn|xin lùi|"
    "xin thêm|xin dời|xin hoãn|bị vướng|vướng do|gặp vướng mắc|vướng mắc|gặp khó khăn|chưa làm được|"
    "chưa xong được|chưa xong vì|chưa xong do|chưa hoàn thành vì|chưa hoàn thành do|chưa làm xong|"
    "còn chờ|còn thiếu|em xong|em làm được|em làm xong|làm được|hoàn thành được|"
    "đạt được|chưa hoàn thành được|đề nghị gia hạn|nhận việc|em nhận|rõ rồi|xong việc|xong v|"
    "cho em gia hạn|cho em thêm|cho em xin thêm|em xin gia hạn|nộp kết quả|kết quả đây|xong rồi nhé|"
    "đang vướng|vướng vì|vướng ở|vướng chỗ|dời hạn|lùi hạn|gia hạn việc|dời việc|lùi việc|lùi thời hạn|gia hạn thêm|"
    "cho gia hạn|dời thời hạn|gia hạn nhiệm vụ"
)
_REPORTED_AT_START = any_of(
    "đã|xong rồi|xong việc|xong v|xong hết|xong nhé|xong ạ|xong nha|em đã|tôi đã|vừa|em vừa|"
    "hoàn thành việc|báo cáo anh, em|báo cáo chị, em"
)
_WHEN = any_of("khi nào|bao giờ|hôm nào|bữa nào|lúc nào")
_WEEKDAYS = vocabulary("t thu")
_SELF = vocabulary("em e tôi toi dạ da anh chị mình")
_MUST = vocabulary("phải phai cần can nhớ hãy hay")
_WHENEVER = any_of(
    "khi nào tiện|khi nào rảnh|lúc nào rảnh|hôm nào rảnh|bữa nào rảnh|lúc nào tiện|mấy bữa nữa|"
    "mấy hôm nữa|mấy ngày nữa|mấy tuần nữa|hôm nào tiện|bữa nào tiện|khi nào cũng được"
)
_EXTENDS = any_of(
    "gia hạn|lùi hạn|dời hạn|lùi|dời|hoãn|nộp muộn|nộp trễ|nộp chậm|gửi muộn|gửi trễ|gửi chậm|trình muộn|"
    "trình trễ|trình chậm|kéo dài|xin thêm|thêm thời gian|xin đến|cho em thêm|nới hạn|đổi hạn|trả muộn|trả trễ"
)
_MAY_I = any_of(
    "được không|được ko|được k|dc không|dc ko|dc k|đc không|đc ko|đc k|được hông|được hong|được chứ|"
    "cho em|cho e|em xin|e xin|xin phép|cho phòng em|cho phép|cho tôi|tôi xin|phòng em xin|bên em xin"
)
_TALK = any_of(
    "chào|xin chào|cảm ơn|cám ơn|vâng|dạ|dạ vâng|ok|oke|oki|đồng ý|nhất trí|chúc|chúc mừng|alo|hihi|"
    "haha|em chào|anh chào|cam on|thanks|tks|hi|hello|rồi|ừ|uh|uhm|được rồi|tốt|hay quá|hoan hô|"
    "đã rõ|rõ|yes|no|vâng ạ|dạ em|em cảm ơn|tạm biệt|bye|mai gặp|hẹn gặp|👍"
)
_TALK_ANYWHERE = any_of(
    "gặp lại|vui ghê|vui quá|vui vẻ|trời mưa|mưa to|trời nắng|ngủ ngon|sinh nhật|mệt quá|đói quá|"
    "ăn trưa chưa|đi cà phê|đẹp quá|buồn quá|hay ghê|ăn cơm|nghỉ ngơi|chúc mừng"
)
_THEN_DO = any_of("thì nộp|thì gửi|thì làm|thì báo|thì phải")
_HANDED_IN = any_of(
    "em gửi|em nộp|em trình|em báo cáo|em chưa|e gửi|e nộp|tôi gửi|tôi nộp|em xin|e chưa|em chuyển"
)
_COURTESY = any_of(
    "anh|chị|em|ạ|nhé|nha|đồng chí|các|đ/c|nhiều|.|,|!|cả nhà|mọi người|em biết rồi|rồi|buổi sáng|"
    "buổi chiều|cô|chú|bác|đã nhận tin|thôi|👍|ơi|sếp|hết|nhận được rồi|biết rồi|sáng|chiều"
)
_DOING = vocabulary(
    "phải soạn làm viết chuẩn rà tham dự tổng kiểm ktra lập gửi nộp trình báo xây hoàn in photo scan sửa "
    "theo chủ phối đăng mua đặt cập xử phụ xem thiết nhập gọi mời thống triển tiếp chỉnh bổ góp đôn "
    "khắc phát trang quyết chốt sắp bàn hướng đối trả nghiên đề quản thay thực tuyên rút dthảo cài "
    "nâng sao lưu duyệt ký dọn lấy liên tổ bố rà vào bc dự kiểm đón đưa đem mang dẫn dịch đóng tải chụp bật tắt đổi dán đánh ghi chép dua mang dem dich dong tai chup doi danh nhắc thẩm tham trực báo trùng xong "
    "soan viet chuan ra tong kiem lap gui nop trinh bao xay hoan sua chu phoi dang dat cap xu phu "
    "thiet nhap goi moi thong trien tiep chinh bo gop don khac phat trang quyet chot sap huong doi tra "
    "nghien quan thuc tuyen rut cai nang duyet ky lay lien bo vao nhac tham lam thay truc"
)
_PERCENT = any_of("%|phần trăm")
_INVITED = any_of(
    "mời các|kính mời|trân trọng mời|trân trọng kính mời|mời đại biểu|mời toàn thể|mời anh chị|mời dự|mời họp"
)
_CAN_YOU = any_of(
    "được không|được hông|được hong|được ko|được k|được chứ|dc ko|dc k|đc ko|giúp được"
)
_EVERYBODY = any_of("ai cũng|nào cũng|ai nấy|bất kỳ ai|bất cứ ai")
_LIMITING = any_of("deadline|dl|hạn|hạn chót|hạn cuối|chậm nhất|muộn nhất|trễ nhất")


def find_kind(
    sentence: Sentence, named: bool, dated: bool, limited: bool, names: frozenset[int]
) -> KindFound:
    """Tell the kind of a sentence, in which somebody leads (`named`), and a deadline (`dated`) stands.

    `limited`: a word such as "trước" makes it a deadline. `names` are the places of names, which are
    not read as words.
    """
    if _is_talk_alone(sentence) or (_INVITED.at(sentence.words, 0) and not limited):
        return KindFound(Kind.OTHER)
    if asks_for_time(sentence) and not _anywhere(sentence, _ASKED):
        return KindFound(Kind.REPORT)
    ordered = _anywhere(sentence, _ORDER, names)
    asks = _asks(sentence, names) and not _is_condition(sentence, limited)
    reports = _reports(sentence, names, dated)
    told = named or _LIMITING.at(sentence.words, 0) is not None
    if dated and told and (_must(sentence, limited) if reports else _is_wished(sentence)):
        return KindFound(Kind.ASSIGNMENT)
    if (asks and not ordered) or (reports and not (ordered and named)):
        return KindFound(Kind.QUESTION if asks and not (ordered and reports) else Kind.REPORT)
    if asks and sentence.text.rstrip().endswith("?"):
        return KindFound(Kind.ASSIGNMENT, Kind.QUESTION)
    work = ordered or (named and dated) or _is_work(sentence, named, dated, limited)
    return KindFound(Kind.ASSIGNMENT if work else Kind.OTHER)


def _is_condition(sentence: Sentence, limited: bool) -> bool:
    """Tell "đến 16h ai chưa nộp thì khỏi nhận" from a question."""
    if _anywhere(sentence, _THEN_DO):
        return True
    return limited and "thi" in sentence.folds and not sentence.text.rstrip().endswith("?")


def _is_wished(sentence: Sentence) -> bool:
    """Tell "chiều mai 4h em đưa chị được không?", which asks for work, from a question about it."""
    wished = _anywhere(sentence, _CAN_YOU) and not _anywhere(sentence, _ASKED)
    return wished and _ASKED_AT_START.at(sentence.words, 0) is None


def _must(sentence: Sentence, limited: bool) -> bool:
    """Tell "hồ sơ mới nộp, trong 7 ngày ghi nhãn", "đã nói rồi, mai phải có" from a report."""
    if _anywhere(sentence, _EXTENDS):
        return False
    if _LIMITING.at(sentence.words, 0):
        return True
    if any(word.exact in _MUST for word in sentence.words[: sentence.length]):
        return True
    return (
        limited
        and not any(
            _REPORTED_AT_START.at(sentence.words, place) for place in _clause_starts(sentence)
        )
        and sentence.words[0].exact not in _SELF
    )


def _clause_starts(sentence: Sentence) -> list[int]:
    return [
        place
        for place in range(sentence.length)
        if place == 0 or sentence.words[place - 1].exact in ",;.:"
    ]


def asks_for_time(sentence: Sentence) -> bool:
    """Tell a request to be given more time: "cho em lùi hạn đến 15/1 được không ạ?"."""
    return _anywhere(sentence, _EXTENDS) and _anywhere(sentence, _MAY_I)


def _is_work(sentence: Sentence, named: bool, dated: bool, limited: bool) -> bool:
    """Tell a task from talk, when no word orders, asks or reports."""
    talks = _TALK.at(sentence.words, 0) is not None or _anywhere(sentence, _TALK_ANYWHERE)
    if talks:
        return named and dated
    return (
        named or limited or any(word.exact in _DOING for word in sentence.words[: sentence.length])
    )


def _anywhere(
    sentence: Sentence, phrases: Phrases[bool], names: frozenset[int] = frozenset()
) -> bool:
    for place in phrases.places(sentence):
        if place not in names and phrases.at(sentence.words, place):
            return True
    return False


def _is_talk_alone(sentence: Sentence) -> bool:
    """Tell whether the text is nothing but courtesy: "dạ vâng ạ", "ok anh"."""
    place = 0
    while place < sentence.length:
        talk = _TALK.at(sentence.words, place) or _COURTESY.at(sentence.words, place)
        if talk is None:
            return False
        place = talk[1]
    return True


def _asks(sentence: Sentence, names: frozenset[int]) -> bool:
    if _anywhere(sentence, _EVERYBODY) and not sentence.text.rstrip().endswith("?"):
        return False
    if not _is_whenever(sentence) and (
        _anywhere(sentence, _ASKED, names) or _ASKED_AT_START.at(sentence.words, 0)
    ):
        return True
    end = sentence.length
    marked = end and sentence.words[end - 1].exact == "?"
    last = end - 2 if marked else end - 1
    if last < 0:
        return False
    closing = _ASKED_AT_END.at(sentence.words, last)
    return bool(marked) or (closing is not None and sentence.words[last].folded == "chua")


def _is_whenever(sentence: Sentence) -> bool:
    """Tell "khi nào tiện", "khi nào có số liệu thì gửi" from a question."""
    when = _WHEN.at(sentence.words, 0)
    then = "thi" in sentence.folds and not sentence.text.rstrip().endswith("?")
    return (when is not None and then) or _anywhere(sentence, _WHENEVER)


def _reports(sentence: Sentence, names: frozenset[int], dated: bool) -> bool:
    if not dated and _HANDED_IN.at(sentence.words, 0):
        return True
    if _is_blocked(sentence):
        return True
    if any(
        place not in names
        and _REPORTED.at(sentence.words, place)
        and not (place and sentence.words[place - 1].exact in _MUST)
        for place in _REPORTED.places(sentence)
    ):
        return True
    if _REPORTED_AT_START.at(sentence.words, 0) and not sentence.text.startswith("được"):
        return True
    if _PERCENT.firsts.isdisjoint(sentence.folds):
        return False
    return any(
        _PERCENT.at(sentence.words, number[1])
        for place in range(sentence.length)
        if (number := read_number(sentence.words, place))
    )


def _is_blocked(sentence: Sentence) -> bool:
    """Tell "việc 12 vuong" (vướng) from the name Vượng."""
    words = sentence.words
    if "vuong" not in sentence.folds:
        return False
    return any(
        word.exact == "vướng"
        or (
            word.exact == "vuong"
            and words[n - 1].value >= 0
            and words[n - 2].folded not in _WEEKDAYS
        )
        for n, word in enumerate(words[: sentence.length])
    )
