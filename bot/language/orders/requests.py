"""What a question asks for or a report reports, and about which task."""

import re

from bot.folding import words
from bot.language.readings import Action, Kind, Request
from bot.language.text.words import Phrases, Sentence, any_of

_ASKED = Phrases(
    {
        Action.OVERDUE: "quá hạn|trễ hạn|qh|chậm hạn|trễ|chậm tiến độ",
        Action.DUE: "đến hạn|sắp đến hạn|tới hạn|gần đến hạn|sắp hết hạn",
        Action.STATUS: (
            "tình hình|tiến độ|đến đâu|tới đâu|thế nào|ra sao|sao rồi|xong chưa|nộp chưa|gửi chưa|"
            "kết quả|bao giờ|khi nào|hạn của|làm chưa|được chưa"
        ),
        Action.WHO: "ai|những ai|đồng chí nào|phòng nào|đơn vị nào",
    }
)
_REPORTED = Phrases(
    {
        Action.EXTENSION: (
            "gia hạn|xin lùi|xin dời|xin hoãn|xin thêm|lùi hạn|dời hạn|cho em thêm|xin đến|lùi|dời|hoãn|"
            "nộp muộn|nộp trễ|nộp chậm|gửi muộn|gửi trễ|trình muộn|trình trễ|kéo dài|nới hạn|đổi hạn"
        ),
        Action.BLOCKER: "vướng|bị vướng|vướng mắc|gặp khó khăn|khó khăn|kẹt|bị kẹt",
        Action.RECEIVED: "đã nhận|đã tiếp nhận|nhận việc|em nhận|đã rõ",
        Action.PROGRESS: (
            "%|phần trăm|đang làm|đang soạn|đang chờ|đang xử lý|đang thực hiện|còn chờ|còn thiếu|"
            "được nửa|một nửa|làm được|chưa xong"
        ),
        Action.DONE: (
            "đã xong|xong rồi|đã nộp|đã gửi|đã hoàn thành|đã làm xong|hoàn thành việc|xong việc|"
            "đã trình|đã phát hành|đã xử lý|đã khắc phục|vừa xong|vừa nộp|em xong|xong v|nộp kết quả|"
            "đã hoàn tất|đã soạn|đã báo cáo|mới xong|làm xong"
        ),
    }
)
_LEADING_WORDS = 2
"""A report may begin with the person who reports or asks: "em đã xong", "xin gia hạn"."""
_NUMBERED = any_of("việc|việc số|v|nv|nhiệm vụ|nhiệm vụ số|task|#|việc thứ|công việc số|số việc")

_TASK = r"(?:viec|nhiem vu|nv|v)(?: so| thu)? [0-9]+"
_RESULT = re.compile(
    rf"(?:(?:em|toi|minh|xin|nop|gui|kem|day la|bao cao) )*(?:ket qua|nop)(?: cua)? {_TASK}(?: a| nhe)?"
    rf"|{_TASK} (?:(?:em|toi|xin|nop|gui|kem) )*ket qua(?: a| nhe)?"
)


def find_request(sentence: Sentence, kind: Kind) -> Request | None:
    """Return what a question or a report wants done; None for the other kinds."""
    if kind is Kind.QUESTION:
        action = _strongest(sentence, _ASKED) or Action.LIST
    elif kind is Kind.REPORT:
        action = _strongest(sentence, _REPORTED) or Action.PROGRESS
    else:
        return None
    return Request(action, _task_number(sentence))


def opening_task(sentence: Sentence) -> int | None:
    """Return the task whose number the text begins with: "việc 2 được 60%", "đã xong việc 2"."""
    for start in range(min(_LEADING_WORDS, sentence.length)):
        said = _REPORTED.at(sentence.words, start)
        for place in {0, said[1] if said else 0}:
            if named := task_at(sentence, place):
                return named[0]
    return None


def is_result(text: str) -> bool:
    """Tell whether a text only names the result of a task: "em gửi kết quả việc 5"."""
    return "?" not in text and bool(_RESULT.fullmatch(" ".join(words(text))))


def task_at(sentence: Sentence, place: int) -> tuple[int, int] | None:
    """Return the number of the task named at a place, as "việc số 2", and the place after it."""
    said = _NUMBERED.at(sentence.words, place)
    number = sentence.words[said[1]].value if said else 0
    return (number, said[1] + 1) if said and number > 0 else None


def _strongest(sentence: Sentence, phrases: Phrases[Action]) -> Action | None:
    """Return the action found that comes first in the order of `Action`."""
    found = {
        said[0] for place in phrases.places(sentence) if (said := phrases.at(sentence.words, place))
    }
    return next((action for action in Action if action in found), None)


def _task_number(sentence: Sentence) -> int | None:
    named = (task_at(sentence, place) for place in _NUMBERED.places(sentence))
    return next((task for task, _ in filter(None, named)), None)
