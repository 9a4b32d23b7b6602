"""Every handler, in the order it is tried: start reading here.

update -> known person? -> press: BUTTONS by kind
                        -> message: a command of COMMANDS, the answer to a dialog, or plain words
in a group the same goes through groups.py, which says what is for all there and what is private
A refusal becomes one sentence (and the card as it is now); any other error goes to the inbox.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.actions import dialogs, people, reach, reminded, secrecy
from bot.actions import groups as group_chats
from bot.actions.documents import EDITING
from bot.actions.draft import KIND
from bot.actions.entry import KIND as ENTRY
from bot.actions.office import Office
from bot.actions.series_dialog import KIND as SERIES
from bot.actions.standpoint import Known
from bot.chat import (
    absence,
    absence_draft,
    anchor,
    archive,
    asking,
    assign,
    breakdown,
    calendar,
    checklist,
    clearing,
    deadlines,
    digest_hour,
    discussion,
    division,
    documents,
    edit_menu,
    edited,
    enclosing,
    enrolment,
    entry,
    extension,
    figure_list,
    files,
    groups,
    guide,
    hand_all,
    handover,
    inquiry,
    invitations,
    ledger,
    lists,
    merged,
    mergers,
    on_behalf,
    own_data,
    papers,
    period_page,
    person,
    quoting,
    recover,
    report,
    report_plan,
    series,
    series_asking,
    sheets,
    snooze,
    split,
    start,
    summary,
    support,
    task,
    unclear,
    undoing,
    unit_editing,
    units,
    who,
    words,
)
from bot.chat.messages import Delivery, Message
from bot.chat.turn import Speaker, Turn
from bot.clock import Clock
from bot.refusals import No, Refusal
from bot.rules.lifecycle import Move
from storage.records import Role, UpdateKey

Handler = Callable[[Turn], Awaitable[None]]

COMMANDS: dict[str, Handler] = {
    "start": start.welcome,
    "giao": assign.command,
    "viec": lists.mine,
    "giaodi": lists.assigned,
    "quahan": lists.overdue,
    "tim": lists.search,
    "tonghop": summary.show,
    "baocao": report.command,
    "phancong": division.show,
    "moi": invitations.choose,
    "thuhoi": invitations.choose_revoked,
    "thaymat": on_behalf.command,
    "nghi": absence.command,
    "vanban": documents.command,
    "dinhky": series.command,
    "nguoi": person.command,
    "donvi": units.command,
    "luutru": archive.command,
    "dulieu": own_data.command,
    "lich": calendar.command,
    "gionhac": digest_hour.command,
    "lichviec": deadlines.command,
    "guitin": ledger.command,
    "neo": anchor.command,
    "trogiup": guide.show,
    "help": guide.show,
}

BUTTONS: dict[str, Handler] = {
    "ask.page": inquiry.turn_page,
    "ask.example": inquiry.example,
    "ask.ordered": unclear.ordered,
    "ask.asked": unclear.asked,
    "draft.confirm": assign.confirm,
    "draft.ask": assign.ask,
    "draft.due": assign.choose_deadline,
    "draft.lead": assign.choose_lead,
    "draft.drop": assign.drop,
    "draft.product": clearing.choose_product,
    "draft.decider": clearing.choose_decider,
    "draft.pass": clearing.pass_over,
    **{f"task.{move}": task.move for move in task.MOVES},
    **{f"task.{move}": asking.ask for move in asking.ASKS},
    "split.list": split.show,
    "split.itself": split.close_itself,
    "split.by_hand": split.close_itself,
    "task.check": checklist.show,
    "check.more": checklist.more,
    "check.tick": checklist.tick,
    "check.striking": checklist.striking,
    "check.drop": checklist.strike_out,
    "check.percent": checklist.take_progress,
    "task.open": task.open_one,
    "task.more": task.more,
    "task.less": task.less,
    "task.history": task.history,
    "task.undo": undoing.undo,
    "task.edit": edit_menu.show,
    "edit.field": edit_menu.choose,
    "edit.set": edit_menu.pick,
    "edit.drop": edit_menu.drop,
    "edit.open": edit_menu.open_ended,
    "edit.decider": edit_menu.decider,
    "task.grade": task.grade,
    "task.files": files.show,
    "task.as_report": discussion.as_report,
    "file.send": files.send,
    "file.page": files.turn_page,
    # One press reports a part; its words, if any, are asked for by "part.words".
    f"task.{Move.REPORT_PART}": support.report,
    f"task.{Move.NAME_PART}": support.name,
    "part.words": support.ask_words,
    "part.switch": support.switch,
    "draft.body": assign.enter_body,
    "draft.follower": assign.choose_follower,
    "draft.switch": assign.switch,
    "draft.once": assign.repeat_or_not,
    "series.page": series.turn_page,
    "series.open": series.open_one,
    "series.show": series.show,
    "series.skip": series.skip,
    "series.unskip": series.unskip,
    "series.change": series_asking.ask,
    "series.stop": series.ask_stop,
    "series.stop_sure": series.stop,
    "series.history": series.history,
    "task.series": series.of_task,
    "ask.lead": series_asking.chosen,
    "ask.unasked": series_asking.stop,
    "ask.percent": asking.percent,
    "ask.stop": asking.stop,
    "extension.due": extension.chosen,
    "division.hand": division.hand,
    "handover.give": handover.give,
    "handover.person": handover.chosen,
    "handover.plain": handover.without_reason,
    "extension.plain": extension.without_reason,
    **{f"list.{name}": lists.turn_page for name in lists.LISTINGS},
    "report.menu": report.menu,
    "report.show": report.show,
    "report.units": report.units,
    "report.send": report.send,
    "report.picture": report.picture,
    "report.overview": report.overview,
    "report.plans": report_plan.show,
    "report.plan": report_plan.switch,
    "summary.open": summary.open_page,
    "summary.by": breakdown.turn_page,
    "summary.period": period_page.choose,
    "summary.rows": figure_list.open_list,
    "summary.turn": figure_list.turn_page,
    "invite.person": invitations.send_link,
    "revoke.person": invitations.ask_revoked,
    "revoke.sure": invitations.revoke,
    "behalf.end": on_behalf.end,
    "person.open": person.open_one,
    "person.page": person.turn_page,
    "person.hand": hand_all.begin,
    "person.end": person.ask_end,
    "person.left": person.left,
    "person.back": person.take_back,
    "ask.heir": hand_all.chosen,
    "ask.hand_all": hand_all.confirm,
    "merger.kinds": mergers.kinds,
    "merger.begin": mergers.begin,
    "merger.list": merged.show_list,
    "merger.open": merged.open_one,
    "merger.undo": merged.ask_undo,
    "merger.undo_sure": merged.undo,
    "sheet.merger": sheets.of_merger,
    "sheet.person": sheets.of_person,
    "ask.merger": mergers.chosen,
    "ask.merge": mergers.confirm,
    "person.move": mergers.move,
    "unit.tops": units.show_tops,
    "unit.open": units.open_one,
    "unit.edit": unit_editing.show,
    "unit.ask": unit_editing.ask,
    "unit.heads": unit_editing.choose_head,
    "unit.head": unit_editing.let_head,
    "task.snooze": snooze.pressed,
    "reminders.snooze": snooze.all_pressed,
    "digest.snooze": snooze.digest_pressed,
    "digest.hour": digest_hour.choose,
    "deadlines.open": deadlines.opened,
    "deadlines.show": deadlines.show,
    "deadlines.ask": deadlines.ask,
    "deadlines.renew": deadlines.renew,
    "deadlines.end": deadlines.end,
    "archive.close": archive.close,
    "disposal.propose": archive.propose,
    "disposal.open": archive.open_list,
    "disposal.approve": archive.approve,
    "disposal.refuse": archive.refuse,
    "calendar.drop": calendar.drop,
    "calendar.confirm": calendar.confirm,
    "calendar.stop": calendar.stop,
    "ledger.failed": ledger.show_failed,
    "ledger.unreached": ledger.show_unreached,
    "away.new": absence_draft.new,
    "away.open": absence.open_one,
    "away.back": absence.back,
    "away.change": absence_draft.change,
    "ask.away_days": absence_draft.choose_days,
    "ask.away_deputy": absence_draft.choose_deputy,
    "ask.away_again": absence_draft.ask_again,
    "ask.away_sure": absence_draft.confirm,
    "doc.list": documents.turn_page,
    "doc.open": documents.open_one,
    "doc.more": entry.more,
    "doc.edit": documents.ask,
    "doc.stop": documents.stop,
    "doc.history": documents.history,
    "entry.new": entry.new,
    "entry.confirm": entry.confirm,
    "entry.clock": entry.count_from,
    "entry.for": entry.enter_for,
    "entry.sample": entry.sample,
    "entry.drop": entry.drop,
}

_ANSWERED = {
    KIND: words.answered,
    ENTRY: entry.answered,
    EDITING: documents.answered,
    SERIES: series_asking.answered,
}
"""Dialogs that are not about one task there is."""

SECRECY = (
    "Tin có dấu hiệu bí mật nhà nước nên bot không lưu và không xử lý. Đồng chí xóa tin này và "
    "chuyển theo đường văn bản mật của cơ quan."
)


@dataclass
class Handlers:
    """Answers one update at a time; what it is told is a person's word, never an order to trust."""

    office: Office
    speaker: Speaker
    clock: Clock
    admins: Collection[int]

    async def handle(self, update: Update, key: UpdateKey, secret: str | None) -> None:
        """Answer an update; `secret` names the secrecy rule a stub fell under."""
        user, chat = update.effective_user, update.effective_chat
        in_group = chat is not None and chat.type in groups.PLACES
        if in_group and not secret and await self._of_the_group(update, key):
            return
        if user is None or chat is None or user.is_bot:
            return
        if secret:
            await secrecy.note(self.office, user.id, secret, self.clock(), key)
            message = update.effective_message
            topic = message.message_thread_id if message and message.is_topic_message else None
            await self.speaker.send(Delivery(chat.id, Message(SECRECY), topic))
        elif in_group or chat.type == ChatType.PRIVATE:
            await self._spoken(update, key, chat.id)

    async def _spoken(self, update: Update, key: UpdateKey, chat_id: int) -> None:
        """Answer what somebody said or pressed."""
        try:
            turn = await self._turn(update, key)
        except Refusal as refusal:
            await self.speaker.send(Delivery(chat_id, Message(recover.sentence(refusal))))
            return
        if turn is None:
            await self._stranger(update)
        elif update.my_chat_member:
            await self._membership(turn)
        elif update.edited_message:
            await _answer(turn, edited.received)
        elif update.message or update.callback_query:
            await _answer(turn, _pressed if update.callback_query else _written)

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
    if await enclosing.received(turn):
        return
    if about is not None and (draft is None or draft.task_id != about):
        await discussion.replied(turn, about)
    elif enrolment.fits(turn) and (draft is None or draft.kind == KIND):
        await enrolment.received(turn)
    elif passed_on and (draft is None or draft.kind == KIND):
        await quoting.offer(turn)
    elif draft is None:
        await words.read(turn)
    elif draft.kind != KIND or not await papers.hold(turn):
        await _ANSWERED.get(draft.kind, words.told)(turn, draft)


def _command(turn: Turn) -> str | None:
    """Return the command of a message, without the bot's name behind it; None for plain words."""
    first = turn.text.split(maxsplit=1)[0] if turn.text.strip() else ""
    if not first.startswith("/"):
        return None
    return first[1:].partition("@")[0].lower()
