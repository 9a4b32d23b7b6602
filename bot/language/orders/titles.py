"""The title of a task: the writer's own words without those that were read as something else."""

from collections.abc import Iterable

from bot.folding import fold
from bot.language.readings import Span
from bot.language.text.verbs import is_verb
from bot.language.text.words import Sentence, any_of, vocabulary, words_of

_SIGNS = " \t\n,;:-–.!•*"
_EMPTY = any_of(
    ",|;|:|-|–|.|!|và|thì|là|ơi|nhé|nha|ạ|để|phải|xong|hoàn thành|việc|cho|giao|rồi|nhe|hạn|thời hạn|"
    "thời gian|tgian|lắm,|đề nghị|yêu cầu|nhờ|các đ/c|các đồng chí|trong|của|vào|phải xong|đ/c|các|với|cùng|()|do|bởi|hộ|giúp|tới|từ|nộp|gửi|bc|oi|va|bữa"
)
_EMPTY_AT_END = any_of(
    ",|;|:|-|–|.|!|và|thì|là|ơi|nhé|nha|ạ|để|phải|xong|phải xong|phải có|cần|cho|rồi|nhe|hạn|trong|vào|"
    "mỗi|cùng ngày|ngày hôm đó|nghe em|nghe anh|nghe chị|nha em|nha anh|nha chị|nha mấy em|"
    "các|với|cùng|()|do|hộ|giúp|tới|va|nhé các đồng chí|nhé em|nhé anh|nhé chị|em nhé|anh nhé|"
    "chị nhé|các đồng chí|là xong|phải nộp|anh cần|nghe|nhá|thời hạn|dự kiến|là phải|"
    "nhé đồng chí|giùm|dùm|cần có|nghen|nhen|hen|hén|ha|thời gian|, làm|, lo|, thực hiện|, nhớ|, lưu ý|, biết|"
    "tgian|, lắm|, quá|, gấp lắm|, gấp quá|, xử lý|, đảm nhiệm|, phụ trách|, theo dõi thực hiện"
)
_HEADS = _EMPTY.firsts | {"nhiem"}
_KEPT_AT_START = any_of(
    "các đơn vị|các chi bộ|các cơ quan|các xã|các phường|các ban|các phòng|các cấp|các tổ|các đảng|"
    "các địa phương|các văn bản|các nội dung|các nhiệm vụ|các việc|các hồ sơ|vào sổ|cho ý kiến|cho rà soát|gửi|nộp|hoàn thành|việc|từ|bc|giúp|trong|xong"
)
_THE_TASK_OF = any_of("việc|nhiệm vụ")
"""At the start and before a verb these words only say that it is a task: "việc soạn báo cáo"."""
_NO_VERB = vocabulary("làm lam số so")
"""Words after "việc" that are no verb: "việc làm" is a job, "việc số 5" a number."""
_FEW = 5
_KEPT_AFTER = {
    "tới": vocabulary("tuan thang quy nam ky"),
    "de": vocabulary("chuyen van chu tieu de"),
    "hạn": vocabulary("gia qua tre dung het thoi"),
}
_LEFT_OVER = (
    ("( )", ""),
    ("()", ""),
    (" ,", ","),
    (" .", "."),
    (" ;", ";"),
    (":,", ","),
    (":;", ";"),
    (",,", ","),
    (", ,", ","),
)


def title_of(text: str, cut: Iterable[Span]) -> str:
    """Return the text without the given spans and without the words left hanging by the cuts."""
    kept: list[str] = []
    at = 0
    for start, end in sorted(cut):
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    title = " ".join(" ".join(kept).split())
    for hanging, clean in _LEFT_OVER:
        title = title.replace(hanging, clean)
    return _trimmed(_without_command(title))


def _without_command(title: str) -> str:
    """Remove "/giao" or "/giao@bot" at the start."""
    return title.partition(" ")[2] if title.startswith("/") else title


def _trimmed(title: str) -> str:
    """Remove the words that the cuts left hanging at either end."""
    return _without_tail(_without_head(title.strip(_SIGNS))).strip(_SIGNS)


def _without_head(title: str) -> str:
    while title and fold(title.partition(" ")[0].rstrip(_SIGNS)) in _HEADS:
        sentence = words_of(" ".join(title.split(" ", _FEW)[:_FEW]))
        said = _said_of_task(sentence)
        if said:
            title = title[sentence.words[said - 1].end :].lstrip(_SIGNS)
            continue
        hanging = _EMPTY.at(sentence.words, 0)
        if hanging is None or _KEPT_AT_START.at(sentence.words, 0):
            break
        title = title[sentence.words[hanging[1] - 1].end :].lstrip(_SIGNS)
    return title


def _said_of_task(sentence: Sentence) -> int:
    """Return how many words at the start only say that a task follows; a verb must come after them."""
    said = _THE_TASK_OF.at(sentence.words, 0)
    if said is None or sentence.length <= said[1]:
        return 0
    verb = sentence.words[said[1]]
    return said[1] if is_verb(verb) and verb.exact not in _NO_VERB else 0


def _without_tail(title: str) -> str:
    while title and fold(title.rpartition(" ")[2].lstrip(_SIGNS)) in _EMPTY_AT_END.lasts:
        tail = " ".join(title.rsplit(" ", _FEW)[-_FEW:])
        sentence = words_of(tail)
        start = _hanging_start(sentence, sentence.length)
        if start is None:
            break
        title = title[: len(title) - len(tail) + sentence.words[start].start].rstrip(_SIGNS)
    return title


def _belongs_to_title(sentence: Sentence, place: int) -> bool:
    """Tell whether the last word belongs to the title, as in "lịch tuần tới", "trình gia hạn"."""
    before = _KEPT_AFTER.get(sentence.words[place].exact, frozenset())
    return place > 0 and sentence.words[place - 1].folded in before


def _hanging_start(sentence: Sentence, last: int) -> int | None:
    """Return the place where the words start that the cuts left hanging before `last`."""
    for length in (3, 2, 1):
        start = last - length
        hanging = _EMPTY_AT_END.at(sentence.words, start) if start >= 0 else None
        if hanging and hanging[1] == last and not _belongs_to_title(sentence, start):
            return start
    return None
