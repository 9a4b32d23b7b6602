"""An admin changes a unit by button, or with words that a button asks for.

a unit's page -> Sửa -> Đổi tên, Tên tắt, Biên chế, Cấp trên, Thêm đơn vị con -> words -> the page
                     -> Người đứng đầu -> one of its people
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape

from pydantic import BaseModel, ConfigDict

from bot.actions import dialogs
from bot.actions.organisation import unit_pages
from bot.actions.organisation import units as changing
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Message
from bot.chat.organisation import units
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules import access
from storage.records import Draft

KIND = "unit"
TOP = "đầu cây"
SHOWN = 12


class Asked(BaseModel):
    """Which unit is changed (0: a new unit at the top of the tree), and which field of it."""

    model_config = ConfigDict(frozen=True)

    unit_id: int
    what: str


@dataclass(frozen=True)
class Field:
    """A button's label, the question it asks, and the act that takes the answer and returns what was done."""

    label: str
    question: str
    act: Callable[[Turn, Draft, Asked], Awaitable[str]]


async def _rename(turn: Turn, draft: Draft, asked: Asked) -> str:
    said = turn.text
    await changing.rename(turn.office, turn.who, asked.unit_id, said, turn.now, turn.key, draft)
    return "Đã đổi tên. Tên cũ vẫn dùng được khi giao việc và tìm."


async def _short(turn: Turn, draft: Draft, asked: Asked) -> str:
    said = turn.text
    await changing.call_short(turn.office, turn.who, asked.unit_id, said, turn.now, turn.key, draft)
    return "Đã ghi tên tắt."


async def _count(turn: Turn, draft: Draft, asked: Asked) -> str:
    said = turn.text
    await changing.count_posts(
        turn.office, turn.who, asked.unit_id, said, turn.now, turn.key, draft
    )
    return "Đã ghi biên chế."


async def _hang(turn: Turn, draft: Draft, asked: Asked) -> str:
    top = turn.text.strip().lower() == TOP
    above = None if top else (await unit_pages.one_named(turn.office, turn.text)).id
    await changing.hang(turn.office, turn.who, asked.unit_id, above, turn.now, turn.key, draft)
    return "Đã chuyển cấp trên."


async def _add(turn: Turn, draft: Draft, asked: Asked) -> str:
    await changing.add(
        turn.office, turn.who, turn.text, asked.unit_id or None, turn.now, turn.key, draft
    )
    return f"Đã thêm {escape(turn.text.strip())}."


FIELDS = {
    "name": Field("Đổi tên", "Tên mới của {unit}? Ví dụ: Phòng Tổng hợp - Thư ký.", _rename),
    "short": Field("Tên tắt", "Tên tắt của {unit}, cách nhau dấu phẩy? Ví dụ: TH, PTH.", _short),
    "count": Field("Biên chế", "{unit} có bao nhiêu biên chế? Ví dụ: 8.", _count),
    "above": Field(
        "Cấp trên", "{unit} trực thuộc đơn vị nào? Gõ tên, ví dụ: Thành ủy; hoặc: đầu cây.", _hang
    ),
    "add": Field("Thêm đơn vị con", "Tên đơn vị mới? Ví dụ: Phòng Chuyển đổi số.", _add),
}


async def show(turn: Turn) -> None:
    """Show the fields after "Sửa" was pressed on a unit's page."""
    _check(turn)
    shown = await unit_pages.page(turn.office, turn.pressed.id)
    unit_id = shown.unit.id
    asked = [button(one.label, "unit.ask", unit_id, 0, name) for name, one in FIELDS.items()]
    head = button("Người đứng đầu", "unit.heads", unit_id)
    back = button("‹ Trở lại", "unit.open", unit_id)
    text = f"Sửa <b>{escape(shown.unit.name)}</b>: đồng chí chọn mục."
    await turn.show(Message(text, rows(*pairs([*asked, head]), [back])))


async def ask(turn: Turn) -> None:
    """Ask for the words of the field that was pressed."""
    _check(turn)
    asked = Asked(unit_id=turn.pressed.id, what=turn.pressed.value)
    if asked.what not in FIELDS:
        raise Refusal(No.STALE)
    draft = await dialogs.begin(
        turn.office, turn.who, turn.place, KIND, asked.model_dump(), turn.now, turn.key
    )
    await turn.toast()
    await turn.say(await prompt(turn, draft))


async def prompt(turn: Turn, draft: Draft) -> Message:
    """Return the question."""
    asked = Asked.model_validate(draft.fields)
    unit = (await unit_pages.page(turn.office, asked.unit_id)).unit if asked.unit_id else None
    text = FIELDS[asked.what].question.format(unit=f"<b>{escape(unit.name)}</b>" if unit else "")
    return Message(text, rows([button("Thôi", "ask.stop", draft.id, draft.version)]))


async def answered(turn: Turn, draft: Draft) -> None:
    """Make the change that the words say, and show the unit."""
    _check(turn)
    asked = Asked.model_validate(draft.fields)
    done = await FIELDS[asked.what].act(turn, draft, asked)
    if asked.unit_id:
        await turn.say(await units.page(turn, asked.unit_id, done))
    else:
        await turn.say(done)


async def choose_head(turn: Turn) -> None:
    """Offer the unit's people after "Người đứng đầu" was pressed."""
    _check(turn)
    found = await changing.could_head(turn.office, turn.pressed.id)
    offered = [
        button(one.name, "unit.head", turn.pressed.id, 0, str(one.id)) for one in found[:SHOWN]
    ]
    back = button("‹ Trở lại", "unit.edit", turn.pressed.id)
    text = (
        "Đồng chí nào đứng đầu đơn vị? Người đang đứng đầu thành chuyên viên."
        if found
        else "Đơn vị chưa có ai. Chuyển người vào trước: /nguoi và họ tên."
    )
    await turn.show(Message(text, rows(*pairs(offered, 1), [back])))


async def let_head(turn: Turn) -> None:
    """Make the person that was pressed head of the unit."""
    value = turn.pressed.value
    if not value.isdecimal():
        raise Refusal(No.STALE)
    unit_id = turn.pressed.id
    await changing.let_head(turn.office, turn.who, unit_id, int(value), turn.now, turn.key)
    await turn.show(await units.page(turn, unit_id, "Đã đổi người đứng đầu."), "Đã đổi")


def _check(turn: Turn) -> None:
    if not access.is_admin(turn.member):
        raise Refusal(No.NOT_ALLOWED)
