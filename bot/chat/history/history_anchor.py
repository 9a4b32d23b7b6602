"""`/neo`: the anchor of the history, for an admin to keep somewhere else; each day too, if set so."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.history import anchor
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.chat.messages import Delivery, Message
from bot.chat.turn import Turn
from bot.rules.rights import Standpoint
from storage.records import Outgoing, Role

FOR_ADMINS = "Mốc lịch sử dành cho quản trị. Xem việc của mình: /viec"


async def command(turn: Turn) -> None:
    """`/neo`."""
    if Role.ADMIN not in turn.who.roles:
        await turn.say(FOR_ADMINS)
        return
    await turn.say(await _message(turn.office, turn.who, turn.now))


async def due(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Word the anchor of a day, as it is when it is sent; nothing for who is no admin any more."""
    if Role.ADMIN not in receiver.who.roles:
        return None
    return Delivery(receiver.chat_id, await _message(office, receiver.who, now))


async def _message(office: Office, who: Standpoint, now: datetime) -> Message:
    found = await anchor.as_it_is(office, who)
    local = office.workdays.local(now)
    return Message(
        f"<b>Mốc lịch sử</b> lúc {local:%H:%M %d/%m/%Y}\n<code>{found}</code>\n\nĐồng chí chép mốc này ra "
        "ngoài máy chủ. Về sau so lại bằng lệnh: dondoc verify --anchor và mốc. Lịch sử bị viết lại "
        "thì mốc không còn khớp."
    )
