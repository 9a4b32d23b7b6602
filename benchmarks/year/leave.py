"""The leave of everybody in a simulated year, entered the day before it begins."""

from datetime import date
from functools import partial

from benchmarks.year.agenda import Agenda
from benchmarks.year.office import WORDS, Colleague
from bot.actions.organisation import absence


def plan_leave(agenda: Agenda) -> None:
    """Let everybody be away for their days of leave, a few at a time."""
    chance = agenda.chance
    for one in agenda.people:
        left = round(WORDS["leave"]["days_a_year"] * agenda.months / 12)
        while left > 0:
            length = min(left, chance.randint(1, 5))
            begins = chance.randrange(1, max(2, int(agenda.last) - length))
            span = agenda.days.all[begins], agenda.days.all[begins + length - 1]
            one.leave.append(span)
            agenda.at(begins - 0.9, partial(_enter, agenda, one, *span))
            left -= length


async def _enter(agenda: Agenda, one: Colleague, first: date, last: date) -> None:
    wanted = absence.Wanted(one.id, first, last)
    await absence.enter(agenda.office, one.who, wanted, agenda.now, None)
