"""News for the person it concerns, in words. A message is worded when it is sent, from the state at that moment."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions import message_context, moves
from bot.actions.files import albums
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.actions.organisation import redirect_to_deputy
from bot.actions.reminders import brief_mode
from bot.chat import cards, deputy_words
from bot.chat.buttons import button, rows
from bot.chat.directives import entered_notice
from bot.chat.history import history_anchor
from bot.chat.mergers import merger_pages
from bot.chat.messages import Delivery, Message
from bot.chat.organisation import absence_news, hand_over_notices
from bot.chat.reminders import brief_mode as brief
from bot.chat.reminders import digest, notice_bundle, notice_headings, snooze
from bot.chat.reminders.still_true import NOTE, Told, still_true
from bot.chat.reporting import report_plan
from bot.chat.series import news as series_news
from bot.chat.tasks import notes, support
from bot.chat.turn import Turn
from bot.rules import rights
from storage.records import Outgoing, TaskView

_REMINDING = {
    "reminder",
    "acceptance.waiting",
    "extension.waiting",
    "decline.waiting",
    "remark.late",
}
"""Kinds that bring no news: the digest adds them to the line of a task that it lists anyway."""
_SILENT = frozenset({"task.accepted", "support.reported"})
_DIGEST = "digest"
NO_MORE = "Tin này không còn mới. Xem việc: /viec"


async def word(office: Office, outgoing: Sequence[Outgoing], now: datetime) -> Delivery | None:
    """Word what waits for one person as one message; None when nothing of it is needed any more."""
    receiver = await message_context.receiver(office, outgoing[0].person_id, now)
    theirs = [row for row in outgoing if not await redirect_to_deputy.passed_on(office, [row], now)]
    if receiver is None or not theirs:
        return None
    full = await in_full(office, receiver, theirs, now)
    if full is None or not receiver.brief:
        return full
    return await brief.shortened(office, receiver, theirs, full, now)


async def open_one(turn: Turn) -> None:
    """Replace a brief message, on request, by the full one as it is now."""
    theirs = await brief_mode.told(turn.office, turn.who, turn.pressed.id, turn.now)
    receiver = Receiver(turn.who, turn.place.chat_id)
    full = await in_full(turn.office, receiver, theirs, turn.now)
    await turn.show(full.message if full else Message(NO_MORE))


async def in_full(
    office: Office, receiver: Receiver, theirs: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Word rows of one person as one full message; None when there is nothing to say any more."""
    kinds = {row.kind for row in theirs}
    if kinds <= _OWN_WORDS.keys() and _is_one(theirs):
        return await _OWN_WORDS[theirs[0].kind](office, receiver, theirs, now)
    of_tasks = [row for row in theirs if row.kind == NOTE or row.kind not in _OWN_WORDS]
    told = await still_true(office, receiver, of_tasks)
    besides = await _besides(office, receiver, theirs, now)
    if _DIGEST in kinds:
        message = await _morning(office, receiver, told, now)
        if message is not None:
            return Delivery(receiver.chat_id, notice_bundle.with_besides(message, besides))
    silent = not besides and _SILENT.issuperset(row.kind for one in told for row in one.rows)
    if len(told) == 1 and not besides:
        message = await _notice(office, receiver, told[0], now)
        return Delivery(receiver.chat_id, message, silent=silent)
    if not told and not besides:
        return None
    message = notice_bundle.with_besides(await notice_bundle.several(office, told, now), besides)
    return Delivery(receiver.chat_id, message, silent=silent)


def _is_one(rows_: Sequence[Outgoing]) -> bool:
    """Tell whether the rows are of one kind and about one task or thing."""
    return len({(row.kind, row.task_id if row.task_id else row.id) for row in rows_}) == 1


async def _besides(
    office: Office, receiver: Receiver, outgoing: Sequence[Outgoing], now: datetime
) -> list[Message]:
    """Return the messages of kinds with their own wording, to stand beside the list of what waited."""
    own = [row for row in outgoing if row.kind in _OWN_WORDS and row.kind not in {NOTE, _DIGEST}]
    said = [await _OWN_WORDS[row.kind](office, receiver, [row], now) for row in own]
    return [one.message for one in said if one is not None]


