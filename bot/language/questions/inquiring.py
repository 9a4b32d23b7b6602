"""Read a question: which person, unit, days and state it names, and which words are left to search for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.folding import nfc
from bot.language.citations.citations import find_documents
from bot.language.moments.context import present
from bot.language.moments.date_range import Stretch
from bot.language.moments.date_range_forms import find_stretch, number
from bot.language.names.mentions import Mention, joined
from bot.language.names.name_or_word import Meant, Named, find_named
from bot.language.names.people import Roster, RosterPerson
from bot.language.questions import inquiry_forms as forms
from bot.language.questions.inquiry import Asked, Basis, Inquiry, Rank, State
from bot.language.readings import DEFAULTS, DocumentReading, ReadingSettings
from bot.language.text.abbreviations import written_out
from bot.language.text.courtesy import ASKED_OF, LIST_ORDERED, bare
from bot.language.text.unread import Unread
from bot.language.text.words import Sentence, words_of
from bot.rules.workdays import Workdays

_SOON = timedelta(days=3)
_WORKED_WEEK = 5
_QUOTED = re.compile(r'["“”«»]([^"“”«»]+)["“”«»]')
_NOW = {State.OVERDUE, State.OPEN, State.STALE, State.BLOCKED, State.UNREPORTED}
"""States of which "hôm nay" only says that they hold now; it then names no days."""
_SO_FAR = set(State) - {State.OPEN, State.DUE, State.TO_DECIDE, State.UNDATED}
"""States that tasks can have by now, but not yet in the future."""
_FEW = 6
"""A question of at most this many words may follow on from the one before without a word that says so."""


class _Asker(NamedTuple):
    """Who asks (None: nobody of the office), in which office, on which day, and when the term of office began."""

    roster: Roster
    person: RosterPerson | None
    today: date
    term_from: date | None


def read_inquiry(
    text: str,
    roster: Roster,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
    *,
    speaker: int | None = None,
) -> Asked:
    """Read a question that the person `speaker` (a key) asks at an aware moment."""
    sentence = words_of(written_out(bare(nfc(text))))
    now = present(reference, workdays, settings)
    documents, cited = find_documents(sentence, now)
    by = _Asker(roster, roster.by_key.get(speaker or 0), now.today, settings.term_from)
    named = find_named(sentence, roster, cited, now.today, settings.term_from)
    if named.doubtful is None:
        return _naming(sentence, documents, by, named.mentions)
    return _either(sentence, documents, by, named, named.doubtful)


def _naming(
    sentence: Sentence,
    documents: Sequence[DocumentReading],
    by: _Asker,
    mentions: Sequence[Mention],
) -> Asked:
    """Read a question, given the documents it cites and the people and units it names, in their order."""
    rest, inquiry = Unread(sentence.text), Inquiry()
    if documents:
        inquiry = replace(inquiry, symbol=documents[0].symbol)
        rest.drop(*documents[0].span)
    before: Mention | None = None
    for mention in mentions:
        if mention.is_stranger:
            rest.hold(*sentence.span(mention.start + mention.titled, mention.after))
            rest.drop(*sentence.span(mention.start, mention.after))
            continue
        rest.drop(*sentence.span(mention.start, mention.after))
        gives = _gives(rest, sentence, mention)
        beside = before is not None and joined(sentence, before, mention)
        said = inquiry if gives else _with(inquiry, mention, beside)
        inquiry = replace(said, by=mention.people[0], basis=Basis.MADE) if gives else said
        before = mention
    unnamed = rest.text
    return replace(_read(rest, inquiry, by), unnamed=unnamed)


def _either(
    sentence: Sentence,
    documents: Sequence[DocumentReading],
    by: _Asker,
    named: Named,
    doubtful: Mention,
) -> Asked:
    """Read a question in which one word may be a name, as one question or as both if nothing tells which."""

    def read(*mentions: Mention) -> Asked:
        every = sorted((*named.mentions, *mentions), key=lambda one: one.start)
        return _naming(sentence, documents, by, every)

    name, word = read(doubtful), read()
    if word.inquiry == name.inquiry:
        return name
    unknown = read(replace(doubtful, people=(), is_stranger=True))
    if replace(word.inquiry, words=()) == replace(unknown.inquiry, words=()):
        return name if named.accepted and named.meant is not Meant.WORD else word
    meant, first = named.meant, sentence.words[doubtful.start]
    if _is_yet_to_come(word.inquiry, by.today) and meant is not Meant.NAME:
        meant = Meant.NAME if meant is Meant.EITHER and first.capital else Meant.EITHER
    if meant is Meant.EITHER:
        return replace(name, either=word)
    return name if meant is Meant.NAME else word


def _is_yet_to_come(inquiry: Inquiry, today: date) -> bool:
    """Tell whether the question cannot be asked: which tasks were late or silent in days still to come."""
    first = inquiry.stretch.first if inquiry.stretch else None
    return first is not None and first > today and inquiry.state in _SO_FAR


def _gives(rest: Unread, sentence: Sentence, mention: Mention) -> bool:
    """Tell whether the person named assigned ("anh Thuyên giao hôm qua"), and mask that word.

    False for "giao anh Thuyên".
    """
    if len(mention.people) != 1 or mention.after >= sentence.length:
        return False
    found = forms.GIVES.match(rest.folded, sentence.words[mention.after].start)
    if found:
        rest.drop(*found.span())
    return found is not None


def _with(inquiry: Inquiry, mention: Mention, beside: bool) -> Inquiry:
    """Add the people and units of a mention to the question.

    They join the ones named before if both stand side by side, and replace them otherwise.
    """
    people, units = mention.people or inquiry.people, mention.units or inquiry.units
    if beside:
        people = tuple(dict.fromkeys((*inquiry.people, *mention.people)))
        units = tuple(dict.fromkeys((*inquiry.units, *mention.units)))
    return replace(inquiry, people=people, units=units)


class _Head(NamedTuple):
    """What the words tell before any is masked: how the question opens, and whether it asks."""

    leads_on: bool
    follows: bool
    asks: bool
    about: bool
    orders: bool
    lists: bool
    widens: bool
    number: bool
    """It is only the number of a task."""


def _head(rest: Unread) -> _Head:
    leads_on = forms.LEADING.match(rest.folded) is not None
    follows, asks = leads_on or rest.length <= _FEW, rest.has(forms.ASKS)
    about, orders = rest.take_first(forms.ABOUT), rest.take_first(LIST_ORDERED)
    lists = orders or rest.take_first(ASKED_OF) or forms.LISTS.match(rest.folded) is not None
    widens = rest.has(forms.WHOLE_UNIT)
    number = forms.NUMBERED.fullmatch(rest.folded.strip(" .?!")) is not None
    return _Head(leads_on, follows, asks or about, about, orders, lists, widens, number)


def _read(rest: Unread, inquiry: Inquiry, by: _Asker) -> Asked:
    """Read what narrows the question down, then judge it by the other words and by the words left."""
    head, divides = _head(rest), rest.take_all(forms.HAS_TIME)
    inquiry, days = _narrowed(rest, inquiry, by)
    divides = divides or rest.take_all(forms.HAS_TIME)  # "ai tuần này rảnh"
    status = rest.take_all(forms.STATUS) or _when(rest)
    inquiry = _urgent(rest, _stated(rest, inquiry, by))
    of_whom = rest.take_all(forms.PEOPLE_ASKED) or rest.take_all(forms.UNITS_ASKED)
    tasks = rest.take_all(forms.TASKS)
    left = rest.words()
    inquiry, left = _called(inquiry, left, by)
    strange = tuple(one for name in rest.strangers for one in name.lower().split())
    if status and left and days and replace(inquiry, stretch=None) == Inquiry():
        inquiry, left = Inquiry(), (*left, *days)  # "Báo cáo tháng 10 đến đâu rồi?"
    said = inquiry != Inquiry() or divides or bool(strange)
    asks_for_words = bool(left) and (status or (head.asks and tasks) or head.about)
    whole = bool(tasks or status or of_whom or left or inquiry.is_of_one or inquiry.rank)
    whole = whole or divides or (bool(inquiry.share or strange) and not head.leads_on)
    wants = head.asks or status or of_whom or inquiry.rank is not None
    return Asked(
        replace(inquiry, words=(*left, *strange)),
        is_clear=said or asks_for_words,
        is_plain=said and not left and (wants or divides or _lists(head, inquiry)),
        follows=said and not whole and head.follows,
        is_general=not said and not left and (status or tasks),
        asks=head.asks,
        orders=head.orders,
        divides=divides,
        widens=head.widens,
        strangers=rest.strangers,
    )


def _lists(head: _Head, inquiry: Inquiry) -> bool:
    """Tell whether a list is wanted although no word asks: "các việc quá hạn", "việc 12", "toàn phòng"."""
    if inquiry.task is not None:
        return head.number
    widened = head.widens and replace(inquiry, units=()) == Inquiry()
    return head.lists or inquiry.share or widened


def _called(inquiry: Inquiry, left: tuple[str, ...], by: _Asker) -> tuple[Inquiry, tuple[str, ...]]:
    """Read the words left as a person if they are only that person's name: "ninh chua bao cao viec gi"."""
    if not left or inquiry == Inquiry() or inquiry.people:
        return inquiry, left
    called = words_of(" ".join(left))
    found = by.roster.named.by_name.at(called.words, 0)
    if found is None or found[1] != called.length or len(found[0]) > 1:
        return inquiry, left
    if find_stretch(called.text, by.today):  # "hôm nay, mai có việc gì"
        return inquiry, left
    return replace(inquiry, people=(found[0][0].key,)), ()


