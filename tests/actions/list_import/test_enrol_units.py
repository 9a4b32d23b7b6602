"""Which unit a line of a list of people means, and where in the tree it stands."""

import pytest

from bot.actions.list_import.import_people import enrol
from bot.actions.list_import.people_file import Wrong
from bot.readers import sheets
from storage.engine.database import Database
from storage.organisation import units
from tests.actions.list_import.enrolling import account, refused, taken, tree
from tests.actions.list_import.people_list import PLACED, WHOLE, csv_file
from tests.conftest import MIGRATED_AT as NOW


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((",,An,,P,staff,Văn phòng",), [(2, Wrong.WHICH_UNIT)]),
        ((",,An,,P,staff,Đảng ủy B > Văn phòng",), []),
        ((",,An,,X,staff,Y", ",,Bo,,Y,staff,X"), [(2, Wrong.UNIT_LOOP), (3, Wrong.UNIT_LOOP)]),
        ((",,An,,Y,staff,X", ",,Bo,,X,staff,"), []),
    ],
)
async def test_parents_that_are_not_clear(
    db: Database, lines: tuple[str, ...], found: list[tuple[int, Wrong]]
) -> None:
    await taken(
        db, ",,Ca,,Văn phòng,head,Đảng ủy A", ",,Da,,Văn phòng,head,Đảng ủy B", header=PLACED
    )
    done = await enrol(db, sheets.read(csv_file(*lines, header=PLACED)), NOW)
    assert [(problem.line, problem.kind) for problem in done.problems] == found


async def test_a_parent_may_stand_on_a_later_line(db: Database) -> None:
    await taken(
        db,
        ",,An,,Tổ Số liệu,staff,Phòng Tổng hợp",
        ",,Bo,,phong tong hop,staff,Văn phòng Thành ủy",
        ",,Ca,,Văn phòng Thành ủy,leader,",
        header=PLACED,
    )
    assert len(await tree(db)) == 3
    assert any(path.count(">") == 2 for path in await tree(db))


async def test_without_the_column_a_unit_is_the_one_of_that_name(db: Database) -> None:
    await taken(db, ",,An,,Phòng A,staff,Văn phòng", header=PLACED)
    await taken(db, ",,Bo,,phòng a,staff")
    assert await tree(db) == {"Văn phòng", "Văn phòng > Phòng A"}
    await taken(db, ",,Ca,,Phòng A,staff,Ban B", header=PLACED)
    assert await refused(db, ",,Da,,Phòng A,staff") == [(2, Wrong.WHICH_UNIT)]


async def test_charge_means_the_unit_below_ones_own_first(db: Database) -> None:
    await taken(db, ",,An,,Văn phòng,staff,A", ",,Bo,,Văn phòng,staff,B", header=PLACED)
    await taken(db, "7,,Ca,,A,leader,,văn phòng,", header=WHOLE)
    (charge,) = (await account(db, 7)).charges
    known = {unit.id: unit for unit in await units.living(db)}
    assert known[known[charge].parent_id or 0].name == "A"
    assert await refused(db, "8,,Da,,C,leader,,Văn phòng,", header=WHOLE) == [(2, Wrong.WHICH_UNIT)]
    assert await refused(db, "8,,Da,,C,leader,,Phòng lạ,", header=WHOLE) == [
        (2, Wrong.NO_SUCH_UNIT)
    ]


async def test_a_list_of_units_in_one_long_chain_is_answered(db: Database) -> None:
    lines = [f",,An {n},,U{n},staff,U{n + 1}" for n in range(2000)]
    found = await refused(db, *lines, header=PLACED)
    assert {kind for _, kind in found} == {Wrong.UNIT_LOOP}


@pytest.mark.parametrize(
    ("unit", "parent"),
    [
        ("(VP)", ""),
        ("Phòng A >", ""),
        ("> Phòng A", ""),
        ("A > (B) > C", ""),
        ("...", ""),
        ("Phòng A", "(Thành ủy)"),
        ("Phòng A", "Ban B >"),
    ],
)
async def test_a_unit_without_a_name_is_refused(db: Database, unit: str, parent: str) -> None:
    lines = (",,An,,Phòng B,staff,", f",,Bo,,{unit},staff,{parent}")
    assert await refused(db, *lines, header=PLACED) == [(3, Wrong.UNIT_UNNAMED)]


async def test_brackets_beside_a_name_are_part_of_it(db: Database) -> None:
    await taken(db, ",,An,,Văn phòng Thành ủy (demo) > Phòng (A) Hai,staff")
    assert "Văn phòng Thành ủy (demo) > Phòng (A) Hai" in await tree(db)
