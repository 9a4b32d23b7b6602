"""Units are merged, split, dissolved and undone, people move and leave, at random, while people work.

Whatever they do: every open task has exactly one living lead in a living unit, every number is found,
no merger changes what a report counts, the tallies hold and the chain is whole. More of the same:
`DONDOC_LIVES=200 pytest tests/actions/mergers/test_random_mergers.py`.
"""

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.actions.mergers import merger
from bot.actions.mergers import undo as merger_undo
from bot.actions.office import Office
from bot.actions.organisation import hand_over_all, leave
from bot.actions.tasks import answer, review
from bot.refusals import Refusal
from bot.rules.mergers.wish import Kind, Wish
from bot.rules.organisation.standing import bucket
from storage.engine.opening import open_database
from storage.history.chain import verify
from storage.organisation import people, units
from storage.records import Member, Status
from storage.reporting import closed_counts
from storage.tasks import tasks
from tests.actions.office import Staffed, staffed
from tests.conftest import Databases
from tests.rules.task import office as moment

FEW = 6
LIVES = int(os.environ.get("DONDOC_LIVES", FEW))
NOW = moment(9)
ACTS = ("assign", "assign", "finish", "progress", "leave", "undo", *Kind)
NUMBER = st.integers(0, 60)
LIFE = st.lists(st.tuples(st.sampled_from(ACTS), NUMBER, NUMBER, NUMBER), min_size=14, max_size=18)
reached: Counter[str] = Counter()
"""How often each act was not refused."""


class Life:
    """An office in which anything happens; what is refused changes nothing."""

    def __init__(self, at_work: Staffed) -> None:
        self.at_work = at_work
        self.made: list[int] = []

    @property
    def office(self) -> Office:
        return self.at_work.office

    async def act(self, what: str, one: int, two: int, three: int) -> None:
        before = await self.counted()
        with suppress(Refusal):
            await getattr(self, what, self.merge)(what, one, two, three)
            reached[what] += 1
        if what in {*Kind, "undo", "leave"}:
            assert await self.counted() == before, what

    async def counted(self) -> Counter[str]:
        """Count all tasks by bucket; those that nobody counts are none."""
        rows = await self.at_work.db.fetch("SELECT id FROM tasks ORDER BY id")
        views = await tasks.views(self.at_work.db, [row["id"] for row in rows])
        return Counter(str(bucket(view, NOW)) for view in views)

    async def members(self) -> list[Member]:
        found = await people.living(self.at_work.db)
        return [one for one in found if one.id != self.at_work.ids["admin"]]

    async def who(self, person_id: int) -> Any:
        known = await self.office.person(person_id, NOW)
        assert known is not None
        return known.who

    async def assign(self, _: str, one: int, two: int, __: int) -> None:
        members = await self.members()
        by, to = members[one % len(members)], members[two % len(members)]
        names = {"by": by.id, "to": to.id}
        self.at_work.ids |= names
        self.at_work.who |= {"by": await self.who(by.id)}
        await self.at_work.assign(by="by", to="to")

    async def _open(self, one: int) -> Any:
        rows = await self.at_work.db.fetch(
            "SELECT id FROM tasks WHERE closed_at IS NULL ORDER BY id"
        )
        if not rows:
            return None
        return (await tasks.views(self.at_work.db, [rows[one % len(rows)]["id"]]))[0]

    async def progress(self, _: str, one: int, two: int, __: int) -> None:
        task = await self._open(one)
        if task is not None:
            who = await self.who(task.lead_id)
            await answer.progress(self.office, who, task.id, f"{two}%", NOW, None)

    async def finish(self, _: str, one: int, __: int, ___: int) -> None:
        task = await self._open(one)
        if task is None:
            return
        lead, assigner = await self.who(task.lead_id), await self.who(task.assigner_id)
        if task.status is not Status.SUBMITTED:
            await answer.submit(self.office, lead, task.id, "Đã trình", None, NOW, None)
        version = (await tasks.views(self.at_work.db, [task.id]))[0].version
        await review.accept(self.office, assigner, task.id, version, NOW, None)

    async def leave(self, _: str, one: int, two: int, __: int) -> None:
        members = [one_ for one_ in await self.members() if one_.id != self.at_work.ids["leader"]]
        if len(members) < 5:
            return
        person, heir = members[one % len(members)], members[two % len(members)]
        admin = self.at_work.who["admin"]
        try:
            await hand_over_all.hand_all(self.office, admin, person.id, heir.id, NOW, None)
        except Refusal as refusal:
            if refusal.kind != "same":
                raise
        await leave.end(self.office, admin, person.id, NOW, None)

    async def undo(self, _: str, one: int, __: int, ___: int) -> None:
        if self.made:
            merger_id = self.made[-1 - one % len(self.made)]
            await merger_undo.undo(self.office, self.at_work.who["admin"], merger_id, NOW, None)

    async def merge(self, what: str, one: int, two: int, three: int) -> None:
        known = [unit for unit in await units.living(self.at_work.db) if unit.parent_id is not None]
        members = await self.members()
        if not known:  # All were dissolved.
            return
        source = known[one % len(known)]
        inside = [m for m in members if any(post.unit_id == source.id for post in m.roles)]
        someone = tuple(m.id for m in inside[: 1 + three % 2])
        targets = [*known, *await units.living(self.at_work.db)]
        target = targets[two % len(targets)].id
        kind = Kind(what)
        head = members[three % len(members)].id if three % 3 else None
        both = (source.id, known[two % len(known)].id)
        led = await self._open(three)
        wish = Wish(
            kind=kind,
            units=both if kind is Kind.UNITE else (source.id,),
            into_id=target if kind in {Kind.ABSORB, Kind.DISSOLVE, Kind.MOVE} else None,
            name=f"Phòng {one} {two} {three}" if kind in {Kind.UNITE, Kind.SPLIT} else "",
            head_id=head if kind in {Kind.UNITE, Kind.ABSORB} else (someone[:1] or (None,))[0],
            people=someone if kind in {Kind.SPLIT, Kind.MOVE} else (),
            odd=(led.id,) if led and kind is Kind.SPLIT else (),
            work_stays=bool(three % 2) and kind is Kind.MOVE,
        )
        admin = self.at_work.who["admin"]
        view = await merger.look(self.office, admin, wish, NOW)
        made = await merger.make(self.office, admin, wish, view.seen.prints, NOW, None)
        self.made.append(made.id)

    async def check(self) -> None:
        """See that all is as it must be."""
        db = self.at_work.db
        assert await verify(db) is None
        assert await closed_counts.wrong(db) == 0
        rows = await db.fetch("SELECT id FROM tasks ORDER BY id")
        views = await tasks.views(db, [row["id"] for row in rows])
        assert [view.id for view in views] == list(range(1, len(rows) + 1))
        living = {one.id for one in await units.living(db)}
        here = {one.id for one in await people.living(db)}
        for view in views:
            if view.closed_at is None:
                assert view.lead_id in here, view
                assert view.unit_id is None or view.unit_id in living, view
        posts = await db.fetch(
            "SELECT r.unit_id FROM roles r JOIN people p ON p.id = r.person_id"
            " AND p.ended_at IS NULL WHERE r.until_at IS NULL AND r.unit_id IS NOT NULL"
        )
        assert {row["unit_id"] for row in posts} <= living
        assert len(await db.fetch(_LOOPS)) == 0