def _when(rest: Unread) -> bool:
    """Read "bao giờ sửa xong", which asks how far a task is and not for finished tasks."""
    return rest.take(forms.WHEN) is not None and rest.take_all(forms.FINISHED)


def _narrowed(rest: Unread, inquiry: Inquiry, by: _Asker) -> tuple[Inquiry, tuple[str, ...]]:
    """Return the question narrowed down by numbers, ranks and days, and the words of the days."""
    inquiry = replace(inquiry, phrase=_quoted(rest))
    cited = None if inquiry.symbol else rest.take(forms.CITED)
    inquiry = replace(inquiry, symbol=cited[1]) if cited else inquiry
    inquiry = replace(inquiry, share=rest.take(forms.SHARE) is not None)
    rest.take(ASKED_OF)
    rest.take(forms.ALL_OF_US)
    if rest.has(forms.STATES[State.STALE]):
        rest.take(forms.ALL_ALONG)
    inquiry = _ranked(rest, _counted(rest, _own_unit(rest, inquiry, by.person)))
    return _stretched(rest, inquiry, by)


def _quoted(rest: Unread) -> str:
    found = _QUOTED.search(rest.text)
    if found is None:
        return ""
    rest.drop(*found.span())
    return found[1].strip()


def _own_unit(rest: Unread, inquiry: Inquiry, speaker: RosterPerson | None) -> Inquiry:
    """Read "phòng tôi", "cả phòng" as the speaker's unit; "cả phòng" only if no other unit is named."""
    if speaker is None or speaker.unit_key is None:
        return inquiry
    whole = not inquiry.units and rest.take(forms.WHOLE_UNIT)
    if not (rest.take(forms.OWN_UNIT) or whole):
        return inquiry
    return replace(inquiry, units=(speaker.unit_key,))


