"""`/donvi`: the tree of units, opened level by level, with the heads, deputies, posts and people of each.

/donvi -> the units at the top -> a unit -> those below it; /donvi Phòng Tổng hợp opens it at once
admin: Sửa -> see `unit_editing`; Sắp xếp -> see `mergers`
"""

from html import escape

from bot.actions.organisation import unit_pages
from bot.actions.organisation.unit_pages import UnitPage
from bot.chat.buttons import button, rows, short, turns
from bot.chat.cards import clip
from bot.chat.messages import Button, Message
from bot.chat.turn import Turn
from bot.rules import access
from storage.records import Member, Unit

SHOWN = 10
MOST_NAMES = 4
MOST_LETTERS = 240
"""Maximum characters for the names of people on one line."""


async def command(turn: Turn) -> None:
    """Show the top of the tree for `/donvi` alone; with a name open that unit, or offer those it could mean."""
    said = turn.text.partition(" ")[2].strip()
    if not said:
        await turn.say(await _tops(turn))
        return
    found = await unit_pages.named(turn.office, said)
    if len(found) == 1:
        await turn.say(await page(turn, found[0].id))
    elif found:
        names = await unit_pages.told_apart(turn.office, found)
        opened = [_opens(one, names[one.id]) for one in found[:SHOWN]]
        await turn.say(Message("Đơn vị nào? Đồng chí bấm chọn.", rows(*opened)))
    else:
        await turn.say("Chưa tìm thấy đơn vị này. Gõ /donvi để xem cả cây, ví dụ: /donvi Tổng hợp")


async def show_tops(turn: Turn) -> None:
    """Show the units at the top of the tree."""
    await turn.show(await _tops(turn, turn.pressed.version))


async def open_one(turn: Turn) -> None:
    """Show the unit that was pressed, or another page of the units below it."""
    await turn.show(await page(turn, turn.pressed.id, offset=turn.pressed.version))


async def page(turn: Turn, unit_id: int, heading: str = "", offset: int = 0) -> Message:
    """Return a unit's page; for an admin with the buttons that change the unit."""
    shown = await unit_pages.page(turn.office, unit_id)
    admin = access.is_admin(turn.member)
    lines = [*([heading, ""] if heading else []), *_lines(shown)]
    opened = [_opens(one) for one in shown.children[offset : offset + SHOWN]]
    up = [
        button(f"‹ {short(shown.above[-1].name, 30)}", "unit.open", shown.above[-1].id)
        if shown.above
        else button("‹ Cả cây", "unit.tops")
    ]
    changes = [button("Sửa", "unit.edit", unit_id), button("Sắp xếp", "merger.kinds", unit_id)]
    turning = _turning("unit.open", unit_id, offset, len(shown.children))
    return Message("\n".join(lines), rows(*opened, turning, changes if admin else [], up))


async def _tops(turn: Turn, offset: int = 0) -> Message:
    tops = await unit_pages.tops(turn.office)
    opened = [_opens(one) for one in tops[offset : offset + SHOWN]]
    admin = access.is_admin(turn.member)
    more = [button("Thêm đơn vị", "unit.ask", 0, 0, "add")] if admin else []
    more += [button("Các lần sắp xếp", "merger.list")] if admin else []
    sheet = [button("Tải bảng Excel", "units.sheet")] if admin else []
    text = "<b>Đơn vị của cơ quan</b> · bấm để xem"
    turning = _turning("unit.tops", 0, offset, len(tops))
    return Message(text, rows(*opened, turning, more, sheet))


def _lines(shown: UnitPage) -> list[str]:
    unit = shown.unit
    path = " › ".join(clip(one.name, 60) for one in (*shown.above, unit))
    found = [
        f"<b>{escape(unit.name)}</b>{' · ngoài cơ quan' if unit.outside else ''}",
        *([path] if shown.above else []),
        *_listed("Tên tắt", unit.short_names),
        *_listed("Tên cũ", unit.former_names),
        *_people("Người đứng đầu", shown.heads),
        *_people("Cấp phó", shown.deputies),
        *[_leader(shown, one) for one in shown.leaders[:MOST_NAMES]],
        *_people("Phụ trách", shown.in_charge),
    ]
    if not unit.outside:
        found.append(f"Có mặt {shown.present} · biên chế {_count(unit.headcount)}")
    if shown.children and not unit.outside:
        whole = f"có mặt {shown.present_below} · biên chế {_count(shown.posts_below)}"
        found.append(f"Cùng {len(shown.children)} đơn vị trực thuộc: {whole}")
    return found


def _leader(shown: UnitPage, one: Member) -> str:
    charges = [shown.names[unit] for unit in one.charges if unit in shown.names]
    about = f", phụ trách {clip(', '.join(charges), 120)}" if charges else ""
    return f"Lãnh đạo: {escape(one.name + _position(one))}{about}"


def _people(what: str, members: tuple[Member, ...]) -> list[str]:
    if not members:
        return []
    names = "; ".join(f"{one.name}{_position(one)}" for one in members)
    return [f"{what}: {clip(names, MOST_LETTERS)}"]


def _position(one: Member) -> str:
    return f" ({one.position[:60]})" if one.position else ""


def _listed(what: str, names: tuple[str, ...]) -> list[str]:
    return [f"{what}: {clip(', '.join(names), 160)}"] if names else []


def _count(number: int | None) -> str:
    return "chưa ghi" if number is None else str(number)


def _opens(unit: Unit, name: str = "") -> list[Button]:
    return [button(short(name or unit.name, 60), "unit.open", unit.id)]


def _turning(kind: str, id_: int, offset: int, count: int) -> list[Button]:
    return turns(lambda label, at: button(label, kind, id_, at), offset, SHOWN, count)
