"""An admin changes a person's position or role.

/nguoi Ân -> Sửa -> Chức vụ -> words -> the page
                 -> Chuyên viên, Trưởng phòng, Lãnh đạo
"""

from html import escape

from bot.actions import dialogs
from bot.actions.organisation import posts
from bot.chat.buttons import button, rows
from bot.chat.messages import Message
from bot.chat.organisation import person
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import Draft, Role

KIND = "position"


async def show(turn: Turn) -> None:
    """Show the menu after "Sửa" was pressed on a person's page."""
    await turn.show(await _menu(turn))


async def _menu(turn: Turn) -> Message:
    person_id = turn.pressed.id
    one = await posts.living(turn.office, turn.who, person_id)
    now = posts.role_of(one)
    own = person_id == turn.member.id or one.unit_id is None
    offered = [
        button(person.ROLES[role].capitalize(), "person.role", person_id, 0, role)
        for role in posts.IN_A_UNIT
        if role is not now and not own
    ]
    text = (
        f"Sửa <b>{escape(one.name)}</b>\nChức vụ: {escape(one.position) or 'chưa ghi'}\n"
        f"Vai trò: {person.ROLES[now] if now else 'không ở đơn vị nào'}"
    )
    if offered:
        text += (
            "\nBấm vai trò mới. Trưởng phòng mới thay người đang giữ; chuyên viên thôi phụ trách."
        )
    position = button("Chức vụ", "person.position", person_id)
    back = button("‹ Trở lại", "person.open", person_id)
    return Message(text, rows(offered, [position, back]))


async def make(turn: Turn) -> None:
    """Give the person the role that was pressed."""
    value, person_id = turn.pressed.value, turn.pressed.id
    if value not in set(posts.IN_A_UNIT):
        raise Refusal(No.STALE)
    await posts.make(turn.office, turn.who, person_id, Role(value), turn.now, turn.key)
    await turn.show(await person.page(turn, person_id, "Đã đổi vai trò."), "Đã đổi")


async def ask(turn: Turn) -> None:
    """Ask for the words of the position after "Chức vụ" was pressed."""
    one = await posts.living(turn.office, turn.who, turn.pressed.id)
    draft = await dialogs.begin(
        turn.office, turn.who, turn.place, KIND, {"person": one.id}, turn.now, turn.key
    )
    await turn.toast()
    await turn.say(await prompt(turn, draft))


async def prompt(turn: Turn, draft: Draft) -> Message:
    """Return the question."""
    one = await posts.living(turn.office, turn.who, draft.fields["person"])
    text = f"Chức vụ của <b>{escape(one.name)}</b>? Ví dụ: Phó Trưởng phòng."
    return Message(text, rows([button("Thôi", "ask.stop", draft.id, draft.version)]))


async def answered(turn: Turn, draft: Draft) -> None:
    """Save the position that was typed."""
    person_id = draft.fields["person"]
    await posts.name_position(
        turn.office, turn.who, person_id, turn.text, turn.now, turn.key, draft
    )
    await turn.say(await person.page(turn, person_id, "Đã ghi chức vụ."))