def _counted(rest: Unread, inquiry: Inquiry) -> Inquiry:
    """Read "việc 12", "trên 3 ngày", "từ 10 ngày trở lên"; a week has five working days."""
    found = rest.take(forms.NUMBERED)
    if found:
        inquiry = replace(inquiry, task=number(next(filter(None, found.groups()))))
    over = rest.take(forms.OVER)
    if over is None:
        return inquiry
    days = number(over["count"]) * (_WORKED_WEEK if over["unit"] == "tuan" else 1)
    return replace(inquiry, over=days if over["more"] else days - 1)


def _ranked(rest: Unread, inquiry: Inquiry) -> Inquiry:
    """Read "phòng nào ... nhất", "ai ... nhất"; without a state, those with the most open tasks are meant."""
    least = rest.take(forms.LEAST) is not None
    if not rest.take(forms.MOST):
        return inquiry
    rank = Rank.UNITS if rest.take(forms.UNITS_ASKED) else None
    if rank is None and rest.take(forms.PEOPLE_ASKED):
        rank = Rank.PEOPLE
    if rank is None:
        rank = next((one for one, form in forms.RANKED.items() if rest.take(form)), None)
    if rank is None:
        return inquiry
    rest.take(forms.LOADED)
    return replace(inquiry, rank=rank, least=least)


