"""`/thaymat`: who may enter tasks for a person or for a group of leaders; rights are given and taken back.

/thaymat -> the rights that hold, "Thôi" for each     /thaymat Nhi -> Nhi may enter for me
admin: /thaymat Nhi thay Lĩnh     /thaymat nhóm Thường trực: Lĩnh, Mơ, Thuyên
"""

import re
from collections import Counter
from html import escape

from bot.actions.organisation import on_behalf
from bot.chat.buttons import button, rows, turns
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.folding import fold
from bot.language.names.people import read_people
from bot.refusals import No, Refusal
from storage.records import EntryRight, Role

_GROUP = re.compile(r"nhóm\s+([^:]{2,60}):\s*(.+)", re.IGNORECASE | re.DOTALL)
_APART = re.compile(r"[,;\n]|\s+và\s+")
_FOR = re.compile(r"(.+?)\s+(?:nhập\s+)?thay(?:\s+mặt)?(?:\s+cho)?\s+(.+)", re.IGNORECASE)
SHOWN = 15
NOBODY = "Chưa có ai được nhập việc thay mặt."
HOW = "Thêm người: /thaymat và họ tên, ví dụ: /thaymat Đoàn Thục Hạnh Nhi"
HOW_ADMIN = (
    "Quản trị: /thaymat Nhi thay Lĩnh; /thaymat Nhi thay Thường trực; "
    "lập nhóm: /thaymat nhóm Thường trực: Lĩnh, Mơ"
)


async def command(turn: Turn) -> None:
    """List the rights for `/thaymat` alone; with names after it, give a right or make a group."""
    said = turn.text.partition(" ")[2].strip()
    group, given = _GROUP.fullmatch(said), _FOR.fullmatch(said)
    if not said:
        await turn.say(await _rights(turn))
    elif group:
        members = [await _one(turn, name) for name in _APART.split(group[2]) if name.strip()]
        made = await on_behalf.set_group(
            turn.office, turn.who, group[1].strip(), members, turn.now, turn.key
        )
        count = len(made.members)
        await turn.say(f"Nhóm {escape(made.name)} có {count} đồng chí, ai cũng quyết định được.")
    else:
        await _give(turn, given[1] if given else said, given[2] if given else "")


async def _give(turn: Turn, name: str, represented: str) -> None:
    person_id = await _one(turn, name)
    for_person, for_group = await _represented(turn, represented)
    if for_person == turn.who.person_id and not turn.who.leads_others:
        raise Refusal(No.NOT_ALLOWED)
    await on_behalf.give(
        turn.office, turn.who, person_id, for_person, for_group, turn.now, turn.key
    )
    await turn.say(await _rights(turn, "Đã cho phép nhập thay."))


async def _represented(turn: Turn, said: str) -> tuple[int | None, int | None]:
    """Return the person or the group that tasks are entered for; the speaker where the text names nobody."""
    if not said:
        return turn.who.person_id, None
    folded = " ".join(fold(said).split())
    for group in await turn.office.groups():
        if group.folded == folded:
            return None, group.id
    return await _one(turn, said), None


async def _one(turn: Turn, said: str) -> int:
    """Return the one person that the words name.

    Refuses NO_PERSON_READ where the words name several people, or a name that nobody has.
    """
    found = read_people(said, await turn.office.roster(), turn.who.person_id)
    keys = [one.key for one in found.people]
    if found.unsure or len(keys) != 1 or keys[0] is None:
        raise Refusal(No.NO_PERSON_READ)
    return keys[0]


async def end(turn: Turn) -> None:
    """Take a right back."""
    await on_behalf.end(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    await turn.show(await _rights(turn), "Đã thôi cho nhập thay")


async def turn_page(turn: Turn) -> None:
    """Show another page of the rights; the first where that page is now empty because rights were taken back."""
    await turn.show(await _rights(turn, offset=turn.pressed.id))


async def _rights(turn: Turn, heading: str = "", offset: int = 0) -> Message:
    found = await on_behalf.rights_of(turn.office, turn.who)
    shown = found[offset : offset + SHOWN] or found[:SHOWN]
    offset = offset if offset < len(found) else 0
    names = {key: one.name for key, one in (await turn.office.roster()).by_key.items()}
    groups = {one.id: one.name for one in await turn.office.groups()}
    lines = [f"<b>Được nhập việc thay mặt: {len(found)}</b>" if found else NOBODY]
    lines += [_line(right, names, groups) for right in shown]
    lines += ["", HOW, *([HOW_ADMIN] if Role.ADMIN in turn.who.roles else [])]
    often = Counter(one.person_id for one in found)
    ends = [
        [button(_stop(one, names, groups, often[one.person_id] > 1), "behalf.end", one.id)]
        for one in shown
    ]
    turning = turns(lambda label, at: button(label, "behalf.list", at), offset, SHOWN, len(found))
    return Message("\n".join(filter(None, [heading, *lines])), rows(*ends, turning))


def _stop(
    right: EntryRight, names: dict[int, str], groups: dict[int, str], is_one_of_several: bool
) -> str:
    """Return "Thôi: Hứa Cẩm Vy"; where that person has several rights, also say whom this right is for."""
    name = f"Thôi: {names.get(right.person_id, '')}"[:40]
    return f"{name} thay {_whom(right, names, groups)[:40]}" if is_one_of_several else name


def _line(right: EntryRight, names: dict[int, str], groups: dict[int, str]) -> str:
    name, whom = names.get(right.person_id, ""), _whom(right, names, groups)
    return f"{escape(name)} nhập thay {escape(whom)}"


def _whom(right: EntryRight, names: dict[int, str], groups: dict[int, str]) -> str:
    return names.get(right.for_person_id or 0) or groups.get(right.for_group_id or 0, "")
