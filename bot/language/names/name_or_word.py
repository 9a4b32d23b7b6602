"""Find whom a question names if the name is also a word of time or of questions: Mai, Quý, Năm, Minh.

"việc của chị Mai", "còn Mai ..." -> the name     "mai có việc gì" -> the day     "Mai có việc gì" -> either
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from bot.language.moments.date_range_forms import find_stretch
from bot.language.names.mentions import AFTER_A_SLOT, Mention, find_mentions
from bot.language.names.naming import is_acronym, title_at
from bot.language.names.roster import Roster
from bot.language.questions.inquiry_forms import QUESTION_WORDS
from bot.language.readings import Span
from bot.language.text.words import Sentence, Word, vocabulary

_LONGEST_BARE = 2
"""More words than this can only be a name: "mai van ba"."""
_PERIODS = vocabulary("tuan thang quy nam thu ngay hom t sang chieu toi trua dem")
_STARTS = frozenset(".?!:;\n-–|")
_ORDINARY = vocabulary("viec con the hoi va ngay sang chieu toi trua dem hom den truoc sau tu")
"""Words that are no part of the name after them: "Việc Mai", "Sáng Mai"."""
_SAID_OF = vocabulary(
    "co dang con da phai chua qua tre cham no lam giu nop duoc bi tuan thang hom vua moi"
)
"""Words that begin a statement about the person named first: "vuong co viec gi"."""
_WHICH = vocabulary("nao gi may")
_MIDDLE_NAMES = vocabulary("văn thị van")
_NO_LAST_NAMES = vocabulary("ban phong thu kien hoa nghe minh hoc tran xa truong uy doi truc")
"""Words after "văn", "thị" that make other words: văn bản, văn phòng, thị trấn."""
_OFFICES = vocabulary(
    "bi chu pho thuong ban phong truong chanh dang thanh uy hoi doan to ke co so xa phuong tinh ubkt"
)
"""First words of the name of an office or a body: "Mai Bí thư đi sớm"."""
_CALLED_ALONE = vocabulary("mai minh")
"""Given names that alone are an expression of a question: the day ("mai"), oneself ("minh")."""


class Meant(Enum):
    """What is meant by a word that may be a person's name."""

    NAME = auto()
    WORD = auto()
    EITHER = auto()


@dataclass(frozen=True, slots=True)
class Named:
    """The people and units that a question names, in order.

    `doubtful` is one more mention, whose name may be an ordinary word of the question. `accepted`: the rules
    for names take it for a name; this decides if the question says the same without that word.
    """

    mentions: tuple[Mention, ...]
    doubtful: Mention | None = None
    meant: Meant = Meant.NAME
    accepted: bool = True


def find_named(
    sentence: Sentence,
    roster: Roster,
    cited: Collection[int],
    today: date,
    term_from: date | None = None,
) -> Named:
    """Find whom a question names; `cited` are the places of cited documents, which name nobody."""
    days = find_stretch(sentence.text, today, term_from=term_from)
    found = list(find_mentions(sentence, roster, cited, days[1] if days else None))
    found += _strangers(sentence, found)
    found.sort(key=lambda one: one.start)
    accepted = next((one for one in found if _is_open(sentence, one, roster)), None)
    doubtful = accepted or next(_unaccepted(sentence, roster, found, cited), None)
    if doubtful is None:
        return Named(tuple(found))
    sure = tuple(one for one in found if one is not doubtful)
    span = find_stretch(masked(sentence, sure), today, term_from=term_from)
    meant = _meant(sentence, doubtful, span[1] if span else None)
    return Named(sure, doubtful, meant, accepted is not None)


def masked(sentence: Sentence, mentions: Sequence[Mention]) -> str:
    """Return the text with "|" in place of each character of the mentions."""
    text = sentence.text
    for one in mentions:
        start, end = sentence.span(one.start, one.after)
        text = f"{text[:start]}{'|' * (end - start)}{text[end:]}"
    return text


def _is_open(sentence: Sentence, one: Mention, roster: Roster) -> bool:
    """Tell whether the words of a mention may also be ordinary words of a question."""
    words = sentence.words
    if not one.people or not _may_be_words(words[one.start : one.after]):
        return False
    at = _after_self(words, one.start)
    if at == one.start and title_at(words, at):
        return False
    bare = roster.named.by_name.at(words, at)
    return bare is not None and bare[1] == one.after and one.after - at <= _LONGEST_BARE


def _after_self(words: Sequence[Word], place: int) -> int:
    """Return the place after "em" or "mình" if a small word follows ("mai" in "em mai phải nộp gì"), else `place`."""
    itself = words[place].exact in ("em", "mình") and not words[place + 1].capital
    return place + itself


