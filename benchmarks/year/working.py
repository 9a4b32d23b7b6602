"""How a task is worked on in a simulated year: received, told of, blocked, called off, and handed in."""

from dataclasses import dataclass, field
from functools import partial

from benchmarks.year.agenda import HOURS_A_DAY, Agenda
from benchmarks.year.deciding import Deciding, current
from benchmarks.year.office import WORDS, Colleague, Work
from bot.actions.tasks import answer, review, support
from storage.records import Outgoing, Status


@dataclass
class Working:
    """All tasks of a year, by number."""

    agenda: Agenda
    deciding: Deciding
    all: dict[int, Work] = field(default_factory=dict)

    def begin(self, work: Work, others: list[Colleague], begun: float, length: float) -> None:
        """Plan what comes of a task that was just given, for `length` days."""
        self.all[work.id] = work
        self._plan_news(work, begun)
        self._plan_troubles(work, begun, length)
        self.agenda.at(work.end, partial(self.deciding.submit, work))
        part = WORDS["people"]["supporting"]
        for one in others:
            done = begun + length * part["pace"] * self.spread(part["spread"])
            self.agenda.at(done, partial(self._report, work, one))

    def spread(self, sigma: float) -> float:
        return self.agenda.chance.lognormvariate(0, sigma)

    def _plan_news(self, work: Work, begun: float) -> None:
        kind, chance = work.lead.kind, self.agenda.chance
        if chance.random() >= kind["never_receive"]:
            waits = chance.expovariate(HOURS_A_DAY / kind["receive_hours"])
            self.agenda.at(begun + waits, partial(self._receive, work))
        update = begun + chance.expovariate(1 / kind["update_days"])
        while update < work.end:
            self.agenda.at(update, partial(self._progress, work))
            update += chance.expovariate(1 / kind["update_days"])

    def _plan_troubles(self, work: Work, begun: float, length: float) -> None:
        chance, words, due = self.agenda.chance, WORDS["deciding"], begun + length
        if work.end > due and chance.random() < work.lead.kind["extension"] and length > 1:
            self.agenda.at(due - 1, partial(self.deciding.ask, work))
        if chance.random() < words["blocked"]:
            self.agenda.at((begun + work.end) / 2, partial(self._block, work))
        if chance.random() < words["cancelled"]:
            self.agenda.at((begun + work.end) / 2, partial(self._cancel, work))

    def chase(self, row: Outgoing) -> None:
        """Being told that a task is late has some people hand it in on the next day."""
        work, chance = self.all.get(row.task_id or 0), self.agenda.chance
        if work and work.lead.id == row.person_id and chance.random() < work.lead.kind["chased"]:
            tomorrow = self.agenda.today + 1 + chance.random()
            self.agenda.at(tomorrow, partial(self.deciding.submit, work))

    async def _receive(self, work: Work) -> None:
        view = await current(self.agenda, work)
        if view.status is Status.ASSIGNED and not self.agenda.later(
            work.lead, partial(self._receive, work)
        ):
            office, now = self.agenda.office, self.agenda.now
            await answer.receive(office, work.lead.who, work.id, view.version, now, None)

    async def _progress(self, work: Work) -> None:
        office, now = self.agenda.office, self.agenda.now
        if work.finished is None and not work.lead.is_away(office.today(now)):
            await answer.progress(office, work.lead.who, work.id, "Đang làm", now, None)

    async def _block(self, work: Work) -> None:
        words = "Chưa nhận được tài liệu"
        office, now = self.agenda.office, self.agenda.now
        await answer.block(office, work.lead.who, work.id, words, now, None)

    async def _cancel(self, work: Work) -> None:
        office, now = self.agenda.office, self.agenda.now
        await review.cancel(office, work.assigner.who, work.id, "Không cần nữa", now, None)
        work.finished = work.finished or now

    async def _report(self, work: Work, one: Colleague) -> None:
        if not self.agenda.later(one, partial(self._report, work, one)):
            office, now = self.agenda.office, self.agenda.now
            await support.report(office, one.who, work.id, "Đã gửi", now, None)
