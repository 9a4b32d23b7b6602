"""A PDF file as it lies on paper: each piece of text with its page, place, font and size."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader

MM = 25.4 / 72


@dataclass(frozen=True)
class Piece:
    """Text at its baseline's beginning: millimetres from the left and from the top; the size in points."""

    page: int
    x: float
    y: float
    font: str
    size: float
    text: str


def pieces(content: bytes) -> list[Piece]:
    """Return the pieces of text in the order in which they were drawn."""
    found: list[Piece] = []
    for number, page in enumerate(PdfReader(BytesIO(content)).pages, 1):
        height = float(page.mediabox.height)

        def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
            if text.strip() and font:
                x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
                name = str(font["/BaseFont"]).partition("+")[2]
                found.append(Piece(number, x * MM, (height - y) * MM, name, size, text.strip()))  # noqa: B023 - called at once

        page.extract_text(visitor_text=visit)
    return found


def one(found: list[Piece], begins: str) -> Piece:
    """Return the only piece that begins with some words."""
    (piece,) = [piece for piece in found if piece.text.startswith(begins)]
    return piece
