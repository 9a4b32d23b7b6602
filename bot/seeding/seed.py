"""A demo office at work: its people from a list, and tasks in all states, dated around today."""

import csv
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.actions.assigning import assign
from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Place
from bot.actions.office import Office
from bot.actions.standpoint import standpoint
from bot.actions.tasks import answer, extend, review
from bot.language.readings import Kind, Reading
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.messaging import outbox_redirect
from storage.organisation import people
from storage.records import Member
from storage.reminders import reminders

DEMO_TASKS = Path(__file__).with_name("demo_tasks.tsv")
ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class _Scene:
    """One task's story so far: who and when; every step was taken by the last working day."""

    office: Office
    assigner: Standpoint
    lead: Standpoint
    number: int
    assigned: datetime
    due_on: date
    last_day: date

    def afternoon(self, after_due: int = 0) -> datetime:
        """Return the middle of an afternoon, so many working days after the deadline or earlier."""
        days = self.office.workdays
        day = min(days.add(self.due_on, after_due), self.last_day)
        return days.at(day, days.afternoon[0]) + 2 * ONE_HOUR


Step = Callable[[_Scene], Awaitable[object]]


async def demo(office: Office, now: datetime) -> int:
    """Give the office the demo tasks, each step done by its person at its time; count the tasks.

    What was said along the way counts as read: only what still waits for somebody is sent.
    """
    members = {member.name: member for member in await people.living(office.db)}
    await office.refresh()
    with DEMO_TASKS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows:
        scene = await _assigned(office, members, row, now)
        for step in _STORIES[row["story"]]:
            await step(scene)
    async with office.db.transaction() as tx:
        await outbox_redirect.drop_read(tx, now)
        await reminders.settle_before(tx, now)
    return len(rows)


async def _assigned(
    office: Office, members: dict[str, Member], row: dict[str, str], now: datetime
) -> _Scene:
    assigner = await standpoint(office.db, members[row["assigner"]])
    lead = await standpoint(office.db, members[row["lead"]])
    today = office.workdays.local(now).date()
    days = office.workdays
    assigned_on = days.on_or_before(today - timedelta(days=int(row["assigned_days_ago"])))
    offset = timedelta(days=int(row["due_in_days"]))
    late = offset < timedelta(0)
    due_on = days.on_or_before(today + offset) if late else days.on_or_after(today + offset)
    assigned = days.at(assigned_on, days.morning[0]) + ONE_HOUR
    due_at, late_from = days.due(due_on)
    reading = Reading(text=row["title"], kind=Kind.ASSIGNMENT, title=row["title"])
    [draft] = await assign.begin(office, assigner, Place(0), [reading], assigned, None)
    fields = {"lead_id": lead.person_id, "due_at": due_at, "late_from": late_from}
    whole = Fields.model_validate(draft.fields).model_copy(update=fields)
    async with office.db.transaction() as tx:
        await drafts.change(
            tx, draft.id, draft.version, fields=whole.dumped(), waits_for=None, at=assigned
        )
    task = await assign.confirm(office, assigner, draft.id, draft.version + 1, None, assigned, None)
    return _Scene(office, assigner, lead, task.id, assigned, due_on, days.add(today, -1))


async def _receive(scene: _Scene) -> None:
    at = scene.assigned + ONE_HOUR
    await answer.receive(scene.office, scene.lead, scene.number, 1, at, None)


async def _progress(scene: _Scene) -> None:
    words = "60% đã xong dự thảo, đang lấy ý kiến các phòng"
    at = scene.afternoon()
    await answer.progress(scene.office, scene.lead, scene.number, words, at, None)


async def _block(scene: _Scene) -> None:
    words = "Chưa nhận được tài liệu của hai ban, đề nghị có công văn đôn đốc"
    await answer.block(scene.office, scene.lead, scene.number, words, scene.afternoon(), None)


async def _submit(scene: _Scene) -> None:
    await _submit_at(scene, scene.afternoon())


async def _submit_late(scene: _Scene) -> None:
    await _submit_at(scene, scene.afternoon(2))


async def _submit_at(scene: _Scene, at: datetime) -> None:
    words = "Đã hoàn thành, gửi kèm Công văn 215-CV/VPTU"
    await answer.submit(scene.office, scene.lead, scene.number, words, None, at, None)


async def _accept(scene: _Scene) -> None:
    at = scene.afternoon(3)
    version = 3
    await review.accept(scene.office, scene.assigner, scene.number, version, at, None)


async def _extend(scene: _Scene) -> None:
    wanted = scene.due_on + timedelta(days=5)
    words = f"đến {wanted:%d/%m/%Y} vì chờ ý kiến của các ban"
    await extend.request(scene.office, scene.lead, scene.number, words, scene.afternoon(), None)


_STORIES: dict[str, tuple[Step, ...]] = {
    "assigned": (),
    "received": (_receive,),
    "working": (_receive, _progress),
    "overdue": (_receive, _progress),
    "blocked": (_receive, _block),
    "extension": (_receive, _extend),
    "submitted": (_receive, _submit),
    "accepted": (_receive, _submit, _accept),
    "accepted_late": (_receive, _submit_late, _accept),
}
