"""What kind of sentence it is: an assignment, a question, a report, or talk."""

from typing import NamedTuple

from bot.language.naming import is_verb
from bot.language.readings import Kind
from bot.language.surroundings import follows
from bot.language.telling import MUST, is_blocked_task, starts_as_report, tells, tells_share
from bot.language.words import Phrases, Sentence, any_of, vocabulary


class KindFound(NamedTuple):
    """`doubtful` when the words speak for two kinds; the other one is `also`."""

    kind: Kind
    also: Kind | None = None


_ORDER = any_of(
    "giao|giao cho|phân công|đề nghị|yêu cầu|nhờ|chủ trì|phối hợp với|chỉ đạo|cử|đn|yc|nhớ|đừng|/giao|g/|"
    "giao nhiệm vụ|cần|hãy|chuyển việc"
)
_ASKED = any_of(
    "việc nào|nhiệm vụ nào|những việc nào|ai đang|ai làm|ai chủ trì|ai phụ trách|ai là|bao nhiêu|"
    "bao giờ|khi nào xong|khi nào nộp|đến đâu|tới đâu|đến đâu rồi|thế nào|ra sao|sao rồi|như thế nào|"
    "xong chưa|nộp chưa|gửi chưa|làm chưa|được chưa|có chưa|đến hạn chưa|cho xem|cho tôi xem|"
    "cho anh xem|cho mình xem|xem việc|xem danh sách|liệt kê|danh sách việc|những ai|phòng nào|"
    "đơn vị nào|việc gì|những gì|mấy việc|còn mấy|ai chưa|ai trễ|ai chậm|còn việc|sao chưa|"
    "có việc nào|là khi nào|là bao giờ|là hôm nào|là mấy giờ|hạn khi nào|hạn nào|hạn bao giờ|mấy giờ|hôm nào|ngày nào|còn bao lâu|tại sao|vì sao|"
    "có gì mới|có gì không|có gì cần|quá hạn không|chưa xong không|ntn|tn rồi|nào qh|bị qh|qh rồi|qh chưa|tới đâu r|đến đâu r|còn nợ|tổng hợp việc|"
    "trễ mấy|chậm mấy|quá mấy|mấy ngày rồi|mấy bữa rồi|mấy hôm rồi|là gì|là ai|ở đâu|chưa em|chưa anh|chưa chị|chưa nhỉ|chưa ạ|chưa vậy|việc của tôi|việc của em|"
    "thống kê việc|tra cứu|tìm việc|bao lâu"
)
_DUE_TASKS = any_of("đến hạn|tới hạn|sắp đến hạn|quá hạn|trễ hạn|chậm hạn|chưa xong|còn lại")
_TASKS = any_of("việc|các việc|những việc|nhiệm vụ|các nhiệm vụ|mấy việc|danh sách việc")
_TASKS_OF = any_of("của|phòng|trong|nào|đến|tới|sắp|quá|trễ|còn|chưa")
_EXPLAINING = any_of(
    "làm rõ|phân tích|giải trình|nêu rõ|giải thích|đánh giá|tìm hiểu|xác minh|rà soát|kiểm tra|xem|rà|"
    "thống kê|lập danh sách|kiểm tra xem|thống kê xem|rà xem|coi|hỏi|hỏi xem|báo|báo cáo rõ|báo cáo|xác định|ghi rõ|nói rõ|"
    "tổng hợp|đếm|liệt kê|soát|tính|tính xem|điểm lại|rà lại|kiểm tra lại|xem lại|coi lại|theo dõi|đôn đốc|hỏi lại|báo lại|làm rõ thêm"
)
_LEAVE = any_of(
    "xin nghỉ|xin phép nghỉ|xin được nghỉ|xin nghỉ phép|xin phép vắng|xin vắng|xin về sớm|xin phép về|"
    "xin đến muộn|xin đến trễ|xin vô trễ|xin phép ra ngoài"
)
_NOT_ORDERS = any_of(
    "giao ban|giao lưu|giao dịch|giao thông|giao thừa|giao nhận|giao mấy|giao hôm|giao bao|giao lúc|giao hồi"
)
_VOCATIVES = vocabulary(
    "ạ a em e anh chị chi vậy vay nhỉ nhi thế the ta z đồng chí dong bác cô chú sếp ?"
)
_YET = vocabulary("chưa chua")
_ENDS_A_CLAUSE = frozenset(",.;?!") | {""}
_DOES = vocabulary("xong gửi nộp trình làm soạn viết gui nop trinh lam soan viet")
_OR_NOT = vocabulary("không khong ko hông hong hk")
_CAN = vocabulary("thể được the duoc")
_LONGEST_ASKED = 14
_ASKED_AT_START = any_of(
    "tóm tắt tình hình|tóm tắt việc|tóm tắt công việc|tóm tắt tiến độ|tóm tắt các việc|tóm tắt nhiệm vụ|tình hình|tiến độ|ai|khi nào|sao|bao giờ|việc nào|xem|còn bao nhiêu|có bao nhiêu|mấy việc|mấy giờ|mấy người|mấy phòng|mấy nhiệm vụ|mấy ngày|mấy đơn vị|mấy đồng chí|mấy hồ sơ|kết quả việc|"
    "tình trạng|cho anh biết|cho tôi biết|cho mình biết|cho chị biết|cho hỏi|em hỏi|anh hỏi|hỏi|cho biết|cho em hỏi"
)
_ASKED_AT_END = any_of("chưa|không|hả|nhỉ|à|ko|k|hông|phải không|đúng không")
_WHEN = any_of("khi nào|bao giờ|hôm nào|bữa nào|lúc nào")
_SELF = vocabulary("em e tôi toi dạ da anh chị mình")
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
    "ăn trưa chưa|đi cà phê|đẹp quá|buồn quá|hay ghê|ăn cơm|nghỉ ngơi"
)
_THEN_DO = any_of("thì nộp|thì gửi|thì làm|thì báo|thì phải")
_COURTESY = any_of(
    "anh|chị|em|ạ|nhé|nha|đồng chí|các|đ/c|nhiều|.|,|!|cả nhà|mọi người|em biết rồi|rồi|buổi sáng|"
    "buổi chiều|cô|chú|bác|đã nhận tin|thôi|👍|ơi|sếp|hết|nhận được rồi|biết rồi|sáng|chiều"
)
_POLITE_BITS = _TALK.bit | _COURTESY.bit
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
_HAVING = vocabulary("co")
"""Of "thứ Tư có bản nháp"."""
_INVITED = any_of(
    "mời các|kính mời|trân trọng mời|trân trọng kính mời|mời đại biểu|mời toàn thể|mời anh chị|mời dự|mời họp"
)
_CAN_YOU = any_of(
    "được không|được hông|được hong|được ko|được k|được chứ|dc ko|dc k|đc ko|giúp được"
)
_FINDING_OUT = any_of(
    "kiểm tra|rà soát|rà|xem|coi|hỏi|soát|đếm|thống kê|xác minh|tìm hiểu|đối chiếu"
)
_DONE_WORDS = vocabulary("da roi xong vua moi dang")
_HELP = vocabulary("giúp giùm dùm hộ giup gium dum")
_EVERYBODY = any_of("ai cũng|nào cũng|ai nấy|bất kỳ ai|bất cứ ai")
_LIMITING = any_of("deadline|dl|hạn|hạn chót|hạn cuối|chậm nhất|muộn nhất|trễ nhất")


