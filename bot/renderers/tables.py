"""Tables that several parts of a report use, and the words in their cells."""

from collections.abc import Sequence
from datetime import datetime

from bot.renderers.reporting.paper import Block, Table, Text
from bot.rules.organisation.standing import Bucket
from bot.rules.reporting.percentages import ratio
from bot.rules.reporting.reporting import Report, Row, Share
from storage.records import Counts

BUCKETS = {
    Bucket.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Bucket.DONE_LATE: "Hoàn thành quá hạn",
    Bucket.ON_TRACK: "Trong hạn",
    Bucket.OVERDUE: "Quá hạn chưa hoàn thành",
    Bucket.NO_DEADLINE: "Không thời hạn",
}


def by_unit(report: Report) -> Table:
    """Return the buckets of each unit, with a total row that is their sum."""
    return Table(
        head=("TT", "Đơn vị", "Tổng số", *BUCKETS.values()),
        rows=[
            (str(n), one.name, *_counts(one.counts))
            for n, one in enumerate(_with_above(report.units), 1)
        ],
        widths=(9, 48, 16, 19, 19, 16, 20, 18),
        centred=frozenset({0, *range(2, 8)}),
        total=("", "Tổng cộng", *_counts(report.counts)),
    )


def achieved(shares: Sequence[Share], what: str, whole: Share | None = None) -> Table:
    """Return a table of how many tasks of each share met the first and the present deadline.

    It also counts returns and extensions; `whole` becomes the total row.
    """
    return Table(
        head=(
            "TT", what, "Tổng số", "Hoàn thành", "Đúng hạn ban đầu", "Đúng hạn hiện hành",
            "Quá hạn chưa xong", "Bị trả lại", "Gia hạn",
        ),
        rows=[_achieved(str(n), one) for n, one in enumerate(shares, 1)],
        total=_achieved("", whole) if whole else None,
        widths=(9, 41, 13, 15, 22, 22, 17, 13, 13),
        centred=frozenset({0, *range(2, 9)}),
    )  # fmt: skip


def day(report: Report, moment: datetime | None) -> str:
    """Return a day by the office's calendar; "" for None."""
    return f"{report.workdays.local(moment):%d/%m/%Y}" if moment else ""


def lead(row: Row) -> str:
    """Return the lead of a task: a person, or an outside body."""
    return row.task.lead or row.task.owner or "chưa rõ"


def rest(count: int, shown: int) -> list[Block]:
    """Return the note under a table that does not show all rows."""
    more = f"Còn {count - shown} nhiệm vụ; danh sách đầy đủ trong tệp Excel."
    return [Text(more)] if count > shown else []


def _achieved(number: str, one: Share) -> tuple[str, ...]:
    found, finished = one.counts, len(one.finished)
    return (
        number,
        one.name,
        str(found.total),
        str(finished),
        _part(one.on_time_first, finished),
        _part(found.done_on_time, finished),
        str(found.overdue),
        str(one.returned),
        str(one.extensions),
    )


def _part(count: int, of: int) -> str:
    return f"{count} ({ratio(count, of)})" if of else "0"


def _counts(found: Counts) -> tuple[str, ...]:
    return (str(found.total), *(str(getattr(found, bucket)) for bucket in BUCKETS))


def _with_above(units: Sequence[Share]) -> list[Share]:
    """Return the units; those with the same name get the name of the unit above appended."""
    names = [one.name for one in units]
    return [
        Share(f"{one.name}, {one.above}", None, one.rows)
        if one.above and names.count(one.name) > 1
        else one
        for one in units
    ]
