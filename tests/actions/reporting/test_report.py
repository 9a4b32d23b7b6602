"""Reports of any office: every form of one, the summary and a plain recount say the same figure."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.actions.reporting import answer_question
from bot.actions.reporting.figures import of_period
from bot.actions.reporting.overview import overview
from bot.actions.reporting.periods import read_period
from bot.actions.reporting.picture_cache import Pictures
from bot.actions.reporting.report import gather, reported_units
from bot.actions.reporting.summarise import summarise
from bot.actions.tasks import answer, extend, review
from bot.language.readings import ReadingSettings
from bot.refusals import No, Refusal
from bot.renderers.reporting.charts import MOST_UNITS, bars
from bot.renderers.reporting.excel import FIGURES, TASKS, excel
from bot.renderers.reporting.pdf import pdf
from bot.renderers.reporting.report_chart import chart, overview_chart
from bot.renderers.reporting.report_paper import paper
from bot.renderers.reporting.word import word
from bot.renderers.tables import BUCKETS
from bot.rules.organisation.standing import Bucket, bucket
from bot.rules.reporting.periods import Kind, Period
from bot.rules.reporting.reporting import Report
from storage.engine.database import Database
from storage.records import Counts, Status, TaskView
from tests.actions.office import FRIDAY, Staffed
from tests.actions.tasks.written import NOW, rows, seen, written
from tests.opened import Opened
from tests.rules.task import WORKDAYS, office

EVER = Period(Kind.DAYS, date(2020, 1, 1), date(2030, 12, 31))
DECEMBER = Period(Kind.MONTH, date(2026, 12, 1), date(2026, 12, 31))
OFFICE: Any = SimpleNamespace(
    today=lambda now: WORKDAYS.local(now).date(),
    reading=ReadingSettings(term_from=date(2025, 7, 1)),
)
LEADING = ("leader", "deputy", "head", "other_head")


def in_word(report: Report) -> dict[str, list[str]]:
    """Return the rows of the table by unit of a Word file, by the unit's name."""
    document = Document(BytesIO(word(paper(report))))
    tables = [one for one in document.tables if one.cell(0, 1).text == "Đơn vị"]
    if not tables:
        return {}
    cells = [[cell.text for cell in row.cells] for row in tables[0].rows[1:]]
    return {row[1]: row[2:] for row in cells}


def in_excel(report: Report) -> tuple[dict[str, int], Counts]:
    """Return what the rows of a workbook's tasks add up to, and what its total row says."""
    book = load_workbook(BytesIO(excel(report)))
    counted = Counter(str(row[2]) for row in book[TASKS].iter_rows(min_row=2, values_only=True))
    (total,) = [row for row in book[FIGURES].iter_rows(values_only=True) if row[0] == "Tổng cộng"]
    names = [*BUCKETS, "correcting"]
    said = {str(name): int(str(value)) for name, value in zip(names, total[3:9], strict=True)}
    return counted, Counts(**said)


def in_pdf(report: Report) -> list[str]:
    """Return the cells of the total row of the table by unit, from the text of a PDF file."""
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf(paper(report)))).pages)
    found = re.search(r"Tổng cộng((?:\s+\d+)+)", text)
    return found[1].split() if found else []


async def asked(at_work: Staffed, name: str, text: str) -> set[int]:
    """Return the rows that answer a question, as many as its figure says."""
    office, who = at_work.office, at_work.who[name]
    said = (await answer_question.read(office, who, text, NOW)).inquiry
    found = await answer_question.answer(office, who, 0, said, NOW, limit=100)
    assert found.total == len(found.rows)
    return {row.id for row in found.rows}


async def check_questions(at_work: Staffed, name: str, tasks: Sequence[TaskView]) -> None:
    """Ask in words for what was counted: whole, of a unit, and of a month."""
    of: dict[Bucket | None, set[int]] = {one: set() for one in (None, *Bucket)}
    for one in tasks:
        of[bucket(one, NOW)].add(one.id)
    ever = "từ 1/1/2020 đến 31/12/2030"
    assert await asked(at_work, name, "việc nào quá hạn?") == of[Bucket.OVERDUE]
    assert await asked(at_work, name, "việc nào không có thời hạn?") == of[Bucket.NO_DEADLINE]
    on_time = await asked(at_work, name, f"{ever} hoàn thành đúng hạn bao nhiêu việc?")
    late = await asked(at_work, name, f"{ever} có bao nhiêu việc hoàn thành quá hạn?")
    assert (on_time, late) == (of[Bucket.DONE_ON_TIME], of[Bucket.DONE_LATE])
    theirs = {one.id for one in tasks if (one.body_name or one.unit_name) == "Phòng Quản trị"}
    of_unit = await asked(at_work, name, "phòng Quản trị quá hạn những việc nào?")
    assert of_unit == of[Bucket.OVERDUE] & theirs


