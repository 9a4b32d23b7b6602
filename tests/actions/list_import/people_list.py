"""Lists of people as offices hand them in."""

from io import BytesIO

from openpyxl import Workbook

HEADER = "telegram_id,username,name,position,unit,role"
PLACED = f"{HEADER},parent_unit"
WHOLE = f"{PLACED},in_charge,aliases"


def csv_file(*lines: str, header: str = HEADER) -> bytes:
    """Return a CSV in UTF-8."""
    return "\n".join([header, *lines, ""]).encode()


def xlsx_file(*rows: tuple[object, ...], header: str = HEADER) -> bytes:
    """Return a workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header.split(","), *rows):
        sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


ADMIN, LEADER, HEAD, STAFF = 1, 2, 3, 4
"""The accounts of those in OFFICE who have one."""

OFFICE = csv_file(
    "1,,Quản Trị,,Văn phòng,admin,",
    "2,,Lãnh Đạo,,Văn phòng,leader,",
    "3,,Trưởng Phòng,,Phòng A,head,Văn phòng",
    "4,,Chuyên Viên,,Phòng A,staff,Văn phòng",
    ",nguoi_moi,Người Mới,,Phòng A,staff,Văn phòng",
    ",,Phó Phòng,,Tổ A,head,Phòng A",
    ",,Lãnh Đạo Mới,,Phòng A,leader,Văn phòng",
    ",,Người Khác,,Phòng B,staff,Văn phòng",
    header=PLACED,
)
