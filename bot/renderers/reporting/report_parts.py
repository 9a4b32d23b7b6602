"""The parts of a report: figures by unit, overdue tasks and their causes, tasks due soon, proposals."""

from collections import Counter

from bot.renderers.reporting.overdue_parts import UNSAID, cause, overdue
from bot.renderers.reporting.paper import Block, Caption, Heading, Table, Text
from bot.renderers.reporting.review_parts import review
from bot.renderers.tables import BUCKETS, by_unit, day, lead, rest
from bot.rules.organisation.standing import Bucket
from bot.rules.reporting.percentages import percents
from bot.rules.reporting.reporting import Report, Row

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
MOST_SOON, MOST_PROPOSED = 50, 20


def parts(report: Report) -> list[Block]:
    """Return the body of a report; a yearly review has more parts."""
    found = [
        ("Tình hình giao và thực hiện nhiệm vụ", _state(report)),
        *(review(report) if report.is_review else []),
        ("Nhiệm vụ quá hạn, nguyên nhân", overdue(report)),
        ("Nhiệm vụ sắp đến hạn", _due_soon(report)),
        ("Kiến nghị", _proposals(report)),
    ]
    blocks: list[Block] = []
    for number, (heading, part) in zip(ROMAN, found, strict=False):
        blocks += [Heading(f"{number}- {heading.upper()}"), *part]
    return blocks


def _state(report: Report) -> list[Block]:
    found, whose = report.counts, report.about or report.head.body
    opening = (
        f"Trong {report.period.name}, {whose} có {found.total} nhiệm vụ: {report.carried} nhiệm vụ kỳ "
        f"trước chuyển sang, {report.assigned} nhiệm vụ giao trong kỳ. Tính đến "
        f"{report.as_of}:"
    )
    shares = percents(found)
    lines = [
        f"- {name}: {getattr(found, bucket)} nhiệm vụ ({shares[bucket]})."
        for bucket, name in BUCKETS.items()
        if bucket is not Bucket.NO_DEADLINE or found.no_deadline
    ]
    if found.correcting:
        lines.append(f"- Đang đính chính, ngoài tổng số: {found.correcting} nhiệm vụ.")
    table: list[Block] = (
        [Caption("Bảng 1. Kết quả theo đơn vị"), by_unit(report)] if found.total else []
    )
    change = [_change(report)] if report.period.before else []
    return [*map(Text, (opening, *lines, *change)), *table]


def _change(report: Report) -> str:
    """Return how the figures changed against the period before."""
    before, now = report.before, report.counts
    moved = [
        f"{name.lower()} {_moved(getattr(now, bucket) - getattr(before, bucket))}"
        for bucket, name in BUCKETS.items()
        if bucket is not Bucket.NO_DEADLINE
    ]
    total = _moved(now.total - before.total)
    name = report.period.before.name if report.period.before else ""
    return f"So với {name}: tổng số {total}; {'; '.join(moved)}."


def _moved(by: int) -> str:
    return "không đổi" if by == 0 else f"{'tăng' if by > 0 else 'giảm'} {abs(by)}"


def _due_soon(report: Report) -> list[Block]:
    soon = report.due_soon
    if not soon:
        return [Text("Không có nhiệm vụ đến hạn trong 7 ngày tới.")]
    shown = soon[:MOST_SOON]
    table = Table(
        head=("TT", "Việc số", "Nội dung", "Chủ trì", "Hạn", "Tiến độ"),
        rows=[_coming(report, n, row) for n, row in enumerate(shown, 1)],
        widths=(9, 15, 64, 37, 23, 17),
        centred=frozenset({0, 1, 4, 5}),
    )
    opening = f"Có {len(soon)} nhiệm vụ đến hạn trong 7 ngày tới, chưa nộp kết quả:"
    return [Text(opening), table, *rest(len(soon), len(shown))]


def _coming(report: Report, number: int, row: Row) -> tuple[str, ...]:
    task = row.task
    due = day(report, task.due_at)
    return (str(number), str(task.id), task.title, lead(row), due, f"{task.percent}%")


def _proposals(report: Report) -> list[Block]:
    """Return the proposals that follow from the figures; whoever signs may add others."""
    lines = [
        *(_knot(row) for row in report.blocked),
        *_asked(
            Counter(row.task.assigner for row in report.waiting), "nghiệm thu {} kết quả đã nộp"
        ),
        *_asked(
            Counter(lead(row) for row in report.overdue if cause(row) == UNSAID),
            "báo cáo nguyên nhân của {} nhiệm vụ quá hạn",
        ),
    ]
    return [Text(line) for line in lines[:MOST_PROPOSED]] or [Text("Không có kiến nghị.")]


def _knot(row: Row) -> str:
    task = row.task
    who = task.decider or task.assigner
    return f"- Đề nghị {who} cho ý kiến về vướng mắc của việc {task.id}: {task.blocker}."


def _asked(counts: Counter[str], what: str) -> list[str]:
    return [f"- Đề nghị {name} {what.format(count)}." for name, count in counts.most_common()]
