"""Units are changed by an admin: their names, headcount, what is above them, who heads them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.actions.admins import check_admin
from bot.actions.office import Office, step
from bot.actions.organisation.people import MAX_NAME, tidy
from bot.actions.organisation.unit_pages import people_of, with_role
from bot.actions.still_employed import still_admin
from bot.folding import fold, words
from bot.refusals import No, Refusal
from bot.rules.mergers.places import loops
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction, Value
from storage.history import audit
from storage.organisation import people, units
from storage.records import Draft, Member, Role, Unit, UpdateKey

MOST_POSTS = 100_000
MOST_NAMES = 20


async def add(
    office: Office,
    who: Standpoint,
    name: str,
    parent_id: int | None,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> int:
    """Add a unit below another, or at the top, and return its id; refuses as `rename`."""
    name = _checked(who, name)
    async with step(office, update, now, answers) as tx:
        known = await _known(tx, who, [parent_id] if parent_id is not None else [])
        _check_place(known, None, name, parent_id)
        unit_id = await units.insert(tx, name, fold(name), parent_id, now)
        facts = {"unit_id": unit_id, "parent_id": parent_id}
        await audit.append(tx, now, "unit.added", actor_id=who.person_id, facts=facts)
        return unit_id


async def rename(
    office: Office,
    who: Standpoint,
    unit_id: int,
    name: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> None:
    """Give a unit another name; the old one is still known.

    Refuses NOT_ALLOWED to all but admins, EMPTY, TOO_LONG, UNIT_GONE, UNIT_TAKEN and SAME.
    """
    name = _checked(who, name)
    async with step(office, update, now, answers) as tx:
        known = await _known(tx, who, [unit_id])
        unit = known[unit_id]
        if unit.name == name:
            raise Refusal(No.SAME)
        _check_place(known, unit_id, name, unit.parent_id)
        await _change(tx, who, unit_id, renamed(unit, name), now)


async def call_short(
    office: Office,
    who: Standpoint,
    unit_id: int,
    said: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> None:
    """Set a unit's short names, told apart by commas; refuses UNIT_TAKEN for one that another has."""
    check_admin(who)
    found = list(dict.fromkeys(filter(None, map(tidy, said.replace(";", ",").split(",")))))
    _check_length(found)
    async with step(office, update, now, answers) as tx:
        known = await _known(tx, who, [unit_id])
        others = [one for one in known.values() if one.id != unit_id]
        taken = {fold(name): one for one in others for name in (one.name, *one.short_names)}
        for name in found:
            if fold(name) in taken:
                raise Refusal(No.UNIT_TAKEN, name=name, unit=taken[fold(name)].name)
        await _change(tx, who, unit_id, {"short_names": units.listed(found)}, now)


