"""What waited too long for somebody: a remark without an answer, a result that nobody accepted."""

from datetime import datetime

from bot.actions import moves
from bot.actions.office import Office
from bot.actions.tasks.acceptance import acceptors
from bot.actions.tasks.remark import owe
from storage.records import Priority
from storage.tasks import remarks, tasks


async def look(office: Office, now: datetime) -> int:
    """Remind once of each, while people are awake; return how many. The digest goes on with it."""
    if not office.workdays.is_awake(now):
        return 0
    return await _remarks(office, now) + await _results(office, now)


async def _remarks(office: Office, now: datetime) -> int:
    late = await remarks.late(office.db, now)
    for one in late:
        async with office.db.transaction() as tx:
            view = await tasks.view(tx, one.task_id)
            if view is not None and await remarks.chased(tx, one.id, now):
                late_for = owe(view)
                await moves.tell(
                    tx, "remark.late", one.task_id, late_for, now, priority=Priority.REMINDER
                )
    return len(late)


async def _results(office: Office, now: datetime) -> int:
    """Remind the acceptor of a result handed in a working day ago; of what they lead, those above."""
    workdays, local = office.workdays, office.workdays.local(now)
    day_before = workdays.at(workdays.add(local.date(), -1), local.time())
    waiting = await tasks.unaccepted(office.db, day_before)
    await office.refresh()
    for task in waiting:
        async with office.db.transaction() as tx:
            if await tasks.accept_chased(tx, task.id, now):
                view = await tasks.view(tx, task.id)
                asked = await acceptors(tx, office, view) if view else []
                await moves.tell(
                    tx, "acceptance.waiting", task.id, asked, now, priority=Priority.REMINDER
                )
    return len(waiting)
