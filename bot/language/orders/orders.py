"""Words of an order: somebody is to do something, or something has to be done."""

from bot.language.deadline.clause_position import anywhere
from bot.language.deadline.more_time import extends
from bot.language.moments.moments import MOMENT_FIRSTS
from bot.language.orders.progress_reports import MUST, starts_as_report
from bot.language.questions.questions import ASKED, ASKED_AT_START, ends_asking
from bot.language.text.verbs import is_verb
from bot.language.text.words import Sentence, any_of, vocabulary

ORDER = any_of(
    "giao|giao cho|phân công|đề nghị|yêu cầu|nhờ|chủ trì|phối hợp với|chỉ đạo|cử|đn|yc|nhớ|đừng|/giao|g/|"
    "giao nhiệm vụ|cần|hãy|chuyển việc"
)
_NOT_ORDERS = any_of(
    "giao ban|giao lưu|giao dịch|giao thông|giao thừa|giao nhận|giao mấy|giao hôm|giao bao|giao lúc|giao hồi|giao ai|giao cho ai|giao những ai|giao cho những ai|giao gì|giao việc gì|"
    "giao việc nào|giao những việc gì|giao những gì"
)
_SELF = vocabulary("em e tôi toi dạ da anh chị mình")
_DONE_WORDS = vocabulary("da roi xong vua moi dang")
_FINDING_OUT = any_of(
    "kiểm tra|rà soát|rà|xem|coi|hỏi|soát|đếm|thống kê|xác minh|tìm hiểu|đối chiếu"
)
_HELP = vocabulary("giúp giùm dùm hộ giup gium dum")
_CAN_YOU = any_of(
    "được không|được hông|được hong|được ko|được k|được chứ|dc ko|dc k|đc ko|giúp được"
)
_LIMITING = any_of("deadline|dl|hạn|hạn chót|hạn cuối|chậm nhất|muộn nhất|trễ nhất")
_DOING = vocabulary(
    "phải soạn làm viết chuẩn rà tham dự tổng kiểm ktra lập gửi nộp trình báo xây hoàn in photo scan sửa "
    "theo chủ phối đăng mua đặt cập xử phụ xem thiết nhập gọi mời thống triển tiếp chỉnh bổ góp đôn "
    "khắc phát trang quyết chốt sắp bàn hướng đối trả nghiên đề quản thay thực tuyên rút dthảo cài "
    "trích so nghiệm khảo tổng nhân vận chấm quyết nghiem khao cham nâng sao lưu duyệt ký dọn lấy liên tổ bố rà vào bc dự kiểm đón đưa đem mang dẫn dịch đóng tải chụp bật tắt đổi dán đánh ghi chép dua mang dem dich dong tai chup doi danh nhắc thẩm tham trực báo trùng xong "
    "soan viet chuan ra tong kiem lap gui nop trinh bao xay hoan sua chu phoi dang dat cap xu phu "
    "thiet nhap goi moi thong trien tiep chinh bo gop don khac phat trang quyet chot sap huong doi tra "
    "nghien quan thuc tuyen rut cai nang duyet ky lay lien bo vao nhac tham lam thay truc"
)
_DOING_PHRASES = any_of(
    "cung cấp|tập hợp|thu thập|thu hồi|thu gom|nêu rõ|nêu cụ thể|động viên|phổ biến|quán triệt|khảo sát|"
    "xin chủ trương|trao đổi với|giải trình|giải quyết|rút kinh nghiệm|kiện toàn|bồi dưỡng|phát động|mở lớp"
)
_SHOWN = any_of(
    "|".join(
        f"cho {whom} {act}"
        for whom in ("tôi", "anh", "chị", "mình", "sếp", "cô", "chú", "bác")
        for act in ("xem", "coi", "đọc", "duyệt", "ký")
    )
)
_ASKS_WHICH = vocabulary(
    "không khong ko hông hong nào nao gì gi ai mấy may bao sao đâu dau chưa chua"
)
_OVER = vocabulary("đã da rồi roi vừa vua")
_NO_TIME = vocabulary("cua viec danh")
"""Words before a name that are no time: "việc của Nhi cho tôi xem" is not addressed to Nhi."""
_LONGEST_TIME = 6
_HAVING = vocabulary("co")
""""có" as in "thứ Tư có bản nháp"."""