async def check_weeks(at_work: Staffed, name: str) -> None:
    """Compare the weeks of the overview with those of a report, and until when both hold."""
    today = WORKDAYS.local(NOW).date()
    eight = Period(Kind.DAYS, date(2026, 10, 26), today)
    report = await gather(at_work.office, at_work.who[name], eight, None, NOW)
    found = await overview(at_work.office, at_work.who[name], NOW)
    shown = ("done_on_time", "done_late", "overdue")
    assert [(day, [getattr(counts, one) for one in shown]) for day, counts in found.weeks] == [
        (week.period.first, [getattr(week.counts, one) for one in shown]) for week in report.trend
    ]
    assert found.holds_until <= report.holds_until


async def check(at_work: Staffed, name: str) -> None:
    who = at_work.who[name]
    report = await gather(at_work.office, who, EVER, None, NOW)
    tasks = [one for one in await seen(at_work, who) if one.status is not Status.CANCELLED]
    counted = Counter(bucket(one, NOW) for one in tasks)
    recounted = Counts(**{one.value: counted[one] for one in Bucket}, correcting=counted[None])
    state = await summarise(at_work.office, who, NOW)
    assert report.counts == recounted
    assert {one: state.count(one) for one in Bucket} == {one: counted[one] for one in Bucket}
    by_unit = {one.name or "Chưa rõ đơn vị": one.total for one in state.units if one.total}
    assert {one.name: one.counts.total for one in report.units if one.counts.total} == by_unit

    await check_questions(at_work, name, tasks)
    await check_weeks(at_work, name)
    month = await asked(at_work, name, "tháng 12 đã giao bao nhiêu việc?")

    later = NOW + timedelta(seconds=1)  # what was closed at a moment counts as open then
    december = await gather(at_work.office, who, DECEMBER, None, later)
    lists = await of_period(at_work.office, who, later, DECEMBER)
    assert december.assigned == lists.assigned.total == len(month)
    assert december.counts.done == lists.finished.total
    correcting = sum(row.bucket is None and row.finished_at is None for row in december.rows)
    assert december.counts.open + correcting == lists.open_at_end

    rows, total = in_excel(report)
    assert total == recounted
    assert {one: rows[label] for one, label in BUCKETS.items()} == {
        one: counted[one] for one in Bucket
    }
    if recounted.total:
        said = in_word(report)
        expected = [recounted.total, *(counted[one] for one in BUCKETS)]
        assert said["Tổng cộng"] == in_pdf(report) == [str(one) for one in expected]
    drawn = bars(chart(report).units, MOST_UNITS, "khác")
    for one in Bucket:
        assert sum(getattr(bar.counts, one) for bar in drawn) == counted[one]


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(rows, min_size=8, max_size=12), st.sampled_from(LEADING))
def test_every_form_has_the_same_figures(
    opened: Opened, tmp_path: Path, given_rows: list[dict[str, object]], name: str
) -> None:
    async def example(db: Database) -> None:
        at_work = await written(db, tmp_path, given_rows)
        await check(at_work, name)

    opened.run(example)


async def test_a_report_tells_what_was_said_of_a_task(at_work: Staffed) -> None:
    task = await at_work.assign(to="staff", due=FRIDAY)
    who, at = at_work.who["staff"], office(8)
    await extend.request(at_work.office, who, task.id, "xin lùi đến 18/12 vì chờ số liệu", at, None)
    await answer.submit(at_work.office, who, task.id, "Báo cáo 12-BC/VPTU", None, office(9), None)
    await review.return_result(
        at_work.office, at_work.who["leader"], task.id, "Thiếu phụ lục", office(10), None
    )
    await answer.block(at_work.office, who, task.id, "Chưa có số liệu", office(10, 10), None)
    report = await gather(at_work.office, at_work.who["leader"], DECEMBER, None, office(14))
    (row,) = report.rows
    assert (row.task.blocker, row.task.returned) == ("Chưa có số liệu", 1)
    assert row.task.asked is not None
    assert (row.bucket, row.submitted_at) == (Bucket.OVERDUE, None)
    assert (row.task.owner, row.task.lead) == ("Phòng Tổng hợp", "Mạc Thiên Ân")