async def count_posts(
    office: Office,
    who: Standpoint,
    unit_id: int,
    said: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> None:
    """Set how many posts a unit was granted (biên chế); refuses NO_COUNT_READ."""
    check_admin(who)
    number = next((int(one) for one in words(said) if one.isdecimal() and len(one) < 7), None)
    if number is None or number > MOST_POSTS:
        raise Refusal(No.NO_COUNT_READ)
    async with step(office, update, now, answers) as tx:
        await _known(tx, who, [unit_id])
        await _change(tx, who, unit_id, {"headcount": number}, now)


async def hang(
    office: Office,
    who: Standpoint,
    unit_id: int,
    parent_id: int | None,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> None:
    """Put a unit with all below it under another, or at the top; refuses UNIT_LOOP and UNIT_TAKEN."""
    check_admin(who)
    async with step(office, update, now, answers) as tx:
        known = await _known(tx, who, [unit_id, *([parent_id] if parent_id is not None else [])])
        unit = known[unit_id]
        if unit.parent_id == parent_id:
            raise Refusal(No.SAME)
        if loops(unit_id, parent_id, known):
            raise Refusal(No.UNIT_LOOP, name=unit.name)
        _check_place(known, unit_id, unit.name, parent_id)
        await _change(tx, who, unit_id, {"parent_id": parent_id}, now)


async def could_head(office: Office, unit_id: int) -> list[Member]:
    """Return a unit's people, by name, without who heads it alone."""
    own = await people_of(office, unit_id)
    heads = with_role(own, unit_id, Role.HEAD)
    only = heads[0].id if len(heads) == 1 else None
    staff = with_role(own, unit_id, Role.STAFF)
    return [one for one in (*heads, *staff) if one.id != only]


async def let_head(
    office: Office,
    who: Standpoint,
    unit_id: int,
    person_id: int,
    now: datetime,
    update: UpdateKey | None,
) -> None:
    """Let somebody of a unit head it in place of who does; refuses PERSON_LEFT and SAME."""
    check_admin(who)
    async with step(office, update, now) as tx:
        await people.lock(tx)
        await _known(tx, who, [unit_id])
        members = {one.id: one for one in await people.of_units(tx, [unit_id])}
        person = members.get(person_id)
        if person is None or not any(post.unit_id == unit_id for post in person.roles):
            raise Refusal(No.PERSON_LEFT)
        heads = with_role(list(members.values()), unit_id, Role.HEAD)
        if [one.id for one in heads] == [person_id]:
            raise Refusal(No.SAME)
        await put_at_head(tx, unit_id, person_id, now)
        facts = {"unit_id": unit_id, "changed": ["head"]}
        actor = who.person_id
        await audit.append(
            tx, now, "unit.changed", actor_id=actor, person_id=person_id, facts=facts
        )


def renamed(unit: Unit, name: str) -> dict[str, Value]:
    """Return the columns of a unit that has another name from now on; the old one is still known."""
    former = [one for one in unit.former_names if fold(one) not in {fold(name), unit.folded}]
    former += [] if unit.folded == fold(name) else [unit.name]
    return {"name": name, "folded": fold(name), "former_names": units.listed(former)}


async def put_at_head(tx: Transaction, unit_id: int, person_id: int, now: datetime) -> None:
    """Let somebody with a post in a unit head it; who headed it is staff of it from now on."""
    members = await people.of_units(tx, [unit_id])
    heads = [one.id for one in with_role(members, unit_id, Role.HEAD)]
    for one in heads:
        if one != person_id:
            await _give(tx, one, unit_id, Role.HEAD, Role.STAFF, now)
    if person_id not in heads:
        await _give(tx, person_id, unit_id, Role.STAFF, Role.HEAD, now)


async def _give(
    tx: Transaction, person_id: int, unit_id: int, before: Role, after: Role, now: datetime
) -> None:
    await people.end_role(tx, person_id, unit_id, before, now)
    await people.give_role(tx, person_id, unit_id, after, now)


async def _known(tx: Transaction, who: Standpoint, wanted: Sequence[int]) -> dict[int, Unit]:
    """Return the living units, these held against others; refuses UNIT_GONE where one has ended.

    Refuses STRANGER and NOT_ALLOWED to who is no admin by now.
    """
    await units.lock(tx)
    await still_admin(tx, who)
    if await units.held(tx, wanted, "NO KEY UPDATE") != set(wanted) if wanted else False:
        raise Refusal(No.UNIT_GONE)
    return {one.id: one for one in await units.living(tx)}


async def _change(
    tx: Transaction, who: Standpoint, unit_id: int, columns: Mapping[str, Value], now: datetime
) -> None:
    await units.change(tx, unit_id, columns)
    changed = sorted(columns.keys() - {"folded", "former_names"})
    facts = {"unit_id": unit_id, "changed": changed}
    await audit.append(tx, now, "unit.changed", actor_id=who.person_id, facts=facts)


def _checked(who: Standpoint, name: str) -> str:
    check_admin(who)
    name = tidy(name)
    if not words(name):
        raise Refusal(No.EMPTY)
    _check_length([name])
    return name


def _check_length(names: Sequence[str]) -> None:
    longest = max((len(one) for one in names), default=0)
    if longest > MAX_NAME:
        raise Refusal(No.TOO_LONG, limit=MAX_NAME, length=longest)
    if len(names) > MOST_NAMES:
        raise Refusal(No.TOO_LONG, limit=MOST_NAMES, length=len(names))


def _check_place(
    known: Mapping[int, Unit], unit_id: int | None, name: str, parent_id: int | None
) -> None:
    """Refuse UNIT_TAKEN where another unit at the place has the name."""
    for one in known.values():
        if (one.parent_id, one.folded) == (parent_id, fold(name)) and one.id != unit_id:
            raise Refusal(No.UNIT_TAKEN, name=name, unit=one.name)
