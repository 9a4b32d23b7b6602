"""Example questions that the bot answers: the nearest three are offered when it did not understand one."""

from bot.chat.buttons import button, rows
from bot.chat.messages import Message
from bot.folding import words

SHOWN = 3
EXAMPLES = {
    "late": ("Việc quá hạn", "Việc nào quá hạn?"),
    "week": ("Đến hạn tuần này", "Tuần này việc nào đến hạn?"),
    "today": ("Đến hạn hôm nay", "Hôm nay việc nào đến hạn?"),
    "decide": ("Chờ tôi quyết định", "Việc nào đang chờ tôi quyết định?"),
    "given": ("Tôi giao hôm qua", "Việc tôi giao hôm qua thế nào rồi?"),
    "unit": ("Đơn vị chậm nhất", "Đơn vị nào chậm nhất quý này?"),
    "busy": ("Ai nhiều việc nhất", "Ai đang nhiều việc nhất?"),
    "done": ("Xong trong tháng", "Tháng này đã hoàn thành bao nhiêu việc?"),
    "silent": ("Chưa cập nhật", "Việc nào chưa cập nhật?"),
    "blocked": ("Đang vướng mắc", "Việc nào đang vướng mắc?"),
    "longer": ("Xin gia hạn", "Việc nào đang xin gia hạn?"),
    "back": ("Bị trả lại", "Việc nào bị trả lại?"),
    "urgent": ("Việc khẩn", "Có bao nhiêu việc khẩn?"),
    "mine": ("Việc của tôi", "Tôi đang có những việc gì?"),
}
"""For each example: the label of its button, and the question."""
_COMMON = frozenset(
    ("viec", "nao", "dang", "bao", "nhieu", "co", "gi", "nhung", "da", "the", "roi")
)
"""Words so common that they do not tell questions apart."""


def text(name: str) -> str | None:
    """Return the question of a button; None for an unknown button."""
    return EXAMPLES[name][1] if name in EXAMPLES else None


def nearest(said: str, above: str) -> Message:
    """Return the three questions whose words are closest to what was said."""
    asked = set(words(said)) - _COMMON
    closest = sorted(EXAMPLES, key=lambda name: -_nearness(asked, EXAMPLES[name][1]))[:SHOWN]
    lines = [f"• {EXAMPLES[name][1]}" for name in closest]
    buttons = [button(EXAMPLES[name][0], "ask.example", value=name) for name in closest]
    return Message("\n".join([above, *lines]), rows(*([one] for one in buttons)))


def _nearness(asked: set[str], question: str) -> float:
    own = set(words(question)) - _COMMON
    return len(asked & own) / len(asked | own)
