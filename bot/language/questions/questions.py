"""Words that ask about tasks, told apart from words that only sound like asking."""

from bot.folding import fold
from bot.language.deadline.clause_position import anywhere, follows
from bot.language.text.words import Sentence, any_of, vocabulary

ASKED = any_of(
    "việc nào|nhiệm vụ nào|những việc nào|ai đang|giao ai|giao cho ai|giao cho những ai|ai nhận|ai lo|ai giữ|ai làm|ai chủ trì|ai phụ trách|ai là|bao nhiêu|"
    "bao giờ|khi nào xong|khi nào nộp|đến đâu|tới đâu|đến đâu rồi|thế nào|ra sao|sao rồi|như thế nào|"
    "xong chưa|nộp chưa|gửi chưa|làm chưa|được chưa|có chưa|đến hạn chưa|cho xem|cho tôi xem|"
    "cho anh xem|cho mình xem|xem việc|xem danh sách|liệt kê|danh sách việc|những ai|phòng nào|"
    "đơn vị nào|việc gì|những gì|mấy việc|còn mấy|ai chưa|ai trễ|ai chậm|còn việc|sao chưa|"
    "có việc nào|là khi nào|là bao giờ|là hôm nào|là mấy giờ|hạn khi nào|hạn nào|hạn bao giờ|mấy giờ|hôm nào|ngày nào|còn bao lâu|tại sao|vì sao|"
    "có gì mới|có gì không|có gì cần|quá hạn không|chưa xong không|ntn|tn rồi|nào qh|bị qh|qh rồi|qh chưa|tới đâu r|đến đâu r|còn nợ|tổng hợp việc|"
    "trễ mấy|chậm mấy|quá mấy|mấy ngày rồi|mấy bữa rồi|mấy hôm rồi|là gì|là ai|ở đâu|chưa em|chưa anh|chưa chị|chưa nhỉ|chưa ạ|chưa vậy|việc của tôi|việc của em|"
    "thống kê việc|tra cứu|tìm việc|bao lâu"
)
ASKED_AT_START = any_of(
    "tóm tắt tình hình|tóm tắt việc|tóm tắt công việc|tóm tắt tiến độ|tóm tắt các việc|tóm tắt nhiệm vụ|tình hình|tiến độ|ai|khi nào|sao|bao giờ|việc nào|xem|còn bao nhiêu|có bao nhiêu|mấy việc|mấy giờ|mấy người|mấy phòng|mấy nhiệm vụ|mấy ngày|mấy đơn vị|mấy đồng chí|mấy hồ sơ|kết quả việc|"
    "tình trạng|cho anh biết|cho tôi biết|cho mình biết|cho chị biết|cho hỏi|em hỏi|anh hỏi|hỏi|cho biết|cho em hỏi"
)
_ASKED_AT_END = any_of("chưa|không|hả|nhỉ|à|ko|k|hông|phải không|đúng không")
_EXPLAINING = any_of(
    "làm rõ|phân tích|giải trình|nêu rõ|giải thích|đánh giá|tìm hiểu|xác minh|rà soát|kiểm tra|xem|rà|"
    "thống kê|lập danh sách|kiểm tra xem|thống kê xem|rà xem|coi|hỏi|hỏi xem|báo|báo cáo rõ|báo cáo|xác định|ghi rõ|nói rõ|"
    "tổng hợp|đếm|liệt kê|soát|tính|tính xem|điểm lại|rà lại|kiểm tra lại|xem lại|coi lại|theo dõi|đôn đốc|hỏi lại|báo lại|làm rõ thêm"
)
_EVERYBODY = any_of("ai cũng|nào cũng|ai nấy|bất kỳ ai|bất cứ ai")
_TASKS = any_of("việc|các việc|những việc|nhiệm vụ|các nhiệm vụ|mấy việc|danh sách việc")
_TASKS_OF = any_of("của|phòng|trong|nào|đến|tới|sắp|quá|trễ|còn|chưa")
_DUE_TASKS = any_of("đến hạn|tới hạn|sắp đến hạn|quá hạn|trễ hạn|chậm hạn|chưa xong|còn lại")
_WHEN = any_of("khi nào|bao giờ|hôm nào|bữa nào|lúc nào")
_WHENEVER = any_of(
    "khi nào tiện|khi nào rảnh|lúc nào rảnh|hôm nào rảnh|bữa nào rảnh|lúc nào tiện|mấy bữa nữa|"
    "mấy hôm nữa|mấy ngày nữa|mấy tuần nữa|hôm nào tiện|bữa nào tiện|khi nào cũng được"
)
_WANTING = vocabulary(
    "gì nào ai mấy nhiêu đâu sao j ji bn bnhiu nhiu nhìu ntn tn gi nao may nhieu dau"
)
_WANTING_FOLDED = frozenset(fold(word) for word in _WANTING)
_LISTING = vocabulary(
    "v # tỷ tỉ ty ti việc nhiệm những các danh số liệt vc viec nhiem nhung cac danh so liet"
)
_TELL_ME = any_of(
    "cung cấp số|cung cấp danh|tổng hợp các|tổng hợp những|thống kê các|thống kê những|thống kê số|việc chi|nộp chi|làm chi|có chi|việc mô|phòng mô|răng rồi|cho biết|cho xem|cho em xin|xin danh|xin số|cho tôi|cho anh|cho chị|cho mình|giúp tôi|giúp anh|giúp chị|lại tôi|lại anh|chưa|tình hình"
)
_CONSENT = vocabulary("nhé nha nhá nghe nghen chứ nhe ok oke")
_THEN_DO = any_of("thì nộp|thì gửi|thì làm|thì báo|thì phải")
_VOCATIVES = vocabulary(
    "ạ a em e anh chị chi vậy vay nhỉ nhi thế the ta z đồng chí dong bác cô chú sếp ?"
)
_YET = vocabulary("chưa chua")
_ENDS_A_CLAUSE = frozenset(",.;?!") | {""}
_DOES = vocabulary("xong gửi nộp trình làm soạn viết gui nop trinh lam soan viet")
_OR_NOT = vocabulary("không khong ko hông hong hk")
_CAN = vocabulary("thể được the duoc")
_LONGEST_ASKED = 14


