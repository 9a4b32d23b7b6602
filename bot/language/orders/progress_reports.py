"""Tell a report from an order: "đã nộp", "em gửi anh rồi ạ", "đang chờ số liệu", "việc 12 vướng"."""

from bot.language.text.numbers import read_number
from bot.language.text.words import Sentence, any_of, vocabulary

_REPORTED = any_of(
    "đã xong|đã nộp|đã gửi|đã hoàn thành|đã nhận|đã làm|đã trình|đã báo cáo|đã tiếp nhận|đã soạn|"
    "xong rồi|làm xong rồi|đã hoàn tất|đã phát hành|đã xử lý|đã khắc phục|đang làm|đang soạn|"
    "đang chờ|đang xử lý|đang thực hiện|vừa xong|vừa nộp|vừa gửi|mới xong|mới nộp|xin gia hạn|xin lùi|"
    "xin thêm|xin dời|xin hoãn|bị vướng|vướng do|gặp vướng mắc|vướng mắc|gặp khó khăn|chưa làm được|"
    "chưa xong được|chưa xong vì|chưa xong do|chưa hoàn thành vì|chưa hoàn thành do|chưa làm xong|"
    "còn chờ|còn thiếu|em xong|em làm được|em làm xong|làm được|hoàn thành được|"
    "đạt được|chưa hoàn thành được|đề nghị gia hạn|nhận việc|em nhận|rõ rồi|xong việc|xong v|"
    "cho em gia hạn|cho em thêm|cho em xin thêm|em xin gia hạn|kết quả đây|xong rồi nhé|"
    "đang vướng|vướng vì|vướng ở|vướng chỗ|dời hạn|lùi hạn|gia hạn việc|dời việc|lùi việc|lùi thời hạn|gia hạn thêm|"
    "cho gia hạn|dời thời hạn|gia hạn nhiệm vụ"
)
_REPORTED_AT_START = any_of(
    "đã|xong rồi|xong việc|xong v|xong hết|xong nhé|xong ạ|xong nha|em đã|tôi đã|vừa|em vừa|"
    "hoàn thành việc|báo cáo anh, em|báo cáo chị, em|nộp kết quả|em nộp kết quả"
)
_FINISH = any_of("hoàn thành việc|xong việc")
_AIM = any_of("xong hết|xong nhé|xong nha")
_HANDED_IN = any_of(
    "em gửi|em nộp|em trình|em báo cáo|em chưa|e gửi|e nộp|tôi gửi|tôi nộp|em xin|e chưa|em chuyển"
)
_ALREADY = any_of("đã được|đã có")
_I = vocabulary("em e tôi toi tụi mình")
_HANDING = vocabulary(
    "nộp gửi trình làm báo chuyển soạn in xong bàn xử gởi đưa sửa nop gui trinh lam bao chuyen soan ban xu dua sua"
)
_DID = vocabulary("đã vừa mới đang")
_SO_IT_IS = vocabulary("rồi roi")
_AFTER_SO_IT_IS = vocabulary("ạ a anh chị chi nha nhé nhe nghe đó sếp , . ; !") | {""}
_LONGEST_HANDING = 12
_TASK = vocabulary("việc viec vụ v")
_REACHED = vocabulary("tăng giảm được đạt mới còn xong duoc dat moi con tới khoảng độ")
_NEAR = 3
_WEEKDAYS = vocabulary("t thu")
MUST = vocabulary("phải phai cần can nhớ hãy hay")
_PERCENT = any_of("%|phần trăm")


