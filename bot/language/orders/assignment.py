"""A whole sentence: what is to be done, by whom, by when, and what must be asked."""

from datetime import datetime

from bot.folding import nfc
from bot.language.citations.citations import find_documents
from bot.language.deadline.deadlines import find_deadline
from bot.language.deadline.more_time import asks_for_time
from bot.language.deadline.offered_dates import ask_when
from bot.language.moments.context import Present, present
from bot.language.moments.due import DeadlineFound
from bot.language.names.people import PeopleFound, Roster, find_people, has_lead
from bot.language.orders.effort import EffortFound, find_effort
from bot.language.orders.kinds import KindFound, find_kind, may_be_plain, of_inquiry
from bot.language.orders.products import find_product
from bot.language.orders.requests import find_request
from bot.language.orders.required import find_required
from bot.language.orders.titles import title_of
from bot.language.orders.urgency import find_urgency
from bot.language.questions.inquiring import read_inquiry
from bot.language.questions.summary_request import find_summary, may_be_summary
from bot.language.readings import (
    DEFAULTS,
    Kind,
    Mentions,
    Reading,
    ReadingSettings,
    Span,
    Unsure,
    Urgency,
    Why,
)
from bot.language.text.words import Sentence, any_of, words_of
from bot.rules.workdays import Workdays

_EXTENDING = any_of("gia hạn|lùi|dời|hoãn|xin đến|xin thêm|xin được thêm")


def read(
    text: str,
    roster: Roster,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
    *,
    speaker: int | None = None,
    mentions: Mentions | None = None,
    is_order: bool = False,
) -> Reading:
    """Read one sentence that the person `speaker` (a key) said at `reference` (aware).

    `is_order`: the sentence is known to be an order, such as an item of a list of tasks. `mentions` are
    Telegram's mentions of people without a username, with their places in the text as given.
    """
    sentence = words_of(text)
    now = present(reference, workdays, settings)
    documents, cited = find_documents(sentence, now)
    required = find_required(sentence, roster)
    taken = cited | required.places
    people = find_people(sentence, roster, speaker, _in_nfc(text, mentions or {}), taken)
    effort = find_effort(sentence)
    found = find_deadline(sentence, now, cited | people.places | effort.places)
    urgency, urgency_span = find_urgency(sentence)
    led = has_lead(people.people, people.units)
    kind = KindFound(Kind.ASSIGNMENT)
    if not is_order:
        dated = found.deadline is not None
        kind = find_kind(sentence, led, dated, found.limited, people.places)
        if may_be_summary(sentence) and find_summary(text, roster, now.today, settings.term_from):
            kind = KindFound(Kind.QUESTION)
        elif not kind.is_question and may_be_plain(sentence, found.limited, people.places):
            asked = read_inquiry(text, roster, reference, workdays, settings, speaker=speaker)
            lists = asked.orders and asked.is_plain and not people.people
            kind = of_inquiry(asked, dated or (led and not lists)) or kind
    if kind.kind is Kind.OTHER:
        people = PeopleFound()
    found = _of_the_kind(sentence, kind.kind, found, urgency, urgency_span, now)
    unsure = list(people.unsure) if kind.kind is Kind.ASSIGNMENT else []
    if found.unsure:
        unsure.append(found.unsure)
    if kind.also:
        unsure.append(Unsure("kind", Why.UNCLEAR, (kind.kind, kind.also)))
    return Reading(
        text=sentence.text,
        kind=kind.kind,
        title=title_of(
            sentence.text, [*required.spans, *_cut(people, found, urgency_span, sentence, effort)]
        ),
        deadline=found.deadline,
        recurrence=found.recurrence,
        people=people.people,
        units=people.units,
        urgency=urgency,
        urgency_span=urgency_span,
        documents=documents,
        product=find_product(sentence, cited),
        effort=effort.hours,
        decider=required.decider,
        proof=required.proof,
        unsure=tuple(unsure),
        request=find_request(sentence, kind.kind),
    )


def _in_nfc(text: str, mentions: Mentions) -> Mentions:
    """Return the mentions with their places in the NFC form of the text."""
    return {
        (len(nfc(text[:start])), len(nfc(text[:end]))): telegram_id
        for (start, end), telegram_id in mentions.items()
    }


def _of_the_kind(
    sentence: Sentence,
    kind: Kind,
    found: DeadlineFound,
    urgency: Urgency,
    span: Span | None,
    now: Present,
) -> DeadlineFound:
    """Keep the deadline only if the kind can have one: a task, or a report that asks for more time.

    An urgent task without a deadline is asked for its date.
    """
    if kind is Kind.ASSIGNMENT:
        if urgency is not Urgency.NORMAL and span and not (found.deadline or found.unsure):
            return ask_when(sentence, span, now)
        return found
    extends = kind is Kind.REPORT and (
        asks_for_time(sentence)
        or any(_EXTENDING.at(sentence.words, place) for place in _EXTENDING.places(sentence))
    )
    return found if extends else DeadlineFound()


def _cut(
    people: PeopleFound,
    found: DeadlineFound,
    urgency: Span | None,
    sentence: Sentence,
    effort: EffortFound,
) -> list[Span]:
    cut = [*people.orders, *found.spans, *([effort.span] if effort.span else [])]
    if urgency and (urgency[0] == 0 or sentence.text[urgency[1] : urgency[1] + 1] in (":", "!")):
        cut.append(urgency)
    return cut
