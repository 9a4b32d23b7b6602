"""`/vanban`: the assigning documents, one of them, and putting what is known of one right.

/vanban -> the newest     /vanban 12-TB/VPTU -> that one
/vanban Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, nhận 21/11, 8 việc -> entry
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from typing import Any

from bot.actions import dialogs
from bot.actions.assigning import assign
from bot.actions.directives import directives, entry_lines
from bot.actions.focus import DOCUMENT, LookedAt
from bot.actions.privacy.access_log import Read
from bot.actions.reporting import search
from bot.chat import dates
from bot.chat.buttons import button, pairs, rows, turns
from bot.chat.cards import clip
from bot.chat.directives import directive_page, entry
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.folding import words
from bot.language.readings import DocumentHead
from storage.records import Counts, DocumentView, Draft

HOW = "Nhập văn bản: gõ /vanban Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, nhận 21/11, 8 việc"
EDIT = (
    "Văn bản {symbol} sửa gì? Chỉ gõ điều cần sửa, ví dụ: nhận 22/11/2026, 9 việc. Hoặc: "
    "số 13-TB/VPTU ngày 20/11/2026; của Văn phòng Thành ủy; về giao ban tháng 11."
)
LACKING = "!"
MAX_VALUE = 40
"""Bytes: a button carries the document on, in the 64 that Telegram lets it have."""

_LABEL = 20
_NAMES = {
    "symbol": "số, ký hiệu",
    "kind": "loại",
    "title": "trích yếu",
    "issuer": "nơi ban hành",
    "issued_on": "ngày ban hành",
    "received_on": "ngày nhận",
    "planned": "số việc dự kiến",
    "from_receipt": "tính hạn từ",
}


async def command(turn: Turn) -> None:
    """`/vanban` alone lists; with a symbol it shows that document; with more it begins an entry."""
    said = (turn.text.split(maxsplit=1) or [""])[1:]
    text = said[0].strip() if said else ""
    _, rest = await assign.behalf_of(turn.office, turn.who, text)
    first, items = entry_lines.with_head(rest)
    head = entry_lines.head_of(turn.office, first, turn.now)
    has_list = bool(items or (turn.message and turn.message.document))
    if has_list or (head and (head.received_on or head.planned)):
        await entry.begin(turn, text)
    elif head is None or head.symbol is None:
        await turn.say(await _list(turn, 0, " ".join(words(text))))
    else:
        await _show(turn, head)


async def _show(turn: Turn, head: DocumentHead) -> None:
    """Answer a symbol: that document, those of two terms, or that it can be entered."""
    known = await directives.with_symbol(turn.office, turn.who, head)
    if len(known) == 1:
        await turn.say(await directive_page.page(turn, known[0].id))
    elif known:
        await turn.say(await _list(turn, 0, " ".join(words(head.symbol or ""))))
    else:
        await turn.say(await _unknown(turn, head))


async def _unknown(turn: Turn, head: DocumentHead) -> Message:
    day = f" ngày {head.issued_on:%d/%m/%Y}" if head.issued_on else ""
    value = f"{head.symbol}{day}"
    fits = len(value.encode()) <= MAX_VALUE and await directives.may_enter(turn.office.db, turn.who)
    enter = [[button("Nhập văn bản này", "entry.new", 0, 0, value)]] if fits else []
    return Message(f"Chưa có văn bản {escape(value)}.", rows(*enter))


async def turn_page(turn: Turn) -> None:
    """Another page of the list, or the list anew; its version is the number of what is kept."""
    press, number = turn.pressed, turn.pressed.version
    query = await search.kept(turn.office, turn.who, number) if number else press.value
    await turn.show(await _list(turn, press.id, query, number))


async def open_one(turn: Turn) -> None:
    """A document was pressed, or another page of its tasks."""
    offset = int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0
    await turn.reads(Read.LIST, LookedAt(DOCUMENT, turn.pressed.id))
    await turn.show(await directive_page.page(turn, turn.pressed.id, offset))


async def _list(turn: Turn, offset: int, query: str, number: int = 0) -> Message:
    lacking = query == LACKING
    asked = "" if lacking else query
    found = await directives.listed(turn.office, turn.who, turn.now, offset, asked, lacking)
    if not found.documents and offset:
        return await _list(turn, 0, query, number)
    if not found.documents:
        return Message(
            f"{'Không tìm thấy văn bản nào.' if query else 'Chưa có văn bản nào.'}\n{HOW}"
        )
    if asked and not number and found.total > directives.PAGE:
        number = await search.keep(turn.office, turn.who, turn.place, asked, turn.now)
    value = LACKING if lacking else ""
    heading = f"<b>Văn bản giao việc: {found.total}</b>"
    owing = found.lacking and not lacking
    heading += (
        f" · chưa nhập đủ: {found.lacking}" if owing else " · chưa nhập đủ" if lacking else ""
    )
    known = Counter((one.folded, one.issued_on) for one in found.documents)
    lines = [
        _line(one, found.counts.get(one.id, Counts()), known[one.folded, one.issued_on] > 1)
        for one in found.documents
    ]
    opened = [button(one.symbol[:_LABEL], "doc.open", one.id) for one in found.documents]
    turning = turns(
        lambda label, at: button(label, "doc.list", at, number, value),
        offset,
        directives.PAGE,
        found.total,
    )
    filters = [button(f"Chưa nhập đủ: {found.lacking}", "doc.list", 0, 0, LACKING)] if owing else []
    filters += [button("Tất cả", "doc.list")] if query else []
    return Message("\n\n".join([heading, *lines, HOW]), rows(*pairs(opened), turning, filters))


def _line(one: DocumentView, counts: Counts, is_one_of_several: bool) -> str:
    """Return a document in two or three lines: what it is, how much is entered, the buckets.

    Of several with one symbol each says who entered it.
    """
    day = f" ngày {one.issued_on:%d/%m/%Y}" if one.issued_on else ""
    name = " ".join(filter(None, [one.kind, f"về {one.title}" if one.title else ""]))
    lines = [
        f"<b>{escape(one.symbol)}</b>{day}",
        clip(name, 90),
        f"Người nhập: {escape(one.entered_by_name)}" if is_one_of_several else "",
        directive_page.entered(one, counts),
    ]
    lines += [directive_page.buckets(counts)] if counts.total or counts.correcting else []
    return "\n".join(filter(None, lines))


async def ask(turn: Turn) -> None:
    """What is known of a document is to be put right: ask what."""
    view, draft = await directives.ask(
        turn.office, turn.who, turn.place, turn.pressed.id, turn.now, turn.key
    )
    await turn.toast()
    await turn.say(question(view, draft))


def question(view: DocumentView, draft: Draft) -> Message:
    """Return what is asked about a document that is to be put right."""
    stop = [button("Thôi", "doc.stop", draft.id, draft.version)]
    return Message(EDIT.format(symbol=clip(view.symbol, 60)), rows(stop))


async def answered(turn: Turn, draft: Draft) -> None:
    """The words came: change what they say."""
    number = int(draft.fields["document"])
    await directives.correct(turn.office, turn.who, number, turn.text, turn.now, turn.key, draft)
    await turn.say(await directive_page.page(turn, number, 0, "Đã sửa văn bản"))


async def stop(turn: Turn) -> None:
    """The person thought better of it."""
    draft = await entry.current(turn, directives.EDITING)
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.show(await directive_page.page(turn, int(draft.fields["document"])), "Đã thôi")


async def history(turn: Turn) -> None:
    """What happened to a document itself, as a new message."""
    view = await directives.document(turn.office, turn.who, turn.pressed.id)
    past = await directives.history(turn.office, turn.who, view.id)
    texts = await directives.texts(turn.office, past)
    lines = [_event(turn, one, texts) for one in past]
    await turn.toast()
    await turn.say(Message("\n".join([f"<b>Lịch sử văn bản {clip(view.symbol, 60)}</b>", *lines])))


def _event(turn: Turn, event: Any, texts: Mapping[int, str]) -> str:
    when = dates.short(event.at, turn.office.workdays)
    return f"{when} · {escape(event.actor_name or '')}: {_EVENTS[event.kind](event, texts)}"


def _changes(event: Any, texts: Mapping[int, str], form: str) -> str:
    told = [
        f"{_NAMES[name]}: " + form.format(_value(name, before, texts), _value(name, after, texts))
        for name, (before, after) in event.facts["changes"].items()
    ]
    return "; ".join(told)


def _value(name: str, value: object, texts: Mapping[int, str]) -> str:
    if value in (None, ""):
        return "(chưa có)"
    if name in directives.TEXTS and isinstance(value, int):
        return clip(texts.get(value, ""), 80)
    if name == "from_receipt":
        return "ngày nhận" if value else "ngày nhập"
    if name.endswith("_on"):
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    return escape(str(value))


_EVENTS: dict[str, Callable[[Any, Mapping[int, str]], str]] = {
    "document.begin": lambda *_: "nhập văn bản",
    "document.edit": lambda event, texts: f"sửa {_changes(event, texts, '{} → {}')}",
    "document.also": lambda event, texts: (
        f"cũng nhập văn bản này, ghi khác: {_changes(event, texts, '{1} (đang là {0})')}"
    ),
    "document.enter": lambda event, _: f"giao việc số {', '.join(map(str, event.facts['tasks']))}",
}
