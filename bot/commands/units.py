"""Commands for the units of the office."""

# ruff: noqa: PLC0415 - what a command needs is loaded when it runs, so that `--help` is there at once

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import ConfigFile

app = typer.Typer(help="The units of the office.", no_args_is_help=True)


@app.callback()
def _units() -> None:
    """Keep `import` a command of its own, though it is the only one."""


@app.command("import")
def import_units(
    file: Annotated[Path, typer.Argument(help="A list of units, CSV or XLSX.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigFile = None,
) -> None:
    """Take in a list of units: all of it or, when anything is wrong, nothing."""
    from bot.commands import terminal

    settings = terminal.settings(config)

    from bot.chat.sentences import sentence
    from bot.commands import units_terminal
    from bot.refusals import Refusal

    def asked(lines: list[str]) -> bool:
        print(*lines, sep="\n")
        return yes or terminal.agreed("Nhập đơn vị?")

    try:
        done = terminal.finish(units_terminal.take(settings, terminal.list_rows(file), asked))
    except Refusal as why:
        terminal.stop(sentence(why))
    if done.problems:
        print(*done.said, "Chưa nhập dòng nào.", sep="\n", file=sys.stderr)
        raise typer.Exit(1)
    print(*done.said, sep="\n")
