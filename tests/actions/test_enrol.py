"""A list of people becomes the office: whole or not at all, twice is once, changes are said."""

import time
from pathlib import Path

import pytest

from bot.actions import people_file
from bot.actions.enrol import Effect, Enrolment, enrol
from bot.actions.people_file import Wrong
from bot.chat.people_file import change_lines, summary
from bot.refusals import No, Refusal
from storage import people, units
from storage.chain import verify
from storage.database import Database
from storage.records import Member, Post, Reach, Role, UpdateKey
from tests.actions.people_list import HEADER, PLACED, WHOLE, csv_file, xlsx_file
from tests.conftest import MIGRATED_AT as NOW

DEMO = Path(people_file.__file__).parents[1] / "playground" / "demo_office.csv"
SAMPLE = Path(__file__).parents[2] / "docs" / "mau" / "danh-sach.csv"


async def taken(db: Database, *lines: str, header: str = HEADER) -> Enrolment:
    """Take in a list that is in order."""
    done = await enrol(db, csv_file(*lines, header=header), NOW)
    assert done.problems == ()
    return done


async def refused(db: Database, *lines: str, header: str = HEADER) -> list[tuple[int, Wrong]]:
    """Hand in a list that is not, and see that nothing of it stays."""
    before = await everything(db)
    done = await enrol(db, csv_file(*lines, header=header), NOW)
    assert done.outcomes == ()
    assert await everything(db) == before
    return [(problem.line, problem.kind) for problem in done.problems]


async def everything(db: Database) -> list[object]:
    tables = ("people", "units", "roles", "charges", "events", "chain")
    return [await db.fetch(f"SELECT * FROM {table} ORDER BY id") for table in tables]


async def account(db: Database, telegram_id: int) -> Member:
    member = await people.by_account(db, telegram_id)
    assert member is not None
    return member


async def tree(db: Database) -> set[str]:
    known = {unit.id: unit for unit in await units.living(db)}
    paths = set()
    for unit in known.values():
        path, above = unit.name, unit.parent_id
        while above is not None:
            path, above = f"{known[above].name} > {path}", known[above].parent_id
        paths.add(path)
    return paths


async def test_the_demo_office_twice_is_once(db: Database) -> None:
    done = await enrol(db, DEMO.read_bytes(), NOW)
    assert (done.count(Effect.ADDED), done.units_added, done.problems) == (37, 15, ())
    assert summary(done).startswith("Đã nhận danh sách: thêm 37 người")
    before = await everything(db)
    again = await enrol(db, DEMO.read_bytes(), NOW)
    assert (again.count(Effect.SAME), again.units_added) == (37, 0)
    assert await everything(db) == before
    assert await verify(db) is None


async def test_the_sample_of_the_docs_is_in_order(db: Database) -> None:
    done = await enrol(db, SAMPLE.read_bytes(), NOW)
    assert (done.count(Effect.ADDED), done.units_added, done.problems) == (3, 2, ())
    assert await tree(db) == {
        "Đảng ủy phường Hoa Sữa",
        "Đảng ủy phường Hoa Sữa > Văn phòng",
    }


async def test_both_committees_have_a_van_phong_of_their_own(db: Database) -> None:
    await enrol(db, DEMO.read_bytes(), NOW)
    paths = await tree(db)
    assert "Thành ủy (demo) > Đảng ủy phường Hoa Sữa > Văn phòng" in paths
    assert "Thành ủy (demo) > Đảng ủy xã Đồng Cói > Văn phòng" in paths
    assert "Văn phòng" not in paths
    phuc, hop = await account(db, 700000022), await account(db, 700000031)
    assert phuc.roles[0].unit_id != hop.roles[0].unit_id


async def test_a_person_as_the_list_has_them(db: Database) -> None:
    await enrol(db, DEMO.read_bytes(), NOW)
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
    done = await enrol(db, xlsx_file(row), NOW)
    assert done.count(Effect.ADDED) == 1
    assert (await account(db, 700000007)).name == "Mạc Thiên Ân"


async def test_a_changed_line_changes_the_person_and_says_so(db: Database) -> None:
    await taken(db, "7,,Mạc Thiên Ân,Chuyên viên,A,staff", "8,,Từ Bảo Uyên,,A,staff")
    done = await taken(db, "7,an_mac,Mạc Thiên Ân,Trưởng phòng,B,head")
    assert [one.changed for one in done.outcomes] == [("position", "username", "role", "unit")]
    assert change_lines(done.outcomes) == [
        "Dòng 2: Mạc Thiên Ân: đổi chức vụ, username, vai trò, đơn vị."
    ]
    member = await account(db, 7)
    names = {unit.name: unit.id for unit in await units.living(db)}
    assert member.roles == (Post(role=Role.HEAD, unit_id=names["B"]),)
    kept = await db.fetch(
        "SELECT role, unit_id, until_at FROM roles WHERE person_id = $1 ORDER BY id", member.id
    )
    assert [(row["role"], row["unit_id"]) for row in kept] == [
        ("staff", names["A"]),
        ("head", names["B"]),
    ]
    assert [row["until_at"] is None for row in kept] == [False, True]
    assert (await account(db, 8)).roles[0].unit_id == names["A"]


