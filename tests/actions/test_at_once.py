"""Two who do the same at once, or one what the other stands on: PostgreSQL has many writers."""

from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from typing import Any

import pytest

from bot.actions.archive import archive
from bot.actions.archive.archive import Scope
from bot.actions.directives import directives
from bot.actions.history import undo
from bot.actions.history.undo import Undone
from bot.actions.list_import import import_tasks
from bot.actions.organisation import leave, units
from bot.actions.tasks import figure_correction, support
from bot.refusals import No, Refusal
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.records import Archive, Document, Part
from storage.tasks import parts, tasks
from tests.actions.crossed import crossed, row
from tests.actions.directives.test_directives import begun, entered, known
from tests.actions.list_import.test_import_tasks import ROWS, file, looked, taken
from tests.actions.mergers.test_mergers_at_once import absorbed, look, make
from tests.actions.office import Staffed
from tests.actions.test_held import accepted
from tests.rules.task import office

NOW = office(9)


@pytest.fixture
async def db(postgres_url: str) -> AsyncIterator[Database]:
    """PostgreSQL alone: SQLite has one writer."""
    opened = await open_database(postgres_url)
    yield opened
    await opened.close()


@pytest.mark.parametrize("sealed_first", [True, False])
async def test_what_is_opened_again_is_not_sealed(at_work: Staffed, sealed_first: bool) -> None:
    done, here = await accepted(at_work), at_work.office
    soon = office(14, 9) + timedelta(seconds=5)

    def seals() -> Awaitable[Archive]:
        return archive.seal(here, None, Scope(2026), soon)

    def takes_back() -> Awaitable[Undone]:
        return undo.undo(here, at_work.who["leader"], done.id, done.version, soon, None)

    if sealed_first:
        held = "LOCK TABLE archives IN SHARE MODE"
        assert await crossed(at_work, held, seals, takes_back) == [None, No.ARCHIVED]
    else:
        ended = await crossed(at_work, row("tasks", done.id), takes_back, seals)
        assert ended == [None, No.NOTHING_TO_ARCHIVE]
    [view] = await tasks.views(at_work.db, [done.id])
    assert (view.archive_id is not None) is (view.closed_at is not None) is sealed_first


async def test_what_is_to_be_corrected_is_not_sealed(at_work: Staffed) -> None:
    done, here, who = await accepted(at_work), at_work.office, at_work.who
    words = "ngày nộp 10/12 vì đã gửi bản giấy"
    ended = await crossed(
        at_work,
        row("tasks", done.id),
        lambda: figure_correction.request(here, who["staff"], done.id, words, office(15), None),
        lambda: archive.seal(here, None, Scope(2026), office(15)),
    )
    assert ended == [None, No.NOTHING_TO_ARCHIVE]


async def test_two_who_seal_at_once_seal_once(at_work: Staffed) -> None:
    await accepted(at_work)

    def seals() -> Awaitable[Archive]:
        return archive.seal(at_work.office, None, Scope(2026), office(15))

    held = "LOCK TABLE archives IN SHARE MODE"
    assert await crossed(at_work, held, seals, seals) == [None, None]
    assert len(await at_work.db.fetch("SELECT id FROM archives")) == 1


async def test_tasks_of_one_document_are_not_entered_twice_at_once(at_work: Staffed) -> None:
    number = (await known(at_work)).id
    first, second = await begun(at_work), await begun(at_work)
    ended = await crossed(
        at_work,
        row("people", at_work.ids["mate"]),
        lambda: entered(at_work, first),
        lambda: entered(at_work, second),
    )
    assert ended == [None, No.ITEMS_WRONG]
    assert len(await at_work.db.fetch("SELECT id FROM tasks WHERE document_id = $1", number)) == 2


async def test_a_list_taken_in_twice_at_once_makes_its_tasks_once(at_work: Staffed) -> None:
    content = file(*ROWS[:2])

    def takes() -> Awaitable[int]:
        return taken(at_work, content)

    held = "LOCK TABLE imported_rows IN SHARE MODE"
    assert await crossed(at_work, held, takes, takes) == [None, None]
    assert len(await at_work.db.fetch("SELECT id FROM tasks")) == 2


async def test_two_units_hung_at_once_do_not_hang_from_each_other(at_work: Staffed) -> None:
    """`data` is below `th`, and a group below `qt`: each goes under what is below the other."""
    here, admin, ids = at_work.office, at_work.who["admin"], at_work.units
    group = await units.add(here, admin, "Tổ Xe", ids["qt"], NOW, None)
    ended = await crossed(
        at_work,
        "SELECT * FROM chain FOR UPDATE",
        lambda: units.hang(here, admin, ids["th"], group, NOW, None),
        lambda: units.hang(here, admin, ids["qt"], ids["data"], NOW, None),
    )
    assert ended == [None, No.UNIT_LOOP]


