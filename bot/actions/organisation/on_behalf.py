"""Entering on behalf (thay mặt): who may, for which leader or group, and whose task it becomes."""

from collections.abc import Iterable
from datetime import datetime

from bot.actions import still_employed
from bot.actions.office import Office, step
from bot.actions.standpoint import standpoint
from bot.folding import fold
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.directives import entry_rights
from storage.engine.database import Reader, Transaction
from storage.history import audit
from storage.organisation import leader_groups, people
from storage.records import EntryRight, LeaderGroup, Role, UpdateKey


async def check(
    db: Reader, who: Standpoint, for_person_id: int | None, for_group_id: int | None
) -> None:
    """Refuse NO_ENTRY_RIGHT unless somebody may enter for a person, or for a group.

    A member may enter for the group, and a deputy for the person they act for, without being given the
    right. Refuses NO_PERSON_READ where neither person nor group is named.
    """
    if for_person_id in who.people or for_group_id in who.all_groups:
        return
    if for_person_id is None and for_group_id is None:
        raise Refusal(No.NO_PERSON_READ)
    if not await entry_rights.holds(db, who.person_id, for_person_id, for_group_id):
        raise Refusal(No.NO_ENTRY_RIGHT)


async def assigner(
    db: Reader, who: Standpoint, for_person_id: int | None, for_group_id: int | None
) -> Standpoint:
    """Return who assigns: the person themselves, the person they enter for, or the group as one.

    A group has the rights of all its members together, under the id of its first member. Refuses
    NO_ENTRY_RIGHT and PERSON_LEFT.
    """
    if for_person_id is None and for_group_id is None:
        return who
    await check(db, who, for_person_id, for_group_id)
    return await represented(db, for_person_id, for_group_id)


async def represented(
    db: Reader, for_person_id: int | None, for_group_id: int | None
) -> Standpoint:
    """Return the standpoint of a person, or of a group as one; refuses PERSON_LEFT if all of them have left."""
    group = await leader_groups.get(db, for_group_id) if for_group_id else None
    ids = group.members if group else tuple(filter(None, [for_person_id]))
    found = [await people.member(db, one) for one in ids]
    stand = [await standpoint(db, one) for one in found if one and one.ended_at is None]
    if not stand:
        raise Refusal(No.PERSON_LEFT)
    seen = [one.oversees for one in stand]
    together = frozenset().union(*(units for units in seen if units is not None))
    roles = frozenset().union(*(one.roles for one in stand))
    oversees = None if None in seen else together
    return Standpoint(stand[0].person_id, roles, oversees)


async def rights_of(office: Office, who: Standpoint) -> list[EntryRight]:
    """Return the rights to enter for a person or their groups; for an admin, all rights."""
    rights = await entry_rights.living(office.db)
    return [right for right in rights if _may_manage(who, right.for_person_id, right.for_group_id)]


def _may_manage(who: Standpoint, for_person_id: int | None, for_group_id: int | None) -> bool:
    mine = for_person_id == who.person_id or for_group_id in who.all_groups
    return mine or Role.ADMIN in who.roles


async def give(
    office: Office,
    who: Standpoint,
    person_id: int,
    for_person_id: int | None,
    for_group_id: int | None,
    now: datetime,
    update: UpdateKey | None,
) -> None:
    """Let somebody enter for oneself, for one's group or, by an admin, for anyone; repeating changes nothing.

    Refuses NOT_ALLOWED, also for giving the right to oneself: looking after settings gives no access to
    tasks. Refuses STRANGER and PERSON_LEFT where one of the people has left.
    """
    allowed = _may_manage(who, for_person_id, for_group_id)
    if not allowed or person_id in {for_person_id, who.person_id}:
        raise Refusal(No.NOT_ALLOWED)
    async with step(office, update, now) as tx:
        await _all_here(tx, who, filter(None, [person_id, for_person_id]))
        if await entry_rights.holds(tx, person_id, for_person_id, for_group_id):
            return
        await entry_rights.give(
            tx,
            person_id=person_id,
            for_person_id=for_person_id,
            for_group_id=for_group_id,
            given_by_id=who.person_id,
            at=now,
        )
        facts = {"for_person": for_person_id, "for_group": for_group_id}
        await audit.append(
            tx, now, "entry.given", actor_id=who.person_id, person_id=person_id, facts=facts
        )


async def end(
    office: Office, who: Standpoint, right_id: int, now: datetime, update: UpdateKey | None
) -> EntryRight:
    """Take a right back; refuses NOT_FOUND for one that `who` may not end, STALE for an ended one."""
    async with step(office, update, now) as tx:
        right = await entry_rights.get(tx, right_id)
        if right is None or not _may_manage(who, right.for_person_id, right.for_group_id):
            raise Refusal(No.NOT_FOUND)
        if not await entry_rights.end(tx, right_id, now):
            raise Refusal(No.STALE)
        facts = {"for_person": right.for_person_id, "for_group": right.for_group_id}
        await audit.append(
            tx, now, "entry.ended", actor_id=who.person_id, person_id=right.person_id, facts=facts
        )
        return right


async def set_group(
    office: Office,
    who: Standpoint,
    name: str,
    members: list[int],
    now: datetime,
    update: UpdateKey | None,
) -> LeaderGroup:
    """Make a group of leaders, or give the group of this name other members; only an admin may.

    Looking after settings gives no access to tasks: an admin who leads nobody may not put themselves in.
    Refuses NOT_ALLOWED, NO_PERSON_READ, and STRANGER and PERSON_LEFT where one of the people has left.
    """
    if Role.ADMIN not in who.roles or (who.person_id in members and not who.leads_others):
        raise Refusal(No.NOT_ALLOWED)
    folded = " ".join(fold(name).split())
    if not members or not folded:
        raise Refusal(No.NO_PERSON_READ)
    async with step(office, update, now) as tx:
        await _all_here(tx, who, members)
        known = [one for one in await leader_groups.living(tx) if one.folded == folded]
        group_id = known[0].id if known else await leader_groups.insert(tx, name, folded, now)
        await leader_groups.set_members(tx, group_id, members, now)
        facts = {"group": group_id, "members": members}
        await audit.append(tx, now, "group.set", actor_id=who.person_id, facts=facts)
        group = await leader_groups.get(tx, group_id)
        assert group is not None
        return group


async def _all_here(tx: Transaction, who: Standpoint, person_ids: Iterable[int]) -> None:
    """Lock these people so that none of them leaves meanwhile; refuses STRANGER and PERSON_LEFT."""
    await still_employed.still_here(tx, who)
    named = set(person_ids)
    if len(await people.held_living(tx, named)) < len(named):
        raise Refusal(No.PERSON_LEFT)