async def test_a_report_of_a_unit_has_all_below_it(at_work: Staffed) -> None:
    for to in ("staff", "clerk", "other"):
        await at_work.assign(to=to)
    who, unit = at_work.who["leader"], at_work.units["th"]
    report = await gather(at_work.office, who, DECEMBER, unit, office(8))
    assert report.about == "Phòng Tổng hợp"
    assert {one.name for one in report.units} == {"Phòng Tổng hợp", "Tổ Số liệu"}
    known = await reported_units(at_work.office, who, DECEMBER, office(8))
    assert {one.name for one in known} >= {"Thành ủy", "Phòng Tổng hợp", "Phòng Quản trị"}


async def test_a_head_has_the_report_of_what_they_see_and_staff_have_none(at_work: Staffed) -> None:
    await at_work.assign(to="other")
    await at_work.assign(to="staff")
    mine = await gather(at_work.office, at_work.who["head"], DECEMBER, None, office(8))
    assert [row.task.owner for row in mine.rows] == ["Phòng Tổng hợp"]
    theirs = at_work.units["qt"]
    assert not (await gather(at_work.office, at_work.who["head"], DECEMBER, theirs, NOW)).rows
    with pytest.raises(Refusal) as caught:
        await gather(at_work.office, at_work.who["staff"], DECEMBER, None, office(8))
    assert caught.value.kind is No.NOT_ALLOWED
    with pytest.raises(Refusal):
        await gather(at_work.office, at_work.who["leader"], DECEMBER, 999, office(8))


async def test_the_week_before_is_told_as_it_was_at_its_end(at_work: Staffed) -> None:
    task = await at_work.assign(to="staff", due=FRIDAY, at=office(1))
    await answer.submit(
        at_work.office, at_work.who["staff"], task.id, "Xong", None, office(15), None
    )
    last_week = Period(Kind.WEEK, date(2026, 12, 7), date(2026, 12, 13))
    report = await gather(at_work.office, at_work.who["leader"], last_week, None, office(16))
    assert report.counts.overdue == 1
    assert report.moment == office(14, 0)
    found = await overview(at_work.office, at_work.who["leader"], office(16))
    assert [counts.overdue for _, counts in found.weeks][-3:] == [0, 1, 1]


@pytest.mark.parametrize(
    ("period", "due"),
    [
        (Period(Kind.WEEK, date(2026, 12, 7), date(2026, 12, 13)), date(2026, 12, 13)),
        (DECEMBER, date(2026, 12, 31)),
        (Period(Kind.QUARTER, date(2026, 10, 1), date(2026, 12, 31)), date(2026, 12, 31)),
        (Period(Kind.YEAR, date(2026, 1, 1), date(2026, 12, 31)), date(2026, 12, 31)),
    ],
    ids=lambda one: str(getattr(one, "kind", one)),
)
async def test_every_form_counts_what_was_due_on_the_last_day_as_overdue_at_the_end(
    at_work: Staffed, period: Period, due: date
) -> None:
    for clock in (None, time(17)):
        await at_work.assign(to="staff", due=due, clock=clock)
    handed_in = await at_work.assign(to="staff", due=due)
    who, until = at_work.who["leader"], period.moments(WORKDAYS)[1]
    await answer.submit(
        *(at_work.office, at_work.who["staff"], handed_in.id, "Xong", None),
        *(until - timedelta(hours=7), None),
    )
    expected = Counts(on_track=1, overdue=2)
    for unit in (None, at_work.units["th"]):
        report = await gather(at_work.office, who, period, unit, until + timedelta(hours=8))
        rows, total = in_excel(report)
        assert report.counts == total == expected
        assert (rows["Quá hạn chưa hoàn thành"], sum(rows.values())) == (2, 3)
        in_words = [str(getattr(expected, one)) for one in BUCKETS]
        assert in_word(report)["Tổng cộng"] == in_pdf(report) == ["3", *in_words]
        assert [bar.counts for bar in bars(chart(report).units, MOST_UNITS, "khác")] == [expected]
        assert report.trend[-1].counts == expected
    last = await gather(at_work.office, who, period, None, until - timedelta(seconds=1))
    assert last.counts == Counts(on_track=2, overdue=1)


