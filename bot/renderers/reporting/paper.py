"""A report as a paper, before it becomes Word or PDF: its head, blocks and end, and the layout of both files.

Layout: domain.md, section 3 (Hướng dẫn 05-HD/VPTW). Lengths are in millimetres, sizes in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

PAGE = (210, 297)
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
WIDTH = PAGE[0] - LEFT - RIGHT
LEFT_HEAD, RIGHT_HEAD = 67, 98
"""Widths of the left and right side of the head; the end has the same."""
PARTY_SIZE, HEAD_SIZE, TITLE_SIZE, BODY_SIZE, LIST_SIZE, TABLE_SIZE = 15, 14, 16, 14, 12, 11
FIRST_LINE, AFTER, LINE = 10, 6, 18
"""Of a paragraph: indent of the first line in millimetres, space after it and line distance in points."""
TABLE_LINE = 14
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
DRAFT = "DỰ THẢO"
SHORT_LINE = 30
"""Length in millimetres of the line under the subject."""
SIGNING_LINES = 5


@dataclass(frozen=True)
class Heading:
    """The heading of a part of the paper: "I- TÌNH HÌNH ..." in bold capitals."""

    text: str


@dataclass(frozen=True)
class Text:
    """A justified paragraph with its first line indented."""

    text: str


@dataclass(frozen=True)
class Caption:
    """The caption above a table, centred and in italics."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on each page; `total` is a last row in bold.

    `widths` add up to WIDTH; `centred` are the numbers of the columns that hold figures.
    """

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[int, ...]
    centred: frozenset[int]
    total: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Annex:
    """Begins a new page, with "PHỤ LỤC" and a subject above what follows."""

    subject: str


Block = Heading | Text | Caption | Table | Annex


@dataclass(frozen=True)
class Paper:
    """A whole paper. `body` issues it, under `above`; `recipients` are the lines under "Nơi nhận:"."""

    above: str
    body: str
    symbol: str
    dated: str
    title: str
    subject: str
    blocks: Sequence[Block]
    annex: Sequence[Block]
    recipients: Sequence[str]
    authority: str
    signs: str
    signer: str
    made: str
    """When the draft was made, as printed under DỰ THẢO."""
