"""The command line; each command stands in `bot.commands`."""

from importlib.metadata import version
from typing import Annotated

import typer

from bot.commands import filling, people, running, units
from bot.commands.archive import archives
from bot.commands.backups import keeping

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: a Telegram bot that follows the tasks of an office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        print(f"dondoc {version('dondoc')}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Tell which version this is."
        ),
    ] = False,
) -> None:
    """Take what is said before the command."""


for group in (running, filling, keeping):
    app.add_typer(group.app)
app.add_typer(people.app, name="people")
app.add_typer(units.app, name="units")
app.add_typer(archives.app, name="archive")


def main() -> None:
    """Run the command that was given."""
    app()


if __name__ == "__main__":
    main()
