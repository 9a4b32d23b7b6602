"""The workbook of a report, opened again: real dates and numbers, filters, totals that are its rows."""

from collections import Counter
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from bot.renderers.reporting.excel import FIGURES, MEANINGS, TASKS, excel
from bot.renderers.reporting.excel_columns import COLUMNS
from bot.renderers.tables import BUCKETS
from bot.rules.organisation.standing import Bucket
from tests.rules.report import done, line, report
from tests.rules.task import office

REPORT = report(
    [
        line(1, title='=HYPERLINK("http://x")', blocker="Chưa có số liệu"),
        done(2, office(10), extensions=2, owner_id=4, owner="Phòng Quản trị"),
        done(3, office(13)),
        line(4, due_at=None, late_from=None),
        line(5, in_correction=True),
    ]
)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(BytesIO(excel(REPORT)))


def tasks(book: Workbook) -> list[dict[str, Any]]:
    head, *rows = book[TASKS].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_a_task_is_a_row_with_real_dates_and_numbers(book: Workbook) -> None:
    first = tasks(book)[0]
    assert [row["Việc số"] for row in tasks(book)] == [1, 2, 3, 4, 5]
    assert first["Ngày giao"] == datetime(2026, 12, 1, 9)  # the office's wall clock
    assert first["Hạn hiện hành"] == datetime(2026, 12, 11, 17)
    assert first["Số ngày quá hạn"] == 1
    assert first["Nguyên nhân quá hạn"] == "Vướng mắc: Chưa có số liệu"
    assert tasks(book)[1]["Gia hạn"] == 2


def test_what_people_wrote_is_text_and_never_a_formula(book: Workbook) -> None:
    cell = book[TASKS]["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")


def test_the_rows_can_be_filtered_and_the_head_stays(book: Workbook) -> None:
    sheet = book[TASKS]
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(COLUMNS))}6"
    assert sheet.freeze_panes == "C2"


def test_the_totals_are_those_of_the_rows_and_of_the_report(book: Workbook) -> None:
    counted = Counter(row["Kết quả"] for row in tasks(book))
    rows = list(book[FIGURES].iter_rows(values_only=True))
    (head,) = [row for row in rows if row[0] == "Đơn vị"]
    (total,) = [row for row in rows if row[0] == "Tổng cộng"]
    units = rows[rows.index(head) + 1 : rows.index(total)]
    assert [total[3 + n] for n in range(5)] == [counted[name] for name in BUCKETS.values()]
    assert [total[3 + n] for n in range(5)] == [getattr(REPORT.counts, one) for one in Bucket]
    assert total[2] == sum(counted.values()) - counted["Đang đính chính"] == REPORT.counts.total
    for column in range(2, 9):
        assert total[column] == sum(int(str(row[column])) for row in units)


def test_every_column_and_every_bucket_is_defined(book: Workbook) -> None:
    defined = {row[0]: row[1] for row in book[MEANINGS].iter_rows(values_only=True)}
    for name in [*(column.name for column in COLUMNS), *BUCKETS.values()]:
        assert defined[name]
