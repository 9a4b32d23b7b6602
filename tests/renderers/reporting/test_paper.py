"""The layout of a report (domain.md, section 3), measured on pages: our PDF, and Word's as printed."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from pypdf import PdfReader

from bot.renderers.reporting.pdf import pdf
from bot.renderers.reporting.report_paper import paper
from bot.renderers.reporting.word import word
from tests.renderers.pages import Piece, one, pieces
from tests.rules.report import done, line, report
from tests.rules.task import office

LINES = [
    *(done(n, office(9), owner_id=4, owner="Phòng Quản trị") for n in range(1, 8)),
    *(line(n, title="Rà soát dữ liệu đảng viên của các phường, xã") for n in range(8, 40)),
    line(40, blocker="Chưa có số liệu của phường Hoa Sữa", decider="Tạ Thị Hoài Mơ"),
    line(41, due_at=office(18, 17), late_from=office(19, 0)),
]
PAPER = paper(report(LINES))
WITHIN = 0.6
"""Millimetres: half a point of rounding, and the side bearing of a letter."""


def printed(content: bytes, folder: Path) -> bytes:
    """Return a Word file as LibreOffice prints it."""
    office_program = shutil.which("soffice")
    if office_program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice: not installed")
        pytest.skip("LibreOffice: not installed")
    file = folder / "report.docx"
    file.write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [office_program, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(file)], check=True, timeout=120, capture_output=True)
    return file.with_suffix(".pdf").read_bytes()


@pytest.fixture(scope="module", params=["pdf", "word"])
def content(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if request.param == "pdf":
        return pdf(PAPER)
    return printed(word(PAPER), tmp_path_factory.mktemp("printed"))


@pytest.fixture(scope="module")
def found(content: bytes) -> list[Piece]:
    return pieces(content)


def test_the_page_is_a4(content: bytes) -> None:
    for page in PdfReader(BytesIO(content)).pages:
        assert float(page.mediabox.width) == pytest.approx(595.28, abs=0.5)
        assert float(page.mediabox.height) == pytest.approx(841.89, abs=0.5)


def test_the_fonts_have_the_metrics_of_times_and_are_embedded(
    content: bytes, found: list[Piece]
) -> None:
    assert {piece.font.partition("-")[0] for piece in found} == {"LiberationSerif"}
    resources = PdfReader(BytesIO(content)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    fonts = [font.get_object() for font in resources.values()]
    embedded = {str(font["/BaseFont"]).partition("+")[2] for font in fonts if _is_embedded(font)}
    assert {piece.font for piece in found if piece.page == 1} <= embedded


def _is_embedded(font: Any) -> bool:
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return "/FontFile2" in inner.get("/FontDescriptor", {})


def test_a_paragraph_begins_ten_millimetres_in_and_its_lines_are_18_points_apart(
    found: list[Piece],
) -> None:
    first = one(found, "Trong tháng 12 năm 2026")
    second = found[found.index(first) + 1]
    assert first.x == pytest.approx(40, abs=WITHIN)
    assert second.x == pytest.approx(30, abs=WITHIN)
    assert second.y - first.y == pytest.approx(18 * 25.4 / 72, abs=0.1)
    assert (first.font, first.size) == ("LiberationSerif", 14)


def test_six_points_stand_between_paragraphs(found: list[Piece]) -> None:
    on_time, late = one(found, "- Hoàn thành đúng hạn"), one(found, "- Hoàn thành quá hạn")
    assert late.y - on_time.y == pytest.approx((18 + 6) * 25.4 / 72, abs=0.1)


def test_the_text_stays_within_the_margins(found: list[Piece]) -> None:
    text = [piece for piece in found if not piece.text.isdecimal() or piece.size != 14]
    assert min(piece.x for piece in text) >= 30 - WITHIN
    assert min(piece.y for piece in text) >= 20
    assert max(piece.y for piece in text) <= 297 - 20


@pytest.mark.parametrize(
    ("begins", "font", "size"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", "LiberationSerif-Bold", 15),
        ("TP. Hồ Chí Minh, ngày 14 tháng 12 năm 2026", "LiberationSerif-Italic", 14),
        ("THÀNH ỦY THÀNH PHỐ", "LiberationSerif", 14),
        ("VĂN PHÒNG THÀNH ỦY", "LiberationSerif-Bold", 14),
        ("Số", "LiberationSerif", 14),
        ("DỰ THẢO", "LiberationSerif-Bold", 14),
        ("BÁO CÁO", "LiberationSerif-Bold", 16),
        ("Tình hình thực hiện nhiệm vụ", "LiberationSerif-Bold", 14),
        ("I- TÌNH HÌNH GIAO", "LiberationSerif-Bold", 14),
        ("Nơi nhận:", "LiberationSerif", 14),
        ("- Lưu VPTU.", "LiberationSerif", 12),
        ("CHÁNH VĂN PHÒNG", "LiberationSerif", 14),
    ],
)
def test_each_part_has_its_face_and_size(
    found: list[Piece], begins: str, font: str, size: int
) -> None:
    if begins == "Số":
        begins = "Số        -BC"
    piece = one(found, begins)
    assert (piece.font, piece.size) == (font, size)


def test_the_head_has_two_sides_and_the_date_under_the_party(found: list[Piece]) -> None:
    party, dated = one(found, "ĐẢNG CỘNG SẢN"), one(found, "TP. Hồ Chí Minh, ngày")
    body = one(found, "VĂN PHÒNG THÀNH ỦY")
    assert body.x < 97 < min(party.x, dated.x)
    assert party.y < dated.y
    assert party.x - 97 == pytest.approx((98 - 73) / 2, abs=2)  # in the middle of its side


def test_pages_are_numbered_at_the_top_from_the_second_on(found: list[Piece]) -> None:
    numbers = {
        piece.page: piece
        for piece in found
        if piece.text.isdecimal() and piece.y < 20 and piece.size == 14
    }
    assert list(numbers) == list(range(2, found[-1].page + 1))
    for number, piece in numbers.items():
        assert int(piece.text) == number
        assert piece.x == pytest.approx(30 + 165 / 2, abs=2)


def test_four_or_five_lines_are_left_for_the_signature(found: list[Piece]) -> None:
    title, name = one(found, "CHÁNH VĂN PHÒNG"), one(found, "Trịnh Quang Lĩnh")
    assert name.font == "LiberationSerif-Bold"
    assert 4 <= (name.y - title.y) * 72 / 25.4 / 18 <= 6.5


def test_the_annex_begins_a_page_and_names_the_reason(found: list[Piece]) -> None:
    annex = one(found, "PHỤ LỤC")
    signed = one(found, "CHÁNH VĂN PHÒNG")
    assert annex.page == signed.page + 1
    assert annex.y < 40


def test_the_text_comes_out_with_its_tone_marks(content: bytes) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    flat = " ".join(text.split())
    assert "Rà soát dữ liệu đảng viên của các" in flat
    assert "Quá hạn chưa hoàn thành: 33 nhiệm vụ (80,49%)." in flat
    assert "Vướng mắc: Chưa có số liệu" in flat


def test_word_says_what_its_layout_is() -> None:
    document = Document(BytesIO(word(PAPER)))
    section = document.sections[0]
    assert section.page_width is not None
    assert (section.page_width.mm, section.page_height.mm if section.page_height else 0) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm, 1) for one in margins if one is not None] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    (body,) = [one for one in document.paragraphs if one.text.startswith("Trong tháng")]
    spacing = body.paragraph_format
    assert (spacing.line_spacing_rule, spacing.line_spacing) == (WD_LINE_SPACING.EXACTLY, Pt(18))
    assert spacing.space_after == Pt(6)
    assert spacing.first_line_indent == pytest.approx(Mm(10), abs=Mm(0.01))


def test_tables_fill_the_width_of_the_text() -> None:
    for block in [*PAPER.blocks, *PAPER.annex]:
        widths = getattr(block, "widths", None)
        if widths is not None:
            assert sum(widths) == 165
            assert all(len(row) == len(widths) for row in getattr(block, "rows", ()))
