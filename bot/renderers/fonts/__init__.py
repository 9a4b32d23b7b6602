"""Liberation Serif, which has the metrics of Times New Roman: for PDF files, and to measure text."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent
REGULAR, BOLD, ITALIC = "LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic"
_FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
}
_POINTS_A_MM = 72 / 25.4


@cache
def register() -> None:
    """Register the fonts with reportlab, once."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, FOLDER / file))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in millimetres, at a size in points."""
    register()
    return pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size) / _POINTS_A_MM
