"""A simulated year as it is lived: from one moment at which something happens to the next."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import cast

from benchmarks.year.agenda import FOUNDED, Agenda
from benchmarks.year.assigning import Assigning
from benchmarks.year.deciding import Deciding
from benchmarks.year.leave import plan_leave
from benchmarks.year.office import settle
from benchmarks.year.told import Phones, Told
from benchmarks.year.working import Working
from bot.actions.office import Office
from bot.chat.reminders import notices
from bot.delivery.outbox.journal import Journal
from bot.delivery.outbox.outbox import Outbox
from bot.delivery.telegram.sender import Sender
from bot.rules.workdays import ONE_DAY
from bot.runtime.schedule import look_at_all
from storage.engine.database import Database
from storage.records import Outgoing
from storage.reminders import reminders

LOOK_EVERY = timedelta(minutes=30)
GATHER = timedelta(minutes=1)
"""As the setting `[office] gather` is when nobody changes it."""


async def begun(db: Database, folder: Path, seed: int, months: int) -> "Year":
    """Return a year, or the first months of it, whose office has its people."""
    office, chance = Office(db=db, name="Văn phòng", files=folder), random.Random(seed)
    people = await settle(office, chance, FOUNDED)
    await office.refresh()
    return Year(Agenda(office, chance, people, months), folder / f"{seed}.journal")


class Year:
    """The office, and the program that serves it."""

    def __init__(self, agenda: Agenda, journal: Path) -> None:
        self.agenda, self.office = agenda, agenda.office
        self.working = Working(agenda, Deciding(agenda))
        self.told = Told(agenda.office, self.working.chase)
        self.broken: list[Exception] = []
        self._outbox = Outbox(
            agenda.office.db,
            cast(Sender, Phones()),
            self.told.word,
            owner="year",
            journal=Journal(journal, self.broken.append),
            office_clock=lambda: agenda.now,
            real_clock=lambda: agenda.now,
            folded=notices.FOLDED,
            on_bug=self._bug,
            on_trouble=self.broken.append,
            quiet=lambda moment: not agenda.office.workdays.is_awake(moment),
            gather=GATHER,
        )

    async def _bug(self, error: Exception, _: Outgoing) -> None:
        self.broken.append(error)

    async def run(self) -> None:
        """Live all its days."""
        plan_leave(self.agenda)
        Assigning(self.agenda, self.working).plan()
        for number, day in enumerate(self.agenda.lived):
            self.agenda.today = float(number)
            await self._live(day)

    async def _live(self, day: date) -> None:
        workdays, agenda = self.office.workdays, self.agenda
        ends = workdays.at(day, workdays.waking[1])
        looks = _looks(workdays.at(day, workdays.waking[0]), ends)
        while (happens := await self._next(looks)) <= ends:
            agenda.now = max(agenda.now, happens)
            await agenda.happen()
            if (looks and looks[0] <= agenda.now) or await self._is_due():
                looks = [one for one in looks if one > agenda.now]
                await look_at_all(self.office, self._outbox, lambda: agenda.now, self.broken.append)
            await self._outbox.drain()

    async def _next(self, looks: Sequence[datetime]) -> datetime:
        """Return the next moment: a half hour, an event, a reminder due, a message that waits."""
        now = self.agenda.now
        rows = await self.office.db.fetch(
            "SELECT (SELECT MIN(at) FROM reminders WHERE settled_at IS NULL AND at > $1) AS due,"
            " (SELECT MIN(not_before) FROM outbox WHERE state = 'waiting') AS waits",
            now,
        )
        ahead = [*looks[:1], *self.agenda.ahead()]
        if rows[0]["due"]:
            ahead.append(datetime.fromisoformat(rows[0]["due"]))
        if rows[0]["waits"]:  # what is due already waits for its minute to pass
            ahead.append(max(datetime.fromisoformat(rows[0]["waits"]), now + GATHER))
        return min(ahead)

    async def _is_due(self) -> bool:
        return bool(await reminders.due(self.office.db, self.agenda.now, 1))

    def unheard(self) -> tuple[int, list[int]]:
        """Return how many tasks came to be for those who assigned them, and of which they did not hear."""
        came, missed = 0, []
        for work in self.working.all.values():
            ladder, workdays = self.office.ladders[work.urgency], self.office.workdays
            on = workdays.add(work.due, ladder.red_special_after)
            by = workdays.at(on + ONE_DAY, time())
            if by > self.agenda.now or (work.finished is not None and work.finished < by):
                continue
            came += 1
            heard = self.told.late.get((work.id, work.assigner.id))
            if heard is None or heard > by:
                missed.append(work.id)
        return came, missed


def _looks(begins: datetime, ends: datetime) -> list[datetime]:
    """Return the half hours of a day, which the clock looks at whatever is due."""
    count = (ends - begins) // LOOK_EVERY
    first = begins - (begins - datetime.min.replace(tzinfo=UTC)) % LOOK_EVERY
    return [begins, *(first + LOOK_EVERY * n for n in range(1, count + 2))]