async def test_history_tells_what_happened_by_ids_alone(db: Database) -> None:
    await taken(db, "7,an_mac,Mạc Thiên Ân,Chuyên viên,A,staff")
    await taken(db, "7,an_mac,Mạc Thiên Ân,Trưởng phòng,A,head")
    rows = await db.fetch("SELECT kind, facts FROM events ORDER BY id")
    assert [row["kind"] for row in rows] == [
        "unit.added", "person.added", "role.given", "person.changed", "role.ended", "role.given",
    ]  # fmt: skip
    assert not [row for row in rows if "Ân" in row["facts"] or "an_mac" in row["facts"]]
    assert await verify(db) is None


async def test_what_the_list_does_not_say_stays(db: Database) -> None:
    await taken(db, "7,an_mac,Mạc Thiên Ân,CV,A,staff,,A,anh Ân", header=WHOLE)
    assert [one.effect for one in (await taken(db, "7,,Mạc Thiên Ân,CV,A,staff")).outcomes] == [
        Effect.SAME
    ]
    member = await account(db, 7)
    assert (member.aliases, len(member.charges)) == (("anh Ân",), 1)
    done = await taken(db, "7,,Mạc Thiên Ân,CV,A,staff,,,", header=WHOLE)
    assert done.outcomes[0].changed == ("aliases", "in_charge")
    member = await account(db, 7)
    assert (member.aliases, member.charges) == ((), ())


async def test_somebody_without_an_account_is_known_by_name_and_unit(db: Database) -> None:
    await taken(db, ",,Hoà An,CV,A,staff", ",,Hoà An,CV,B,staff")
    done = await taken(db, ",,Hòa  An,Trưởng phòng,A,head", ",,hoà an,CV,B,staff")
    assert [one.effect for one in done.outcomes] == [Effect.CHANGED, Effect.CHANGED]
    assert [one.changed for one in done.outcomes] == [("name", "position", "role"), ("name",)]
    assert len(await people.living(db)) == 2


async def test_names_that_differ_by_a_tone_mark_are_two_people(db: Database) -> None:
    done = await taken(db, ",,Nguyễn Văn Hưng,,A,staff", ",,Nguyễn Văn Hùng,,A,staff")
    assert done.count(Effect.ADDED) == 2


async def test_an_account_is_added_to_who_had_none(db: Database) -> None:
    await taken(db, ",,An,CV,A,staff")
    done = await taken(db, "7,,An,CV,A,staff")
    assert done.outcomes[0].changed == ("telegram_id",)
    assert (await account(db, 7)).name == "An"
    assert (await taken(db, ",,An,CV,A,staff")).outcomes[0].effect is Effect.SAME


async def test_namesakes_are_told_apart_by_username(db: Database) -> None:
    lines = (",an_mot,An,CV,A,staff", ",an_hai,An,CV,A,staff")
    assert (await taken(db, *lines)).count(Effect.ADDED) == 2
    assert (await taken(db, *reversed(lines))).count(Effect.SAME) == 2
    assert await refused(db, ",,An,CV,A,staff") == [(2, Wrong.WHICH_PERSON)]


async def test_somebody_moves_units_under_the_same_username(db: Database) -> None:
    await taken(db, ",an_mot,An,CV,A,staff")
    done = await taken(db, ",an_mot,An,CV,B,staff")
    assert done.outcomes[0].changed == ("unit",)
    assert (await taken(db, ",,An,CV,C,staff")).outcomes[0].effect is Effect.ADDED


async def test_a_name_is_put_right_but_never_given_to_another_account(db: Database) -> None:
    await taken(db, "7,,Mac Thien An,CV,A,staff")
    done = await taken(db, "7,,Mạc Thiên Ân,CV,A,staff")
    assert done.outcomes[0].changed == ("name",)
    assert await refused(db, "7,,Từ Bảo Uyên,CV,A,staff") == [(2, Wrong.ID_TAKEN)]


async def test_an_account_of_somebody_who_left_is_not_given_on(db: Database) -> None:
    await taken(db, "7,,An,CV,A,staff")
    async with db.transaction() as tx:
        await people.change(tx, (await account(db, 7)).id, {"ended_at": NOW})
    assert await refused(db, "7,,An,CV,A,staff") == [(2, Wrong.ID_TAKEN)]


async def test_another_account_for_the_same_person_is_asked_about(db: Database) -> None:
    await taken(db, "7,,An,CV,A,staff")
    assert await refused(db, "8,,An,CV,A,staff") == [(2, Wrong.OTHER_ACCOUNT)]
    done = await taken(db, "7,,An,CV,A,staff", "8,,An,CV,A,staff")
    assert [one.effect for one in done.outcomes] == [Effect.SAME, Effect.ADDED]


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
    done = await enrol(db, csv_file(*lines, header=PLACED), NOW)
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


