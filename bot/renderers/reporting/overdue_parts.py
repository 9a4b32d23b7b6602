"""The part of a report on overdue tasks and their causes, and the annex that lists them."""

from collections import Counter

from bot.renderers.reporting.paper import Block, Table, Text
from bot.renderers.tables import day, lead, rest
from bot.rules.reporting.reporting import Report, Row

MOST = 500
"""Maximum rows of the annex, so that the paper does not become too long; the Excel file has all."""

UNSAID = "chưa báo cáo nguyên nhân"


def overdue(report: Report) -> list[Block]:
    """Return how many tasks are overdue, and how many for each known cause."""
    late = report.overdue
    if not late:
        return [Text("Không có nhiệm vụ quá hạn chưa hoàn thành.")]
    causes = Counter(cause(row) for row in late).most_common()
    told = "; ".join(f"{count} {name}" for name, count in causes)
    return [
        Text(f"Có {len(late)} nhiệm vụ quá hạn chưa hoàn thành: {told}."),
        Text("Danh sách và nguyên nhân của từng nhiệm vụ ở Phụ lục."),
    ]


def annex(report: Report) -> list[Block]:
    """Return every overdue task with its reason, the longest overdue first."""
    if not report.overdue:
        return []
    shown = report.overdue[:MOST]
    table = Table(
        head=("TT", "Việc số", "Nội dung", "Chủ trì", "Hạn", "Quá hạn (ngày)", "Nguyên nhân"),
        rows=[_line(report, n, row) for n, row in enumerate(shown, 1)],
        widths=(9, 13, 43, 30, 22, 17, 31),
        centred=frozenset({0, 1, 4, 5}),
    )
    note = "Số ngày quá hạn tính theo ngày làm việc."
    return [table, Text(note), *rest(len(report.overdue), len(shown))]


def cause(row: Row) -> str:
    """Return the kind of reason known for an overdue task."""
    task = row.task
    if row.submitted_at is not None:
        return "đã nộp, chờ nghiệm thu"
    if task.blocker:
        return "có vướng mắc"
    if task.asked:
        return "đã xin gia hạn"
    return "đã báo cáo tiến độ" if task.reported else UNSAID


def reason(report: Report, row: Row) -> str:
    """Return why a task is overdue, in the words that were reported; if none were, say so."""
    task = row.task
    if row.submitted_at is not None:
        return f"Đã nộp {day(report, row.submitted_at)}, chờ nghiệm thu"
    said = {"Vướng mắc": task.blocker, "Xin gia hạn": task.asked, "Báo cáo": task.reported}
    known = (f"{name}: {words}" for name, words in said.items() if words)
    return next(known, UNSAID.capitalize())


def _line(report: Report, number: int, row: Row) -> tuple[str, ...]:
    return (
        str(number),
        str(row.task.id),
        row.task.title,
        lead(row),
        day(report, row.task.due_at),
        str(report.days_late(row)),
        reason(report, row),
    )
