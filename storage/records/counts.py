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
        return self.done_on_time + self.done_late + self.on_track + self.overdue + self.no_deadline


class UnitCounts(Counts):
    """The buckets of a unit."""

    unit_id: int | None
    unit_name: str | None
    above_name: str | None
