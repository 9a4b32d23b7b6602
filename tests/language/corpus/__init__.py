"""Whole sentences as officials write them, each with what it means.

One file per way of writing. Columns, with tabs between: the sentence; the deadline; people and
units; the rest as key=value with ";" between. A line "@2026-11-25 09:15" sets the moment of the
sentences after it. A deadline is "12-11" (2026, 17:00), "12-11 16:00" or "27-01-05"; "-" is none,
"?" is a deadline that must be asked about. People go by their given names, units by the codes of
`tests.language.office`, with their part: none for lead, "+" support, "~" follow, ">" report to.
"*" is not checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.language.names.people import Roster
from bot.language.orders.assignment import read
from bot.language.readings import Part, Reading
from tests.language.office import SPEAKER, WORKDAYS, unit_code

STYLES = ("accented", "unaccented", "abbreviated", "distracting", "nothing")
LEARNT_FROM = ("added", "practice", "harmless", "kinds", "classes", "voices", "amiss", "hours")
"""Sentences found and put right while reading was widened, so no measure of accuracy.

"harmless" has dates and numbers that are no deadline, "kinds" questions, reports and talk, "classes" one or two
of each class of slips that sentences made by rule brought to light, "voices" what many speakers would say, "amiss"
sentences of the others with marks lost in part, letters amiss, or a sentence about other things before or after, "hours" hours
of the work beside hours of meetings, corrections of the hour or of the day alone, and what is put off."""
_SIGNS = {Part.LEAD: "", Part.SUPPORT: "+", Part.FOLLOW: "~", Part.REPORT_TO: ">"}


@dataclass(frozen=True)
class Row:
    style: str
    line: int
    text: str
    reference: datetime
    deadline: str
    who: str
    rest: dict[str, str]


def rows(style: str) -> Iterator[Row]:
    """Give the sentences of one file."""
    reference = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)
    path = Path(__file__).parent / f"{style}.tsv"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@2"):
            reference = datetime.fromisoformat(line[1:]).replace(tzinfo=WORKDAYS.timezone)
            continue
        text, deadline, who, rest = line.split("\t")
        facts = dict(fact.split("=", 1) for fact in rest.split(";") if fact)
        yield Row(style, number, text, reference, deadline, who, facts)


def read_row(row: Row, roster: Roster) -> Reading:
    """Read a row's sentence as the demo office would."""
    speaker = next(one.key for one in roster.people if one.name == SPEAKER)
    return read(row.text, roster, row.reference, WORKDAYS, speaker=speaker)


def due(row: Row) -> datetime:
    """Return the moment a row expects, in the office's zone."""
    day, _, clock = row.deadline.partition(" ")
    year = "" if day.count("-") == 2 else "26-"
    moment = datetime.fromisoformat(f"20{year}{day} {clock or '17:00'}")
    return moment.replace(tzinfo=WORKDAYS.timezone)


def asked(reading: Reading) -> bool:
    """Tell whether the deadline is to be asked about."""
    return any(one.field == "deadline" for one in reading.unsure)


def mistakes(row: Row, reading: Reading, roster: Roster) -> dict[str, str]:
    """Return what was read wrongly, field by field, as "expected, got"."""
    got = {
        "deadline": _deadline_mistake(row, reading),
        "who": None
        if row.who == "*"
        else _differs(" ".join(sorted(row.who.split())), _who(reading, roster)),
        "kind": _differs(row.rest.get("kind", "assignment"), str(reading.kind)),
        "urgency": _differs(row.rest.get("urg", "normal"), str(reading.urgency)),
        "documents": _differs(
            row.rest.get("doc", ""), " ".join(d.symbol for d in reading.documents)
        ),
        "product": _given(row, "prod", reading.product.name if reading.product else ""),
        "title": _given(row, "title", reading.title),
        "recurrence": _recurrence_mistake(row, reading),
    }
    return {field: mistake for field, mistake in got.items() if mistake}


def _differs(expected: str, got: str) -> str | None:
    return None if expected == got else f"expected {expected!r}, got {got!r}"


def _given(row: Row, key: str, got: str) -> str | None:
    return _differs(row.rest[key], got) if key in row.rest else None


def _recurrence_mistake(row: Row, reading: Reading) -> str | None:
    expected = row.rest.get("rr", "").replace(" ", ";")
    return _differs(expected, reading.recurrence or "")


def _deadline_mistake(row: Row, reading: Reading) -> str | None:
    got = reading.deadline and WORKDAYS.local(reading.deadline.due_at)
    sure = got is not None and not asked(reading)
    shown = (
        f"{got:%y-%m-%d %H:%M}{'' if sure else ' ?'}" if got else ("?" if asked(reading) else "-")
    )
    if row.deadline == "*":
        return None
    if row.deadline == "-":
        return None if got is None and not asked(reading) else f"expected none, got {shown}"
    if row.deadline == "?":
        return None if asked(reading) else f"expected to ask, got {shown}"
    return None if sure and got == due(row) else f"expected {due(row):%y-%m-%d %H:%M}, got {shown}"


def _who(reading: Reading, roster: Roster) -> str:
    people = [f"{one.name.split()[-1]}{_SIGNS[one.part]}" for one in reading.people]
    units = [f"{unit_code(roster, one.key)}{_SIGNS[one.part]}" for one in reading.units]
    return " ".join(sorted(people + units))