def _may_be_words(words: Sequence[Word]) -> bool:
    return any(word.folded in QUESTION_WORDS for word in words)


def _unaccepted(
    sentence: Sentence, roster: Roster, found: Sequence[Mention], cited: Collection[int]
) -> Iterator[Mention]:
    """Yield names not accepted so far that stand where a name is expected: "tình hình của mai"."""
    words, taken = sentence.words, {*cited, *_places(found)}
    firsts = sentence.folds & roster.named.firsts
    for place in range(sentence.length if firsts else 0):
        if place in taken or words[place].folded not in firsts or words[place].folded == "ai":
            continue
        slot = place > 0 and words[place - 1].folded in AFTER_A_SLOT
        if not slot and not _opens_clause(sentence, place):
            continue
        bare = roster.named.by_name.at(words, place)
        if bare is None or bare[1] - place > _LONGEST_BARE:
            continue
        said_of = slot or bare[1] >= sentence.length or words[bare[1]].folded in _SAID_OF
        if said_of and _may_be_words(words[place : bare[1]]):
            yield Mention(place, bare[1], people=tuple(one.key for one in bare[0]))


def _places(found: Sequence[Mention]) -> Iterator[int]:
    for one in found:
        yield from range(one.start, one.after)


def _meant(sentence: Sentence, one: Mention, days: Span | None) -> Meant:
    """Tell by its letters and its position what a word means that may be a name.

    `days` is the span in which the question would name days if the word were no name.
    """
    at = _after_self(sentence.words, one.start)
    first, (start, end) = sentence.words[one.start], sentence.span(at, one.after)
    opens = _opens_clause(sentence, one.start)
    capital = first.capital and _tells_by_capitals(sentence)
    is_day = days is not None and days[0] < end and start < days[1]
    if days is not None and start <= days[0] and days[1] <= end and days != (start, end):
        return Meant.NAME  # "Ngọc Mai"
    if days is not None and is_day and days != (start, end):
        before = sentence.words[one.start - 1].folded if days[0] < start else ""
        named = capital and not opens and not {first.folded, before} & _PERIODS
        return Meant.EITHER if named else Meant.WORD  # "của Ba tuần tới"; "Năm 2026", "Sáng Mai"
    if capital and not opens:
        return Meant.NAME
    if sentence.words[one.after].folded in _WHICH:
        return Meant.WORD  # "Phong nao tre nhat"
    small = not first.capital and not sentence.text.isupper()
    more = any(word.folded.isalnum() for word in sentence.words[one.after : sentence.length])
    return Meant.WORD if is_day and opens and small and more else Meant.EITHER


def _opens_clause(sentence: Sentence, place: int) -> bool:
    return place == 0 or sentence.words[place - 1].exact in _STARTS


def _tells_by_capitals(sentence: Sentence) -> bool:
    """Tell whether capitals carry meaning: False if no word starts with a small letter."""
    return any(sentence.text[word.start].islower() for word in sentence.words[: sentence.length])


def _strangers(sentence: Sentence, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield names that nobody in the office has and that would be read as other words: "Mai Văn Ba", "của Minh"."""
    if sentence.folds.isdisjoint(_CALLED_ALONE):
        return
    taken = set(_places(found))
    for place, word in enumerate(sentence.words[: sentence.length]):
        if place in taken or word.folded not in _CALLED_ALONE:
            continue
        after = _name_of_stranger(sentence, place)
        if after and taken.isdisjoint(range(place, after)):
            taken |= set(range(place, after))
            yield Mention(place, after, is_stranger=True)


def _name_of_stranger(sentence: Sentence, place: int) -> int:
    """Return the place after a name that nobody in the office has; 0 if none stands here."""
    words = sentence.words
    word, follows = words[place], words[place + 1]
    if word.folded == "mai" and follows.exact in _MIDDLE_NAMES:
        last = words[place + 2]
        if last.folded.isalpha() and last.folded not in _NO_LAST_NAMES:
            return place + 3
    if not word.capital or not _tells_by_capitals(sentence):
        return 0
    before = words[place - 1] if place else words[sentence.length]
    mid = place > 0 and before.exact not in _STARTS
    if word.folded == "mai" and (after := _capitals(sentence, place)) - place > 2 - mid:
        return after
    if word.folded == "mai" and mid and before.folded not in _ORDINARY:
        return place + 1
    return place + 1 if word.folded in _CALLED_ALONE and mid and before.folded == "cua" else 0


def _capitals(sentence: Sentence, place: int) -> int:
    """Return the place after the words with capitals, from a place on, that may be one name."""
    words, after = sentence.words, place + 1
    while words[after].capital and words[after - 1].end + 1 == words[after].start:
        if is_acronym(sentence, words[after]) or words[after].folded in _OFFICES:
            break
        after += 1
    return after
