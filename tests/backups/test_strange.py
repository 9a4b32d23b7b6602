"""A backup that somebody else made is put in an office's place whole and sound, or not at all."""

import asyncio
import gzip
import json
import os
import random
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.commands.backups import backups, restores
from bot.config import Config
from storage.backups.encryption import Identity, NotWhole
from storage.engine.opening import open_database
from storage.history import hashes
from tests.backups import strange
from tests.backups.office import NOW, identity, office, settings
from tests.backups.strange import (
    DATABASE,
    DESCRIPTION,
    Members,
    described,
    member,
    packed,
    sealed_again,
    with_database,
)

BODY = b"minh chung"
NAME = f"files/{hashes.hash_of(BODY)}"
HUGE = 1 << 40


class Given:
    """A good backup and what is in it, and an empty place for it."""

    def __init__(self, config: Config, folder: Path, path: Path) -> None:
        self.config, self.folder, self.path = config, folder, path
        self.key: Identity = identity(path)
        self.content = strange.inside(path, self.key)
        self.members: Members = strange.members(self.content)

    async def refuses(self, content: bytes) -> str:
        """See that a backup of this content is refused in one line, and leaves nothing; return the line."""
        path = sealed_again(content, self.folder / "strange")
        with pytest.raises(restores.FAILURES) as looked:
            await backups.verify(path, self.key)
        before = strange.snapshot(self.folder)
        with pytest.raises(restores.FAILURES) as refused:
            await self.restore(path)
        assert strange.snapshot(self.folder) == before
        said = str(refused.value)
        assert (said == str(looked.value), "\n" in said, "strange" in said) == (
            True,
            False,
            True,
        ), said
        return said

    async def restore(self, path: Path) -> restores.Restored:
        return await restores.restore(self.config, path, self.key, NOW, replace=False)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> bytes:
    """A good backup."""
    folder = tmp_path_factory.mktemp("good")
    shutil.copy(sqlite_template, folder / "office.db")
    return asyncio.run(_good(settings(f"sqlite:///{folder}/office.db", folder)))


async def _good(config: Config) -> bytes:
    await office(config)
    return (await backups.back_up(config, None, NOW)).path.read_bytes()


@pytest.fixture
def given(good: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    monkeypatch.setattr("os.fsync", lambda _: None)
    path = tmp_path / "good"
    path.write_bytes(good)
    return Given(settings(f"sqlite:///{tmp_path}/office.db", tmp_path), tmp_path, path)


async def test_as_it_was_it_comes_back(given: Given) -> None:
    assert [info.name for info, _ in given.members] == [DESCRIPTION, DATABASE, NAME]
    path = sealed_again(packed(given.members), given.folder / "again")
    done = await given.restore(path)
    assert all(one.fine for one in done.findings)
    assert hashes.path_in(given.config.storage.files, NAME[6:]).read_bytes() == BODY


KINDS: dict[str, dict[str, Any]] = {
    "a link": {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
    "a hard link": {"type": tarfile.LNKTYPE, "linkname": DATABASE},
    "a device": {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 5},
    "a disk": {"type": tarfile.BLKTYPE, "devmajor": 8},
    "a pipe": {"type": tarfile.FIFOTYPE},
    "a folder": {"type": tarfile.DIRTYPE},
    "a sparse file": {"type": tarfile.GNUTYPE_SPARSE},
    "of a kind of its own": {"type": b"Z"},
    "old": {"type": tarfile.AREGTYPE},
    "somebody's": {"uid": 7, "uname": "ai"},
    "of some day": {"mtime": 1_700_000_000},
    "for all to run": {"mode": 0o4777},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", [0, 1, 2])
async def test_what_is_no_plain_file_of_ours(given: Given, kind: str, place: int) -> None:
    info, body = given.members[place]
    body = body if kind in {"old", "somebody's", "of some day", "for all to run"} else b""
    odd = member(info.name, body, **KINDS[kind])
    said = await given.refuses(packed([*given.members[:place], odd, *given.members[place + 1 :]]))
    assert "no plain file" in said
    said = await given.refuses(packed([*given.members, odd]))
    assert "no plain file" in said


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../../etc/passwd",
            "/etc/passwd",
            "files/../x",
            "files/" + "A" * 64,
            "files/" + "a" * 63,
        ),
        *(
            "files/" + "0" * 64 + "/x",
            "0" * 64,
            "databases",
            "x\n",
            "files//" + "0" * 64,
            "",
            "key.age",
        ),
    ],
)
async def test_a_name_that_is_none(given: Given, name: str) -> None:
    said = await given.refuses(packed([*given.members, member(name, BODY)]))
    assert "nothing of the name" in said or "no plain file" in said


