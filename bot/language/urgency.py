"""Urgency marks: Khẩn < Thượng khẩn < Hỏa tốc; a priority, never a deadline."""

from bot.language.readings import Span, Urgency
from bot.language.words import Phrases, Sentence, vocabulary

_MARKS = Phrases(
    {
        Urgency.URGENT: "khẩn|gấp|khẩn cấp|khẩn trương|urgent|làm gấp|gấp rút",
        Urgency.VERY_URGENT: "thượng khẩn|rất gấp|rất khẩn|cực gấp",
        Urgency.FLASH: "hỏa tốc|hoả tốc",
    }
)
_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}
_MEET = "gap"
_HURRY_BEFORE = vocabulary("lam can xu ly rat viec va qua")
_NOT_YET = vocabulary("chưa không khỏi đừng chẳng hổng")
_TIMES = vocabulary("doi lan ba bon")


def find_urgency(sentence: Sentence) -> tuple[Urgency, Span | None]:
    """Return the urgency a sentence names and where: a mark at its head, else the highest."""
    best: tuple[Urgency, Span | None] = (Urgency.NORMAL, None)
    for place in _MARKS.places(sentence):
        found = _MARKS.at(sentence.words, place)
        if found and _is_meant(sentence, place) and _RANK[found[0]] > _RANK[best[0]]:
            best = found[0], sentence.span(place, found[1])
            if place == 0 and sentence.words[found[1]].exact in ":-–!":
                return best
    return best


def _is_meant(sentence: Sentence, place: int) -> bool:
    """Tell "gấp" from "chưa cần gấp", "gấp đôi" and from "gap" written for "gặp"."""
    word, after = sentence.words[place], sentence.words[place + 1]
    if any(one.exact in _NOT_YET for one in sentence.words[max(0, place - 3) : place]):
        return False
    if word.folded != _MEET:
        return word.exact != "khan" or after.folded != "gia"
    if after.folded in _TIMES or after.value >= 0:
        return False
    before = sentence.words[place - 1].folded if place else ""
    ends = after.exact in (".", ",", ";", "!", ":", "")
    return word.exact != _MEET or before in _HURRY_BEFORE or ends
