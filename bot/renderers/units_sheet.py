"""The tree of units as a workbook that an admin can change and send back."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook

from bot.renderers.reporting.excel import bold, text, widths

COLUMNS = {
    "đơn vị": 40,
    "tên tắt": 16,
    "tên cũ": 30,
    "đơn vị trên": 40,
    "người đứng đầu": 26,
    "cấp phó": 50,
    "biên chế": 10,
}


def workbook(rows: Iterable[tuple[str | int | None, ...]]) -> bytes:
    """Return the rows under their headings as .xlsx."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Đơn vị")
    widths(sheet, list(COLUMNS.values()))
    sheet.append([bold(sheet, name) for name in COLUMNS])
    for row in rows:
        sheet.append([text(sheet, one) if isinstance(one, str) else one for one in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