async def test_names_too_long_for_a_header_are_not_read_into_memory(given: Given) -> None:
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        long = member("files/" + "x" * 5000, BODY)
        assert "no plain file" in await given.refuses(packed([*given.members, long], form))
    pax = member(NAME, BODY)
    pax[0].pax_headers = {"size": "7", "path": "/etc/passwd"}
    content = packed([*given.members[:2], pax], tarfile.PAX_FORMAT)
    assert "no plain file" in await given.refuses(content)


async def test_members_missing_twice_or_in_another_place(given: Given) -> None:
    first, database, file = given.members
    other = member(f"files/{hashes.hash_of(b'x')}", b"x")
    for found in (
        [], [first], [first, database], [first, file], [database, file], [database, first, file],
        [first, file, database], [first, first, database, file], [first, database, database, file],
        [first, database, file, file], [first, database, file, other], [first, database, other],
        [first, database, member(NAME, b"")], [first, member(DATABASE, b""), file],
        [first, (member(DATABASE, database[1][:-1])), file], [first, member(DATABASE, b"x" * 9000), file],
    ):  # fmt: skip
        await given.refuses(packed(found))


def damaged(content: bytes, chance: random.Random) -> Iterator[bytes]:
    """Change what is in a TAR.GZ: bytes, blocks, its end."""
    whole = gzip.decompress(content)
    for _ in range(8):
        body = bytearray(whole)
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        yield gzip.compress(bytes(body), 1)
        body = bytearray(content)
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        yield bytes(body)
        at = chance.randrange(0, len(whole), 512)
        yield gzip.compress(whole[:at] + whole[at + 512 :], 1)
        yield gzip.compress(whole[:at] + whole[at : at + 512] + whole[at:], 1)
        yield content[: chance.randrange(len(content))]
    yield content + b"x"
    yield content + content
    yield gzip.compress(whole + bytes(20_000), 1)
    yield gzip.compress(whole + b"x", 1)
    yield whole
    yield b""


async def test_any_change_in_it_is_found_or_changes_nothing(given: Given, long: bool) -> None:
    """Sealed again, so that the seal tells nothing: what comes back is what was there, or nothing."""
    chance, same = random.Random(3), 0
    for _ in range(20 if long else 1):
        for content in damaged(given.content, chance):
            path = sealed_again(content, given.folder / "strange")
            try:
                await backups.verify(path, given.key)
            except restores.FAILURES:
                await given.refuses(content)
            else:
                same += 1
                found = strange.members(content)
                assert [body for _, body in found[1:]] == [body for _, body in given.members[1:]]
    assert same <= (60 if long else 6)


async def test_a_file_that_says_it_is_huge_is_not_waited_for(given: Given) -> None:
    for place in range(3):
        info, body = given.members[place]
        found = [*given.members]
        found[place] = member(info.name, body)
        content = bytearray(gzip.decompress(packed(found)))
        lie = tarfile.TarInfo(info.name)
        lie.size, lie.mode = HUGE, 0o600
        at = content.index(info.name.encode() + b"\0")
        content[at : at + 512] = lie.tobuf(tarfile.GNU_FORMAT)
        await given.refuses(gzip.compress(bytes(content), 1))


def small(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "size": {**said["size"], "files": len(BODY) - 1}}


def old(said: dict[str, Any]) -> dict[str, Any]:
    """Return what a backup said before it said its size."""
    return {name: value for name, value in {**said, "format": 1}.items() if name != "size"}


async def test_more_than_it_says_is_not_unpacked(given: Given) -> None:
    said = await given.refuses(packed(described(given.members, small)))
    assert "its files are larger than it says" in said


