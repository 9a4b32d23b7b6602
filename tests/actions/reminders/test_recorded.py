"""What changes no task is a line of history too: one's settings, and the groups the bot is in."""

from datetime import time

from bot.actions.messaging import group_membership
from bot.actions.reminders import digest_hour
from bot.actions.reporting import report_plan
from bot.rules.reporting.periods import Kind
from storage.history.chain import verify
from tests.actions.office import MORNING, Staffed


async def test_settings_and_groups_are_recorded(at_work: Staffed) -> None:
    office, head = at_work.office, at_work.who["head"]
    await digest_hour.choose(office, head, time(8), MORNING, at_work.update())
    await report_plan.switch(office, head, Kind.WEEK, True, MORNING, at_work.update())
    for _ in range(2):  # it comes once
        await group_membership.came(office, -5, "Tổ", head.person_id, MORNING, at_work.update())
    await group_membership.moved(office, -5, -6, MORNING)
    await group_membership.left(office, -6, MORNING)
    rows = await at_work.db.fetch(
        "SELECT kind, actor_id, facts FROM events ORDER BY id DESC LIMIT 5"
    )
    me = head.person_id
    assert [tuple(row.values()) for row in reversed(rows)] == [
        ("person.digest_hour", me, '{"hour":"08:00"}'),
        ("person.report_plan", me, '{"kind":"week","on":true}'),
        ("chat.joined", me, '{"chat":-5}'),
        ("chat.moved", None, '{"from":-5,"to":-6}'),
        ("chat.left", None, '{"chat":-6}'),
    ]
    assert await verify(at_work.db) is None
