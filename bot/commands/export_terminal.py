"""`dondoc export` at the terminal, with a progress bar."""

from pathlib import Path

from bot.actions.archive import export
from bot.chat.archive import export_folder
from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import with_database
from bot.config import Config
from bot.runtime.build_office import office_of
from storage.engine.database import Database


async def write(config: Config, folder: Path) -> int:
    """Write everything into a new folder. Return how many handed-in files are lost."""

    async def work(db: Database) -> int:
        office = office_of(config, db)
        await office.refresh()
        with progress_bar() as bar:
            shown = bar.add_task("rows", total=await export.count(office))
            return await export_folder.write(
                office, folder, lambda rows: bar.update(shown, advance=rows)
            )

    return await with_database(config, work)