async def test_only_an_admin_hands_in_a_list(db: Database) -> None:
    await taken(db, "7,,An,CV,A,head", "8,,Bo,CV,A,admin")
    content = csv_file("9,,Ca,CV,A,staff")
    with pytest.raises(Refusal) as no:
        await enrol(db, content, NOW, await account(db, 7))
    assert no.value.kind is No.NOT_ALLOWED
    done = await enrol(db, content, NOW, await account(db, 8), UpdateKey(1, 1))
    assert done.count(Effect.ADDED) == 1
    with pytest.raises(Refusal) as no:
        await enrol(db, content, NOW, await account(db, 8), UpdateKey(1, 1))
    assert no.value.kind is No.ALREADY_DONE


async def test_a_thousand_lines_take_seconds_at_most(db: Database) -> None:
    lines = [f"{n},,Người {n},Chuyên viên,Phòng {n % 40},staff,Văn phòng" for n in range(1, 1001)]
    start = time.perf_counter()
    await taken(db, *lines, header=PLACED)
    again = await taken(db, *lines, header=PLACED)
    assert again.count(Effect.SAME) == 1000
    assert time.perf_counter() - start < 10


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


async def roles(db: Database, telegram_id: int) -> set[Role]:
    return {post.role for post in (await account(db, telegram_id)).roles}


async def test_the_sender_stays_an_admin_beside_the_role_that_is_listed(db: Database) -> None:
    await taken(db, "7,,An,CV,A,admin", "8,,Bo,CV,A,admin")
    listed = csv_file("7,,An,CV,A,leader", "8,,Bo,CV,A,head")
    done = await enrol(db, listed, NOW, await account(db, 7))
    assert [one.changed for one in done.outcomes] == [("role",), ("role",)]
    assert await roles(db, 7) == {Role.ADMIN, Role.LEADER}
    assert await roles(db, 8) == {Role.HEAD}
    again = await enrol(db, listed, NOW, await account(db, 7))
    assert again.count(Effect.SAME) == 2


async def test_the_last_admin_stays_one_when_the_operators_list_says_otherwise(
    db: Database,
) -> None:
    await taken(db, "7,,An,CV,A,admin", ",,Bo,CV,A,admin")
    await taken(db, "7,,An,CV,B,leader", ",,Bo,CV,A,admin")
    assert await roles(db, 7) == {Role.ADMIN, Role.LEADER}
    await taken(db, "7,,An,CV,B,leader", "8,,Bo,CV,A,admin")
    assert await roles(db, 7) == {Role.LEADER}


async def test_a_wrong_admin_who_has_no_account_yet_is_put_right(db: Database) -> None:
    await taken(db, ",,An,CV,A,admin")
    await taken(db, ",,An,CV,A,staff")
    (member,) = await people.living(db)
    assert {post.role for post in member.roles} == {Role.STAFF}


async def test_one_username_is_one_persons(db: Database) -> None:
    assert await refused(db, ",an_mac,An,,A,staff", ",An_Mac,Bo,,A,staff", ",,Ca,,A,staff") == [
        (3, Wrong.USERNAME_TWICE)
    ]
    await taken(db, ",an_mac,An,,A,staff", ",bo_le,Bo,,A,staff")
    assert await refused(db, ",AN_MAC,Bo,,A,staff") == [(2, Wrong.USERNAME_TAKEN)]
    assert await refused(db, ",an_mac,Ca,,A,staff") == [(2, Wrong.USERNAME_TAKEN)]
    assert await refused(db, "9,an_mac,Ca,,A,staff") == [(2, Wrong.USERNAME_TAKEN)]


async def test_usernames_change_hands_within_a_list(db: Database) -> None:
    await taken(db, "7,an_mac,An,,A,staff", "8,bo_le,Bo,,A,staff")
    done = await taken(db, "7,bo_le,An,,A,staff", "8,an_mac,Bo,,A,staff")
    assert done.count(Effect.CHANGED) == 2
    assert (await account(db, 7)).username == "bo_le"


async def test_the_username_of_somebody_who_left_is_free(db: Database) -> None:
    await taken(db, "7,an_mac,An,,A,staff")
    async with db.transaction() as tx:
        await people.change(tx, (await account(db, 7)).id, {"ended_at": NOW})
    assert (await taken(db, "8,an_mac,Bo,,A,staff")).count(Effect.ADDED) == 1


async def test_an_old_username_in_a_list_is_no_claim_to_it(db: Database) -> None:
    """An's changed in Telegram, and Bo took the old one: what Telegram told stays."""
    await taken(db, "7,an_mac,An,,A,staff", "8,bo_le,Bo,,A,staff")
    async with db.transaction() as tx:
        await people.join(tx, (await account(db, 7)).id, 7, "an_moi")
        await people.join(tx, (await account(db, 8)).id, 8, "an_mac")
    assert (await taken(db, "7,an_mac,An,,A,staff")).count(Effect.SAME) == 1
