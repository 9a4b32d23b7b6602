"""How messages ended, written down: at once in a journal, soon in the database."""

import logging
from collections.abc import Callable, Sequence

from pydantic import TypeAdapter, ValidationError

from bot.delivery.outbox.journal import Journal
from bot.delivery.outbox.message_result import Ended
from bot.delivery.outbox.write_batcher import Gathering
from storage.engine.database import Database, Transaction
from storage.messaging import cards, outbox_leases, outbox_results
from storage.reminders import reminder_messages

_log = logging.getLogger(__name__)


_LINE = TypeAdapter(Ended)


class Settling:
    """What was said and not written down is said again after a crash, and a commit may have to wait."""

    def __init__(
        self, db: Database, journal: Journal, owner: str, on_trouble: Callable[[Exception], None]
    ) -> None:
        self._db = db
        self._journal = journal
        self._owner = owner
        self._gathering = Gathering(self._write, on_trouble)

    async def begin(self) -> None:
        """Settle what an earlier process said last, and what it held a lease of until then."""
        await settle_left(self._db, self._journal, self._owner)

    async def add(self, ended: Ended) -> None:
        """Write down how a message ended; return when the database knows."""
        if ended.is_said:
            self._journal.write(_LINE.dump_json(ended))
        await self._gathering.add(ended)

    async def end(self) -> None:
        """Return when the database knows all."""
        await self._gathering.drain()
        self._journal.close()

    async def _write(self, ended: Sequence[Ended]) -> None:
        await _commit(self._db, ended)
        if self._gathering.is_empty:
            self._journal.clear()


async def settle_left(db: Database, journal: Journal, owner: str) -> None:
    """Write into the database what a process that has ended left in its journal."""
    left = [ended for line in journal.left() if (ended := _read(line)) is not None]
    if left:
        leased = await outbox_leases.leased(db, owner)
        await _commit(db, [one for one in left if one.rows[0].id in leased])
    journal.clear()


async def _commit(db: Database, ended: Sequence[Ended]) -> None:
    async def work(tx: Transaction) -> None:
        await outbox_results.settle(tx, [row for end in ended for row in end.rows])
        heard = {end.heard: end.rows[0].at for end in ended if end.heard is not None}
        await outbox_results.heard(tx, heard)
        if placed := [end.card for end in ended if end.card is not None]:
            await cards.put(tx, placed)
        if told := [one for end in ended for one in end.reminders]:
            await reminder_messages.put(tx, told)

    await db.run(work)


def _read(line: bytes) -> Ended | None:
    try:
        return _LINE.validate_json(line)
    except ValidationError:
        _log.warning("a line of the journal was broken off")
        return None
