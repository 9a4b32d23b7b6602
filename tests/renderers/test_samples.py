"""The samples in docs/mau are what the program makes now."""

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.renderers.reporting.excel import excel
from bot.renderers.reporting.pdf import pdf
from bot.renderers.reporting.report_paper import paper
from bot.renderers.reporting.word import word
from bot.rules.reporting.reporting import Report
from tests.renderers.samples import DOCS, month_of_the_demo, year_of_the_demo


def in_word(content: bytes) -> list[str]:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for cell in table._cells]
    return [*(one.text for one in document.paragraphs), *cells]


def in_pdf(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def in_excel(content: bytes) -> list[object]:
    return [row for sheet in load_workbook(BytesIO(content)) for row in sheet.values]


@pytest.mark.parametrize(
    ("name", "report", "make", "read"),
    [
        ("bao-cao-thang.docx", month_of_the_demo, lambda one: word(paper(one)), in_word),
        ("bao-cao-thang.pdf", month_of_the_demo, lambda one: pdf(paper(one)), in_pdf),
        ("bao-cao-thang.xlsx", month_of_the_demo, excel, in_excel),
        ("tong-ket-nam.docx", year_of_the_demo, lambda one: word(paper(one)), in_word),
    ],
)
def test_a_sample_says_what_is_made_now(
    name: str,
    report: Callable[[], Report],
    make: Callable[[Report], bytes],
    read: Callable[[bytes], list[object]],
) -> None:
    kept = read((DOCS / "mau" / name).read_bytes())
    assert len(kept) >= 3
    assert kept == read(make(report())), "python -m tests.renderers.samples writes them anew"
