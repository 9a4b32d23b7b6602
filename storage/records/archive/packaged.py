"""A task in a package of the archive, with all that belongs to it."""

from typing import Literal

from storage.records.archive.packaged_values import (
    Count,
    Day,
    Facts,
    Id,
    Moment,
    No,
    Packaged,
    Percent,
    Previous,
    Sha256,
    Version,
)
from storage.records.requests import RequestState
from storage.records.tasks import DoneWhen, Evidence, Part, PartState, Quality, Status, Urgency


class PackagedTask(Packaged):
    id: Id
    title: str
    text_id: Id | None
    product: str | None
    urgency: Urgency
    status: Literal[Status.DONE, Status.CANCELLED]
    version: Version
    assigner_id: Id
    entered_by_id: Id
    group_id: Id | None
    unit_id: Id | None
    body_id: Id | None
    parent_id: Id | None
    series_id: Id | None
    occurs_on: Day | None
    document_id: Id | None
    receiver: str | None
    decider_id: Id | None
    done_when: DoneWhen
    closes_itself: bool
    evidence: Evidence
    evidence_symbol: str | None
    evidence_on: Day | None
    evidence_to: str | None
    quality: Quality | None
    in_correction: No
    accepted_by_id: Id | None
    due_at: Moment | None
    late_from: Moment | None
    has_clock: bool
    first_due_at: Moment | None
    first_late_from: Moment | None
    extensions: Version
    percent: Percent
    effort: Count | None
    note_id: Id | None
    blocker_id: Id | None
    state_text_id: Id | None
    created_at: Moment
    received_at: Moment | None
    reported_at: Moment | None
    submitted_at: Moment | None
    accept_chased_at: Moment | None
    closed_at: Moment


class PackagedPart(Packaged):
    id: Id
    task_id: Id
    person_id: Id | None
    unit_id: Id | None
    part: Part
    state: PartState
    text_id: Id | None
    reported_at: Moment | None
    from_at: Moment
    until_at: Moment | None


class PackagedRequest(Packaged):
    id: Id
    task_id: Id
    kind: str
    state: RequestState
    asked_by: Id
    asked_at: Moment
    due_at: Moment | None
    late_from: Moment | None
    has_clock: bool | None
    person_id: Id | None
    facts: Facts
    text_id: Id | None
    decided_by: Id | None
    decided_at: Moment | None
    chased_at: Moment | None


class PackagedItem(Packaged):
    id: Id
    task_id: Id
    text_id: Id
    done_by: Id | None
    done_at: Moment | None
    created_at: Moment
    ended_at: Moment | None


class PackagedRemark(Packaged):
    id: Id
    task_id: Id
    author_id: Id
    text_id: Id
    asked_at: Moment
    due_at: Moment | None
    chased_at: Moment | None
    answered_by: Id | None
    answer_id: Id | None
    answered_at: Moment | None


class PackagedFile(Packaged):
    id: Id
    sha256: Sha256
    name: str
    size: Count
    mime: str
    telegram_file_id: str | None
    album: str | None
    task_id: Id
    person_id: Id
    created_at: Moment


class PackagedText(Packaged):
    id: Id
    body: str | None
    sha256: Sha256
    created_at: Moment


class PackagedEvent(Packaged):
    id: Id
    at: Moment
    kind: str
    actor_id: Id | None
    task_id: Id | None
    person_id: Id | None
    text_id: Id | None
    document_id: Id | None
    facts: Facts
    hash: Sha256
    previous: Previous


class PackagedBundle(Packaged):
    """A task with all that belongs to it: a line of `data/viec/`."""

    task: PackagedTask
    people: list[PackagedPart]
    requests: list[PackagedRequest]
    check_items: list[PackagedItem]
    remarks: list[PackagedRemark]
    files: list[PackagedFile]
    texts: list[PackagedText]
    events: list[PackagedEvent]
