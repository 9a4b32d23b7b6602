"""More time for a task, requested or granted."""

from bot.language.deadline.clause_position import anywhere
from bot.language.text.words import Sentence, any_of

_EXTENDS = any_of(
    "gia hạn|lùi hạn|dời hạn|lùi|dời|hoãn|nộp muộn|nộp trễ|nộp chậm|gửi muộn|gửi trễ|gửi chậm|trình muộn|"
    "trình trễ|trình chậm|kéo dài|xin thêm|thêm thời gian|xin đến|cho em thêm|nới hạn|đổi hạn|trả muộn|trả trễ"
)
_MAY_I = any_of(
    "được không|được ko|được k|dc không|dc ko|dc k|đc không|đc ko|đc k|được hông|được hong|được chứ|"
    "cho em|cho e|em xin|e xin|xin phép|cho phòng em|cho phép|cho tôi|tôi xin|phòng em xin|bên em xin"
)


def extends(sentence: Sentence) -> bool:
    """Tell whether the sentence is about more time."""
    return anywhere(sentence, _EXTENDS)


def asks_for_time(sentence: Sentence) -> bool:
    """Tell whether the sentence requests more time: "cho em lùi hạn đến 15/1 được không ạ?"."""
    return extends(sentence) and anywhere(sentence, _MAY_I)