def find_kind(
    sentence: Sentence, named: bool, dated: bool, limited: bool, names: frozenset[int]
) -> KindFound:
    """Tell the kind of a sentence, in which somebody leads (`named`), and a deadline (`dated`) stands.

    `limited`: a word such as "trước" makes it a deadline. `names` are the places of names, which are
    not read as words.
    """
    invites = _INVITED.at(sentence.words, 0) and not limited
    if invites or _is_talk_alone(sentence) or _asks_for_leave(sentence, names):
        return KindFound(Kind.OTHER)
    granted = dated and _anywhere(sentence, _EXTENDS) and _TALK.at(sentence.words, 0) is not None
    wants_time = asks_for_time(sentence) and not _anywhere(sentence, _ASKED)
    if granted or wants_time or (is_blocked_task(sentence) and not dated):
        return KindFound(Kind.REPORT)
    ordered = _orders(sentence, names)
    reports = tells(sentence, names, named, dated, ordered)
    asks = _asks(sentence, names, named) and not _is_condition(sentence, limited)
    asks = asks and not (tells_share(sentence, named) and not _ends_asking(sentence))
    ordered = ordered and (named or not (asks and _ends_asking(sentence)))
    told = dated and (named or _LIMITING.at(sentence.words, 0) is not None)
    if told and (_must(sentence, limited) if reports else _is_wished(sentence)):
        return KindFound(Kind.ASSIGNMENT)
    sets_to_work = _orders_somebody if reports else _finds_out
    if (named and sets_to_work(sentence, names)) or (asks and _begs_help(sentence)):
        return KindFound(Kind.ASSIGNMENT)
    if (asks and not ordered) or (reports and not (ordered and named)):
        return KindFound(Kind.QUESTION if asks and not (ordered and reports) else Kind.REPORT)
    also = Kind.QUESTION if asks and _ends_asking(sentence) else None
    work = ordered or (named and dated) or _is_work(sentence, named, dated, limited)
    return KindFound(Kind.ASSIGNMENT, also) if also or work else KindFound(Kind.OTHER)


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
    if any(word.exact in MUST for word in sentence.words[: sentence.length]):
        return True
    return (
        limited
        and not any(starts_as_report(sentence, place) for place in _clause_starts(sentence))
        and (sentence.words[0].exact not in _SELF or sentence.words[1].capital)
    )


