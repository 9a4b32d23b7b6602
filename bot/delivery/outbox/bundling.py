"""Which rows that wait for one person become one message."""

from collections.abc import Collection, Sequence

from storage.records import Outgoing, Priority

CARD_REFRESH = "card.refresh"
BY_TASK = frozenset({CARD_REFRESH, "files.kept", "files.waiting"})
"""Kinds of which several about one task become one message."""


def fold(rows: Sequence[Outgoing], folded: Collection[str]) -> list[list[Outgoing]]:
    """Group one person's rows into messages, each where its first row stood.

    What is hỏa tốc is apart from all else. Of what waited for them to come back, all is one.
    """
    pieces: dict[object, list[Outgoing]] = {}
    for row in rows:
        pieces.setdefault(_piece(row, folded), []).append(row)
    return list(pieces.values())


def _piece(row: Outgoing, folded: Collection[str]) -> object:
    if row.kind in BY_TASK:
        return row.kind, row.task_id, row.about
    if row.priority == Priority.ANSWER:
        return "returned"
    if row.kind in folded:
        return "flash" if row.flash else "folded"
    return row.id


def is_news(row: Outgoing) -> bool:
    """Tell whether a row says something that nobody asked for, in a message of its own."""
    return row.priority != Priority.ANSWER and row.kind != CARD_REFRESH
