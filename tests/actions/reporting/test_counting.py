"""Every figure is a plain recount of the rows behind it, however it is told apart and of what days."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.actions.find import scope_of
from bot.actions.reporting import figures
from bot.rules.organisation.standing import Bucket, bucket
from bot.rules.reporting.periods import Kind, containing
from storage.engine.database import Database
from storage.records import Group, Status, TaskView, Urgency
from storage.reporting import closed_counts, summary
from storage.reporting.count_queries import Count
from storage.reporting.task_scope import By, Focus, Span, When
from tests.actions.office import Staffed
from tests.actions.tasks.written import NOW, put, rows, seen, written
from tests.opened import Opened
from tests.rules.task import office

KEYS: Mapping[By, Callable[[TaskView], object]] = {
    By.UNIT: lambda task: task.body_id or task.unit_id,
    By.PERSON: lambda task: task.lead_id,
    By.URGENCY: lambda task: task.urgency,
    By.DOCUMENT: lambda task: task.document_id,
}
MOMENTS: Mapping[When, Callable[[TaskView], datetime | None]] = {
    When.ASSIGNED: lambda task: task.created_at,
    When.FINISHED: lambda task: task.closed_at,
    When.DUE: lambda task: task.due_at,
}
Expected = dict[object, Counter[str]]
moments = st.integers(-24 * 110, 24).map(lambda hours: NOW + timedelta(hours=hours))


def recounted(tasks: list[TaskView], by: By) -> Expected:
    found: Expected = defaultdict(Counter)
    for task in tasks:
        if task.status is not Status.CANCELLED:
            found[KEYS[by](task)][bucket(task, NOW) or "correcting"] += 1
    return dict(found)


def as_counted(groups: list[Group]) -> Expected:
    names = [*Bucket, "correcting"]
    return {one.key: +Counter({name: getattr(one, name) for name in names}) for one in groups}


def meets(task: TaskView, focus: Focus) -> bool:
    return (
        (focus.owners is None or (task.body_id or task.unit_id) in focus.owners)
        and focus.person_id in {None, task.lead_id}
        and focus.urgency in {None, task.urgency}
        and (focus.documents is None or task.document_id in focus.documents)
    )


def is_within(at: datetime | None, since: datetime, until: datetime) -> bool:
    return at is not None and since <= at < until


def foci(at_work: Staffed) -> list[Focus]:
    units, ids = at_work.units, at_work.ids
    return [
        Focus(),
        Focus(owners=[units["th"], units["data"]]),
        Focus(person_id=ids["staff"]),
        Focus(urgency=Urgency.NORMAL),
        Focus(documents=[1]),
        Focus(owners=[units["qt"]], person_id=ids["other"], urgency=Urgency.FLASH),
    ]


async def check(at_work: Staffed, name: str, since_and_until: list[datetime]) -> None:
    since, until = since_and_until
    who, db = at_work.who[name], at_work.db
    all_seen = await seen(at_work, who)
    for focus in foci(at_work):
        visible = [task for task in all_seen if meets(task, focus)]
        for by in By:
            count = Count(scope_of(who), focus, by, NOW)
            assert as_counted(await summary.by(db, count)) == recounted(visible, by)
            if by in {By.PERSON, By.DOCUMENT}:
                await check_pages(db, count)
            for when, moment in MOMENTS.items():
                inside = [task for task in visible if is_within(moment(task), since, until)]
                if when is When.FINISHED:
                    inside = [task for task in inside if task.status is Status.DONE]
                groups = await summary.of_period(db, count, Span(when, since, until))
                assert as_counted(groups) == recounted(inside, by), (when, by)
            end = min(until, NOW)
            was_open = Counter(
                KEYS[by](task)
                for task in visible
                if task.created_at < end and (task.closed_at is None or task.closed_at >= end)
            )
            assert await summary.open_at(db, count, end) == was_open
    assert await closed_counts.wrong(db) == 0


async def check_pages(db: Database, count: Count) -> None:
    """Who has the most overdue comes first, page by page, with all that is over."""
    every = await summary.by(db, count)
    worst = sorted(every, key=lambda one: (-one.overdue, -one.open, one.key or 0))
    with_open = [one for one in worst if one.open]
    paged, offset, total = [], 0, 1
    while offset < total:
        page, total = await summary.with_most_overdue(db, count, 2, offset)
        paged += page
        offset += 2
    assert [one for one in paged if one.open] == with_open


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(rows, max_size=10),
    st.sampled_from(["leader", "deputy", "head", "other_head", "staff"]),
    st.tuples(moments, moments).map(sorted),
)
def test_any_office_and_any_period(
    opened: Opened,
    tmp_path: Path,
    given_rows: list[dict[str, object]],
    name: str,
    since_and_until: list[datetime],
) -> None:
    """One database serves all examples; each begins with no tasks."""

    async def example(db: Database) -> None:
        at_work = await written(db, tmp_path, given_rows)
        await check(at_work, name, since_and_until)

    opened.run(example)


async def test_a_tally_that_is_wrong_is_found_and_put_right(at_work: Staffed) -> None:
    done = {"status": Status.DONE, "unit": "th", "lead": "staff", "assigner": "leader"}
    await put(at_work, {**done, "late_from": office(11), "submitted_at": None})
    assert await closed_counts.wrong(at_work.db) == 0
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE person_tallies SET tasks = tasks + 1")
        await tx.execute("DELETE FROM tallies WHERE span = 'all'")
    assert await closed_counts.wrong(at_work.db) == 3
    async with at_work.db.transaction() as tx:
        await closed_counts.recount(tx)
    assert await closed_counts.wrong(at_work.db) == 0


async def test_every_figure_has_its_list_behind_it(at_work: Staffed) -> None:
    for hours, status in enumerate(Status):
        for late in (NOW - timedelta(hours=1), NOW + timedelta(hours=1), None):
            moments = [NOW - timedelta(days=40 - hours), NOW - timedelta(days=3)]
            row = {"status": status, "unit": "th", "lead": "staff", "assigner": "leader"}
            await put(at_work, {**row, "late_from": late, "submitted_at": None, "moments": moments})
    here, who = at_work.office, at_work.who["leader"]
    (unit,) = await figures.groups(here, who, NOW, By.UNIT)
    for name in [*Bucket, "correcting"]:
        _, total = await figures.rows(here, who, NOW, figures.in_bucket(name, NOW))
        assert total == getattr(unit, name)
    for name in figures.OVER:
        behind, total = await figures.rows(here, who, NOW, figures.in_bucket(name, NOW))
        for focus in (Focus(), Focus(owners=[at_work.units["th"]])):
            shown, known = await figures.over(here, who, NOW, name, focus)
            assert [one.id for one in shown] == sorted((one.id for one in behind), reverse=True)
            assert known == total
    period = containing(Kind.MONTH, (NOW - timedelta(days=3)).date())
    assert period is not None
    counted = await figures.of_period(here, who, NOW, period, Focus(person_id=at_work.ids["staff"]))
    behind_each = {
        When.ASSIGNED: counted.assigned.total,
        When.FINISHED: counted.finished.total,
        When.DUE: counted.due.total,
        figures.OPEN: counted.open_at_end,
    }
    for when, figure in behind_each.items():
        which = figures.in_period(here, period, when, NOW)
        assert (await figures.rows(here, who, NOW, which))[1] == figure, when
    assert counted.finished.total == 3
    assert counted.open_at_end == unit.open == 15
