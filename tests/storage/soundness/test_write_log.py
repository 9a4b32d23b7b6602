"""What SQLite would drop from a damaged log is counted, told and kept; what it never committed is not missed."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.opening import open_database
from storage.engine.sqlite_file import cut_off, emptied
from storage.soundness import lost_writes
from storage.soundness.write_log import log_beside, read_log

HEAD, FRAME = 32, 24 + 4096
DONE = 10


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of a program that was killed: all is in its log, of transactions the table and ten rows."""
    living, killed = tmp_path / "living.db", tmp_path / "killed.db"
    with closing(sqlite3.connect(living, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE one (a)")
        for number in range(DONE):
            db.execute("INSERT INTO one VALUES (?)", ("x" * 3000 + str(number),))
        shutil.copy(living, killed)
        shutil.copy(log_beside(living), log_beside(killed))
    return killed


def rows(database: Path) -> int:
    """Return how many rows SQLite finds; it mends the log as it sees fit."""
    with closing(sqlite3.connect(database)) as db:
        return int(db.execute("SELECT COUNT(*) FROM one").fetchone()[0])


def flip(database: Path, place: int) -> None:
    log = log_beside(database)
    data = bytearray(log.read_bytes())
    data[place] ^= 1
    log.write_bytes(data)


def test_a_whole_log_loses_nothing(database: Path) -> None:
    log = read_log(database)
    assert (log.kept, log.lost) == (DONE + 1, 0)
    assert rows(database) == DONE


@pytest.mark.parametrize(
    "place", [0, 9, 16, 21, HEAD, HEAD + 6, HEAD + 9, HEAD + 20, HEAD + 24, HEAD + 5 * FRAME + 500]
)
def test_what_sqlite_drops_is_counted(database: Path, place: int) -> None:
    flip(database, place)
    log = read_log(database)
    lost = DONE - rows(database) if log.kept else DONE
    assert log.lost >= lost > 0
    assert (
        0 <= log.kept + log.lost - (DONE + 1) <= 1
    )  # the damaged frame itself may look like an end


def test_a_flip_in_the_last_transaction_of_all_is_counted(database: Path) -> None:
    frames = (log_beside(database).stat().st_size - HEAD) // FRAME
    for place in (6, 9, 14, 17, 500):
        flip(database, HEAD + (frames - 1) * FRAME + place)
        assert read_log(database).lost == 1, place
        flip(database, HEAD + (frames - 1) * FRAME + place)


def test_what_was_never_committed_is_not_missed(database: Path) -> None:
    log = log_beside(database)
    data = bytearray(log.read_bytes())
    torn = bytearray(data[-FRAME:])
    torn[4:8] = bytes(4)  # not the last of its transaction
    torn[100] ^= 1
    log.write_bytes(data + torn + torn + torn[:1000])
    assert (read_log(database).kept, read_log(database).lost) == (DONE + 1, 0)


def test_of_a_log_that_was_begun_anew_the_old_frames_are_not_missed(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE one (a)")
        for number in range(DONE):
            db.execute("INSERT INTO one VALUES (?)", (number,))
        db.execute("PRAGMA wal_checkpoint(RESTART)")
        db.execute("INSERT INTO one VALUES (1)")
        log = read_log(path)
        assert log_beside(path).stat().st_size > HEAD + 5 * FRAME
        assert (log.kept, log.lost) == (1, 0)


async def test_it_is_kept_before_it_is_dropped(database: Path) -> None:
    flip(database, HEAD + 5 * FRAME + 500)
    damaged = log_beside(database).read_bytes()
    lost_writes.keep(database)
    (first,) = lost_writes.kept(database)
    lost_writes.keep(database)
    assert lost_writes.kept(database) == [first]
    assert first.copy.read_bytes() == damaged
    assert first.transactions == read_log(database).lost
    first.copy.unlink()
    await (await open_database(f"sqlite:///{database}")).close()
    (kept,) = lost_writes.kept(database)
    assert kept.copy.read_bytes() == damaged
    assert read_log(database).lost == 0


def test_a_file_that_is_cut_off_is_known_by_its_head_and_its_log(database: Path) -> None:
    assert cut_off(database) is None
    assert rows(database) == DONE
    assert cut_off(database) is None
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.truncate(size // 2)
    assert (
        cut_off(database)
        == f"is cut off: {size // 4096 // 2} of its {size // 4096} pages are missing"
    )
    assert emptied(database) is None
    database.write_bytes(b"")
    assert emptied(database) == "is empty (0 bytes)"
    assert cut_off(database) is None
