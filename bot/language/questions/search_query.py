"""What a search looks for: words, and people, units and days, which may also occur as words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.folding import words
from bot.language.moments.date_range import Stretch
from bot.language.moments.date_range_forms import find_stretch
from bot.language.names.mentions import Mention
from bot.language.names.name_or_word import Meant, Named, find_named, masked
from bot.language.names.people import Roster
from bot.language.questions.search_terms import Terms, read_terms
from bot.language.text.words import Sentence, vocabulary, words_of

_TITLES = vocabulary("dong chi d c dc anh chi ong ba em")
_BEFORE = vocabulary("cua do cho trong vao o tai thuoc giao")
"""Words before a name or a day that are not used to search for tasks."""


@dataclass(frozen=True, slots=True)
class Either:
    """A task matches by the phrase, by these people or units, or by a day of its own within the stretch."""

    phrase: tuple[str, ...]
    people: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """All parts must match."""

    terms: Terms
    either: tuple[Either, ...] = ()


def read_sought(text: str, roster: Roster, today: date, term_from: date | None = None) -> Sought:
    """Read "báo cáo của Trầm tháng 10" as a word, a person and some days. A text with quotes is read as words only."""
    if any(quote in text for quote in '"“”«»'):
        return Sought(read_terms(text))
    sentence = words_of(text)
    found, left = [], list(sentence.text)
    for either, start, end in _named(sentence, roster, today, term_from):
        found.append(either)
        left[start:end] = " " * (end - start)
    return Sought(read_terms("".join(left)), tuple(found))


def _named(
    sentence: Sentence, roster: Roster, today: date, term_from: date | None
) -> Iterator[tuple[Either, int, int]]:
    """Yield each name and range of days with its span, which includes the small words before it."""
    named = find_named(sentence, roster, (), today, term_from)
    stretched = find_stretch(masked(sentence, named.mentions), today, term_from=term_from)
    for mention in _mentions(named):
        start, end = sentence.span(mention.start, mention.after)
        said = words(sentence.text[start:end])
        name = [word for word in said if word not in _TITLES] or said
        either = Either(tuple(name), mention.people, mention.units)
        if stretched and stretched[1] == (start, end):
            either, stretched = replace(either, stretch=stretched[0]), None
        yield either, _from(sentence, start), end
    if stretched:
        start, end = stretched[1]
        said = words(sentence.text[start:end])
        yield Either(tuple(said), stretch=stretched[0]), _from(sentence, start), end


def _mentions(named: Named) -> list[Mention]:
    """Return the people and units named. A name that may be a word is included unless it clearly is the word."""
    found = [one for one in named.mentions if not one.is_stranger]
    if named.doubtful is not None and named.accepted and named.meant is not Meant.WORD:
        found.append(named.doubtful)
    return sorted(found, key=lambda one: one.start)


def _from(sentence: Sentence, start: int) -> int:
    """Return where the small words before a place begin."""
    place = next((n for n, word in enumerate(sentence.words) if word.start >= start), 0)
    while place and sentence.words[place - 1].folded in _BEFORE:
        place -= 1
    return min(start, sentence.words[place].start)
