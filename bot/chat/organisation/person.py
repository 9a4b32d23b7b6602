"""`/nguoi`: a person's page for those who manage them: what the person has in hand, and what can be done.

/nguoi Ân -> page -> Bàn giao -> to whom? -> preview -> Bàn giao
                  -> Kết thúc -> sure? -> Kết thúc công tác, refused while any work is left
admin: Sửa (`posts`); /nguoi and the name of a person who left -> Nhận lại, or Ẩn danh (`pseudonym`)
"""

from collections.abc import Sequence
from html import escape

from bot.actions.focus import PERSON, LookedAt
from bot.actions.mergers import handing_over
from bot.actions.organisation import leave
from bot.actions.privacy.access_log import Read
from bot.chat import dates
from bot.chat.buttons import button, rows, turns
from bot.chat.choice_buttons import person_label
from bot.chat.mergers import hand_over_sheet
from bot.chat.messages import Button, Message
from bot.chat.privacy import pseudonym
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import Holdings, Member, Person, Reach, Role

SHOWN = 10
ELSEWHERE = (
    "Đơn vị cũ không còn hoặc đã có người đứng đầu: đồng chí ấy trở lại là chuyên viên. "
    "Đổi vai trò: bấm Sửa."
)
BACK = "Nhận lại"
NOT_FOR_YOU = "Trang này dành cho quản trị, trưởng phòng và lãnh đạo. Xem việc của mình: /viec"
NOBODY = "Không có đồng chí nào tên này trong phạm vi phụ trách. Ví dụ: /nguoi Mạc Thiên Ân"
BY_NAME = "Bấm chọn hoặc gõ kèm họ tên, ví dụ: /nguoi Mạc Thiên Ân"
MAX_NAME = 40
"""Maximum bytes of a name in a button's data."""
ROLES = {
    Role.ADMIN: "quản trị",
    Role.LEADER: "lãnh đạo",
    Role.HEAD: "trưởng phòng",
    Role.STAFF: "chuyên viên",
}
_REACH = {
    Reach.NEVER_STARTED: "chưa bấm Bắt đầu với bot",
    Reach.BLOCKED: "đã chặn bot",
    Reach.REACHABLE: "đang dùng bot",
}


async def command(turn: Turn) -> None:
    """List the people one manages for `/nguoi` alone; with a name list those of that name.

    Only one person of the name: show the page at once. Nobody: show people of that name who have left.
    """
    said = turn.text.partition(" ")[2].strip()
    found = await leave.found(turn.office, turn.who, said)
    if not found and (gone := await leave.formers(turn.office, turn.who, said)):
        await turn.say(await _formers(turn, gone))
    elif not found:
        manages = await leave.found(turn.office, turn.who) if said else []
        await turn.say(NOBODY if manages else NOT_FOR_YOU)
    elif len(found) == 1 and said:
        await turn.reads(Read.PERSON, LookedAt(PERSON, found[0].id))
        await turn.say(await page(turn, found[0].id))
    else:
        await turn.say(await _list(turn, found, said.encode()[:MAX_NAME].decode(errors="ignore")))


async def open_one(turn: Turn) -> None:
    """Show the page of the person pressed; "Thôi" and "‹ Trở lại" also lead here."""
    await turn.reads(Read.PERSON, LookedAt(PERSON, turn.pressed.id))
    await turn.show(await page(turn, turn.pressed.id))


async def ask_end(turn: Turn) -> None:
    """Ask for confirmation after "Kết thúc" was pressed; while work is left, refuse and say what is left."""
    shown = await leave.page(turn.office, turn.who, turn.pressed.id, turn.now)
    if not shown.held.is_empty:
        await turn.show(await page(turn, shown.person.id, _refused(shown.held)))
        return
    text = (
        f"Kết thúc công tác của đồng chí <b>{escape(shown.person.name)}</b>? "
        "Quyền dùng bot mất ngay; lịch sử việc vẫn ghi tên đồng chí ấy."
    )
    sure = button("Kết thúc công tác", "person.left", shown.person.id)
    stop = button("Thôi", "person.open", shown.person.id)
    await turn.show(Message(text, rows([sure, stop])))


