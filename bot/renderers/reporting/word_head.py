"""Head and end of a Word file: two sides without borders, and lines as long as a text."""

from collections.abc import Sequence

from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.renderers.fonts import width_of
from bot.renderers.reporting import paper as layout
from bot.renderers.reporting.paper import Paper
from bot.renderers.reporting.word_table import unpadded


def add_head(document: Opened, paper: Paper) -> None:
    """Add the issuing body and symbol on the left, the Party and the date on the right, then the title."""
    left, right = _sides(document, layout.LEFT_HEAD, layout.RIGHT_HEAD)
    if paper.above:
        _put(left, paper.above, layout.HEAD_SIZE)
    _put(left, paper.body, layout.HEAD_SIZE, bold=True)
    _put(left, "*", layout.HEAD_SIZE)
    _put(left, paper.symbol, layout.HEAD_SIZE)
    _boxed(_put(left, layout.DRAFT, layout.HEAD_SIZE, bold=True), layout.LEFT_HEAD)
    _put(left, paper.made, layout.LIST_SIZE, italic=True)
    _put(right, layout.PARTY, layout.PARTY_SIZE, bold=True)
    length = width_of(layout.PARTY, layout.PARTY_SIZE, bold=True)
    _draw(right.add_paragraph(), layout.RIGHT_HEAD, length)
    _put(right, paper.dated, layout.HEAD_SIZE, italic=True)
    _title(document, paper)


def _title(document: Opened, paper: Paper) -> None:
    document.add_paragraph()
    for text, size in ((paper.title, layout.TITLE_SIZE), (paper.subject, layout.BODY_SIZE)):
        _write(document.add_paragraph(), text, size, bold=True)
    line = document.add_paragraph()
    _draw(line, layout.WIDTH, layout.SHORT_LINE)
    line.paragraph_format.space_after = Pt(layout.AFTER)


def add_end(document: Opened, paper: Paper) -> None:
    """Add "Nơi nhận" on the left and the signature on the right, kept together."""
    document.add_paragraph()
    left, right = _sides(document, layout.LEFT_HEAD, layout.RIGHT_HEAD)
    to = _put(left, "Nơi nhận:", layout.HEAD_SIZE, centred=False)
    to.runs[0].underline = True
    for line in paper.recipients:
        _put(left, line, layout.LIST_SIZE, centred=False)
    if paper.authority:
        _put(right, paper.authority, layout.HEAD_SIZE, bold=True)
    _put(right, paper.signs, layout.HEAD_SIZE)
    for _ in range(layout.SIGNING_LINES):
        _put(right, "", layout.HEAD_SIZE)
    _put(right, paper.signer, layout.HEAD_SIZE, bold=True)


def _sides(document: Opened, *widths: int) -> Sequence[_Cell]:
    table = document.add_table(1, len(widths))
    table.autofit = False
    unpadded(table)
    row = table._tbl.tr_lst[0]
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells: tuple[_Cell, ...] = table.rows[0].cells
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    return cells


def _put(
    cell: _Cell,
    text: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    centred: bool = True,
) -> Paragraph:
    """Add a line to a cell; the first line uses the empty paragraph that every cell begins with."""
    first = cell.paragraphs[0]
    paragraph: Paragraph = (
        first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    )
    _write(paragraph, text, size, bold=bold, italic=italic)
    if not centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return paragraph


def _write(
    paragraph: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _draw(paragraph: Paragraph, within: float, length: float) -> None:
    """Turn an empty paragraph into a centred line of this length in millimetres."""
    _narrow(paragraph, within, length)
    _border(paragraph, "w:top")
    spacing = paragraph.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    spacing.space_before = Pt(3)


def _boxed(paragraph: Paragraph, within: float) -> None:
    _narrow(paragraph, within, width_of(paragraph.text, layout.HEAD_SIZE, bold=True) + 4)
    _border(paragraph, "w:top", "w:left", "w:bottom", "w:right")
    paragraph.paragraph_format.space_before = Pt(layout.AFTER)


def _narrow(paragraph: Paragraph, within: float, length: float) -> None:
    """Indent a paragraph equally on both sides until it has this length."""
    spacing = paragraph.paragraph_format
    spacing.left_indent = spacing.right_indent = Mm(max(0, (within - length) / 2))


def _border(paragraph: Paragraph, *sides: str) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(side)
        for name, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
