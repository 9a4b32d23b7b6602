"""What every move of a task has in common: rights, state, version, history and who is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.actions import still_employed
from bot.actions.reminders import throttling
from bot.folding import words
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Stakes, Standpoint
from bot.rules.tasks import lifecycle, parts
from bot.rules.tasks.lifecycle import Move
from storage.archive import archives
from storage.engine.database import Transaction, Value
from storage.history import audit, undo_steps
from storage.messaging import outbox
from storage.organisation import leader_groups
from storage.records import Part, Priority, Task, TaskView
from storage.reminders import reminder_messages, reminders
from storage.tasks import corrections, requests, search, tasks, texts

MAX_TEXT = 3500
_WORDED = frozenset({Move.SUBMIT, Move.RETURN, Move.PAUSE, Move.CANCEL})
"""The moves whose words belong to the state they lead to."""


@dataclass(frozen=True)
class Change:
    """A move that is being made: the task before it, and what it sets."""

    who: Standpoint
    before: TaskView
    move: Move
    now: datetime
    beside: undo_steps.Beside | None = None
    """The task's newest message, open requests and parts before a move that can be undone; else None."""


async def begin(
    tx: Transaction, who: Standpoint, task_id: int, version: int | None, move: Move, now: datetime
) -> Change:
    """Check that the task is as the person saw it and that they may make the move.

    `version` is that of the card pressed; None takes the task as it is now (for typed words).
    Refuses STRANGER (to a person who has left meanwhile), NOT_FOUND, NOT_ALLOWED, ARCHIVED, STALE
    and WRONG_STATE.
    """
    await still_employed.still_here(tx, who)
    before = await tasks.view(tx, task_id)
    if before is None:
        raise Refusal(No.NOT_FOUND, number=task_id)
    if not rights.may_move(who, stakes(before), move):
        raise Refusal(No.NOT_ALLOWED, number=task_id)
    if before.archive_id is not None:
        raise Refusal(No.ARCHIVED, number=task_id)
    if version is not None and version != before.version:
        raise Refusal(No.STALE, number=task_id)
    if not lifecycle.allows(before.status, move):
        raise Refusal(No.WRONG_STATE, number=task_id, status=before.status)
    beside = await undo_steps.beside(tx, task_id) if move in lifecycle.UNDOABLE else None
    return Change(who, before, move, now, beside)


