"""Reading a list of people: every shape an office may send, and every way it may be wrong."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.list_import import people_file
from bot.actions.list_import.people_file import Problem, Wrong
from bot.chat.list_import.people_file import problem_lines
from bot.readers import sheets
from bot.readers.row import Unreadable
from storage.records import Role
from tests.actions.list_import.people_list import HEADER, PLACED, WHOLE, csv_file, xlsx_file

AN = "700000007,thienan,Mạc Thiên Ân,Chuyên viên,Phòng Tổng hợp,staff"
TEXT = f"{HEADER}\n{AN}\n"


def problems(content: bytes) -> list[tuple[int, Wrong]]:
    """Return line and kind of what is wrong, each of which has words."""
    found = people_file.read(sheets.read(content)).problems
    for line in problem_lines(found):
        assert re.match(r"(Dòng \d+|Tệp): .+\.$", line)
    return [(problem.line, problem.kind) for problem in found]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        b"\n\n" + TEXT.encode(),
        TEXT.replace("role", "role,,").replace("staff", "staff,,").encode(),
        TEXT.upper().replace("STAFF", "Staff").encode(),
        TEXT.replace("thienan", "@thienan").encode(),
        xlsx_file((700000007, "thienan", "Mạc Thiên Ân", "Chuyên viên", "Phòng Tổng hợp", "staff")),
        xlsx_file((7.00000007e8, "thienan", "Mạc Thiên Ân", "Chuyên viên", "Phòng Tổng hợp", "staff")),
        xlsx_file((" 700000007 ", "thienan", " Mạc  Thiên Ân", "Chuyên viên", "Phòng Tổng hợp", "STAFF")),
    ],
)  # fmt: skip
def test_one_list_in_many_shapes(content: bytes) -> None:
    read = people_file.read(sheets.read(content))
    assert read.problems == ()
    (line,) = read.lines
    assert (line.telegram_id, str(line.username).lower()) == (700000007, "thienan")
    assert line.name.lower() == "mạc thiên ân"
    assert line.unit.lower() == "phòng tổng hợp"
    assert line.role is Role.STAFF
    assert (line.parent_unit, line.in_charge, line.aliases) == (None, None, None)


def test_windows_1258_writes_tone_marks_apart() -> None:
    """Excel's plain CSV in Vietnamese: vowels as one letter, tone marks behind them."""
    apart = "Ma\u0323c Thiên Ân"
    content = f"{HEADER}\n7,,{apart},Chuyên viên,Pho\u0300ng A,staff\n".encode("cp1258")
    (line,) = people_file.read(sheets.read(content)).lines
    assert (line.name, line.unit) == ("Mạc Thiên Ân", "Phòng A")


