"""What a person's posts let them look after, as the rules want to know it."""

from dataclasses import dataclass, field

from bot.rules.rights import Standpoint
from storage import leader_groups, people, units
from storage.database import Reader
from storage.records import Member, Role

OVERSEERS = {Role.LEADER, Role.HEAD}


@dataclass(frozen=True)
class Known:
    """Somebody the office knows, and where they stand."""

    member: Member
    who: Standpoint


@dataclass
class Standpoints:
    """Where people stand, worked out once for each state of the office."""

    _version: int = -1
    _by_person: dict[int, Standpoint] = field(default_factory=dict)

    async def known(self, db: Reader, telegram_id: int) -> Known | None:
        """Return the living person whose Telegram account this is; None for a stranger."""
        member, version = await people.by_account_now(db, telegram_id)
        if member is None:
            return None
        if version != self._version:
            self._version, self._by_person = version, {}
        who = self._by_person.get(member.id)
        if who is None:
            who = self._by_person[member.id] = await standpoint(db, member)
        return Known(member, who)


async def standpoint(db: Reader, member: Member) -> Standpoint:
    """Return where a person stands now.

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