def _stretched(rest: Unread, inquiry: Inquiry, by: _Asker) -> tuple[Inquiry, tuple[str, ...]]:
    """Return the question with the days it asks about, and the words of these days."""
    past = rest.has(forms.OVER_BY_NOW)
    found = find_stretch(rest.text, by.today, past, term_from=by.term_from)
    if found is None:
        return inquiry, ()
    said = tuple(rest.text[slice(*found[1])].split())
    rest.drop(*found[1])
    if inquiry.task is not None:  # "việc 7 hiện nay đến đâu": one task is meant, on any due day
        return inquiry, ()
    return replace(inquiry, stretch=found[0]), said


def _stated(rest: Unread, inquiry: Inquiry, by: _Asker) -> Inquiry:
    """Read the state; "soon due" means due within three days."""
    if rest.take(forms.STATES[State.TO_DECIDE]):
        return replace(inquiry, state=State.TO_DECIDE)
    soon = rest.has(forms.SOON)
    inquiry = _of_self(rest, inquiry, by.person)
    for state, form in forms.STATES.items():
        if rest.take(form):
            if state is State.DUE and soon and inquiry.stretch is None:
                inquiry = replace(inquiry, stretch=Stretch(by.today, by.today + _SOON))
            rest.take_all(forms.STATES[State.OPEN])  # "quá hạn chưa xong"
            if state is State.STALE:
                rest.take_all(forms.STATES[State.UNREPORTED])  # "im re không ai báo"
            if state in _NOW and inquiry.stretch == Stretch(by.today, by.today):
                inquiry = replace(inquiry, stretch=None)
            return replace(inquiry, state=state)
    return replace(inquiry, state=State.OVERDUE) if inquiry.over else inquiry


def _of_self(rest: Unread, inquiry: Inquiry, speaker: RosterPerson | None) -> Inquiry:
    """Read "việc tôi giao", "tôi phải nộp", and "được giao tuần này", which names nobody."""
    if speaker and rest.take(forms.SELF_GIVES):
        return replace(inquiry, by=speaker.key, basis=Basis.MADE)
    if speaker and not inquiry.people and rest.take(forms.SELF_HAS) and not inquiry.symbol:
        inquiry = replace(inquiry, people=(speaker.key,))
    given = rest.take(forms.GIVEN) is not None
    return replace(inquiry, basis=Basis.MADE) if given else inquiry


def _urgent(rest: Unread, inquiry: Inquiry) -> Inquiry:
    for urgency, form in forms.URGENCIES.items():
        if rest.take(form):
            return replace(inquiry, urgency=urgency.name)
    return inquiry
