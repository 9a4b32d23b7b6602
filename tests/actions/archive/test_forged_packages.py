"""Who makes a package by hand can make its lists fit: what stands in it is looked at all the same."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.actions.archive.restore import LivingOffice, OtherRow
from bot.actions.office import Office
from bot.commands.archive.archive_return import NotWhole, bring_back_into
from bot.commands.archive.archive_terminal import in_words
from bot.commands.archive.package_verify import verify_package
from bot.renderers.archive.package_flaws import Flaw, Wrong
from storage.archive.archived_rows import POINTS_TO
from storage.engine.database import Database
from storage.engine.engine_migration import Sum, pages, plus, shapes
from storage.engine.opening import open_database
from tests.actions.archive import varied
from tests.actions.archive.over import NEXT_YEAR, packed
from tests.actions.archive.varied import Files, changed, forged, lines, payload, places, rows
from tests.actions.office import Staffed, staffed

TASKS, ABOUT = "viec/0001.jsonl", "so-lieu/archive.json"
SHORT, LONG = 150, 5000


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Files:
    """The files of a package in which every kind of row stands."""
    return asyncio.run(_good(tmp_path_factory.mktemp("good"), sqlite_template))


async def _good(folder: Path, template: Path) -> Files:
    shutil.copy(template, folder / "good.db")
    db = await open_database(f"sqlite:///{folder}/good.db")
    at_work = await staffed(db, folder / "files")
    made = payload(await varied.good_package(at_work, folder / "out"))
    await db.close()
    return made


@pytest.fixture(autouse=True)
def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is forged need not outlast a power failure."""
    monkeypatch.setattr("os.fsync", lambda _: None)


@pytest.fixture
async def elsewhere(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """An office with nothing in it."""
    path = tmp_path / "elsewhere.db"
    shutil.copy(sqlite_template, path)
    db = await open_database(f"sqlite:///{path}")
    yield Office(db=db, name="Văn phòng", files=tmp_path / "files elsewhere")
    await db.close()


def flaws(files: Files, folder: Path) -> tuple[Flaw, ...]:
    return verify_package(forged(files, folder), lambda *_: None).flaws


async def sums(db: Database) -> dict[str, Sum]:
    """Return what the rows of every table add up to."""
    found = {}
    for name, shape in (await shapes(db)).items():
        found[name] = Sum()
        async for some in pages(db, shape):
            found[name] = plus(found[name], some)
    return found


async def nothing_comes_of(files: Files, office: Office, folder: Path) -> str:
    """See that a package is refused and leaves no row and no file; return the one line that is said."""
    before = await sums(office.db)
    with pytest.raises((NotWhole, OtherRow, LivingOffice)) as refused:
        await bring_back_into(office, forged(files, folder), NEXT_YEAR)
    assert await sums(office.db) == before
    assert not list(office.files.glob("*/*"))
    return str(refused.value)


def test_a_good_one_is_whole(good: Files, tmp_path: Path) -> None:
    assert flaws(good, tmp_path) == ()
    kinds = {"task_people": 4, "requests": 1, "check_items": 2, "remarks": 1, "files": 1}
    bundles = rows(good[TASKS])
    assert {
        "requests": sum(len(one["requests"]) for one in bundles),
        "check_items": sum(len(one["check_items"]) for one in bundles),
        "remarks": sum(len(one["remarks"]) for one in bundles),
        "files": sum(len(one["files"]) for one in bundles),
        "task_people": sum(len(one["people"]) for one in bundles),
    } == kinds
    assert all(body for path, body in good.items() if path.startswith("so-lieu/"))


def test_without_any_one_of_its_files_it_is_not_whole(good: Files, tmp_path: Path) -> None:
    for gone in good:
        [found] = flaws({path: body for path, body in good.items() if path != gone}, tmp_path)
        if gone.startswith("tep/"):
            assert found.path == f"data/{TASKS}"
            assert found.record.endswith("is missing")
        else:
            assert found == Flaw(f"data/{gone}", Wrong.MISSING)


def test_with_nothing_or_something_else_in_it_it_is_not_whole(good: Files, tmp_path: Path) -> None:
    [nothing] = flaws({}, tmp_path)
    assert nothing == Flaw("manifest-sha256.txt", Wrong.UNFIT, "it names no file")
    assert flaws({"ghi-chu.txt": b"x"}, tmp_path)
    for more in ("ghi-chu.txt", "viec/0002.jsonl", "trang/0002.html", "so-lieu/roles.jsonl"):
        assert flaws({**good, more: b""}, tmp_path) == (Flaw(f"data/{more}", Wrong.ADDED),)
    other = "ab" * 32
    [found] = flaws({**good, f"tep/ab/{other}.pdf": b"x"}, tmp_path)
    assert found.record == "its name is not its SHA-256"
    known = next(path for path in good if path.startswith("tep/"))
    [found] = flaws({**good, known.removesuffix(".pdf"): good[known]}, tmp_path)
    assert found.wrong is Wrong.TWICE
    for other in (f"{known}x", known.removesuffix(".pdf"), known.upper()):
        renamed = {**good, other: good[known]}
        del renamed[known]
        assert flaws(renamed, tmp_path), "no row names a file with this ending"


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"\n", b"{", b"{}", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"\xef\xbb\xbf{}", b"\x00"),
        *(b"[" * 100_000, b'{"task":' * 5000, b"1" * 5000, b"1e999", b"NaN", b'{"task":"\\ud800"}'),
        *(b'"' + b"x" * 100_000, b'{"task":1,"task":2}', b"{}\r", b"PK\x03\x04"),
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_named(good: Files, tmp_path: Path, line: bytes) -> None:
    for path in (TASKS, ABOUT, "so-lieu/people.jsonl"):
        for body in (line, line + b"\n", good[path] + line + b"\n", line + b"\n" + good[path]):
            if body == good[path] or (body == b"" and path != ABOUT):
                continue
            [found] = flaws({**good, path: body}, tmp_path)
            assert (found.path, found.wrong) == (f"data/{path}", Wrong.UNFIT), body[:20]
            assert len(found.record) < 250


