"""Urgency: Khẩn < Thượng khẩn < Hỏa tốc. It is a priority, never a deadline."""

from bot.language.readings import Span, Urgency
from bot.language.text.words import Phrases, Sentence, vocabulary

_MARKS = Phrases(
    {
        Urgency.URGENT: "khẩn|gấp|khẩn cấp|khẩn trương|urgent|làm gấp|gấp rút",
        Urgency.VERY_URGENT: "thượng khẩn|rất gấp|rất khẩn|cực gấp",
        Urgency.FLASH: "hỏa tốc|hoả tốc",
    }
)
_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}
_MEET = "gap"
_HURRY_BEFORE = vocabulary("lam can xu ly rat qua hoi viec ban chay va gui nop")
_NOT_YET = vocabulary("chưa không khỏi đừng chẳng hổng")
_TIMES = vocabulary("doi lan ba bon")
_VERY = vocabulary("lam qua")
_ALREADY = "roi"


def find_urgency(sentence: Sentence) -> tuple[Urgency, Span | None]:
    """Return the urgency a sentence names and its span: a mark at the start, or else the highest."""
    best: tuple[Urgency, Span | None] = (Urgency.NORMAL, None)
    for place in _MARKS.places(sentence):
        found = _MARKS.at(sentence.words, place)
        if found and _is_meant(sentence, place) and _RANK[found[0]] > _RANK[best[0]]:
            best = found[0], sentence.span(place, found[1])
            if place == 0 and sentence.words[found[1]].exact in ":-–!":
                return best
    return best


def _is_meant(sentence: Sentence, place: int) -> bool:
    """Tell whether the word means urgency: not in "chưa cần gấp", "gấp đôi", nor "gap" typed for "gặp"."""
    word, after = sentence.words[place], sentence.words[place + 1]
    if any(one.exact in _NOT_YET for one in sentence.words[max(0, place - 3) : place]):
        return False
    if word.folded != _MEET:
        return word.exact != "khan" or after.folded != "gia"
    return hurries(sentence, place)


def hurries(sentence: Sentence, place: int) -> bool:
    """Tell whether "gấp" or "gap" means urgent: "gap lam roi", but not "gấp đôi" or "gap" typed for "gặp"."""
    word, after = sentence.words[place], sentence.words[place + 1]
    if after.folded in _TIMES or after.value >= 0:
        return False
    before = sentence.words[place - 1].folded if place else ""
    return word.exact != _MEET or before in _HURRY_BEFORE or _ends(sentence, place + 1)


def _ends(sentence: Sentence, at: int) -> bool:
    if sentence.words[at].folded in _VERY:
        at += 1
        at += sentence.words[at].folded == _ALREADY
    return at >= sentence.length or sentence.words[at].exact in (".", ",", ";", "!", ":", "")
