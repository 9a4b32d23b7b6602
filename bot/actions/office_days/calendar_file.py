"""The office's days as a file of three columns, CSV or XLSX: day, works, note."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from bot.actions.admins import check_admin
from bot.actions.chat_places import Place
from bot.actions.office import Office, step
from bot.actions.secrecy.cell_marks import doubtful
from bot.folding import fold
from bot.language.moments.calendar_days import read_calendar_day
from bot.readers.row import Row
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.records import CalendarDay, Draft, UpdateKey

KIND = "calendar"
_DAY = {"day", "date", "ngay"}
_WORKS = {"works", "work", "lam viec", "lam", "loai"}
_YES = {"1", "true", "yes", "x", "co", "lam", "lam bu", "lam viec"}
_NO = {"0", "false", "no", "", "khong", "nghi", "nghi bu", "nghi le"}


class Bad(StrEnum):
    DAY = "day"
    WORKS = "works"
    TWICE = "twice"
    DOUBTFUL = "doubtful"


class Problem(NamedTuple):
    """What is wrong with a line of the file, and what it says there."""

    line: int
    kind: Bad
    said: str


class DaysRead(NamedTuple):
    """The days of a file, and its problems; if there are any, none of the days is taken."""

    days: tuple[CalendarDay, ...]
    problems: tuple[Problem, ...]


def fits(rows: Sequence[Row]) -> bool:
    """Tell whether a file is a list of days: its first two columns say so."""
    heads = [" ".join(fold(cell).split()) for cell in rows[0].cells[:2]] if rows else []
    return len(heads) == 2 and heads[0] in _DAY and heads[1] in _WORKS


def read(listed: Sequence[Row], today: date) -> DaysRead:
    """Read every line of a file that `fits`. Refuses SECRET, and EMPTY_FILE for a file without lines."""
    _, *rows = listed
    if lines := doubtful(rows):
        return DaysRead((), tuple(Problem(line, Bad.DOUBTFUL, "") for line in lines))
    if not rows:
        raise Refusal(No.EMPTY_FILE)
    days: dict[date, CalendarDay] = {}
    problems: list[Problem] = []
    for row in rows:
        said, works, note = (*row.cells, "", "", "")[:3]
        day, is_worked = read_calendar_day(said, today), _works(works)
        if day is None:
            problems.append(Problem(row.line, Bad.DAY, said))
        elif is_worked is None:
            problems.append(Problem(row.line, Bad.WORKS, works))
        elif day in days:
            problems.append(Problem(row.line, Bad.TWICE, said))
        else:
            days[day] = CalendarDay(day=day, works=is_worked, note=note)
    return DaysRead(tuple(days[day] for day in sorted(days)), tuple(problems))


def _works(said: str) -> bool | None:
    word = " ".join(fold(said).split())
    return True if word in _YES else False if word in _NO else None


async def offer(
    office: Office,
    who: Standpoint,
    place: Place,
    days: Sequence[CalendarDay],
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Keep the days of a file until they are confirmed. Refuses NOT_ALLOWED."""
    check_admin(who)
    async with step(office, update, now) as tx:
        return await drafts.lay_aside(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            kind=KIND,
            fields={"days": [one.model_dump(mode="json") for one in days]},
            at=now,
        )


def days_of(draft: Draft) -> list[CalendarDay]:
    """Return the days that `offer` kept."""
    return [CalendarDay.model_validate(one) for one in draft.fields["days"]]
