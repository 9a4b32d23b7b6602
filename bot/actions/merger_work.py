"""The last steps of a merger: parts, series, what is being written, and the tasks themselves."""

import json
from collections.abc import Iterable

from bot.actions.draft import Fields
from bot.actions.merger_making import Making
from bot.actions.merger_view import NEW
from bot.refusals import No, Refusal
from storage import drafts, merger_rows, mergers, series, tasks
from storage.audit import NewEvent
from storage.database import Value
from storage.records import MovedTask


async def move_parts(making: Making) -> None:
    """Let the unit that takes over support what the ended ones did, once where several of them did."""
    tx, pairs, given = making.tx, [], []
    here = await mergers.parts(tx, [making.target])
    taken = {row["task_id"]: int(row["id"]) for row in here if row["person_id"] is None}
    for row in making.view.parts:
        part_id, task_id = int(row["id"]), row["task_id"]
        if row["person_id"] is None and task_id in taken:
            pairs.append([part_id, taken[task_id]])
            continue
        fresh = await merger_rows.give_part(tx, part_id, making.target, making.now)
        if row["person_id"] is None:
            taken[task_id] = fresh
        given.append(fresh)
        pairs.append([part_id, fresh])
    await merger_rows.end(tx, "task_people", [part_id for part_id, _ in pairs], making.now)
    making.facts["parts"], making.facts["parts_given"] = pairs, given


async def move_series(making: Making) -> None:
    """Let what comes back name the unit that takes over, and stay with the unit's head where work stays."""
    kept = []
    wish = making.view.plan.wish
    for one in making.view.series:
        fields = _renamed(Fields.model_validate(one.fields), making.ends, making.target)
        heir = making.view.heir_id
        if wish.work_stays and fields.lead_id in wish.people and heir is not None:
            others = tuple(other for other in fields.others if other[0] != heir)
            fields = fields.model_copy(update={"lead_id": heir, "others": others})
        if fields.dumped() == Fields.model_validate(one.fields).dumped():
            continue
        done = await series.hand_on(
            making.tx, one, one.assigner_id, one.entered_by_id, fields.dumped()
        )
        if not done:
            raise Refusal(No.STALE)
        kept.append([one.id, one.version + 1, one.fields])
        task_id, _ = await series.last_task(making.tx, one.id)
        said = {"series": one.id, "unit_id": making.target}
        making.events.append(NewEvent("series.moved", making.actor_id, task_id=task_id, facts=said))
    making.facts["series"] = kept


async def move_drafts(making: Making) -> None:
    """Let what is being written, and what waits to be said, name the unit that takes over."""
    if not making.ends:
        return
    for one in await drafts.naming_units(making.tx):
        fields = Fields.model_validate(one.fields)
        renamed = _renamed(fields, making.ends, making.target)
        if renamed != fields:
            await drafts.change(
                making.tx,
                one.id,
                one.version,
                fields=renamed.dumped(),
                waits_for=one.waits_for,
                at=making.now,
            )
    for row in await merger_rows.waiting_for_units(making.tx, "support.asked"):
        facts = json.loads(row["facts"])
        if facts.get("unit") in making.ends:
            facts["unit"] = making.target
            await merger_rows.reword(making.tx, int(row["id"]), json.dumps(facts))


def _renamed(fields: Fields, ended: Iterable[int], target: int) -> Fields:
    gone = set(ended)
    named = tuple(dict.fromkeys(target if one in gone else one for one in fields.units))
    body = target if fields.body_id in gone else fields.body_id
    return fields.model_copy(update={"units": named, "body_id": body})


def tasks_of(making: Making) -> list[MovedTask]:
    """Return the tasks with the number of the unit they go to."""
    return [
        one.model_copy(update={"to_unit_id": making.target}) if one.to_unit_id == NEW else one
        for one in making.view.moved
    ]


async def hand_leads(making: Making, moved: Iterable[MovedTask], reverse: bool = False) -> None:
    """Let another lead the tasks whose lead does not go with them; each is a line of its history."""
    known = {one.id: one for one in making.view.tasks}
    for one in moved:
        before, after = (one.lead_id, one.to_lead_id)[:: -1 if reverse else 1]
        if before == after or after is None:
            continue
        await tasks.change_lead(making.tx, one.task_id, after, making.now)
        row = known[one.task_id]
        columns: dict[str, Value] = {"unit_id": one.unit_id if reverse else one.to_unit_id}
        if row.decider_id == after:
            columns["decider_id"] = None
        if await tasks.change(making.tx, one.task_id, row.version, columns) is None:
            raise Refusal(No.STALE, number=one.task_id)
        facts = {"from": before, "to": after, "parts": ["lead"]}
        making.events.append(
            NewEvent("task.hand_over", making.actor_id, one.task_id, after, facts=facts)
        )
