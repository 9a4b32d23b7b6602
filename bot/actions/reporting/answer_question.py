"""Questions about tasks: what is asked, kept for what follows on it, and the rows that answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from pydantic import TypeAdapter

from bot.actions.chat_places import Place
from bot.actions.find import PAGE, visible_to
from bot.actions.office import Office
from bot.actions.reporting import query_filters
from bot.language.questions.inquiring import read_inquiry
from bot.language.questions.inquiry import (
    Asked,
    Basis,
    Inquiry,
    Rank,
    State,
    SummaryRequest,
    settled,
)
from bot.language.questions.summary_request import find_summary
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.records import TaskLine
from storage.reporting import inquiries, summary
from storage.reporting.inquiries import Kind
from storage.reporting.task_scope import owned_by
from storage.tasks import task_filters, tasks
from storage.tasks.task_conditions import OPEN, Condition, led_by

PATIENCE = timedelta(hours=2)
"""How long a question can be followed by "còn phòng Tổng hợp?"."""
RANKED = 5
MOST_TIED = 10
"""So many of those who come first together are told, and their rows given."""
_STORED = TypeAdapter(Inquiry)
_OLDEST_FIRST = {State.OVERDUE, State.LATE, State.DUE, State.OPEN, None}
Counted = tuple[int, str, int]
"""A unit or a person: id, name, and how many of the tasks asked about."""


@dataclass(frozen=True)
class Answer:
    """The rows of a page and how many there are; who has the most; and who has not updated.

    Of a rank the rows are those of the first in `ranked`, or of the first together, whose `places` are
    all 1; `of` is how many tasks those counted are of.
    """

    number: int
    inquiry: Inquiry
    rows: Sequence[TaskLine]
    total: int
    ranked: Sequence[Counted] = ()
    places: Sequence[int] = ()
    of: Mapping[int, int] = field(default_factory=dict)
    unheard: Sequence[Counted] = ()
    out_of: int | None = None
    """Of how many the share is; None where none was asked for."""
    lacking: tuple[str, ...] = ()
    """Words that no task has, left out so that what else was asked is answered."""
    overdue: int = 0
    """How many are overdue besides, where one asks what there is to do by now."""


async def read(office: Office, who: Standpoint, text: str, now: datetime) -> Asked:
    """Read words as a question."""
    roster = await office.roster()
    return read_inquiry(text, roster, now, office.workdays, office.reading, speaker=who.person_id)


async def summarised(
    office: Office, who: Standpoint, text: str, now: datetime
) -> SummaryRequest | None:
    """Return the summary or report that words ask for; None where they say anything else."""
    roster, since = await office.roster(), office.reading.term_from
    return find_summary(text, roster, office.today(now), since)


async def before(office: Office, who: Standpoint, place: Place, now: datetime) -> Inquiry | None:
    """Return what somebody asked last in a chat, if that is not long ago."""
    kept = await inquiries.latest(office.db, who.person_id, place.chat_id, now - PATIENCE)
    return _STORED.validate_json(kept) if kept else None


async def keep(
    office: Office, who: Standpoint, place: Place, inquiry: Inquiry, now: datetime
) -> int:
    """Keep what is asked, for what follows on it, and return its number."""
    fields = _STORED.dump_json(inquiry, exclude_defaults=True).decode()
    return await inquiries.put(office.db, who.person_id, place.chat_id, Kind.QUESTION, fields, now)


async def kept(office: Office, who: Standpoint, number: int) -> Inquiry:
    """Return what somebody asked before; refuses STALE for what is forgotten, and another's."""
    fields = await inquiries.get(office.db, number, who.person_id, Kind.QUESTION)
    if fields is None:
        raise Refusal(No.STALE)
    return _STORED.validate_json(fields)


async def offer(
    office: Office, who: Standpoint, place: Place, inquiry: Inquiry, now: datetime
) -> int:
    """Keep one of the questions that words may mean, which nothing follows on, and return its number."""
    fields = _STORED.dump_json(inquiry, exclude_defaults=True).decode()
    return await inquiries.put(office.db, who.person_id, place.chat_id, Kind.OFFERED, fields, now)


async def offered(office: Office, who: Standpoint, number: int) -> Inquiry:
    """Return what was offered to somebody; refuses STALE for what is forgotten, and another's."""
    fields = await inquiries.get(office.db, number, who.person_id, Kind.OFFERED)
    if fields is None:
        raise Refusal(No.STALE)
    return _STORED.validate_json(fields)


async def answer(
    office: Office,
    who: Standpoint,
    number: int,
    said: Inquiry,
    now: datetime,
    offset: int = 0,
    limit: int = PAGE,
) -> Answer:
    """Answer with the rows that the person may see, as they are now."""
    found = await _found(office, who, number, said, now, offset, limit)
    plain = replace(said, words=())
    if found.total or offset or not said.words or plain == Inquiry():
        return found
    found = await _found(office, who, number, plain, now, offset, limit)
    return replace(found, lacking=said.words)


