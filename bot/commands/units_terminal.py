"""`dondoc units import` at the terminal: checks the list, asks, and imports all of it."""

from collections.abc import Callable, Sequence
from html import unescape
from typing import NamedTuple

from bot.actions.list_import import units_import
from bot.chat.list_import import units_words
from bot.commands.terminal import with_database
from bot.config import Config
from bot.readers.row import Row
from bot.runtime import build_office
from storage.engine.database import Database
from storage.organisation import units

Asked = Callable[[list[str]], bool]
"""Receives what would change, in lines. Returns whether to go on."""


class Done(NamedTuple):
    """Lines for the operator, and whether they are problems of the list."""

    said: list[str]
    problems: bool = False


async def take(config: Config, rows: Sequence[Row], asked: Asked) -> Done:
    """Import a list of units if it has no problems and the operator agrees. Raises Refusal."""
    now = build_office.office_clock(config)()

    async def work(db: Database) -> Done:
        office = build_office.office_of(config, db)
        plan = await units_import.look(office, rows)
        if plan.problems:
            said = map(unescape, units_words.problem_lines(plan.problems))
            return Done(list(said), problems=True)
        names = {one.id: one.name for one in await units.living(db)}
        lines = [unescape(line) for line in units_words.change_lines(plan, names)]
        if not plan.changes or not asked(lines):
            return Done(["Không có gì thay đổi."])
        await units_import.take(office, None, rows, units_import.print_of(plan), now)
        return Done([f"Đã nhập: {units_words.summary(plan)}."])

    return await with_database(config, work, begins=True)
