"""Corrections (đính chính) of a reported figure: asked with a reason, approved by somebody else."""

from datetime import UTC, datetime
from typing import Any

from bot.actions import escalation, moves
from bot.actions.office import Office, step
from bot.language.orders.figure_corrections import Figure, FigureReading, read_figure
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks import parts
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction, Value
from storage.organisation import leader_groups, people
from storage.records import Draft, RequestState, Task, TaskView, UpdateKey
from storage.tasks import corrections, requests


async def request(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Ask in words for a figure to be put right ("ngày nộp 10/12 vì đã gửi bản giấy").

    Nothing moves until it is decided; meanwhile the task is counted apart. Refuses NO_FIGURE_READ,
    NO_REASON, NOTHING_TO_CORRECT (never reported, or as it is already), NOBODY_DECIDES and
    CORRECTION_OPEN.
    """
    asked = read_figure(words, now, office.workdays)
    if asked is None:
        raise Refusal(No.NO_FIGURE_READ)
    if not asked.has_reason:
        raise Refusal(No.NO_REASON)
    await office.refresh()
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.REQUEST_CORRECTION, now)
        facts = _facts(change.before, asked, now)
        asked_of = await _deciders(tx, office, change)
        text_id = await moves.keep(tx, words, now)
        opened = await corrections.ask(
            tx, task_id=task_id, asked_by=who.person_id, facts=facts, text_id=text_id, at=now
        )
        if not opened:
            raise Refusal(No.CORRECTION_OPEN, number=task_id)
        columns: dict[str, Value] = {"in_correction": True}
        task = await moves.finish(tx, change, columns, text_id=text_id, facts=facts)
        await moves.tell(tx, "correction.requested", task_id, asked_of, now)
        return task


async def _deciders(tx: Transaction, office: Office, change: moves.Change) -> list[int]:
    """Return who is asked: the assigner's side, the lead where the assigner asks, else those above.

    Of a task that is done they may have left; refuses NOBODY_DECIDES where there is nobody.
    """
    task, who = change.before, change.who.person_id
    groups = await leader_groups.who_decide(tx, task.id, [task.assigner_id])
    leads = parts.leads(task) if task.assigner_id in change.who.people else []
    above = await escalation.leaders_above(tx, office, task.unit_id)
    for asked in ([task.assigner_id, *groups], leads, *above):
        others = [one for one in dict.fromkeys(asked) if one != who]
        here = await people.held_living(tx, others) if others else {}
        if found := [one for one in others if one in here]:
            return found
    raise Refusal(No.NOBODY_DECIDES, number=task.id)


def _facts(task: TaskView, asked: FigureReading, now: datetime) -> dict[str, Any]:
    """Return the figure with what it is and what it should be; refuses what was never reported."""
    present = getattr(task, asked.figure)
    wanted = asked.value
    if isinstance(wanted, datetime) and not task.created_at <= wanted <= now:
        raise Refusal(No.NO_FIGURE_READ)
    reported = asked.figure in {Figure.PERCENT, Figure.PRODUCT} or present is not None
    if not reported or present == wanted:
        raise Refusal(No.NOTHING_TO_CORRECT, number=task.id)
    return {"field": asked.figure.value, "from": _plain(present), "to": _plain(wanted)}


def _plain(value: object) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


async def grant(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Put the figure right; lateness and buckets follow from it.

    Refuses NOTHING_TO_CORRECT where something else was reported meanwhile, or the result returned.
    """
    return await _decide(office, who, task_id, version, Move.GRANT_CORRECTION, now, update)


async def refuse(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Keep the figure as it is."""
    return await _decide(office, who, task_id, version, Move.REFUSE_CORRECTION, now, update)


async def _decide(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    move: Move,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, move, now)
        asked = await corrections.open_one(tx, task_id)
        if asked is None:
            raise Refusal(No.STALE, number=task_id)
        if not rights.may_correct(who, moves.stakes(change.before), asked.asked_by):
            raise Refusal(No.NOT_ALLOWED, number=task_id)
        granted = move is Move.GRANT_CORRECTION
        state = RequestState.GRANTED if granted else RequestState.REFUSED
        await requests.decide(tx, asked.id, state, who.person_id, now)
        columns: dict[str, Value] = {"in_correction": False}
        if granted:
            _check_unchanged(change.before, asked.facts)
            columns[asked.facts["field"]] = _value(asked.facts)
        task = await moves.finish(tx, change, columns, facts=asked.facts)
        kind = "correction.granted" if granted else "correction.refused"
        concerned = {asked.asked_by, change.before.assigner_id, *parts.leads(change.before)}
        told = sorted(concerned - {who.person_id})
        await moves.tell(tx, kind, task_id, told, now)
        return task


def _check_unchanged(task: TaskView, facts: dict[str, Any]) -> None:
    """Refuse NOTHING_TO_CORRECT where another figure was reported since, or the result returned."""
    if _plain(getattr(task, facts["field"])) != facts["from"]:
        raise Refusal(No.NOTHING_TO_CORRECT, number=task.id)


def _value(facts: dict[str, Any]) -> Value:
    if facts["field"] == Figure.SUBMITTED_AT:
        return datetime.fromisoformat(facts["to"]).astimezone(UTC)
    value: Value = facts["to"]
    return value
