"""Commands for packages of closed work, in the BagIt format."""

# ruff: noqa: PLC0415 - what a command needs is loaded when it runs, so that `--help` is there at once

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import ConfigFile

app = typer.Typer(help="Packages of what is over, by BagIt.", no_args_is_help=True)


PackageFolder = Annotated[
    Path | None, typer.Option("--to", help="Where to; by default archive.folder of the settings.")
]
AsFolder = Annotated[bool, typer.Option("--folder", help="A folder instead of one ZIP file.")]


@app.command("year")
def archive_year(
    year: Annotated[int, typer.Argument(min=2000, max=2200, help="The year the tasks ended in.")],
    to: PackageFolder = None,
    as_folder: AsFolder = False,
    config: ConfigFile = None,
) -> None:
    """Close a year: all tasks that ended in it become a package; nothing is deleted."""
    _archive(config, year, None, to, as_folder)


@app.command("unit")
def archive_unit(
    name: Annotated[str, typer.Argument(help="The name of a unit that was dissolved.")],
    to: PackageFolder = None,
    as_folder: AsFolder = False,
    config: ConfigFile = None,
) -> None:
    """Archive the tasks of a unit that was dissolved, with all units below it."""
    _archive(config, None, name, to, as_folder)


@app.command("restore")
def archive_restore(
    package: Annotated[Path, typer.Argument(help="A package: a folder, or its ZIP.")],
    config: ConfigFile = None,
) -> None:
    """Bring a package back: into an empty database, or to where its tasks are archived."""
    from bot.commands import terminal

    settings = terminal.settings(config)
    if not os.path.exists(package):  # Path.exists raises for some names
        terminal.stop(f"{package}: there is no such file or folder")

    from bot.chat.sentences import sentence
    from bot.commands.archive import archive_return
    from bot.refusals import Refusal

    try:
        work = archive_return.bring_back(settings, package)
        done = terminal.finish(work, *archive_return.FAILURES)
    except Refusal as why:
        terminal.stop(sentence(why))
    rows = done.rows
    print(
        f"{done.tasks} tasks are as in the package: {rows.added} rows added, {rows.changed} set right,"
        f" {rows.removed} taken away. Disposed of, and left so: {done.skipped}"
    )


def _archive(
    config: Path | None, year: int | None, unit: str | None, to: Path | None, as_folder: bool
) -> None:
    from bot.commands import terminal

    settings = terminal.settings(config)

    from bot.chat.sentences import sentence
    from bot.commands.archive import archive_terminal
    from bot.refusals import Refusal

    try:
        work = archive_terminal.make(
            settings, year=year, unit=unit, folder=to, zipped=not as_folder
        )
        made, written = terminal.finish(work)
    except Refusal as why:
        terminal.stop(sentence(why))
    print(f"{written.path}: {made.tasks} tasks. Fingerprint: {written.fingerprint}")
    if written.lost_files:
        print(f"{written.lost_files} handed-in files are lost; the package names them.")
