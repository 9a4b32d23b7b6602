"""Letting people in: `/moi` makes a one-time link with its QR picture, `/thuhoi` takes access away.

/moi [name] -> people -> press -> link and picture
/thuhoi name -> people -> press -> sure? -> access taken away, or nothing changed
"""

from html import escape

from bot.actions.organisation import invite
from bot.chat.buttons import button, rows
from bot.chat.choice_buttons import person_label
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.language.names.people import RosterPerson
from bot.refusals import No, Refusal
from bot.renderers import qr
from bot.rules import access
from storage.records import Member

SHOWN = 12
YES, NO = "yes", "no"
NOT_FOR_YOU = "Mời người vào là việc của quản trị và trưởng phòng. Đồng chí liên hệ quản trị."


async def choose(turn: Turn) -> None:
    """Offer people to invite: for `/moi` those without an account, for `/moi Ân` people of that name."""
    name = turn.text.partition(" ")[2].strip()
    found = await invite.candidates(turn.office.db, turn.member, name)
    if found:
        await turn.say(await _people(turn, "Mời đồng chí nào?", found, "invite.person"))
    elif not (access.is_admin(turn.member) or access.units_headed(turn.member)):
        await turn.say(NOT_FOR_YOU)
    elif name:
        await turn.say("Không có đồng chí nào tên này để mời. Ví dụ: /moi Mạc Thiên Ân")
    else:
        await turn.say("Mọi người đã vào bot. Mời lại ai đó (đổi máy): /moi và họ tên")


async def send_link(turn: Turn) -> None:
    """Make a new link for the person that was pressed; their earlier links end."""
    days = turn.office.invitation_days
    person_id = turn.pressed.id
    code = await invite.create(turn.office.db, turn.member, person_id, turn.now, days)
    link = f"https://t.me/{turn.update.get_bot().username}?start={code}"
    person = (await turn.office.roster()).by_key[person_id]
    text = (
        f"Liên kết mời riêng cho đồng chí {_described(person)}, dùng một lần, "
        f"hết hạn sau {days} ngày:\n{link}\nĐồng chí chuyển liên kết hoặc đưa mã QR để quét."
    )
    await turn.toast("Đã tạo liên kết")
    await turn.say(Message(text, picture=qr.png(link)))


async def choose_revoked(turn: Turn) -> None:
    """Offer people of the name in `/thuhoi Ân`, for example when their phone was lost."""
    name = turn.text.partition(" ")[2].strip()
    if not access.is_admin(turn.member):
        raise Refusal(No.NOT_ALLOWED)
    found = await invite.candidates(turn.office.db, turn.member, name) if name else []
    joined = [person for person in found if person.telegram_id is not None]
    if not joined:
        await turn.say("Đồng chí gõ họ tên người cần thu hồi, ví dụ: /thuhoi Mạc Thiên Ân")
        return
    question = "Thu hồi tài khoản của đồng chí nào?"
    await turn.say(await _people(turn, question, joined, "revoke.person"))


async def ask_revoked(turn: Turn) -> None:
    """Ask for confirmation before access is taken away."""
    person = (await turn.office.roster()).by_key.get(turn.pressed.id)
    if person is None:
        raise Refusal(No.NOT_FOUND)
    invite.check_revocable(turn.office.admins, turn.member, person.telegram_id)
    text = (
        f"Thu hồi tài khoản Telegram của đồng chí {_described(person)}? Máy đang dùng mất "
        "quyền ngay; việc được giữ nguyên. Mời lại bằng /moi."
    )
    sure = button("Thu hồi", "revoke.sure", turn.pressed.id, 0, YES)
    stop = button("Thôi", "revoke.sure", turn.pressed.id, 0, NO)
    await turn.show(Message(text, rows([sure, stop])))


async def revoke(turn: Turn) -> None:
    """Take the answer: with YES the account loses access at once."""
    if turn.pressed.value != YES:
        await turn.show(Message("Không thu hồi."), "Đã thôi")
        return
    office, person_id = turn.office, turn.pressed.id
    await invite.revoke_account(
        office.db, office.admins, turn.member, person_id, turn.now, turn.key
    )
    await turn.show(Message("Đã thu hồi tài khoản. Mời lại: /moi và họ tên."), "Đã thu hồi")


async def _people(turn: Turn, question: str, people: list[Member], kind: str) -> Message:
    known = (await turn.office.roster()).by_key
    shown = [known[one.id] for one in people[:SHOWN] if one.id in known]
    command = "/moi" if kind == "invite.person" else "/thuhoi"
    more = (
        f"\nCòn nhiều người nữa, đồng chí gõ kèm họ tên, ví dụ: {command} Mạc Thiên Ân"
        if len(people) > SHOWN
        else ""
    )
    return Message(
        question + more,
        rows(*[[button(_label(one), kind, one.key)] for one in shown]),
    )


def _label(person: RosterPerson) -> str:
    return person_label(person.name, " · ".join(_standing(person)))


def _described(person: RosterPerson) -> str:
    standing = escape(", ".join(_standing(person)))
    return f"<b>{escape(person.name)}</b>" + (f" ({standing})" if standing else "")


def _standing(person: RosterPerson) -> list[str]:
    """Return the unit and the position, which tell namesakes apart."""
    return [said for said in (person.unit, person.position) if said]
