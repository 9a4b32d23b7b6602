"""The first steps of a merger: units end, begin and hang elsewhere; posts and charges go over."""

from collections.abc import Mapping
from typing import Any

from bot.actions.mergers.snapshot import Making
from bot.folding import fold
from bot.rules.mergers.posts import merged_roles
from bot.rules.mergers.wish import Kind
from storage.engine.database import Value
from storage.mergers import merger_rows, mergers
from storage.organisation import units
from storage.records import HeldPost, Role


async def place_units(making: Making) -> None:
    """End what ends, begin what is new, and hang everything where it hangs from now on."""
    tx, view, now = making.tx, making.view, making.now
    wish, known = view.plan.wish, view.units
    making.facts["units"] = before = {
        str(one): _columns(known[one].model_dump())
        for one in {*view.involved, *(child for child, _, _ in view.plan.children)}
    }
    for one in making.ends:
        await units.change(tx, one, {"ended_at": now})
        making.note("unit.ended", unit_id=one)
    making.target = wish.into_id or await _new_unit(making)
    making.facts["made"] = [making.target] if wish.into_id is None else []
    for one in making.ends:
        await units.change(tx, one, {"parent_id": making.target})
    for child, above, name in view.plan.children:
        at = making.target if above is None else above
        columns: dict[str, Value] = {"parent_id": at, "name": name, "folded": fold(name)}
        if name != known[child].name:
            former = (*known[child].former_names, known[child].name)
            columns["former_names"] = units.listed(former)
        await units.change(tx, child, columns)
    await units.change(tx, making.target, _taking_over(making))
    after = {str(one.id): _columns(one.model_dump()) for one in await units.living(tx)}
    making.facts["units_after"] = {one: after.get(one) for one in [*before, str(making.target)]}


async def _new_unit(making: Making) -> int:
    wish, tx = making.view.plan.wish, making.tx
    parent = making.view.plan.parent_id
    made = await units.insert(tx, wish.name, fold(wish.name), parent, making.now)
    if making.view.outside:
        await units.change(tx, made, {"outside": True})
    making.note("unit.added", unit_id=made, parent_id=parent)
    return made


def _taking_over(making: Making) -> dict[str, Value]:
    """Return what is so of the unit that takes over: its place, the names it is known by, its posts."""
    view, target = making.view, making.view.units.get(making.target)
    columns: dict[str, Value] = {"parent_id": view.plan.parent_id}
    former = [*(target.former_names if target else ()), *view.plan.former_names]
    columns["former_names"] = units.listed(former)
    counted = [view.units[one].headcount for one in making.ends]
    counted += [target.headcount] if target else []
    if making.ends and any(one is not None for one in counted):
        columns["headcount"] = sum(one or 0 for one in counted)
    return columns


def _columns(unit: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("name", "folded", "parent_id", "former_names", "headcount")
    return {name: unit[name] for name in kept}


async def move_posts(making: Making) -> None:
    """End the posts that go over, and give each person the highest of their roles in the new place."""
    tx, view = making.tx, making.view
    held = await mergers.posts(tx, [*view.plan.wish.units, making.target])
    moving = {(one.person_id, one.unit_id, one.role): one.to_role for one in view.plan.posts}
    ended: list[HeldPost] = []
    wanted: dict[int, set[Role]] = {}
    staying: dict[int, list[HeldPost]] = {}
    for post in held:
        role = moving.get((post.person_id, post.unit_id, Role(post.role)))
        if role is not None:
            ended.append(post)
            wanted.setdefault(post.person_id, set()).add(role)
        elif post.unit_id == making.target:
            staying.setdefault(post.person_id, []).append(post)
    given = []
    for person_id, roles in wanted.items():
        here = staying.get(person_id, [])
        whole = merged_roles({*roles, *(Role(post.role) for post in here)})
        ended += [post for post in here if Role(post.role) not in whole]
        for role in sorted(whole - {Role(post.role) for post in here}):
            given.append(
                await merger_rows.give_post(tx, person_id, making.target, role, making.now)
            )
            making.note("role.given", person_id, role=role, unit_id=making.target)
    await merger_rows.end(tx, "roles", [post.id for post in ended], making.now)
    for post in ended:
        making.note("role.ended", post.person_id, role=post.role, unit_id=post.unit_id)
    making.facts["roles_ended"], making.facts["roles_given"] = [one.id for one in ended], given


async def move_charges(making: Making) -> None:
    """Let whoever was in charge of what ends be in charge of what takes over."""
    tx, plan = making.tx, making.view.plan
    held = await mergers.charges(tx, [*plan.wish.units, making.target])
    here = {row["person_id"] for row in held if row["unit_id"] == making.target}
    given = []
    for person_id in sorted({person for person, _ in plan.charges} - here):
        if plan.wish.kind is not Kind.DISSOLVE:
            given.append(await merger_rows.give_charge(tx, person_id, making.target, making.now))
    ended = [int(row["id"]) for row in held if row["unit_id"] in making.ends]
    await merger_rows.end(tx, "charges", ended, making.now)
    for person_id in sorted({person for person, _ in plan.charges}):
        making.note("charges.changed", person_id, merged=making.target)
    making.facts["charges_ended"], making.facts["charges_given"] = ended, given
