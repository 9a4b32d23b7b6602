"""What people hear in a simulated year: the counter in Telegram's place, and what it counts."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.actions.office import Office
from bot.chat.messages import Delivery
from bot.chat.reminders import notices
from storage.engine.database import Database
from storage.records import Outgoing

_LATE = {"red", "red_special", "higher"}


class Phones:
    """Takes every message, as Telegram does."""

    def __init__(self) -> None:
        self._count = 0

    def while_(self, _: Callable[[], bool]) -> "Phones":
        """Nobody else sends, so nothing is taken over."""
        return self

    async def send(self, delivery: Delivery, priority: int = 0) -> int:
        self._count += 1
        return delivery.edits or self._count

    async def delete(self, *_: object) -> bool:
        return True


@dataclass
class Told:
    """What was said: new messages by person and day, by kind, and when each was told of a late task.

    `on_late` learns of every reminder that a task is late.
    """

    office: Office
    on_late: Callable[[Outgoing], None]
    a_day: Counter[tuple[int, date]] = field(default_factory=Counter)
    what: Counter[tuple[int, date, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    edits: int = 0
    late: dict[tuple[int, int], datetime] = field(default_factory=dict)

    async def word(self, _: Database, rows: Sequence[Outgoing], now: datetime) -> Delivery | None:
        """Word a message as it is always worded, and count it."""
        delivery = await notices.word(self.office, rows, now)
        if delivery is None:
            return None
        if delivery.edits is not None:
            self.edits += 1
        else:
            self._count(rows[0], self.office.today(now))
        for row in rows:
            self._note_late(row, now)
        return delivery

    def _count(self, row: Outgoing, day: date) -> None:
        self.a_day[row.person_id, day] += 1
        self.kinds[row.kind] += 1
        self.what[row.person_id, day, row.kind] += 1

    def _note_late(self, row: Outgoing, now: datetime) -> None:
        if row.kind == "reminder" and row.facts.get("rung") in _LATE and row.task_id:
            for one in {row.person_id, row.about, *self._in_whose_place(row.person_id)}:
                self.late.setdefault((row.task_id, one), now)
            self.on_late(row)

    def _in_whose_place(self, person_id: int) -> list[int]:
        """Return for whom somebody decides while these are away: what they hear, they hear for them."""
        away = self.office.away.items()
        return [one for one, absent in away if absent.stand_in == person_id]

    def worst(self) -> tuple[int, dict[str, int]]:
        """Return to whom a day brought the most messages, and how many of which kind."""
        (person_id, day), _ = max(self.a_day.items(), key=lambda item: item[1])
        kinds = {key[2]: n for key, n in self.what.items() if key[:2] == (person_id, day)}
        return person_id, kinds
