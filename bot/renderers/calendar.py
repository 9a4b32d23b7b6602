"""A calendar as a file (RFC 5545), which any phone can read and any calendar can subscribe to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDuration

REFRESH = timedelta(hours=1)
"""How often a subscribed calendar is asked to fetch again; Google's calendar decides for itself."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Entry:
    """An entry at one moment. With the same `uid` and a higher `revision` it replaces the earlier entry."""

    uid: str
    at: datetime
    title: str
    description: str
    url: str
    revision: int
    changed_at: datetime
    is_certain: bool = True


def ics(name: str, zone: ZoneInfo, entries: Sequence[Entry]) -> bytes:
    """Return a calendar; the same entries give the same bytes, whenever it is made."""
    calendar = Calendar()
    calendar.add("prodid", "-//Don Doc//dondoc//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.calendar_name = name
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    if entries:
        calendar.add_component(_timezone(zone, min(one.at.year for one in entries)))
    for entry in entries:
        calendar.add_component(_event(entry, zone))
    return bytes(calendar.to_ical())


@cache
def _timezone(zone: ZoneInfo, year: int) -> Timezone:
    """Return a zone's definition from a year on; cached."""
    return Timezone.from_tzinfo(zone, first_date=date(year, 1, 1))


def _event(entry: Entry, zone: ZoneInfo) -> Event:
    """Return an event without length, busy time or alarm: the bot does the reminding."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.at.astimezone(zone))
    event.add("summary", _CONTROL.sub(" ", entry.title))
    event.add("description", _CONTROL.sub(" ", entry.description))
    event.add("url", entry.url)
    event.add("status", "CONFIRMED" if entry.is_certain else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
