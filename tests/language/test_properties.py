"""What holds for every text, whatever is in it."""

import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.folding import fold
from bot.language.deadline.deadlines import read_deadline
from bot.language.names.people import read_people
from bot.language.orders.assignment import read
from bot.language.orders.directives import read_all
from bot.language.orders.progress import read_progress
from bot.language.readings import Reading, Why
from bot.rules.secrecy import secret_mark
from tests.language.corpus import STYLES, due, mistakes, read_row, rows
from tests.language.office import WORKDAYS, demo_office

ROSTER = demo_office()
ALL = [row for style in STYLES for row in rows(style)]
PIECES = sorted({word for row in ALL for word in row.text.split()})
OLD_PLACES = {
    "hòa": "hoà",
    "ủy": "uỷ",
    "Hòa": "Hoà",
    "Ủy": "Uỷ",
    "thủy": "thuỷ",
    "óa": "oá",
    "úy": "uý",
}

texts = st.text(max_size=200)
soups = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map(" ".join)
moments = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)
)


def told(reading: Reading) -> tuple[object, ...]:
    """Return what was read, without the words and places it was read from."""
    deadline = reading.deadline
    return (
        reading.kind,
        deadline and (deadline.due_at, deadline.late_from, deadline.has_clock),
        reading.recurrence,
        [(one.key, one.part) for one in reading.people],
        [(one.key, one.part) for one in reading.units],
        reading.urgency,
        reading.product and reading.product.name,
        [(one.field, one.why, len(one.choices)) for one in reading.unsure],
    )


@settings(max_examples=300, deadline=None)
@given(text=texts | soups, reference=moments)
def test_reading_is_total(text: str, reference: datetime) -> None:
    reading = read(text, ROSTER, reference, WORKDAYS, speaker=6)
    assert reading.text == unicodedata.normalize("NFC", text)
    for one in read_all(text, ROSTER, reference, WORKDAYS):
        assert one.title == one.title.strip()
    read_deadline(text, reference, WORKDAYS)
    read_people(text, ROSTER, speaker=6)
    read_progress(text)
    secret_mark(text)


@settings(max_examples=300, deadline=None)
@given(text=soups, reference=moments)
def test_no_moment_before_the_reference_without_saying_so(text: str, reference: datetime) -> None:
    reading = read(text, ROSTER, reference, WORKDAYS)
    if reading.deadline and reading.deadline.due_at <= reference:
        assert any(one.why in {Why.PAST, Why.FAR} for one in reading.unsure)


@settings(max_examples=200, deadline=None)
@given(text=soups, reference=moments)
def test_spans_point_at_words_of_the_text(text: str, reference: datetime) -> None:
    reading = read(text, ROSTER, reference, WORKDAYS)
    spans = [one.span for one in reading.people] + [one.span for one in reading.units]
    spans += [one.span for one in reading.documents]
    spans += [reading.deadline.span] if reading.deadline else []
    for start, end in spans:
        assert 0 <= start < end <= len(reading.text)
    if reading.deadline:
        start, end = reading.deadline.span
        assert reading.deadline.words == reading.text[start:end]


def read_otherwise(style: str, write: Callable[[str], str]) -> list[tuple[int, str]]:
    """Return the lines that are read otherwise when they are written in another way."""
    return [
        (row.line, row.text)
        for row in rows(style)
        if told(read(write(row.text), ROSTER, row.reference, WORKDAYS))
        != told(read(row.text, ROSTER, row.reference, WORKDAYS))
    ]


def in_old_places(text: str) -> str:
    for new_place, old_place in OLD_PLACES.items():
        text = text.replace(new_place, old_place)
    return text


@pytest.mark.parametrize("style", STYLES)
def test_composed_and_decomposed_letters_read_alike(style: str) -> None:
    assert read_otherwise(style, lambda text: unicodedata.normalize("NFD", text)) == []


@pytest.mark.parametrize("style", STYLES)
def test_old_and_new_places_of_tone_marks_read_alike(style: str) -> None:
    assert read_otherwise(style, in_old_places) == []


def test_a_deadline_reads_alike_without_marks() -> None:
    sure = [row for row in ALL if row.style == "accented" and len(row.deadline) > 1]
    for row in sure:
        folded = read(fold(row.text), ROSTER, row.reference, WORKDAYS)
        assert folded.deadline is not None, row
        assert WORKDAYS.local(folded.deadline.due_at) == due(row), row


def test_capitals_do_not_change_when() -> None:
    for row in ALL[::7]:
        shouted = read_row(replace(row, text=row.text.upper()), ROSTER)
        found = mistakes(row, shouted, ROSTER)
        assert "deadline" not in found or row.deadline in {"-", "?"}, row


NASTY = (
    "trước đến hết chậm nhất trong ",
    "1/1/1/1-1.1:1",
    "thứ Sáu, thứ Sáu (",
    "tháng 1, tháng 2 và ",
    "chị Uyên, anh Khiêm và @giakhiem ",
    "12-TB/TU/12-TB/",
    "thôi mai mốt ",
    "và là thì ",
    "Giao cho ",
    "a",
    "((((",
    "mười hai ba ",
    "\u0301",
)


@pytest.mark.parametrize("piece", NASTY)
def test_the_cost_is_linear_in_the_length(piece: str) -> None:
    text = piece * (4096 // len(piece))
    short, long = (_lines_run(text[:length]) for length in (1024, 4096))
    assert long < 4 * short * 1.3


def _lines_run(text: str) -> int:
    """Count the lines of the reader's code that are run for a text, whatever the machine is doing."""
    read(text[:64], ROSTER, ALL[0].reference, WORKDAYS)  # what is made once is not counted
    lines = 0

    def count(frame: FrameType, event: str, _: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read(text, ROSTER, ALL[0].reference, WORKDAYS)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("piece", ["và ", "giao ", "1/1 ", "mai ", ";"])
def test_a_text_of_any_length_is_read(piece: str) -> None:
    assert read_all(piece * 20_000, ROSTER, ALL[0].reference, WORKDAYS)
