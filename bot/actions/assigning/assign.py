"""From a sentence to a task: a draft asks for what is missing, then one press confirms it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions.assigning import drafting, new_task
from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Card, Place
from bot.actions.files.file_store import Paper
from bot.actions.history import undo
from bot.actions.office import Office, once, step
from bot.actions.series import days
from bot.language.names.on_behalf import find_behalf
from bot.language.orders import assignment, directives, quoting
from bot.language.readings import BehalfReading, Mentions, Reading
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.engine.database import Transaction
from storage.history import undo_steps
from storage.records import Draft, TaskView, UpdateKey
from storage.tasks import tasks

MAX_QUOTED = 3000
"""The most characters kept of a message that somebody else wrote; Telegram keeps the whole message."""


async def read(
    office: Office, who: Standpoint, text: str, now: datetime, mentions: Mentions | None = None
) -> Reading:
    """Read a sentence, using the office's people, units and calendar."""
    read = assignment.read(
        text,
        await office.roster(),
        now,
        office.workdays,
        office.reading,
        speaker=who.person_id,
        mentions=mentions or {},
    )
    return days.read_on_workday(office, read)


async def read_all(
    office: Office,
    who: Standpoint,
    text: str,
    now: datetime,
    mentions: Mentions | None = None,
    quoted: str | None = None,
) -> tuple[Reading, ...]:
    """Read every task of a message; a message with a single task gives one reading.

    Words such as "Thay mặt ..." say on whose behalf all of them are entered. `quoted` is the message that this one
    is about.
    """
    roster = await office.roster()
    behalf, rest = await behalf_of(office, who, text)
    cut = len(text) - len(rest) if behalf and text.endswith(rest) else 0
    named = {(start - cut, end - cut): who for (start, end), who in (mentions or {}).items()}
    context = (roster, now, office.workdays, office.reading)
    if quoted is None:
        readings = directives.read_all(rest, *context, speaker=who.person_id, mentions=named)
    else:
        about = quoted[:MAX_QUOTED]
        readings = quoting.read_about(rest, about, *context, speaker=who.person_id, mentions=named)
    readings = tuple(days.read_on_workday(office, one) for one in readings)
    return tuple(replace(one, behalf=behalf) for one in readings) if behalf else readings


async def behalf_of(office: Office, who: Standpoint, text: str) -> tuple[BehalfReading | None, str]:
    """Return on whose behalf a text says that it is entered (None if nobody's), and the text without these words."""
    groups = {group.folded: group.id for group in await office.groups()}
    return find_behalf(text, await office.roster(), groups, who.person_id)


async def begin(
    office: Office,
    who: Standpoint,
    place: Place,
    readings: Sequence[Reading],
    now: datetime,
    update: UpdateKey | None,
    papers: tuple[Paper, ...] = (),
    message_id: int | None = None,
    *,
    partial: bool = False,
) -> list[Draft]:
    """Keep readings as drafts, all or none, each with the files of the message.

    The person's next message may answer what the last draft lacks. `message_id` is the message that was read.
    `partial` tells that not all of its files reached the bot.
    """
    async with step(office, update, now) as tx:
        await drafting.check(tx, who, readings)
        read = [await drafting.fields_read(tx, who, reading, now, papers) for reading in readings]
        whole = [fields.model_copy(update={"partial": partial}) for fields in read]
        return [await drafting.keep(tx, who, place, fields, now, message_id) for fields in whole]


async def confirm(
    office: Office,
    who: Standpoint,
    draft_id: int,
    version: int,
    card: Card | None,
    now: datetime,
    update: UpdateKey | None,
) -> TaskView:
    """Make the draft a task, with its people, search words, reminders, notices and history in one transaction.

    Refuses STALE (pressed twice, or corrected since), INCOMPLETE, NOT_ALLOWED (not in
    the units that the assigner looks after), PERSON_LEFT and DEADLINE_PAST.
    """

    async def work(tx: Transaction) -> TaskView:
        await once(tx, update, now)
        draft = await drafts.end(tx, draft_id, version, now)
        if draft is None or draft.person_id != who.person_id:
            raise Refusal(No.STALE)
        fields = Fields.model_validate(draft.fields)
        task = await new_task.make(tx, office, who, fields, card, now)
        made = undo_steps.Step(task.id, who.person_id, undo.ASSIGN, task.version, now)
        await undo_steps.put(tx, made, {"draft": draft.id, "said": 0})
        await drafts.became(tx, draft.id, task.id)
        view = await tasks.view(tx, task.id)
        assert view is not None
        return view

    return await office.db.run(work)
