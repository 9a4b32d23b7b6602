"""Commands to run the bot, to check whether it can run, and to try it out."""

# ruff: noqa: PLC0415 - what a command needs is loaded when it runs, so that `--help` is there at once

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from bot.commands.options import ConfigFile

app = typer.Typer()


@app.command()
def run(config: ConfigFile = None) -> None:
    """Run the bot until it is stopped."""
    from bot.commands import terminal

    settings = terminal.settings(config)

    # httpx imports its own command line, which loads rich and pygments: a tenth of the start time. Nobody
    # uses it here. None makes that import fail, and httpx works without it.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

    from bot import app as program
    from bot import log
    from bot.delivery.replica import NotAlone
    from bot.delivery.telegram.check import NoTelegram, in_words
    from bot.delivery.telegram.poll import SecondPoller

    async def work() -> None:
        with in_words():
            await program.run(settings)

    secrets = (settings.telegram.token, settings.telegram.webhook_secret)
    hidden = [one.get_secret_value() for one in secrets if one]
    log.start(settings.log.level, settings.log.format, hidden)
    terminal.finish(work(), SecondPoller, NotAlone, NoTelegram)


@app.command()
def check(config: ConfigFile = None) -> None:
    """Tell whether settings, database and Telegram are in order; 0 if all are, else 1."""
    from bot import clock
    from bot.commands import terminal

    settings = terminal.settings(config)

    from bot.commands.checks.check import check as look

    terminal.tell(terminal.finish(look(settings, clock.system_clock())))


@app.command()
def playground(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served.")] = 8080,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the page's address.")
    ] = False,
    story: Annotated[
        bool, typer.Option("--story", help="Play the main story in the terminal instead.")
    ] = False,
) -> None:
    """Try the bot with a demo office, without a Telegram account."""
    from bot.playground import launch

    raise typer.Exit(launch.tell_story() if story else launch.play(port, not no_browser))


@app.command()
def understand(
    sentence: Annotated[str | None, typer.Argument(help="One sentence; else JSON lines.")] = None,
    config: ConfigFile = None,
) -> None:
    """Show how a sentence is read; without one, answer JSON lines from standard input."""
    from rich.console import Console

    from bot import clock
    from bot.commands import reading_office, terminal
    from bot.commands.understand_output import understand_lines, understand_sentence
    from bot.config import DEFAULT_FILE

    office = reading_office.NOBODY
    if config or DEFAULT_FILE.exists():
        office = terminal.finish(reading_office.office(terminal.settings(config)))
    if sentence:
        Console().print(understand_sentence(sentence, office, clock.system_clock()))
        return
    lines = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    for answer in understand_lines(lines, office, clock.system_clock()):
        print(answer, flush=True)
