"""Commands that keep data safe: make and restore backups, move the database, and verify it."""

# ruff: noqa: PLC0415 - what a command needs is loaded when it runs, so that `--help` is there at once

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import ConfigFile, Identity, PassphraseFile

app = typer.Typer()


@app.command()
def backup(
    target: Annotated[
        Path | None, typer.Argument(help=r"The file to write; else one in \[backup] folder.")
    ] = None,
    new_key: Annotated[
        Path | None, typer.Option(help="Write a new key to this file, under a passphrase.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    config: ConfigFile = None,
) -> None:
    """Copy database and files into one sealed file, whether the bot runs or not."""
    from bot import clock
    from bot.commands import terminal

    if new_key is not None:
        if target is not None:
            terminal.stop("a backup or a key: give FILE or --new-key, not both", code=2)
        from bot.commands.backups.passphrase import write_key

        write_key(new_key, passphrase_file)
        return
    settings = terminal.settings(config)

    from bot.commands.backups import backups

    work = backups.back_up(settings, target, clock.system_clock())
    made = terminal.finish(work, *backups.FAILURES)
    print(f"{made.path}: {made.path.stat().st_size} bytes, opened again and looked through:")
    terminal.tell(made.findings)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of a living office.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    identity: Identity = None,
    config: ConfigFile = None,
) -> None:
    """Bring back what a backup holds, into an empty place; compares rows and chain afterwards."""
    from bot import clock
    from bot.commands import terminal

    settings = terminal.settings(config)

    from bot.commands.backups import restores
    from bot.commands.backups.passphrase import opener

    if not replace:
        terminal.finish(restores.require_place(settings), *restores.FAILURES)
    key = opener(file, passphrase_file, identity)
    work = restores.restore(settings, file, key, clock.system_clock(), replace=replace)
    done = terminal.finish(work, *restores.FAILURES)
    if done.kept:
        print(f"What was there before is kept: {done.kept}")
    terminal.tell(done.findings)


@app.command("begin-anew")
def begin_anew(config: ConfigFile = None) -> None:
    """Begin a new office where the database of one was lost; asks at the terminal, removes nothing."""
    from bot import clock
    from bot.commands import terminal

    settings = terminal.settings(config)

    from bot.commands import begin_anew as beginning

    work = beginning.begin_anew(settings, clock.system_clock())
    for kept in terminal.finish(work, *beginning.FAILURES):
        print(f"Kept of the lost office: {kept}")
    print("A new office has begun; its people: dondoc people import FILE")


@app.command("move-to")
def move_to(
    url: Annotated[str, typer.Argument(help="sqlite:///path/to/file.db or postgresql://...")],
    config: ConfigFile = None,
) -> None:
    """Copy the office to another database, which must be empty, and compare. Stop the bot first."""
    from bot import clock
    from bot.commands import terminal

    settings = terminal.settings(config)

    from pydantic import ValidationError

    from bot.commands import moving
    from bot.config.sections import Storage

    try:
        Storage(url=url)
    except ValidationError:
        terminal.stop(f"expected {Storage.model_fields['url'].description}", code=2)
    work = moving.move(settings, url, clock.system_clock())
    found = terminal.finish(work, *moving.FAILURES)
    print(
        "Now name it in [storage] url. The database it came from is as it was; files stay where they are."
    )
    terminal.tell(found)


@app.command()
def verify(
    package: Annotated[
        Path | None, typer.Argument(help="A package or backup; else the living database.")
    ] = None,
    anchor: Annotated[
        str | None, typer.Option(help="NUMBER:HASH of an event, as noted at an earlier time.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    identity: Identity = None,
    config: ConfigFile = None,
) -> None:
    """Tell whether history, texts and files are as they were written; 0 if all are, else 1."""
    from bot.commands import terminal
    from bot.commands.checks import verification

    if package is not None:
        if anchor is not None:
            terminal.stop("--anchor is compared with the living database alone", code=2)
        from bot.commands.archive import archive_terminal
        from bot.commands.backups import backups
        from bot.commands.backups.passphrase import opener

        if archive_terminal.is_package(package):
            terminal.tell(archive_terminal.verify(package))
        key = opener(package, passphrase_file, identity)
        terminal.tell(terminal.finish(backups.verify(package, key), *backups.FAILURES))
    settings = terminal.settings(config)
    terminal.tell(terminal.finish(verification.living(settings, anchor), *verification.FAILURES))