def may_ask(sentence: Sentence) -> bool:
    """Tell quickly, by its words alone, whether a sentence may be a question about tasks."""
    if ends_asking(sentence) or sentence.words[0].exact in _LISTING:
        return True
    if anywhere(sentence, _TELL_ME):
        return True
    return not sentence.folds.isdisjoint(_WANTING_FOLDED) and any(
        word.exact in _WANTING for word in sentence.words[: sentence.length]
    )


def asks(sentence: Sentence, names: frozenset[int], named: bool) -> bool:
    if anywhere(sentence, _EVERYBODY) and not ends_asking(sentence):
        return False
    if not named and _lists_tasks(sentence):
        return True
    if _is_or_not(sentence) or _is_done_yet(sentence):
        return True
    if not is_whenever(sentence) and (_asked(sentence, names, named) or _starts_asking(sentence)):
        return True
    end = sentence.length
    marked = end and sentence.words[end - 1].exact == "?"
    last = end - 2 if marked else end - 1
    if last < 0:
        return False
    closing = _ASKED_AT_END.at(sentence.words, last)
    return bool(marked) or (closing is not None and sentence.words[last].folded == "chua")


def ends_asking(sentence: Sentence) -> bool:
    return sentence.text.rstrip().endswith("?")


def is_courteous(sentence: Sentence) -> bool:
    """Tell whether the question mark only asks for consent: "anh Khiêm làm báo cáo này thứ Sáu nhé?"."""
    return sentence.length > 1 and sentence.words[sentence.length - 2].exact in _CONSENT


def is_condition(sentence: Sentence, limited: bool) -> bool:
    """Tell whether the sentence states a condition and asks nothing: "đến 16h ai chưa nộp thì khỏi nhận"."""
    if anywhere(sentence, _THEN_DO):
        return True
    return limited and "thi" in sentence.folds and not sentence.text.rstrip().endswith("?")


def _starts_asking(sentence: Sentence) -> bool:
    """Tell whether a question word comes first: "tiến độ báo cáo".

    False for a label: "Tiến độ: trình dự thảo 30/3".
    """
    asked = ASKED_AT_START.at(sentence.words, 0)
    return asked is not None and sentence.words[asked[1]].exact != ":"


def _asked(sentence: Sentence, names: frozenset[int], named: bool) -> bool:
    """Tell whether a question word asks, and does not say what somebody is to find out.

    False for "Khiêm phân tích vì sao quý III chậm".
    """
    for place in ASKED.places(sentence):
        if place in names or not ASKED.at(sentence.words, place):
            continue
        told = named and not ends_asking(sentence) and follows(sentence, place, _EXPLAINING)
        if not told:
            return True
    return False


def _lists_tasks(sentence: Sentence) -> bool:
    """Tell whether the words want a list: "việc của phòng Tổng hợp đến hạn thứ Sáu"."""
    tasks = _TASKS.at(sentence.words, 0)
    if tasks is None or _TASKS_OF.at(sentence.words, tasks[1]) is None:
        return False
    return anywhere(sentence, _DUE_TASKS)


def _is_or_not(sentence: Sentence) -> bool:
    """Tell whether the sentence asks yes or no: "mai có họp không em", but not "có thể in giúp chị không"."""
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
    """Tell whether a clause asks if something is done: "anh Mẫn làm xong báo cáo chưa, mai họp rồi".

    False for "chưa gửi".
    """
    words = sentence.words
    for place in range(2, sentence.length if "chua" in sentence.folds else 0):
        if words[place].exact in _YET and words[place + 1].exact in _ENDS_A_CLAUSE:
            clause = words[max(0, place - _LONGEST_ASKED) : place]
            breaks = [n for n, word in enumerate(clause) if word.exact in _ENDS_A_CLAUSE]
            said = clause[breaks[-1] + 1 :] if breaks else clause
            if any(word.exact in _DOES for word in said[1:]):
                return True
    return False


def is_whenever(sentence: Sentence) -> bool:
    """Tell whether "when" asks nothing: "khi nào tiện", "khi nào có số liệu thì gửi"."""
    when = _WHEN.at(sentence.words, 0)
    then = "thi" in sentence.folds and not ends_asking(sentence)
    asked = when is not None and sentence.words[when[1]].folded == "thi"
    return (when is not None and then and not asked) or anywhere(sentence, _WHENEVER)
