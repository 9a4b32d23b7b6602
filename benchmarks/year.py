"""A year of an office of fifty: how many messages a person gets a day, and who hears of what is late.

    python -m benchmarks.year [--seeds N] [--months N]

How much work there is and how diligent people are is in `year.toml`. Everything is done by the real
actions and the clock's own looks on a real SQLite file, the clock is turned from one moment at which
something happens to the next, and the outbox is emptied by its own code into a counter in Telegram's
place. A message counts when it is new; a card edited in place rings nobody. Of every task that is late
for so long that the level that assigned it must hear of it, it is seen that they did, or who stands in
for them, on the working day the ladder says. Exits 1 when one did not.

A year is lived by one thread, for nobody else asks for anything, and in memory where the machine has a
place for that: seeds side by side, a process each.
"""

import argparse
import asyncio
import heapq
import random
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiosqlite

from benchmarks.year_office import WORDS, Colleague, Days, pick, settle
from bot.actions import absence, answer, assign, extend, review, support
from bot.actions.chats import Place
from bot.actions.draft import Fields
from bot.actions.office import Office
from bot.chat import notices
from bot.chat.messages import Delivery
from bot.delivery.journal import Journal
from bot.delivery.outbox import Outbox
from bot.delivery.telegram import Sender
from bot.language.readings import Kind, Reading
from bot.looks import look_at_all
from bot.refusals import Refusal
from bot.rules.workdays import ONE_DAY
from storage import drafts, reminders, tasks
from storage.database import Database
from storage.migrate import migrate
from storage.opening import open_database
from storage.records import Outgoing, Part, Status, Urgency

FIRST = date(2027, 1, 4)
LOOK_EVERY = timedelta(minutes=30)
HOURS_A_DAY = 8
MEMORY = next(filter(Path.is_dir, [Path("/dev/shm")]), None)
GATHER = timedelta(minutes=1)
"""As the setting `[office] gather` is when nobody changes it."""
LATE = {"red", "red_special", "higher"}


def _looks(begins: datetime, ends: datetime) -> list[datetime]:
    """Return the half hours of a day, which the clock looks at whatever is due."""
    count = (ends - begins) // LOOK_EVERY
    first = begins - (begins - datetime.min.replace(tzinfo=UTC)) % LOOK_EVERY
    return [begins, *(first + LOOK_EVERY * n for n in range(1, count + 2))]


