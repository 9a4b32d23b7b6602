"""An order about another message: "giao @thienan trước thứ Sáu", said of what somebody else wrote.

The order says who and by when, the other message what; where the order leaves something open, the
other message may say it, if it tells somebody to do something itself.
"""

import re
from dataclasses import replace
from datetime import datetime

from bot.folding import nfc
from bot.language.names.people import Roster, has_lead
from bot.language.orders.directives import filled, read_all
from bot.language.readings import DEFAULTS, Kind, Mentions, Reading, ReadingSettings
from bot.rules.workdays import Workdays

TITLE = 300
"""Characters that words which are no order give the title of a task."""

_MOST = 480
"""Characters that the title of an order and of what it is about have together."""

_ORDER = "giao "
_POINTING = re.compile(
    r"\s*\b(?:việc|văn bản|công văn|nội dung|tài liệu|tin|tệp|cái) này\b", re.IGNORECASE
)


def read_about(
    order: str,
    quoted: str,
    roster: Roster,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
    *,
    speaker: int | None = None,
    mentions: Mentions | None = None,
) -> tuple[Reading, ...]:
    """Read an order, which may be empty, together with the message it is about.

    Each task of that message gives a reading. Spans point into no text: that of a reading is both.
    """
    context = (roster, reference, workdays, settings)
    content = _content(read_all(quoted, *context), quoted)
    if not order.strip():
        return content
    ordered = read_all(order, *context, speaker=speaker, mentions=mentions)
    if len(ordered) > 1:
        return ordered
    said = ordered[0]
    if not has_lead(said.people, said.units):
        moved = {
            (start + len(_ORDER), end + len(_ORDER)): who
            for (start, end), who in (mentions or {}).items()
        }
        named = read_all(_ORDER + order, *context, speaker=speaker, mentions=moved)[0]
        said = replace(named, text=said.text) if has_lead(named.people, named.units) else said
    return tuple(_joined(said, one) for one in content)


def _content(readings: tuple[Reading, ...], quoted: str) -> tuple[Reading, ...]:
    """Return the tasks that a message names; one with its words where it tells nobody to do anything."""
    tasks = tuple(one for one in readings if one.kind is Kind.ASSIGNMENT and one.title)
    if tasks:
        return tuple(replace(one, title=_short(one.title)) for one in tasks)
    return (replace(whole(quoted), documents=readings[0].documents, product=readings[0].product),)


def whole(quoted: str) -> Reading:
    """Return a message as one task, whatever it says."""
    return Reading(text=nfc(quoted), kind=Kind.ASSIGNMENT, title=_short(quoted))


def _joined(order: Reading, content: Reading) -> Reading:
    """Return what both say: the order first, and the title with the words it is about."""
    said = _POINTING.sub("", order.title).strip(" ,:")
    about = _short(content.title, max(TITLE // 4, min(TITLE, _MOST - len(said))))
    return replace(
        filled(order, content),
        kind=Kind.ASSIGNMENT,
        text=f"{order.text}\n{content.text}".strip(),
        title=": ".join(filter(None, [said, about])),
        documents=(*order.documents, *content.documents),
        product=order.product or content.product,
    )


def _short(text: str, limit: int = TITLE) -> str:
    """Return a text in one line, cut at a word where it is too long for a title."""
    line = " ".join(nfc(text).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"
