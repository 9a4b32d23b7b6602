"""Splits a message into the items of an entry, and reads each item as an order."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.actions.assigning import drafting
from bot.actions.assigning.draft import Fields, with_deadline
from bot.actions.directives import entry_cells
from bot.actions.directives.entry import Entry, Item, Source
from bot.actions.office import Office
from bot.folding import fold, nfc
from bot.language.citations.directive_head import read_head
from bot.language.names.people import Roster
from bot.language.orders import assignment
from bot.language.readings import DocumentHead
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction

_NUMBERED = re.compile(r"\s*\(?([0-9]{1,2})[.)/:]\s+(\S.*)")
_BULLET = re.compile(r"\s*[-–•*+]\s+(\S.*)")
_DROPPED = re.compile(r"(?:bo|xoa)(?: muc| dong| viec)?((?:[ ,;]+(?:va )?[0-9]{1,2})+)\W*")
_OPEN_ENDED = re.compile(r"[,;(]*\s*(?:khong co thoi han|khong thoi han|khong co han|khong han)\)?")


class Numbered(NamedTuple):
    """An item as it was written; `number` is None for an item without a number."""

    number: int | None
    text: str


def split(text: str) -> tuple[str, list[Numbered]]:
    """Return the text before a list, and the list's items; without numbers and bullets, each line is an item.

    In a list, a line without a number or bullet continues the item before it.
    """
    lines = [line.strip() for line in nfc(text).splitlines() if line.strip()]
    listed = [(_NUMBERED.fullmatch(line), _BULLET.fullmatch(line)) for line in lines]
    if not any(number or bullet for number, bullet in listed):
        return "", [Numbered(None, line) for line in lines]
    head: list[str] = []
    found: list[Numbered] = []
    for line, (number, bullet) in zip(lines, listed, strict=True):
        if number:
            found.append(Numbered(int(number[1]), number[2]))
        elif bullet:
            found.append(Numbered(None, bullet[1]))
        elif found:
            found[-1] = Numbered(found[-1].number, f"{found[-1].text} {line}")
        else:
            head.append(line)
    return " ".join(head).rstrip(": "), found


def with_head(text: str) -> tuple[str, list[Numbered]]:
    """Return the words about a document and the items below them; an unnumbered first line is no item."""
    head, found = split(text)
    if head or not found or found[0].number is not None:
        return head, found
    return found[0].text, found[1:]


def dropped(text: str) -> list[int]:
    """Return the numbers of the items that "bỏ 3" or "bỏ mục 2, 5" drops; none for other words."""
    said = _DROPPED.fullmatch(" ".join(fold(text).split()))
    return [int(number) for number in re.findall("[0-9]+", said[1])] if said else []


def head_of(office: Office, text: str, now: datetime) -> DocumentHead | None:
    """Return what a text says of a document; None if it says nothing of one, or is about other things too."""
    head = read_head(text, now, office.workdays, office.reading)
    says = head.symbol or head.issued_on or head.received_on or head.planned
    return head if says and not head.rest else None


async def read(
    tx: Transaction,
    office: Office,
    roster: Roster,
    who: Standpoint,
    entry: Entry,
    sources: Sequence[Source],
) -> list[Item]:
    """Read items as of the time they were written, counting spans of days from the document's day.

    The caller reads the `roster` before its transaction begins: code that holds a connection must not ask for
    another one.
    """
    return [await _item(tx, office, roster, who, entry, source) for source in sources]


async def _item(
    tx: Transaction,
    office: Office,
    roster: Roster,
    who: Standpoint,
    entry: Entry,
    source: Source,
) -> Item:
    settings = replace(office.reading, counted_from=entry.counted_from)
    if source.cells:
        return await entry_cells.item(tx, office, roster, who, source, settings)
    text, is_open = _without_open_ended(source.text)
    reading = assignment.read(
        text,
        roster,
        source.at,
        office.workdays,
        settings,
        speaker=who.person_id,
        is_order=True,
    )
    fields = await drafting.fields_read(tx, who, replace(reading, text=source.text), source.at)
    return Item(source=source, fields=_open(fields) if is_open else fields)


def _without_open_ended(text: str) -> tuple[str, bool]:
    """Return a line without "không thời hạn", and whether it was there."""
    text = nfc(text)
    said = _OPEN_ENDED.search(fold(text))
    return (text[: said.start()] + text[said.end() :], True) if said else (text, False)


def _open(fields: Fields) -> Fields:
    missing = fields.late_from is None and fields.deadline_why is None
    return with_deadline(fields, None) if missing else fields
