"""Several tasks in one message: a list with one task a line, or parts separated by ";" (R14)."""

import re
from dataclasses import replace
from datetime import datetime

from bot.folding import nfc
from bot.language.names.people import Roster, has_lead
from bot.language.orders.assignment import read
from bot.language.readings import (
    DEFAULTS,
    Kind,
    Mentions,
    Reading,
    ReadingSettings,
    Urgency,
    Why,
)
from bot.rules.workdays import Workdays

MOST_TASKS = 20
"""How many tasks one message may assign. One more is read, so that the caller notices the excess."""
_ITEM = re.compile(r"[ \t]*(?:[-–•*+]|\(?[0-9]{1,2}[.)/]|[a-zđ]\))[ \t]+")
_SHORTEST = 8
_MOST_CLAUSES = 4


def read_all(
    text: str,
    roster: Roster,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
    *,
    speaker: int | None = None,
    mentions: Mentions | None = None,
) -> tuple[Reading, ...]:
    """Read every task of a message. Tasks without people or a deadline take those of the head line.

    Without a head line, the lead of the first task also leads the tasks without one; its deadline is its own.
    Spans point into each reading's own `text`. A message with one task gives one reading.
    """
    head, parts = _parts(nfc(text))
    context = (roster, reference, workdays, settings)
    if len(parts) < 2:
        whole = read(text, *context, speaker=speaker, mentions=mentions)
        return _in_turn(whole, context, speaker) or (whole,)
    readings = [read(part, *context, speaker=speaker) for part in parts]
    first = read(head, *context, speaker=speaker) if head else None
    if not head and not all(_is_task(reading) for reading in readings):
        return (read(text, *context, speaker=speaker, mentions=mentions),)
    above = first or replace(readings[0], deadline=None, recurrence=None, unsure=())
    return tuple(filled(reading, above) for reading in readings if reading.text.strip())


def _in_turn(
    whole: Reading, context: tuple[Roster, datetime, Workdays, ReadingSettings], speaker: int | None
) -> tuple[Reading, ...]:
    """Read "Thứ 2 Trầm nộp đề cương, thứ 3 Mẫn tổng hợp" as two tasks: each has its own lead and day.

    Empty if the message is one task.
    """
    clauses = [one.strip() for one in whole.text.split(",")]
    if whole.kind is not Kind.ASSIGNMENT or not 1 < len(clauses) <= _MOST_CLAUSES:
        return ()
    readings = tuple(read(one, *context, speaker=speaker) for one in clauses)
    led_by = {(one.people, one.units) for one in readings if _is_dated_task(one)}
    return readings if len(led_by) == len(readings) else ()


def _is_dated_task(reading: Reading) -> bool:
    """Tell whether a clause is a task with a day and a doer: "thứ 3 Mẫn tổng hợp", not "thứ 3 báo cáo anh Thuyên"."""
    dated = reading.deadline or any(one.why is Why.SAME_WEEKDAY for one in reading.unsure)
    if not (dated and reading.people and _is_task(reading)):
        return False
    return reading.title.split()[-1] in reading.text[reading.people[0].span[1] :]


def _parts(text: str) -> tuple[str, list[str]]:
    """Return the head line and the items of a list; without a list, no head and the parts separated by ";"."""
    lines = [line for line in text.splitlines() if line.strip()]
    items = [
        (place, match.end()) for place, line in enumerate(lines) if (match := _ITEM.match(line))
    ]
    if len(items) >= 2:
        head = " ".join(lines[: items[0][0]]).strip().rstrip(":")
        return head, [lines[place][end:] for place, end in items[: MOST_TASKS + 1]]
    pieces = [piece.strip() for piece in text.split(";")]
    return "", [piece for piece in pieces if len(piece) >= _SHORTEST][: MOST_TASKS + 1]


def _is_task(reading: Reading) -> bool:
    """Tell whether a part is a task of its own: it says what, and who or by when."""
    leads = has_lead(reading.people, reading.units)
    return (
        reading.kind is Kind.ASSIGNMENT
        and bool(reading.title)
        and (leads or reading.deadline is not None)
    )


def filled(reading: Reading, head: Reading) -> Reading:
    """Give a part the lead and the deadline of the head line if it has none of its own."""
    own = has_lead(reading.people, reading.units)
    said = reading.deadline or any(one.field == "deadline" for one in reading.unsure)
    from_head = () if said else tuple(one for one in head.unsure if one.field == "deadline")
    return replace(
        reading,
        kind=Kind.ASSIGNMENT,
        people=reading.people if own else (*head.people, *reading.people),
        units=reading.units if own else (*head.units, *reading.units),
        deadline=reading.deadline if said else head.deadline,
        recurrence=reading.recurrence or (None if said else head.recurrence),
        urgency=max(reading.urgency, head.urgency, key=list(Urgency).index),
        unsure=(*reading.unsure, *from_head),
    )
