"""A paper as a PDF file, with an embedded font that has the metrics of Times New Roman."""

from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from bot.renderers import fonts
from bot.renderers.reporting import paper as layout
from bot.renderers.reporting.paper import Annex, Block, Caption, Heading, Paper, Text
from bot.renderers.reporting.paper import Table as PaperTable
from bot.renderers.reporting.pdf_head import end, head

TEXT = ParagraphStyle(
    "text",
    fontName=fonts.REGULAR,
    fontSize=layout.BODY_SIZE,
    leading=layout.LINE,
    spaceAfter=layout.AFTER,
    firstLineIndent=layout.FIRST_LINE * mm,
    alignment=TA_JUSTIFY,
)
HEADING = ParagraphStyle("heading", TEXT, fontName=fonts.BOLD, keepWithNext=1)
CAPTION = ParagraphStyle(
    "caption", TEXT, fontName=fonts.ITALIC, firstLineIndent=0, alignment=TA_CENTER, keepWithNext=1
)
ANNEX = ParagraphStyle("annex", CAPTION, fontName=fonts.BOLD)
CELL = ParagraphStyle(
    "cell",
    fontName=fonts.REGULAR,
    fontSize=layout.TABLE_SIZE,
    leading=layout.TABLE_LINE,
    alignment=TA_LEFT,
)
CELLS = {
    (bold, centred): ParagraphStyle(
        "cell",
        CELL,
        fontName=fonts.BOLD if bold else fonts.REGULAR,
        alignment=TA_CENTER if centred else TA_LEFT,
    )
    for bold in (False, True)
    for centred in (False, True)
}
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)


def pdf(paper: Paper) -> bytes:
    """Return a paper as .pdf."""
    fonts.register()
    file = BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=tuple(side * mm for side in layout.PAGE),
        title=f"{paper.title}: {paper.subject}",
        author=paper.body,
    )
    height = layout.PAGE[1] - layout.TOP - layout.BOTTOM
    frame = Frame(layout.LEFT * mm, layout.BOTTOM * mm, layout.WIDTH * mm, height * mm, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame], onPage=_number)])
    flow = [one for block in paper.blocks for one in _flow(block)]
    annex = [one for block in paper.annex for one in _flow(block)]
    document.build([*head(paper), *flow, *end(paper), *annex])
    return file.getvalue()


def _number(canvas: Canvas, document: BaseDocTemplate) -> None:
    """Write the page number at the top, from page 2 on."""
    if document.page > 1:
        canvas.setFont(fonts.REGULAR, layout.BODY_SIZE)
        canvas.drawCentredString(
            (layout.LEFT + layout.WIDTH / 2) * mm, (layout.PAGE[1] - 15) * mm, str(document.page)
        )


def _flow(block: Block) -> list[Flowable]:
    match block:
        case Heading(text):
            return [Paragraph(escape(text), HEADING)]
        case Text(text):
            return [Paragraph(escape(text), TEXT)]
        case Caption(text):
            return [Paragraph(escape(text), CAPTION)]
        case Annex(subject):
            lines = ("PHỤ LỤC", subject)
            return [PageBreak(), *(Paragraph(escape(line), ANNEX) for line in lines)]
        case PaperTable():
            return [_table(block), Spacer(0, layout.AFTER)]


def _table(table: PaperTable) -> Table:
    rows = [
        _row(table, table.head, bold=True, head=True),
        *(_row(table, row) for row in table.rows),
        *([_row(table, table.total, bold=True)] if table.total else []),
    ]
    widths = [width * mm for width in table.widths]
    return Table(rows, widths, repeatRows=1, style=GRID)


def _row(
    table: PaperTable, row: tuple[str, ...], *, bold: bool = False, head: bool = False
) -> list[Paragraph]:
    return [
        Paragraph(escape(text), CELLS[bold, head or column in table.centred])
        for column, text in enumerate(row)
    ]
