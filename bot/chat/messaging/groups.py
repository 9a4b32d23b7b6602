"""The bot among several people: it speaks when it is spoken to, and of private matters in private.

/giao, @bot and words -> a draft in the group     reply to a card -> a note on its task
all else -> an answer in the person's own chat, and a line here that says so
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.actions import dialogs
from bot.actions.assigning.draft import KIND
from bot.actions.messaging import group_membership
from bot.actions.office import Office
from bot.chat import guide, plain_text, refusal_reply
from bot.chat.assigning import assign, order_or_question
from bot.chat.buttons import link, rows
from bot.chat.files import draft_files, papers
from bot.chat.flood_guard import Haste
from bot.chat.messages import Button, Delivery, Message
from bot.chat.messaging import group_card
from bot.chat.tasks import task_replies
from bot.chat.turn import Speaker, Turn
from bot.language.readings import Kind
from bot.refusals import No, Refusal
from bot.rules.secrecy import NO_MARK
from storage.records import Draft, Reach, UpdateKey

Handler = Callable[[Turn], Awaitable[None]]
PLACES = (ChatType.GROUP, ChatType.SUPERGROUP)
GREETING = (
    "Đôn Đốc giao việc, theo dõi và nhắc hạn trong nhóm. Ví dụ: "
    "<i>/giao đồng chí Mạc Thiên Ân soạn báo cáo tháng, trước 17h thứ Sáu</i>\n"
    "Bot chỉ trả lời khi được gọi bằng lệnh, bằng @{bot} hoặc trả lời (reply) tin của bot; "
    "không lưu chuyện khác."
)
STRANGERS = (
    "Đồng chí chưa có tên trong danh sách của cơ quan. Đồng chí mở trò chuyện riêng với bot, bấm "
    "Bắt đầu, rồi gửi mã Telegram bot cho biết đến quản trị hoặc trưởng phòng để được mời vào."
)
ANONYMOUS = (
    "Đồng chí đang gửi ẩn danh nên bot không biết là ai. Đồng chí tắt gửi ẩn danh trong quyền "
    "quản trị viên của nhóm rồi gửi lại."
)
IN_PRIVATE = "Đã trả lời đồng chí trong trò chuyện riêng."
NOT_STARTED = "Bot trả lời việc này trong trò chuyện riêng. Đồng chí mở, bấm Bắt đầu rồi hỏi lại."
OPENS = "Mở trò chuyện riêng"
_IN_IT = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR}
_HEARS_ALL = {ChatMemberStatus.ADMINISTRATOR}
_HERE = {"doubt.mark", NO_MARK, "task.as_report", *(f"task.{move}" for move in group_card.AT_ONCE)}
"""Buttons whose answer is for the group, besides those of a draft."""


async def standing(
    office: Office,
    speaker: Speaker,
    change: ChatMemberUpdated,
    person_id: int,
    now: datetime,
    key: UpdateKey,
) -> None:
    """Somebody of the office put the bot in or out: on coming in it says once what it does."""
    chat = change.chat
    if change.new_chat_member.status not in _IN_IT:
        await group_membership.left(office, chat.id, now)
        return
    try:
        new = await group_membership.came(office, chat.id, chat.title or "", person_id, now, key)
    except Refusal:  # a restart came between noting it and saying so
        new = True
    await group_membership.hears(office, chat.id, change.new_chat_member.status in _HEARS_ALL)
    if new:
        await greet(speaker, change)


async def turned(office: Office, change: ChatMemberUpdated, now: datetime, key: UpdateKey) -> bool:
    """A stranger put the bot in or out; tell whether that is a group it may greet."""
    is_in = change.new_chat_member.status in _IN_IT
    was_in = change.old_chat_member.status in _IN_IT
    hears_all = change.new_chat_member.status in _HEARS_ALL
    await group_membership.turned(office, change.chat.id, is_in, hears_all, now, key)
    return is_in and not was_in


async def greet(speaker: Speaker, change: ChatMemberUpdated) -> None:
    """Say what the bot does."""
    text = GREETING.format(bot=change.get_bot().username)
    await speaker.send(Delivery(change.chat.id, Message(text)))


async def moved(office: Office, update: Update, now: datetime) -> bool:
    """Follow a group that became a supergroup; False for any other update."""
    message = update.message
    if message is None or not (message.migrate_to_chat_id or message.migrate_from_chat_id):
        return False
    here = message.chat_id
    old, new = message.migrate_from_chat_id or here, message.migrate_to_chat_id or here
    await group_membership.moved(office, old, new, now)
    return True


async def stranger(
    office: Office, speaker: Speaker, update: Update, now: datetime, haste: Haste
) -> None:
    """Tell a group's strangers, not each of them, how one becomes known.

    Who writes in the group's own name is a stranger too: Telegram does not say who that is. Of a group in which nobody
    of the office has spoken to the bot nothing is kept.
    """
    message = update.message
    if message is None:
        return
    if await group_membership.is_noted(office, message.chat_id):
        is_time = await group_membership.tell_strangers(office, message.chat_id, now)
    else:
        is_time = haste.tells_group(message.chat_id, now)
    if not is_time:
        return
    topic = message.message_thread_id if message.is_topic_message else None
    told = Message(STRANGERS, rows([_opens(message.get_bot().username)]))
    if message.sender_chat is not None:
        told = Message(ANONYMOUS)
    await speaker.send(Delivery(message.chat_id, told, topic))


async def pressed(turn: Turn, handler: Handler) -> None:
    """A button in a group: a draft is its author's alone, a task's card asks for rights."""
    press = turn.pressed
    if press.kind.startswith("draft."):
        await draft_files.own(turn, press.id)
        await handler(turn)
    elif press.kind in _HERE:
        await handler(turn)
    else:
        await privately(turn, handler)


async def written(turn: Turn, command: str | None, commands: Mapping[str, Handler]) -> None:
    """A message for the bot in a group."""
    if command is not None and command != "giao":
        if command in commands or "@" in turn.text.split()[0]:
            await privately(turn, commands.get(command, guide.unknown))
    elif await refusal_reply.repeated(turn):
        return
    elif command == "giao":
        await assign.command(turn)
    elif not await draft_files.received(turn):
        await _said(turn)


async def privately(turn: Turn, handler: Handler) -> None:
    """Answer in the person's own chat and say here that it was done, or how to open that chat."""
    if turn.member.reach is not Reach.REACHABLE:
        if turn.press is not None:
            raise Refusal(No.NOT_STARTED)
        await turn.say(Message(NOT_STARTED, rows([_opens(turn.bot_name)])))
        return
    private = turn.in_private()
    try:
        await handler(private)
    except Refusal as refusal:
        if refusal.kind is not No.ALREADY_DONE:
            raise
        await refusal_reply.refused(private, refusal)
    if turn.press is not None:
        await turn.toast(IN_PRIVATE)
    else:
        await turn.say(IN_PRIVATE)


