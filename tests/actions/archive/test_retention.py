"""What was typed and told is wiped when it is kept no longer; that it was, when and to whom, stays."""

from datetime import timedelta

from bot.clock import system_clock
from bot.runtime.schedule import upkeep
from storage.assigning import drafts
from storage.messaging import outbox_results
from storage.messaging.outbox_results import Ended
from tests.actions.office import MORNING, Staffed

LATER = MORNING + timedelta(days=91)


async def test_kept_for_its_days_and_then_wiped(at_work: Staffed) -> None:
    await at_work.assign()
    left = await _left_alone(at_work)
    async with at_work.db.transaction() as tx:
        rows = await tx.fetch("SELECT id FROM outbox")
        await outbox_results.settle(
            tx, [Ended(row["id"], "failed", MORNING, "why") for row in rows]
        )
        facts = "UPDATE outbox SET facts = '{\"text\": 1}'"
        await tx.execute(facts)
    before = [await at_work.db.fetch(f"SELECT * FROM {one}") for one in ("outbox", "drafts")]
    await upkeep(at_work.office, lambda: MORNING + timedelta(days=89), system_clock)
    assert before == [
        await at_work.db.fetch(f"SELECT * FROM {one}") for one in ("outbox", "drafts")
    ]
    await upkeep(at_work.office, lambda: LATER, system_clock)
    told = await at_work.db.fetch("SELECT * FROM outbox ORDER BY id")
    assert [(row["state"], row["facts"], row["error"]) for row in told] == [
        ("failed", "{}", None)
    ] * len(before[0])
    typed = await at_work.db.fetch("SELECT * FROM drafts ORDER BY id")
    assert {(row["fields"], row["message_id"], row["ended_at"] is None) for row in typed} == {
        ("{}", None, False)
    }
    ended = await drafts.get(at_work.db, left)
    assert ended is not None
    assert ended.ended_at == LATER


async def _left_alone(at_work: Staffed) -> int:
    """Begin a dialog that nobody goes on with."""
    async with at_work.db.transaction() as tx:
        draft = await drafts.start(
            tx, person_id=at_work.ids["staff"], chat_id=104, topic_id=None, kind="assign", task_id=None,
            waits_for="due", fields={"said": "soạn báo cáo"}, at=MORNING,
        )  # fmt: skip
    return draft.id
