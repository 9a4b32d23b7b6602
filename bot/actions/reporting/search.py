"""Searching: tasks by words and "phrases", by people, units and days, in all that is known of them."""

from datetime import datetime

from bot.actions.chat_places import Place
from bot.actions.find import PAGE, Page, visible_to
from bot.actions.office import Office
from bot.actions.reporting import query_filters
from bot.language.questions.inquiry import Basis, Inquiry
from bot.language.questions.search_query import Either, read_sought
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.reporting import inquiries
from storage.reporting.inquiries import Kind
from storage.reporting.task_scope import owned_by
from storage.tasks import search, task_conditions, task_filters, tasks
from storage.tasks.task_conditions import NONE, Condition


async def by_words(
    office: Office, who: Standpoint, text: str, now: datetime, offset: int = 0
) -> Page:
    """Return the tasks, open or closed, with all that a text names, with or without tone marks.

    Words stand in the title, the document, what people said, or the name of a file. A person may
    work on a task or have assigned it, a unit own it, a day be that it is due, was assigned or closed
    on; or they are words of it as well. Refuses EMPTY.
    """
    roster, today = await office.roster(), office.today(now)
    wanted = read_sought(text, roster, today, office.reading.term_from)
    if not wanted.terms.phrases and not wanted.either:
        raise Refusal(No.EMPTY)
    found = visible_to(who)
    if wanted.terms.phrases:
        found = search.found(office.db, wanted.terms.phrases, wanted.terms.begins) & found
    for one in wanted.either:
        found = found & await _either(office, one)
    return await tasks.page(office.db, found, tasks.NEWEST, PAGE, offset)


async def keep(office: Office, who: Standpoint, place: Place, text: str, now: datetime) -> int:
    """Keep what is searched for and return its number: a button has no room for the words."""
    person = who.person_id
    return await inquiries.put(office.db, person, place.chat_id, Kind.SEARCH, text, now)


async def kept(office: Office, who: Standpoint, number: int) -> str:
    """Return what somebody searched for; refuses STALE for what is forgotten, and another's."""
    text = await inquiries.get(office.db, number, who.person_id, Kind.SEARCH)
    if text is None:
        raise Refusal(No.STALE)
    return text


async def _either(office: Office, one: Either) -> Condition:
    found = search.found(office.db, [one.phrase], begins=False) if one.phrase else NONE
    if one.people:
        theirs = task_filters.worked_on_by(one.people) | task_conditions.assigned_by(one.people)
        found = found | theirs
    if one.units:
        found = found | owned_by(await query_filters.below(office, Inquiry(units=one.units)))
    for basis in Basis if one.stretch else ():
        found = found | query_filters.dated(office, Inquiry(stretch=one.stretch, basis=basis))
    return found
