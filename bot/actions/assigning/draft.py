"""What a draft of a task knows so far, and what a reading adds to it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.actions.files.file_store import Paper
from bot.language.names.external_bodies import body_named
from bot.language.names.people import PeopleFound
from bot.language.readings import DeadlineReading, PersonReading, Reading, Unsure
from bot.language.readings import Part as Said
from bot.rules.tasks.clarity import Clear, to_ask, unclear
from storage.records import DoneWhen, Evidence, Part, Urgency

_HELPING = frozenset({Said.SUPPORT, Said.FOLLOW})
KIND = "assign"
"""The kind of a dialog that is a draft of a task."""


Deadline = tuple[datetime, datetime, bool]
"""When the task is due, from when it is late (both UTC), and whether a time of day was named."""

PAST_PARENT = "past_parent"
"""Why the deadline of a part is asked for again: the one named is later than that of the whole task."""


class Fields(BaseModel):
    """What a draft knows so far. A deadline is missing until it is read, chosen or declined (`open_ended`).

    A body outside the office (`body_id`) may lead instead of a person; then somebody must follow. `body_offer` is
    the name of a body that is not entered yet. `units` are the supporting units. `unknown` are names of supporters
    and followers that the office does not know.
    """

    model_config = ConfigDict(frozen=True)

    text_id: int
    title: str
    lead_id: int | None = None
    lead_choices: tuple[int, ...] = ()
    lead_words: str | None = None
    body_id: int | None = None
    body_offer: str | None = None
    others: tuple[tuple[int, Part], ...] = ()
    units: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    done_when: DoneWhen = DoneWhen.LEAD
    due_at: datetime | None = None
    late_from: datetime | None = None
    has_clock: bool = False
    open_ended: bool = False
    deadline_why: str | None = None
    deadline_choices: tuple[tuple[datetime, datetime, bool], ...] = ()
    warning: str | None = None
    urgency: Urgency = Urgency.NORMAL
    product: str | None = None
    effort: int | None = None
    receiver: str | None = None
    decider_id: int | None = None
    evidence: Evidence = Evidence.ANY
    document_id: int | None = None
    """The directive that was cited or entered; `citing.document_of` decides whether the task belongs to it."""
    papers: tuple[Paper, ...] = ()
    partial: bool = False
    """Whether some of the files sent together did not reach the bot."""
    parent_id: int | None = None
    within: Deadline | None = None
    """The deadline of the whole task; the deadline of this part may not be later."""
    recurrence: str | None = None
    """How often the task repeats, as an RRULE; where the rule names no day, the deadline gives it."""
    once: bool = False
    """Whether the task is done only once, whatever the words say."""
    for_person_id: int | None = None
    for_group_id: int | None = None
    source: str | None = None
    """Who wrote the forwarded message that is offered as a task."""
    passed_over: tuple[str, ...] = ()
    """Which of the six (6 rõ) were asked for and left open."""
    corrected: tuple[str, ...] = ()
    """What was corrected by hand, as named in `CORRECTED`; reading the message again does not change it."""

    @property
    def missing(self) -> str | None:
        """The one thing to ask next: title, lead, follower or deadline; None when nothing is missing."""
        if not self.title.strip():
            return "title"
        if self.lead_id is None and self.body_id is None:
            return "lead"
        if self.body_id is not None and not self.followers:
            return "follower"
        if self.late_from is None and not self.open_ended:
            return "deadline"
        return None

    @property
    def unclear(self) -> tuple[Clear, ...]:
        """Which of the six (6 rõ) are missing."""
        follows = self.body_id is None or bool(self.followers)
        return unclear(
            led=self.lead_id is not None or self.body_id is not None,
            titled=bool(self.title.strip()),
            dated=self.late_from is not None or self.open_ended,
            answered_for=follows and not self.unknown,
            product=self.product is not None,
            decided=self.decider_id is not None,
        )

    @property
    def to_ask(self) -> Clear | None:
        """Which of the six to ask for next by button, each only once; None when none is left."""
        return to_ask(self.unclear, self.passed_over)

    @property
    def followers(self) -> list[int]:
        return [person_id for person_id, part in self.others if part is Part.FOLLOW]

    @property
    def answers_id(self) -> int | None:
        """Who answers for the task: the lead, or the first follower where a body outside leads."""
        return self.lead_id or next(iter(self.followers), None)

    @property
    def repeats(self) -> str | None:
        """How often the task will repeat once it is assigned, as an RRULE; None when it does not repeat."""
        comes_back = not self.once and self.parent_id is None and self.due_at is not None
        return self.recurrence if comes_back else None

    def as_pattern(self) -> "Fields":
        """Return the pattern for the tasks of a series; only the time of day of the deadline counts."""
        return self.model_copy(update={"recurrence": None, "corrected": (), "warning": None})

    def dumped(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)


def with_deadline(fields: Fields, deadline: Deadline | None, warning: str | None = None) -> Fields:
    """Return the draft with a deadline that was read or chosen; None is "không thời hạn"."""
    due_at, late_from, has_clock = deadline or (None, None, False)
    return fields.model_copy(
        update={
            "due_at": due_at,
            "late_from": late_from,
            "has_clock": has_clock,
            "open_ended": deadline is None,
            "warning": warning,
            "deadline_choices": (),
            "deadline_why": None,
        }
    )


def capped(fields: Fields) -> Fields:
    """Return the draft of a part; its deadline is asked for again if it is declined or later than that of the whole."""
    if fields.within is None:
        return fields
    later = fields.late_from is not None and fields.late_from > fields.within[1]
    if not (later or fields.open_ended):
        return fields
    return fields.model_copy(
        update={
            "due_at": None,
            "late_from": None,
            "open_ended": False,
            "warning": None,
            "deadline_why": PAST_PARENT,
            "deadline_choices": (fields.within,),
        }
    )


def with_people(fields: Fields, found: PeopleFound) -> Fields | None:
    """Return the draft with the lead that an answer names, or with namesakes to choose from.

    None when the answer names nobody the office knows.
    """
    choices = _choices(found.unsure)
    known = [p.key for p in found.people if p.key is not None and p.key not in choices]
    if not known and not choices:
        return None
    lead_id = known[0] if known else None
    update = {"lead_id": lead_id, "lead_choices": () if known else choices}
    return fields.model_copy(update=update | {"lead_words": None} | NO_BODY)


CORRECTED: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "lead": ("lead_id", "lead_choices", "lead_words", "body_id", "body_offer"),
    "others": ("others", "units", "unknown"),
    "deadline": (
        *("due_at", "late_from", "has_clock", "open_ended"),
        *("deadline_why", "deadline_choices", "warning"),
    ),
    "done_when": ("done_when",),
    "recurrence": ("recurrence",),
    "once": ("once",),
    "product": ("product",),
    "authority": ("decider_id",),
}
"""The fields that each kind of correction by hand settles."""


def by_hand(fields: Fields, name: str) -> Fields:
    """Return the draft with one thing noted as corrected by hand."""
    return fields.model_copy(update={"corrected": tuple(sorted({*fields.corrected, name}))})


def read_again(before: Fields, fresh: Fields) -> Fields:
    """Return the draft as its message reads now; its files and what was corrected by hand stay as before."""
    kept = ["papers", "partial", "parent_id", "within", "source", "corrected", "passed_over"]
    kept += [name for one in before.corrected for name in CORRECTED[one]]
    return fresh.model_copy(update={name: getattr(before, name) for name in kept})


NO_BODY: dict[str, Any] = {"body_id": None, "body_offer": None}


def with_follower(fields: Fields, person_id: int) -> Fields:
    """Return the draft with one more follower."""
    others = dict(fields.others) | {person_id: Part.FOLLOW}
    return fields.model_copy(update={"others": tuple(others.items())})


def fields_of(
    reading: Reading,
    text_id: int,
    heads: tuple[int, ...] = (),
    outside: Collection[int] = (),
) -> Fields:
    """Turn a reading into a draft: what is sure is filled in, what is not becomes choices.

    `outside` are those of its units that are bodies outside the office.
    """
    leads = [p for p in reading.people if p.part is Said.LEAD]
    choices = _choices(reading.unsure)
    known = [p.key for p in leads if p.key is not None and p.key not in choices]
    unknown = next((p.name for p in leads if p.key is None), None)
    others = tuple(
        (p.key, Part(p.part.value))
        for p in reading.people
        if p.part in _HELPING and p.key is not None
    )
    fields = Fields(
        text_id=text_id,
        recurrence=reading.recurrence or None,
        title=reading.title,
        lead_id=known[0] if known else None,
        lead_choices=() if known else choices or heads,
        lead_words=unknown,
        body_id=None if known else _led_by(reading, outside),
        body_offer=None if reading.units and outside else body_named(reading.text),
        others=others,
        units=tuple(unit.key for unit in reading.units if unit.part is Said.SUPPORT),
        unknown=tuple(p.name for p in reading.people if p.key is None and p.part in _HELPING),
        urgency=Urgency[reading.urgency.name],
        product=reading.product.name if reading.product else None,
        effort=reading.effort,
        decider_id=reading.decider,
        evidence=Evidence(reading.proof) if reading.proof else Evidence.ANY,
    )
    doubt = next((d for d in reading.unsure if d.field == "deadline"), None)
    return read_deadline(fields, reading.deadline, doubt)


def _led_by(reading: Reading, outside: Collection[int]) -> int | None:
    leads = (unit.key for unit in reading.units if unit.part is Said.LEAD)
    return next((key for key in leads if key in outside), None)


def read_deadline(fields: Fields, deadline: DeadlineReading | None, doubt: Unsure | None) -> Fields:
    """Return the draft with a deadline that is sure, or with the choices for one that is not."""
    if doubt is None:
        return _with_reading(fields, deadline) if deadline else fields
    choices = tuple(c for c in doubt.choices if isinstance(c, DeadlineReading))
    update = {
        "deadline_why": doubt.why.value,
        "deadline_choices": tuple((c.due_at, c.late_from, c.has_clock) for c in choices),
    }
    return fields.model_copy(update=update)


def _with_reading(fields: Fields, deadline: DeadlineReading) -> Fields:
    moment = (deadline.due_at, deadline.late_from, deadline.has_clock)
    return with_deadline(fields, moment, deadline.warning)


def _choices(unsure: Iterable[Unsure]) -> tuple[int, ...]:
    return tuple(
        choice.key
        for doubt in unsure
        for choice in doubt.choices
        if isinstance(choice, PersonReading) and choice.key is not None
    )