def orders(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell whether a word orders; "giao ban" does not, nor does "giao mấy việc rồi?"."""
    return any(
        place not in names
        and ORDER.at(sentence.words, place)
        and not _NOT_ORDERS.at(sentence.words, place)
        for place in ORDER.places(sentence)
    )


def begins_with_limit(sentence: Sentence) -> bool:
    """Tell whether the deadline comes first: "hạn chót thứ Sáu, báo cáo tháng"."""
    return _LIMITING.at(sentence.words, 0) is not None


def is_wished(sentence: Sentence) -> bool:
    """Tell whether a question asks for work, as "chiều mai 4h em đưa chị được không?", and not about it."""
    wished = anywhere(sentence, _CAN_YOU) and not anywhere(sentence, ASKED)
    return wished and ASKED_AT_START.at(sentence.words, 0) is None


def must_be(sentence: Sentence, limited: bool) -> bool:
    """Tell whether something must be done although it sounds like a report.

    "hồ sơ mới nộp, trong 7 ngày ghi nhãn", "đã nói rồi, mai phải có".
    """
    if extends(sentence):
        return False
    if begins_with_limit(sentence):
        return True
    if any(word.exact in MUST for word in sentence.words[: sentence.length]):
        return True
    return (
        limited
        and not any(starts_as_report(sentence, place) for place in _clause_starts(sentence))
        and (sentence.words[0].exact not in _SELF or sentence.words[1].capital)
    )


def wants_work(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell whether a sentence with a deadline asks somebody to find something out or to show work."""
    return finds_out(sentence, names) or _is_to_be_shown(sentence, names)


def _is_to_be_shown(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell whether a named person is to show work: "thứ Tư Nhi trình báo cáo cho tôi xem lại".

    False for "cho tôi xem việc".
    """
    words = sentence.words
    name = next((place for place in range(sentence.length) if place in names), sentence.length)
    at = _after_names(name, names)
    acts = is_verb(words[at]) or words[at].exact == "cho"
    if at == name or not acts or not _is_time_alone(sentence, name):
        return False
    if any(word.exact in _ASKS_WHICH for word in words[at : sentence.length]):
        return False
    over = any(word.exact in _OVER for word in words[at : sentence.length])
    if over or ends_asking(sentence):
        return False
    return any(_SHOWN.at(words, place) for place in range(at, sentence.length))


def _is_time_alone(sentence: Sentence, end: int) -> bool:
    """Tell whether the words before the place may be only a moment: "10h sáng thứ Hai"."""
    first = sentence.words[0]
    dated = first.value >= 0 or first.folded in MOMENT_FIRSTS
    before = sentence.words[:end]
    return (
        dated and 0 < end <= _LONGEST_TIME and not any(word.folded in _NO_TIME for word in before)
    )


def orders_somebody(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell whether a clause begins with a name and a verb: "hồ sơ đã đủ, chị Thảo trình ký".

    False for a report: "Khiêm nộp báo cáo rồi", "em làm xong rồi ...".
    """
    words = sentence.words
    if words[0].exact in _SELF or ends_asking(sentence):
        return False
    for place in _clause_starts(sentence):
        at = _after_names(place, names)
        if at == place or (at == place + 1 and words[place].exact in _SELF):
            continue
        told = place == 0 and not sentence.folds.isdisjoint(_DONE_WORDS)
        if is_verb(words[at]) and not (told and not _FINDING_OUT.at(words, at)):
            return True
    return False


def finds_out(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell whether a named person is to find something out: "Uyên kiểm tra xem còn bao nhiêu hồ sơ, mai báo anh"."""
    return not ends_asking(sentence) and any(
        at > place and _FINDING_OUT.at(sentence.words, at)
        for place in _clause_starts(sentence)
        if (at := _after_names(place, names))
    )


def begs_help(sentence: Sentence) -> bool:
    """Tell whether a question asks for work: "em gửi giúp chị danh sách được không?"."""
    helps = any(word.exact in _HELP for word in sentence.words[: sentence.length])
    return helps and anywhere(sentence, _CAN_YOU) and not anywhere(sentence, ASKED)


def is_work(sentence: Sentence, named: bool, dated: bool, limited: bool) -> bool:
    """Tell whether a sentence without a word of order is a task by what it says to do."""
    if dated and not sentence.folds.isdisjoint(_HAVING):
        return True
    if anywhere(sentence, _DOING_PHRASES):
        return True
    return (
        named or limited or any(word.exact in _DOING for word in sentence.words[: sentence.length])
    )


def _after_names(place: int, names: frozenset[int]) -> int:
    while place in names:
        place += 1
    return place


def _clause_starts(sentence: Sentence) -> list[int]:
    return [
        place
        for place in range(sentence.length)
        if place == 0 or sentence.words[place - 1].exact in ",;.:"
    ]
