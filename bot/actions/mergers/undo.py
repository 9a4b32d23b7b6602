"""A merger is undone while nothing has built on it: every row that it changed is as it was before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.actions import still_employed
from bot.actions.admins import check_admin
from bot.actions.mergers import merger as making
from bot.actions.mergers import move_tasks
from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules.mergers.wish import ENDING, Kind
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction, Value
from storage.history import audit
from storage.history.audit import NewEvent
from storage.mergers import merger_rows, mergers
from storage.organisation import units
from storage.records import Merger, MovedTask, UpdateKey
from storage.series import series


async def undo(
    office: Office,
    who: Standpoint,
    merger_id: int,
    now: datetime,
    update: UpdateKey | None,
) -> Merger:
    """Put units, people and open work back where they were, and tell all who had been told.

    What was reported on a task meanwhile stays. Refuses NOT_ALLOWED, NOT_FOUND, STALE where it was
    undone before, and MERGER_BUILT_ON with what came since: `newer` mergers of the units, `units`
    changed, `people` with other posts, `tasks` that are new, over or with another lead, `series`.
    """
    check_admin(who)
    async with step(office, update, now) as tx:
        await still_employed.hold_people_as_admin(tx, who)
        await mergers.alone(tx)
        await units.lock(tx)
        await mergers.hold_moved(tx, merger_id)
        merger = await mergers.get(tx, merger_id)
        if merger is None:
            raise Refusal(No.NOT_FOUND)
        if not await mergers.undone(tx, merger_id, who.person_id, now):
            raise Refusal(No.STALE)
        moved = await mergers.moved(tx, merger_id)
        built = await _built_on(tx, merger, moved)
        if any(built.values()):
            raise Refusal(No.MERGER_BUILT_ON, built=built)
        await _put_back(tx, merger, now)
        events = [*move_tasks.handed(moved, who.person_id, back=True)]
        facts = {"merger": merger_id, "tasks": len(moved), "into": merger.into_id}
        kind = "person.unmoved" if merger.kind == Kind.MOVE else "unit.unmerged"
        events.append(NewEvent(kind, who.person_id, facts=facts))
        told = [one for one in merger.facts["told"] if one != who.person_id]
        await making.tell(tx, "unit.unmerged", merger_id, told, now)
        await audit.append_many(tx, now, events)
        return merger


async def _built_on(tx: Transaction, merger: Merger, moved: list[MovedTask]) -> dict[str, int]:
    """Count what would be torn down."""
    facts = merger.facts
    given, charged = facts["roles_given"], facts["charges_given"]
    lost = len(given) - len(await merger_rows.alive(tx, "roles", given))
    lost += len(charged) - len(await merger_rows.alive(tx, "charges", charged))
    held = await mergers.posts(tx, facts["made"]) if facts["made"] else []
    lost += sum(post.id not in given for post in held)
    lost += await merger_rows.of_the_left(tx, facts["roles_ended"])
    return {
        "newer": await mergers.newer(tx, merger.id, [merger.into_id, *facts["wish"]["units"]]),
        "units": await _units_changed(tx, facts),
        "people": lost,
        "tasks": await mergers.tasks_gone_on(tx, merger.id, _is_outside(facts))
        + await _new_tasks(tx, facts, moved),
        "series": await _series_changed(tx, facts),
    }


async def _units_changed(tx: Transaction, facts: Mapping[str, Any]) -> int:
    living = {str(one.id): one for one in await units.living(tx)}
    changed = 0
    for key, after in facts["units_after"].items():
        one = living.get(key)
        now = None if one is None else {name: _plain(getattr(one, name)) for name in after or {}}
        changed += now != after
    hanging = {one.id for one in living.values() if one.parent_id in facts["made"]}
    changed += len(hanging - {int(key) for key in facts["units"]})
    taken = {(one.parent_id, one.folded) for one in living.values()}
    for key, before in facts["units"].items():
        if key not in living:
            changed += (before["parent_id"], before["folded"]) in taken - _own(facts)
    return changed


def _own(facts: Mapping[str, Any]) -> set[tuple[int | None, str]]:
    """Return the place of the unit that was made and will end."""
    made = (facts["units_after"].get(str(one)) for one in facts["made"])
    return {(one["parent_id"], one["folded"]) for one in made if one}


async def _new_tasks(tx: Transaction, facts: Mapping[str, Any], moved: list[MovedTask]) -> int:
    """Count the tasks of a unit that was made, besides those that came with the merger."""
    if not facts["made"]:
        return 0
    came = {one.task_id for one in moved}
    return len(set(await mergers.all_tasks(tx, facts["made"][0], _is_outside(facts))) - came)


async def _series_changed(tx: Transaction, facts: Mapping[str, Any]) -> int:
    found = [(await series.get(tx, id_), version) for id_, version, _ in facts["series"]]
    return sum(one is None or one.version != version for one, version in found)


async def _put_back(tx: Transaction, merger: Merger, now: datetime) -> None:
    facts = merger.facts
    await mergers.move_tasks(tx, merger.id, _is_outside(facts), back=True)
    await mergers.hand_leads_back(tx, merger.id, now)
    for table in ("roles", "charges"):
        await merger_rows.end(tx, table, facts[f"{table}_given"], now)
        await merger_rows.reopen(tx, table, facts[f"{table}_ended"])
    standing = set(
        await merger_rows.alive(tx, "task_people", [since for _, since in facts["parts"]])
    )
    back = [before for before, since in facts["parts"] if since in standing]
    await merger_rows.end(tx, "task_people", facts["parts_given"], now)
    await merger_rows.reopen(tx, "task_people", back)
    for one in facts["made"]:
        await units.change(tx, one, {"ended_at": now})
    for key, before in facts["units"].items():
        columns: dict[str, Value] = {**before, "former_names": units.listed(before["former_names"])}
        if merger.kind in ENDING and int(key) in facts["wish"]["units"]:
            columns["ended_at"] = None
        await units.change(tx, int(key), columns)
    for series_id, _, fields in facts["series"]:
        one = await series.get(tx, series_id)
        if one is not None:
            await series.hand_on(tx, one, one.assigner_id, one.entered_by_id, fields)


def _is_outside(facts: Mapping[str, Any]) -> bool:
    return bool(facts["outside"])


def _plain(value: object) -> object:
    """Return a field as the merger's facts, which are JSON, have it."""
    return list(value) if isinstance(value, tuple) else value
