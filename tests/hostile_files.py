"""Lists made to stop whoever reads them: small to send, endless to read."""

import zipfile
from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook

HEADINGS = ("nội dung", "chủ trì", "hạn")
_SHEET = "xl/worksheets/sheet1.xml"
_TABLE_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return a workbook in order, with the headings of a list of tasks."""
    book = Workbook()
    assert book.active is not None
    for row in (HEADINGS, *rows):
        book.active.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """Return a workbook whose first sheet is some XML."""
    return _with_part(_SHEET, xml)


def numbered(row: int) -> bytes:
    """Return a workbook with a task on its second row and another on a row of this number."""
    cell = '<c r="{at}" t="inlineStr"><is><t>việc</t></is></c>'
    rows = "".join(f'<row r="{n}">{cell.format(at=f"A{n}")}</row>' for n in (2, row))
    return with_sheet(_sheet(f"{_headings()}{rows}").encode())


def swollen(megabytes: int = 58) -> bytes:
    """Return a small workbook whose cells unpack to so many megabytes."""
    text = "x" * 30_000
    cells = f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    rows = f"<row>{cells}</row>" * (megabytes * 1_000_000 // len(cells))
    return with_sheet(_sheet(_headings() + rows).encode())


def many_columns() -> bytes:
    """Return a workbook with a row of a million cells."""
    cells = "<c><v>1</v></c>" * 1_000_000
    return with_sheet(_sheet(f"{_headings()}<row>{cells}</row>").encode())


def entities() -> bytes:
    """Return a workbook whose XML names entities that grow tenfold at each step."""
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY e0 "x">{steps}]>'
    body = _sheet('<row><c t="inlineStr"><is><t>&e9;</t></is></c></row>')
    return with_sheet(doctype.encode() + body.encode())


def deep() -> bytes:
    """Return a workbook whose XML is nested a hundred thousand times."""
    return with_sheet(_sheet("<row>" * 100_000 + "</row>" * 100_000).encode())


def shared_strings(megabytes: int = 55) -> bytes:
    """Return a workbook with a table of so many megabytes of short strings, none of them used."""
    item = b"<si><t>x</t></si>"
    table = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    table += item * (megabytes * 1_000_000 // len(item)) + b"</sst>"
    return _with_part("xl/sharedStrings.xml", table)


def zip_bomb() -> bytes:
    """Return a workbook with a part that unpacks to a thousand times its size."""
    content = BytesIO(workbook(("việc", "Ân", "mai")))
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.png", "w", force_zip64=True) as part,
    ):
        for _ in range(4):
            part.write(bytes(64 * 1024 * 1024))
    return content.getvalue()


def wide_csv() -> bytes:
    """Return a CSV with one line of 4.9 MB in a hundred thousand quotes."""
    return ",".join(HEADINGS).encode() + b"\n" + b'"",' * 1_600_000


def long_csv() -> bytes:
    """Return a CSV of almost a million short lines."""
    return ",".join(HEADINGS).encode() + b"\n" + b"v,a,b\n" * 800_000


def _with_part(name: str, xml: bytes) -> bytes:
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(("việc", "Ân", "mai")))) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in given.namelist():
            content = given.read(part)
            if part == "[Content_Types].xml" and "sharedStrings" in name:
                content = content.replace(b"</Types>", _TABLE_TYPE + b"</Types>")
            if part != name:
                made.writestr(part, content)
        made.writestr(name, xml)
    return out.getvalue()


def _sheet(rows: str) -> str:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{name}"><sheetData>{rows}</sheetData></worksheet>'


def _headings() -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in HEADINGS)
    return f'<row r="1">{cells}</row>'


MAKERS: dict[str, Callable[[], bytes]] = {
    "last row": lambda: numbered(1_048_576),
    "row 10^15": lambda: numbered(10**15),
    "swollen": swollen,
    "many columns": many_columns,
    "entities": entities,
    "deep": deep,
    "shared strings": shared_strings,
    "zip bomb": zip_bomb,
    "wide CSV": wide_csv,
    "long CSV": long_csv,
}
"""How each of them is made, by name."""
