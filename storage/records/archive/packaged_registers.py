"""What the tasks of a package of the archive point to, and what the package says of itself."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from storage.records.archive.packaged import PackagedEvent
from storage.records.archive.packaged_values import (
    MOST,
    Count,
    Day,
    Facts,
    Id,
    Moment,
    Names,
    Packaged,
    Sha256,
    Version,
)

Rule = Annotated[
    str,
    Field(
        pattern=r"\AFREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)"
        r"(;(INTERVAL=[0-9]{1,6}|BY(DAY|MONTHDAY|MONTH|SETPOS)=[-0-9A-Z,]{1,99}|UNTIL=[0-9TZ]{8,16}))*\z"
    ),
]


class PackagedPerson(Packaged):
    id: Id
    name: str
    folded: str
    position: str
    created_at: Moment
    ended_at: Moment | None


class PackagedUnit(Packaged):
    id: Id
    parent_id: Id | None
    name: str
    folded: str
    short_names: Names
    former_names: Names
    headcount: Count | None
    outside: bool
    created_at: Moment
    ended_at: Moment | None


class PackagedGroup(Packaged):
    id: Id
    name: str
    folded: str
    created_at: Moment
    ended_at: Moment | None


class PackagedDocument(Packaged):
    id: Id
    symbol: str
    folded: str
    words: str
    kind: str
    title: str
    issuer: str
    issued_on: Day | None
    received_on: Day | None
    planned: Count | None
    from_receipt: bool
    for_person_id: Id | None
    for_group_id: Id | None
    entered_by_id: Id
    version: Version
    created_at: Moment


class PackagedSeries(Packaged):
    id: Id
    rule: Rule
    starts_on: Day
    next_on: Day | None
    make_at: Moment | None
    fields: Facts
    assigner_id: Id
    entered_by_id: Id
    held: str | None
    version: Version
    created_at: Moment
    ended_at: Moment | None


class PackagedArchive(Packaged):
    """What a package says of itself: `data/so-lieu/archive.json`."""

    name: Annotated[str, Field(pattern=r"\A(nam|don-vi)-[0-9]{1,12}(-[0-9]{1,6})?\z")]
    kind: Literal["year", "unit"]
    year: Annotated[int, Field(ge=2000, le=2200)] | None
    unit_id: Id | None
    tasks: Annotated[int, Field(ge=1, le=MOST)]
    begun_at: Moment
    chain_length: Id
    chain_hash: Sha256
    format: Annotated[int, Field(ge=1, le=1)]  # of Literal[1] true would be one
    missing_files: list[Sha256]


REGISTERS: Mapping[str, type[Packaged]] = {
    "units": PackagedUnit,
    "people": PackagedPerson,
    "leader_groups": PackagedGroup,
    "documents": PackagedDocument,
    "series": PackagedSeries,
    "document_events": PackagedEvent,
}
"""The files of `data/so-lieu/` besides archive.json; each after those that it points to."""
