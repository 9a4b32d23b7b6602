"""The statements that count: what is open from the rows, what is over from the tallies.

Each part yields key, bucket and how many tasks; what is counted is their sum, in one read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from storage.engine.database import Engine
from storage.reporting.task_scope import OWNER, By, Focus, Scope, Span, When
from storage.tasks.task_conditions import ALL, Condition, among, bucket_of
from storage.tasks.task_filters import OVER

_KEYS = {
    By.UNIT: OWNER,
    By.PERSON: "lead.person_id",
    By.URGENCY: "t.urgency",
    By.DOCUMENT: "t.document_id",
}
_IS_LEAD = "lead.task_id = t.id AND lead.part = 'lead' AND lead.until_at IS NULL"
_LEAD = f" LEFT JOIN task_people lead ON {_IS_LEAD}"
_LOOKED_UP = f"(SELECT lead.person_id FROM task_people lead WHERE {_IS_LEAD})"  # noqa: S608 - columns
"""For a join of all that is open PostgreSQL would read who led each task there ever was."""
_OWNER_KEPT = "COALESCE(NULLIF(k.body_id, 0), NULLIF(k.unit_id, 0))"
"""The OWNER of what a tally counts, where 0 stands for none."""
_KEYS_KEPT = {
    By.UNIT: _OWNER_KEPT,
    By.URGENCY: "k.urgency",
    By.PERSON: "NULLIF(k.person_id, 0)",
    By.DOCUMENT: "NULLIF(k.document_id, 0)",
}
_TALLIES = "tallies"
_KEPT = {
    frozenset[By](): _TALLIES,
    frozenset({By.URGENCY}): _TALLIES,
    frozenset({By.PERSON}): "person_tallies",
    frozenset({By.DOCUMENT}): "document_tallies",
}
"""Which table tells those of some units apart by that."""
_EVER = Condition("k.span = 'all' AND k.month = ''")
_GROUPED, _NOTHING = " GROUP BY 1, 2", Condition("")
_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
Key = int | str | None
Parts = list[Condition]
"""Statements with their values; slots count from 1 in each."""


@dataclass(frozen=True)
class Count:
    """What is counted, told apart by what, and at which moment."""

    scope: Scope
    focus: Focus
    by: By
    now: datetime
    found: Condition | None = None
    """The open ones, where they were found before."""

    @property
    def tallies(self) -> str | None:
        """The table that keeps what is over of it; None where there is none."""
        focus = self.focus
        apart = {
            By.PERSON: focus.person_id is not None,
            By.URGENCY: focus.urgency is not None,
            By.DOCUMENT: focus.documents is not None,
            self.by: self.by is not By.UNIT,
        }
        return _KEPT.get(frozenset(by for by, is_asked in apart.items() if is_asked))

    @property
    def open_ones(self) -> Condition:
        return self.found or self.scope.open_ones & self.focus.open_ones

    @property
    def over(self) -> Condition:
        return OVER & self.scope.condition & self.focus.condition


def union(parts: Parts) -> Condition:
    """Return statements as one, with all their values."""
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.then(" UNION ALL ", part)
    return whole


def as_it_stands(count: Count, engine: Engine, keys: Sequence[Key] | None = None) -> Parts:
    """Count all tasks, or those of some people or documents alone, by which they are told apart."""
    these = ALL if keys is None else _among_keys(_KEYS[count.by], keys)
    live = all_open(count, engine) if keys is None else _rows(count, count.open_ones & these)
    if not count.tallies:
        return [live, _rows(count, count.over & these)]
    kept = ALL if keys is None else _among_keys(f"k.{count.by}_id", [key or 0 for key in keys])
    return [live, _kept(count, _EVER, kept), *_of_others(count, these)]


def all_open(count: Count, engine: Engine) -> Condition:
    """Count the open tasks alone."""
    if count.by is By.PERSON and engine == "postgres":
        return _counted(_LOOKED_UP, "", count.now, count.open_ones)
    return _rows(count, count.open_ones)


def _among_keys(column: str, keys: Sequence[Key]) -> Condition:
    slots = ", ".join(f"${n}" for n in range(1, len(keys) + 1))
    found = Condition(f"{column} IN ({slots})", tuple(keys))
    return found | Condition(f"{column} IS NULL") if None in keys else found


def within(count: Count, span: Span) -> Parts:
    """Count the tasks of a period, each in the bucket it is in now."""
    live = [] if span.when is When.FINISHED else [_rows(count, count.open_ones & span.condition)]
    return [*live, *_over_within(count, span)]


def open_at(count: Count, moment: datetime) -> Parts:
    """Count the tasks that were open at a moment not after now, whatever came of them.

    What is closed later than it, without what was only assigned later as well.
    """
    before = Condition("t.created_at < $1", (moment,))
    later = Span(When.FINISHED, moment, _END_OF_TIME)
    newer = replace(later, when=When.ASSIGNED)
    return [
        _rows(count, count.open_ones & before),
        *_over_within(count, later),
        *(_minus(part) for part in _over_within(count, newer)),
    ]


def _over_within(count: Count, span: Span) -> Parts:
    """Count the closed tasks of a period: whole months from the tallies, where there are any."""
    if count.tallies != _TALLIES:
        return [_rows(count, count.over & span.condition)]
    since, until = _nearest_month(span.since), _nearest_month(span.until)
    around = abs(span.since - since) + abs(span.until - until)
    if around >= span.until - span.since:
        return [_rows(count, count.over & span.condition)]
    return [
        _kept(count, _months(span.when, since, until)),
        *_edge(count, span.when, span.since, since),
        *_edge(count, span.when, until, span.until),
        *_of_others(count, span.condition),
    ]


def _edge(count: Count, when: When, since: datetime, until: datetime) -> Parts:
    """Count what lies between a month's beginning and a moment; less than nothing if it is later."""
    if since == until:
        return []
    between = Span(when, min(since, until), max(since, until)).condition
    mine = OVER & _in_units(count, "t.unit_id") & count.focus.condition
    part = _rows(count, mine & between)
    return [part if since < until else _minus(part)]


