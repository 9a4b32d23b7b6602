"""The first contact: who is known is welcomed, who has a link is let in, a stranger is told how."""

from html import escape

from bot.actions.organisation import people
from bot.chat.guide import menu
from bot.chat.messages import Message
from bot.chat.turn import Turn
from storage.records import Member, Role

DATA_NOTICE = (
    "Bot lưu: mã Telegram, họ tên, chức vụ, đơn vị của đồng chí và các việc được giao, để đôn đốc "
    "công việc. Tin nhắn đi qua máy chủ Telegram ở nước ngoài: không gửi nội dung mật; "
    "muốn tin bot gửi chỉ ghi số việc và hạn: /rutgon. "
    "Xem mọi điều bot lưu về mình: /dulieu"
)


def stranger(telegram_id: int) -> Message:
    """Return what a person the office does not know is told: politely, their id and how to ask."""
    return Message(
        "Chào đồng chí. Đây là bot nội bộ của cơ quan, chưa có tên đồng chí trong danh sách.\n"
        f"Mã Telegram của đồng chí: <code>{telegram_id}</code>\n"
        "Đồng chí gửi mã này cho quản trị hoặc trưởng phòng để được mời vào."
    )


async def welcome(turn: Turn) -> None:
    """`/start`: what they can do here, and once what is kept about them; what waited comes now."""
    first = turn.member.told_at is None
    text = f"Chào đồng chí <b>{escape(turn.member.name)}</b>.\n{guide(turn.member)}"
    await turn.say(f"{text}\n\n{DATA_NOTICE}" if first else text)
    await turn.speaker.set_menu(turn.place.chat_id, menu(turn.who.roles))
    if first:
        await people.told(turn.office.db, turn.member.id, turn.now)


def guide(member: Member) -> str:
    """Return the first thing to do, by role."""
    roles = {post.role for post in member.roles}
    if roles & {Role.LEADER, Role.HEAD}:
        return (
            "Giao việc: gõ một câu, ví dụ\n"
            "<i>Giao đồng chí Mạc Thiên Ân soạn báo cáo tháng, trước 17h thứ Sáu</i>\n"
            "Xem tình hình: /tonghop"
        )
    if roles == {Role.ADMIN}:
        return "Quản trị: gửi tệp danh sách (CSV, Excel) vào đây để nhập; mời người: /moi"
    return "Việc được giao sẽ hiện ở đây kèm nút bấm. Xem việc của mình: /viec"