async def finish(
    tx: Transaction,
    change: Change,
    columns: Mapping[str, Value] | None = None,
    *,
    text_id: int | None = None,
    person_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Task:
    """Write the move: the task's columns with its new state, and one line of history.

    The line also says in whose place the move was made. If the columns set another state than the table
    of moves does, the line says which: history alone must lead to the stored state. `person_id` is the
    person the move is about, if any: a person named, a new lead. Refuses STALE and ARCHIVED.
    """
    before = change.before
    status = lifecycle.after(before.status, change.move)
    written: dict[str, Value] = {"status": status, **(columns or {})}
    if change.move in _WORDED:
        written["state_text_id"] = text_id
    facts = {**(facts or {}), **in_place(change.who, before, change.move)}
    if written["status"] != status:
        facts["status"] = written["status"]
    after = await tasks.change(tx, before.id, before.version, written)
    if after is None:
        raise Refusal(No.STALE, number=before.id)
    await check_sealed(tx, before)
    if change.beside is not None:
        known = before.model_dump(mode="json", include=set(written))
        step = undo_steps.Step(
            before.id, change.who.person_id, change.move, after.version, change.now
        )
        await undo_steps.put(tx, step, {"columns": known, **change.beside})
    if text_id is not None:
        await findable(tx, before.id, text_id)
    await audit.append(
        tx,
        change.now,
        f"task.{change.move}",
        actor_id=change.who.person_id,
        task_id=before.id,
        person_id=person_id,
        text_id=text_id,
        facts=facts,
    )
    return after


async def check_sealed(tx: Transaction, before: TaskView) -> None:
    """Refuse ARCHIVED if a closed task was sealed after it was read; called once the task is written."""
    if before.closed_at is not None and await archives.archived(tx, [before.id]):
        raise Refusal(No.ARCHIVED, number=before.id)


def in_place(who: Standpoint, task: TaskView, move: Move) -> dict[str, int]:
    """Return the fact for the history that says in whose place somebody made a move; empty for their own."""
    person_id = rights.in_whose_place(who, stakes(task), move) if who.stands_in_for else None
    return {} if person_id is None else {"for": person_id}


async def close(tx: Transaction, task_id: int, outcome: str, now: datetime) -> None:
    """End the reminders and open requests of a closed task.

    An open correction ends only when the task was cancelled: a done task may still be corrected.
    """
    await reminders.drop(tx, task_id, outcome, now)
    await reminder_messages.close(tx, task_id, now)
    await requests.lapse(tx, task_id, now)
    if outcome == "cancelled":
        await corrections.lapse(tx, task_id, now)


async def tell(
    tx: Transaction,
    kind: str,
    task_id: int | None,
    receivers: Iterable[int | None],
    now: datetime,
    *,
    priority: int = Priority.NOTICE,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write to the outbox what happened to a task, once for each person it concerns.

    What goes to the assigner also goes to the members of the group a task was assigned for. Persons who
    were told much lately hear later of what can wait. What their digest lists anyway may be left to it.
    """
    concerned = dict.fromkeys(person for person in receivers if person is not None)
    if task_id is not None and kind != "task.assigned":
        concerned |= dict.fromkeys(await leader_groups.who_decide(tx, task_id, concerned))
    facts = facts or {}
    turns = await throttling.turns(tx, kind, task_id, concerned, now, facts)
    rows = [
        outbox.ToSay(kind, person, task_id, facts, priority, turn, now)
        for person in concerned
        if (turn := turns.get(person, now)) is not None
    ]
    if rows:
        await outbox.put(tx, rows)


async def tell_others(
    tx: Transaction,
    change: Change,
    kind: str,
    *,
    everyone: bool = False,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Tell lead and assigner what one of them, or a leader above, decided.

    `everyone` also tells those who support or follow the task, or entered it for the assigner. Where a
    body outside leads, its followers are always told. If the task was assigned for a group, the cards of
    its members are refreshed instead: they need not decide any more.
    """
    task, who = change.before, change.who.person_id
    helping = [*task.people_in(Part.SUPPORT), *task.people_in(Part.FOLLOW)] if everyone else []
    entered = [task.entered_by_id] if everyone else []
    group = await leader_groups.who_decide(tx, task.id, [task.assigner_id])
    assigner = [] if group else [task.assigner_id]
    told = (*parts.leads(task), *assigner, *helping, *entered)
    concerned = [one for one in told if one != who]
    await tell(tx, kind, task.id, concerned, change.now, facts=facts)
    others = [one for one in group if one not in {who, *concerned}]
    kind, rank, now = "card.refresh", Priority.NOTICE, change.now
    await outbox.put(tx, [outbox.ToSay(kind, one, task.id, {}, rank, now, now) for one in others])


async def findable(tx: Transaction, task_id: int, text_id: int) -> None:
    """Let searches find a task by one of its kept texts."""
    await search.add_said(tx, task_id, words(await texts.body(tx, text_id) or ""))


async def keep(tx: Transaction, body: str, now: datetime) -> int:
    """Keep what a person wrote and return its id; refuses EMPTY, and TOO_LONG above MAX_TEXT characters."""
    body = body.strip()
    if not body:
        raise Refusal(No.EMPTY)
    if len(body) > MAX_TEXT:
        raise Refusal(No.TOO_LONG, limit=MAX_TEXT, length=len(body))
    return await texts.keep_text(tx, body, now)


class _Stakes:
    """Keeps the stakes of the task last asked about: showing one card asks thirty times."""

    def __init__(self) -> None:
        self._latest: tuple[TaskView, Stakes] | None = None

    def __call__(self, task: TaskView) -> Stakes:
        """Return what the rules need to know of a task."""
        latest = self._latest
        if latest is None or latest[0] is not task:
            latest = self._latest = task, _stakes(task)
        return latest[1]


stakes = _Stakes()


def _stakes(task: TaskView) -> Stakes:
    supporters = task.people_in(Part.SUPPORT)
    followers = task.people_in(Part.FOLLOW)
    lead = () if task.lead_id is None else (task.lead_id,)
    return Stakes(
        task.assigner_id,
        task.lead_id,
        (*lead, *supporters, *followers),
        task.unit_id,
        task.group_id,
        task.body_id is not None,
        supporters,
        followers,
        [one.unit_id for one in task.others if one.part is Part.SUPPORT and one.unit_id],
        task.units_in(Part.SUPPORT),
        task.entered_by_id,
        task.decider_id,
    )
