"""A list that says something else changes who is known and says so; what it leaves out stays."""

from bot.actions.list_import.import_people import Effect, enrol
from bot.chat.list_import.people_file import change_lines
from bot.readers import sheets
from storage.engine.database import Database
from storage.history.chain import verify
from storage.organisation import people, units
from storage.records import Post, Role
from tests.actions.list_import.enrolling import account, roles, taken
from tests.actions.list_import.people_list import WHOLE, csv_file
from tests.conftest import MIGRATED_AT as NOW


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


async def test_the_sender_stays_an_admin_beside_the_role_that_is_listed(db: Database) -> None:
    await taken(db, "7,,An,CV,A,admin", "8,,Bo,CV,A,admin")
    listed = csv_file("7,,An,CV,A,leader", "8,,Bo,CV,A,head")
    done = await enrol(db, sheets.read(listed), NOW, await account(db, 7))
    assert [one.changed for one in done.outcomes] == [("role",), ("role",)]
    assert await roles(db, 7) == {Role.ADMIN, Role.LEADER}
    assert await roles(db, 8) == {Role.HEAD}
    again = await enrol(db, sheets.read(listed), NOW, await account(db, 7))
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
