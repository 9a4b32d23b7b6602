"""Telegram's HTML, read as its own parser reads it: same tags, same errors, UTF-16 offsets.

Attributes a tag does not know are skipped without a word, as Telegram does. Markdown, which
the bot does not write, is refused.
"""

import html
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.playground.api.refused import Refused, bad_request

Entity = dict[str, Any]

TAGS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
_MARK = re.compile(r"<|&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_END = re.compile(r"</([^\s>]*)\s*>")
_NAME = re.compile(r"<([^\s>]*)(?=[\s>])")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.\-]+)(?=[\s>])))?""")
_CLOSE = re.compile(r"\s*>")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)$")


class Formatted(NamedTuple):
    """Text without its marks, and what the marks said."""

    text: str
    entities: list[Entity]


def utf16_length(text: str) -> int:
    """Length as Telegram counts: letters beyond the basic plane (most emoji) are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse(text: str, mode: str | None, given: list[Entity] | None = None) -> Formatted:
    """Reads `text` by parse_mode, or takes the entities given beside a plain text.

    Raises Refused with Telegram's words where the marks do not parse.
    """
    if not mode:
        return _trimmed(text, list(given or []))
    if mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    return _trimmed(*_Html(text).read())


def _trimmed(text: str, entities: list[Entity]) -> Formatted:
    """Telegram drops blanks around a message; entities are cut to what is left."""
    left = len(text) - len(text.lstrip())
    bare = text.strip()
    end = utf16_length(bare)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - left, 0)
        last = min(entity["offset"] - left + entity["length"], end)
        if last > first:
            kept.append(entity | {"offset": first, "length": last - first})
    return Formatted(bare, sorted(kept, key=lambda one: (one["offset"], -one["length"])))


@dataclass
class _Open:
    """A start tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int


class _Html:
    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        at = 0
        while mark := _MARK.search(self.source, at):
            self._write(self.source[at : mark.start()])
            if mark.group() != "<":
                self._write(html.unescape(mark.group()))
                at = mark.end()
            elif self.source.startswith("</", mark.start()):
                at = self._end_tag(mark.start())
            else:
                at = self._start_tag(mark.start())
        self._write(self.source[at:])
        if self.open:
            raise _unreadable(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        return "".join(self.pieces), self.entities

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += utf16_length(text)

    def _start_tag(self, at: int) -> int:
        where = f"at byte offset {self._byte(at)}"
        name = _NAME.match(self.source, at)
        if name is None:
            raise _unreadable(f"Unclosed start tag {where}")
        tag = name.group(1).lower()
        if tag not in TAGS:
            raise _unreadable(f'Unsupported start tag "{tag}" {where}')
        attributes = {}
        position = name.end()
        while found := _ATTRIBUTE.match(self.source, position):
            attributes[found[1].lower()] = html.unescape(found[2] or found[3] or found[4] or "")
            position = found.end()
        close = _CLOSE.match(self.source, position)
        if close is None:
            raise _unreadable(f'Unclosed start tag "{tag}" {where}')
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" {where}')
        self.open.append(_Open(tag, attributes, self.offset, len(self.pieces)))
        return close.end()

    def _end_tag(self, at: int) -> int:
        where = f"at byte offset {self._byte(at)}"
        if not self.open:
            raise _unreadable(f"Unexpected end tag {where}")
        end = _END.match(self.source, at)
        if end is None:
            raise _unreadable(f"Unclosed end tag {where}")
        expected, found = self.open[-1].tag, end.group(1).lower()
        if found not in ("", expected):
            raise _unreadable(
                f'Unmatched end tag {where}, expected "</{expected}>", found "</{found}>"'
            )
        self._close(self.open.pop())
        return end.end()

    def _close(self, opened: _Open) -> None:
        if self.offset == opened.offset:
            return
        outer = self.open[-1] if self.open else None
        if outer and (outer.tag, opened.tag) == ("pre", "code"):
            outer.attributes["language"] = opened.attributes.get("class", "")[len("language-") :]
            return
        facts = _facts(opened, "".join(self.pieces[opened.piece :]))
        if facts is not None:
            span = {"offset": opened.offset, "length": self.offset - opened.offset}
            self.entities.append(facts | span)

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())


def _facts(opened: _Open, shown: str) -> Entity | None:
    """Type and extra fields; None where Telegram makes no entity of it."""
    attributes = opened.attributes
    match opened.tag:
        case "a":
            return _link(attributes.get("href") or shown)
        case "blockquote" if "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        case "pre" if attributes.get("language"):
            return {"type": "pre", "language": attributes["language"]}
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        case "tg-time":
            return _moment(attributes)
        case tag:
            return {"type": TAGS[tag]}


def _link(url: str) -> Entity | None:
    if person := _USER_LINK.match(url):
        return {"type": "text_mention", "user": {"id": int(person.group(1))}}
    if not url or " " in url or ("." not in url and "://" not in url):
        return None
    return {"type": "text_link", "url": url if "://" in url else f"http://{url}/"}


def _moment(attributes: dict[str, str]) -> Entity | None:
    if not attributes.get("unix", "").isdigit():
        return None
    shown = {"date_time_format": attributes["format"]} if "format" in attributes else {}
    return {"type": "date_time", "unix_time": int(attributes["unix"]), **shown}


def _unreadable(reason: str) -> Refused:
    return bad_request(f"can't parse entities: {reason}")
