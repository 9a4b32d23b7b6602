"""A whole sentence: what is to be done, by whom, by when, and what must be asked."""

from datetime import datetime

from bot.language.deadlines import find_deadline
from bot.language.people import Roster, find_people
from bot.language.present import present
from bot.language.readings import (
    DEFAULTS,
    Kind,
    Mentions,
    Part,
    Reading,
    ReadingSettings,
    Span,
)
from bot.language.units import find_units
from bot.language.urgency import find_urgency
from bot.language.words import Sentence, any_of, words_of
from bot.rules.workdays import Workdays

_LEADING = any_of("giao|giao cho|giao việc cho|phân công|đề nghị|yêu cầu|nhờ|:|,|-|chủ trì|cho")
_SIGNS = " \t\n,;:-–."


def read(
    text: str,
    roster: Roster,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
    *,
    speaker: int | None = None,
    mentions: Mentions | None = None,
) -> Reading:
    """Read one sentence as it was said at `reference` (aware) by the person `speaker` (a key).

    `mentions` are Telegram's mentions of people without a username, in the text as given.
    """
    sentence = words_of(text)
    now = present(reference, workdays, settings)
    people = find_people(sentence, roster, speaker, mentions or {})
    units = find_units(sentence, roster)
    urgency, urgency_span = find_urgency(sentence)
    found = find_deadline(sentence, now, people.places)
    cut = [one.span for one in people.people if one.part in (Part.LEAD,)]
    if found.places:
        cut.append(sentence.span(*found.places))
    unsure = (*people.unsure, *((found.unsure,) if found.unsure else ()))
    return Reading(
        text=sentence.text,
        kind=Kind.ASSIGNMENT,
        title=_title(sentence, cut),
        deadline=found.deadline,
        people=people.people,
        units=units,
        urgency=urgency,
        urgency_span=urgency_span,
        unsure=unsure,
    )


def _title(sentence: Sentence, cut: list[Span]) -> str:
    kept: list[str] = []
    at = 0
    for start, end in sorted(cut):
        kept.append(sentence.text[at:start])
        at = max(at, end)
    kept.append(sentence.text[at:])
    title = " ".join(" ".join(kept).split()).strip(_SIGNS)
    return _without_command(title)


def _without_command(title: str) -> str:
    """Take off "/giao", "Giao cho" and the signs they leave at the start."""
    if title.startswith("/"):
        title = title.partition(" ")[2]
    words = words_of(title)
    place = 0
    while place < words.length:
        said = _LEADING.at(words.words, place)
        if said is None:
            break
        place = said[1]
    return title[words.words[place].start :].strip(_SIGNS) if place < words.length else title
