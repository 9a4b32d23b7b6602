"""Replacing the name of a person who left with a pseudonym, at their request: confirmed once, then final.

/nguoi and the name of a person who left -> Ẩn danh -> sure? -> Ẩn danh
"""

from html import escape

from bot.actions.privacy import pseudonym
from bot.chat.buttons import button, rows
from bot.chat.messages import Message
from bot.chat.turn import Turn

LABEL = "Ẩn danh"
SHOWN = 20
"""How many packages are named."""


async def ask(turn: Turn) -> None:
    """Ask for confirmation after "Ẩn danh" was pressed beside the name of a person who left."""
    person = await pseudonym.former(turn.office, turn.who, turn.pressed.id)
    text = (
        f"Ẩn danh đồng chí <b>{escape(person.name)}</b>, theo yêu cầu của đồng chí ấy? Họ tên, chức vụ, "
        f"tài khoản Telegram thay bằng “{pseudonym.pseudonym_of(person.id)}” ở mọi nơi, không lấy lại "
        "được. Việc và lịch sử giữ nguyên."
    )
    await turn.show(Message(text, rows([button(LABEL, "person.veil_sure", person.id)])))


async def confirm(turn: Turn) -> None:
    """Replace the name, and tell where the old name still stands."""
    done = await pseudonym.replace(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    lines = [f"Đã thay họ tên bằng <b>{done.pseudonym}</b>."]
    if done.packages:
        more = ", …" if len(done.packages) > SHOWN else ""
        named = ", ".join(map(escape, done.packages[:SHOWN]))
        lines.append(f"Gói hồ sơ đã đóng còn ghi họ tên: {named}{more}.")
    lines.append("Bản sao lưu cũ còn ghi họ tên đến khi hết hạn giữ.")
    await turn.show(Message("\n".join(lines)), "Đã ẩn danh")
