"""Sealing what is over: families together, once, and unchanged from then on."""

from datetime import timedelta

import pytest

from bot.actions import find
from bot.actions.archive import archive
from bot.actions.archive.archive import Scope
from bot.actions.history import undo
from bot.actions.tasks import figure_correction, note, review
from bot.refusals import No
from storage.records import Quality
from tests.actions.archive.over import NEXT_YEAR, over
from tests.actions.office import Staffed, refused
from tests.rules.task import office


async def seal(at_work: Staffed, scope: Scope | None = None, by: str | None = None) -> list[int]:
    """Seal a year and return the tasks that are in it now."""
    who = at_work.who[by] if by else None
    made = await archive.seal(at_work.office, who, scope or Scope(2026), NEXT_YEAR)
    found = [batch async for batch in archive.batches(at_work.office, made)]
    return [bundle.task["id"] for batch in found for bundle in batch.bundles]


async def make_part(at_work: Staffed, part: int, whole: int) -> None:
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET parent_id = $2 WHERE id = $1", part, whole)


async def test_a_year_is_what_ended_in_it_by_the_office_s_clock(at_work: Staffed) -> None:
    inside, eve, after, before = [(await over(at_work)).id for _ in range(4)]
    await at_work.assign(title="Còn mở")
    new_year, a_second = office(31, 23, 59, 59) + timedelta(seconds=1), timedelta(seconds=1)
    ended = {eve: new_year - a_second, after: new_year, before: office(31) - timedelta(days=365)}
    async with at_work.db.transaction() as tx:
        for task_id, at in ended.items():
            await tx.execute("UPDATE tasks SET closed_at = $2 WHERE id = $1", task_id, at)
    assert await seal(at_work) == [inside, eve]


async def test_what_belongs_together_waits_for_all_of_it(at_work: Staffed) -> None:
    whole = await at_work.assign(title="Việc mẹ")
    part = await over(at_work, "Một phần")
    alone = await over(at_work)
    await make_part(at_work, part.id, whole.id)
    seen = await archive.preview(at_work.office, Scope(2026))
    assert (list(seen.task_ids), seen.waiting) == ([alone.id], 1)
    assert await seal(at_work) == [alone.id]


async def test_twice_is_one_package_until_it_is_whole_then_the_next(at_work: Staffed) -> None:
    here = at_work.office
    await over(at_work)
    first = await archive.seal(here, None, Scope(2026), NEXT_YEAR)
    again = await archive.seal(here, None, Scope(2026), NEXT_YEAR)
    assert again == first
    await archive.finish(here, first, "f" * 64, [(1, "a" * 64)], NEXT_YEAR)
    await archive.finish(here, first, "0" * 64, [(1, "b" * 64)], NEXT_YEAR)
    assert (
        await refused(
            No.NOTHING_TO_ARCHIVE, at_work, archive.seal(here, None, Scope(2026), NEXT_YEAR)
        )
    ).facts == {"waiting": 0}
    await over(at_work)
    assert (await archive.seal(here, None, Scope(2026), NEXT_YEAR)).name == "nam-2026-2"
    kinds = [row["kind"] for row in await at_work.db.fetch("SELECT kind FROM events ORDER BY id")]
    assert [kind for kind in kinds if kind.startswith("archive.")] == [
        "archive.sealed", "archive.made", "archive.sealed",
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["head", "deputy", "staff"])
async def test_only_the_admin_and_leaders_of_the_whole_office(at_work: Staffed, by: str) -> None:
    await over(at_work)
    sealing = archive.seal(at_work.office, at_work.who[by], Scope(2026), NEXT_YEAR)
    await refused(No.NOT_ALLOWED, at_work, sealing)


async def test_a_leader_of_the_whole_office_and_the_admin_may(at_work: Staffed) -> None:
    await over(at_work)
    assert await seal(at_work, by="leader") == [1]
    assert await seal(at_work, by="admin") == [1]


async def test_what_is_sealed_does_not_change(at_work: Staffed) -> None:
    done = await over(at_work)
    await seal(at_work)
    here, who, up = at_work.office, at_work.who, at_work.update
    now = office(11, 10)
    moves = [
        note.write(here, who["staff"], done.id, "thêm", [], now, up()),
        review.grade(here, who["leader"], done.id, done.version, Quality.GOOD, now, up()),
        undo.undo(here, who["leader"], done.id, done.version, now, up()),
        figure_correction.request(here, who["staff"], done.id, "tiến độ 80% vì nhầm", now, up()),
    ]
    for move in moves:
        await refused(No.ARCHIVED, at_work, move)
    view = await find.task(here, who["staff"], done.id)
    assert view.archive_id == 1


async def test_a_unit_that_ended_with_all_below_it(at_work: Staffed) -> None:
    here = at_work.office
    await over(at_work)
    below = await over(at_work, to="clerk")
    await over(at_work, to="other")
    await refused(No.NO_SUCH_UNIT, at_work, archive.unit_named(here, "Phòng Không Có"))
    await refused(No.UNIT_LIVES, at_work, archive.unit_named(here, "tổ số liệu"))
    async with at_work.db.transaction() as tx:
        await tx.execute(
            "UPDATE units SET ended_at = $1 WHERE id IN ($2, $3)",
            office(20),
            at_work.units["data"],
            at_work.units["qt"],
        )
    assert await seal(at_work, await archive.unit_named(here, "To so lieu")) == [below.id]
    assert (
        await archive.unit_named(here, "Phòng Quản trị")
    ).name == f"don-vi-{at_work.units['qt']}"
