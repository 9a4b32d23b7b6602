"""What was merged, as it is read later: names of that day, who did it, who heads the unit since."""

from dataclasses import dataclass

from bot.actions.office import Office
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.mergers import mergers
from storage.organisation import people, units
from storage.records import Merger, Role


@dataclass(frozen=True)
class Record:
    """A merger with the names that tell of it."""

    merger: Merger
    from_names: tuple[str, ...]
    into_name: str
    people: tuple[str, ...]
    heads: tuple[str, ...]
    actor: str


async def latest(office: Office, who: Standpoint, limit: int) -> list[Record]:
    """Return what was done, the latest first; refuses NOT_ALLOWED to all but admins."""
    if Role.ADMIN not in who.roles:
        raise Refusal(No.NOT_ALLOWED)
    return [await _record(office, one) for one in await mergers.latest(office.db, limit)]


async def get(office: Office, who: Standpoint, merger_id: int) -> Record:
    """Return one; refuses NOT_FOUND to who is no admin and looks after none of the units."""
    merger = await mergers.get(office.db, merger_id)
    if merger is None or not _may_see(who, merger):
        raise Refusal(No.NOT_FOUND)
    return await _record(office, merger)


async def known(office: Office, merger_id: int) -> Record | None:
    """Return one to tell of it; None where there is none of that number."""
    merger = await mergers.get(office.db, merger_id)
    return await _record(office, merger) if merger else None


def _may_see(who: Standpoint, merger: Merger) -> bool:
    about = (merger.into_id, *merger.facts["wish"]["units"])
    return Role.ADMIN in who.roles or any(who.looks_after(one) for one in about)


async def _record(office: Office, merger: Merger) -> Record:
    wish, before = merger.facts["wish"], merger.facts["names"]
    now = await units.names(office.db, [merger.into_id, *wish["units"]])
    persons = await people.names(office.db, [merger.actor_id, *wish["people"]])
    after = merger.facts["units_after"].get(str(merger.into_id)) or {}
    heads = await people.heads_of(office.db, merger.into_id)
    named = await people.names(office.db, heads)
    return Record(
        merger=merger,
        from_names=tuple(before.get(str(one), now.get(one, "")) for one in wish["units"]),
        into_name=after.get("name") or now.get(merger.into_id, ""),
        people=tuple(persons[one] for one in wish["people"] if one in persons),
        heads=tuple(named[one] for one in heads if one in named),
        actor=persons.get(merger.actor_id, ""),
    )
