"""The first admin, and whoever presses Start."""

import pytest

from bot.actions.list_import.import_people import enrol
from bot.actions.organisation import people as entrance
from bot.readers import sheets
from bot.rules import access
from storage.engine.database import Database
from storage.history.chain import verify
from storage.messaging import outbox
from storage.messaging.outbox import ToSay
from storage.organisation import people, reachability
from storage.records import Member, Post, Priority, Reach, Role
from tests.actions.list_import.people_list import HEAD, OFFICE, PLACED, STAFF, csv_file
from tests.conftest import MIGRATED_AT as NOW

FIRST = 777


async def account(db: Database, telegram_id: int) -> Member:
    member = await people.by_account(db, telegram_id)
    assert member is not None
    return member


@pytest.fixture
async def office(db: Database) -> Database:
    """People with and without accounts."""
    assert not (await enrol(db, sheets.read(OFFICE), NOW)).problems
    return db


async def test_the_first_admin_comes_from_the_settings(db: Database) -> None:
    assert await entrance.ensure_admin(db, [FIRST], 778, "Lạ", None, NOW) is None
    made = await entrance.ensure_admin(db, [FIRST], FIRST, " Hải  Đăng ", "dang", NOW)
    assert made is not None
    assert (made.name, made.roles) == ("Hải Đăng", (Post(role=Role.ADMIN, unit_id=None),))
    again = await entrance.ensure_admin(db, [FIRST], FIRST, "Khác", None, NOW)
    assert again == made
    assert len(await people.living(db)) == 1
    assert await verify(db) is None


async def test_a_known_person_named_in_the_settings_is_an_admin_too(office: Database) -> None:
    made = await entrance.ensure_admin(office, [HEAD], HEAD, "x", None, NOW)
    assert made is not None
    assert access.is_admin(made)
    assert made.name == "Trưởng Phòng"
    assert len(made.roles) == 2


async def test_the_first_admin_is_the_one_the_list_already_has(db: Database) -> None:
    listed = csv_file(",,Vương Hải Đăng,QT,Văn phòng,admin", ",,An,,Văn phòng,staff")
    await enrol(db, sheets.read(listed), NOW)
    (waiting,) = [one for one in await people.living(db) if one.name == "Vương Hải Đăng"]
    async with db.transaction() as tx:
        await outbox.put(tx, [ToSay("hello", waiting.id, None, {}, Priority.NOTICE, NOW, NOW)])
        await reachability.mark_unreachable(tx, waiting.id, Reach.NEVER_STARTED)
    made = await entrance.ensure_admin(db, [FIRST], FIRST, "VUONG  Hai Dang", "dang", NOW)
    assert made is not None
    assert (made.id, made.telegram_id, made.username) == (waiting.id, FIRST, "dang")
    assert (made.name, made.reach) == ("Vương Hải Đăng", Reach.REACHABLE)
    assert (await db.fetch("SELECT state FROM outbox"))[0]["state"] == "waiting"
    assert await entrance.ensure_admin(db, [FIRST], FIRST, "Khác", None, NOW) == made
    assert len(await people.living(db)) == 2
    assert await verify(db) is None


@pytest.mark.parametrize(
    "lines",
    [
        (",,Vương Hải Đăng,,A,staff",),
        (",,Vương Hải Đăng,,A,admin", ",,Vương Hải Đăng,,B,admin"),
        (",,Vương Hải Đăng,,A,admin", ",,Vương Hải Đăng,,B,staff"),
        ("55,,Vương Hải Đăng,,A,admin",),
        (",,Vương Hải,,A,admin",),
    ],
    ids=["no admin", "two", "one of two", "has an account", "another name"],
)
async def test_a_name_that_is_not_surely_the_admins_joins_nobody(
    db: Database, lines: tuple[str, ...]
) -> None:
    await enrol(db, sheets.read(csv_file(*lines)), NOW)
    before = await people.living(db)
    made = await entrance.ensure_admin(db, [FIRST], FIRST, "Vương Hải Đăng", None, NOW)
    assert made is not None
    assert await people.living(db) == [*before, made]


async def test_a_list_with_the_name_alone_places_the_first_admin(db: Database) -> None:
    made = await entrance.ensure_admin(db, [FIRST], FIRST, "Vương Hải Đăng", None, NOW)
    assert made is not None
    done = await enrol(db, sheets.read(csv_file(",,Vương Hải Đăng,QT,Văn phòng,admin")), NOW)
    assert done.outcomes[0].changed == ("position", "role", "unit")
    assert [one.id for one in await people.living(db)] == [made.id]


async def test_a_list_names_and_places_the_first_admin_who_stays_one(db: Database) -> None:
    await entrance.ensure_admin(db, [FIRST], FIRST, "Dang 🌻", None, NOW)
    done = await enrol(
        db, sheets.read(csv_file(f"{FIRST},,Vương Hải Đăng,QT,Văn phòng,leader")), NOW
    )
    assert not done.problems
    member = await account(db, FIRST)
    assert member.name == "Vương Hải Đăng"
    assert {post.role for post in member.roles} == {Role.ADMIN, Role.LEADER}


async def test_start_makes_a_person_reachable_and_lets_go_what_waited(office: Database) -> None:
    member = await account(office, STAFF)
    async with office.transaction() as tx:
        await outbox.put(tx, [ToSay("hello", member.id, None, {}, Priority.NOTICE, NOW, NOW)])
        await reachability.mark_unreachable(tx, member.id, Reach.BLOCKED)
    blocked = await account(office, STAFF)
    started = await entrance.started(office, blocked, "ten_moi", NOW)
    assert (started.reach, started.username) == (Reach.REACHABLE, "ten_moi")
    assert (await office.fetch("SELECT state FROM outbox"))[0]["state"] == "waiting"
    events = await office.fetch("SELECT id FROM events")
    assert await entrance.started(office, started, "ten_moi", NOW) == started
    assert await office.fetch("SELECT id FROM events") == events


async def test_the_username_of_a_list_does_not_undo_what_telegram_told(office: Database) -> None:
    await entrance.started(office, await account(office, STAFF), "ten_that", NOW)
    line = csv_file("4,ten_cu,Chuyên Viên,,Phòng A,staff,Văn phòng", header=PLACED)
    await enrol(office, sheets.read(line), NOW)
    assert (await account(office, STAFF)).username == "ten_that"


async def test_being_told_is_kept_once(office: Database) -> None:
    member = await account(office, STAFF)
    await entrance.told(office, member.id, NOW)
    await entrance.told(office, member.id, NOW.replace(year=2027))
    assert (await account(office, STAFF)).told_at == NOW
    told = await office.fetch("SELECT id FROM events WHERE kind = 'person.told'")
    assert len(told) == 1
