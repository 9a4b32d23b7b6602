"""A calendar read again: by RFC 5545 to the letter, by the library that wrote it, and by another."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from bot.renderers.calendar import Entry, ics
from bot.rules.workdays import OFFICE_ZONE

DUE = datetime(2026, 12, 11, 10, tzinfo=UTC)
TITLE = "Việc 12: Soạn tờ trình; ngã, nghiêng và những dấu thanh khó gập dòng nhất của tiếng Việt"
SAID = "Chủ trì: Mạc Thiên Ân\nNgười giao: Trịnh Quang Lĩnh\nĐường dẫn: C:\\việc"
NAME = "Lịch việc · Văn phòng Đảng ủy"


def entry(**known: Any) -> Entry:
    usual = Entry(
        uid="viec-12@7.dondoc",
        at=DUE,
        title=TITLE,
        description=SAID,
        url="https://t.me/dondoc_bot",
        revision=3,
        changed_at=datetime(2026, 12, 7, 2, tzinfo=UTC),
    )
    return replace(usual, **known)


def lines(content: bytes) -> list[str]:
    """Return the lines put together again, each of which was written as RFC 5545 (3.1) wants it."""
    assert content.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    written = content.split(b"\r\n")[:-1]
    assert max(len(line) for line in written) <= 75
    for line in written:
        line.decode()  # a line never ends within a letter
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_every_line_is_as_the_standard_wants_it() -> None:
    read = lines(ics(NAME, OFFICE_ZONE, [entry(), entry(uid="viec-13@7.dondoc", title="Ngắn")]))
    opened: list[str] = []
    for line in read:
        assert re.match(r"[A-Z-]+[;:]", line)
        if line.startswith("BEGIN:"):
            opened.append(line[6:])
        elif line.startswith("END:"):
            assert opened.pop() == line[4:]
    assert (opened, read[:2]) == ([], ["BEGIN:VCALENDAR", "VERSION:2.0"])
    assert [line for line in read if line.startswith("BEGIN:")] == [
        f"BEGIN:{one}" for one in ("VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT", "VEVENT")
    ]
    assert r"SUMMARY:Việc 12: Soạn tờ trình\; ngã\, nghiêng" in "\n".join(read)
    for needed in (
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20261211T170000",
        "TZID:Asia/Ho_Chi_Minh",
        "TZOFFSETTO:+0700",
        "DTSTAMP:20261207T020000Z",
        "LAST-MODIFIED:20261207T020000Z",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        f"X-WR-CALNAME:{NAME}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ):
        assert needed in read


def test_it_is_read_again_by_the_library_and_by_another_reader() -> None:
    content = ics(NAME, OFFICE_ZONE, [entry(), entry(uid="b", is_certain=False)])
    certain, uncertain = Calendar.from_ical(content).events
    assert (certain["SUMMARY"], certain["DESCRIPTION"]) == (TITLE, SAID)
    assert certain.start == DUE
    assert (certain["UID"], certain["SEQUENCE"]) == ("viec-12@7.dondoc", 3)
    assert (certain["STATUS"], uncertain["STATUS"]) == ("CONFIRMED", "TENTATIVE")

    other, _ = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert (other.summary, other.description, other.uid) == (TITLE, SAID, "viec-12@7.dondoc")
    assert isinstance(other.dtstart, datetime)
    assert other.dtstart.astimezone(UTC) == DUE
    assert other.sequence == 3


def test_a_moved_deadline_moves_the_entry_that_is_there() -> None:
    before = Calendar.from_ical(ics(NAME, OFFICE_ZONE, [entry()])).events[0]
    later = entry(at=DUE + timedelta(days=3), revision=4)
    after = Calendar.from_ical(ics(NAME, OFFICE_ZONE, [later])).events[0]
    assert before["UID"] == after["UID"]
    assert before.sequence < after.sequence
    assert after.start - before.start == timedelta(days=3)


def test_the_same_entries_are_the_same_bytes() -> None:
    assert ics(NAME, OFFICE_ZONE, [entry()]) == ics(NAME, OFFICE_ZONE, [entry()])


def test_a_calendar_without_entries_is_one() -> None:
    assert Calendar.from_ical(ics(NAME, OFFICE_ZONE, [])).events == []


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=120))
def test_any_title_is_kept_or_made_fit(title: str) -> None:
    content = ics(NAME, OFFICE_ZONE, [entry(title=title)])
    lines(content)
    kept = str(Calendar.from_ical(content).events[0]["SUMMARY"])
    assert kept == re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", title)