async def _digest(
    office: Office, receiver: Receiver, _: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    message = await digest.message(office, receiver.who, now)
    return Delivery(receiver.chat_id, message) if message else None


async def _refresh(
    office: Office, receiver: Receiver, rows: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    row = rows[0]
    place = await message_context.card_place(office, row.task_id or 0, receiver.who.person_id)
    views = await message_context.tasks_of(office, [row.task_id])
    if place is None or row.task_id not in views:
        return None
    if not rights.may_see(receiver.who, moves.stakes(views[row.task_id])):
        return None
    card = cards.card(views[row.task_id], receiver.who, now, office.workdays, away=office.away)
    return Delivery(place.chat_id, card, place.topic_id, edits=place.message_id)


_REPORT = "report.due"
_OWN_WORDS: dict[
    str, Callable[[Office, Receiver, Sequence[Outgoing], datetime], Awaitable[Delivery | None]]
] = {
    _DIGEST: _digest,
    "card.refresh": _refresh,
    NOTE: notes.notice,
    "files.kept": notes.kept,
    albums.WAITING: notes.waiting,
    "absence.begun": absence_news.begun,
    "absence.over": absence_news.over,
    "absence.back": absence_news.back,
    "absence.noted": absence_news.noted,
    "document.entered": entered_notice.notice,
    "list.entered": entered_notice.listed,
    _REPORT: report_plan.due,
    "audit.anchor": history_anchor.due,
    **series_news.NEWS,
    "work.handed": hand_over_notices.received,
    "work.passed": hand_over_notices.passed,
    "work.taken": hand_over_notices.taken,
    **merger_pages.NEWS,
}
FOLDED = frozenset({*notice_headings.HEADINGS, "reminder", *_OWN_WORDS}) - {_REPORT}
"""Kinds that are put together: several that wait for one person become one message, mixed or not.

A report stands alone: its buttons replace it by another report, and the buttons of two reports in one
message could not be told apart.
"""


async def _notice(office: Office, receiver: Receiver, told: Told, now: datetime) -> Message:
    task, row = told.task, told.news[-1]
    words = await message_context.words_of(office, row.facts.get("text"))
    if row.kind in notice_headings.PARTINGS:
        message = notice_headings.parting(row, task, words or "")
        return replace(message, text=await deputy_words.above(office, row, message.text))
    said = [f"{notice_headings.LABELS[row.kind]}: {words}"] if words else []
    said += [await notes.line(office, one) for one in told.rows if one.kind == NOTE]
    headings = "\n".join(dict.fromkeys(notice_headings.heading(one, task) for one in told.news))
    heading = await deputy_words.above(office, row, headings)
    message = cards.card(
        *(task, receiver.who, now, office.workdays, heading, "\n".join(said), office.away)
    )
    if row.kind == "task.submitted":
        files = await message_context.files_of(office, task.id)
        more = [[button(f"Tệp: {file.name}"[:40], "file.send", file.id)] for file in files[-3:]]
        message = replace(message, keyboard=rows(*(message.keyboard or ()), *more))
    if row.kind in {"support.asked", "reminder"}:
        offered = await support.choices(office, receiver.who, task)
        later = snooze.buttons(office, task, now) if row.kind == "reminder" else []
        message = replace(message, keyboard=rows(*offered, *(message.keyboard or ()), later))
    return replace(message, reminds=notice_bundle.only_remind([told]))


async def _morning(
    office: Office, receiver: Receiver, told: Sequence[Told], now: datetime
) -> Message | None:
    """Return the digest with other news in it; a reminder of a task it lists stands on that task's line."""
    news = {
        one.task.id: digest.News(
            await notice_bundle.of_task(office, one, now, marked=True),
            notice_headings.label(one.rows[-1], one.task),
            {row.kind for row in one.rows} <= _REMINDING,
        )
        for one in told
    }
    message = await digest.message(office, receiver.who, now, news)
    later = snooze.for_digest(office, _reminded_of(told), now)
    return message and replace(message, keyboard=rows(*(message.keyboard or ()), later))


def _reminded_of(told: Sequence[Told]) -> list[TaskView]:
    """Return the tasks whose reminders concern the reader themselves, not a person they stand in for."""
    return [
        one.task
        for one in told
        if any(row.kind == "reminder" and row.about == row.person_id for row in one.rows)
    ]
