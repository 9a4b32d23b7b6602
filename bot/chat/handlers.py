"""The way of an update to its handler; routes.py lists the handlers.

update -> known person? -> press: BUTTONS by kind
                        -> message: a command of COMMANDS, the answer to a dialog, or plain words
In a group messaging/groups.py decides what is answered in the group and what in private.
A refusal becomes one sentence (and the card as it is now); any other error goes to the inbox.
When a message's file went into no task, the bot says so, whichever handler answered the message.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from telegram import Chat, ChatMemberUpdated, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.actions import dialogs
from bot.actions.assigning.draft import KIND
from bot.actions.messaging import blocked
from bot.actions.messaging import group_membership as group_chats
from bot.actions.office import Office
from bot.actions.organisation import invite, people
from bot.actions.reminders import reminder_pressed
from bot.actions.secrecy import refused_mark
from bot.actions.standpoint import Known
from bot.chat import edited_message, guide, identify, plain_text, refusal_reply
from bot.chat.assigning import assign, forwarded
from bot.chat.files import draft_files, papers
from bot.chat.flood_guard import FLOODED, Haste
from bot.chat.list_import import uploaded_list
from bot.chat.messages import Delivery, Message
from bot.chat.messaging import groups
from bot.chat.organisation import start
from bot.chat.routes import ANSWERED, BUTTONS, COMMANDS, Handler
from bot.chat.secrecy import doubtful_mark
from bot.chat.tasks import asking, task_replies
from bot.chat.turn import Speaker, Turn
from bot.clock import Clock
from bot.refusals import No, Refusal
from bot.rules.secrecy import UNSURE
from storage.records import Draft, Role, UpdateKey


@dataclass
class Handlers:
    """Answers one update at a time. What an update says is one person's word, never an instruction to trust."""

    office: Office
    speaker: Speaker
    clock: Clock
    admins: Collection[int]
    haste: Haste = field(default_factory=lambda: Haste(0))

    async def handle(self, update: Update, key: UpdateKey, secret: str | None) -> str | None:
        """Answer an update.

        With `secret` the update is a stub without its content: `secret` names the secrecy rule that its text fell
        under, or is UNSURE where the sender must say whether it carries a mark. Returns FLOODED for an update that
        came too fast and was not handled, else None.
        """
        user, chat = update.effective_user, update.effective_chat
        in_group = chat is not None and chat.type in groups.PLACES
        if in_group and update.my_chat_member:
            return await self._standing(update, update.my_chat_member, key)
        if in_group and await groups.moved(self.office, update, self.clock()):
            return None
        if user is None or chat is None:
            return None
        if await self.haste.stops(update, self.clock()):
            return await self._flooded(update, user.id)
        return await self._heard(update, key, user, chat, secret)

    async def _heard(
        self, update: Update, key: UpdateKey, user: User, chat: Chat, secret: str | None
    ) -> str | None:
        """Answer an update that did not come too fast."""
        in_group = chat.type in groups.PLACES
        if in_group and not secret and update.message and update.message.sender_chat:
            return await self._stranger(update)
        if user.is_bot:
            return None
        if secret == UNSURE:
            return await self._doubted(update, key)
        if secret:
            return await self._marked(update, user.id, chat.id, secret, key)
        if in_group or chat.type == ChatType.PRIVATE:
            return await self._spoken(update, key, user.id, chat)
        return None

    async def _flooded(self, update: Update, account: int) -> str:
        """Tell a person of the office that they were too fast; strangers are not told."""
        if await self.office.known(account, self.clock()) is not None:
            await self.haste.tell(update, self.speaker, self.clock())
        return FLOODED

    async def _standing(
        self, update: Update, change: ChatMemberUpdated, key: UpdateKey
    ) -> str | None:
        """Handle that somebody added the bot to a group, removed it, or changed its rights there."""
        now = self.clock()
        known = await self.office.known(change.from_user.id, now)
        if known is not None:
            by = known.member.id
            await groups.standing(self.office, self.speaker, change, by, now, key)
        elif await groups.turned(self.office, change, now, key):
            if not await self.haste.hears_stranger(update, now):
                return FLOODED
            await groups.greet(self.speaker, change)
        return None

    async def _marked(
        self, update: Update, account: int, chat_id: int, rule: str, key: UpdateKey
    ) -> str | None:
        """Say that a text with a mark of secrecy is neither kept nor read; strangers hear it within their limit only."""
        known = await refused_mark.note(self.office, account, rule, self.clock(), key)
        if not known and not await self.haste.hears_stranger(update, self.clock()):
            return FLOODED
        message = update.effective_message
        topic = message.message_thread_id if message and message.is_topic_message else None
        await self.speaker.send(Delivery(chat_id, Message(doubtful_mark.SECRECY), topic))
        return None

    async def _spoken(self, update: Update, key: UpdateKey, account: int, chat: Chat) -> str | None:
        """Answer a message or a press, an edit, or a change of the person's own chat with the bot."""
        try:
            turn = await self._turn(update, key)
        except Refusal as refusal:
            return await self._not_let_in(update, account, chat.id, refusal)
        if turn is None:
            return await self._stranger(update)
        if turn.in_group:
            await group_chats.found(self.office, chat.id, chat.title or "", turn.now)
        if update.my_chat_member:
            await self._membership(turn)
        elif update.edited_message:
            await _answer(turn, edited_message.received)
        elif update.message or update.callback_query:
            await _answer(turn, _pressed if update.callback_query else _written)
            if turn.again is not None:
                return await self._spoken(turn.again, key, account, chat)
        return None

    async def _doubted(self, update: Update, key: UpdateKey) -> str | None:
        """Ask the sender whether a message that may carry a mark does; strangers get the answer for strangers."""
        turn = await self._turn(update, key)
        if turn is None:
            return await self._stranger(update)
        await doubtful_mark.ask(turn)
        return None

    async def _not_let_in(
        self, update: Update, account: int, chat_id: int, refusal: Refusal
    ) -> str | None:
        """Say why an invitation code was refused. A stranger's wrong code is counted, and answered within their limit only."""
        if await self.office.known(account, self.clock()) is None:
            await invite.tried(self.office, self.clock())
            if not await self.haste.hears_stranger(update, self.clock()):
                return FLOODED
        await self.speaker.send(Delivery(chat_id, Message(refusal_reply.sentence(refusal))))
        return None

    async def _turn(self, update: Update, key: UpdateKey) -> Turn | None:
        now, user = self.clock(), update.effective_user
        if user is None:
            return None
        known = await self.office.known(user.id, now)
        code = _start_code(update)
        if known is None or code or self._is_new_admin(known):
            let_in = await identify.let_in(self.office, user, code, self.admins, now, key)
            known = let_in or known
        if known is None:
            return None
        return Turn(self.office, self.speaker, update, key, now, known.member, known.who)

    def _is_new_admin(self, known: Known) -> bool:
        """Tell whether the settings name this person as an admin while the database does not."""
        return known.member.telegram_id in self.admins and Role.ADMIN not in known.who.roles

    async def _stranger(self, update: Update) -> str | None:
        """Answer somebody whom the office does not know, within the limit for strangers."""
        now = self.clock()
        if not await self.haste.hears_stranger(update, now):
            return FLOODED
        if update.callback_query:
            await self.speaker.answer_press(update.callback_query.id, "Đồng chí chưa có quyền.")
        elif update.message and update.message.chat.type in groups.PLACES:
            await groups.stranger(self.office, self.speaker, update, now, self.haste)
        elif update.message and update.effective_user:
            message = start.stranger(update.effective_user.id)
            await self.speaker.send(Delivery(update.message.chat_id, message))
        return None

    async def _membership(self, turn: Turn) -> None:
        change = turn.update.my_chat_member
        if change and change.new_chat_member.status == ChatMemberStatus.BANNED:
            await blocked.blocked(self.office, turn.member.id)