_LOOPS = """
WITH RECURSIVE up (start, id, depth) AS (
  SELECT id, parent_id, 1 FROM units WHERE parent_id IS NOT NULL
  UNION ALL SELECT up.start, u.parent_id, up.depth + 1 FROM up JOIN units u ON u.id = up.id
  WHERE u.parent_id IS NOT NULL AND up.depth < 50
) SELECT start FROM up WHERE start = id
"""


async def lived(url: str, acts: list[tuple[str, int, int, int]]) -> None:
    db = await open_database(url)
    try:
        life = Life(await staffed(db, Path("files")))
        for act in acts:
            await life.act(*act)
            await life.check()
    finally:
        await db.close()


def live_often(lives: int, one_life: Callable[[list[tuple[str, int, int, int]]], None]) -> None:
    settings(
        max_examples=lives,
        deadline=None,
        derandomize=LIVES == FEW,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(LIFE)(one_life))()


def test_whatever_is_merged_nothing_is_lost(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def live(acts: list[tuple[str, int, int, int]]) -> None:
        copy = shutil.copy(sqlite_template, tmp_path_factory.mktemp("life") / "dondoc.db")
        asyncio.run(lived(f"sqlite:///{copy}", acts))

    reached.clear()
    live_often(LIVES, live)
    assert reached.keys() >= {*Kind, "undo", "assign"}, reached


def test_nor_is_it_on_postgresql(postgres_template: str, postgres_databases: Databases) -> None:
    def live(acts: list[tuple[str, int, int, int]]) -> None:
        with postgres_databases("mergers", postgres_template) as url:
            asyncio.run(lived(url, acts))

    live_often(max(2, LIVES // 3), live)
