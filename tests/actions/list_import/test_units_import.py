"""Lists of units: every doubt by its line, all or nothing, and the same list again changes nothing."""

import pytest

from bot.actions.list_import import units_import, units_sheet
from bot.actions.list_import.units_file import Wrong
from bot.actions.list_import.units_plan import UnitsPlan
from bot.actions.organisation import unit_pages
from bot.readers import sheets
from bot.refusals import No
from bot.renderers.units_sheet import workbook
from storage.history.chain import verify
from storage.organisation import people, units
from tests.actions.list_import.people_list import csv_file, xlsx_file
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(9)
HEADER = "STT,Đơn vị,Tên tắt,Tên cũ,Đơn vị trên,Người đứng đầu,Cấp phó,Biên chế"


def file(*lines: str, header: str = HEADER) -> bytes:
    return csv_file(*lines, header=header)


async def take(at_work: Staffed, content: bytes, by: str = "admin") -> UnitsPlan:
    plan = await units_import.look(at_work.office, sheets.read(content))
    assert not plan.problems
    seen = units_import.print_of(plan)
    who = at_work.who[by]
    return await units_import.take(
        at_work.office, who, sheets.read(content), seen, NOW, at_work.update()
    )


async def problems(at_work: Staffed, *lines: str, header: str = HEADER) -> list[tuple[int, Wrong]]:
    plan = await units_import.look(at_work.office, sheets.read(file(*lines, header=header)))
    return [(one.line, one.kind) for one in plan.problems]


async def tree(at_work: Staffed) -> dict[str, str | None]:
    known = {one.id: one for one in await units.living(at_work.db)}
    return {
        one.name: known[one.parent_id].name if one.parent_id else None for one in known.values()
    }


WHOLE = file(
    "1,Tổ Văn thư,VT,,Phòng Lưu trữ,,,2",
    "2,Phòng Lưu trữ,LT;PLT,,Thành ủy,,,5",
    "3,Phòng Hậu cần,HC,Phòng Quản trị,Thành ủy,Đàm Tú Quyên,,9",
    '4,Tổ Số liệu,,,"Phòng Hậu cần",,,',
)


async def test_a_list_makes_renames_moves_and_gives_a_head(at_work: Staffed) -> None:
    async with at_work.db.transaction() as tx:
        await people.change(tx, at_work.ids["deputy"], {"position": "Phó Chánh Văn phòng"})
    whole = WHOLE.replace(
        b"4,T\xe1\xbb\x95 S\xe1\xbb\x91 li\xe1\xbb\x87u,,,",
        "4,Tổ Số liệu,,Phòng Tổng hợp > Tổ Số liệu,".encode(),
    )
    deputies = "5,Lãnh đạo Văn phòng,,,Thành ủy,,Tạ Thị Hoài Mơ: Phòng Lưu trữ,,".encode()
    content = whole + deputies
    plan = await take(at_work, content)
    assert [(one.name, one.is_new, one.changed) for one in plan.changes] == [
        ("Tổ Văn thư", True, ("short", "posts")),
        ("Phòng Lưu trữ", True, ("short", "posts")),
        ("Phòng Hậu cần", False, ("name", "short", "posts", "head")),
        ("Tổ Số liệu", False, ("above",)),
        ("Lãnh đạo Văn phòng", False, ("charges",)),
    ]
    assert await tree(at_work) == {
        "Thành ủy": None,
        "Lãnh đạo Văn phòng": "Thành ủy",
        "Phòng Tổng hợp": "Thành ủy",
        "Phòng Hậu cần": "Thành ủy",
        "Tổ Số liệu": "Phòng Hậu cần",
        "Phòng Lưu trữ": "Thành ủy",
        "Tổ Văn thư": "Phòng Lưu trữ",
    }
    [lt] = await unit_pages.named(at_work.office, "PLT")
    page = await unit_pages.page(at_work.office, lt.id)
    assert (page.unit.headcount, [one.id for one in page.in_charge]) == (5, [at_work.ids["deputy"]])
    page = await unit_pages.page(at_work.office, at_work.units["qt"])
    assert [one.id for one in page.heads] == [at_work.ids["other"]]
    assert page.unit.former_names == ("Phòng Quản trị",)
    assert await verify(at_work.db) is None
    before = await at_work.everything()
    assert (await take(at_work, content)).changes == ()
    after = await at_work.everything()
    assert {one: rows for one, rows in after.items() if one != "inbox"} == {
        one: rows for one, rows in before.items() if one != "inbox"
    }


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (",,,,Thành ủy,,,", Wrong.MISSING),
        (",(),,,Thành ủy,,,", Wrong.UNNAMED),
        (f",Phòng {'x' * 100},,,Thành ủy,,,", Wrong.TOO_LONG),
        (",Phòng Mới,,,Thành ủy,,,nhiều", Wrong.BAD_COUNT),
        (",Phòng Mới,,,Thành Ủy Khác,,,", Wrong.NO_SUCH_UNIT),
        (",Phòng Mới,,,Phòng Mới,,,", Wrong.UNIT_LOOP),
        (",Phòng Mới,Phòng Quản trị,,Thành ủy,,,", Wrong.SHORT_TAKEN),
        (",Phòng Quản trị,,,Thành ủy,Không Có,,", Wrong.NO_SUCH_PERSON),
        (",Phòng Quản trị,,,Thành ủy,Mạc Thiên Ân,,", Wrong.NOT_IN_UNIT),
        (",Phòng Quản trị,,,Thành ủy,,Đàm Tú Quyên,", Wrong.NOT_DEPUTY),
        (",Lãnh đạo Văn phòng,,,Thành ủy,,Tạ Thị Hoài Mơ: Phòng Không Có,", Wrong.NO_SUCH_UNIT),
    ],
)
async def test_what_is_wrong_is_named_by_its_line(
    at_work: Staffed, line: str, wrong: Wrong
) -> None:
    found = await problems(at_work, ",Phòng Tổng hợp,TH,,Thành ủy,,,", line)
    assert (3, wrong) in found, found
    assert {number for number, _ in found} == {3}


