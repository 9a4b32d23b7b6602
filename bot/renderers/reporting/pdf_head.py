"""Head and end of a PDF file, the same as in the Word file."""

from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from bot.renderers import fonts
from bot.renderers.reporting import paper as layout
from bot.renderers.reporting.paper import Paper

_PLAIN = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("ALIGN", (0, 0), (-1, -1), "CENTER"),
        *((side, (0, 0), (-1, -1), 0) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING")),
    ]
)
_BOX_PADDING = 3
Alignment = Literal[0, 1, 2, 4]


def head(paper: Paper) -> list[Flowable]:
    """Return the issuing body and symbol, the Party and the date, the title and the subject."""
    left = [
        *([_line(paper.above, layout.HEAD_SIZE)] if paper.above else []),
        _line(paper.body, layout.HEAD_SIZE, fonts.BOLD),
        _line("*", layout.HEAD_SIZE),
        _line(paper.symbol, layout.HEAD_SIZE),
        Spacer(0, layout.AFTER),
        _draft(),
        _line(paper.made, layout.LIST_SIZE, fonts.ITALIC),
    ]
    right = [
        _line(layout.PARTY, layout.PARTY_SIZE, fonts.BOLD),
        _rule(fonts.width_of(layout.PARTY, layout.PARTY_SIZE, bold=True)),
        _line(paper.dated, layout.HEAD_SIZE, fonts.ITALIC),
    ]
    return [
        _sides(left, right),
        Spacer(0, layout.LINE),
        _line(paper.title, layout.TITLE_SIZE, fonts.BOLD),
        _line(paper.subject, layout.BODY_SIZE, fonts.BOLD),
        _rule(layout.SHORT_LINE),
        Spacer(0, layout.LINE),
    ]


def end(paper: Paper) -> list[Flowable]:
    """Return "Nơi nhận" on the left and the signature on the right, kept on one page."""
    left: list[Flowable] = [
        Paragraph("<u>Nơi nhận:</u>", _style(layout.HEAD_SIZE, fonts.REGULAR, TA_LEFT)),
        *(_line(one, layout.LIST_SIZE, alignment=TA_LEFT) for one in paper.recipients),
    ]
    right = [
        *([_line(paper.authority, layout.HEAD_SIZE, fonts.BOLD)] if paper.authority else []),
        _line(paper.signs, layout.HEAD_SIZE),
        Spacer(0, layout.SIGNING_LINES * layout.LINE),
        _line(paper.signer, layout.HEAD_SIZE, fonts.BOLD),
    ]
    return [KeepTogether([Spacer(0, layout.LINE), _sides(left, right)])]


def _sides(left: Sequence[Flowable], right: Sequence[Flowable]) -> Table:
    return Table(
        [[list(left), list(right)]], [layout.LEFT_HEAD * mm, layout.RIGHT_HEAD * mm], style=_PLAIN
    )


def _draft() -> Table:
    width = fonts.width_of(layout.DRAFT, layout.HEAD_SIZE, bold=True) * mm
    box = TableStyle(
        [("BOX", (0, 0), (-1, -1), 0.75, "black"), ("TOPPADDING", (0, 0), (-1, -1), 0)]
    )
    word = _line(layout.DRAFT, layout.HEAD_SIZE, fonts.BOLD)
    return Table([[word]], [width + 8 * _BOX_PADDING], style=box, hAlign="CENTER")


def _rule(length: float) -> HRFlowable:
    """Return a centred line of this length in millimetres."""
    return HRFlowable(length * mm, 0.75, color="black", spaceBefore=3, spaceAfter=3, lineCap="butt")


def _line(
    text: str, size: int, font: str = fonts.REGULAR, alignment: Alignment = TA_CENTER
) -> Paragraph:
    kept = escape(text).replace("  ", "&nbsp; ")
    return Paragraph(kept, _style(size, font, alignment))


def _style(size: int, font: str, alignment: Alignment) -> ParagraphStyle:
    return ParagraphStyle(
        "line", fontName=font, fontSize=size, leading=size * 1.2, alignment=alignment
    )
