"""How many tasks are in each bucket."""

from storage.records.record import Record


class Counts(Record):
    """How many tasks are in each bucket; cancelled ones and those `correcting` in none."""

    done_on_time: int = 0
    done_late: int = 0
    on_track: int = 0
    overdue: int = 0
    no_deadline: int = 0
    correcting: int = 0

    @property
    def total(self) -> int:
        return self.done + self.open

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        return self.on_track + self.overdue + self.no_deadline

    def __add__(self, other: "Counts") -> "Counts":
        """Return the buckets of both together."""
        names = Counts.model_fields
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})


class Group(Counts):
    """The buckets of those tasks that are alike: of a unit, a person, an urgency or a document.

    `key` is the id, or the urgency; None where there is none: no unit, nobody inside leads, no
    document. `above` is the name of the unit above a unit, or of a person's.
    """

    key: int | str | None
    name: str | None = None
    above: str | None = None