def test_optional_columns_hold_several() -> None:
    content = csv_file(
        '7,,Tạ Thị Hoài Mơ,PCVP,Văn phòng,leader,,"Phòng A; Phòng B\nPhòng A",chị Mơ;', header=WHOLE
    )
    (line,) = people_file.read(sheets.read(content)).lines
    assert line.in_charge == ("Phòng A", "Phòng B")
    assert line.aliases == ("chị Mơ",)
    assert line.parent_unit == ""


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", [(0, Wrong.EMPTY)]),
        (b"\n\n  \n", [(0, Wrong.EMPTY)]),
        (f"{HEADER}\n".encode(), [(0, Wrong.EMPTY)]),
        (b"%PDF-1.7", [(1, Wrong.UNKNOWN_COLUMN), *[(1, Wrong.NO_COLUMN)] * 6]),
        (csv_file(AN, header=f"{HEADER},phone"), [(1, Wrong.UNKNOWN_COLUMN)]),
        (csv_file(AN, header=f"{HEADER},unit"), [(1, Wrong.COLUMN_TWICE)]),
        (csv_file(AN, header=HEADER.replace(",unit", "")), [(1, Wrong.NO_COLUMN)]),
        (csv_file(f"{AN},more"), [(2, Wrong.TOO_MANY_CELLS)]),
        (csv_file("7,,,,,"), [(2, Wrong.MISSING)] * 3),
        (csv_file("7"), [(2, Wrong.MISSING)] * 3),
        (csv_file(f"7,,{'A' * 101},,A,staff"), [(2, Wrong.TOO_LONG)]),
        (csv_file(f"7,,An,,{'A' * 201},staff"), [(2, Wrong.TOO_LONG)]),
        (csv_file("7,,M?c Thiên Ân,,Pḥng T?ng h?p,staff"), [(2, Wrong.GARBLED)] * 2),
        (csv_file("7,,An,Chuy\ufffdn viên,A,staff"), [(2, Wrong.GARBLED)]),
        (csv_file("@an,,An,,A,staff"), [(2, Wrong.BAD_ID)]),
        (csv_file("-7,,An,,A,staff"), [(2, Wrong.BAD_ID)]),
        (csv_file("0,,An,,A,staff"), [(2, Wrong.BAD_ID)]),
        (csv_file("7E+08,,An,,A,staff"), [(2, Wrong.BAD_ID)]),
        (csv_file("٧,,An,,A,staff"), [(2, Wrong.BAD_ID)]),
        (csv_file("99999999999999999999,,An,,A,staff"), [(2, Wrong.BAD_ID)]),
        (csv_file("7,nguyễn an,An,,A,staff"), [(2, Wrong.BAD_USERNAME)]),
        (csv_file("7,,An,,A,trưởng phòng"), [(2, Wrong.BAD_ROLE)]),
        (
            csv_file("x,!,An,,A,boss", "7,,,,A,staff", AN),
            [(2, Wrong.BAD_ROLE), (2, Wrong.BAD_ID), (2, Wrong.BAD_USERNAME), (3, Wrong.MISSING)],
        ),
        (xlsx_file((7.5, "", "An", "", "A", "staff")), [(2, Wrong.BAD_ID)]),
    ],
)
def test_wrong_files_are_named_line_by_line(content: bytes, found: list[tuple[int, Wrong]]) -> None:
    assert problems(content) == found


def test_the_line_is_that_of_the_file() -> None:
    content = csv_file('7,,"An\nBa",,A,staff', "", "x,,Tư,,A,staff")
    assert problems(content) == [(5, Wrong.BAD_ID)]


def test_every_kind_of_problem_has_words() -> None:
    facts = dict.fromkeys(
        ("column", "allowed", "count", "limit", "value", "first", "name", "unit"), "x"
    )
    said = problem_lines(Problem(3, kind, facts) for kind in Wrong)
    assert len(set(said)) == len(Wrong)


@given(st.binary(max_size=400))
def test_any_bytes_are_answered(content: bytes) -> None:
    try:
        rows = sheets.read(content)
    except Unreadable:
        return
    read = people_file.read(rows)
    assert read.lines or read.problems


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
            min_size=7,
            max_size=7,
        ),
        max_size=5,
    )
)
def test_any_cells_are_answered(rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    read = people_file.read(sheets.read(csv_file(*quoted, header=PLACED)))
    assert all(problem_lines(read.problems)) or not read.problems


def test_the_demo_office_is_in_order() -> None:
    demo = Path(people_file.__file__).parents[2] / "playground" / "demo_office.csv"
    read = people_file.read(sheets.read(demo.read_bytes()))
    assert (len(read.lines), read.problems) == (37, ())


def test_a_thousand_lines_are_read_quickly() -> None:
    content = csv_file(
        *(f"{n},,Người {n},Chuyên viên,Phòng {n % 40},staff" for n in range(1, 1001))
    )
    start = time.perf_counter()
    assert len(people_file.read(sheets.read(content)).lines) == 1000
    assert time.perf_counter() - start < 1


def test_a_line_that_may_carry_a_mark_is_named_without_its_words() -> None:
    content = csv_file(
        ",,Lê Văn An,giu ho so mat,Phòng Một,staff", ",,Nguyễn Văn Mat,,Phòng Một,staff"
    )
    file = people_file.read(sheets.read(content))
    assert file.lines == ()
    assert [(one.line, one.kind, one.facts) for one in file.problems] == [(2, Wrong.DOUBTFUL, {})]
