"""An update's way to its handler, each of which stands in routes.py.

update -> known person? -> press: BUTTONS by kind
                        -> message: a command of COMMANDS, the answer to a dialog, or plain words
in a group the same goes through groups.py, which says what is for all there and what is private
A refusal becomes one sentence (and the card as it is now); any other error goes to the inbox.
Whoever answered a message, a file of it that went into no task is said to be in none.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.actions import dialogs, people, reach, reminded, secrecy
from bot.actions import groups as group_chats
from bot.actions.draft import KIND
from bot.actions.office import Office
from bot.actions.standpoint import Known
from bot.chat import (
    asking,
    assign,
    discussion,
    doubts,
    edited,
    enclosing,
    enrolment,
    groups,
    guide,
    papers,
    quoting,
    recover,
    start,
    who,
    words,
)
from bot.chat.haste import FLOODED, Haste
from bot.chat.messages import Delivery, Message
from bot.chat.routes import ANSWERED, BUTTONS, COMMANDS, Handler
from bot.chat.turn import Speaker, Turn
from bot.clock import Clock
from bot.refusals import No, Refusal
from bot.rules.secrecy import UNSURE
from storage.records import Draft, Role, UpdateKey


@dataclass
class Handlers:
    """Answers one update at a time; what it is told is a person's word, never an order to trust."""

    office: Office
    speaker: Speaker
    clock: Clock
    admins: Collection[int]
    haste: Haste = field(default_factory=lambda: Haste(0))

    async def handle(self, update: Update, key: UpdateKey, secret: str | None) -> str | None:
        """Answer an update; `secret` names the secrecy rule a stub fell under, UNSURE where its writer must say.

        Returns FLOODED for one that came too fast to be listened to.
        """
        user, chat = update.effective_user, update.effective_chat
        in_group = chat is not None and chat.type in groups.PLACES
        if in_group and not secret and await self._of_the_group(update, key):
            return None
        if user is None or chat is None or user.is_bot:
            return None
        if await self.haste.stops(update, self.speaker, self.clock()):
            return FLOODED
        if secret == UNSURE:
            return await self._doubted(update, key)
        if secret:
            await secrecy.note(self.office, user.id, secret, self.clock(), key)
            message = update.effective_message
            topic = message.message_thread_id if message and message.is_topic_message else None
            await self.speaker.send(Delivery(chat.id, Message(doubts.SECRECY), topic))
        elif in_group or chat.type == ChatType.PRIVATE:
            return await self._spoken(update, key, chat.id)
        return None

    async def _spoken(self, update: Update, key: UpdateKey, chat_id: int) -> str | None:
        """Answer what somebody said or pressed."""
        try:
            turn = await self._turn(update, key)
        except Refusal as refusal:
            await self.speaker.send(Delivery(chat_id, Message(recover.sentence(refusal))))
            return None
        if turn is None:
            if not await self.haste.hears_stranger(update, self.clock()):
                return FLOODED
            await self._stranger(update)
        elif update.my_chat_member:
            await self._membership(turn)
        elif update.edited_message:
            await _answer(turn, edited.received)
        elif update.message or update.callback_query:
            await _answer(turn, _pressed if update.callback_query else _written)
            if turn.again is not None:
                return await self._spoken(turn.again, key, chat_id)
        return None

    async def _doubted(self, update: Update, key: UpdateKey) -> str | None:
        """Ask who wrote what may carry a mark; a stranger is told what strangers are told."""
        turn = await self._turn(update, key)
        if turn is not None:
            await doubts.ask(turn)
        elif not await self.haste.hears_stranger(update, self.clock()):
            return FLOODED
        else:
            await self._stranger(update)
        return None

    async def _of_the_group(self, update: Update, key: UpdateKey) -> bool:
        """Take what happened to a group itself or was said in its name; False for a person's words."""
        office, now, chat = self.office, self.clock(), update.effective_chat
        if update.my_chat_member:
            await groups.standing(office, self.speaker, update.my_chat_member, now, key)
            return True
        if chat is None or await groups.moved(office, update, now):
            return True
        await group_chats.found(office, chat.id, chat.title or "", now)
        if update.message is None or update.message.sender_chat is None:
            return False
        await groups.stranger(office, self.speaker, update, now)
        return True

    async def _turn(self, update: Update, key: UpdateKey) -> Turn | None:
        now, user = self.clock(), update.effective_user
        if user is None:
            return None
        known = await self.office.known(user.id, now)
        code = _start_code(update)
        if known is None or code or self._is_new_admin(known):
            let_in = await who.let_in(self.office, user, code, self.admins, now, key)
            known = let_in or known
        if known is None:
            return None
        return Turn(self.office, self.speaker, update, key, now, known.member, known.who)

    def _is_new_admin(self, known: Known) -> bool:
        """Tell whether the settings name somebody as an admin who was only taken in from a list."""
        return known.member.telegram_id in self.admins and Role.ADMIN not in known.who.roles

    async def _stranger(self, update: Update) -> None:
        if update.callback_query:
            await self.speaker.answer_press(update.callback_query.id, "Đồng chí chưa có quyền.")
        elif update.message and update.message.chat.type in groups.PLACES:
            await groups.stranger(self.office, self.speaker, update, self.clock())
        elif update.message and update.effective_user:
            message = start.stranger(update.effective_user.id)
            await self.speaker.send(Delivery(update.message.chat_id, message))

    async def _membership(self, turn: Turn) -> None:
        change = turn.update.my_chat_member
        if change and change.new_chat_member.status == ChatMemberStatus.BANNED:
            await reach.blocked(self.office, turn.member.id)


def _start_code(update: Update) -> str:
    """Return the code of an invitation; none in a group, where others read it."""
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
        await recover.refused(turn, refusal)
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
            await reminded.pressed(turn.office, turn.place.chat_id, turn.card.message_id, turn.now)
        await handler(turn)


async def _written(turn: Turn) -> None:
    if turn.in_group:
        await groups.written(turn, _command(turn), COMMANDS)
        return
    passed_on = quoting.is_passed_on(turn)
    command = None if passed_on else _command(turn)
    if command not in {None, "giao"}:
        await COMMANDS.get(command or "", guide.unknown)(turn)
        return
    if await recover.repeated(turn):
        return
    if command is not None:
        await assign.command(turn)
        return
    asked = await asking.replied_to(turn)
    draft = asked or await dialogs.waiting(turn.office, turn.who, turn.place, turn.now)
    about = None if asked else await discussion.about(turn)
    if await enclosing.received(turn, draft):
        return
    if about is not None and (draft is None or draft.task_id != about):
        await discussion.replied(turn, about)
    elif (draft is None or draft.kind == KIND) and await enrolment.received(
        turn, draft is not None
    ):
        return
    elif passed_on and (draft is None or draft.kind == KIND):
        await quoting.offer(turn)
    elif draft is None:
        await words.read(turn)
    elif not await _waits(turn, draft):
        await ANSWERED.get(draft.kind, words.told)(turn, draft)


async def _waits(turn: Turn, draft: Draft) -> bool:
    """Keep a file back whose words come with another one, or may come for a task being drafted."""
    return (draft.kind == KIND or await papers.waits_for_words(turn)) and await papers.hold(turn)


def _command(turn: Turn) -> str | None:
    """Return the command of a message, without the bot's name behind it; None for plain words."""
    first = turn.text.split(maxsplit=1)[0] if turn.text.strip() else ""
    if not first.startswith("/"):
        return None
    return first[1:].partition("@")[0].lower()
