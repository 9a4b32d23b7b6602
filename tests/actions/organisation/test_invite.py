"""Links that join a person to an account: once, in time, by whom they may be made."""

import asyncio
from datetime import timedelta

import pytest

from bot.actions.list_import.import_people import enrol
from bot.actions.organisation import invite
from bot.actions.organisation import people as entrance
from bot.readers import sheets
from bot.refusals import No, Refusal
from storage.engine.database import Database
from storage.history.chain import verify
from storage.messaging import cards, outbox
from storage.messaging.cards import Placed
from storage.messaging.outbox import ToSay
from storage.organisation import people, reachability
from storage.records import Member, Priority, Reach, UpdateKey
from tests.actions.list_import.people_list import (
    ADMIN,
    HEAD,
    LEADER,
    OFFICE,
    PLACED,
    STAFF,
    WHOLE,
    csv_file,
)
from tests.conftest import MIGRATED_AT as NOW

STRANGER = 99
DAY = timedelta(days=1)
NAMESAKES = csv_file(
    ",,Mạc Thiên Ân,,Phòng A,staff,Văn phòng,,",
    ",,Lê Thị An,,Phòng A,staff,Văn phòng,,",
    ",,Vũ Ẩn Sơn,,Phòng A,staff,Văn phòng,,",
    ",,Đoàn Thục Hạnh Nhi,,Phòng A,staff,Văn phòng,,Út Ân",
    ",,Trịnh Quang Đan,,Phòng A,staff,Văn phòng,,",
    ",,Phan Thúy Hoà,,Phòng A,staff,Văn phòng,,",
    header=WHOLE,
)


@pytest.fixture
async def office(db: Database) -> Database:
    """People with and without accounts; the accounts' ids are the constants above."""
    assert not (await enrol(db, sheets.read(OFFICE), NOW)).problems
    return db


async def named(db: Database, name: str) -> Member:
    return next(member for member in await people.living(db) if member.name == name)


async def account(db: Database, telegram_id: int) -> Member:
    member = await people.by_account(db, telegram_id)
    assert member is not None
    return member


async def link(db: Database, actor: int, name: str, days: int = 7) -> str:
    person = await named(db, name)
    return await invite.create(db, await account(db, actor), person.id, NOW, days)


async def refused(work: object) -> No:
    with pytest.raises(Refusal) as no:
        await work  # type: ignore[misc]
    return no.value.kind


async def test_a_link_joins_an_account_once(office: Database) -> None:
    code = await link(office, ADMIN, "Người Mới")
    joined = await invite.accept(office, code, STRANGER, "ten_moi", NOW)
    assert (joined.name, joined.telegram_id, joined.username) == ("Người Mới", STRANGER, "ten_moi")
    assert joined.reach is Reach.REACHABLE
    assert joined.told_at is None
    assert await refused(invite.accept(office, code, 100, None, NOW)) is No.INVITATION_USED
    assert await invite.accept(office, code, STRANGER, "ten_moi", NOW) == joined
    assert await verify(office) is None


async def test_the_code_fits_a_link_and_is_not_kept(office: Database) -> None:
    code = await link(office, ADMIN, "Người Mới")
    assert 32 <= len(code) <= 64
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
    kept = await office.fetch("SELECT * FROM invitations")
    events = await office.fetch("SELECT * FROM events")
    assert len(kept) == 1
    assert code not in str(kept) + str(events)


async def test_a_username_alone_opens_nothing(office: Database) -> None:
    assert (await named(office, "Người Mới")).username == "nguoi_moi"
    assert await people.by_account(office, STRANGER) is None
    assert (
        await refused(invite.accept(office, "nguoi_moi", STRANGER, "nguoi_moi", NOW))
        is No.BAD_INVITATION
    )


@pytest.mark.parametrize("code", ["", "x", "x" * 64, "đồng chí", "' OR 1=1 --"])
async def test_a_made_up_code_is_refused(office: Database, code: str) -> None:
    assert await refused(invite.accept(office, code, STRANGER, None, NOW)) is No.BAD_INVITATION


