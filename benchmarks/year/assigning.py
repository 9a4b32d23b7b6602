"""Who gives whom which task in a simulated year, and by when."""

from dataclasses import dataclass
from datetime import time

from benchmarks.year.agenda import Agenda
from benchmarks.year.office import WORDS, Colleague, Work, pick
from benchmarks.year.working import Working
from bot.actions.assigning import assign
from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Place
from bot.language.readings import Kind, Reading
from storage.assigning import drafts
from storage.records import Draft, Part, Urgency

_WORDS = WORDS["work"]


@dataclass
class Assigning:
    """Gives tasks, each as a press on Giao việc does."""

    agenda: Agenda
    working: Working
    _last_lead: Colleague | None = None

    def plan(self) -> None:
        """Spread the tasks over the year: more on a Monday and at a month's end."""
        days, chance = self.agenda.lived, self.agenda.chance
        weights = [
            _WORDS["busy_days"][day.weekday() % 5]
            * (_WORDS["month_end"] if self._ends_month(number) else 1)
            for number, day in enumerate(days)
        ]
        total = _WORDS["tasks_a_month"] * self.agenda.months
        for number in chance.choices(range(len(weights)), weights, k=total):
            self.agenda.at(number + chance.random(), self._assign)

    def _ends_month(self, number: int) -> bool:
        days = self.agenda.days.all
        return days[number].month != days[number + 3].month

    async def _assign(self) -> None:
        begun, chance = self.agenda.present(), self.agenda.chance
        assigner, lead = self._pair()
        urgency = Urgency(pick(chance, _WORDS["urgency"]))
        given = self._days_given(urgency)
        due = self.agenda.days.all[int(begun) + given]
        clock = time(17) if urgency is Urgency.FLASH else None
        due_at, late_from = self.agenda.office.workdays.due(due, clock)
        others = self._supporters(lead)
        fields = {
            "lead_id": lead.id,
            "others": tuple((one.id, Part.SUPPORT) for one in others),
            "urgency": urgency,
            "due_at": due_at,
            "late_from": late_from,
            "has_clock": clock is not None,
        }
        number = await self._confirmed(assigner, fields)
        length = max(given + 1 - begun % 1, 0.25)
        end = begun + length * lead.kind["pace"] * self.working.spread(lead.kind["spread"])
        work = Work(number, assigner, lead, urgency, due, late_from, end)
        self.working.begin(work, others, begun, length)

    def _days_given(self, urgency: Urgency) -> int:
        chance = self.agenda.chance
        first, last = map(int, pick(chance, _WORDS["days_given"]).split("-"))
        return 0 if urgency is Urgency.FLASH else chance.randint(first, last)

    def _pair(self) -> tuple[Colleague, Colleague]:
        """Return who assigns and who leads."""
        chance, people = self.agenda.chance, self.agenda.people
        post = pick(chance, _WORDS["assigner"])
        assigner = chance.choice([one for one in people if one.post == post])
        again = self._last_lead is not None and chance.random() < _WORDS["repeated_share"]
        if again and self._last_lead is not None and _may(assigner, self._last_lead):
            return assigner, self._last_lead
        wanted = pick(chance, _WORDS["lead"])
        fits = [one for one in people if _may(assigner, one)]
        self._last_lead = chance.choice([one for one in fits if one.post == wanted] or fits)
        return assigner, self._last_lead

    def _supporters(self, lead: Colleague) -> list[Colleague]:
        count = int(pick(self.agenda.chance, _WORDS["supporting"]))
        others = [one for one in self.agenda.people if one.room is not None and one is not lead]
        return self.agenda.chance.sample(others, count)

    async def _confirmed(self, assigner: Colleague, fields: dict[str, object]) -> int:
        """Write the draft, fill it in and press; return the task's number."""
        office, now = self.agenda.office, self.agenda.now
        title = f"Việc {len(self.working.all) + 1}"
        reading = Reading(text=title, kind=Kind.ASSIGNMENT, title=title)
        place = Place(assigner.id)
        [draft] = await assign.begin(office, assigner.who, place, [reading], now, None)
        await self._fill_in(draft, fields)
        version = draft.version + 1
        task = await assign.confirm(office, assigner.who, draft.id, version, None, now, None)
        return task.id

    async def _fill_in(self, draft: Draft, fields: dict[str, object]) -> None:
        whole = Fields.model_validate(draft.fields).model_copy(update=fields).dumped()
        async with self.agenda.office.db.transaction() as tx:
            await drafts.change(
                tx, draft.id, draft.version, fields=whole, waits_for=None, at=self.agenda.now
            )


def _may(assigner: Colleague, one: Colleague) -> bool:
    if one.room is None or one is assigner:
        return False
    if assigner.post == "leader":
        return True
    return one.room in (assigner.rooms if assigner.post == "deputy" else (assigner.room,))
