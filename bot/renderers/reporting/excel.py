"""A report as a workbook: the figures, one row for each task with filters, and what each column means."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.renderers.reporting.excel_columns import COLUMNS, DEFINITIONS, Value
from bot.renderers.reporting.report_paper import subject
from bot.renderers.tables import BUCKETS
from bot.rules.reporting.reporting import Report, Share
from storage.records import Counts

TASKS, FIGURES, MEANINGS = "Nhiệm vụ", "Tổng hợp", "Định nghĩa"
DATE, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def excel(report: Report) -> bytes:
    """Return a report as .xlsx; its dates and figures are true Excel values, dates in the office's zone."""
    book = Workbook(write_only=True)
    _figures(book.create_sheet(FIGURES), report)
    _tasks(book.create_sheet(TASKS), report)
    _meanings(book.create_sheet(MEANINGS))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _figures(sheet: Worksheet, report: Report) -> None:
    widths(sheet, [44, 34, *[14] * 12])
    sheet.append([bold(sheet, f"DỰ THẢO. {subject(report)}")])
    sheet.append(["Tính đến", report.as_of])
    sheet.append([])
    _shares(sheet, "Đơn vị", report.units, report.counts)
    sheet.append([])
    _shares(sheet, "Người chủ trì", report.people, None)


def _shares(sheet: Worksheet, what: str, shares: Iterable[Share], total: Counts | None) -> None:
    names = [
        what, "Thuộc", "Tổng số", *BUCKETS.values(), "Đang đính chính",
        "Đúng hạn ban đầu", "Bị trả lại", "Gia hạn",
    ]  # fmt: skip
    sheet.append([bold(sheet, name) for name in names])
    for one in shares:
        further = [one.on_time_first, one.returned, one.extensions]
        sheet.append([one.name, one.above, *_counts(one.counts), *further])
    if total is not None:
        sheet.append([bold(sheet, value) for value in ("Tổng cộng", None, *_counts(total))])


def _tasks(sheet: Worksheet, report: Report) -> None:
    widths(sheet, [column.width for column in COLUMNS])
    sheet.freeze_panes = "C2"
    last = get_column_letter(len(COLUMNS))
    sheet.auto_filter.ref = f"A1:{last}{len(report.rows) + 1}"
    sheet.append([bold(sheet, column.name) for column in COLUMNS])
    for row in report.rows:
        sheet.append([_cell(sheet, report, column.value(report, row)) for column in COLUMNS])


def _meanings(sheet: Worksheet) -> None:
    widths(sheet, [28, 110])
    sheet.append([bold(sheet, name) for name in ("Cột, số liệu", "Nghĩa là")])
    meanings = {column.name: column.meaning for column in COLUMNS} | DEFINITIONS
    for name, meaning in meanings.items():
        cell = WriteOnlyCell(sheet, meaning)
        cell.alignment = _WRAPPED
        sheet.append([name, cell])


def _counts(found: Counts) -> list[int]:
    buckets = [int(getattr(found, bucket)) for bucket in BUCKETS]
    return [found.total, *buckets, found.correcting]


def _cell(sheet: Worksheet, report: Report, value: Value) -> Value | Cell:
    """Return the cell of a value; text is never read as a formula."""
    if isinstance(value, datetime):
        return moment(sheet, report.workdays.local(value))
    if isinstance(value, str):
        return text(sheet, value)
    return value


def text(sheet: Worksheet, words: str) -> Cell:
    """Return a cell with a text that Excel never reads as a formula."""
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    return cell


def moment(sheet: Worksheet, local: datetime) -> Cell:
    """Return a cell with a moment in Excel's form: the office's local time, without a zone."""
    cell = WriteOnlyCell(sheet, local.replace(tzinfo=None))
    cell.number_format = MOMENT
    return cell


def bold(sheet: Worksheet, value: Value) -> Cell:
    """Return a cell of a table's head."""
    cell = WriteOnlyCell(sheet, value)
    cell.font, cell.alignment = _BOLD, _WRAPPED
    return cell


def widths(sheet: Worksheet, widths: list[int]) -> None:
    """Set the widths of columns, in characters."""
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
