"""An order about another message: "giao @thienan trước thứ Sáu" in reply to what somebody else wrote.

The order says who and by when, the other message says what. What the order leaves open is taken from the
other message, if that message itself tells somebody to do something.
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
"""How many characters of a text that is no order become the title of a task."""

_MOST = 480
"""How many characters the title of an order and the title of the message it is about have together."""

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

    Each task of that message gives a reading. The text of a reading is both texts, so its spans are of no use.
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
    """Return the tasks in a message, or its words as one task if it tells nobody to do anything."""
    tasks = tuple(one for one in readings if one.kind is Kind.ASSIGNMENT and one.title)
    if tasks:
        return tuple(replace(one, title=_short(one.title)) for one in tasks)
    return (replace(whole(quoted), documents=readings[0].documents, product=readings[0].product),)


def whole(quoted: str) -> Reading:
    """Return a message as one task, whatever it says."""
    return Reading(text=nfc(quoted), kind=Kind.ASSIGNMENT, title=_short(quoted))


def _joined(order: Reading, content: Reading) -> Reading:
    """Join both readings: the order takes precedence, and the title includes the words it is about."""
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
    """Return a text in one line, cut between words if it is too long for a title."""
    line = " ".join(nfc(text).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"
