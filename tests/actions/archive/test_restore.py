"""A package brought back: the same rows and files, into nothing and over what was changed since."""

import shutil
from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from bot.actions import find
from bot.actions.archive.restore import REGISTERS, OtherRow, Restored, restore
from bot.actions.office import Office
from bot.actions.reporting import search
from bot.chat.archive.archive_package import Written
from bot.commands.archive.archive_return import bring_back_into
from bot.commands.archive.package_verify import verify_package
from bot.refusals import No, Refusal
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.history import chain, hashes
from storage.tasks import texts
from tests.actions.archive.over import NEXT_YEAR, eventful, over, packed
from tests.actions.office import Staffed, staffed

OF_TASKS = ("tasks", "task_people", "texts", "requests", "remarks", "check_items", "files")


@pytest.fixture
async def made(at_work: Staffed, tmp_path: Path) -> Written:
    """A package of two tasks."""
    await eventful(at_work)
    await over(at_work)
    return (await packed(at_work, tmp_path / "archive", zipped=True))[1]


@pytest.fixture
async def elsewhere(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """An office with nothing in it."""
    path = tmp_path / "elsewhere.db"
    shutil.copy(sqlite_template, path)
    db = await open_database(f"sqlite:///{path}")
    yield Office(db=db, name="Văn phòng", files=tmp_path / "files elsewhere")
    await db.close()


async def rows(db: Database) -> dict[str, list[dict[str, object]]]:
    """Return the rows of tasks in the words of a package."""
    from storage.archive.archived_rows import plain  # noqa: PLC0415 - as the package has them

    found = {table: await db.fetch(f"SELECT * FROM {table} ORDER BY id") for table in OF_TASKS}
    return {table: [plain(row) for row in these] for table, these in found.items()}


async def is_whole(office: Office) -> bool:
    """Tell whether `dondoc verify` would find nothing."""
    misfits = [one async for one in hashes.wrong_texts(office.db, lambda *_: None)]
    misfits += [
        one
        async for one in hashes.wrong_files(
            office.db, hashes.in_folder(office.files), lambda *_: None
        )
    ]
    return await chain.verify(office.db) is None and not misfits


async def test_into_an_empty_database(at_work: Staffed, made: Written, elsewhere: Office) -> None:
    done = await bring_back_into(elsewhere, made.path, NEXT_YEAR)
    assert (done.tasks, done.rows.changed, done.rows.removed) == (2, 0, 0)
    assert await rows(elsewhere.db) == await rows(at_work.db)
    here = {one.name: one.read_bytes() for one in at_work.office.files.glob("??/*")}
    there = {one.name: one.read_bytes() for one in elsewhere.files.glob("??/*")}
    assert there == here
    assert await is_whole(elsewhere)
    who = at_work.who["leader"]
    past = await find.history(at_work.office, who, 1)
    theirs = await find.history(elsewhere, who, 1)
    assert [event.kind for event in past] == [event.kind for event in theirs]
    assert [event.hash for event in past] == [event.hash for event in theirs]
    for said in ("rà soát số liệu", "làm rõ mục", "bang pdf"):
        [line], total = await search.by_words(elsewhere, who, said, NEXT_YEAR)
        assert (line.id, total, line.archive_id) == (1, 1, 1)


async def test_twice_changes_nothing(made: Written, elsewhere: Office) -> None:
    await bring_back_into(elsewhere, made.path, NEXT_YEAR)
    before = await rows(elsewhere.db)
    again = await bring_back_into(elsewhere, made.path, NEXT_YEAR)
    assert again == Restored(tasks=2)
    assert await rows(elsewhere.db) == before


async def test_over_what_was_changed_behind_the_program_s_back(
    at_work: Staffed, made: Written
) -> None:
    before = await rows(at_work.db)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET title = 'khác', percent = 7 WHERE id = 1")
        await tx.execute("UPDATE texts SET body = 'khác' WHERE body = 'Đã làm rõ'")
        await tx.execute("UPDATE events SET facts = '{}' WHERE kind = 'task.submit'")
        await tx.execute("DELETE FROM check_items WHERE id = 1")
        await tx.execute(
            "INSERT INTO check_items (task_id, text_id, created_at) VALUES (1, 1, $1)", NEXT_YEAR
        )
    for path in at_work.office.files.rglob("*"):
        if path.is_file():
            path.write_bytes(b"khac")
    assert not await is_whole(at_work.office)
    done = await bring_back_into(at_work.office, made.path, NEXT_YEAR)
    assert (done.tasks, done.rows.added, done.rows.removed) == (2, 1, 1)
    assert await rows(at_work.db) == before
    assert await is_whole(at_work.office)


async def test_another_s_numbers_are_never_written_over(
    at_work: Staffed, made: Written, elsewhere: Office, tmp_path: Path
) -> None:
    async with elsewhere.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO people (name, folded, created_at) VALUES ('Ai', 'ai', $1)", NEXT_YEAR
        )
    with pytest.raises(OtherRow, match="people: number 1"):
        await bring_back_into(elsewhere, made.path, NEXT_YEAR)
    assert not await elsewhere.db.fetch("SELECT id FROM tasks")
    empty: dict[str, list[dict[str, object]]] = {
        name: [] for name in (*REGISTERS, "document_events")
    }
    with pytest.raises(Refusal) as refused:
        await restore(
            at_work.office,
            {"name": "nam-2026"},
            "0" * 64,
            empty,
            [],
            lambda _: nullcontext(),
            NEXT_YEAR,
        )
    assert refused.value.kind is No.OTHER_PACKAGE


async def test_archived_again_it_is_the_same_data(
    at_work: Staffed, made: Written, elsewhere: Office, tmp_path: Path
) -> None:
    await bring_back_into(elsewhere, made.path, NEXT_YEAR)
    async with elsewhere.db.transaction() as tx:
        await tx.execute("DELETE FROM archived_tasks")
        await tx.execute("DELETE FROM archives")
    again = (await packed(Staffed(elsewhere, {}, {}, {}), tmp_path / "again"))[1]
    whole = tmp_path / "whole"
    shutil.unpack_archive(made.path, whole)
    for name in ("viec/0001.jsonl", "trang/0001.html", "danh-muc/viec.csv", "danh-muc/tep.csv"):
        assert (again.path / "data" / name).read_bytes() == (
            whole / "nam-2026/data" / name
        ).read_bytes()
    assert not verify_package(again.path, lambda *_: None).flaws


async def test_from_one_engine_into_the_other(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    db, other = await open_database(sqlite_url), await open_database(postgres_url)
    try:
        at_work = await staffed(db, tmp_path / "files")
        await eventful(at_work)
        _, written = await packed(at_work, tmp_path / "archive")
        elsewhere = Office(db=other, name="Văn phòng", files=tmp_path / "there")
        await bring_back_into(elsewhere, written.path, NEXT_YEAR)
        assert await rows(other) == await rows(db)
        assert await is_whole(elsewhere)
        async with other.transaction() as tx:
            number = await texts.keep_text(tx, "sau đó", NEXT_YEAR)
        assert number > max(row["id"] for row in await db.fetch("SELECT id FROM texts"))
    finally:
        await db.close()
        await other.close()
