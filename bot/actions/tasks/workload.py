"""How busy people are, and who could take what of whom: shown to who divides the work, never applied."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.actions.moves import stakes
from bot.actions.office import Office
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from bot.rules.tasks.workload import Ahead, Load, Offer, hours_left, kind_of, loads, offers
from bot.rules.workdays import ONE_DAY
from storage.organisation import absences
from storage.records import Absence, Carried, Member, Part, Role, TaskView
from storage.tasks import tasks, workload

WEEK = ONE_DAY * 7
PAST = timedelta(days=365)
"""How far back tasks of a kind count as practice."""
MOST_PROPOSED = 3
TRIED = 12
"""Tasks looked at for a proposal: those that would lighten somebody the most."""
LEAST_BUSY = 40
"""Beside the people of a unit, so many of all others are asked whether they could take a task."""

SKILLED = 1_000_000
"""Tasks of a kind done by somebody of whom none is told yet: who has no room even so is not asked."""


@dataclass(frozen=True)
class Burden:
    """What somebody carries to the end of this week, and in the next; `leave` is the first ahead."""

    member: Member
    tasks: int
    this_week: Load
    next_week: Load
    leave: Absence | None

    @property
    def is_over(self) -> bool:
        """Whether there is too much up to the end of this week, or of the next."""
        both = self.this_week.with_more(self.next_week.hours)
        whole = self.this_week.capacity + self.next_week.capacity
        return self.this_week.is_over or both.hours > whole

    @property
    def worst(self) -> float:
        both = (self.this_week, self.next_week)
        return max(one.share for one in both)


@dataclass(frozen=True)
class Proposal:
    """Who could take a task in place of its lead; how busy each is up to its deadline."""

    task: TaskView
    lead: Load
    offer: Offer
    name: str


@dataclass(frozen=True)
class Division:
    """Whose work somebody divides, the busiest first, in the weeks to these two days."""

    burdens: Sequence[Burden]
    proposals: Sequence[Proposal]
    until: date
    next_until: date


async def busy(
    office: Office, who: Standpoint, asked: Collection[int], due_at: datetime | None, now: datetime
) -> dict[int, Load]:
    """Return how busy people are up to a deadline, or else to the end of the next week.

    Of those alone whose work the person divides.
    """
    mine = {one.id for one in await _divided(office, who)} & set(asked)
    if not mine:
        return {}
    ahead = await _ahead(office, now)
    due = office.workdays.local(due_at).date() if due_at else _sunday(ahead.first) + WEEK
    return loads(mine, await _carried(office, mine, ahead), ahead, max(due, ahead.first))


async def divide(office: Office, who: Standpoint, now: datetime) -> Division:
    """Return who carries what this week and next, and what could go to whom."""
    members = await _divided(office, who)
    ahead = await _ahead(office, now)
    carried = await _carried(office, {one.id for one in members}, ahead)
    until = _sunday(ahead.first)
    burdens = _burdens(members, carried, ahead, until)
    proposals = await _proposals(office, who, burdens, carried, ahead)
    return Division(burdens, proposals, until, until + WEEK)


async def _divided(office: Office, who: Standpoint) -> list[Member]:
    """Return the staff and heads of the units that somebody looks after."""
    return [
        one
        for one in await office.members()
        if any(
            post.role in {Role.STAFF, Role.HEAD} and who.looks_after(post.unit_id)
            for post in one.roles
        )
    ]


async def _ahead(office: Office, now: datetime) -> Ahead:
    leaves = await absences.not_over(office.db, office.today(now))
    return Ahead.of(now, office.workdays, leaves)


async def _carried(office: Office, people: set[int], ahead: Ahead) -> list[Carried]:
    """Return what these people have in hand, and what those have for whom they stand in."""
    absent = {one.person_id for one in ahead.leaves if one.deputy_id in people}
    return await workload.carried(office.db, people | absent)


def _sunday(day: date) -> date:
    return day + ONE_DAY * (6 - day.weekday())


def _burdens(
    members: Sequence[Member], carried: Sequence[Carried], ahead: Ahead, until: date
) -> list[Burden]:
    ids = [one.id for one in members]
    counts = Counter(one.person_id for one in carried)
    first = loads(ids, carried, ahead, until)
    both = loads(ids, carried, ahead, until + WEEK)
    found = []
    for one in members:
        now, then = first[one.id], both[one.id]
        later = Load(then.hours - now.hours, then.capacity - now.capacity)
        leave = next(iter(ahead.leaves_of(one.id)), None)
        soon = leave if leave and leave.from_day <= until + WEEK else None
        found.append(Burden(one, counts[one.id], now, later, soon))
    return sorted(found, key=lambda one: (-one.worst, one.member.folded))


async def _proposals(
    office: Office,
    who: Standpoint,
    burdens: Sequence[Burden],
    carried: Sequence[Carried],
    ahead: Ahead,
) -> list[Proposal]:
    """Return what could go from who has too much to who has not, each person a task at a time."""
    over = {one.member.id for one in burdens if one.is_over}
    led = [one for one in carried if one.person_id in over and one.part is Part.LEAD]
    untouched = sorted((one for one in led if not one.percent), key=hours_left, reverse=True)
    views = await tasks.views(office.db, [one.task_id for one in untouched[:TRIED]])
    may = {one.id: one for one in views if rights.may_move(who, stakes(one), Move.REASSIGN)}
    allowed = _allowed(who, burdens)
    found: list[Proposal] = []
    for task in untouched[:TRIED]:
        if len(found) == MOST_PROPOSED:
            break
        if task.task_id in may and _is_over(task.person_id, carried, ahead):
            view = may[task.task_id]
            near, others = _beside(burdens, allowed, task.person_id)
            best = await _best(office, view, task, near, carried, ahead)
            best = best or await _best(office, view, task, others, carried, ahead)
            if best is not None:
                found.append(best)
                carried = [_moved(one, task, best.offer) for one in carried]
    return found


def _is_over(person_id: int, carried: Sequence[Carried], ahead: Ahead) -> bool:
    until = _sunday(ahead.first)
    theirs = _in_hand({person_id}, carried, ahead)
    both = [loads([person_id], theirs, ahead, day)[person_id] for day in (until, until + WEEK)]
    return any(one.is_over for one in both)


def _in_hand(people: Set[int], carried: Sequence[Carried], ahead: Ahead) -> list[Carried]:
    """Return what these people carry, or would for those they stand in for."""
    whose = people | {one.person_id for one in ahead.leaves if one.deputy_id in people}
    return [one for one in carried if one.person_id in whose]


def _moved(one: Carried, task: Carried, offer: Offer) -> Carried:
    return one.model_copy(update={"person_id": offer.person_id}) if one is task else one


def _allowed(who: Standpoint, burdens: Sequence[Burden]) -> list[Member]:
    """Return to whom work may be given, but to who divides it, the busiest first."""
    members = [one.member for one in burdens if one.member.id != who.person_id]
    return [
        one
        for one in members
        if any(rights.may_assign(of, one.id, [p.unit_id for p in one.roles]) for of in who.each)
    ]


def _beside(
    burdens: Sequence[Burden], allowed: Sequence[Member], lead_id: int
) -> tuple[dict[int, Member], dict[int, Member]]:
    """Return to whom the work of somebody may be given: those of their unit, and the least busy of all."""
    unit = next(one.member.unit_id for one in burdens if one.member.id == lead_id)
    near = {one.id: one for one in allowed if one.unit_id == unit}
    return near, near | {one.id: one for one in allowed[-LEAST_BUSY:]}


async def _best(
    office: Office,
    view: TaskView,
    task: Carried,
    beside: Mapping[int, Member],
    carried: Sequence[Carried],
    ahead: Ahead,
) -> Proposal | None:
    """Return who could take a task without too much to do, if anybody would be better off with it."""
    asked = {*beside, task.person_id}
    hands = _in_hand(asked, carried, ahead)
    skilled = offers(task, asked, hands, ahead, dict.fromkeys(asked, SKILLED))
    if all(one.load.is_over for one in skilled if one.person_id != task.person_id):
        return None
    past = await _past(office, view, beside, ahead)
    found = offers(task, asked, hands, ahead, past)
    best = found[0] if found else None
    if best is None or best.person_id == task.person_id or best.load.is_over:
        return None
    due = task.due_at and office.workdays.local(task.due_at).date()
    until = max(due or _sunday(ahead.first) + WEEK, ahead.first)
    theirs = _in_hand({task.person_id}, carried, ahead)
    [lead] = loads([task.person_id], theirs, ahead, until).values()
    return Proposal(view, lead, best, beside[best.person_id].name)


async def _past(
    office: Office, view: TaskView, beside: Mapping[int, Member], ahead: Ahead
) -> dict[int, int]:
    """Return how many tasks of a task's kind each has led to their end in the last year."""
    since = office.workdays.at(ahead.first, office.workdays.morning[0]) - PAST
    kind, done = kind_of(view.title, view.product), Counter[int]()
    for one in await workload.finished(office.db, beside, since):
        if kind_of(one.title, one.product) == kind:
            done[one.person_id] += one.count
    return done