async def _found(
    office: Office,
    who: Standpoint,
    number: int,
    said: Inquiry,
    now: datetime,
    offset: int,
    limit: int,
) -> Answer:
    inquiry = settled(said)
    scope = await query_filters.scope(office, inquiry) & visible_to(who)
    wanted = scope & await query_filters.stated(office, who, inquiry, now)
    if inquiry.state in {None, State.LATE}:
        wanted = task_filters.either_way(wanted)
    silent = scope & query_filters.unheard(office, now)
    if inquiry.basis is not Basis.CLOSED:
        silent = silent & query_filters.dated(office, inquiry)
    unheard = await summary.by_lead(office.db, silent)
    if inquiry.rank is not None:
        return await _ranked(
            office, who, number, inquiry, (scope, wanted), unheard, now, offset, limit
        )
    order = tasks.SOONEST if inquiry.state in _OLDEST_FIRST else tasks.NEWEST
    rows, total = await tasks.page(office.db, wanted, order, limit, offset)
    every = scope & _whole(inquiry) & query_filters.dated(office, inquiry)
    out_of = await summary.count(office.db, every) if inquiry.share else None
    late = await _overdue_besides(office, who, inquiry, now)
    return Answer(number, inquiry, rows, total, unheard=unheard, out_of=out_of, overdue=late)


def overdue(said: Inquiry, today: date) -> Inquiry | None:
    """Return the question which tasks are overdue of those asked about; None for any other question.

    It is asked along with what is to be done in days that today is one of, or what is urgent.
    """
    asked, days = settled(said), said.stretch
    if asked.state not in {State.OPEN, State.DUE} or asked.rank or asked.share or asked.is_of_one:
        return None
    by_now = days is not None and (days.first or today) <= today <= (days.last or today)
    if not by_now and not (days is None and asked.urgency):
        return None
    return replace(said, state=State.OVERDUE, stretch=None, urgency=None)


async def _overdue_besides(office: Office, who: Standpoint, inquiry: Inquiry, now: datetime) -> int:
    asked = overdue(inquiry, office.today(now))
    if asked is None:
        return 0
    of = await query_filters.scope(office, asked) & visible_to(who)
    return await summary.count(office.db, of & await query_filters.stated(office, who, asked, now))


def _whole(inquiry: Inquiry) -> Condition:
    """Return what a share is of: of what was done on time all that was done, of the overdue all that is open."""
    if inquiry.state in {State.DONE_ON_TIME, State.DONE_LATE}:
        return task_filters.DONE
    if inquiry.state in {State.DONE, State.LATE}:
        return task_filters.either_way(task_filters.KEPT)
    return OPEN


async def _idle(
    office: Office, who: Standpoint, inquiry: Inquiry, ranked: Sequence[Counted]
) -> list[Counted]:
    """Return the units, or the people but leaders, that have none of the tasks counted."""
    roster, known = await office.roster(), {one for one, _, _ in ranked}
    asked = await query_filters.below(office, inquiry)
    leaders = {one.key for one in await office.leaders()}
    everybody = {one.key: (one.name, one.unit_key) for one in roster.people}
    if inquiry.rank is Rank.UNITS:
        leaders, everybody = set(), {one.key: (one.name, one.key) for one in roster.units}
    return [
        (key, name, 0)
        for key, (name, unit) in everybody.items()
        if key not in known | leaders and who.looks_after(unit) and (not asked or unit in asked)
    ]


def _by_share(every: Sequence[Counted], counted: Sequence[Counted], least: bool) -> list[Counted]:
    """Return how many of each one's tasks count, the largest share first, or the smallest."""
    many = {one: count for one, _, count in counted}
    found = [(one, name, many.get(one, 0)) for one, name, _ in every]
    of = {one: count for one, _, count in every}
    sign = 1 if least else -1
    return sorted(found, key=lambda one: (sign * one[2] / of[one[0]], -of[one[0]], one[1]))


async def _ranked(
    office: Office,
    who: Standpoint,
    number: int,
    inquiry: Inquiry,
    conditions: tuple[Condition, Condition],
    unheard: Sequence[Counted],
    now: datetime,
    offset: int,
    limit: int,
) -> Answer:
    """Count the units or people against each other, and give the rows of the first."""
    by = summary.by_unit if inquiry.rank is Rank.UNITS else summary.by_lead
    scope, wanted = conditions
    ranked = await by(office.db, wanted)
    of: dict[int, int] = {}
    if inquiry.state is State.LATE or inquiry.share:
        whole = scope & _whole(inquiry) & query_filters.dated(office, inquiry)
        every = await by(office.db, whole)
        of = {one: many for one, _, many in every}
    if inquiry.share:
        ranked = _by_share(every, ranked, inquiry.least)
    elif inquiry.least:
        ranked = sorted(
            [*ranked, *await _idle(office, who, inquiry, ranked)],
            key=lambda one: (one[2], one[1]),
        )
    if not ranked:
        return Answer(number, inquiry, (), 0, of=of, unheard=unheard)
    places = _places(ranked, of if inquiry.share else {})
    first = [one for (one, _, _), place in zip(ranked, places, strict=True) if place == 1]
    theirs = owned_by if inquiry.rank is Rank.UNITS else led_by
    rows, total = await tasks.page(
        office.db, wanted & theirs(first[:MOST_TIED]), tasks.SOONEST, limit, offset
    )
    return Answer(number, inquiry, rows, total, ranked, places, of, unheard)


def _places(ranked: Sequence[Counted], of: Mapping[int, int]) -> list[int]:
    """Return the place of each; those with as many, or with the same share, have the same one."""
    measured = [Fraction(many, of.get(one) or 1) for one, _, many in ranked]
    return [measured.index(one) + 1 for one in measured]
