"""Tables of a Word file: fixed widths, the head repeated on each page, a total row in bold."""

from docx.document import Document as Opened
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell

from bot.renderers.reporting import paper as layout
from bot.renderers.reporting.paper import Table


def add_table(document: Opened, table: Table) -> None:
    """Add a table and the space after it."""
    rows = [table.head, *table.rows, *([table.total] if table.total else [])]
    made = document.add_table(len(rows), len(table.head), "Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    cells = iter(made._cells)
    bold = {0, len(rows) - 1} if table.total else {0}
    for n, row in enumerate(rows):
        for column, text in enumerate(row):
            centred = n == 0 or column in table.centred
            _fill(next(cells), text, table.widths[column], n in bold, centred)
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Mm(width)
    _finish(made)
    after = document.add_paragraph().paragraph_format
    after.line_spacing_rule, after.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.AFTER)


def unpadded(table: WordTable) -> None:
    """Remove the padding of a table's cells."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _finish(table: WordTable) -> None:
    """Repeat the head on each page, and split no row over two pages."""
    for n, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if n == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, text: str, width: int, bold: bool, centred: bool) -> None:
    cell.width = Mm(width)
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(layout.TABLE_SIZE)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    spacing = paragraph.paragraph_format
    spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.TABLE_LINE)
