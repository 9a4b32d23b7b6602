"""From a sentence to a task: a draft that asks what is missing, then one press."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions import (
    filing,
    moves,
    on_behalf,
    remind,
    series,
    series_days,
    sub_tasks,
    support,
    undo,
)
from bot.actions.chats import Card, Place
from bot.actions.draft import KIND, Fields, fields_of, read_again
from bot.actions.office import Office, once, step
from bot.actions.papers import Paper
from bot.language import assignment, directives, quoting
from bot.language.on_behalf import find_behalf
from bot.language.readings import BehalfReading, Mentions, Reading
from bot.language.readings import Part as Said
from bot.language.symbols import key
from bot.letters import words
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage import (
    albums,
    audit,
    cards,
    documents,
    drafts,
    people,
    search,
    tasks,
    undos,
    units,
)
from storage.database import Reader, Transaction, Value
from storage.records import Draft, Member, Part, Status, Task, TaskView, UpdateKey

MAX_TITLE = 500
MAX_QUOTED = 3000
"""Characters that are kept of a message somebody else wrote; Telegram has it whole."""


async def read(
    office: Office, who: Standpoint, text: str, now: datetime, mentions: Mentions | None = None
) -> Reading:
    """Read a sentence with the office's people, units and calendar in mind."""
    read = assignment.read(
        text,
        await office.roster(),
        now,
        office.workdays,
        office.reading,
        speaker=who.person_id,
        mentions=mentions or {},
    )
    return series_days.read_on_workday(office, read)


async def read_all(
    office: Office,
    who: Standpoint,
    text: str,
    now: datetime,
    mentions: Mentions | None = None,
    quoted: str | None = None,
) -> tuple[Reading, ...]:
    """Read every task of a message; one that is a single task gives one reading.

    "Thay mặt ..." says for whom all of them are entered; `quoted` is the message that it is about.
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
    readings = tuple(series_days.read_on_workday(office, one) for one in readings)
    return tuple(replace(one, behalf=behalf) for one in readings) if behalf else readings


async def behalf_of(office: Office, who: Standpoint, text: str) -> tuple[BehalfReading | None, str]:
    """Return for whom a text says that it is entered, and the text without these words."""
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
    """Keep readings as drafts, all or none, each with the files (or `partial` of them) of the message.

    The last one's missing field may be answered in words. `message_id` is the message that was read.
    """
    async with step(office, update, now) as tx:
        await check(tx, who, readings)
        read = [await fields_read(tx, reading, now, papers) for reading in readings]
        whole = [fields.model_copy(update={"partial": partial}) for fields in read]
        return [await keep(tx, who, place, fields, now, message_id) for fields in whole]


async def offer(
    office: Office,
    who: Standpoint,
    place: Place,
    quoted: str,
    source: str,
    now: datetime,
    update: UpdateKey | None,
    papers: tuple[Paper, ...],
    message_id: int,
) -> Draft:
    """Lay a draft aside that nobody asked for: a message passed on, which `source` wrote first."""
    reading = await _offered(office, who, quoted, now)
    async with step(office, update, now) as tx:
        await check(tx, who, [reading])
        fields = await fields_read(tx, reading, now, papers)
        draft = await drafts.lay_aside(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            kind=KIND,
            fields=fields.model_copy(update={"source": source}).dumped(),
            at=now,
            message_id=message_id,
        )
        await albums.begin(tx, draft.id, _albums(fields))
        return draft


async def offer_again(
    office: Office, who: Standpoint, draft: Draft, quoted: str, now: datetime
) -> None:
    """Let an offer say the words that came with a later one of its files, in place of a file's name."""
    reading = await _offered(office, who, quoted, now)
    async with office.db.transaction() as tx:
        await check(tx, who, [reading])
        before = Fields.model_validate(draft.fields)
        fields = read_again(before, await fields_read(tx, reading, now))
        waits_for = fields.missing if draft.waits_for else None
        said = fields.dumped()
        await drafts.change(tx, draft.id, draft.version, fields=said, waits_for=waits_for, at=now)


async def _offered(office: Office, who: Standpoint, quoted: str, now: datetime) -> Reading:
    readings = await read_all(office, who, "", now, quoted=quoted)
    return readings[0] if len(readings) == 1 else quoting.whole(quoted[:MAX_QUOTED])