def _minus(part: Condition) -> Condition:
    return Condition(f"SELECT key, bucket, -tasks AS tasks FROM ({part.sql}) AS fewer", part.values)  # noqa: S608 - written here


def _rows(count: Count, condition: Condition) -> Condition:
    joined = _LEAD if count.by is By.PERSON else ""
    return _counted(_KEYS[count.by], joined, count.now, condition)


def _counted(key: str, joined: str, now: datetime, condition: Condition) -> Condition:
    head = (
        f"SELECT {key} AS key, {bucket_of('$1')} AS bucket, COUNT(*) AS tasks FROM tasks t{joined}"  # noqa: S608 - columns
    )
    return Condition(head, (now,)).then(" WHERE ", condition.then(_GROUPED, _NOTHING))


def _months(when: When, since: datetime, until: datetime) -> Condition:
    months = [f"{moment:%Y-%m}" for moment in (since, until)]
    return Condition("k.span = $1 AND k.month >= $2 AND k.month < $3", (when, *months))


def _kept(count: Count, span: Condition, keys: Condition = ALL) -> Condition:
    wanted = _in_units(count, "k.unit_id") & _in_focus(count) & keys
    if count.tallies == _TALLIES:
        wanted &= span
    head = f"SELECT {_KEYS_KEPT[count.by]} AS key, k.bucket, SUM(k.tasks) AS tasks FROM {count.tallies} k"  # noqa: S608 - tables
    return Condition(head).then(" WHERE ", wanted.then(_GROUPED, _NOTHING))


def _of_others(count: Count, condition: Condition) -> Parts:
    """Count the closed tasks of other units that may be seen; there are none beside the whole office."""
    if count.scope.units is None:
        return []
    return [_rows(count, count.scope.of_others & count.focus.condition & condition)]


def _in_units(count: Count, column: str) -> Condition:
    return ALL if count.scope.units is None else among(column, count.scope.units)


def _in_focus(count: Count) -> Condition:
    focus, found = count.focus, ALL
    if focus.owners is not None:
        own = among("k.unit_id", focus.owners) & Condition("k.body_id = 0")
        found &= own | among("k.body_id", focus.owners)
    if focus.person_id is not None:
        found &= Condition("k.person_id = $1", (focus.person_id,))
    if focus.urgency is not None:
        found &= Condition("k.urgency = $1", (focus.urgency,))
    if focus.documents is not None:
        found &= among("k.document_id", focus.documents)
    return found


def _nearest_month(moment: datetime) -> datetime:
    """Return the beginning of the month of UTC that is nearest to a moment."""
    moment = moment.astimezone(UTC)
    begun = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (begun + timedelta(days=32)).replace(day=1)
    return begun if moment - begun <= following - moment else following