async def test_two_of_a_place_or_a_name_are_told_apart(at_work: Staffed) -> None:
    twice = (",Phòng Mới,,,Thành ủy,,,", ",Phòng Mới,,,Thành ủy,,,")
    assert await problems(at_work, *twice) == [(2, Wrong.PLACE_TAKEN), (3, Wrong.PLACE_TAKEN)]
    known = (",Phòng Tổng hợp,,,Thành ủy,,,", ",phong tong hop,,,Thành ủy,,,")
    assert {kind for _, kind in await problems(at_work, *known)} == {Wrong.UNIT_TWICE}
    offices = file(",Thành ủy > Phòng A > Tổ,,,,,,", ",Phòng A,,,Thành ủy,,,", ",Phòng B,,,Thành ủy,,,",
                   ",Phòng B > Tổ,,,,,,")  # fmt: skip
    await take(at_work, offices)
    assert await problems(at_work, ",Nhóm,,,Tổ,,,") == [(2, Wrong.WHICH_UNIT)]
    assert await problems(at_work, ",Nhóm,,,Phòng B > Tổ,,,") == []
    header = "Đơn vị,Biên chế,Màu"
    assert await problems(at_work, "Tổ,3,đỏ", header=header) == [
        (1, Wrong.UNKNOWN_COLUMN),
        (2, Wrong.WHICH_UNIT),
    ]


async def test_units_below_each_other_are_no_tree(at_work: Staffed) -> None:
    rings = (",Phòng A,,,Phòng B,,,", ",Phòng B,,,Phòng A,,,")
    assert {kind for _, kind in await problems(at_work, *rings)} == {Wrong.UNIT_LOOP}
    moved = ",Phòng Tổng hợp,,Thành ủy > Phòng Tổng hợp,Tổ Số liệu,,,"
    assert await problems(at_work, moved) == [(2, Wrong.UNIT_LOOP)]


async def test_an_old_list_brings_no_old_name_back(at_work: Staffed) -> None:
    await take(at_work, file(",Phòng Hậu cần,,Phòng Quản trị,Thành ủy,,,"))
    plan = await units_import.look(
        at_work.office, sheets.read(file(",Phòng Quản trị,,,Thành ủy,,,7"))
    )
    assert [(one.name, one.changed) for one in plan.changes] == [("Phòng Hậu cần", ("posts",))]


async def test_a_workbook_with_a_title_above_its_headings(at_work: Staffed) -> None:
    rows = (tuple(HEADER.split(",")), (1, "Phòng Mới", "", "", "Thành ủy", "", "", 4))
    plan = await take(at_work, xlsx_file(*rows, header="DANH SÁCH ĐƠN VỊ"))
    assert [(one.name, one.posts) for one in plan.changes] == [("Phòng Mới", 4)]


async def test_only_an_admin_takes_it_in_and_only_as_it_was_seen(at_work: Staffed) -> None:
    content = file(",Phòng Quản trị,,,Thành ủy,Đàm Tú Quyên,,3")
    plan = await units_import.look(at_work.office, sheets.read(content))
    seen = units_import.print_of(plan)
    for by, said, no in (("leader", seen, No.NOT_ALLOWED), ("admin", "other", No.LIST_CHANGED)):
        took = units_import.take(
            at_work.office, at_work.who[by], sheets.read(content), said, NOW, None
        )
        await refused(no, at_work, took)
    secret = csv_file("TÀI LIỆU TUYỆT MẬT,3", header="Đơn vị,Biên chế")
    await refused(No.SECRET, at_work, units_import.look(at_work.office, sheets.read(secret)))


async def test_a_line_that_may_carry_a_mark_is_named_without_its_words(at_work: Staffed) -> None:
    content = csv_file("Phòng Mới,4", "to ho so mat,3", header="Đơn vị,Biên chế")
    plan = await units_import.look(at_work.office, sheets.read(content))
    assert [(one.line, one.kind, one.said) for one in plan.problems] == [(3, "doubtful", "")]
    assert plan.changes == ()


async def test_the_tree_taken_out_and_in_again_changes_nothing(at_work: Staffed) -> None:
    async with at_work.db.transaction() as tx:
        await people.change(tx, at_work.ids["deputy"], {"position": "Phó Chánh Văn phòng"})
    await take(at_work, file(",Phòng Hậu cần,HC; H,Phòng Quản trị,Thành ủy,,,9", ",Tổ,,,Phòng Hậu cần,,,",
                             ",Tổ,,,Phòng Tổng hợp,,,", ",-Ban,,,,,,0"))  # fmt: skip
    rows = await units_sheet.rows(at_work.office, at_work.who["admin"])
    assert [row.above for row in rows if row.name == "Tổ"] == [
        "Thành ủy > Phòng Hậu cần",
        "Thành ủy > Phòng Tổng hợp",
    ]
    assert "Tạ Thị Hoài Mơ: Thành ủy > Phòng Tổng hợp" in {row.deputies for row in rows}
    again = await units_import.look(at_work.office, sheets.read(workbook(rows)))
    assert (again.problems, again.changes, again.unchanged) == ((), (), 8)
    refusal = units_sheet.rows(at_work.office, at_work.who["leader"])
    await refused(No.NOT_ALLOWED, at_work, refusal)