def _orders_somebody(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell "hồ sơ đã đủ, chị Thảo trình ký" from "Khiêm nộp báo cáo rồi", "em làm xong rồi ..."."""
    words = sentence.words
    if words[0].exact in _SELF or _ends_asking(sentence):
        return False
    for place in _clause_starts(sentence):
        at = _after_names(place, names)
        if at == place or (at == place + 1 and words[place].exact in _SELF):
            continue
        told = place == 0 and not sentence.folds.isdisjoint(_DONE_WORDS)
        if is_verb(words[at]) and not (told and not _FINDING_OUT.at(words, at)):
            return True
    return False


def _finds_out(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell "Uyên kiểm tra xem còn bao nhiêu hồ sơ, mai báo anh" from a question."""
    return not _ends_asking(sentence) and any(
        at > place and _FINDING_OUT.at(sentence.words, at)
        for place in _clause_starts(sentence)
        if (at := _after_names(place, names))
    )


def _begs_help(sentence: Sentence) -> bool:
    """Tell "em gửi giúp chị danh sách được không?", which asks for work."""
    helps = any(word.exact in _HELP for word in sentence.words[: sentence.length])
    return helps and _anywhere(sentence, _CAN_YOU) and not _anywhere(sentence, _ASKED)


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


def asks_for_time(sentence: Sentence) -> bool:
    """Tell a request to be given more time: "cho em lùi hạn đến 15/1 được không ạ?"."""
    return _anywhere(sentence, _EXTENDS) and _anywhere(sentence, _MAY_I)


def _is_work(sentence: Sentence, named: bool, dated: bool, limited: bool) -> bool:
    """Tell a task from talk, when no word orders, asks or reports."""
    talks = _TALK.at(sentence.words, 0) is not None or _anywhere(sentence, _TALK_ANYWHERE)
    if talks:
        return named and dated
    if dated and not sentence.folds.isdisjoint(_HAVING):
        return True
    if _anywhere(sentence, _DOING_PHRASES):
        return True
    return (
        named or limited or any(word.exact in _DOING for word in sentence.words[: sentence.length])
    )


def _anywhere(
    sentence: Sentence, phrases: Phrases[bool], names: frozenset[int] = frozenset()
) -> bool:
    if not sentence.starts & phrases.bit:
        return False
    for place in phrases.places(sentence):
        if place not in names and phrases.at(sentence.words, place):
            return True
    return False


def _is_talk_alone(sentence: Sentence) -> bool:
    """Tell whether the text is nothing but courtesy: "dạ vâng ạ", "ok anh"."""
    place = 0
    while place < sentence.length:
        if not sentence.openings[place] & _POLITE_BITS:
            return False
        talk = _TALK.at(sentence.words, place) or _COURTESY.at(sentence.words, place)
        if talk is None:
            return False
        place = talk[1]
    return True


def _asks_for_leave(sentence: Sentence, names: frozenset[int]) -> bool:
    return _anywhere(sentence, _LEAVE) and not _anywhere(sentence, _ORDER, names)


def _orders(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell whether a word orders; "giao ban" does not, nor "giao mấy việc rồi?"."""
    return any(
        place not in names
        and _ORDER.at(sentence.words, place)
        and not _NOT_ORDERS.at(sentence.words, place)
        for place in _ORDER.places(sentence)
    )


def _ends_asking(sentence: Sentence) -> bool:
    return sentence.text.rstrip().endswith("?")


def _asks(sentence: Sentence, names: frozenset[int], named: bool) -> bool:
    if _anywhere(sentence, _EVERYBODY) and not _ends_asking(sentence):
        return False
    if not named and _lists_tasks(sentence):
        return True
    if _is_or_not(sentence) or _is_done_yet(sentence):
        return True
    if not _is_whenever(sentence) and (_asked(sentence, names, named) or _starts_asking(sentence)):
        return True
    end = sentence.length
    marked = end and sentence.words[end - 1].exact == "?"
    last = end - 2 if marked else end - 1
    if last < 0:
        return False
    closing = _ASKED_AT_END.at(sentence.words, last)
    return bool(marked) or (closing is not None and sentence.words[last].folded == "chua")


def _starts_asking(sentence: Sentence) -> bool:
    """Tell "tiến độ báo cáo" from a label: "Tiến độ: trình dự thảo 30/3"."""
    asked = _ASKED_AT_START.at(sentence.words, 0)
    return asked is not None and sentence.words[asked[1]].exact != ":"


def _asked(sentence: Sentence, names: frozenset[int], named: bool) -> bool:
    """Tell a question from what somebody is to find out: "Khiêm phân tích vì sao quý III chậm"."""
    for place in _ASKED.places(sentence):
        if place in names or not _ASKED.at(sentence.words, place):
            continue
        told = named and not _ends_asking(sentence) and follows(sentence, place, _EXPLAINING)
        if not told:
            return True
    return False


def _lists_tasks(sentence: Sentence) -> bool:
    """Tell "việc của phòng Tổng hợp đến hạn thứ Sáu", which wants a list."""
    tasks = _TASKS.at(sentence.words, 0)
    if tasks is None or _TASKS_OF.at(sentence.words, tasks[1]) is None:
        return False
    return _anywhere(sentence, _DUE_TASKS)


def _is_or_not(sentence: Sentence) -> bool:
    """Tell "mai có họp không em" from "có thể in giúp chị không"."""
    last = sentence.length - 1
    while last > 0 and sentence.words[last].exact in _VOCATIVES:
        last -= 1
    if last < 1 or sentence.words[last].exact not in _OR_NOT:
        return False
    clause = sentence.words[max(0, last - _LONGEST_ASKED) : last]
    places = [n for n, word in enumerate(clause) if word.exact in ("có", "co")]
    if not places or clause[-1].exact in _CAN:
        return False
    return sentence.words[last - len(clause) + places[-1] + 1].exact != "thể"


def _is_done_yet(sentence: Sentence) -> bool:
    """Tell "anh Mẫn làm xong báo cáo chưa, mai họp rồi" from "chưa gửi"."""
    words = sentence.words
    for place in range(2, sentence.length if "chua" in sentence.folds else 0):
        if words[place].exact in _YET and words[place + 1].exact in _ENDS_A_CLAUSE:
            clause = words[max(0, place - _LONGEST_ASKED) : place]
            breaks = [n for n, word in enumerate(clause) if word.exact in _ENDS_A_CLAUSE]
            said = clause[breaks[-1] + 1 :] if breaks else clause
            if any(word.exact in _DOES for word in said[1:]):
                return True
    return False


def _is_whenever(sentence: Sentence) -> bool:
    """Tell "khi nào tiện", "khi nào có số liệu thì gửi" from a question."""
    when = _WHEN.at(sentence.words, 0)
    then = "thi" in sentence.folds and not sentence.text.rstrip().endswith("?")
    return (when is not None and then) or _anywhere(sentence, _WHENEVER)
