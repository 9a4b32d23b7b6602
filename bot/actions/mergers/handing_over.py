"""The sheet of handing over, gathered: of a merger, or of passing on all that somebody had in hand.

Titles and names of files are only those of tasks that whoever asks may see; numbers and hashes are all.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from bot.actions.find import visible_to
from bot.actions.mergers import record as merger_record
from bot.actions.office import Office
from bot.refusals import No, Refusal
from bot.rules.mergers.handing_over import CountRow, HandingOver, HeldTask, KeptFile
from bot.rules.mergers.wish import ENDING
from bot.rules.organisation import leaving
from bot.rules.organisation.standing import bucket
from bot.rules.rights import Standpoint
from storage.engine.database import Row
from storage.history import audit
from storage.mergers import mergers
from storage.organisation import people
from storage.records import Event, Task
from storage.tasks.task_conditions import Condition, among

HANDED_ALL = "person.handed_all"


async def of_merger(
    office: Office, who: Standpoint, merger_id: int, title: str, now: datetime
) -> HandingOver:
    """Return the sheet of a merger called so.

    Refuses NOT_FOUND to who is no admin and looks after none of its units.
    """
    record = await merger_record.get(office, who, merger_id)
    merger, facts = record.merger, record.merger.facts
    wanted = mergers.of_merger(merger_id)
    ended = facts["wish"]["units"] if merger.kind in ENDING else []
    kept = wanted | mergers.of_units(ended, facts["outside"]) if ended else wanted
    leads = {one.task_id: one.lead_id for one in await mergers.moved(office.db, merger_id)}
    before = {int(key): name for key, name in facts["names"].items()}
    after = {**before, merger.into_id: record.into_name}
    units_after = [one for one in after if str(one) in facts["after"]]
    counts = [
        CountRow(
            figure,
            tuple(facts["before"][str(one)][figure] for one in before),
            tuple(facts["after"][str(one)][figure] for one in units_after),
        )
        for figure in _FIGURES
    ]
    seen = facts["seen"]
    return HandingOver(
        head=office.letterhead,
        title=title,
        made_at=merger.made_at,
        printed_at=now,
        by=record.actor,
        givers=record.from_names,
        taker=record.into_name,
        workdays=office.workdays,
        before_of=tuple(before.values()),
        after_of=tuple(after[one] for one in units_after),
        counts=counts,
        seen={what: seen[what] for what in ("series", "invitations", "charges")},
        tasks=await _tasks(office, who, wanted, leads, now),
        files=await _files(office, who, kept),
        fingerprint=facts["fingerprint"],
    )


_FIGURES = ("people", "open_tasks", "closed_tasks", "parts", "files")


async def of_person(office: Office, who: Standpoint, event_id: int, now: datetime) -> HandingOver:
    """Return the sheet of passing on all that somebody had, counted by part.

    Refuses NOT_FOUND to all but who managed it, gave or took.
    """
    found = await audit.span(office.db, event_id, event_id)
    event = next((one for one in found if one.kind == HANDED_ALL), None)
    if event is None or event.person_id is None or not await _may_have(office, who, event):
        raise Refusal(No.NOT_FOUND)
    to_id, count = event.facts["to"], event.facts["tasks"]
    passed = await audit.span(office.db, event_id - count, event_id - 1)
    named = await people.names(
        office.db, [one for one in (event.person_id, to_id, event.actor_id) if one]
    )
    parts = Counter(part for one in passed for part in one.facts["parts"])
    wanted = among("t.id", [one.task_id for one in passed if one.task_id])
    led = {
        one.task_id: event.person_id
        for one in passed
        if one.task_id and "lead" in one.facts["parts"]
    }
    from_, to = named[event.person_id], named[to_id]
    return HandingOver(
        head=office.letterhead,
        title="",
        made_at=event.at,
        printed_at=now,
        by=named.get(event.actor_id or 0, ""),
        givers=(from_,),
        taker=to,
        workdays=office.workdays,
        before_of=(from_,),
        after_of=(from_, to),
        counts=[CountRow(part, (count,), (0, count)) for part, count in sorted(parts.items())],
        seen={"series": event.facts["series"]},
        tasks=await _tasks(office, who, wanted, led, now),
        files=await _files(office, who, wanted),
        fingerprint=event.hash,
    )


async def last_of(office: Office, who: Standpoint, person_id: int) -> Event | None:
    """Return the newest passing on of all that somebody had, who left too; None without a right to it."""
    event = await audit.latest(office.db, HANDED_ALL, person_id)
    return event if event is not None and await _may_have(office, who, event) else None


async def _may_have(office: Office, who: Standpoint, event: Event) -> bool:
    person = await people.member(office.db, event.person_id or 0)
    near = {event.actor_id, event.person_id, event.facts["to"]}
    return person is not None and (who.person_id in near or leaving.manages(who, person))


async def _tasks(
    office: Office,
    who: Standpoint,
    wanted: Condition,
    leads: Mapping[int, int | None],
    now: datetime,
) -> list[HeldTask]:
    rows = await mergers.held_now(office.db, wanted)
    seen = await mergers.numbers_of(office.db, wanted & visible_to(who))
    names = await people.names(office.db, sorted({one for one in leads.values() if one}))
    return [
        _held(row, int(row["id"]) in seen, names.get(leads.get(row["id"]) or 0, ""), now)
        for row in rows
    ]


def _held(row: Row, visible: bool, was: str, now: datetime) -> HeldTask:
    task = Task.model_validate(row)
    return HeldTask(
        id=task.id,
        title=task.title if visible else "",
        was=was,
        holder=row["lead_name"] or "",
        unit=row["unit_name"] or "",
        due_at=task.due_at,
        bucket=bucket(task, now),
    )


async def _files(office: Office, who: Standpoint, wanted: Condition) -> list[KeptFile]:
    rows = await mergers.files_of(office.db, wanted)
    seen = await mergers.numbers_of(office.db, wanted & visible_to(who)) if rows else set()
    return [
        KeptFile(
            row["task_id"],
            row["name"] if row["task_id"] in seen else "",
            row["size"],
            row["sha256"],
        )
        for row in rows
    ]
