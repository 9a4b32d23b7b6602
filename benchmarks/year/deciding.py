"""What is handed in and asked for in a simulated year, and how who assigned it decides."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from benchmarks.year.agenda import HOURS_A_DAY, Agenda, Event
from benchmarks.year.office import WORDS, Work
from bot.actions.tasks import answer, extend, review
from storage.records import TaskView
from storage.tasks import tasks

_WORDS = WORDS["deciding"]


async def current(agenda: Agenda, work: Work) -> TaskView:
    """Return a task as it stands."""
    view = await tasks.view(agenda.office.db, work.id)
    assert view is not None
    return view


@dataclass
class Deciding:
    """Results and wishes for more time, until they are decided on."""

    agenda: Agenda

    async def ask(self, work: Work) -> None:
        """Ask for more time."""
        workdays, now = self.agenda.office.workdays, self.agenda.now
        day = workdays.add(work.due, _WORDS["extension_days"])
        deadline = (*workdays.due(day), False)
        why = "Chờ số liệu"
        await extend.ask_for(self.agenda.office, work.lead.who, work.id, deadline, why, now, None)
        self._wait(_WORDS["extension_hours"], partial(self._decide, work, day))

    async def _decide(self, work: Work, day: date) -> None:
        if self.agenda.later(work.assigner, partial(self._decide, work, day)):
            return
        office, now, who = self.agenda.office, self.agenda.now, work.assigner.who
        view = await current(self.agenda, work)
        if self.agenda.chance.random() < _WORDS["granted"]:
            await extend.grant(office, who, work.id, view.version, now, None)
            work.due, work.late_from = day, office.workdays.due(day)[1]
        else:
            await extend.refuse(office, who, work.id, view.version, now, None)

    async def submit(self, work: Work) -> None:
        """Hand in a result, once."""
        if work.finished is not None or self.agenda.later(work.lead, partial(self.submit, work)):
            return
        await self._hand_in(work, "Đã trình, gửi kèm Công văn 215-CV/VPTU")
        work.finished = self.agenda.now
        self._wait(_WORDS["accept_hours"], partial(self._judge, work))

    async def _judge(self, work: Work) -> None:
        if self.agenda.later(work.assigner, partial(self._judge, work)):
            return
        if self.agenda.chance.random() >= _WORDS["returned"]:
            await self._accept(work)
            return
        office, now, who = self.agenda.office, self.agenda.now, work.assigner.who
        await review.return_result(office, who, work.id, "Bổ sung số liệu", now, None)
        mended = self.agenda.present() + _WORDS["mend_days"] * self.agenda.chance.random()
        self.agenda.at(mended, partial(self._mend, work))

    async def _mend(self, work: Work) -> None:
        await self._hand_in(work, "Đã bổ sung, gửi kèm Công văn 216-CV/VPTU")
        await self._accept(work)

    async def _hand_in(self, work: Work, words: str) -> None:
        office, now = self.agenda.office, self.agenda.now
        await answer.submit(office, work.lead.who, work.id, words, None, now, None)

    async def _accept(self, work: Work) -> None:
        office, now = self.agenda.office, self.agenda.now
        view = await current(self.agenda, work)
        await review.accept(office, work.assigner.who, work.id, view.version, now, None)

    def _wait(self, hours: float, event: Event) -> None:
        """Let something happen in some hours of work, more or less."""
        waits = self.agenda.chance.expovariate(HOURS_A_DAY / hours)
        self.agenda.at(self.agenda.present() + waits, event)
