"""The output of `dondoc understand`: one sentence as a table for people, or JSON lines for programs."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.language.names.people import Roster, RosterPerson, RosterUnit
from bot.language.orders.assignment import read
from bot.language.readings import (
    DEFAULTS,
    Choice,
    DeadlineReading,
    Kind,
    Reading,
    ReadingSettings,
    Span,
)
from bot.rules.workdays import Workdays

_NOT_READ = (
    "Câu này có dấu hiệu bí mật nhà nước nên không được đọc và không được lưu. Đồng chí vui lòng xử lý "
    "theo quy định về bảo vệ bí mật nhà nước."
)
_YEARS = range(1900, 2200)
"""The years accepted in `reference`: their calendar, also the lunar one, is known far beyond both ends."""
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_KINDS = {"assignment": "giao việc", "question": "câu hỏi", "report": "báo cáo", "other": "khác"}
_PARTS = {
    "lead": "chủ trì",
    "support": "phối hợp",
    "follow": "theo dõi",
    "report_to": "báo cáo cho",
}
_URGENCY = {"normal": "thường", "khan": "Khẩn", "thuong_khan": "Thượng khẩn", "hoa_toc": "Hỏa tốc"}
_FIELDS = {"deadline": "hạn", "people": "người", "units": "đơn vị", "kind": "loại câu"}
_COLOURS = {
    "deadline": "red",
    "people": "cyan",
    "units": "green",
    "urgency": "magenta",
    "documents": "blue",
    "product": "yellow",
}


class Office(NamedTuple):
    """The roster and the calendar used for reading sentences.

    `gate` is called before a text is read: it returns the mark of secrecy of the text, or None.
    """

    roster: Roster
    workdays: Workdays
    gate: Callable[[str], str | None]
    settings: ReadingSettings = DEFAULTS


def understand_sentence(text: str, office: Office, reference: datetime) -> RenderableType:
    """Return the reading as a small table under the sentence, with the words of each field underlined.

    A sentence marked as a state secret is not read; a polite sentence says so instead.
    """
    if office.gate(text):
        return Text(_NOT_READ)
    reading = read(text, office.roster, reference, office.workdays, office.settings)
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, field, value in _rows(reading, office.workdays.timezone):
        table.add_row(Text(name, style=_COLOURS.get(field, "")), value)
    return Group(_underlined(reading), table)


def understand_lines(lines: Iterable[str], office: Office, reference: datetime) -> Iterator[str]:
    """Read JSON lines, each with a `text`, and yield one JSON object for each line, in order.

    `reference` is used for lines without their own. A `roster` on a line replaces the office's roster. A
    line that is not such an object, also an empty line, yields `{"error": ...}` in its place.
    """
    rosters: dict[str, Roster] = {}
    for line in lines:
        yield _as_line(_answer(line, office, reference, rosters))


def _as_line(answer: dict[str, Any]) -> str:
    """Return the answer as JSON with plain letters. If it has half a surrogate pair (\\ud800), escape all letters."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return line


def _answer(
    line: str, office: Office, reference: datetime, rosters: dict[str, Roster]
) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        text = asked["text"]
        if not isinstance(text, str):
            return {"error": "text: a string is expected"}
        mark = office.gate(text)
        if mark:
            return {"error": f"text: marked {mark}, so not read"}
        moment = _moment(asked.get("reference"), reference, office.workdays.timezone)
        roster = _roster(asked.get("roster"), office.roster, rosters)
        speaker = _speaker(asked.get("speaker"), roster)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        return {"error": f"{type(wrong).__name__}: {wrong}"}
    reading = read(text, roster, moment, office.workdays, office.settings, speaker=speaker)
    return as_json(reading, office.workdays.timezone)


def _moment(said: str | None, reference: datetime, zone: ZoneInfo) -> datetime:
    if said is None:
        return reference
    moment = datetime.fromisoformat(said)
    if moment.year not in _YEARS:
        raise ValueError(f"reference: a year from {_YEARS[0]} to {_YEARS[-1]} is expected")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _roster(
    people: list[Mapping[str, str | None]] | None, office: Roster, known: dict[str, Roster]
) -> Roster:
    """Return the roster that a line gives, or the office's. Its units are those of its people."""
    if people is None:
        return office
    key = json.dumps(people, sort_keys=True)
    if key not in known:
        names = dict.fromkeys(person.get("unit") or "" for person in people)
        units = {name: RosterUnit(n, name) for n, name in enumerate(names, 1) if name}
        known[key] = Roster(
            tuple(_person(n, person, units) for n, person in enumerate(people, 1)),
            tuple(units.values()),
        )
    return known[key]