@dataclass
class Told:
    """What was said: new messages by person and day, by kind, and when each was told of a late task."""

    a_day: Counter[tuple[int, date]] = field(default_factory=Counter)
    what: Counter[tuple[int, date, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    edits: int = 0
    late: dict[tuple[int, int], datetime] = field(default_factory=dict)


@dataclass
class Work:
    """A task under way: until when it is worked on, and what came of it."""

    id: int
    assigner: Colleague
    lead: Colleague
    urgency: Urgency
    due: date
    late_from: datetime
    end: float
    finished: datetime | None = None


class Year:
    """One simulated year, or the first months of it."""

    def __init__(self, db: Database, folder: Path, seed: int, months: int) -> None:
        self.office = Office(db=db, name="Văn phòng", files=folder)
        self.chance = random.Random(seed)
        self.months = months
        self.now = datetime(2027, 1, 1, tzinfo=UTC)
        self.told = Told()
        self.works: dict[int, Work] = {}
        self.refused: Counter[str] = Counter()
        self.broken: list[Exception] = []
        self._events: list[tuple[float, int, Callable[[], Awaitable[object]]]] = []
        self._count = 0
        self._lead: Colleague | None = None
        self._outbox = Outbox(
            db,
            cast(Sender, self),
            self._word,
            owner="year",
            journal=Journal(folder / f"{seed}.journal", self.broken.append),
            office_clock=lambda: self.now,
            real_clock=lambda: self.now,
            folded=notices.FOLDED,
            on_bug=self._bug,
            on_trouble=self.broken.append,
            quiet=lambda moment: not self.office.workdays.is_awake(moment),
            gather=GATHER,
        )

    def while_(self, _: Callable[[], bool]) -> "Year":
        """Nobody else sends, so nothing is taken over."""
        return self

    async def send(self, delivery: Delivery, priority: int = 0) -> int:
        """Take a message in Telegram's place."""
        self._count += 1
        return delivery.edits or self._count

    async def delete(self, *_: object) -> bool:
        """Take a message away in Telegram's place."""
        return True

    async def _bug(self, error: Exception, _: Outgoing) -> None:
        self.broken.append(error)

    async def _word(self, _: Database, rows: Sequence[Outgoing], now: datetime) -> Delivery | None:
        delivery = await notices.word(self.office, rows, now)
        if delivery is None:
            return None
        if delivery.edits is not None:
            self.told.edits += 1
        else:
            self.told.a_day[rows[0].person_id, self.office.today(now)] += 1
            self.told.kinds[rows[0].kind] += 1
            self.told.what[rows[0].person_id, self.office.today(now), rows[0].kind] += 1
        for row in rows:
            if row.kind == "reminder" and row.facts.get("rung") in LATE and row.task_id:
                for one in {row.person_id, row.about, *self._in_whose_place(row.person_id)}:
                    self.told.late.setdefault((row.task_id, one), now)
                await self._chased(row)
        return delivery

    def _in_whose_place(self, person_id: int) -> list[int]:
        """Return for whom somebody decides while these are away: what they hear, they hear for them."""
        away = self.office.away.items()
        return [one for one, absent in away if absent.stand_in == person_id]

    async def _chased(self, row: Outgoing) -> None:
        """Being told that a task is late has some people hand it in on the next day."""
        work = self.works.get(row.task_id or 0)
        if (
            work
            and work.lead.id == row.person_id
            and self.chance.random() < work.lead.kind["chased"]
        ):
            self._at(self._today + 1 + self.chance.random(), partial(self._submit, work))

    def _at(self, at: float, event: Callable[[], Awaitable[object]]) -> None:
        """Let something happen at a moment; after the year nothing does."""
        if at < self._last:
            self._count += 1
            heapq.heappush(self._events, (at, self._count, event))

    async def run(self) -> None:
        """Live the year, half an hour at a time."""
        self.people = await settle(self.office, self.chance, self.now)
        await self.office.refresh()
        self.days = Days.of(
            self.office, FIRST, FIRST + timedelta(days=round(30.4 * (self.months + 3)))
        )
        end = FIRST + timedelta(days=round(30.4 * self.months))
        self._last = float(sum(day < end for day in self.days.all))
        self._today = 0.0
        self._go_on_leave()
        self._plan_work()
        for number, day in enumerate(self.days.all[: int(self._last)]):
            self._today = float(number)
            await self._live(day)

    async def _live(self, day: date) -> None:
        """Live a day from one moment at which something happens to the next."""
        workdays = self.office.workdays
        ends = workdays.at(day, workdays.waking[1])
        looks = _looks(workdays.at(day, workdays.waking[0]), ends)
        while True:
            happens = await self._next(looks)
            if happens > ends:
                return
            self.now = max(self.now, happens)
            if self._events and self.days.moment(self._events[0][0]) <= self.now:
                await self._do(heapq.heappop(self._events)[2])
            if (looks and looks[0] <= self.now) or await self._is_due():
                looks = [one for one in looks if one > self.now]
                await look_at_all(self.office, self._outbox, lambda: self.now, self.broken.append)
            await self._outbox.drain()

    async def _do(self, event: Callable[[], Awaitable[object]]) -> None:
        try:
            await event()
        except Refusal as refusal:
            self.refused[refusal.kind.value] += 1

    async def _next(self, looks: Sequence[datetime]) -> datetime:
        """Return the next moment: a half hour, an event, a reminder due, a message that waits."""
        rows = await self.office.db.fetch(
            "SELECT (SELECT MIN(at) FROM reminders WHERE settled_at IS NULL AND at > $1) AS due,"
            " (SELECT MIN(not_before) FROM outbox WHERE state = 'waiting') AS waits",
            self.now,
        )
        ahead = [*looks[:1], *(self.days.moment(at) for at, *_ in self._events[:1])]
        if rows[0]["due"]:
            ahead.append(datetime.fromisoformat(rows[0]["due"]))
        if rows[0]["waits"]:  # what is due already waits for its minute to pass
            ahead.append(max(datetime.fromisoformat(rows[0]["waits"]), self.now + GATHER))
        return min(ahead)

    async def _is_due(self) -> bool:
        return bool(await reminders.due(self.office.db, self.now, 1))

    def _go_on_leave(self) -> None:
        for one in self.people:
            left = round(WORDS["leave"]["days_a_year"] * self.months / 12)
            while left > 0:
                length = min(left, self.chance.randint(1, 5))
                begins = self.chance.randrange(1, max(2, int(self._last) - length))
                span = self.days.all[begins], self.days.all[begins + length - 1]
                one.leave.append(span)
                self._at(begins - 0.9, partial(self._leave, one, *span))
                left -= length

    async def _leave(self, one: Colleague, first: date, last: date) -> None:
        wanted = absence.Wanted(one.id, first, last)
        await absence.enter(self.office, one.who, wanted, self.now, None)

    def _plan_work(self) -> None:
        work = WORDS["work"]
        weights = [
            work["busy_days"][day.weekday() % 5] * (work["month_end"] if self._ends_month(n) else 1)
            for n, day in enumerate(self.days.all[: int(self._last)])
        ]
        total = work["tasks_a_month"] * self.months
        for number in self.chance.choices(range(len(weights)), weights, k=total):
            self._at(number + self.chance.random(), self._assign)

    def _ends_month(self, number: int) -> bool:
        return self.days.all[number].month != self.days.all[number + 3].month

    async def _assign(self) -> None:
        """Give somebody a task, as a press on Giao việc does."""
        begun, words = self._moment_now(), WORDS["work"]
        assigner, lead = self._pair()
        urgency = Urgency(pick(self.chance, words["urgency"]))
        first, last = map(int, pick(self.chance, words["days_given"]).split("-"))
        given = 0 if urgency is Urgency.FLASH else self.chance.randint(first, last)
        due = self.days.all[int(begun) + given]
        clock = time(17) if urgency is Urgency.FLASH else None
        due_at, late_from = self.office.workdays.due(due, clock)
        others = self._supporters(lead)
        number = await self._confirmed(assigner, lead, others, urgency, (due_at, late_from, clock))
        length = max(given + 1 - begun % 1, 0.25)
        end = begun + length * lead.kind["pace"] * self._spread(lead.kind["spread"])
        work = Work(number, assigner, lead, urgency, due, late_from, end)
        self.works[number] = work
        self._plan_steps(work, begun, length)
        for one in others:
            part = WORDS["people"]["supporting"]
            done = begun + length * part["pace"] * self._spread(part["spread"])
            self._at(done, partial(self._report, work, one))

    def _pair(self) -> tuple[Colleague, Colleague]:
        """Return who assigns and who leads."""
        words = WORDS["work"]
        post = pick(self.chance, words["assigner"])
        assigner = self._any(lambda one: one.post == post)
        again = self._lead is not None and self.chance.random() < words["repeated_share"]
        if again and self._lead is not None and self._may(assigner, self._lead):
            return assigner, self._lead
        wanted = pick(self.chance, words["lead"])
        fits = [one for one in self.people if one.post == wanted and self._may(assigner, one)]
        fits = fits or [one for one in self.people if self._may(assigner, one)]
        self._lead = self.chance.choice(fits)
        return assigner, self._lead

    def _may(self, assigner: Colleague, one: Colleague) -> bool:
        if one.room is None or one is assigner:
            return False
        if assigner.post == "leader":
            return True
        return one.room in (assigner.rooms if assigner.post == "deputy" else (assigner.room,))

    def _any(self, fits: Callable[[Colleague], bool]) -> Colleague:
        return self.chance.choice([one for one in self.people if fits(one)])

    def _supporters(self, lead: Colleague) -> list[Colleague]:
        count = int(pick(self.chance, WORDS["work"]["supporting"]))
        others = [one for one in self.people if one.room is not None and one is not lead]
        return self.chance.sample(others, count)

    async def _confirmed(
        self,
        assigner: Colleague,
        lead: Colleague,
        others: Sequence[Colleague],
        urgency: Urgency,
        deadline: tuple[datetime, datetime, time | None],
    ) -> int:
        title = f"Việc {len(self.works) + 1}"
        reading = Reading(text=title, kind=Kind.ASSIGNMENT, title=title)
        place = Place(assigner.id)
        [draft] = await assign.begin(self.office, assigner.who, place, [reading], self.now, None)
        fields = {
            "lead_id": lead.id,
            "others": tuple((one.id, Part.SUPPORT) for one in others),
            "urgency": urgency,
            "due_at": deadline[0],
            "late_from": deadline[1],
            "has_clock": deadline[2] is not None,
        }
        whole = Fields.model_validate(draft.fields).model_copy(update=fields).dumped()
        async with self.office.db.transaction() as tx:
            await drafts.change(
                tx, draft.id, draft.version, fields=whole, waits_for=None, at=self.now
            )
        task = await assign.confirm(
            self.office, assigner.who, draft.id, draft.version + 1, None, self.now, None
        )
        return task.id

    def _plan_steps(self, work: Work, begun: float, length: float) -> None:
        kind, words = work.lead.kind, WORDS["deciding"]
        if self.chance.random() >= kind["never_receive"]:
            waits = self.chance.expovariate(HOURS_A_DAY / kind["receive_hours"])
            self._at(begun + waits, partial(self._receive, work))
        update = begun + self.chance.expovariate(1 / kind["update_days"])
        while update < work.end:
            self._at(update, partial(self._progress, work))
            update += self.chance.expovariate(1 / kind["update_days"])
        due = begun + length
        if work.end > due and self.chance.random() < kind["extension"] and length > 1:
            self._at(due - 1, partial(self._ask, work))
        if self.chance.random() < words["blocked"]:
            self._at((begun + work.end) / 2, partial(self._block, work))
        if self.chance.random() < words["cancelled"]:
            self._at((begun + work.end) / 2, partial(self._cancel, work))
        self._at(work.end, partial(self._submit, work))

    async def _receive(self, work: Work) -> None:
        view = await self._view(work)
        if view.status is Status.ASSIGNED and not self._later(
            work.lead, partial(self._receive, work)
        ):
            await answer.receive(self.office, work.lead.who, work.id, view.version, self.now, None)

    async def _progress(self, work: Work) -> None:
        if work.finished is None and not work.lead.is_away(self.office.today(self.now)):
            await answer.progress(self.office, work.lead.who, work.id, "Đang làm", self.now, None)

    async def _block(self, work: Work) -> None:
        words = "Chưa nhận được tài liệu"
        await answer.block(self.office, work.lead.who, work.id, words, self.now, None)

    async def _cancel(self, work: Work) -> None:
        words = "Không cần nữa"
        await review.cancel(self.office, work.assigner.who, work.id, words, self.now, None)
        work.finished = work.finished or self.now

    async def _report(self, work: Work, one: Colleague) -> None:
        if not self._later(one, partial(self._report, work, one)):
            await support.report(self.office, one.who, work.id, "Đã gửi", self.now, None)

    async def _ask(self, work: Work) -> None:
        words, workdays = WORDS["deciding"], self.office.workdays
        day = workdays.add(work.due, words["extension_days"])
        deadline = (*workdays.due(day), False)
        await extend.ask_for(
            self.office, work.lead.who, work.id, deadline, "Chờ số liệu", self.now, None
        )
        waits = self.chance.expovariate(HOURS_A_DAY / words["extension_hours"])
        self._at(self._moment_now() + waits, partial(self._decide, work, day))

    async def _decide(self, work: Work, day: date) -> None:
        if self._later(work.assigner, partial(self._decide, work, day)):
            return
        view, who = await self._view(work), work.assigner.who
        if self.chance.random() < WORDS["deciding"]["granted"]:
            await extend.grant(self.office, who, work.id, view.version, self.now, None)
            work.due, work.late_from = day, self.office.workdays.due(day)[1]
        else:
            await extend.refuse(self.office, who, work.id, view.version, self.now, None)

    async def _submit(self, work: Work) -> None:
        if work.finished is not None or self._later(work.lead, partial(self._submit, work)):
            return
        words = "Đã trình, gửi kèm Công văn 215-CV/VPTU"
        await answer.submit(self.office, work.lead.who, work.id, words, None, self.now, None)
        work.finished = self.now
        waits = self.chance.expovariate(HOURS_A_DAY / WORDS["deciding"]["accept_hours"])
        self._at(self._moment_now() + waits, partial(self._judge, work))

    async def _judge(self, work: Work) -> None:
        if self._later(work.assigner, partial(self._judge, work)):
            return
        words, who = WORDS["deciding"], work.assigner.who
        if self.chance.random() >= words["returned"]:
            view = await self._view(work)
            await review.accept(self.office, who, work.id, view.version, self.now, None)
            return
        await review.return_result(self.office, who, work.id, "Bổ sung số liệu", self.now, None)
        mended = self._moment_now() + words["mend_days"] * self.chance.random()
        self._at(mended, partial(self._mend, work))

    async def _mend(self, work: Work) -> None:
        words = "Đã bổ sung, gửi kèm Công văn 216-CV/VPTU"
        await answer.submit(self.office, work.lead.who, work.id, words, None, self.now, None)
        view = await self._view(work)
        await review.accept(self.office, work.assigner.who, work.id, view.version, self.now, None)

    def _later(self, one: Colleague, event: Callable[[], Awaitable[object]]) -> bool:
        """Who is on leave does it when they are back; tell whether that is so."""
        number = int(self._today)
        if not one.is_away(self.days.all[number]):
            return False
        while one.is_away(self.days.all[number]):
            number += 1
        self._at(number + self.chance.random() / 4, event)
        return True

    async def _view(self, work: Work) -> Any:
        view = await tasks.view(self.office.db, work.id)
        assert view is not None
        return view

    def _spread(self, sigma: float) -> float:
        return self.chance.lognormvariate(0, sigma)

    def _moment_now(self) -> float:
        """Return the present as a number of working days."""
        local = self.office.workdays.local(self.now)
        morning, afternoon = self.office.workdays.morning, self.office.workdays.afternoon
        half = 0.5 if local.time() >= afternoon[0] else 0.0
        begun = datetime.combine(local.date(), (afternoon if half else morning)[0], local.tzinfo)
        return self._today + half + (local - begun).total_seconds() / 3600 / HOURS_A_DAY

    def worst(self) -> str:
        """Return whose day brought the most messages, and of which kinds."""
        (person_id, day), _ = max(self.told.a_day.items(), key=lambda item: item[1])
        (post,) = (one.post for one in self.people if one.id == person_id)
        kinds = {key[2]: n for key, n in self.told.what.items() if key[:2] == (person_id, day)}
        return f"{post}, " + ", ".join(f"{n} {kind}" for kind, n in kinds.items())

    def unheard(self) -> tuple[int, list[int]]:
        """Return how many tasks came to be for those who assigned them, and of which they did not hear."""
        came, missed = 0, []
        for work in self.works.values():
            ladder, workdays = self.office.ladders[work.urgency], self.office.workdays
            on = workdays.add(work.due, ladder.red_special_after)
            by = workdays.at(on + ONE_DAY, time())
            if by > self.now or (work.finished is not None and work.finished < by):
                continue
            came += 1
            heard = self.told.late.get((work.id, work.assigner.id))
            if heard is None or heard > by:
                missed.append(work.id)
        return came, missed


@dataclass(frozen=True)
class Result:
    """Of one seed: messages of every person on every working day, and the ladder's part."""

    a_day: list[int]
    worst: str
    kinds: Counter[str]
    edits: int
    tasks: int
    late: int
    came: int
    missed: list[int]
    refused: Counter[str]


def lived(seed: int, months: int) -> Result:
    """Live one year in a process of its own."""
    setattr(aiosqlite.Connection, "_execute", _at_once)  # noqa: B010 - it is the library's own
    return asyncio.run(_lived(seed, months))


async def _at_once(_: aiosqlite.Connection, do: Callable[..., Any], *values: Any) -> Any:
    """Do in this thread what a connection's own would do: a hop between threads costs most of a year."""
    return do(*values)


async def _lived(seed: int, months: int) -> Result:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        db = await open_database(f"sqlite:///{Path(folder) / 'year.db'}")
        try:
            await migrate(db, datetime(2027, 1, 1, tzinfo=UTC))
            year = Year(db, Path(folder), seed, months)
            await year.run()
        finally:
            await db.close()
    if year.broken:
        raise RuntimeError(f"{len(year.broken)} bugs, the first: {year.broken[0]!r}")
    days = year.days.all[: int(year._last)]
    counts = [year.told.a_day[one.id, day] for one in year.people for day in days]
    outside = {day for _, day in year.told.a_day} - set(days)
    counts += [year.told.a_day[one.id, day] for one in year.people for day in outside]
    late = sum(one.finished is None or one.finished >= one.late_from for one in year.works.values())
    came, missed = year.unheard()
    told = year.told
    return Result(
        counts,
        year.worst(),
        told.kinds,
        told.edits,
        len(year.works),
        late,
        came,
        missed,
        year.refused,
    )


def say(seed: int, one: Result) -> None:
    print(
        f"seed {seed}: {one.tasks} tasks, {one.late} late; messages a person a day: median"
        f" {statistics.median(one.a_day):g}, mean {statistics.mean(one.a_day):.2f}, worst"
        f" {max(one.a_day)} ({one.worst}); {one.came - len(one.missed)} of {one.came} reached who"
        " assigned",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--months", type=int, default=12)
    arguments = parser.parse_args()
    seeds = range(1, arguments.seeds + 1)
    results = []
    with ProcessPoolExecutor() as pool:
        for seed, one in zip(
            seeds, pool.map(partial(lived, months=arguments.months), seeds), strict=True
        ):
            results.append(one)
            say(seed, one)
    every = [count for one in results for count in one.a_day]
    kinds = sum((one.kinds for one in results), Counter[str]())
    total = sum(kinds.values())
    print(
        f"all: median {statistics.median(every):g}, 95% at most"
        f" {statistics.quantiles(every, n=20)[-1]:g}, worst {max(every)},"
        f" above 15 on {sum(count > 15 for count in every) / len(every):.2%} of person-days"
    )
    print(", ".join(f"{kind} {count / total:.0%}" for kind, count in kinds.most_common(10)))
    print(f"refused: {dict(sum((one.refused for one in results), Counter[str]()))}")
    if missed := sum(len(one.missed) for one in results):
        print(f"{missed} late tasks did not reach who assigned them in time", file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