async def _said(turn: Turn) -> None:
    """Words: about the card they reply to, for the draft that asks, or an order."""
    draft = await _replied_to(turn)
    about = None if draft else await task_replies.about(turn)
    if about is not None:
        await task_replies.replied(turn, about)
        return
    if await papers.hold(turn):
        return
    draft = draft or await dialogs.waiting(turn.office, turn.who, turn.place, turn.now)
    if draft is not None and draft.kind == KIND:
        await assign.answered(turn, draft)
    elif turn.text.strip() and await _orders(turn):
        await assign.begin(turn, await assign.read_order(turn, turn.text))
    else:
        await privately(turn, plain_text.read)


async def _orders(turn: Turn) -> bool:
    """Tell whether words are an order, and no question put like one."""
    reading = await assign.read(turn, turn.text)
    return reading.kind is Kind.ASSIGNMENT and not order_or_question.is_doubtful(reading)


async def _replied_to(turn: Turn) -> Draft | None:
    """Return the draft whose card the message replies to; refuses NOT_YOURS."""
    draft = await draft_files.of_card(turn)
    if draft is None:
        return None
    if draft.ended_at is not None:
        raise Refusal(No.STALE)
    if draft.waits_for is None:
        raise Refusal(No.NOTHING_ASKED)
    return draft


def _opens(bot_name: str) -> Button:
    return link(OPENS, f"https://t.me/{bot_name}?start")
