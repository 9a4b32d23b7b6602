"""A small office at work: its people where they stand, and tasks given to them by the real actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.actions.assigning import assign, edit_draft
from bot.actions.chat_places import Card, Place
from bot.actions.office import Office
from bot.actions.standpoint import standpoint
from bot.folding import fold
from bot.language.readings import Kind, Reading
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.engine.database import Database, Row
from storage.history import audit
from storage.history.audit import NewEvent
from storage.history.chain import verify
from storage.organisation import people, units
from storage.records import Role, Task, UpdateKey
from tests.rules.task import WORKDAYS
from tests.rules.task import office as moment

MORNING = moment(7)
FRIDAY = date(2026, 12, 11)
UNITS = {
    "top": ("Thành ủy", None),
    "deputies": ("Lãnh đạo Văn phòng", "top"),
    "th": ("Phòng Tổng hợp", "top"),
    "qt": ("Phòng Quản trị", "top"),
    "data": ("Tổ Số liệu", "th"),
}
PEOPLE = {
    "leader": ("Trịnh Quang Lĩnh", "top", Role.LEADER, ()),
    "deputy": ("Tạ Thị Hoài Mơ", "deputies", Role.LEADER, ("th",)),
    "head": ("Đoàn Thục Hạnh Nhi", "th", Role.HEAD, ()),
    "staff": ("Mạc Thiên Ân", "th", Role.STAFF, ()),
    "mate": ("Ông Thị Ngọc Trầm", "th", Role.STAFF, ()),
    "clerk": ("Giáp Văn Lộc Ninh", "data", Role.STAFF, ()),
    "other_head": ("Thân Đức Vượng", "qt", Role.HEAD, ()),
    "other": ("Đàm Tú Quyên", "qt", Role.STAFF, ()),
    "admin": ("Vương Hải Đăng", None, Role.ADMIN, ()),
}
"""name, unit, role, units in charge of"""

TABLES = (
    "units", "mergers", "merger_tasks", "tasks", "task_people", "task_search", "texts", "requests", "files", "drafts", "cards",
    "reminders", "digests", "digest_rounds", "outbox", "inbox", "events", "chain", "check_items", "series",
    "report_plans", "series_skips", "undos", "absences", "people", "roles", "charges", "invitations",
    "calendar_links", "entry_rights", "leader_groups", "leader_group_members",
)  # fmt: skip


@dataclass
class Staffed:
    """An office with its people; `units` and `ids` are keyed as in UNITS and PEOPLE."""

    office: Office
    units: dict[str, int]
    ids: dict[str, int]
    who: dict[str, Standpoint]
    _updates: int = field(default=0)

    @property
    def db(self) -> Database:
        return self.office.db

    def update(self) -> UpdateKey:
        """Return the key of an update that never was before."""
        self._updates += 1
        return UpdateKey(1, self._updates)

    async def assign(
        self,
        by: str = "leader",
        to: str = "staff",
        *,
        title: str = "Soạn báo cáo quý",
        due: date | None = FRIDAY,
        clock: time | None = None,
        at: datetime = MORNING,
        card: Card | None = None,
    ) -> Task:
        """Give somebody a task by the steps a person takes: draft, person, deadline, press."""
        who, place = self.who[by], Place(self.ids[by])
        reading = Reading(text=title, kind=Kind.ASSIGNMENT, title=title)
        [draft] = await assign.begin(self.office, who, place, [reading], at, self.update())
        draft = await edit_draft.choose_lead(self.office, draft, self.ids[to], at, self.update())
        deadline = (*WORKDAYS.due(due, clock), clock is not None) if due else None
        draft = await edit_draft.choose_deadline(self.office, draft, deadline, at, self.update())
        return await assign.confirm(
            self.office, who, draft.id, draft.version, card, at, self.update()
        )

    def moved(self, db: Database, files: Path) -> "Staffed":
        """Return the same office in a copy of its database."""
        office = Office(db=db, name=self.office.name, files=files)
        return Staffed(office, self.units.copy(), self.ids.copy(), self.who.copy())

    async def everything(self) -> Mapping[str, list[Row]]:
        """Return every row that an action can write."""
        return {
            table: sorted(await self.db.fetch(f"SELECT * FROM {table}"), key=str)
            for table in TABLES
        }

    async def outbox(self, since: int = 0) -> list[tuple[str, str]]:
        """Return who is told what, in order, after the row of that number."""
        rows = await self.db.fetch("SELECT * FROM outbox WHERE id > $1 ORDER BY id", since)
        names = {person_id: name for name, person_id in self.ids.items()}
        return [(row["kind"], names[row["person_id"]]) for row in rows]

    async def last_said(self) -> int:
        """Return the number of the newest row of the outbox."""
        row = await self.db.fetch_one("SELECT MAX(id) AS id FROM outbox")
        return (row and row["id"]) or 0

    async def history(self, task_id: int) -> list[tuple[str, str]]:
        """Return what happened to a task and who did it, and see that the chain is whole."""
        assert await verify(self.db) is None
        names = {person_id: name for name, person_id in self.ids.items()}
        events = await audit.history(self.db, task_id)
        return [(event.kind, names[event.actor_id or 0]) for event in events]


async def staffed(db: Database, files: Path) -> Staffed:
    """Make the office of UNITS and PEOPLE, everyone reachable."""
    at = moment(1)
    unit_ids: dict[str, int] = {}
    ids: dict[str, int] = {}
    async with db.transaction() as tx:
        for key, (name, parent) in UNITS.items():
            above = unit_ids[parent] if parent else None
            unit_ids[key] = await units.insert(tx, name, fold(name), above, at)
        for number, (key, (name, unit, role, charges)) in enumerate(PEOPLE.items(), 101):
            ids[key] = await people.insert(
                tx,
                name=name,
                folded=fold(name),
                position="",
                username=None,
                telegram_id=None,
                aliases=(),
                at=at,
            )
            await people.join(tx, ids[key], number, None)
            await people.give_role(tx, ids[key], unit_ids[unit] if unit else None, role, at)
            await people.change_charges(tx, ids[key], (), [unit_ids[one] for one in charges], at)
        await audit.append_many(tx, at, [NewEvent("office.imported")])
    made = Office(db=db, name="Văn phòng", files=files)
    who: dict[str, Standpoint] = {}
    for key, person_id in ids.items():
        member = await people.member(db, person_id)
        assert member is not None
        who[key] = await standpoint(db, member)
    return Staffed(made, unit_ids, ids, who)


async def refused(kind: No, staffed: Staffed, action: Any) -> Refusal:
    """Await an action that must be refused with this kind and leave every row as it was."""
    before = await staffed.everything()
    with pytest.raises(Refusal) as caught:
        await action
    assert caught.value.kind is kind
    assert await staffed.everything() == before
    return caught.value