async def left(turn: Turn) -> None:
    """End the person's employment; refused again where they were given work meanwhile."""
    try:
        done = await leave.end(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    except Refusal as refusal:
        if refusal.kind is not No.WORK_LEFT or not isinstance(refusal.facts["held"], Holdings):
            raise
        await turn.show(await page(turn, turn.pressed.id, _refused(refusal.facts["held"])))
        return
    text = f"Đồng chí <b>{escape(done.name)}</b> đã kết thúc công tác, không còn quyền dùng bot."
    back = [button(BACK, "person.back", done.id)] if Role.ADMIN in turn.who.roles else []
    await turn.show(Message(text, rows(back, await _sheet(turn, done.id))), "Đã kết thúc")


async def take_back(turn: Turn) -> None:
    """Take a person who left back in, as an admin."""
    same = await leave.take_back(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    said = "Đã nhận lại. Việc đã bàn giao vẫn ở người nhận."
    if not same:
        said += f" {ELSEWHERE}"
    await turn.show(await page(turn, turn.pressed.id, said), "Đã nhận lại")


async def _formers(turn: Turn, gone: list[Person]) -> Message:
    """Return the people of a name who have left, each with buttons to take them back or give a pseudonym.

    A person who already has a pseudonym gets no buttons.
    """
    workdays = turn.office.workdays
    shown = [(one, one.ended_at) for one in gone[:SHOWN] if one.ended_at]
    lines = [
        f"{escape(one.name)}: đã kết thúc công tác {dates.written(workdays.local(at))}"
        for one, at in shown
    ]
    offered = [_of_former(one) for one, _ in shown if one.pseudonym_at is None]
    sheet = await _sheet(turn, shown[0][0].id) if len(shown) == 1 else []
    return Message("\n".join(lines), rows(*offered, sheet))


def _of_former(one: Person) -> list[Button]:
    return [
        button(f"{BACK}: {one.name}", "person.back", one.id),
        button(pseudonym.LABEL, "person.veil", one.id),
    ]


async def page(turn: Turn, person_id: int, heading: str = "") -> Message:
    """Return a person's page with the buttons of what can be done."""
    shown = await leave.page(turn.office, turn.who, person_id, turn.now)
    person, held = shown.person, shown.held
    away = turn.office.away.get(person_id)
    lines = [
        *([heading, ""] if heading else []),
        f"<b>{escape(person.name)}</b>",
        escape(", ".join(filter(None, [person.position or _roles(person), shown.unit]))),
        f"Tài khoản: {_REACH[person.reach]}",
        *([f"🌙 Nghỉ đến {away.until:%d/%m/%Y}"] if away else []),
        "",
        f"<b>Đang giữ:</b> {in_hand(held) or 'không có việc nào'}",
    ]
    hand = [button("Bàn giao", "person.hand", person_id)] if not held.is_empty else []
    end = button("Kết thúc", "person.end", person_id)
    away_ = [button("Báo nghỉ", "away.new", person_id)]
    if Role.ADMIN in turn.who.roles:
        away_.append(button("Sửa", "person.edit", person_id))
        away_ += [button("Chuyển đơn vị", "person.move", person_id)] * (person.unit_id is not None)
    return Message("\n".join(lines), rows([*hand, end], away_, await _sheet(turn, person_id)))


async def _sheet(turn: Turn, person_id: int) -> Sequence[Button]:
    """Return the buttons of the handing-over sheet made when the person's work was last handed on."""
    passed = await handing_over.last_of(turn.office, turn.who, person_id)
    return hand_over_sheet.buttons("person", passed.id) if passed else []


def in_hand(held: Holdings) -> str:
    """Return "chủ trì 3, giao đi 2 (chờ quyết định 1)"; "" where nothing is in hand."""
    decides = f" (chờ quyết định {held.decides})" if held.decides else ""
    counted = {
        f"chủ trì {held.leads}": held.leads,
        f"giao đi {held.assigns}{decides}": held.assigns,
        f"phối hợp {held.supports}": held.supports,
        f"theo dõi {held.follows}": held.follows,
        f"cấp quyết {held.undoes}": held.undoes,
        f"việc định kỳ {held.series}": held.series,
        f"xử lý thay {held.stands_in} người": held.stands_in,
        f"văn bản đã nhập {held.documents}": held.documents,
    }
    return ", ".join(words for words, count in counted.items() if count)


def _refused(held: Holdings) -> str:
    return f"Chưa kết thúc được, còn: {in_hand(held)}. Bấm <b>Bàn giao</b> để chuyển hết một lần."


def _roles(person: Member) -> str:
    return ", ".join(dict.fromkeys(ROLES[post.role] for post in person.roles))


async def turn_page(turn: Turn) -> None:
    """Show another page of the list."""
    press = turn.pressed
    found = await leave.found(turn.office, turn.who, press.value)
    await turn.show(await _list(turn, found, press.value, press.id))


async def _list(turn: Turn, found: list[Member], said: str, offset: int = 0) -> Message:
    roster = (await turn.office.roster()).by_key
    opened = [
        [button(person_label(one.name, roster[one.id].unit), "person.open", one.id)]
        for one in found[offset : offset + SHOWN]
        if one.id in roster
    ]
    turning = turns(
        lambda label, at: button(label, "person.page", at, 0, said), offset, SHOWN, len(found)
    )
    heading = f"<b>Đồng chí nào?</b> Trong phạm vi phụ trách: {len(found)} người."
    return Message(f"{heading}\n{BY_NAME}", rows(*opened, turning))
