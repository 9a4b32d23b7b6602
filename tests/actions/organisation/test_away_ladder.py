"""Who is on leave is left alone: what the ladder says to them goes to who stands in, and back."""

from datetime import date

from bot.actions.organisation import absence, redirect_to_deputy
from bot.actions.organisation.absence import Wanted
from bot.actions.reminders import fire_reminders
from bot.rules.reminders.reminders import Rung
from storage.messaging import outbox_leases
from tests.actions.office import Staffed
from tests.rules.task import office


async def heard_by(at_work: Staffed, since: int) -> list[tuple[str, str]]:
    """Return the rungs as they are heard once each is looked at to be sent, and by whom."""
    now = office(14, 9)
    await at_work.office.away_now(now)
    rows = await outbox_leases.claim(at_work.db, "one", now, now, now, 30)
    for mine in rows:
        for row in mine:
            await redirect_to_deputy.passed_on(at_work.office, [row], now)
    told = await at_work.db.fetch(
        "SELECT * FROM outbox WHERE id > $1 AND state = 'waiting' AND kind = 'reminder'"
        " ORDER BY id",
        since,
    )
    names = {person_id: name for name, person_id in at_work.ids.items()}
    return sorted((row["facts"].split('"')[3], names[row["person_id"]]) for row in told)


async def test_the_deputy_of_a_lead_and_of_a_head_hears_it(at_work: Staffed) -> None:
    await at_work.assign()
    monday = date(2026, 12, 14)
    for away, deputy in (("staff", "mate"), ("head", "deputy")):
        wanted = Wanted(at_work.ids[away], monday, monday, at_work.ids[deputy])
        who = at_work.who[away]
        await absence.enter(at_work.office, who, wanted, office(7), at_work.update())
    since = await at_work.last_said()
    await fire_reminders.look(at_work.office, office(14, 7, 30))
    assert await heard_by(at_work, since) == [(Rung.RED, "deputy"), (Rung.RED, "mate")]
