"""What is for somebody away goes to who stands in: looked at when it is sent, by the dates of that day."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.actions.moves import stakes
from bot.actions.office import Office
from bot.actions.reminders import throttling
from bot.rules import rights
from bot.rules.organisation.absences import Away
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction
from storage.messaging import outbox_redirect
from storage.organisation import reachability
from storage.records import Outgoing
from storage.reminders import delivery_log
from storage.tasks import tasks

ASKS = {
    "task.submitted": Move.ACCEPT,
    "support.done": Move.ACCEPT,
    "acceptance.waiting": Move.ACCEPT,
    "extension.requested": Move.GRANT_EXTENSION,
    "extension.waiting": Move.GRANT_EXTENSION,
    "decline.requested": Move.KEEP,
    "decline.waiting": Move.KEEP,
    "correction.requested": Move.GRANT_CORRECTION,
}
"""Kinds that ask for a decision: they go to the nearest who may take it."""
_DIGEST = "digest"
_OWN = "absence."
"""What is told of an absence is for the people it names, wherever they are."""


async def passed_on(office: Office, rows: Sequence[Outgoing], now: datetime) -> bool:
    """Pass on what waits for one person if another should hear it; tell whether that is so.

    Once whoever was away is back, what was not said yet is theirs again. A digest is not passed on:
    that of who stands in has it all.
    """
    first = rows[0]
    if first.kind.startswith(_OWN):
        return False
    if first.about != first.person_id:
        await office.person(first.about, now)
    away = office.away.get(first.about)
    to = await _hears(office, first, away, now) if away else first.about
    if to == first.person_id:
        return False
    if first.kind != _DIGEST:
        async with office.db.transaction() as tx:
            await outbox_redirect.pass_on(
                tx, rows, to, first.about if to != first.about else None, now
            )
            for row in rows:
                await _in_turn(tx, row, to, now)
    return True


async def _in_turn(tx: Transaction, row: Outgoing, to: int, now: datetime) -> None:
    """Let whoever hears it from a row do so in their own time, or from their digest alone."""
    turns = await throttling.turns(tx, row.kind, row.task_id, [to], now, row.facts)
    turn = turns.get(to, now)
    if turn is None:
        await delivery_log.leave_out(tx, row, to, now)
    elif turn > now:
        await delivery_log.put_off(tx, row, to, turn)


async def _hears(office: Office, row: Outgoing, away: Away, now: datetime) -> int:
    """Return who hears it in place of somebody away; with nobody to stand in, they do themselves."""
    move = ASKS.get(row.kind)
    view = await tasks.view(office.db, row.task_id) if move and row.task_id else None
    if move and view:
        for one in away.stand_ins:
            known = await office.person(one, now)
            if known and rights.may_move(known.who, stakes(view), move):
                return one
    return row.about if away.stand_in is None else away.stand_in


async def look(office: Office, now: datetime) -> int:
    """Pass on what waits for those away; return how much.

    Just before it would be said, so that with what else whoever stands in hears it is one message;
    of those who cannot be written to themselves, what came while they are away.
    """
    passed, awake = 0, office.workdays.is_awake(now)
    for person_id, away in dict(await office.away_now(now)).items():
        since = office.workdays.at(away.since, time())
        waiting = await delivery_log.due(office.db, person_id, now) if awake else []
        for row in [*waiting, *await reachability.stuck(office.db, person_id, since)]:
            passed += await passed_on(office, [row], now)
    return passed