def _start_code(update: Update) -> str:
    """Return the invitation code of a `/start` message, else ""; a code in a group, where others read it, is ignored."""
    message = update.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return ""
    text = message.text or ""
    command, _, code = text.partition(" ")
    return code.strip() if command == "/start" else ""


async def _answer(turn: Turn, handler: Handler) -> None:
    user = turn.update.effective_user
    if not turn.in_group:
        await people.started(turn.office.db, turn.member, user.username if user else None, turn.now)
    try:
        await handler(turn)
    except Refusal as refusal:
        await refusal_reply.refused(turn, refusal)
        if refusal.kind in papers.REFUSED:
            return
    if turn.update.message:
        await papers.say_unplaced(turn)


async def _pressed(turn: Turn) -> None:
    handler = BUTTONS.get(turn.press.kind) if turn.press else None
    if handler is None:
        raise Refusal(No.STALE)
    if turn.in_group:
        await groups.pressed(turn, handler)
    else:
        if turn.card is not None and not turn.pressed.kind.startswith("draft."):
            # No reminder has the buttons of a draft.
            await reminder_pressed.pressed(
                turn.office, turn.place.chat_id, turn.card.message_id, turn.now
            )
        await handler(turn)


async def _written(turn: Turn) -> None:
    if turn.in_group:
        await groups.written(turn, _command(turn), COMMANDS)
        return
    passed_on = forwarded.is_passed_on(turn)
    command = None if passed_on else _command(turn)
    if command not in {None, "giao"}:
        await COMMANDS.get(command or "", guide.unknown)(turn)
        return
    if await refusal_reply.repeated(turn):
        return
    if command is not None:
        await assign.command(turn)
        return
    asked = await asking.replied_to(turn)
    draft = asked or await dialogs.waiting(turn.office, turn.who, turn.place, turn.now)
    about = None if asked else await task_replies.about(turn)
    if await draft_files.received(turn, draft):
        return
    if about is not None and (draft is None or draft.task_id != about):
        await task_replies.replied(turn, about)
    elif (draft is None or draft.kind == KIND) and await uploaded_list.received(
        turn, draft is not None
    ):
        return
    elif passed_on and (draft is None or draft.kind == KIND):
        await forwarded.offer(turn)
    elif draft is None:
        await plain_text.read(turn)
    elif not await _waits(turn, draft):
        await ANSWERED.get(draft.kind, plain_text.told)(turn, draft)


async def _waits(turn: Turn, draft: Draft) -> bool:
    """Hold a file without words while its words come with another file, or may come for a task being drafted."""
    return (draft.kind == KIND or await papers.waits_for_words(turn)) and await papers.hold(turn)


def _command(turn: Turn) -> str | None:
    """Return the command of a message, without the bot's name after it; None for plain words."""
    first = turn.text.split(maxsplit=1)[0] if turn.text.strip() else ""
    if not first.startswith("/"):
        return None
    return first[1:].partition("@")[0].lower()
