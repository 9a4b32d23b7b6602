"""The last steps of a merger: parts, series, what is being written, and the tasks themselves."""

import json
from collections.abc import Iterable, Iterator

from bot.actions.assigning.draft import Fields
from bot.actions.mergers.preview import NEW
from bot.actions.mergers.snapshot import Making
from bot.refusals import No, Refusal
from storage.assigning import drafts
from storage.engine.database import Row
from storage.history.audit import NewEvent
from storage.mergers import merger_rows, mergers
from storage.records import MovedTask
from storage.series import series


async def move_parts(making: Making) -> None:
    """Let the unit that takes over support what the ended ones did, once where several of them did."""
    tx, begin, double = making.tx, dict[merger_rows.Which, Row](), list[Row]()
    here = await mergers.parts(tx, [making.target])
    kept = {merger_rows.which(row): int(row["id"]) for row in here}
    for row in making.view.parts:
        if (which := merger_rows.which(row)) in kept or which in begin:
            double.append(row)
        else:
            begin[which] = row
    begun = await merger_rows.give_parts(tx, list(begin.values()), making.target, making.now)
    kept |= begun
    pairs = [[int(row["id"]), kept[which]] for which, row in begin.items()]
    pairs += [[int(row["id"]), kept[merger_rows.which(row)]] for row in double]
    await merger_rows.end(tx, "task_people", [part_id for part_id, _ in pairs], making.now)
    making.facts["parts"], making.facts["parts_given"] = pairs, sorted(begun.values())


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
        one._replace(to_unit_id=making.target) if one.to_unit_id == NEW else one
        for one in making.view.moved
    ]


def handed(moved: Iterable[MovedTask], actor_id: int, back: bool = False) -> Iterator[NewEvent]:
    """Tell of each task that another leads since, or (`back`) that who led before leads again."""
    for one in moved:
        from_, to = (one.to_lead_id, one.lead_id) if back else (one.lead_id, one.to_lead_id)
        if from_ != to and to is not None:
            facts = {"from": from_, "to": to, "parts": ["lead"]}
            yield NewEvent("task.hand_over", actor_id, one.task_id, to, facts=facts)