def _person(
    key: int, person: Mapping[str, str | None], units: Mapping[str, RosterUnit]
) -> RosterPerson:
    if not all(value is None or isinstance(value, str) for value in person.values()):
        raise TypeError("roster: strings are expected")
    name = person["name"]
    if not name:
        raise ValueError("roster: a name is expected")
    unit = person.get("unit") or ""
    return RosterPerson(
        key,
        name,
        person.get("position") or "",
        unit,
        person.get("username"),
        unit_key=units[unit].key if unit else None,
    )


def _speaker(name: str | None, roster: Roster) -> int | None:
    if name is None:
        return None
    return next((one.key for one in roster.people if name in (one.name, one.username)), None)


def as_json(reading: Reading, zone: ZoneInfo) -> dict[str, Any]:
    """Return the reading as the command outputs it, with moments in the office's zone."""
    return {
        "kind": reading.kind.value,
        "title": reading.title,
        "deadline": _iso(reading.deadline, zone) if reading.deadline else None,
        "recurrence": reading.recurrence,
        "people": [{"name": one.name, "part": one.part.value} for one in reading.people],
        "units": [{"name": one.name, "part": one.part.value} for one in reading.units],
        "urgency": reading.urgency.value,
        "documents": [one.symbol for one in reading.documents],
        "product": reading.product.name if reading.product else None,
        "unsure": [
            {
                "field": one.field,
                "why": one.why.value,
                "choices": [_choice(choice, zone) for choice in one.choices],
            }
            for one in reading.unsure
        ],
    }


def _iso(deadline: DeadlineReading, zone: ZoneInfo) -> str:
    return deadline.due_at.astimezone(zone).isoformat()


def _choice(choice: Choice, zone: ZoneInfo) -> str:
    if isinstance(choice, DeadlineReading):
        return _iso(choice, zone)
    return choice.value if isinstance(choice, Kind) else choice.name


def _spoken(deadline: DeadlineReading, zone: ZoneInfo) -> str:
    due = deadline.due_at.astimezone(zone)
    return f"{_WEEKDAYS[due.weekday()]}, {due:%d/%m/%Y %H:%M}"


def _rows(reading: Reading, zone: ZoneInfo) -> Iterator[tuple[str, str, str]]:
    yield "Loại câu", "kind", _KINDS[reading.kind.value]
    yield "Việc", "title", reading.title
    if reading.deadline:
        yield "Hạn", "deadline", _spoken(reading.deadline, zone)
    if reading.recurrence:
        yield "Lặp lại", "deadline", reading.recurrence
    for person in reading.people:
        yield "Người", "people", f"{person.name} ({_PARTS[person.part.value]})"
    for unit in reading.units:
        yield "Đơn vị", "units", f"{unit.name} ({_PARTS[unit.part.value]})"
    yield "Độ khẩn", "urgency", _URGENCY[reading.urgency.value]
    for document in reading.documents:
        yield "Văn bản", "documents", document.symbol
    if reading.product:
        yield "Sản phẩm", "product", reading.product.name
    for doubt in reading.unsure:
        shown = "; ".join(
            _spoken(one, zone) if isinstance(one, DeadlineReading) else _choice(one, zone)
            for one in doubt.choices
        )
        yield "Cần hỏi", doubt.field, f"{_FIELDS[doubt.field]} ({doubt.why.value}): {shown}"


def _underlined(reading: Reading) -> Text:
    text = Text(reading.text)
    for field, span in _spans(reading):
        text.stylize(f"underline {_COLOURS[field]}", *span)
    return text


def _spans(reading: Reading) -> Iterator[tuple[str, Span]]:
    if reading.deadline:
        yield "deadline", reading.deadline.span
    yield from (("people", one.span) for one in reading.people)
    yield from (("units", one.span) for one in reading.units)
    yield from (("documents", one.span) for one in reading.documents)
    if reading.urgency_span:
        yield "urgency", reading.urgency_span
    if reading.product:
        yield "product", reading.product.span
    yield from (
        (doubt.field, doubt.span)
        for doubt in reading.unsure
        if doubt.span and doubt.field in _COLOURS
    )
