"""Who is away, and what they have in hand."""

from datetime import date, datetime

from storage.records.record import Record


class Absence(Record):
    """Somebody is away, from a day to a day (both with it), with who stands in, if anybody was named.

    `begun_at` is when it was told that it begins and `told_id` who was told to stand in, `over_at` that
    it is over, `ended_at` that it was ended before its last day went by.
    """

    id: int
    person_id: int
    deputy_id: int | None
    from_day: date
    until_day: date
    entered_by_id: int
    created_at: datetime
    begun_at: datetime | None
    told_id: int | None = None
    over_at: datetime | None
    ended_at: datetime | None


class Holdings(Record):
    """How much somebody has in hand: tasks they lead, support, follow, assigned, can undo the knot of.

    `decides` are those assigned in which something waits for them, `stands_in` absences of others,
    `documents` those they entered of which tasks are open, as far as who asks may see them.
    """

    leads: int
    supports: int
    follows: int
    assigns: int
    undoes: int
    decides: int
    stands_in: int
    documents: int = 0
    series: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody has to take anything over; what was entered stays as it is."""
        return not any(
            (
                *(self.leads, self.supports, self.follows, self.assigns, self.undoes),
                *(self.stands_in, self.series),
            )
        )
