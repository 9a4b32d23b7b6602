"""A report: the tasks of a period, and all its figures, which are counted from these tasks alone.

All reports follow one convention (domain.md, section 8). The tasks of a period are those open at its
beginning and those assigned in it. At its end each of them is finished or still open. Events after the
end do not count. A task due in the period and not submitted by its end is overdue. A period that is not
over yet shows the state as of now.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import TypeVar

from bot.folding import fold
from bot.rules.letterhead import Letterhead
from bot.rules.organisation.standing import Bucket
from bot.rules.reporting.periods import Kind, Period, containing
from bot.rules.workdays import ONE_DAY, Workdays
from storage.records import Counts, Quality, ReportLine, Status

SOON = timedelta(days=7)
LONG = timedelta(days=100)
"""Longer periods show their trend by months; a quarter or less shows weeks."""

COMMENDED_FROM = 5
"""The number of finished tasks that makes a person a candidate for commendation, if all were on time."""

Key = TypeVar("Key")


@dataclass(frozen=True)
class Row:
    """A task at the end of a period. A later submission or closing is not known to it.

    `moment` is the end of the period if it `is_over`, else now.
    """

    task: ReportLine
    submitted_at: datetime | None
    finished_at: datetime | None
    moment: datetime
    is_over: bool

    @property
    def is_late(self) -> bool:
        return self._is_late(self.task.due_at, self.task.late_from)

    @property
    def was_late_first(self) -> bool:
        """Tell whether it is late against its first deadline."""
        return self._is_late(self.task.first_due_at, self.task.first_late_from)

    @cached_property
    def bucket(self) -> Bucket | None:
        """Return the bucket of `standing.bucket` at that moment; None for a task under correction."""
        if self.task.in_correction:
            return None
        if self.finished_at is not None:
            return Bucket.DONE_LATE if self.is_late else Bucket.DONE_ON_TIME
        if self.task.late_from is None:
            return Bucket.NO_DEADLINE
        return Bucket.OVERDUE if self.is_late else Bucket.ON_TRACK

    def _is_late(self, due_at: datetime | None, late_from: datetime | None) -> bool:
        """Tell whether it is late against one of its deadlines.

        A deadline without a clock time is late from midnight. A period that ends on that day ends at the same
        moment. So a task not submitted by the end of such a period is judged by its due time instead.
        """
        if due_at is None or late_from is None:
            return False
        ended = self.submitted_at or self.finished_at
        if ended is None and self.is_over:
            return due_at < self.moment
        return (ended or self.moment) > late_from


@dataclass(frozen=True)
class Share:
    """The figures of the tasks of one unit or of one lead."""

    name: str
    above: str | None
    rows: Sequence[Row]

    @cached_property
    def counts(self) -> Counts:
        return counts(self.rows)

    @cached_property
    def finished(self) -> list[Row]:
        return [row for row in self.rows if row.finished_at and row.bucket]

    @property
    def on_time_first(self) -> int:
        """How many were finished by their first deadline."""
        return sum(not row.was_late_first for row in self.finished)

    @property
    def returned(self) -> int:
        return sum(row.task.returned for row in self.rows)

    @property
    def extensions(self) -> int:
        return sum(row.task.extensions for row in self.rows)

    @property
    def well_done(self) -> int:
        """How many finished results were graded Đạt tốt or better."""
        good = {Quality.GOOD, Quality.EXCELLENT}
        return sum(row.task.quality in good for row in self.finished)


@dataclass(frozen=True)
class Month:
    """One part of a period, a month or a week, as the trend shows it."""

    period: Period
    assigned: int
    counts: Counts
    """The figures of the tasks finished in it and of those open at its end."""


@dataclass(frozen=True)
class Report:
    """The content of a report. `moment` is now, or the end of a period that is over.

    `about` names the unit that the report covers; None means all that its reader may see. `lines` reach
    back to the beginning of the previous period.
    """

    head: Letterhead
    made_at: datetime
    about: str | None
    period: Period
    moment: datetime
    workdays: Workdays
    lines: Sequence[ReportLine]

    @property
    def is_review(self) -> bool:
        """Tell whether it is a yearly review (tổng kết)."""
        return self.period.kind is Kind.YEAR

    @property
    def as_of(self) -> str:
        """The time of its figures in words: a moment, or the end of a period that is over."""
        if self.moment < self.made_at:
            return f"hết ngày {self.period.last:%d/%m/%Y}"
        return f"{self.workdays.local(self.moment):%H:%M ngày %d/%m/%Y}"

    @cached_property
    def rows(self) -> list[Row]:
        """The tasks of the period by number, including those under correction."""
        return self._within(self.period)

    @cached_property
    def counts(self) -> Counts:
        return counts(self.rows)

    @cached_property
    def before(self) -> Counts:
        """The figures of the previous period at its end; empty for a term."""
        return counts(self._within(self.period.before) if self.period.before else [])

    @cached_property
    def assigned(self) -> int:
        """How many of its tasks were assigned in the period."""
        since, _ = self.period.moments(self.workdays)
        return sum(row.task.created_at >= since for row in self.rows if row.bucket)

    @property
    def carried(self) -> int:
        """How many of its tasks were carried over from the previous period."""
        return self.counts.total - self.assigned

    @cached_property
    def units(self) -> list[Share]:
        """The tasks of each unit, by name; tasks without a unit come last."""
        return _shares(self.rows, lambda row: row.task.owner_id, _of_unit)

    @cached_property
    def people(self) -> list[Share]:
        """The tasks of each lead, by name, without the tasks that a body outside leads."""
        led = [row for row in self.rows if row.task.lead_id is not None]
        return _shares(led, lambda row: row.task.lead_id, _of_lead)

    @cached_property
    def overdue(self) -> list[Row]:
        """The overdue tasks, the longest overdue first."""
        late = (row for row in self.rows if row.bucket is Bucket.OVERDUE)
        return sorted(late, key=lambda row: (row.task.late_from or row.moment, row.task.id))

    @cached_property
    def due_soon(self) -> list[Row]:
        """The tasks on track, not submitted, and due within the next seven days, the soonest first."""
        soon = [
            row
            for row in self.rows
            if row.bucket is Bucket.ON_TRACK and row.submitted_at is None
            if row.task.late_from is not None and row.task.late_from <= self.moment + SOON
        ]
        return sorted(soon, key=lambda row: (row.task.late_from or row.moment, row.task.id))

    @cached_property
    def waiting(self) -> list[Row]:
        """The tasks whose result was submitted and is not accepted yet."""
        return [row for row in self.rows if row.submitted_at and row.bucket and not row.finished_at]

    @cached_property
    def blocked(self) -> list[Row]:
        """The open tasks with a blocker."""
        return [row for row in self.rows if row.task.blocker and row.bucket and not row.finished_at]

    @property
    def is_long(self) -> bool:
        """Tell whether its trend shows months instead of weeks."""
        return self.period.last - self.period.first > LONG

    @cached_property
    def trend(self) -> list[Month]:
        """The weeks of the period, or the months of a long one, up to the moment of the report."""
        kind = Kind.MONTH if self.is_long else Kind.WEEK
        return [self._month(part) for part in _parts(self, kind)]

    @cached_property
    def candidates(self) -> list[Share]:
        """The leads who finished enough tasks, all on time, and have nothing overdue; by name."""
        return [one for one in self.people if _is_candidate(one)]

    @property
    def holds_until(self) -> datetime:
        """The moment (a deadline or midnight) from which its figures may change although nothing happened."""
        local = self.workdays.local(self.made_at)
        midnight = self.workdays.at(local.date() + ONE_DAY, time())
        ahead = (row.task.late_from for row in self.rows if row.bucket is Bucket.ON_TRACK)
        return min([midnight, *(one for one in ahead if one and one >= self.made_at)])

    def days_late(self, row: Row) -> int:
        """Count the working days by which a task is late: 0 if it is not late, at least 1 if it is."""
        if not row.is_late or row.task.due_at is None:
            return 0
        local = self.workdays.local
        ended = local(row.submitted_at or row.finished_at or row.moment).date()
        due = local(row.task.due_at).date()
        return max(1, self.workdays.count(due, min(ended, self.period.last)))

    def _within(self, period: Period) -> list[Row]:
        since, until = period.moments(self.workdays)
        end = min(self.moment, until), until <= self.moment
        return [
            Row(line, _before(line.submitted_at, until), _before(_done_at(line), until), *end)
            for line in self.lines
            if line.created_at < until and not (line.closed_at and line.closed_at < since)
        ]

    def _month(self, period: Period) -> Month:
        since, _ = period.moments(self.workdays)
        rows = self._within(period)
        assigned = sum(row.task.created_at >= since for row in rows if row.bucket)
        return Month(period, assigned, counts(rows))


def counts(rows: Iterable[Row]) -> Counts:
    """Return how many are in each bucket; they add up to the total."""
    found = Counter(row.bucket for row in rows)
    known = {bucket.value: found[bucket] for bucket in Bucket}
    return Counts(**known, correcting=found[None])


def _before(moment: datetime | None, until: datetime) -> datetime | None:
    return moment if moment is not None and moment < until else None


def _done_at(line: ReportLine) -> datetime | None:
    return line.closed_at if line.status is Status.DONE else None


def _of_unit(row: Row) -> tuple[str, str | None]:
    return row.task.owner or "Chưa rõ đơn vị", row.task.above


def _of_lead(row: Row) -> tuple[str, str | None]:
    return row.task.lead or "", row.task.owner


def _shares(
    rows: Iterable[Row],
    key: Callable[[Row], Key],
    named: Callable[[Row], tuple[str, str | None]],
) -> list[Share]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    found = [(one is None, Share(*named(group[-1]), tuple(group))) for one, group in groups.items()]
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], fold(pair[1].name)))]


def _parts(report: Report, kind: Kind) -> list[Period]:
    today = min(report.period.last, report.workdays.local(report.moment).date())
    parts, day = [], report.period.first
    while day <= today:
        whole = containing(kind, day)
        assert whole is not None
        parts.append(Period(Kind.DAYS, max(day, whole.first), min(whole.last, report.period.last)))
        day = whole.last + ONE_DAY
    return parts


def _is_candidate(share: Share) -> bool:
    found = share.counts
    return found.done_on_time >= COMMENDED_FROM and not (found.done_late or found.overdue)
