"""`dondoc import` at the terminal: checks the list, asks, and imports it batch by batch, with a progress bar."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.actions.list_import import import_tasks, task_file
from bot.actions.list_import.import_tasks import Looked
from bot.actions.office import Office
from bot.chat.list_import import import_words
from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import with_database
from bot.config import Config
from bot.folding import fold
from bot.readers.row import Row
from bot.rules.rights import Standpoint
from bot.runtime.build_office import office_clock, office_of
from storage.engine.database import Database
from storage.organisation import people


class NobodyAssigns(Exception):  # noqa: N818 - the operator reads what it is
    """The assigner was not named and is not clear, or the name does not match exactly one person."""


Asked = Callable[[list[str], int], bool]
"""Receives what would happen, in lines, and the number of tasks to be made. Returns whether to go on."""


async def take(config: Config, rows: Sequence[Row], by: str | None, asked: Asked) -> int:
    """Import a list of tasks, assigned by one person. Return how many tasks were made.

    Raises Refusal and NobodyAssigns.
    """
    now = office_clock(config)()

    async def work(db: Database) -> int:
        office = office_of(config, db)
        await office.refresh()
        who = await _assigner(office, by, now)
        found = task_file.read(rows, now)
        looked = await _look(office, who, found.rows, now)
        lines = import_words.not_read(found.doubtful)
        lines += import_words.doubts(looked, await office.roster(), office.workdays)
        ready = [one.row for one in looked if one.is_ready]
        lines += import_words.summary(looked, found.unused, len(found.doubtful))
        if not asked(lines, len(ready)):
            return 0
        made = 0
        with progress_bar() as bar:
            shown = bar.add_task("tasks", total=len(ready))
            async for count in import_tasks.take(office, who, ready, now):
                made += count
                bar.update(shown, completed=made)
        return made

    return await with_database(config, work)


async def _look(
    office: Office, who: Standpoint, rows: list[task_file.Listed], now: datetime
) -> list[Looked]:
    looked: list[Looked] = []
    with progress_bar() as bar:
        shown = bar.add_task("rows", total=len(rows))
        async for batch in import_tasks.look(office, who, rows, now):
            looked += batch
            bar.update(shown, completed=len(looked))
    return looked


async def _assigner(office: Office, by: str | None, now: datetime) -> Standpoint:
    """Return the assigner: the person named `by`, or else the only leader of the whole office."""
    leaders = known = await import_tasks.givers(office, now)
    if by is not None:
        living = await people.living(office.db)
        named = [one.id for one in living if one.folded == fold(by.strip())]
        known = [one for one in [await office.person(id_, now) for id_ in named] if one]
    if len(known) != 1:
        names = [one.member.name for one in leaders]
        raise NobodyAssigns(import_words.who_assigns(by, len(known), names))
    return known[0].who