async def check(tx: Transaction, who: Standpoint, readings: Sequence[Reading]) -> None:
    """Refuse readings that are TOO_LONG, TOO_MANY_TASKS, or for whom one has no right to enter."""
    if len(readings) > directives.MOST_TASKS:
        raise Refusal(No.TOO_MANY_TASKS, limit=directives.MOST_TASKS)
    for reading in readings:
        for said, limit in ((reading.title, MAX_TITLE), (reading.text, moves.MAX_TEXT)):
            if len(said) > limit:
                raise Refusal(No.TOO_LONG, limit=limit, length=len(said))
    for behalf in {reading.behalf for reading in readings if reading.behalf}:
        await on_behalf.check(tx, who, behalf.person, behalf.group)


async def fields_read(
    tx: Transaction, reading: Reading, now: datetime, papers: tuple[Paper, ...] = ()
) -> Fields:
    """Keep the words of a reading and return what a draft made of it knows."""
    text_id = await moves.keep(tx, reading.text, now)
    outside = await units.outside(tx, [unit.key for unit in reading.units])
    fields = fields_of(reading, text_id, await heads_named(tx, reading), outside)
    cited = await _cited(tx, reading)
    return fields.model_copy(update={"papers": papers, **_behalf(reading), **cited})


async def _cited(db: Reader, reading: Reading) -> dict[str, int | str]:
    """Return the document that a reading cites, the newest where a symbol was used in two terms."""
    days = {key(one.symbol): one.issued_on for one in reading.documents}
    known = await documents.with_key(db, list(days))
    found = [one for one in known if one.issued_on in (None, days[one.folded] or one.issued_on)]
    return {"document_id": found[0].id, "document_symbol": found[0].symbol} if found else {}


async def keep(
    tx: Transaction,
    who: Standpoint,
    place: Place,
    fields: Fields,
    now: datetime,
    message_id: int | None,
) -> Draft:
    """Begin a draft that waits for what is missing of it."""
    draft = await drafts.start(
        tx,
        person_id=who.person_id,
        chat_id=place.chat_id,
        topic_id=place.topic_id,
        kind=KIND,
        task_id=None,
        waits_for=fields.missing,
        fields=fields.dumped(),
        at=now,
        message_id=message_id,
    )
    await albums.begin(tx, draft.id, _albums(fields))
    return draft


def _albums(fields: Fields) -> set[str]:
    return {paper.album for paper in fields.papers if paper.album}


def _behalf(reading: Reading) -> dict[str, int | None]:
    behalf = reading.behalf
    return {"for_person_id": behalf.person, "for_group_id": behalf.group} if behalf else {}


async def heads_named(db: Reader, reading: Reading) -> tuple[int, ...]:
    """Return the heads of the units that are to lead, to be offered where no person is."""
    if any(person.key is not None and person.part is Said.LEAD for person in reading.people):
        return ()
    found = [await people.heads_of(db, u.key) for u in reading.units if u.part is Said.LEAD]
    return tuple(dict.fromkeys(head for heads in found for head in heads))


async def confirm(
    office: Office,
    who: Standpoint,
    draft_id: int,
    version: int,
    card: Card | None,
    now: datetime,
    update: UpdateKey | None,
) -> TaskView:
    """Make the draft a task: its people, search words, reminders, notices and history at once.

    Refuses STALE (pressed twice, or corrected since), INCOMPLETE, NOT_ALLOWED (not in the units
    one looks after), PERSON_LEFT and DEADLINE_PAST.
    """

    async def work(tx: Transaction) -> TaskView:
        await once(tx, update, now)
        draft = await drafts.end(tx, draft_id, version, now)
        if draft is None or draft.person_id != who.person_id:
            raise Refusal(No.STALE)
        fields = Fields.model_validate(draft.fields)
        task = await make(tx, office, who, fields, card, now)
        made = undos.Step(task.id, who.person_id, undo.ASSIGN, task.version, now)
        await undos.put(tx, made, {"draft": draft.id, "said": 0})
        await drafts.became(tx, draft.id, task.id)
        view = await tasks.view(tx, task.id)
        assert view is not None
        return view

    return await office.db.run(work)


async def make(
    tx: Transaction,
    office: Office,
    who: Standpoint,
    fields: Fields,
    card: Card | None,
    now: datetime,
    *,
    one_of_many: bool = False,
) -> Task:
    """Make a whole draft a task, with all that it brings; refuses as `confirm` does.

    Of `one_of_many` that are entered on somebody's behalf at once, these hear once, of all.
    """
    split = await sub_tasks.whole_of(tx, office, who, fields, now)
    behalf = await on_behalf.assigner(tx, who, fields.for_person_id, fields.for_group_id)
    answers = await answering(tx, fields, now, who.person_id)
    assigner = sub_tasks.giver(split, behalf, answers)
    fields = sub_tasks.followed(split, fields)
    columns = columns_of(assigner, fields, answers.unit_id, now)
    columns |= {"entered_by_id": who.person_id}
    columns |= await series.begin(tx, office, assigner.person_id, who.person_id, fields, now)
    task = await tasks.insert(tx, columns)
    await settle_in(tx, office, task, fields, who.person_id, card, now, one_of_many)
    if split is not None:
        await sub_tasks.join(tx, split, task)
    return task


