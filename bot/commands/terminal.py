"""What all commands share: settings, a database, and failures as one line each.

Exit codes: 1 if something outside the program is not in order, 2 if the settings are not.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer

from bot import clock
from bot.config import Config, ConfigError, load
from bot.config.file import Unavailable
from bot.readers.limits import MAX_BYTES
from bot.readers.row import Row
from bot.refusals import Refusal
from bot.renderers.archive.package_flaws import printable
from bot.runtime.connect import office_or_new, office_there, usable
from storage.engine.database import Database
from storage.engine.database_errors import may_pass
from storage.engine.migrate import REFUSALS, migrate
from storage.engine.opening import DRIVER_ERRORS, not_opened

Result = TypeVar("Result")


@dataclass(frozen=True)
class Finding:
    """The result of one check: in order or not, in words for the operator."""

    fine: bool
    words: str


def settings(path: Path | None) -> Config:
    """Read the settings. Stops the program with code 2 if they cannot be used."""
    try:
        return load(path)
    except ConfigError as why:
        stop(str(why), code=2)


def finish(work: Coroutine[Any, Any, Result], *failures: type[Exception]) -> Result:
    """Run `work` to its end. An error outside the program, or one of `failures`, stops with one line."""
    try:
        return asyncio.run(work)
    except ConfigError as why:
        stop(str(why), code=1 if isinstance(why, Unavailable) else 2)
    except (*REFUSALS, *failures) as why:
        stop(str(why))
    except (*DRIVER_ERRORS, OSError) as why:
        words, address = _in_words(why), not_opened(why)
        if address is None:
            stop(words)
        stop(f"{address}: cannot be opened: {words}", code=1 if may_pass(why) else 2)


def _in_words(why: Exception) -> str:
    if isinstance(why, OSError) and why.filename and why.strerror:
        return f"{why.filename}: {why.strerror}"
    return f"{type(why).__name__}: {why}"


def list_rows(file: Path) -> list[Row]:
    """Return the rows of a list that the operator gives. Stops with one line if the file cannot be read."""
    from bot.actions.files import spreadsheet  # noqa: PLC0415 - most commands read no list
    from bot.chat.sentences import sentence  # noqa: PLC0415

    try:
        with file.open("rb") as opened_file:
            content = opened_file.read(MAX_BYTES + 1)
        return asyncio.run(spreadsheet.rows(content))
    except OSError as why:
        stop(f"{file}: cannot be read: {why.strerror}")
    except Refusal as why:
        stop(f"{file}: {sentence(why)}")


async def with_database(
    config: Config, work: Callable[[Database], Awaitable[Result]], *, begins: bool = False
) -> Result:
    """Open the database, migrate it, run `work`, and close it. A new database is made only with `begins`."""
    async with (office_or_new if begins else office_there)(config) as db:
        with usable("url", config):
            await migrate(db, clock.system_clock())
        return await work(db)


def secret(what: str, otherwise: str, *, confirm: bool) -> str:
    """Ask for a secret at the terminal. Without a terminal, stop and name the alternative (`otherwise`)."""
    if sys.stdin is None or not sys.stdin.isatty():
        stop(f"there is no terminal to ask for the {what} at: {otherwise}", code=2)
    asked = what.capitalize()
    return str(typer.prompt(asked, hide_input=True, confirmation_prompt=confirm, err=True))


def agreed(question: str) -> bool:
    """Ask whether to go on. If nobody can answer, stop and say so."""
    try:
        return typer.confirm(question)
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        print()
        stop("nobody answers here: add --yes to go on without being asked", code=2)


def typed(question: str, phrase: str) -> None:
    """Go on only if the operator types `phrase` at a terminal; else stop and say so."""
    if sys.stdin is None or not sys.stdin.isatty():
        stop("nobody answers here: this is asked at a terminal", code=2)
    if typer.prompt(question).strip() != phrase:
        stop("nothing was done", code=2)


def tell(findings: Sequence[Finding]) -> NoReturn:
    """Print the findings, one line each, and end with code 0, or with code 1 if anything is not in order."""
    for finding in findings:
        print("ok  " if finding.fine else "BAD ", printable(finding.words))
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


def stop(words: str, code: int = 1) -> NoReturn:
    """Tell the operator why the command stops, and end it."""
    print(f"dondoc: {printable(' '.join(words.split()))}", file=sys.stderr)
    raise typer.Exit(code)
