"""Files sent at once: what waits, what follows a draft, and the task it has become."""

import asyncio
from datetime import datetime, timedelta

from bot.actions.assigning import assign
from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Place
from bot.actions.files import albums, attach_files
from bot.actions.files.file_store import Paper
from storage.files import albums as stored
from storage.files import files
from storage.messaging import outbox_leases
from storage.records import AlbumPart, Draft
from tests.actions.office import MORNING, Staffed
from tests.actions.series.series_office import MONTHLY, look, now


def paper(name: str, album: str | None = "al") -> Paper:
    return Paper(name * 8, f"{name}.pdf", 3, "application/pdf", f"tg-{name}", album)


async def drafted(at_work: Staffed, words: str = MONTHLY) -> Draft:
    here, who = at_work.office, at_work.who["leader"]
    readings = await assign.read_all(here, who, words, MORNING)
    place = Place(at_work.ids["leader"])
    update = at_work.update()
    [draft] = await assign.begin(here, who, place, readings, MORNING, update, (paper("a"),), 7)
    return draft


async def come(at_work: Staffed, name: str, who: str = "leader") -> None:
    standing = at_work.who[who]
    known = await albums.drafts_of(at_work.office, standing, "al")
    what = ("", paper(name), MORNING, at_work.update())
    await albums.enclose(at_work.office, standing, known, *what)


async def names(at_work: Staffed, task_id: int) -> list[str]:
    return [file.name for file in await files.of_task(at_work.db, task_id)]


async def test_they_follow_the_draft_and_the_task_at_once_or_late(at_work: Staffed) -> None:
    draft = await drafted(at_work)
    await asyncio.gather(come(at_work, "b"), come(at_work, "c"), come(at_work, "b"))
    [known] = await albums.drafts_of(at_work.office, at_work.who["leader"], "al")
    kept = Fields.model_validate(known.fields).papers
    assert (known.version, sorted(one.name for one in kept)) == (
        draft.version,
        ["a.pdf", "b.pdf", "c.pdf"],
    )
    done = (at_work.office, at_work.who["leader"], draft.id, draft.version, None, MORNING)
    task = await assign.confirm(*done, at_work.update())
    await come(at_work, "d")
    await come(at_work, "d")
    assert sorted(await names(at_work, task.id)) == ["a.pdf", "b.pdf", "c.pdf", "d.pdf"]
    assert len((await now(at_work)).fields["papers"]) == 4
    [then] = await look(at_work, MORNING.date() + timedelta(days=35))
    assert len(await names(at_work, then.id)) == 4


async def test_an_album_is_its_senders_alone(at_work: Staffed) -> None:
    await drafted(at_work)
    assert await albums.drafts_of(at_work.office, at_work.who["staff"], "al") == []
    assert not await albums.has_place(at_work.office, at_work.ids["staff"], "al")
    assert await albums.has_place(at_work.office, at_work.ids["leader"], "al")


async def test_what_waits_is_kept_once_answered_in_private_alone_and_forgotten(
    at_work: Staffed,
) -> None:
    who, here = at_work.who["staff"], at_work.office
    for name, in_group in (("a", False), ("a", False), ("b", True)):
        part = AlbumPart(
            album="al",
            person_id=who.person_id,
            telegram_file_id=name,
            name=name,
            mime="",
            size=1,
            received_at=MORNING,
        )
        await albums.hold(here, part, in_group)
    assert [one.name for one in await albums.held(here, who, "al")] == ["a", "b"]
    assert await albums.held(here, at_work.who["leader"], "al") == []
    assert await at_work.outbox(0) == [(albums.WAITING, "staff")]
    await stored.prune(at_work.db, MORNING)
    assert len(await albums.held(here, who, "al")) == 2
    await stored.prune(at_work.db, MORNING + timedelta(seconds=1))
    assert await albums.held(here, who, "al") == []


async def test_one_that_came_late_takes_the_answer_to_those_before_along(at_work: Staffed) -> None:
    task = await at_work.assign()
    late = MORNING + timedelta(seconds=1)
    for name, at in (("a", MORNING), ("b", MORNING), ("c", late)):
        async with at_work.db.transaction() as tx:
            await attach_files.answer_album(tx, at_work.ids["staff"], task.id, [paper(name)], at)
    kept = "SELECT not_before FROM outbox WHERE kind = 'files.kept' ORDER BY id"
    first, *others = [row["not_before"] for row in await at_work.db.fetch(kept)]
    assert others == [first, first]
    assert await claimed(at_work, MORNING + attach_files.ALBUM) == 0
    assert await claimed(at_work, late + attach_files.ALBUM) == 3


async def test_an_answer_that_is_being_given_waits_for_nothing(at_work: Staffed) -> None:
    task = await at_work.assign()
    async with at_work.db.transaction() as tx:
        await attach_files.answer_album(tx, at_work.ids["staff"], task.id, [paper("a")], MORNING)
    before = MORNING + attach_files.ALBUM
    assert await claimed(at_work, before) == 1
    async with at_work.db.transaction() as tx:
        await attach_files.answer_album(tx, at_work.ids["staff"], task.id, [paper("b")], before)
    kept = "SELECT COUNT(DISTINCT not_before) AS n FROM outbox WHERE kind = 'files.kept'"
    assert (await at_work.db.fetch(kept))[0]["n"] == 2


async def claimed(at_work: Staffed, now: datetime) -> int:
    """Count the answers to files that are chosen to be said."""
    what = (at_work.db, "one", now, now, now + timedelta(milliseconds=1), 10)
    rows = [row for person in await outbox_leases.claim(*what) for row in person]
    return sum(row.kind == "files.kept" for row in rows)