async def test_a_link_expires(office: Database) -> None:
    code = await link(office, ADMIN, "Người Mới", days=2)
    late = NOW + 2 * DAY
    assert await refused(invite.accept(office, code, STRANGER, None, late)) is No.BAD_INVITATION
    in_time = late - timedelta(seconds=1)
    assert (await invite.accept(office, code, STRANGER, None, in_time)).name == "Người Mới"


async def test_a_new_link_ends_the_one_before(office: Database) -> None:
    first = await link(office, ADMIN, "Người Mới")
    second = await link(office, HEAD, "Người Mới")
    assert await refused(invite.accept(office, first, STRANGER, None, NOW)) is No.BAD_INVITATION
    assert (await invite.accept(office, second, STRANGER, None, NOW)).name == "Người Mới"


async def test_of_many_at_once_exactly_one_wins(office: Database) -> None:
    code = await link(office, ADMIN, "Người Mới")
    came = await asyncio.gather(
        *(invite.accept(office, code, n, None, NOW) for n in range(100, 110)),
        return_exceptions=True,
    )
    winners = [one for one in came if isinstance(one, Member)]
    losers = [one.kind for one in came if isinstance(one, Refusal)]
    assert len(winners) == 1
    assert losers == [No.INVITATION_USED] * 9
    assert (await named(office, "Người Mới")).telegram_id == winners[0].telegram_id


async def test_an_account_is_one_persons(office: Database) -> None:
    code = await link(office, ADMIN, "Người Mới")
    assert await refused(invite.accept(office, code, STAFF, None, NOW)) is No.ACCOUNT_TAKEN
    assert (await invite.accept(office, code, STRANGER, None, NOW)).name == "Người Mới"


async def test_a_changed_phone_takes_the_old_one_out(office: Database) -> None:
    person = await account(office, STAFF)
    async with office.transaction() as tx:
        task = await tx.fetch(
            "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
            " VALUES ('Việc', 'normal', 'assigned', $1, $1, $2) RETURNING id",
            person.id,
            NOW,
        )
        await cards.put(tx, [Placed(task[0]["id"], person.id, STAFF, None, 5, NOW)])
    code = await link(office, ADMIN, "Chuyên Viên")
    joined = await invite.accept(office, code, STRANGER, None, NOW)
    assert joined.id == person.id
    assert await people.by_account(office, STAFF) is None
    assert await cards.of_task(office, task[0]["id"]) == []


async def test_the_same_phone_again_keeps_its_cards(office: Database) -> None:
    code = await link(office, ADMIN, "Chuyên Viên")
    await invite.accept(office, code, STAFF, "ten", NOW)
    assert (await account(office, STAFF)).username == "ten"


async def test_a_repeated_update_does_nothing_twice(office: Database) -> None:
    code = await link(office, ADMIN, "Người Mới")
    key = UpdateKey(1, 7)
    first = await invite.accept(office, code, STRANGER, "ten", NOW, key)
    events = await office.fetch("SELECT id FROM events")
    assert await invite.accept(office, code, STRANGER, "ten", NOW, key) == first
    assert await office.fetch("SELECT id FROM events") == events


async def test_what_waited_is_let_go(office: Database) -> None:
    person = await named(office, "Người Mới")
    async with office.transaction() as tx:
        await outbox.put(tx, [ToSay("hello", person.id, None, {}, Priority.NOTICE, NOW, NOW)])
        await reachability.mark_unreachable(tx, person.id, Reach.NEVER_STARTED)
    await invite.accept(office, await link(office, ADMIN, "Người Mới"), STRANGER, None, NOW)
    rows = await office.fetch("SELECT state FROM outbox")
    assert [row["state"] for row in rows] == ["waiting"]


