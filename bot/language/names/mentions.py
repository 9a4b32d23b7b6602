"""The people and units that a question names, anywhere in it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.language.names.naming import Named, name_person
from bot.language.names.people import Roster
from bot.language.names.units import NamedUnits
from bot.language.questions.inquiry_forms import QUESTION_WORDS
from bot.language.readings import Span
from bot.language.text.words import Sentence, vocabulary

AFTER_A_SLOT = vocabulary("cua giao cho con the va vay voi")
_UNIT_AFTER = vocabulary("con the vay cua va o ben nay qua truoc toi roi")
_BEFORE = vocabulary(
    "tuan thang quy phai do hien con co dang tre no thi qua cham viec bi da phai ai ? ,"
)
_OF_SELF = vocabulary("em e mình minh")
_JOINING = vocabulary("va voi cung hay hoac & ,")


@dataclass(frozen=True, slots=True)
class Mention:
    """The words from `start` up to `after`, which name people or units; several if it is unclear which one.

    `is_stranger`: it is a name that nobody in the office has and that would be read as other words of the
    question. `titled` is the number of title words before that name.
    """

    start: int
    after: int
    people: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    is_stranger: bool = False
    titled: int = 0


def find_mentions(
    sentence: Sentence, roster: Roster, cited: Collection[int], days: Span | None = None
) -> Iterator[Mention]:
    """Yield the people and units named, in their order, outside the places of cited documents.

    No unit is named by the words of `days`: the "tu" of "tu 1/11" is "từ", not Thành ủy (TU).
    """
    place = 0
    while place < sentence.length:
        mention = None if place in cited else _mention(sentence, place, roster)
        if mention and mention.units and _within(sentence, mention, days):
            mention = None
        if mention:
            yield mention
        place = mention.after if mention else place + 1


def joined(sentence: Sentence, before: Mention, mention: Mention) -> bool:
    """Tell whether two names stand together: "Khiêm với Mẫn", "Khiêm, Mẫn"."""
    between = sentence.words[before.after : mention.start]
    return len(between) == 1 and between[0].folded in _JOINING


def _within(sentence: Sentence, mention: Mention, days: Span | None) -> bool:
    start, end = sentence.span(mention.start, mention.after)
    return days is not None and days[0] <= start and end <= days[1]


def _mention(sentence: Sentence, place: int, roster: Roster) -> Mention | None:
    before = sentence.words[place - 1].folded if place else ""
    units = roster.unit_names.at(sentence, place)
    units = units or _without_its_kind(sentence, place, roster, before)
    if units:
        return Mention(place, units.after, units=tuple(unit.key for unit in units.units))
    named = name_person(sentence, place, roster, slot=place == 0 or before in AFTER_A_SLOT)
    if named is None:
        return None
    if not named.people:
        return _stranger(sentence, named, roster)
    return Mention(place, named.after, people=tuple(one.key for one in named.people))


def _stranger(sentence: Sentence, named: Named, roster: Roster) -> Mention | None:
    """Return the name after a title that nobody in the office has, without the unit that follows it."""
    words = sentence.words
    start = named.start
    if words[start].exact == "@":
        return None
    if words[start].exact in _OF_SELF and not words[start + 1].capital:
        return None  # "em mai phải nộp gì"
    while start < named.after and not (named.unknown or "").startswith(_said(sentence, start)):
        start += 1
    after = start
    while after < named.after and not (after > start and roster.unit_names.at(sentence, after)):
        after += 1
    if not any(word.folded in QUESTION_WORDS for word in words[start:after]):
        return None
    return Mention(named.start, after, is_stranger=True, titled=start - named.start)


def _said(sentence: Sentence, place: int) -> str:
    word = sentence.words[place]
    return sentence.text[word.start : word.end]


def _without_its_kind(
    sentence: Sentence, place: int, roster: Roster, before: str
) -> NamedUnits | None:
    """Find "Quản trị" for "phòng Quản trị", at the start of a question or after a word such as "còn"."""
    spelled = _is_initials(sentence, place)
    if place and before not in _UNIT_AFTER and not spelled:
        return None
    units = roster.unit_names.core_at(sentence, place)
    if units is None:
        return None
    said = spelled or before == "ben" or (before == "cua" and sentence.words[place].capital)
    ends = units.after >= sentence.length or sentence.words[units.after].folded in _BEFORE
    return units if said or ends else None


def _is_initials(sentence: Sentence, place: int) -> bool:
    """Tell whether a word is written as initials: "QT đang trễ mấy việc"."""
    word = sentence.words[place]
    said = sentence.text[word.start : word.end]
    return len(said) > 1 and said.isupper() and not sentence.text.isupper()
