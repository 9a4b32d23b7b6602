"""Reads one task of a list in a file: each cell by the meaning of its column."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.actions.assigning import drafting
from bot.actions.assigning.draft import Fields, with_deadline
from bot.actions.directives.entry import Item, Source
from bot.actions.office import Office
from bot.folding import fold
from bot.language.deadline import deadlines
from bot.language.moments.due import DeadlineFound
from bot.language.names.people import PeopleFound, Roster, read_people
from bot.language.orders.products import find_product
from bot.language.orders.urgency import find_urgency
from bot.language.readings import Kind, Part, Reading, ReadingSettings
from bot.language.text.words import words_of
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction

TITLE, LEAD, SUPPORT, FOLLOW, DUE = "noi dung", "chu tri", "phoi hop", "theo doi", "han"
PRODUCT, URGENCY, RECEIVER, DECIDER = "san pham", "do khan", "noi nhan", "cap quyet"
COLUMNS = (TITLE, LEAD, SUPPORT, FOLLOW, DUE, PRODUCT, URGENCY, RECEIVER, DECIDER)
_PARTS = {LEAD: Part.LEAD, SUPPORT: Part.SUPPORT, FOLLOW: Part.FOLLOW}
_OPEN_ENDED = {"khong", "khong thoi han", "khong han", "khong co"}
_OTHER = "Khác"


async def item(
    tx: Transaction,
    office: Office,
    roster: Roster,
    who: Standpoint,
    source: Source,
    settings: ReadingSettings,
) -> Item:
    """Read a row; a cell from which nothing is read is kept as unread."""
    cells = dict(source.cells)
    people = _people(cells, roster, who.person_id)
    due = _due(cells.get(DUE, ""), source.at, office, settings)
    decider = read_people(cells.get(DECIDER, ""), roster, who.person_id)
    found = {name: bool(part.people or part.units) for name, part in people.items()}
    found |= {DUE: bool(due.deadline or due.unsure) or _is_open_ended(cells)}
    found |= {DECIDER: len(decider.people) == 1 and not decider.unsure}
    unread = [(name, cells[name]) for name, was in found.items() if cells.get(name) and not was]
    fields = await drafting.fields_read(tx, who, _reading(source, cells, people, due), source.at)
    return Item(
        source=source,
        fields=_with_the_rest(fields, cells, decider),
        unread=tuple(unread),
    )


def _people(cells: Mapping[str, str], roster: Roster, speaker: int) -> dict[str, PeopleFound]:
    """Return who is named in each column of people, with the part that the column gives."""
    found = {}
    for name, part in _PARTS.items():
        read = read_people(cells.get(name, ""), roster, speaker)
        people, units = read.people, read.units
        if name is not LEAD:
            people = tuple(replace(one, part=part) for one in people)
            units = tuple(replace(one, part=part) for one in units)
        found[name] = PeopleFound(people, units, read.unsure)
    return found


def _reading(
    source: Source, cells: Mapping[str, str], people: Mapping[str, PeopleFound], due: DeadlineFound
) -> Reading:
    urgency, _ = find_urgency(words_of(cells.get(URGENCY, "")))
    doubts = [doubt for part in people.values() for doubt in part.unsure]
    return Reading(
        text=source.text,
        kind=Kind.ASSIGNMENT,
        title=cells.get(TITLE, ""),
        deadline=due.deadline,
        people=tuple(one for part in people.values() for one in part.people),
        units=tuple(one for part in people.values() for one in part.units),
        urgency=urgency,
        unsure=(*doubts, *([due.unsure] if due.unsure else [])),
    )


def _due(cell: str, now: datetime, office: Office, settings: ReadingSettings) -> DeadlineFound:
    """Read a deadline; a day that the spreadsheet program stored as a date comes in ISO."""
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?: 00:00:00)?", cell)
    if iso:
        cell = "/".join(reversed(iso.groups()))
    return deadlines.read_deadline(cell, now, office.workdays, settings)


def _is_open_ended(cells: Mapping[str, str]) -> bool:
    return " ".join(fold(cells.get(DUE, "")).split()) in _OPEN_ENDED


def _with_the_rest(fields: Fields, cells: Mapping[str, str], decider: PeopleFound) -> Fields:
    said = cells.get(PRODUCT, "")
    product = find_product(words_of(said), frozenset())
    changed = fields.model_copy(
        update={
            "product": product.name if product else _OTHER if said else None,
            "receiver": cells.get(RECEIVER) or None,
            "decider_id": decider.people[0].key if decider.people else None,
        }
    )
    return with_deadline(changed, None) if _is_open_ended(cells) else changed
