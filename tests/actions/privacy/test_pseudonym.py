"""Who left and asked for it is told by a pseudonym alone; the work and its history stay."""

from pathlib import Path

from bot.actions.organisation import leave
from bot.actions.privacy import pseudonym
from bot.actions.privacy.pseudonym import Replaced
from bot.refusals import No
from storage.history import audit, chain
from storage.messaging import cards, inbox, outbox
from storage.messaging.cards import Placed
from storage.messaging.inbox import Received
from storage.messaging.outbox import ToSay
from storage.organisation import people
from tests.actions.archive.over import NEXT_YEAR, eventful, over, packed
from tests.actions.office import TABLES, Staffed, refused

NAME, ACCOUNT = "Mạc Thiên Ân", 104
TELLING = (NAME, "mac thien an", "thien_an", f'"chat": {ACCOUNT}')
PRIVATE = ("inquiries", "reminded", "album_parts", "attempts", "heard")


async def replace(at_work: Staffed, name: str = "staff", by: str = "admin") -> Replaced:
    return await pseudonym.replace(
        at_work.office, at_work.who[by], at_work.ids[name], NEXT_YEAR, at_work.update()
    )


async def end(at_work: Staffed, name: str = "staff") -> None:
    who, person = at_work.who["admin"], at_work.ids[name]
    await leave.end(at_work.office, who, person, NEXT_YEAR, at_work.update())


async def telling(at_work: Staffed) -> list[str]:
    """Return where a name, a username or an account of staff stands."""
    found = []
    for table in (*TABLES, *PRIVATE):
        for row in await at_work.db.fetch(f"SELECT * FROM {table}"):
            found += [
                f"{table}.{column}"
                for column, value in row.items()
                if value == ACCOUNT or any(one in str(value) for one in TELLING)
            ]
    return found


async def test_nothing_tells_who_it_was_and_the_history_holds(
    at_work: Staffed, tmp_path: Path
) -> None:
    task = await eventful(at_work)
    made, _ = await packed(at_work, tmp_path)
    async with at_work.db.transaction() as tx:
        await people.change(tx, at_work.ids["staff"], {"username": "thien_an"})
        await cards.put(tx, [Placed(task.id, at_work.ids["staff"], ACCOUNT, None, 7, NEXT_YEAR)])
        said = ToSay(
            "files.kept", at_work.ids["staff"], None, {"chat": ACCOUNT}, 0, NEXT_YEAR, NEXT_YEAR
        )
        await outbox.put(tx, [said])
        await inbox.store(tx, 1, [Received(99, ACCOUNT, "{}", error="broken")], NEXT_YEAR)
    before = await at_work.db.fetch("SELECT * FROM events ORDER BY id")
    await end(at_work)
    assert {
        "people.name",
        "people.telegram_id",
        "cards.chat_id",
        "inbox.lane",
        "outbox.facts",
    } <= set(await telling(at_work))
    done = await replace(at_work)
    assert done == Replaced(f"Ẩn danh {at_work.ids['staff']}", [made.name])
    assert await telling(at_work) == []
    after = await at_work.db.fetch("SELECT * FROM events ORDER BY id")
    assert after[: len(before)] == before
    assert await chain.verify(at_work.db) is None
    actors = {event.actor_name for event in await audit.history(at_work.db, task.id)}
    assert actors == {done.pseudonym, "Trịnh Quang Lĩnh"}


async def test_each_has_another_and_keeps_it(at_work: Staffed) -> None:
    for name in ("staff", "mate"):
        await end(at_work, name)
    names = {(await replace(at_work, name)).pseudonym for name in ("staff", "mate")}
    assert len(names) == 2
    await refused(No.STALE, at_work, replace(at_work))
    back = leave.take_back(
        at_work.office, at_work.who["admin"], at_work.ids["staff"], NEXT_YEAR, at_work.update()
    )
    await refused(No.STALE, at_work, back)


async def test_an_admin_alone_and_of_formers_alone(at_work: Staffed) -> None:
    await refused(No.STALE, at_work, replace(at_work))
    await end(at_work)
    for by in ("leader", "head", "mate"):
        await refused(No.NOT_ALLOWED, at_work, replace(at_work, by=by))
    await over(at_work, to="mate")
    await end(at_work, "mate")
    assert (await replace(at_work, "mate")).packages == []