async def test_the_picture_of_the_weeks_counts_what_was_due_on_their_last_day(
    at_work: Staffed,
) -> None:
    """A Sunday without a clock is late from the midnight at which the week is over."""
    await at_work.assign(to="staff", due=date(2026, 12, 13))
    await at_work.assign(to="staff", due=date(2026, 12, 14), clock=time(0))
    for name in LEADING[:3]:
        found = await overview(at_work.office, at_work.who[name], office(14, 9))
        assert [counts.overdue for _, counts in found.weeks][-2:] == [1, 2]
    running = await overview(at_work.office, at_work.who["leader"], office(13, 23, 59))
    assert [counts.overdue for _, counts in running.weeks][-1] == 0


async def test_a_picture_is_drawn_anew_when_something_happened_or_a_deadline_passed(
    at_work: Staffed,
) -> None:
    drawn: list[int] = []
    pictures, task = Pictures(), await at_work.assign(to="staff", due=FRIDAY)

    async def shown(name: str, at: datetime) -> bytes:
        who = at_work.who[name]

        async def draw() -> tuple[bytes, datetime]:
            report = await gather(at_work.office, who, DECEMBER, None, at)
            drawn.append(report.counts.overdue)
            return b"%d" % len(drawn), report.holds_until

        return await pictures.of(at_work.office, who, "december", at, draw)

    assert await shown("leader", office(11, 10)) == b"1"
    assert await shown("leader", office(11, 16)) == b"1"
    who, at = at_work.who["staff"], office(11, 16, 30)
    await answer.receive(at_work.office, who, task.id, task.version, at, at_work.update())
    assert await shown("leader", office(11, 17)) == b"2"
    assert await shown("head", office(11, 17)) == b"3"
    assert await shown("leader", office(12, 8)) == b"4"
    assert drawn == [0, 0, 0, 1]


async def test_an_overview_has_the_figures_of_the_summary(at_work: Staffed) -> None:
    for to in ("staff", "other"):
        await at_work.assign(to=to)
    found = await overview(at_work.office, at_work.who["leader"], office(14))
    shown = overview_chart(found)
    state = await summarise(at_work.office, at_work.who["leader"], office(14))
    assert sum(one.counts.overdue for one in shown.units) == state.count(Bucket.OVERDUE) == 2
    assert {one.name for one in shown.people} == {"Mạc Thiên Ân", "Đàm Tú Quyên"}
    assert len(shown.weeks) == 8
    assert shown.weeks[-1].counts.overdue == 2


@pytest.mark.parametrize(
    ("words", "kind", "first", "last"),
    [
        ("tháng 10", Kind.MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        ("tuần trước", Kind.WEEK, date(2026, 12, 7), date(2026, 12, 13)),
        ("quy 3", Kind.QUARTER, date(2026, 7, 1), date(2026, 9, 30)),
        ("năm 2025", Kind.YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        ("từ 1/11 đến 15/11", Kind.DAYS, date(2026, 11, 1), date(2026, 11, 15)),
        ("01/10 - 15/11/2026", Kind.DAYS, date(2026, 10, 1), date(2026, 11, 15)),
        ("tháng", Kind.MONTH, date(2026, 12, 1), date(2026, 12, 31)),
        ("nhiệm kỳ", Kind.TERM, date(2025, 7, 1), date(2026, 12, 14)),
        ("nhiem ky 2025-2030", Kind.TERM, date(2025, 7, 1), date(2026, 12, 14)),
        ("từ đầu nhiệm kỳ đến nay", Kind.TERM, date(2025, 7, 1), date(2026, 12, 14)),
        ("nhiệm kỳ 2020 - 2025", Kind.DAYS, date(2020, 7, 1), date(2025, 6, 30)),
    ],
)
def test_a_period_is_named_in_words(words: str, kind: Kind, first: date, last: date) -> None:
    read = read_period(OFFICE, words, office(14))
    assert read == Period(kind, first, last)


@pytest.mark.parametrize("words", ["xin chào", "tháng 13", "năm 1900", "tuần 47"])
def test_other_words_name_no_period(words: str) -> None:
    assert read_period(OFFICE, words, office(14)) is None
