"""On whose behalf somebody writes, at the start or the end of a text.

"thay mặt đồng chí Lĩnh", "thay mặt Thường trực".
"""

import re
from collections.abc import Mapping

from bot.folding import fold, nfc
from bot.language.names.people import Roster, read_people
from bot.language.readings import BehalfReading

_BEGINS = re.compile(r"\s*(?:(?:tôi|giao|giao việc)\s+)?thay mặt\s+", re.IGNORECASE)
_ENDS = re.compile(r"[,;.]?\s*\(?thay mặt\s+([^,;.()]{1,60}?)\)?[.\s]*$", re.IGNORECASE)
_NAME = re.compile(
    r"([^,:;.\n]{1,60}?)(?=[,:;.\n]|\s+(?:giao|phân công|yêu cầu|đề nghị|nhờ)\b)", re.IGNORECASE
)
_COMRADE = re.compile(r"(?:đồng chí|đ/c|dong chi|d/c|ông|bà|anh|chị)\s", re.IGNORECASE)


def find_behalf(
    text: str, roster: Roster, groups: Mapping[str, int], speaker: int | None = None
) -> tuple[BehalfReading | None, str]:
    """Return on whose behalf a text is written (None for nobody), and the text without these words.

    `groups` maps the folded name of each group of leaders to its key. If a comrade is not in the roster, or
    several people have the name, the reading has neither a person nor a group. Any other words after
    "thay mặt" are content.
    """
    text = nfc(text)
    begins = _BEGINS.match(text)
    name = _NAME.match(text, begins.end()) if begins else None
    if name:
        found = _find(name[1], roster, groups, speaker)
        return (found, text[name.end() :].lstrip(" ,:;.\n")) if found else (None, text)
    ends = _ENDS.search(text)
    found = _find(ends[1], roster, groups, speaker) if ends else None
    return (found, text[: ends.start()]) if ends and found else (None, text)


def _find(
    said: str, roster: Roster, groups: Mapping[str, int], speaker: int | None
) -> BehalfReading | None:
    group = groups.get(" ".join(fold(said).split()))
    if group is not None:
        return BehalfReading(group=group)
    found = read_people(said, roster, speaker)
    keys = [one.key for one in found.people if one.key is not None]
    if len(keys) == 1 and not found.unsure:
        return BehalfReading(person=keys[0])
    return BehalfReading() if _COMRADE.match(said) else None