async def test_two_units_of_one_name_made_at_once_are_one(at_work: Staffed) -> None:
    here, admin = at_work.office, at_work.who["admin"]

    def adds() -> Awaitable[int]:
        return units.add(here, admin, "Phòng Mới", None, NOW, None)

    held = "LOCK TABLE units IN SHARE MODE"
    assert await crossed(at_work, held, adds, adds) == [None, No.UNIT_TAKEN]


async def test_two_documents_that_are_given_one_symbol_at_once(at_work: Staffed) -> None:
    """None is known by it when both look."""
    here, leader = at_work.office, at_work.who["leader"]
    one = await known(at_work)
    other = await known(at_work, head="Công văn 9-CV/TU ngày 20/11/2026")

    def gives(number: int) -> Awaitable[Document]:
        return directives.correct(here, leader, number, "15-TB/VPTU", NOW, None)

    held = "LOCK TABLE documents IN SHARE MODE"
    ended = await crossed(at_work, held, lambda: gives(one.id), lambda: gives(other.id))
    assert sorted(map(str, ended)) == ["None", "document_known"]


async def test_a_document_that_is_put_right_twice_at_once(at_work: Staffed) -> None:
    here, leader, number = at_work.office, at_work.who["leader"], (await known(at_work)).id

    def puts_right() -> Awaitable[Document]:
        return directives.correct(here, leader, number, "15-TB/VPTU", NOW, None)

    held = "LOCK TABLE documents IN SHARE MODE"
    assert await crossed(at_work, held, puts_right, puts_right) == [None, No.STALE]


@pytest.mark.parametrize(("other", "then"), [("th", No.SAME), ("qt", No.UNIT_TAKEN)])
async def test_units_that_are_named_alike_at_once(at_work: Staffed, other: str, then: No) -> None:
    here, admin, ids = at_work.office, at_work.who["admin"], at_work.units

    def renames(name: str) -> Awaitable[None]:
        return units.rename(here, admin, ids[name], "Phòng Mới", NOW, None)

    held = "LOCK TABLE units IN SHARE MODE"
    ended = await crossed(at_work, held, lambda: renames("th"), lambda: renames(other))
    assert ended == [None, then]


async def test_who_leaves_before_the_first_batch_gives_nothing(at_work: Staffed) -> None:
    rows = [one.row for one in await looked(at_work, file(*ROWS)) if one.is_ready]
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await leave.end(here, who["admin"], ids["deputy"], NOW, None)
    given = import_tasks.take(here, who["deputy"], rows, NOW, ids["admin"])
    with pytest.raises(Refusal) as refused:
        await anext(given)
    assert refused.value.kind is No.PERSON_LEFT
    assert await at_work.db.fetch("SELECT id FROM tasks") == []


async def test_who_gives_a_list_does_not_leave_meanwhile(at_work: Staffed) -> None:
    rows = [one.row for one in await looked(at_work, file(*ROWS)) if one.is_ready]
    here, who, ids = at_work.office, at_work.who, at_work.ids
    ended = await crossed(
        at_work,
        "SELECT * FROM chain FOR UPDATE",
        lambda: anext(import_tasks.take(here, who["deputy"], rows, NOW, ids["admin"])),
        lambda: leave.end(here, who["admin"], ids["deputy"], NOW, None),
    )
    assert ended == [None, No.WORK_LEFT]


@pytest.mark.parametrize("named_first", [True, False])
async def test_a_part_is_named_while_its_unit_is_merged(
    at_work: Staffed, named_first: bool
) -> None:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    qt, named = at_work.units["qt"], at_work.ids["other"]
    await at_work.db.run(lambda tx: parts.add_units(tx, task.id, [(qt, Part.SUPPORT)], NOW))
    wish = absorbed(at_work, "qt", "th")
    view = await look(at_work, wish)

    def names() -> Awaitable[Any]:
        return support.name(here, who["leader"], task.id, qt, named, NOW, None)

    def merges() -> Awaitable[Any]:
        return make(at_work, wish, view)

    steps = (names, merges) if named_first else (merges, names)
    ended = await crossed(at_work, "SELECT * FROM chain FOR UPDATE", *steps)
    assert ended == [None, No.MERGER_CHANGED if named_first else No.STALE]
