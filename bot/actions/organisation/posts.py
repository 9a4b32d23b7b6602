"""An admin puts a person's position right, and what they are in their unit."""

from datetime import datetime

from bot.actions.admins import check_admin
from bot.actions.office import Office, step
from bot.actions.organisation.people import MAX_NAME, tidy
from bot.actions.organisation.unit_pages import with_role
from bot.actions.still_employed import hold_people_as_admin
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction
from storage.history import audit
from storage.organisation import people, units
from storage.records import Draft, Member, Role, UpdateKey

IN_A_UNIT = (Role.STAFF, Role.HEAD, Role.LEADER)
"""What somebody can be in a unit; who looks after the settings is said by list or settings."""


async def living(office: Office, who: Standpoint, person_id: int) -> Member:
    """Return a person to an admin; refuses NOT_ALLOWED and PERSON_LEFT."""
    check_admin(who)
    person = await people.member(office.db, person_id)
    return _here(person)


def role_of(person: Member) -> Role | None:
    """Return what a person is in their unit; None for who has none."""
    roles = {post.role for post in person.roles if post.unit_id == person.unit_id}
    return next((one for one in reversed(IN_A_UNIT) if one in roles), None)


async def name_position(
    office: Office,
    who: Standpoint,
    person_id: int,
    said: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Member:
    """Set a person's position; refuses NOT_ALLOWED, EMPTY, TOO_LONG, SAME and PERSON_LEFT."""
    check_admin(who)
    position = tidy(said)
    if not position:
        raise Refusal(No.EMPTY)
    if len(position) > MAX_NAME:
        raise Refusal(No.TOO_LONG, limit=MAX_NAME, length=len(position))
    async with step(office, update, now, answers) as tx:
        await hold_people_as_admin(tx, who)
        person = _here(await people.held(tx, person_id))
        if person.position == position:
            raise Refusal(No.SAME)
        await people.change(tx, person_id, {"position": position})
        facts = {"changed": ["position"]}
        await audit.append(
            tx, now, "person.changed", actor_id=who.person_id, person_id=person_id, facts=facts
        )
        return person


async def make(
    office: Office,
    who: Standpoint,
    person_id: int,
    role: Role,
    now: datetime,
    update: UpdateKey | None,
) -> Member:
    """Give a person another role in their unit; who headed it is staff of it once another does.

    Staff is in charge of nothing. Rights over settings stay. Refuses NOT_ALLOWED, also of oneself,
    SAME, PERSON_LEFT and STALE for who has no unit.
    """
    check_admin(who)
    if person_id == who.person_id or role not in IN_A_UNIT:
        raise Refusal(No.NOT_ALLOWED)
    async with step(office, update, now) as tx:
        await hold_people_as_admin(tx, who)
        person = _here(await people.member(tx, person_id))
        if person.unit_id is None:
            raise Refusal(No.STALE)
        if role_of(person) is role:
            raise Refusal(No.SAME)
        if role is Role.HEAD:
            await _make_room(tx, who, person.unit_id, now)
        for before in IN_A_UNIT:
            await _end(tx, who, person, before, now)
        await _give(tx, who, person_id, person.unit_id, role, now)
        if role is Role.STAFF and person.charges:
            await people.change_charges(tx, person_id, person.charges, [], now)
            facts = {"ended": sorted(person.charges), "given": []}
            await audit.append(
                *(tx, now, "charges.changed"),
                actor_id=who.person_id, person_id=person_id, facts=facts,
            )  # fmt: skip
        return person


async def stand_again(tx: Transaction, who: Standpoint, person_id: int, now: datetime) -> bool:
    """Settle the posts of one who is back, the people held: True where all are as they were.

    In place of a unit that ended they are staff of what took it over, and of their own where somebody
    else heads it by now.
    """
    person = _here(await people.member(tx, person_id))
    moved = False
    for post in person.roles:
        stays = await units.taken_over_by(tx, post.unit_id) if post.unit_id else None
        others = await people.of_units(tx, [stays]) if stays else []
        heads = [one for one in with_role(others, stays or 0, Role.HEAD) if one.id != person_id]
        if stays == post.unit_id and not (post.role is Role.HEAD and heads):
            continue
        moved = True
        await _end(tx, who, person, post.role, now, post.unit_id)
        role = Role.ADMIN if post.role is Role.ADMIN else Role.STAFF
        held = _here(await people.member(tx, person_id)).roles
        there = {one.role for one in held if one.unit_id == stays} - {Role.ADMIN}
        if stays and not (there and role is Role.STAFF):
            await _give(tx, who, person_id, stays, role, now)
    return not moved


def _here(person: Member | None) -> Member:
    if person is None or person.ended_at is not None:
        raise Refusal(No.PERSON_LEFT)
    return person


async def _make_room(tx: Transaction, who: Standpoint, unit_id: int, now: datetime) -> None:
    """Let who heads a unit be staff of it."""
    for head in with_role(await people.of_units(tx, [unit_id]), unit_id, Role.HEAD):
        await _end(tx, who, head, Role.HEAD, now, unit_id)
        await _give(tx, who, head.id, unit_id, Role.STAFF, now)


async def _end(
    tx: Transaction,
    who: Standpoint,
    person: Member,
    role: Role,
    now: datetime,
    unit_id: int | None = None,
) -> None:
    at = person.unit_id if unit_id is None else unit_id
    if any((post.role, post.unit_id) == (role, at) for post in person.roles):
        await people.end_role(tx, person.id, at, role, now)
        await _note(tx, who, "role.ended", person.id, at, role, now)


async def _give(
    tx: Transaction, who: Standpoint, person_id: int, unit_id: int, role: Role, now: datetime
) -> None:
    await people.give_role(tx, person_id, unit_id, role, now)
    await _note(tx, who, "role.given", person_id, unit_id, role, now)


async def _note(
    tx: Transaction,
    who: Standpoint,
    kind: str,
    person_id: int,
    unit_id: int | None,
    role: Role,
    now: datetime,
) -> None:
    facts = {"role": role, "unit_id": unit_id}
    await audit.append(tx, now, kind, actor_id=who.person_id, person_id=person_id, facts=facts)
