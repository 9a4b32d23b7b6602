"""An office as large as a city, all made up: units, people, and years of tasks with their history.

The same size gives the same office. Of the open tasks two thirds are of the last weeks; nothing is planned for them, so
nobody is reminded.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.folding import fold, words
from bot.rules.workdays import Workdays
from storage.engine import bulk_load
from storage.engine.database import Database, Table, Value
from storage.history import audit
from storage.history.audit import NewEvent
from storage.records import Part, Reach, Role, Status, Urgency
from storage.reporting import closed_counts

YEARS = 5
TASKS_A_DOCUMENT = 20
FIRST_ACCOUNT = 7_000_000_000
"""The Telegram account of person 1, who leads the office; the next has the next."""
OF_LATE = timedelta(days=36)
"""In which the newest tasks were assigned, all of them open."""
_FAMILY = [
    "Trịnh",
    "Tạ",
    "Kiều",
    "Đoàn",
    "Lục",
    "Mạc",
    "Ông",
    "Quách",
    "Từ",
    "Nghiêm",
    "Hứa",
    "Giáp",
    "Thân",
    "Đàm",
    "Sầm",
    "Bạch",
    "Viên",
    "Cao",
]
_MIDDLE = [
    "Quang",
    "Hoài",
    "Bá",
    "Thục",
    "Gia",
    "Thiên",
    "Ngọc",
    "Duy",
    "Bảo",
    "Xuân",
    "Cẩm",
    "Văn",
    "Đức",
    "Tú",
    "Hải",
    "Minh",
    "Trọng",
    "Lê",
]
_GIVEN = [
    "Lĩnh",
    "Mơ",
    "Thuyên",
    "Nhi",
    "Khiêm",
    "Ân",
    "Trầm",
    "Mẫn",
    "Uyên",
    "Thảo",
    "Vy",
    "Ninh",
    "Vượng",
    "Quyên",
    "Lam",
    "Tường",
    "Nghĩa",
]
_WORK = (
    "Soạn báo cáo", "Rà soát hồ sơ", "Tham mưu công văn triển khai", "Tổng hợp kiến nghị",
    "Chuẩn bị hội nghị", "Lập dự toán", "Soạn tờ trình", "Kiểm tra tiến độ",
)  # fmt: skip
_TASKS = Table(
    "tasks",
    (
        *("id", "title", "urgency", "status", "version", "assigner_id", "entered_by_id", "unit_id"),
        *("document_id", "due_at", "late_from", "first_due_at", "first_late_from", "created_at"),
        *("received_at", "reported_at", "submitted_at", "closed_at", "accepted_by_id"),
    ),
)
_PARTS = Table("task_people", ("task_id", "person_id", "part", "from_at"))
_SEARCH = Table("task_search", ("rowid", "title", "document", "said", "files"))
_DOCUMENTS = Table(
    "documents", ("id", "symbol", "folded", "words", "kind", "entered_by_id", "created_at")
)
_PEOPLE = Table(
    "people", ("id", "name", "folded", "position", "telegram_id", "reach", "created_at", "told_at")
)
_UNITS = Table("units", ("id", "parent_id", "name", "folded", "created_at"))
_ROLES = Table("roles", ("person_id", "unit_id", "role", "from_at"))


@dataclass(frozen=True)
class Size:
    """How large the office is to be; the tenth of the units stands above the others."""

    tasks: int
    people: int
    units: int
    open_share: float = 0.03

    @property
    def new(self) -> int:
        """How many are of the last weeks."""
        return round(self.tasks * self.open_share * 2 / 3)


@dataclass
class Batch:
    """Rows that are written in one transaction."""

    documents: list[Sequence[Value]] = field(default_factory=list)
    tasks: list[Sequence[Value]] = field(default_factory=list)
    parts: list[Sequence[Value]] = field(default_factory=list)
    search: list[Sequence[Value]] = field(default_factory=list)
    events: list[tuple[datetime, NewEvent]] = field(default_factory=list)

    def __len__(self) -> int:
        rows = len(self.documents) + len(self.tasks) + len(self.parts) + len(self.search)
        return rows + len(self.events)


class LargeOffice:
    """Makes up rows, one batch after the other."""

    def __init__(self, size: Size, now: datetime, days: Workdays) -> None:
        self._size, self._now = size, now
        self._days = days
        self._random = random.Random(size.tasks)  # noqa: S311 - a play, no secret
        self._begun = now - timedelta(days=365 * YEARS)
        self._blocks = max(1, size.units // 10)
        self._due: dict[date, tuple[datetime, datetime]] = {}

    async def people(self, db: Database) -> int:
        """Write units and people, and count them."""
        size, at = self._size, self._begun
        units = [self._unit(number) for number in range(1, size.units + 1)]
        people = [self._person(number) for number in range(1, size.people + 1)]
        roles = [self._role(number) for number in range(1, size.people + 1)]
        async with db.transaction() as tx:
            await tx.copy(_UNITS, units)
            await tx.copy(_PEOPLE, people)
            await tx.copy(_ROLES, roles)
            await audit.append(tx, at, "people.import", facts={"people": size.people})
        return len(units) + len(people) + len(roles) + 1

    def batches(self, most: int = 2000) -> Iterator[Batch]:
        """Make up the tasks, the oldest first."""
        for first in range(1, self._size.tasks + 1, most):
            batch = Batch()
            for number in range(first, min(first + most, self._size.tasks + 1)):
                self._task(batch, number)
            yield batch

    def _unit(self, number: int) -> Sequence[Value]:
        if number == 1:
            name, above = "Thành ủy mẫu", None
        elif number <= self._blocks + 1:
            name, above = f"Đảng ủy khối {number - 1}", 1
        else:
            name, above = f"Phòng mẫu {number - self._blocks - 1}", 2 + number % self._blocks
        return number, above, name, fold(name), self._begun

    def _person(self, number: int) -> Sequence[Value]:
        step, given = divmod(number, len(_GIVEN))
        rest, middle = divmod(step, len(_MIDDLE))
        name = f"{_FAMILY[rest % len(_FAMILY)]} {_MIDDLE[middle]} {_GIVEN[given]}"
        account, at = FIRST_ACCOUNT + number - 1, self._begun
        position = (
            "Bí thư" if number == 1 else "Trưởng phòng" if self._heads(number) else "Chuyên viên"
        )
        return number, name, fold(name), position, account, Reach.REACHABLE, at, at

    def _role(self, number: int) -> Sequence[Value]:
        role = Role.LEADER if number == 1 else Role.HEAD if self._heads(number) else Role.STAFF
        return number, self._unit_of(number), role, self._begun

    def _heads(self, number: int) -> bool:
        """The first person of each unit heads it."""
        return number <= self._size.units

    def _unit_of(self, person: int) -> int:
        return 1 + (person - 1) % self._size.units

    def _task(self, batch: Batch, number: int) -> None:
        """Add a task with whatever became of it."""
        chance = self._random
        created = self._created(number)
        lead = chance.randrange(1, self._size.people + 1)
        unit = self._unit_of(lead)
        assigner = unit if lead != unit and chance.random() < 0.9 else 1
        document = self._document(batch, number, created)
        due, late = self._deadline(created)
        submitted, closed, status = self._course(number, created, late)
        received = created + timedelta(hours=2)
        batch.tasks.append(
            (
                *(number, title(number), self._urgency(), status, 10, assigner, assigner, unit),
                *(document, due, late, due, late, created, received, submitted or received),
                *(submitted, closed, assigner if status is Status.DONE else None),
            )
        )
        batch.parts.append((number, lead, Part.LEAD, created))
        batch.search.append((number, " ".join(words(title(number))), "", "", ""))
        batch.events += self._history(
            number, (assigner, lead), (created, submitted, closed), status
        )

    def _created(self, number: int) -> datetime:
        old = self._size.tasks - self._size.new
        if number > old:
            return self._now - OF_LATE * ((self._size.tasks + 1 - number) / (self._size.new + 1))
        return self._begun + (self._now - OF_LATE - self._begun) * (number / (old + 1))

    def _urgency(self) -> Urgency:
        return self._random.choices(tuple(Urgency), (80, 12, 6, 2))[0]

    def _document(self, batch: Batch, number: int, created: datetime) -> int | None:
        """Return the document of half of the tasks, and enter it with the first of them."""
        if number % 2:
            return None
        document, place = divmod(number // 2 - 1, TASKS_A_DOCUMENT)
        symbol = f"{document + 1}-KH/TU"
        if place == 0:
            row = (
                document + 1,
                symbol,
                fold(symbol),
                " ".join(words(symbol)),
                "Kế hoạch",
                1,
                created,
            )
            batch.documents.append(row)
        return document + 1

    def _deadline(self, created: datetime) -> tuple[datetime | None, datetime | None]:
        if self._random.random() < 0.03:
            return None, None
        day = created.date() + timedelta(days=self._random.randrange(3, 30))
        if day not in self._due:
            self._due[day] = self._days.due(self._days.on_or_after(day))
        return self._due[day]

    def _course(
        self, number: int, created: datetime, late: datetime | None
    ) -> tuple[datetime | None, datetime | None, Status]:
        """Return when a task was handed in and closed, and the state it is in."""
        chance = self._random
        size = self._size
        left_over = size.open_share / 3 * size.tasks / (size.tasks - size.new)
        if number > size.tasks - size.new or chance.random() < left_over:
            states = (Status.ASSIGNED, Status.IN_PROGRESS, Status.SUBMITTED, Status.PAUSED)
            status = chance.choices(states, (30, 55, 12, 3))[0]
            handed_in = created + timedelta(hours=20) if status is Status.SUBMITTED else None
            return handed_in, None, status
        if chance.random() < 0.02:
            return None, min(created + timedelta(days=4), self._now), Status.CANCELLED
        days = chance.uniform(0.2, 10) if chance.random() < 0.12 else -chance.uniform(0.1, 2.5)
        submitted = (late or created + timedelta(days=10)) + timedelta(days=days)
        submitted = min(max(submitted, created + timedelta(hours=3)), self._now)
        return submitted, min(submitted + timedelta(hours=20), self._now), Status.DONE

    def _history(
        self,
        number: int,
        people: tuple[int, int],
        moments: tuple[datetime, datetime | None, datetime | None],
        status: Status,
    ) -> Iterator[tuple[datetime, NewEvent]]:
        """Tell how a task came to its state: ten lines of one that is done."""
        assigner, lead = people
        created, submitted, closed = moments
        until = submitted or closed or created + timedelta(hours=10)
        facts = {"lead": lead, "body": None, "due_at": None}
        yield created, NewEvent("task.assign", assigner, number, lead, facts=facts)
        if status is Status.ASSIGNED:
            return
        for place in range(7):
            kind = "task.progress" if place else "task.receive"
            at = created + (until - created) * ((place + 1) / 8)
            yield at, NewEvent(kind, lead, number)
        if submitted:
            yield submitted, NewEvent("task.submit", lead, number)
        if status is Status.PAUSED:
            yield until, NewEvent("task.pause", assigner, number)
        if closed:
            kind = "task.accept" if status is Status.DONE else "task.cancel"
            yield closed, NewEvent(kind, assigner, number)


def title(number: int) -> str:
    """Return a title with two words that stand together in every 10,000th one alone."""
    one, other = divmod(number * 7919 % 10_000, 100)
    return f"{_WORK[number % len(_WORK)]} dự án DA{one:02}, khu KH{other:02}"


async def write(db: Database, batch: Batch) -> None:
    """Write a batch in one transaction."""
    async with db.transaction() as tx:
        await tx.copy(_DOCUMENTS, batch.documents)
        await tx.copy(_TASKS, batch.tasks)
        await tx.copy(_PARTS, batch.parts)
        await tx.copy(_SEARCH, batch.search)
        await audit.append_past(tx, batch.events)


async def finish(db: Database) -> None:
    """Count what is closed, and let the engine know its rows."""
    async with db.transaction() as tx:
        await closed_counts.recount(tx)
        await bulk_load.count_on(
            tx, [table.name for table in (_UNITS, _PEOPLE, _DOCUMENTS, _TASKS)]
        )
        await bulk_load.analyse(tx)
