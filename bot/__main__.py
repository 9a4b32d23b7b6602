"""The command line; each command stands in `bot.commands`."""

import typer

from bot.commands import archives, filling, keeping, people, running, units

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: a Telegram bot that follows the tasks of an office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
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
