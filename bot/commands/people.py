"""Commands for the people of the office."""

# ruff: noqa: PLC0415 - what a command needs is loaded when it runs, so that `--help` is there at once

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import ConfigFile

app = typer.Typer(help="The people of the office.", no_args_is_help=True)


@app.command("import")
def import_people(
    file: Annotated[Path, typer.Argument(help="A list of people, CSV or XLSX.")],
    config: ConfigFile = None,
) -> None:
    """Take in a list of people: all of it or, when anything is wrong, nothing."""
    from bot import clock
    from bot.commands import terminal

    settings = terminal.settings(config)

    from bot.actions.list_import.import_people import enrol
    from bot.chat.list_import.people_file import change_lines, problem_lines, summary

    rows, now = terminal.list_rows(file), clock.system_clock()
    done = terminal.finish(
        terminal.with_database(settings, lambda db: enrol(db, rows, now), begins=True),
    )
    if done.problems:
        print(*problem_lines(done.problems), "Chưa nhập dòng nào.", sep="\n", file=sys.stderr)
        raise typer.Exit(1)
    print(*change_lines(done.outcomes), summary(done), sep="\n")


@app.command("list")
def list_people(config: ConfigFile = None) -> None:
    """Show who is in the office, their roles, and whether the bot can write to them."""
    from bot.commands import terminal

    settings = terminal.settings(config)

    from rich.console import Console

    from bot.commands.people_table import people_table

    Console().print(terminal.finish(terminal.with_database(settings, people_table)))
