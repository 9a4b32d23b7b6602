"""Who is in the office, where and as what."""

from datetime import datetime
from enum import StrEnum

from pydantic import Json

from storage.records.record import Record


class Role(StrEnum):
    ADMIN = "admin"
    LEADER = "leader"
    HEAD = "head"
    STAFF = "staff"


class Reach(StrEnum):
    """Whether the bot can write to a person."""

    NEVER_STARTED = "never_started"
    REACHABLE = "reachable"
    BLOCKED = "blocked"


class Unit(Record):
    id: int
    parent_id: int | None
    name: str
    folded: str
    short_names: Json[tuple[str, ...]]
    former_names: Json[tuple[str, ...]] = ()
    headcount: int | None = None
    """How many posts were granted (biên chế); None where nobody said."""
    outside: bool = False
    created_at: datetime
    ended_at: datetime | None = None


class Person(Record):
    id: int
    name: str
    folded: str
    position: str
    username: str | None
    aliases: Json[tuple[str, ...]]
    telegram_id: int | None
    reach: Reach
    created_at: datetime
    told_at: datetime | None
    ended_at: datetime | None
    brief: bool = False
    """They are told numbers and dates alone, and the rest when they ask."""
    pseudonym_at: datetime | None = None
    """Since when the name is a pseudonym, after they left; None while it is their own."""


class Post(Record):
    """A role in a unit; without a unit it is held in the whole office."""

    role: Role
    unit_id: int | None


class Member(Person):
    """A person with the posts held now and the units they are in charge of."""

    roles: tuple[Post, ...]
    charges: tuple[int, ...]

    @property
    def unit_id(self) -> int | None:
        """The unit they work in: that of the first post not held in the whole office."""
        return next((post.unit_id for post in self.roles if post.unit_id is not None), None)


class LeaderGroup(Record):
    """Leaders who decide together ("Thường trực"); `members` in the order they were named."""

    id: int
    name: str
    folded: str
    members: tuple[int, ...]


class CalendarLink(Record):
    """The private link to the calendar of somebody's deadlines, by its hash; a person has one at most."""

    id: int
    person_id: int
    made_at: datetime
    ended_at: datetime | None


class Invitation(Record):
    """A one-time link, by its hash; one that was taken back has expired."""

    id: int
    person_id: int
    created_by: int | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
