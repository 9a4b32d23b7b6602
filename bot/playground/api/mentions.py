"""What Telegram itself finds in a plain text: commands, mentions, links, tags."""

import re

from bot.playground.api.entities import Entity, utf16_length

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/]))"
    r"|(?P<email>(?<![\w.])[\w.+-]+@[\w-]+\.[a-zA-Z]{2,})"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{2,31}\b)"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]|(?<![\w.@])t\.me/[\w/?=+-]+)"
    r"|(?P<hashtag>(?<!\w)\#(?=\w*[^\W\d])\w+)"
)
_HINTS = ("/", "@", "#")
_OPAQUE = {"code", "pre", "text_link", "url"}


def find(text: str, marked: list[Entity]) -> list[Entity]:
    """`marked` and what is found beside it, in order of place."""
    if not any(hint in text for hint in _HINTS):
        return marked
    entities = list(marked)
    for found in _FOUND.finditer(text):
        offset, length = utf16_length(text[: found.start()]), utf16_length(found.group())
        if not any(_covers(one, offset) for one in marked):
            entities.append({"type": found.lastgroup, "offset": offset, "length": length})
    return sorted(entities, key=lambda one: (one["offset"], -one["length"]))


def _covers(entity: Entity, offset: int) -> bool:
    inside = entity["offset"] <= offset < entity["offset"] + entity["length"]
    return entity["type"] in _OPAQUE and inside