async def answering(
    tx: Transaction, fields: Fields, now: datetime, pressed_by: int | None = None
) -> Member:
    """Return who answers for the task, once everything is there.

    It is who leads; for a body outside, the first of those who follow it. Nobody ends them meanwhile,
    nor any other whom the draft names, nor who pressed; refuses STRANGER where that one has left.
    """
    person_id, others = fields.answers_id, dict(fields.others)
    named = [one for one in (pressed_by, person_id, *others) if one is not None]
    here = await people.held_living(tx, named) if named else {}
    if pressed_by is not None and pressed_by not in here:
        raise Refusal(No.STRANGER)
    if fields.missing or person_id is None:
        raise Refusal(No.INCOMPLETE, missing=fields.missing)
    if fields.late_from is not None and fields.late_from <= now:
        raise Refusal(No.DEADLINE_PAST)
    if not here.keys() >= {person_id, *others}:
        raise Refusal(No.PERSON_LEFT)
    return here[person_id]


def columns_of(
    assigner: Standpoint, fields: Fields, unit_id: int | None, now: datetime
) -> dict[str, Value]:
    """Return the columns of the task that a draft becomes, in a unit."""
    return {
        "title": fields.title.strip(),
        "text_id": fields.text_id,
        "product": fields.product,
        "urgency": fields.urgency,
        "status": Status.ASSIGNED,
        "assigner_id": assigner.person_id,
        "group_id": fields.for_group_id,
        "unit_id": unit_id,
        "parent_id": fields.parent_id,
        "document_id": fields.document_id,
        "receiver": fields.receiver,
        "decider_id": None if fields.decider_id == fields.lead_id else fields.decider_id,
        "body_id": None if fields.lead_id else fields.body_id,
        "done_when": fields.done_when,
        "due_at": fields.due_at,
        "late_from": fields.late_from,
        "has_clock": fields.has_clock,
        "first_due_at": fields.due_at,
        "first_late_from": fields.late_from,
        "created_at": now,
    }


async def settle_in(
    tx: Transaction,
    office: Office,
    task: Task,
    fields: Fields,
    pressed_by: int | None,
    card: Card | None,
    now: datetime,
    one_of_many: bool,
) -> None:
    """Write all that a new task brings with it; nobody pressed where it comes back by itself."""
    lead = {} if fields.lead_id is None else {fields.lead_id: Part.LEAD}
    people_in = dict(fields.others) | lead
    await tasks.add_people(tx, task.id, list(people_in.items()), now)
    await search.index(tx, task.id, words(task.title), task.document_id)
    for paper in fields.papers:
        await filing.keep(tx, task.id, task.entered_by_id, paper, now)
    await remind.begin(tx, office, task, fields.lead_id, now)
    if card is not None:
        where = (card.chat_id, card.topic_id, card.message_id)
        whose = None if card.is_in_group else task.entered_by_id
        await cards.put(tx, [cards.Placed(task.id, whose, *where, now)])
    await moves.tell(tx, "task.assigned", task.id, set(people_in) - {pressed_by}, now)
    entered = pressed_by not in {None, task.assigner_id} and task.assigner_id not in people_in
    if entered and not one_of_many:
        await moves.tell(tx, "task.entered", task.id, [task.assigner_id], now)
    await support.join(tx, task, fields.units, now)
    facts = {
        "lead": fields.lead_id,
        "body": task.body_id,
        "due_at": task.due_at.isoformat() if task.due_at else None,
    }
    if pressed_by not in {None, task.assigner_id} and task.group_id is None:
        facts["for"] = task.assigner_id
    if task.document_id is not None:
        facts["document"] = task.document_id
    if task.occurs_on is not None:
        facts |= {"series": task.series_id, "day": task.occurs_on.isoformat()}
        facts |= {} if pressed_by else {"did": "series"}
    await audit.append(
        tx,
        now,
        "task.assign",
        actor_id=pressed_by,
        task_id=task.id,
        person_id=fields.lead_id,
        text_id=task.text_id if pressed_by else None,
        facts=facts,
    )
