"""A list of people becomes the office: whole or not at all, twice is once."""

import time
from pathlib import Path

import pytest

from bot.actions.list_import import people_file
from bot.actions.list_import.import_people import Effect, enrol
from bot.actions.list_import.people_file import Wrong
from bot.chat.list_import.people_file import summary
from bot.readers import sheets
from bot.refusals import No, Refusal
from storage.engine.database import Database
from storage.history.chain import verify
from storage.organisation import units
from storage.records import Post, Reach, Role, UpdateKey
from tests.actions.list_import.enrolling import account, everything, refused, taken, tree
from tests.actions.list_import.people_list import PLACED, csv_file, xlsx_file
from tests.conftest import MIGRATED_AT as NOW

DEMO = Path(people_file.__file__).parents[2] / "playground" / "demo_office.csv"
SAMPLE = Path(__file__).parents[3] / "docs" / "mau" / "danh-sach.csv"


async def test_the_demo_office_twice_is_once(db: Database) -> None:
    done = await enrol(db, sheets.read(DEMO.read_bytes()), NOW)
    assert (done.count(Effect.ADDED), done.units_added, done.problems) == (37, 15, ())
    assert summary(done).startswith("Đã nhận danh sách: thêm 37 người")
    before = await everything(db)
    again = await enrol(db, sheets.read(DEMO.read_bytes()), NOW)
    assert (again.count(Effect.SAME), again.units_added) == (37, 0)
    assert await everything(db) == before
    assert await verify(db) is None


async def test_the_sample_of_the_docs_is_in_order(db: Database) -> None:
    done = await enrol(db, sheets.read(SAMPLE.read_bytes()), NOW)
    assert (done.count(Effect.ADDED), done.units_added, done.problems) == (3, 2, ())
    assert await tree(db) == {
        "Đảng ủy phường Hoa Sữa",
        "Đảng ủy phường Hoa Sữa > Văn phòng",
    }


async def test_both_committees_have_a_van_phong_of_their_own(db: Database) -> None:
    await enrol(db, sheets.read(DEMO.read_bytes()), NOW)
    paths = await tree(db)
    assert "Thành ủy (demo) > Đảng ủy phường Hoa Sữa > Văn phòng" in paths
    assert "Thành ủy (demo) > Đảng ủy xã Đồng Cói > Văn phòng" in paths
    assert "Văn phòng" not in paths
    phuc, hop = await account(db, 700000022), await account(db, 700000031)
    assert phuc.roles[0].unit_id != hop.roles[0].unit_id


async def test_a_person_as_the_list_has_them(db: Database) -> None:
    await enrol(db, sheets.read(DEMO.read_bytes()), NOW)
    names = {unit.name: unit.id for unit in await units.living(db)}
    mo = await account(db, 700000003)
    assert (mo.name, mo.folded) == ("Tạ Thị Hoài Mơ", "ta thi hoai mo")
    assert (mo.position, mo.username, mo.aliases) == (
        "Phó Chánh Văn phòng",
        "hoaimo_pcvp",
        ("chị Mơ",),
    )
    assert (mo.reach, mo.told_at) == (Reach.NEVER_STARTED, None)
    assert mo.roles == (Post(role=Role.LEADER, unit_id=names["Văn phòng Thành ủy (demo)"]),)
    assert set(mo.charges) == {names["Phòng Tổng hợp"], names["Phòng Hành chính - Lưu trữ"]}


async def test_a_workbook_is_a_list_too(db: Database) -> None:
    row = (700000007, "thienan", "Mạc Thiên Ân", "Chuyên viên", "Phòng Tổng hợp", "staff")
    done = await enrol(db, sheets.read(xlsx_file(row)), NOW)
    assert done.count(Effect.ADDED) == 1
    assert (await account(db, 700000007)).name == "Mạc Thiên Ân"


async def test_everything_wrong_is_said_at_once(db: Database) -> None:
    await taken(db, "7,,An,CV,A,staff")
    assert await refused(
        db,
        "7,,Bình,CV,A,staff,",
        "x,,Chi,CV,A,staff,",
        "8,,Dung,CV,A,staff,",
        "8,,Em,CV,A,staff,",
        ",,Giang,CV,A,staff,",
        ",,giang,CV,A,head,",
        ",,Hoa,CV,C,staff,C",
        header=PLACED,
    ) == [
        (2, Wrong.ID_TAKEN),
        (3, Wrong.BAD_ID),
        (5, Wrong.ID_TWICE),
        (7, Wrong.PERSON_TWICE),
        (8, Wrong.UNIT_LOOP),
    ]


async def test_only_an_admin_hands_in_a_list(db: Database) -> None:
    await taken(db, "7,,An,CV,A,head", "8,,Bo,CV,A,admin")
    content = csv_file("9,,Ca,CV,A,staff")
    with pytest.raises(Refusal) as no:
        await enrol(db, sheets.read(content), NOW, await account(db, 7))
    assert no.value.kind is No.NOT_ALLOWED
    done = await enrol(db, sheets.read(content), NOW, await account(db, 8), UpdateKey(1, 1))
    assert done.count(Effect.ADDED) == 1
    with pytest.raises(Refusal) as no:
        await enrol(db, sheets.read(content), NOW, await account(db, 8), UpdateKey(1, 1))
    assert no.value.kind is No.ALREADY_DONE


async def test_a_thousand_lines_take_seconds_at_most(db: Database) -> None:
    lines = [f"{n},,Người {n},Chuyên viên,Phòng {n % 40},staff,Văn phòng" for n in range(1, 1001)]
    start = time.perf_counter()
    await taken(db, *lines, header=PLACED)
    again = await taken(db, *lines, header=PLACED)
    assert again.count(Effect.SAME) == 1000
    assert time.perf_counter() - start < 10
