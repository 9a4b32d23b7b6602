"""Lists as rows of text: what is read, what is not, and how much of it."""

import zipfile
from io import BytesIO

import pytest

from bot.readers import sheets
from bot.readers.limits import MAX_BYTES
from bot.readers.row import TooHeavy, Unreadable
from tests import hostile_files

TEXT = ",".join(hostile_files.HEADINGS) + "\nviệc,Ân,mai\n"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\x00\x01\x02\x03", 0),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 0),
        (b"PK\x03\x04 not a workbook", 0),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 100, 0),
        (TEXT.encode("utf-16")[:-1], 0),
        (TEXT.encode() + b'7,,"An"x,,A', 3),
        (TEXT.encode() + b'a,b,c\n7,,"An,,A', 4),
        (hostile_files.numbered(10**15), 0),
        (hostile_files.entities(), 0),
    ],
)
def test_what_is_no_list_says_where_reading_stopped(content: bytes, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        sheets.read(content)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "content",
    [
        b"x" * (MAX_BYTES + 1),
        "\n".join(f"việc {n},Ân" for n in range(sheets.MAX_ROWS + 1)).encode(),
        hostile_files.swollen(),
    ],
)
def test_more_than_a_list_may_hold_is_too_heavy(content: bytes) -> None:
    with pytest.raises(TooHeavy):
        sheets.read(content)


def test_a_workbook_that_unpacks_to_far_too_much_is_not_unpacked() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    with pytest.raises(TooHeavy):
        sheets.read(content.getvalue())


def test_a_stray_cell_on_the_last_row_is_read_like_any() -> None:
    """Whoever pressed Ctrl and the arrow down has one; rows left out cost nothing."""
    rows = sheets.read(hostile_files.numbered(1_048_576))
    assert [(row.line, row.cells[0]) for row in rows] == [
        (1, "nội dung"),
        (2, "việc"),
        (1_048_576, "việc"),
    ]


def test_of_many_columns_the_first_count() -> None:
    (headings, row) = sheets.read(
        ",".join(hostile_files.HEADINGS).encode() + b"\n" + b"v," * 70 + b"\n"
    )
    assert headings.cells == hostile_files.HEADINGS
    assert len(row.cells) == 71