def test_a_line_without_an_end_is_not_read_whole(
    good: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.archive.package_rows.LONGEST", 20_000)
    title = rows(good[TASKS])
    title[0]["task"]["title"] = "x" * 30_000
    [found] = flaws({**good, TASKS: lines(title)}, tmp_path)
    assert found.record == "line 1: no end of a line within 20000 bytes"


def other_kinds(value: Any) -> list[Any]:
    """Return values of kinds that cannot stand in the place of one."""
    if isinstance(value, bool):
        return [[], {}, 1.5, 1, "true"]
    if isinstance(value, int):
        return [[], {}, 1.5, True, None, str(value), 10**13, 10**30, -1]
    if isinstance(value, str):
        return [[], {}, 1.5, True, 7]
    if isinstance(value, list):
        return [{}, None, 1.5, "x", [7], [[]]]
    return [[], {}, 1.5] if value is None else [[], 1.5, "x", 7, None, {}]


NULLABLE = {
    *("due_at", "late_from", "first_due_at", "first_late_from", "received_at", "reported_at"),
    *("submitted_at", "accept_chased_at", "chased_at", "answered_at", "answered_by", "answer_id"),
    *("text_id", "note_id", "state_text_id", "actor_id", "person_id", "unit_id", "body_id"),
    *("group_id", "document_id", "parent_id", "series_id", "decider_id", "accepted_by_id"),
    *("done_by", "decided_by", "effort"),
}
"""What may well be empty: whoever leaves it out leaves no trace but in the lists."""


def test_a_value_of_another_kind_is_refused_wherever_it_stands(
    good: Files, tmp_path: Path, long: bool
) -> None:
    tried = [
        (path, place, other)
        for path in good
        if path.endswith((".json", ".jsonl"))
        for place, value in values(rows(good[path]))
        for other in other_kinds(value)
        if not (other is None and str(place[-1]) in NULLABLE)
    ]
    random.Random(7).shuffle(tried)
    for path, place, other in tried[: LONG if long else SHORT]:
        body = lines(changed(rows(good[path]), place, always(other)))
        found = flaws({**good, path: body}, tmp_path)
        assert [flaw.path for flaw in found[:1]] == [f"data/{path}"], (path, place, other, found)


def always(other: Any) -> Callable[[Any], Any]:
    return lambda _: other


def values(found: list[Any]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Return all that stands in rows, and where."""
    return ((place, at(found, place)) for place in places(found) if place)


def at(value: Any, place: tuple[Any, ...]) -> Any:
    for name in place:
        value = value[name]
    return value


def test_a_column_more_or_less_is_refused(good: Files, tmp_path: Path) -> None:
    """A name that came into a statement as it is would be a statement of its own."""
    for path in (one for one in good if one.endswith((".json", ".jsonl"))):
        found = rows(good[path])
        for place in (one for one in places(found) if isinstance(at(found, one), dict)):
            row = at(found, place)
            first = next(iter(row))
            for other in (
                {**row, "telegram_id": 7},
                {**row, "id) SELECT 1; --": 7},
                {name: row[name] for name in row if name != first},
                {name.upper() if name == first else name: row[name] for name in row},
            ):
                body = lines(changed(found, place, always(other)))
                named = [flaw.path for flaw in flaws({**good, path: body}, tmp_path)]
                assert named == [f"data/{path}"]


def test_whatever_it_points_to_is_in_it(good: Files, tmp_path: Path) -> None:
    named = {name for names in POINTS_TO.values() for name in names} | {"parent_id", "task_id"}
    seen = set()
    for path in (one for one in good if one.endswith(".jsonl")):
        found = rows(good[path])
        for place in places(found):
            if place and place[-1] in named:
                seen.add(place[-1])
                body = lines(changed(found, place, lambda _: 999_999))
                assert flaws({**good, path: body}, tmp_path)[0].path == f"data/{path}", place
    assert seen == named


def test_rows_in_a_ring_twice_or_in_no_order_are_refused(good: Files, tmp_path: Path) -> None:
    units, tasks = rows(good["so-lieu/units.jsonl"]), rows(good[TASKS])
    units[0]["parent_id"] = units[0]["id"]
    tasks[0]["task"]["parent_id"] = 2
    twice = rows(good[TASKS])
    twice[1]["people"] += twice[0]["people"]
    wrong = [
        ("so-lieu/units.jsonl", lines(units)),
        ("so-lieu/units.jsonl", lines(list(reversed(rows(good["so-lieu/units.jsonl"]))))),
        ("so-lieu/people.jsonl", good["so-lieu/people.jsonl"] * 2),
        (TASKS, lines(tasks)),
        (TASKS, lines(twice)),
        (TASKS, lines(list(reversed(rows(good[TASKS]))))),
        (TASKS, lines(rows(good[TASKS])[:-1])),
        (TASKS, good[TASKS] * 2),
        ("so-lieu/document_events.jsonl", good["so-lieu/document_events.jsonl"] * 2),
    ]
    for path, body in wrong:
        [found] = flaws({**good, path: body}, tmp_path)
        assert found.path in {f"data/{path}", f"data/{ABOUT}"}


def test_a_rule_that_would_be_read_for_ever_is_refused(good: Files, tmp_path: Path) -> None:
    path = "so-lieu/series.jsonl"
    for rule in (
        "FREQ=SECONDLY",
        "",
        "x",
        "FREQ=DAILY;COUNT=9",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY\n",
    ):
        body = lines(changed(rows(good[path]), (0, "rule"), always(rule)))
        assert flaws({**good, path: body}, tmp_path)[0].path == f"data/{path}", rule


def test_what_stands_in_it_reaches_no_terminal_as_it_is(good: Files, tmp_path: Path) -> None:
    """A terminal would do what some letters say."""
    found = rows(good[TASKS])
    found[0]["events"][0]["kind"] = "\x1b]0;x\x07\n\u202e" + "x" * 5000
    package = forged({**good, TASKS: lines(found)}, tmp_path)
    for flaw in verify_package(package, lambda *_: None).flaws:
        words = in_words(package, flaw)
        assert words.isprintable()
        assert len(words) < 500


def test_a_moment_at_the_end_of_all_years_is_refused(good: Files, tmp_path: Path) -> None:
    for moment in ("9999-12-31T23:00:00.000000+00:00", "0001-01-01T00:00:00.000000+00:00"):
        body = lines(changed(rows(good[TASKS]), (0, "task", "due_at"), always(moment)))
        assert flaws({**good, TASKS: body}, tmp_path)[0].path == f"data/{TASKS}"


async def test_nothing_of_what_is_refused_is_kept(
    good: Files, elsewhere: Office, tmp_path: Path
) -> None:
    without = {path: body for path, body in good.items() if not path.startswith("tep/")}
    said = await nothing_comes_of(without, elsewhere, tmp_path)
    assert "data/viec/0001.jsonl: line 1: the file" in said
    body = lines(changed(rows(good[TASKS]), (2, "task", "status"), lambda _: "open"))
    said = await nothing_comes_of({**good, TASKS: body}, elsewhere, tmp_path)
    assert f"{tmp_path}/nam-2026: data/{TASKS}: line 3: task.status" in said


async def test_what_becomes_another_while_it_is_put_back_is_refused(
    good: Files, elsewhere: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was looked through, and is read again to be put back."""
    from bot.commands.archive import archive_return  # noqa: PLC0415 - what is looked through is swapped

    package = forged(good, tmp_path)
    looked = archive_return._look(package)
    for path in (TASKS, next(one for one in good if one.startswith("tep/"))):
        place = package / "data" / path
        whole = place.read_bytes()
        place.write_bytes(
            whole.replace(b"task.assign", b"task.assigN").replace(b"ban quet", b"ban quee")
        )
        before = await sums(elsewhere.db)
        with pytest.raises(NotWhole, match=f"data/{path}"):
            await archive_return._put_back(elsewhere, package, looked, NEXT_YEAR)
        assert await sums(elsewhere.db) == before
        assert not list(elsewhere.files.glob("*/*"))
        place.write_bytes(whole)


async def test_a_package_that_came_back_is_the_same(
    good: Files, elsewhere: Office, tmp_path: Path
) -> None:
    await bring_back_into(elsewhere, forged(good, tmp_path), NEXT_YEAR)
    assert len(list(elsewhere.files.glob("*/*"))) == 1


async def test_a_living_office_takes_in_nobody_else_s(
    at_work: Staffed, good: Files, tmp_path: Path
) -> None:
    before = await sums(at_work.db)
    with pytest.raises(LivingOffice, match="an office works in the database"):
        await bring_back_into(at_work.office, forged(good, tmp_path), NEXT_YEAR)
    assert await sums(at_work.db) == before


async def test_a_second_package_changes_nothing_of_the_first(
    good: Files, elsewhere: Office, tmp_path: Path
) -> None:
    """Its rows have numbers that the first one's have, and say something else."""
    await bring_back_into(elsewhere, forged(good, tmp_path), NEXT_YEAR)
    second = rows(good[TASKS])[1:2]
    second[0]["task"] |= {"id": 77, "parent_id": None}
    for part in ("people", "events"):
        for row in second[0][part]:
            row["task_id"] = 77
    about = rows(good[ABOUT])
    about[0] |= {"name": "nam-2025", "year": 2025, "tasks": 1}
    files = {path: body for path, body in good.items() if not path.startswith("tep/")}
    files |= {TASKS: lines(second), ABOUT: lines(about)}
    before = await sums(elsewhere.db)
    with pytest.raises((OtherRow, NotWhole)):
        await bring_back_into(elsewhere, forged(files, tmp_path), NEXT_YEAR)
    assert await sums(elsewhere.db) == before


async def test_files_of_what_was_disposed_of_do_not_come_back(
    at_work: Staffed, tmp_path: Path
) -> None:
    await varied.varied(at_work)
    _, written = await packed(at_work, tmp_path / "out")
    [kept] = at_work.office.files.glob("*/*")
    kept.unlink()
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE archived_tasks SET disposed_at = $1 WHERE task_id = 1", NEXT_YEAR)
    done = await bring_back_into(at_work.office, written.path, NEXT_YEAR)
    assert (done.tasks, done.skipped) == (2, 1)
    assert not list(at_work.office.files.glob("*/*"))
