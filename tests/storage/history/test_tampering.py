"""One character of one value changed behind the program's back is found, whichever it is."""

import random
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.engine.database import Database, Reader, Value
from storage.files import files
from storage.history import audit, chain, hashes
from storage.history.audit import NewEvent
from storage.history.chain import Fault, Wrong
from storage.history.hashes import Misfit
from storage.tasks.texts import keep_text

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
EVENTS = 40
COLUMNS = {
    "events": ("at", "kind", "actor_id", "task_id", "person_id", "text_id", "document_id", "facts", "hash"),
    "kept_events": ("at", "kind", "actor_id", "task_id", "person_id", "text_id", "document_id", "facts", "hash", "previous"),
    "texts": ("body", "sha256"),
    "files": ("name", "sha256", "size"),
}  # fmt: skip


@pytest.fixture
async def office(db: Database, tmp_path: Path) -> Database:
    """Rows of every kind that the chain holds together; of what can be pointed to there are two."""
    async with db.transaction() as tx:
        for name in ("an", "bo"):
            people = "INSERT INTO people (name, folded, created_at) VALUES ($1, $1, $2)"
            await tx.execute(people, name, NOW)
            documents = (
                "INSERT INTO documents (symbol, folded, entered_by_id, created_at)"
                " VALUES ($1, $1, 1, $2)"
            )
            await tx.execute(documents, name, NOW)
            tasks = (
                "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
                " VALUES ($1, 'normal', 'assigned', 1, 1, $2)"
            )
            await tx.execute(tasks, name, NOW)
            await keep_text(tx, f"Đồng chí {name} báo cáo trước thứ Sáu", NOW)
        events = [
            NewEvent("task.progress", n % 2 + 1, 1, 2, n % 2 + 1, {"percent": 10 + n}, 1)
            for n in range(EVENTS)
        ]
        events += [await _file(tx, tmp_path / "files", f"{n}.pdf") for n in range(3)]
        for n, event in enumerate(events):
            await audit.append_many(tx, NOW + timedelta(seconds=n), [event])
        await tx.execute(
            "INSERT INTO kept_events SELECT e.*, COALESCE((SELECT b.hash FROM events b"
            " WHERE b.id = e.id - 1), '') FROM events e WHERE e.kind <> 'file.kept'"
        )
    return db


async def _file(tx: Any, folder: Path, name: str) -> NewEvent:
    data = f"bytes of {name}".encode()
    sha256 = hashes.hash_of(data)
    path = hashes.path_in(folder, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    kept = await files.add(
        tx, task_id=1, person_id=1, sha256=sha256, name=name, size=len(data), mime="x", at=NOW,
        telegram_file_id=None, album=None,
    )  # fmt: skip
    facts = hashes.file_facts(kept.model_dump())
    return NewEvent(hashes.FILE_KEPT, 1, 1, facts=facts)


async def wrong(db: Reader, folder: Path) -> list[Fault | Misfit]:
    """Return all that is found wrong."""
    fault = await chain.verify(db)
    texts = [one async for one in hashes.wrong_texts(db, lambda _done, _of: None)]
    texts += [one async for one in hashes.wrong_kept_events(db, lambda _done, _of: None)]
    kept = [
        one
        async for one in hashes.wrong_files(db, hashes.in_folder(folder), lambda _done, _of: None)
    ]
    return [*([fault] if fault else []), *texts, *kept]


async def test_what_nobody_touched_is_whole(office: Database, tmp_path: Path) -> None:
    assert await wrong(office, tmp_path / "files") == []


async def test_every_single_changed_character_is_found(
    office: Database, tmp_path: Path, long: bool
) -> None:
    dice = random.Random(7)
    for _ in range(1000 if long else 60):
        table = dice.choice(list(COLUMNS))
        row = dice.choice(await office.fetch(f"SELECT * FROM {table} ORDER BY id"))
        column = dice.choice([one for one in COLUMNS[table] if row[one] not in {None, ""}])
        changed = _changed(row, column, dice)
        found = await _found_when(office, tmp_path, table, column, row["id"], changed)
        assert any(_names(one, table, row["id"]) for one in found), (table, column, row, changed)
    assert await wrong(office, tmp_path / "files") == []


def _changed(row: Mapping[str, Any], column: str, dice: random.Random) -> Value:
    value = row[column]
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if column.endswith("_id"):
        return 3 - int(value)
    if isinstance(value, int):
        return value + 1
    place = dice.randrange(len(value))
    other = chr(ord(value[place]) ^ 1)
    return f"{value[:place]}{other}{value[place + 1 :]}"


async def _found_when(
    db: Database, folder: Path, table: str, column: str, row_id: int, changed: Value
) -> list[Fault | Misfit]:
    """Return what is found while a value is another one, and put it back."""
    found: list[Fault | Misfit] = []
    with suppress(ZeroDivisionError):
        async with db.transaction() as tx:
            await tx.execute(f"UPDATE {table} SET {column} = $1 WHERE id = $2", changed, row_id)
            found = await wrong(tx, folder / "files")
            raise ZeroDivisionError
    return found


def _names(found: Fault | Misfit, table: str, row_id: int) -> bool:
    """Tell whether what was found is the row that was changed."""
    if isinstance(found, Misfit):
        return (found.table, found.id) == (table, row_id)
    return table == "texts" or found.event_id == row_id


async def test_a_file_changed_gone_or_added_is_named(office: Database, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    paths = [hashes.path_in(folder, hashes.hash_of(f"bytes of {n}.pdf".encode())) for n in range(3)]
    paths[0].write_bytes(b"Bytes of 0.pdf")
    paths[2].unlink()
    assert await wrong(office, folder) == [
        Misfit("files", 1, "changed"), Misfit("files", 3, "missing")
    ]  # fmt: skip
    async with office.transaction() as tx:
        await tx.execute("DELETE FROM files WHERE id = 3")
        await _file(tx, folder, "2.pdf")
    assert await wrong(office, folder) == [
        Misfit("files", 1, "changed"), Misfit("files", 3, "missing"), Misfit("files", 4, "added")
    ]  # fmt: skip


async def test_a_history_written_anew_is_found_by_an_anchor(office: Database) -> None:
    known = await chain.anchor(office)
    async with office.transaction() as tx:
        await audit.append(tx, NOW, "more")
    assert await chain.verify(office, known) is None
    async with office.transaction() as tx:
        await tx.execute("DELETE FROM events")
        await tx.execute("UPDATE chain SET length = 0, hash = ''")
        await audit.append_many(tx, NOW, [NewEvent("forged")] * (EVENTS + 9))
    assert await chain.verify(office) is None
    assert await chain.verify(office, known) == Fault(known.number, Wrong.REWRITTEN)
    beyond = chain.Anchor(known.number + 100, known.hash)
    assert await chain.verify(office, beyond) == Fault(beyond.number, Wrong.MISSING)