@pytest.mark.parametrize(
    ("actor", "name", "may"),
    [
        (ADMIN, "Người Mới", True),
        (ADMIN, "Lãnh Đạo", True),
        (ADMIN, "Chuyên Viên", True),
        (HEAD, "Người Mới", True),
        (HEAD, "Phó Phòng", True),
        (HEAD, "Người Khác", False),
        (HEAD, "Lãnh Đạo Mới", False),
        (HEAD, "Chuyên Viên", False),
        (HEAD, "Quản Trị", False),
        (LEADER, "Người Mới", False),
        (STAFF, "Người Mới", False),
    ],
)
async def test_who_may_make_a_link(office: Database, actor: int, name: str, may: bool) -> None:
    if may:
        assert await link(office, actor, name)
    else:
        assert await refused(link(office, actor, name)) is No.NOT_ALLOWED


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Ân", ["Mạc Thiên Ân", "Đoàn Thục Hạnh Nhi", "Lê Thị An", "Vũ Ẩn Sơn"]),
        ("ẩn", ["Vũ Ẩn Sơn", "Lê Thị An", "Mạc Thiên Ân", "Đoàn Thục Hạnh Nhi"]),
        ("an", ["Lê Thị An", "Mạc Thiên Ân", "Vũ Ẩn Sơn", "Đoàn Thục Hạnh Nhi"]),
        ("Thiên Ân.", ["Mạc Thiên Ân"]),
        ("ân mạc", ["Mạc Thiên Ân"]),
        ("hạnh", ["Đoàn Thục Hạnh Nhi"]),
        ("út nhi", ["Đoàn Thục Hạnh Nhi"]),
        ("dan", ["Trịnh Quang Đan"]),
        ("thuý hòa", ["Phan Thúy Hoà"]),
        ("Ân Sơn Nhi", []),
        ("a", []),
        ("ang", []),
    ],
)
async def test_people_are_found_by_whole_words(
    office: Database, said: str, found: list[str]
) -> None:
    admin = await account(office, ADMIN)
    assert not (await enrol(office, sheets.read(NAMESAKES), NOW)).problems
    assert [person.name for person in await invite.candidates(office, admin, said)] == found


async def test_nobody_can_be_invited_who_is_not_there_or_left(office: Database) -> None:
    admin, person = await account(office, ADMIN), await named(office, "Người Mới")
    assert await refused(invite.create(office, admin, 12345, NOW, 7)) is No.NOT_FOUND
    code = await invite.create(office, admin, person.id, NOW, 7)
    async with office.transaction() as tx:
        await people.change(tx, person.id, {"ended_at": NOW})
    assert await refused(invite.create(office, admin, person.id, NOW, 7)) is No.PERSON_LEFT
    assert await refused(invite.accept(office, code, STRANGER, None, NOW)) is No.BAD_INVITATION


async def test_a_list_that_gives_an_account_ends_the_open_link(office: Database) -> None:
    """Else a head's link would later take over an account that only an admin may move."""
    code = await link(office, HEAD, "Người Mới")
    listed = csv_file("55,,Người Mới,,Phòng A,staff,Văn phòng", header=PLACED)
    assert not (await enrol(office, sheets.read(listed), NOW)).problems
    assert await refused(invite.accept(office, code, STRANGER, None, NOW)) is No.BAD_INVITATION


async def test_a_lost_phone_is_revoked_by_an_admin(office: Database) -> None:
    admin, person = await account(office, ADMIN), await account(office, STAFF)
    code = await link(office, ADMIN, "Chuyên Viên")
    head = await account(office, HEAD)
    assert await refused(invite.revoke_account(office, (), head, person.id, NOW)) is No.NOT_ALLOWED
    assert await refused(invite.revoke_account(office, (), admin, 12345, NOW)) is No.NOT_FOUND
    await invite.revoke_account(office, (), admin, person.id, NOW)
    assert await people.by_account(office, STAFF) is None
    left = await named(office, "Chuyên Viên")
    assert (left.username, left.reach, left.ended_at) == (None, Reach.NEVER_STARTED, None)
    assert await refused(invite.accept(office, code, STAFF, None, NOW)) is No.BAD_INVITATION
    assert await entrance.ensure_admin(office, [], STAFF, "x", None, NOW) is None


async def test_an_account_in_the_settings_is_not_revoked(office: Database) -> None:
    """The next message would make it an admin again, as a second person."""
    admin, person = await account(office, ADMIN), await account(office, STAFF)
    before = await people.living(office)
    revoked = invite.revoke_account(office, [STAFF], admin, person.id, NOW)
    assert await refused(revoked) is No.NAMED_IN_SETTINGS
    assert await people.living(office) == before
    await invite.revoke_account(office, [ADMIN], admin, person.id, NOW)
    assert await people.by_account(office, STAFF) is None
