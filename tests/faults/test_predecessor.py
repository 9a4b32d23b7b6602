"""A program that was killed is made anew under another host name: what it had said is not said again."""

from datetime import timedelta

from pydantic import TypeAdapter

from bot.clock import system_clock
from bot.delivery.outbox.journal import Journal
from bot.delivery.outbox.message_result import Ended
from storage.engine.opening import open_database
from storage.messaging import outbox_leases
from storage.messaging.outbox_results import Ended as StorageEnded
from tests.faults.office import assign, at_work
from tests.stories.stage import MONDAY, STAFF, Stage

GONE = "container-before"


async def test_what_a_predecessor_said_is_not_said_again(stage: Stage) -> None:
    """Its lease has run out when the next one starts, and only its journal knows that the message was sent."""
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo thử")
    await staff.expect("báo cáo thử")
    await stage.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'")
    await stage.stop_bot()
    ended, said = await left_by_predecessor(stage), heard(stage)
    Journal(next(stage.folder.rglob("files")) / f"{GONE}.journal", print).write(ended)
    await stage.at(7, 10)
    await stage.start_bot()
    await stage.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'")
    assert heard(stage) == said


async def left_by_predecessor(stage: Stage) -> bytes:
    """Take a message anew as a program that died a minute ago did; return the line of its journal."""
    then = system_clock() - timedelta(seconds=60)
    db = await open_database(stage.url)
    try:
        async with db.transaction() as tx:
            await tx.execute(
                "UPDATE outbox SET state = 'waiting', settled_at = NULL, lease_until = NULL WHERE id = (SELECT MAX(id) FROM outbox)"
            )
        ((row,),) = await outbox_leases.claim(
            db, GONE, MONDAY + timedelta(days=1), then, then + timedelta(seconds=25), 10
        )
    finally:
        await db.close()
    return TypeAdapter(Ended).dump_json(Ended((StorageEnded(row.id, "sent", then),)))


def heard(stage: Stage) -> int:
    """Count the messages that the bot sent to the member of staff; a card takes the place of the one before."""
    person = next(one.id for one in stage.emulator.people.values() if STAFF in one.name)
    calls = [one for one in stage.emulator.calls if one.method == "sendMessage"]
    return sum(one.chat_id == person for one in calls)
