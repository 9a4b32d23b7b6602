"""What is looked at of a copy of a PostgreSQL database is what a history of ours can hold."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from storage.backups.postgres_backup import LastNumber, NotADump, Rows
from storage.backups.postgres_seen import to_sqlite

CHAIN = ("id", "length", "hash")
TEXTS = ("id", "body", "sha256", "created_at")
AT = b"2026-12-07 02:00:00+00"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Rows | LastNumber]:
    """What is in a copy; filled by each test."""
    found: list[Rows | LastNumber] = []
    monkeypatch.setattr("storage.backups.postgres_seen.contents", lambda _: iter(found))
    return found


def rows(table: str, columns: tuple[str, ...], lines: Iterable[bytes]) -> Rows:
    return Rows(table, columns, iter(lines))


def test_rows_are_counted_and_numbers_passed_over(
    copied: list[Rows | LastNumber], tmp_path: Path
) -> None:
    copied += [
        rows("chain", CHAIN, [b"1\t7\tabc\n"]),
        rows("texts", TEXTS, [b"1\t\\N\tabc\t%s\n" % AT, b"2\ta\\tb\\\\n\tabc\t%s\n" % AT]),
        rows("people", ("id",), [b"anything"] * 5),
        LastNumber("people", 7),
    ]
    assert to_sqlite(tmp_path, tmp_path / "seen") == {"chain": 1, "texts": 2, "people": 5}


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (CHAIN[:2], b"1\t7\n"),
        (("id", "hash", "size"), b"1\tabc\t7\n"),
        (CHAIN, b"1\t7\n"),
        (CHAIN, b"1\t7\tabc\t8\n"),
        (CHAIN, b"1\tx\tabc\n"),
        (CHAIN, b"1\t" + b"9" * 30 + b"\tabc\n"),
        (CHAIN, b"1\t" + b"9" * 9000 + b"\tabc\n"),
        (CHAIN, b"1\t\\N\tabc\n"),
        (CHAIN, b"1\t7\t\\N\n"),
        (CHAIN, b"1\t7\t\xff\n"),
        (TEXTS, b"1\tx\tabc\tkhi nao\n"),
        (TEXTS, b"1\tx\tabc\t2026-12-07 02:00:00\n"),
    ],
)
def test_a_row_of_another_shape_is_refused(
    copied: list[Rows | LastNumber], tmp_path: Path, columns: tuple[str, ...], line: bytes
) -> None:
    copied.append(rows("texts" if columns == TEXTS else "chain", columns, [line]))
    with pytest.raises(NotADump):
        to_sqlite(tmp_path, tmp_path / "seen")


def test_a_table_that_comes_twice_or_a_row_that_does(
    copied: list[Rows | LastNumber], tmp_path: Path
) -> None:
    copied += [rows("people", ("id",), []), rows("people", ("id",), [])]
    with pytest.raises(NotADump, match="people is in it twice"):
        to_sqlite(tmp_path, tmp_path / "seen")
    copied[:] = [rows("chain", CHAIN, [b"1\t7\tabc\n"] * 2)]
    with pytest.raises(NotADump, match="UNIQUE"):
        to_sqlite(tmp_path, tmp_path / "again")