async def test_no_room_is_said_before_anything_is_written(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        free = 5 << 20

    monkeypatch.setattr("storage.backups.backup_archive.shutil.disk_usage", lambda _: Full)

    def huge(said: dict[str, Any]) -> dict[str, Any]:
        return {**said, "size": {**said["size"], "files": 7 << 20}}

    path = sealed_again(packed(described(given.members, huge)), given.folder / "strange")
    with pytest.raises(restores.FAILURES, match="5 MB are free, to open the backup takes 7"):
        await given.restore(path)


async def test_a_backup_of_before_it_said_its_size_comes_back(given: Given) -> None:
    path = sealed_again(packed(described(given.members, old)), given.folder / "old")
    assert all(one.fine for one in (await given.restore(path)).findings)


def always(other: Any) -> Callable[[Any], Any]:
    return lambda _: other


def other_values(value: Any) -> list[Any]:
    others: list[Any] = [None, [], {}, 1.5, -1, 10**30, "x", True, "1" * 5000]
    return [one for one in others if type(one) is not type(value) or isinstance(value, dict | list)]


async def test_a_description_of_another_shape(given: Given, long: bool) -> None:
    said = json.loads(given.members[0][1])
    changes: list[Any] = [
        *({**said, name: other} for name in said for other in other_values(said[name]) if name != "made_at"),
        *({k: v for k, v in said.items() if k != name} for name in said),
        *({**said, "size": {**said["size"], name: other}} for name in said["size"] for other in (None, "x", -1)),
        *({**said, "counts": {**said["counts"], name: 0}} for name in ("x", "people; DROP TABLE people", "")),
        {**said, "counts": {**said["counts"], "people": 2}}, {**said, "more": 1}, {**said, "format": 3},
        {**said, "anchor": "1:" + "0" * 64}, {**said, "engine": "oracle"}, {**said, "files": 0},
        [], None, 7,
    ]  # fmt: skip
    random.Random(9).shuffle(changes)
    for change in changes if long else changes[:40]:
        if change == {k: v for k, v in said.items() if k != "format"}:
            continue  # which is what it is
        await given.refuses(packed(described(given.members, always(change))))
    for raw in (b"", b"{", b"[" * 100_000, b"\xff", b'{"a":' * 5000, b" " * (2 << 20)):
        await given.refuses(packed([member(DESCRIPTION, raw), *given.members[1:]]))


async def test_a_file_that_is_not_what_its_name_says_does_not_come_back(given: Given) -> None:
    """The rest does: the backup may be the last there is of an office."""
    found = [*given.members[:2], member(NAME, b"minh chunG")]
    path = sealed_again(packed(found), given.folder / "strange")
    said = [one.words for one in await backups.verify(path, given.key) if not one.fine]
    assert any(words.startswith("files: 1 are not what their names say") for words in said)
    done = await given.restore(path)
    assert [one.words for one in done.findings if not one.fine] == said
    assert not list(given.config.storage.files.glob("??/*"))


async def test_names_without_end_that_are_no_hashes_are_not_counted_on(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.backups.backup_archive._MOST_MISNAMED", 5)
    more = [member(f"files/{number:064x}", b"") for number in range(7)]
    found = described(given.members, lambda said: {**said, "files": 8})
    said = await given.refuses(packed([*found[:2], *more, found[2]]))
    assert "more than 5 files are not what their names say" in said


async def test_a_good_file_that_is_there_stays(given: Given) -> None:
    place = hashes.path_in(given.config.storage.files, NAME[6:])
    place.parent.mkdir(parents=True)
    place.write_bytes(BODY)
    found = [*given.members[:2], member(NAME, b"minh chunG")]
    await given.restore(sealed_again(packed(found), given.folder / "strange"))
    assert place.read_bytes() == BODY


DATABASES = {
    "a trigger": "CREATE TRIGGER evil AFTER INSERT ON events BEGIN DELETE FROM people; END",
    "another trigger": "DROP TRIGGER tallies_more;"
    "CREATE TRIGGER tallies_more AFTER UPDATE ON tasks BEGIN DELETE FROM people; END",
    "a view for a table": "ALTER TABLE heard RENAME TO x; DROP TABLE x;"
    "CREATE VIEW heard AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
    "a table of a name": 'CREATE TABLE "x; DROP TABLE people; --" (a)',
    "a table more": "CREATE TABLE others (a)",
    "a table less": "DROP TABLE heard",
    "a column more": "ALTER TABLE people ADD COLUMN evil TEXT",
    "an index": "CREATE INDEX evil ON people (length(name))",
    "no index": "DROP INDEX people_account",
    "a virtual table": "CREATE VIRTUAL TABLE evil USING fts5 (a)",
    "no migrations": "DROP TABLE migrations",
    "another migration": "UPDATE migrations SET sha256 = 'x'",
    "a later migration": "INSERT INTO migrations SELECT 9999, 'later', '', 1, run_at FROM migrations LIMIT 1",
    "no chain": "DELETE FROM chain",
    "a text for a number": "UPDATE tasks SET assigner_id = 'x'",
    "a number for a text": "UPDATE people SET name = x'ff'",
    "bytes for a text": "UPDATE texts SET body = x'00'; UPDATE people SET folded = x'41'",
    "bytes for a number": "UPDATE events SET at = 7",
    "a number for a flag": "UPDATE tasks SET has_clock = 2",
    "half a number": "UPDATE tasks SET percent = 1.5",
    "a moment at the end": "UPDATE people SET created_at = '9999-12-31T23:00:00.000000+00:00'",
    "no moment": "UPDATE tasks SET created_at = 'hôm qua'",
    "a moment that is none": "UPDATE people SET created_at = '2026-99-01T00:00:00.000000+00:00'",
    "a day that is none": "UPDATE people SET created_at = '2026-02-31T00:00:00.000000+00:00'",
    "a row that points nowhere": "UPDATE tasks SET assigner_id = 999",
    "a state that is none": "UPDATE tasks SET status = 'open'",
    "no JSON": "UPDATE people SET aliases = '{'",
    "JSON of another kind": "UPDATE people SET aliases = '{}'",
    "deep JSON": f"UPDATE events SET facts = '{'[' * 900}{']' * 900}'",
    "letters that are none": "UPDATE people SET name = CAST(x'ff' AS TEXT)",
    "a unit above itself": "INSERT INTO units (id, parent_id, name, folded, created_at)"
    " SELECT 1, 2, 'A', 'a', created_at FROM people; INSERT INTO units (id, parent_id, name, folded,"
    " created_at) SELECT 2, 1, 'B', 'b', created_at FROM people",
    "a task above itself": "UPDATE tasks SET parent_id = id",
    "pages that are damaged": "PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage = 2 WHERE name = 'heard'",
    "a table made of nothing": "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = 'x' WHERE name = 'heard'",
}


@pytest.mark.parametrize("what", DATABASES)
async def test_a_database_that_is_none_of_ours(given: Given, what: str) -> None:
    found = with_database(given.members, given.folder, DATABASES[what])
    said = await given.refuses(packed(found))
    assert "the database in it" in said or "migration" in said or what == "a table of a name"


async def test_bytes_of_the_database_and_a_description_that_fits(given: Given, long: bool) -> None:
    chance = random.Random(5)
    first, database, file = given.members
    for _ in range(500 if long else 10):
        body = bytearray(database[1])
        for _ in range(chance.choice([1, 5, 100])):
            body[chance.randrange(len(body))] = chance.randrange(256)
        fitting = described([first], strange.of_database(bytes(body)))
        found = [*fitting, member(DATABASE, bytes(body)), file]
        path = sealed_again(packed(found), given.folder / "strange")
        with suppress(*restores.FAILURES):
            await backups.verify(path, given.key)


async def test_an_office_with_something_of_its_own_has_its_backup_all_the_same(
    sqlite_config: Config,
) -> None:
    await office(sqlite_config)
    db = await open_database(sqlite_config.storage.url)
    async with db.transaction() as tx:
        await tx.execute("CREATE INDEX mine ON people (position)")
    await db.close()
    made = await backups.back_up(sqlite_config, None, NOW)
    [found] = made.findings
    assert (found.fine, "the index 'mine' is not of it" in found.words) == (False, True)
    assert made.path.exists()


async def test_a_pipe_a_device_and_a_folder_are_no_backup(given: Given, tmp_path: Path) -> None:
    """Whoever opened a pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    async with asyncio.timeout(10):
        for path in (
            tmp_path / "pipe",
            Path("/dev/zero"),
            tmp_path / "folder",
            tmp_path / "nowhere",
        ):
            with pytest.raises((OSError, NotWhole)):
                await backups.verify(path, given.key)


async def test_a_living_office_is_as_it_was_where_its_place_is_not_taken(
    given: Given, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sqlite_template, given.folder / "office.db")
    await office(given.config)
    place = hashes.path_in(given.config.storage.files, NAME[6:])
    place.write_bytes(b"damaged")
    (given.config.storage.files / "one.journal").write_bytes(b"said last")
    before = strange.snapshot(given.folder)
    odd = with_database(given.members, given.folder, DATABASES["a trigger"])
    path = sealed_again(packed(odd), given.folder / "strange")
    with pytest.raises(backups.Unsound):
        await restores.restore(given.config, path, given.key, NOW, replace=True)
    path.unlink()
    assert strange.snapshot(given.folder) == before

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.backups.sqlite_backup.put_back_sqlite", full)
    with pytest.raises(OSError, match="No space"):
        await restores.restore(given.config, given.path, given.key, NOW, replace=True)
    assert strange.snapshot(given.folder) == before


async def test_a_backup_of_the_other_engine_leaves_nothing(given: Given) -> None:
    config = settings("postgresql://127.0.0.1:9/none", given.folder)
    before = strange.snapshot(given.folder)
    with pytest.raises(restores.OtherEngine, match="good: it is of sqlite"):
        await restores.restore(config, given.path, given.key, NOW, replace=True)
    assert strange.snapshot(given.folder) == before
