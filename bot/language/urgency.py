"""Urgency marks: Khẩn < Thượng khẩn < Hỏa tốc; a priority, never a deadline."""

from bot.language.readings import Span, Urgency
from bot.language.words import Phrases, Sentence

_MARKS = Phrases(
    {
        Urgency.URGENT: "khẩn|gấp|khẩn cấp|khẩn trương|urgent|làm gấp",
        Urgency.VERY_URGENT: "thượng khẩn|rất gấp|rất khẩn",
        Urgency.FLASH: "hỏa tốc",
    }
)
_RANK = list(Urgency)


def find_urgency(sentence: Sentence) -> tuple[Urgency, Span | None]:
    """Return the highest urgency a sentence names, and where."""
    best: tuple[Urgency, Span | None] = (Urgency.NORMAL, None)
    for place in range(sentence.length):
        found = _MARKS.at(sentence.words, place)
        if found and _RANK.index(found[0]) > _RANK.index(best[0]):
            best = found[0], sentence.span(place, found[1])
    return best