def tells(sentence: Sentence, names: frozenset[int], led: bool, dated: bool, ordered: bool) -> bool:
    """Tell whether the words say what was done, what is being done or what blocks the work.

    `led`: somebody is named to do it; `ordered`: a word orders; `names` are the places of names.
    """
    if not dated and _HANDED_IN.at(sentence.words, 0):
        return True
    if is_blocked(sentence) or _i_did(sentence) or _was_already(sentence, names):
        return True
    if 0 in names and not led and sentence.words[_first_free(names)].exact in _DID:
        return True
    if any(
        place not in names and _reports_at(sentence, place, dated)
        for place in _REPORTED.places(sentence)
    ):
        return True
    started = _REPORTED_AT_START.at(sentence.words, 0)
    of_mine = sentence.words[0].exact in _I | _TASK
    shares = (of_mine or not ordered) and tells_share(sentence, led or (dated and not of_mine))
    return shares or bool(started and not (dated and _is_to_be_done(sentence, 0)))


def _reports_at(sentence: Sentence, place: int, dated: bool) -> bool:
    """Tell whether the phrase at the place reports: "mới nộp", "xong việc 12".

    False for what is still to be done: "thứ Sáu mới nộp", "trong tháng xong việc kiểm tra".
    """
    must = place > 0 and sentence.words[place - 1].exact in MUST
    if must or _REPORTED.at(sentence.words, place) is None:
        return False
    return not (dated and _is_to_be_done(sentence, place))


def _is_to_be_done(sentence: Sentence, place: int) -> bool:
    """Tell whether, beside a deadline, the words are still to be done: "mới nộp", "hoàn thành việc rà soát"."""
    words = sentence.words
    if words[place].folded == "moi" or _AIM.at(words, place):
        return True
    finish = _FINISH.at(words, place)
    return finish is not None and words[finish[1]].value < 0


def starts_as_report(sentence: Sentence, place: int) -> bool:
    """Tell whether the clause that starts at the place says that something is done."""
    return _REPORTED_AT_START.at(sentence.words, place) is not None


def tells_share(sentence: Sentence, led: bool) -> bool:
    """Tell whether the sentence reports a share: "60% rồi".

    False if somebody is to reach it ("Kha thay pin dưới 20%") and no word such as "đạt" or "còn" precedes it.
    """
    if _PERCENT.firsts.isdisjoint(sentence.folds):
        return False
    words = sentence.words
    return any(
        _PERCENT.at(words, number[1])
        and not (led and _REACHED.isdisjoint(w.exact for w in words[max(0, n - _NEAR) : n]))
        for n in range(sentence.length)
        if (number := read_number(words, n))
    )


def _i_did(sentence: Sentence) -> bool:
    """Tell whether the writer says that they did it: "dạ em nộp rồi ạ", "hôm qua em gửi anh dự thảo rồi".

    False for "... rồi mai em gửi".
    """
    words = sentence.words
    for place in range(sentence.length):
        if words[place].exact in _I and words[place + 1].exact in _HANDING:
            for at in range(place + 2, min(place + _LONGEST_HANDING, sentence.length)):
                if words[at].exact in ",.;":
                    break
                if words[at].exact in _SO_IT_IS:
                    return words[at + 1].exact in _AFTER_SO_IT_IS
    return False


def _first_free(names: frozenset[int]) -> int:
    """Return the place after the name that the sentence starts with."""
    place = 0
    while place in names:
        place += 1
    return place


def _was_already(sentence: Sentence, names: frozenset[int]) -> bool:
    """Tell whether something was already done: "tờ trình đã được duyệt lúc 9h".

    False if a clause follows: "văn bản đã được ký, Vy đóng dấu".
    """
    if 0 in names or not _ALREADY.may_be_in(sentence):
        return False
    if any(word.exact in ",;:" for word in sentence.words[: sentence.length]):
        return False
    return any(_ALREADY.at(sentence.words, place) for place in _ALREADY.places(sentence))


def is_blocked_task(sentence: Sentence) -> bool:
    """Tell whether a numbered task is blocked: "việc 40 vướng kinh phí, đề nghị anh cho ý kiến"."""
    numbered = sentence.words[0].exact in _TASK and sentence.words[1].value >= 0
    return numbered and is_blocked(sentence)


def is_blocked(sentence: Sentence) -> bool:
    """Tell whether a word means "vướng", as in "việc 12 vuong", and is not the name Vượng."""
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
