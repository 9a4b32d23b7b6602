"""Commands that fill an office, import tasks into it, and export it."""

# ruff: noqa: PLC0415 - what a command needs is loaded when it runs, so that `--help` is there at once

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import ConfigFile

app = typer.Typer()


@app.command()
def seed(
    demo: Annotated[bool, typer.Option("--demo", help="The demo office and its tasks.")] = False,
    tasks: Annotated[
        int | None, typer.Option(min=1, help="A made-up office with so many tasks.")
    ] = None,
    people: Annotated[
        int | None, typer.Option(min=1, max=5500, help="Its people; 50 if not told.")
    ] = None,
    units: Annotated[
        int | None, typer.Option(min=1, max=1000, help="Its units; 6 if not told.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Fill an empty database with the demo office, or with one that is made up, as large as told."""
    from bot.commands import terminal

    if demo == bool(tasks):
        terminal.stop("say what with: dondoc seed --demo, or dondoc seed --tasks 1000", code=2)
    if demo and (people or units):
        terminal.stop("--people and --units go with --tasks: the demo office is as it is", code=2)
    settings = terminal.settings(config)

    from bot.commands import demo_office, large_office
    from bot.seeding.large_office import Size

    taken = "the database has people already; an office that is made up needs an empty one"
    if tasks:
        speed = terminal.finish(large_office.fill(settings, Size(tasks, people or 50, units or 6)))
        if speed is None:
            terminal.stop(taken)
        print(f"The office has {tasks} tasks, written at {speed} rows a second.")
        return
    made = terminal.finish(demo_office.fill(settings))
    if made is None:
        terminal.stop(taken)
    print(f"The demo office has {made} tasks.")


@app.command()
def recount(config: ConfigFile = None) -> None:
    """Count all closed tasks anew, where `dondoc check` says that a count is wrong."""
    from bot.commands import terminal
    from storage.engine.database import Database
    from storage.reporting import closed_counts

    async def work(db: Database) -> int:
        wrong = await closed_counts.wrong(db)
        async with db.transaction() as tx:
            await closed_counts.recount(tx)
        return wrong

    settings = terminal.settings(config)
    print(f"Counts put right: {terminal.finish(terminal.with_database(settings, work))}")


@app.command("import")
def import_tasks(
    file: Annotated[Path, typer.Argument(help="A list of open tasks, CSV or XLSX.")],
    by: Annotated[
        str | None, typer.Option("--by", help="Who assigns them; else the office's one leader.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigFile = None,
) -> None:
    """Take in an office's list of tasks; what was taken in before is left as it is."""
    from bot.commands import terminal

    settings = terminal.settings(config)

    from bot.chat.sentences import sentence
    from bot.commands import import_terminal
    from bot.refusals import Refusal

    def asked(lines: list[str], ready: int) -> bool:
        print(*lines, sep="\n")
        return ready > 0 and (yes or terminal.agreed(f"Nhập {ready} việc?"))

    try:
        taking = import_terminal.take(settings, terminal.list_rows(file), by, asked)
        made = terminal.finish(taking, import_terminal.NobodyAssigns)
    except Refusal as why:
        terminal.stop(sentence(why))
    print(f"Đã nhập {made} việc.")


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    config: ConfigFile = None,
) -> None:
    """Write everything in open formats: CSV, JSON lines, the files, and what each field means."""
    from bot.commands import terminal

    settings = terminal.settings(config)

    from bot.commands import export_terminal

    lost = terminal.finish(export_terminal.write(settings, folder))
    print(f"{folder}: everything is written. mo-ta-truong.csv says what each field means.")
    if lost:
        print(f"{lost} handed-in files are lost; tep.csv names them.")
