"""The city that `benchmarks.mergers` rebuilds: its people at work, and what is done to its units at random."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import perf_counter

from bot.actions import find
from bot.actions.mergers import merger, undo
from bot.actions.office import Office
from bot.actions.organisation import hand_over_all, leave
from bot.actions.tasks import answer
from bot.refusals import No, Refusal
from bot.rules.mergers.wish import Kind, Wish
from bot.rules.rights import Standpoint
from bot.seeding.large_office import FIRST_ACCOUNT, Size
from storage.organisation import people, units
from storage.records import Member, Role

SIZE = Size(tasks=100_000, people=5000, units=200, open_share=0.15)
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)


class City:
    """The office and what is measured in it; `answers` are seconds of each /viec.

    What is done to the units is the same each time, whatever those at work do.
    """

    def __init__(self, office: Office) -> None:
        self.office, self.admin = office, Standpoint(1, frozenset({Role.ADMIN}))
        self.chance, self.theirs = random.Random(7), random.Random(8)
        self.answers: list[float] = []
        self.reports = 0
        self.made: list[int] = []
        self.done: Counter[str] = Counter()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let people ask for their tasks and report on them meanwhile; what fails them is raised."""
        working = [asyncio.create_task(one()) for one in (self._ask, self._ask, self._report)]
        try:
            yield
        finally:
            for one in working:
                one.cancel()
            ended = await asyncio.gather(*working, return_exceptions=True)
        for end in ended:
            if not isinstance(end, asyncio.CancelledError):
                raise end if isinstance(end, Exception) else RuntimeError(end)

    async def _ask(self) -> None:
        while True:
            account = FIRST_ACCOUNT + self.theirs.randrange(SIZE.people)
            started = perf_counter()
            known = await self.office.known(account, NOW)
            if known is not None:
                await find.mine(self.office, known.who)
                self.answers.append(perf_counter() - started)
            await asyncio.sleep(0.02)

    async def _report(self) -> None:
        while True:
            person = await self.office.person(self.theirs.randrange(2, SIZE.people), NOW)
            page, _ = await find.mine(self.office, person.who) if person else ([], 0)
            if person and page:
                said = f"{self.theirs.randrange(100)}%"
                try:
                    await answer.progress(self.office, person.who, page[0].id, said, NOW, None)
                    self.reports += 1
                except Refusal:
                    pass
            await asyncio.sleep(0.05)

    async def merge(self, wish: Wish) -> float:
        """Look, then make a merger, again where somebody changed something meanwhile; return its seconds."""
        started = perf_counter()
        for _ in range(5):
            view = await merger.look(self.office, self.admin, wish, NOW)
            prints = view.seen.prints
            try:
                made = await merger.make(self.office, self.admin, wish, prints, NOW, None)
            except Refusal as refusal:
                if refusal.kind is not No.MERGER_CHANGED:
                    raise
                continue
            self.made.append(made.id)
            return perf_counter() - started
        raise RuntimeError("it changed five times while it was looked at")

    async def anything(self) -> float | None:
        """Do one thing at random; return its seconds, None where it was refused."""
        what = self.chance.choice([*Kind, *Kind, "leave", "undo"])
        started = perf_counter()
        try:
            if what == "leave":
                await self._leave()
            elif what == "undo":
                merger_id = self.made[-1] if self.made else 0
                await undo.undo(self.office, self.admin, merger_id, NOW, None)
            else:
                await self.merge(await self._wish(Kind(what)))
        except Refusal:
            return None
        self.done[what] += 1
        return perf_counter() - started

    async def _wish(self, kind: Kind) -> Wish:
        known = [one for one in await units.living(self.office.db) if one.id > 1]
        one, other = self.chance.sample(known, 2)
        inside = await people.of_units(self.office.db, [one.id, other.id])
        own = [who.id for who in inside if _is_in(who, one.id)]
        going = tuple(own[: 3 if kind is Kind.SPLIT else 1])
        return Wish(
            kind=kind,
            units=(one.id, other.id) if kind is Kind.UNITE else (one.id,),
            into_id=None if kind in {Kind.UNITE, Kind.SPLIT} else other.id,
            name=f"Đơn vị {len(self.made)} {one.id}" if kind in {Kind.UNITE, Kind.SPLIT} else "",
            head_id=own[0] if own and kind is not Kind.DISSOLVE else None,
            people=going if kind in {Kind.SPLIT, Kind.MOVE} else (),
            work_stays=kind is Kind.MOVE and bool(self.chance.randrange(2)),
        )

    async def _leave(self) -> None:
        person = self.chance.randrange(2, SIZE.people)
        heir = self.chance.randrange(2, SIZE.people)
        await hand_over_all.hand_all(self.office, self.admin, person, heir, NOW, None)
        await leave.end(self.office, self.admin, person, NOW, None)


def _is_in(who: Member, unit_id: int) -> bool:
    return any(post.unit_id == unit_id for post in who.roles)
