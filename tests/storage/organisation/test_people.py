"""People with their posts, and the tree of units."""

from datetime import timedelta

from storage.engine.database import Database, Transaction
from storage.organisation import people, units
from storage.records import Member, Post, Reach, Role
from tests.conftest import MIGRATED_AT as NOW

LATER = NOW + timedelta(days=1)


async def add(tx: Transaction, name: str, telegram_id: int | None = None) -> int:
    return await people.insert(
        tx,
        name=name,
        folded=name.lower(),
        position="",
        username=None,
        telegram_id=telegram_id,
        aliases=("bí danh",),
        at=NOW,
    )


async def member_of(db: Database, person_id: int) -> Member:
    found = await people.member(db, person_id)
    assert found is not None
    return found


async def test_an_account_brings_person_posts_and_charges(db: Database) -> None:
    async with db.transaction() as tx:
        one = await units.insert(tx, "Một", "mot", None, NOW)
        two = await units.insert(tx, "Hai", "hai", one, NOW)
        person = await add(tx, "An", 2**51)
        await people.give_role(tx, person, one, Role.LEADER, NOW)
        await people.give_role(tx, person, None, Role.ADMIN, NOW)
        await people.give_role(tx, person, two, Role.HEAD, NOW)
        await people.end_role(tx, person, two, Role.HEAD, LATER)
        await people.change_charges(tx, person, [], [one, two], NOW)
        await people.change_charges(tx, person, [two], [], LATER)
    member = await people.by_account(db, 2**51)
    assert member is not None
    assert member.roles == (
        Post(role=Role.LEADER, unit_id=one),
        Post(role=Role.ADMIN, unit_id=None),
    )
    assert member.charges == (one,)
    assert (member.aliases, member.created_at, member.reach) == (
        ("bí danh",),
        NOW,
        Reach.NEVER_STARTED,
    )
    assert await people.by_account(db, 1) is None


async def test_a_role_in_the_whole_office_ends_too(db: Database) -> None:
    async with db.transaction() as tx:
        person = await add(tx, "An")
        await people.give_role(tx, person, None, Role.ADMIN, NOW)
        await people.end_role(tx, person, None, Role.ADMIN, LATER)
    assert (await member_of(db, person)).roles == ()


async def test_who_left_has_no_access_but_is_remembered(db: Database) -> None:
    async with db.transaction() as tx:
        person, stays = await add(tx, "An", 5), await add(tx, "Bo", 6)
        await people.change(tx, person, {"ended_at": NOW})
    assert await people.by_account(db, 5) is None
    assert (await member_of(db, person)).ended_at == NOW
    assert [one.id for one in await people.living(db)] == [stays]
    holder = await people.holder(db, 5)
    assert holder is not None
    assert holder.id == person
    assert [one.id for one in await people.holders(db)] == [person, stays]


async def test_heads_of_a_unit_or_else_its_leaders(db: Database) -> None:
    async with db.transaction() as tx:
        unit = await units.insert(tx, "Một", "mot", None, NOW)
        leader, head, gone = await add(tx, "L"), await add(tx, "H"), await add(tx, "G")
        for person, role in ((leader, Role.LEADER), (head, Role.HEAD), (gone, Role.HEAD)):
            await people.give_role(tx, person, unit, role, NOW)
        await people.change(tx, gone, {"ended_at": NOW})
        assert await people.heads_of(tx, unit) == [head]
        await people.end_role(tx, head, unit, Role.HEAD, LATER)
        assert await people.heads_of(tx, unit) == [leader]
        assert await people.heads_of(tx, unit + 1) == []


async def test_a_unit_with_all_below(db: Database) -> None:
    async with db.transaction() as tx:
        top = await units.insert(tx, "Đỉnh", "dinh", None, NOW)
        left = await units.insert(tx, "Trái", "trai", top, NOW)
        leaf = await units.insert(tx, "Lá", "la", left, NOW)
        right = await units.insert(tx, "Phải", "phai", top, NOW)
        await tx.execute("UPDATE units SET ended_at = $1 WHERE id = $2", NOW, leaf)
    assert [unit.id for unit in await units.below(db, [top])] == [top, left, leaf, right]
    assert [unit.id for unit in await units.below(db, {left, right})] == [left, leaf, right]
    assert [unit.id for unit in await units.below(db, [leaf])] == [leaf]
    assert await units.below(db, []) == []
    assert [unit.id for unit in await units.living(db)] == [top, left, right]
    assert (await units.living(db))[0].short_names == ()


async def test_being_told_keeps_the_first_moment(db: Database) -> None:
    async with db.transaction() as tx:
        person = await add(tx, "An")
        assert await people.tell(tx, person, NOW)
        assert not await people.tell(tx, person, LATER)
    assert (await member_of(db, person)).told_at == NOW
