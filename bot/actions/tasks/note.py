"""Discussion of a task: words and files that go once to the others concerned, and to the history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions import moves
from bot.actions.files import attach_files
from bot.actions.files.file_store import Paper
from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks import lifecycle, parts
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction
from storage.history import audit
from storage.messaging import outbox
from storage.records import Draft, Part, Priority, TaskView, UpdateKey
from storage.tasks import tasks

PACE = timedelta(minutes=1)
"""A person is told of one task's discussion at most so often; what comes between is folded in."""


@dataclass(frozen=True)
class Written:
    """A note that was kept: the task as it was found, and the note's number in the history."""

    task: TaskView
    event_id: int


async def write(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    papers: Sequence[Paper],
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Written:
    """Keep words, files or both as a note; the task's version stays, so no card grows old by it."""
    async with step(office, update, now, answers) as tx:
        return await write_in(tx, who, task_id, words, papers, now)


async def write_in(
    tx: Transaction,
    who: Standpoint,
    task_id: int,
    words: str,
    papers: Sequence[Paper],
    now: datetime,
) -> Written:
    """Keep a note within a transaction that does more."""
    change = await moves.begin(tx, who, task_id, None, Move.NOTE, now)
    said = words.strip() or not papers
    text_id = await moves.keep(tx, words, now) if said else None
    if text_id is not None:
        await moves.findable(tx, task_id, text_id)
    file_ids = await attach_files.add(tx, who, task_id, papers, now)
    place = moves.in_place(who, change.before, Move.NOTE)
    event_id = await audit.append(
        tx,
        now,
        "task.note" if said else "task.file",
        actor_id=who.person_id,
        task_id=task_id,
        text_id=text_id,
        facts={**({"files": file_ids} if file_ids else {}), **place},
    )
    if not set(who.people).isdisjoint(parts.working_on(change.before)):
        await tasks.heard_of(tx, task_id, now)
    facts = {"by": who.person_id, "text": text_id, "files": file_ids}
    wait = attach_files.ALBUM if any(paper.album for paper in papers) else timedelta(0)
    await _tell(tx, change.before, who.person_id, facts, wait, now)
    await attach_files.answer_album(tx, who.person_id, task_id, papers, now)
    return Written(change.before, event_id)


async def _tell(
    tx: Transaction,
    task: TaskView,
    writer_id: int,
    facts: Mapping[str, object],
    wait: timedelta,
    now: datetime,
) -> None:
    turn = await outbox.turns(tx, task.id, now, wait, PACE)
    rows = [
        outbox.ToSay("task.note", person, task.id, facts, Priority.NOTICE, turn(person), now)
        for person in concerned(task)
        if person != writer_id
    ]
    rows.append(
        outbox.ToSay("card.refresh", writer_id, task.id, {}, Priority.NOTICE, now + wait, now)
    )
    await outbox.put(tx, rows)


def concerned(task: TaskView) -> Iterable[int]:
    """Return everybody who has a part in a task or assigned it, each once."""
    parts = [*task.people_in(Part.SUPPORT), *task.people_in(Part.FOLLOW)]
    everybody = (task.lead_id, task.assigner_id, *parts)
    return dict.fromkeys(person for person in everybody if person is not None)


async def own_words(office: Office, who: Standpoint, task_id: int, event_id: int) -> str:
    """Return what somebody wrote in a note of their own; refuses NOT_FOUND for any other."""
    past = await audit.history(office.db, task_id)
    own = next((event for event in past if event.id == event_id), None)
    if own is None or own.actor_id != who.person_id or not own.text:
        raise Refusal(No.NOT_FOUND, number=task_id)
    return own.text


def may(task: TaskView, who: Standpoint, move: Move) -> bool:
    """Tell whether state and rights allow a move now."""
    return lifecycle.allows(task.status, move) and rights.may_move(who, moves.stakes(task), move)
