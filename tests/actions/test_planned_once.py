"""A step of a task's ladder is ahead once, whoever plans it."""

from storage.engine.database import Transaction
from storage.engine.migrate import migrate
from storage.records import Task
from storage.reminders import reminders
from tests.actions.office import MORNING, Staffed

ONCE = 7


async def ahead(at_work: Staffed, task: Task) -> list[reminders.Rung]:
    """Return the steps of a task that are ahead."""
    rows = await reminders.of_task(at_work.db, task.id)
    return [(one.rung, one.since, one.step, one.at) for one in rows if one.settled_at is None]


async def test_what_is_planned_again_is_ahead_once(at_work: Staffed) -> None:
    task = await at_work.assign()
    planned = await ahead(at_work, task)
    assert len(planned) > 3
    await at_work.db.run(lambda tx: reminders.plan(tx, task.id, planned))
    assert await ahead(at_work, task) == planned


async def test_what_was_settled_may_be_planned_again(at_work: Staffed) -> None:
    task = await at_work.assign()
    planned = await ahead(at_work, task)

    async def again(tx: Transaction) -> None:
        await reminders.drop(tx, task.id, "moved", MORNING)
        await reminders.plan(tx, task.id, planned)

    await at_work.db.run(again)
    assert await ahead(at_work, task) == planned


async def test_an_office_in_which_a_step_is_ahead_twice_keeps_the_first(at_work: Staffed) -> None:
    task = await at_work.assign()
    planned = await ahead(at_work, task)

    async def as_before(tx: Transaction) -> None:
        await tx.alter("DROP INDEX reminders_once")
        await tx.execute("DELETE FROM migrations WHERE number = $1", ONCE)
        await tx.execute(
            "INSERT INTO reminders (task_id, rung, since, step, at) SELECT task_id, rung, since, step, at FROM reminders"
        )

    await at_work.db.run(as_before)
    assert len(await ahead(at_work, task)) == 2 * len(planned)
    assert await migrate(at_work.db, MORNING) == [ONCE]
    assert await ahead(at_work, task) == planned
