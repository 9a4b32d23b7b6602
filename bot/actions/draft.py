"""What a draft of a task knows so far, and what a reading adds to it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.language.readings import DeadlineReading, PersonReading, Reading, Unsure
from bot.language.readings import Part as Said
from storage.records import Part, Urgency


class Fields(BaseModel):
    """What a draft knows so far. A deadline is missing until read, chosen, or declined (`open_ended`)."""

    model_config = ConfigDict(frozen=True)

    text: str
    title: str
    lead_id: int | None = None
    lead_choices: tuple[int, ...] = ()
    lead_words: str | None = None
    others: tuple[tuple[int, Part], ...] = ()
    due_at: datetime | None = None
    late_from: datetime | None = None
    has_clock: bool = False
    open_ended: bool = False
    deadline_why: str | None = None
    deadline_choices: tuple[tuple[datetime, datetime, bool], ...] = ()
    warning: str | None = None
    urgency: Urgency = Urgency.NORMAL
    product: str | None = None

    @property
    def missing(self) -> str | None:
        """The one thing to ask next: title, lead or deadline; None when nothing is."""
        if not self.title.strip():
            return "title"
        if self.lead_id is None:
            return "lead"
        if self.late_from is None and not self.open_ended:
            return "deadline"
        return None

    def dumped(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)


def with_deadline(fields: Fields, deadline: DeadlineReading) -> Fields:
    """Return the draft with a deadline that was read or chosen."""
    return fields.model_copy(
        update={
            "due_at": deadline.due_at,
            "late_from": deadline.late_from,
            "has_clock": deadline.has_clock,
            "warning": deadline.warning,
            "open_ended": False,
            "deadline_choices": (),
            "deadline_why": None,
        }
    )


def fields_of(reading: Reading, heads: tuple[int, ...] = ()) -> Fields:
    """Turn a reading into a draft: what is sure is filled in, what is not becomes choices."""
    leads = [p for p in reading.people if p.part is Said.LEAD]
    choices = tuple(
        choice.key
        for doubt in reading.unsure
        for choice in doubt.choices
        if isinstance(choice, PersonReading) and choice.key is not None
    )
    known = [p.key for p in leads if p.key is not None and p.key not in choices]
    unknown = next((p.name for p in leads if p.key is None), None)
    others = tuple(
        (p.key, Part(p.part.value))
        for p in reading.people
        if p.part in {Said.SUPPORT, Said.FOLLOW} and p.key is not None
    )
    fields = Fields(
        text=reading.text,
        title=reading.title,
        lead_id=known[0] if known else None,
        lead_choices=() if known else choices or heads,
        lead_words=unknown,
        others=others,
        urgency=Urgency[reading.urgency.name],
        product=reading.product.name if reading.product else None,
    )
    doubt = next((d for d in reading.unsure if d.field == "deadline"), None)
    return read_deadline(fields, reading.deadline, doubt)


def read_deadline(fields: Fields, deadline: DeadlineReading | None, doubt: Unsure | None) -> Fields:
    """Return the draft with a deadline that is sure, or with the choices of one that is not."""
    if doubt is None:
        return with_deadline(fields, deadline) if deadline else fields
    choices = tuple(c for c in doubt.choices if isinstance(c, DeadlineReading))
    update = {
        "deadline_why": doubt.why.value,
        "deadline_choices": tuple((c.due_at, c.late_from, c.has_clock) for c in choices),
    }
    return fields.model_copy(update=update)
