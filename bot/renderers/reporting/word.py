"""A paper as a Word file, exact to the millimetre and the point (see `paper`)."""

from io import BytesIO

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from bot.renderers.reporting import paper as layout
from bot.renderers.reporting.paper import Annex, Block, Caption, Heading, Paper, Table, Text
from bot.renderers.reporting.word_head import add_end, add_head
from bot.renderers.reporting.word_table import add_table

FONT = "Times New Roman"


def word(paper: Paper) -> bytes:
    """Return a paper as .docx."""
    document = Document()
    _set_up(document)
    add_head(document, paper)
    for block in paper.blocks:
        _add(document, block)
    add_end(document, paper)
    for block in paper.annex:
        _add(document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Opened) -> None:
    """Set page, margins, the page number from page 2 on, and the body's font."""
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in layout.PAGE)
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.LEFT), Mm(layout.RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _number_pages(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(layout.BODY_SIZE)
    fonts = style.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.author = ""


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)


def _add(document: Opened, block: Block) -> None:
    match block:
        case Heading(text):
            _body(document, text, bold=True).paragraph_format.keep_with_next = True
        case Text(text):
            _body(document, text)
        case Caption(text):
            paragraph = _line(document, text, italic=True)
            paragraph.paragraph_format.keep_with_next = True
        case Table():
            add_table(document, block)
        case Annex(subject):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            _line(document, "PHỤ LỤC", bold=True)
            _line(document, subject, bold=True)


def _body(document: Opened, text: str, bold: bool = False) -> Paragraph:
    paragraph = _line(document, text, bold=bold)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(layout.FIRST_LINE)
    return paragraph


def _line(document: Opened, text: str, bold: bool = False, italic: bool = False) -> Paragraph:
    """Add a centred paragraph with the line spacing of the body."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    spacing = paragraph.paragraph_format
    spacing.space_after = Pt(layout.AFTER)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.LINE)
    return paragraph
