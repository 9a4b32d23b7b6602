"""The first contact: a welcome for a person the office knows, and what a stranger is told."""

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
    """Return the message for a person the office does not know: their Telegram id, and how to be invited."""
    return Message(
        "Chào đồng chí. Đây là bot nội bộ của cơ quan, chưa có tên đồng chí trong danh sách.\n"
        f"Mã Telegram của đồng chí: <code>{telegram_id}</code>\n"
        "Đồng chí gửi mã này cho quản trị hoặc trưởng phòng để được mời vào."
    )


async def welcome(turn: Turn) -> None:
    """`/start`: say what the person can do here; the first time also say what the bot keeps about them.

    Messages that waited until the bot could reach the person follow.
    """
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
