"""A person's standpoint for the rules: what their posts let them look after, and for whom they stand in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.rules.organisation.absences import Away, may_stand_in, stand_ins, superiors
from bot.rules.rights import Standpoint
from storage.engine.database import Reader
from storage.organisation import absences, leader_groups, people, units
from storage.records import Member, Role

OVERSEERS = {Role.LEADER, Role.HEAD}


@dataclass(frozen=True)
class Known:
    """Somebody the office knows, and their standpoint."""

    member: Member
    who: Standpoint


@dataclass
class Standpoints:
    """Standpoints of people and who is `away`, computed once for each version of the office and day."""

    away: Mapping[int, Away] = field(default_factory=dict)
    _state: tuple[int, date] | None = None
    _by_person: dict[int, Standpoint] = field(default_factory=dict)

    @property
    def version(self) -> int | None:
        """The office's version they were computed for; None before the first."""
        return self._state[0] if self._state else None

    async def of_account(self, db: Reader, telegram_id: int, today: date) -> Known | None:
        """Return the living person whose Telegram account this is; None for a stranger."""
        member, version = await people.by_account_now(db, telegram_id)
        return await self._known(db, member, (version, today)) if member else None

    async def of_person(self, db: Reader, person_id: int, today: date) -> Known | None:
        """Return a living person; None for one who left."""
        member, version = await people.member_now(db, person_id)
        return await self._known(db, member, (version, today)) if member else None

    async def refresh(self, db: Reader, state: tuple[int, date]) -> None:
        """Forget what was computed for another `state`: the office's version and the day."""
        if state != self._state:
            away = await away_on(db, state[1])
            self._state, self._by_person, self.away = state, {}, away

    async def _known(self, db: Reader, member: Member, state: tuple[int, date]) -> Known:
        await self.refresh(db, state)
        known, absent = self._by_person, self.away
        who = known.get(member.id)
        if who is None:
            who = known[member.id] = await standing(db, member, absent)
        return Known(member, who)


async def away_on(db: Reader, day: date) -> dict[int, Away]:
    """Return who is away on a day, and who could stand in for each.

    A named deputy who now belongs to another body does not count.
    """
    lasting = [one for one in await absences.not_over(db, day) if one.from_day <= day]
    if not lasting:
        return {}
    members = {one.id: one for one in await people.living(db)}
    tree = {unit.id: unit for unit in await units.living(db)}
    away = {
        one.person_id: one.deputy_id
        if one.deputy_id in members
        and may_stand_in(members[one.deputy_id], members[one.person_id], tree)
        else None
        for one in lasting
    }
    found: dict[int, Away] = {}
    for one in lasting:
        ids = stand_ins(
            one.person_id, away, lambda id_: superiors(members[id_], members.values(), tree)
        )
        names = tuple(members[id_].name for id_ in ids)
        found[one.person_id] = Away(one.from_day, one.until_day, tuple(ids), names)
    return found


async def standing(db: Reader, member: Member, away: Mapping[int, Away]) -> Standpoint:
    """Return a person's standpoint today, with those they stand in for."""
    own = await standpoint(db, member)
    absent = [id_ for id_, one in away.items() if one.stand_in == member.id]
    found = [await people.member(db, id_) for id_ in absent]
    others = [await standpoint(db, one) for one in found if one is not None]
    return replace(own, stands_in_for=tuple(others)) if others else own


async def standpoint(db: Reader, member: Member) -> Standpoint:
    """Return a person's own standpoint, without those they stand in for.

    Heads and leaders look after their own units, what they are in charge of, and all below; a
    leader whose unit has no parent looks after the whole office (domain.md, section 1).
    """
    roles = frozenset(post.role for post in member.roles)
    groups = frozenset(await leader_groups.of_person(db, member.id))
    if not roles & OVERSEERS:
        return Standpoint(member.id, roles, groups=groups)
    own = {post.unit_id for post in member.roles if post.role in OVERSEERS}
    below = await units.below(db, {*member.charges, *(unit for unit in own if unit is not None)})
    tops = {unit.id for unit in below if unit.parent_id is None}
    led = {post.unit_id for post in member.roles if post.role is Role.LEADER}
    if led & (tops | {None}):
        return Standpoint(member.id, roles, oversees=None, groups=groups)
    return Standpoint(member.id, roles, frozenset(unit.id for unit in below), groups=groups)
