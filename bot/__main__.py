"""The commands. What a command needs is loaded when it runs, so that `--help` is there at once."""

# ruff: noqa: PLC0415 - see above

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: a Telegram bot that follows the tasks of an office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
people = typer.Typer(help="The people of the office.", no_args_is_help=True)
app.add_typer(people, name="people")

archive = typer.Typer(help="Packages of what is over, by BagIt.", no_args_is_help=True)
app.add_typer(archive, name="archive")

PassphraseFile = Annotated[
    Path | None,
    typer.Option(help="The passphrase's file; else DONDOC_BACKUP_PASSPHRASE, else it is asked."),
]
Identity = Annotated[
    Path | None, typer.Option(help="A private key of age, for backups to a recipient.")
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="The settings; by default config.toml here.")
]


@app.command()
def run(config: ConfigFile = None) -> None:
    """Run the bot until it is stopped."""
    from bot import terminal

    settings = terminal.settings(config)

    # httpx has a command line that nobody calls here and that loads rich and pygments, a tenth of
    # the start. It does without where that cannot be imported, which is what None means.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

    from bot import app as program
    from bot import log
    from bot.config import DEFAULT_FILE, ConfigError
    from bot.delivery.telegram_check import NoTelegram, in_words
    from bot.delivery.telegram_poll import SecondPoller

    async def work() -> None:
        with in_words():
            await program.run(settings, config or DEFAULT_FILE)

    log.start(settings.log.level, settings.log.format, [settings.telegram.token.get_secret_value()])
    terminal.finish(work(), SecondPoller, NoTelegram, ConfigError)


@app.command()
def check(config: ConfigFile = None) -> None:
    """Tell whether settings, database and Telegram are in order; 0 if all are, else 1."""
    from bot import clock, terminal

    settings = terminal.settings(config)

    from bot.check import check as look
    from bot.config import DEFAULT_FILE

    terminal.tell(terminal.finish(look(settings, config or DEFAULT_FILE, clock.system_clock())))


@people.command("import")
def import_people(
    file: Annotated[Path, typer.Argument(help="A list of people, CSV or XLSX.")],
    config: ConfigFile = None,
) -> None:
    """Take in a list of people: all of it or, when anything is wrong, nothing."""
    from bot import clock, terminal

    settings = terminal.settings(config)

    from bot.actions.enrol import enrol
    from bot.chat.people_file import change_lines, problem_lines, summary

    try:
        content = file.read_bytes()
    except OSError as why:
        terminal.stop(f"{file}: cannot be read: {why.strerror}")
    now = clock.system_clock()
    done = terminal.finish(
        terminal.with_database(settings, lambda db: enrol(db, content, now)),
    )
    if done.problems:
        print(*problem_lines(done.problems), "Chưa nhập dòng nào.", sep="\n", file=sys.stderr)
        raise typer.Exit(1)
    print(*change_lines(done.outcomes), summary(done), sep="\n")


@people.command("list")
def list_people(config: ConfigFile = None) -> None:
    """Show who is in the office, their roles, and whether the bot can write to them."""
    from bot import terminal

    settings = terminal.settings(config)

    from rich.console import Console

    from bot.people_table import people_table

    Console().print(terminal.finish(terminal.with_database(settings, people_table)))


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

    from bot import clock, reading_office, terminal
    from bot.config import DEFAULT_FILE
    from bot.language.understand import understand_lines, understand_sentence

    office = reading_office.NOBODY
    if config or DEFAULT_FILE.exists():
        office = terminal.finish(reading_office.office(terminal.settings(config)))
    if sentence:
        Console().print(understand_sentence(sentence, office, clock.system_clock()))
        return
    lines = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    for answer in understand_lines(lines, office, clock.system_clock()):
        print(answer, flush=True)


@app.command()
def seed(
    demo: Annotated[bool, typer.Option("--demo", help="The demo office and its tasks.")] = False,
    tasks: Annotated[
        int | None, typer.Option(min=1, help="A made-up office with so many tasks.")
    ] = None,
    people: Annotated[int, typer.Option(min=1, max=5500, help="Its people.")] = 50,
    units: Annotated[int, typer.Option(min=1, max=1000, help="Its units.")] = 6,
    config: ConfigFile = None,
) -> None:
    """Fill an empty database with the demo office, or with one that is made up, as large as told."""
    from bot import terminal

    if demo == bool(tasks):
        terminal.stop("say what with: dondoc seed --demo, or dondoc seed --tasks 1000", code=2)
    settings = terminal.settings(config)

    from bot import demo_office, large_office
    from bot.actions.large_office import Size

    taken = "the database has people already; an office that is made up needs an empty one"
    if tasks:
        speed = terminal.finish(large_office.fill(settings, Size(tasks, people, units)))
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
    from bot import terminal
    from storage import tallies
    from storage.database import Database

    async def work(db: Database) -> int:
        wrong = await tallies.wrong(db)
        async with db.transaction() as tx:
            await tallies.recount(tx)
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
    from bot import terminal

    settings = terminal.settings(config)

    from bot import import_terminal
    from bot.chat.sentences import sentence
    from bot.refusals import Refusal

    def asked(lines: list[str], ready: int) -> bool:
        print(*lines, sep="\n")
        return ready > 0 and (yes or typer.confirm(f"Nhập {ready} việc?"))

    try:
        content = file.read_bytes()
        made = terminal.finish(import_terminal.take(settings, content, by, asked))
    except OSError as why:
        terminal.stop(f"{file}: cannot be read: {why.strerror}")
    except Refusal as why:
        terminal.stop(sentence(why))
    print(f"Đã nhập {made} việc.")


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    config: ConfigFile = None,
) -> None:
    """Write everything in open formats: CSV, JSON lines, the files, and what each field means."""
    from bot import terminal

    settings = terminal.settings(config)

    from bot import export_terminal

    lost = terminal.finish(export_terminal.write(settings, folder))
    print(f"{folder}: everything is written. mo-ta-truong.csv says what each field means.")
    if lost:
        print(f"{lost} handed-in files are lost; tep.csv names them.")


@app.command()
def backup(
    target: Annotated[
        Path | None, typer.Argument(help="The file to write; else one in [backup] folder.")
    ] = None,
    new_key: Annotated[
        Path | None, typer.Option(help="Write a new key to this file, under a passphrase.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    config: ConfigFile = None,
) -> None:
    """Copy database and files into one sealed file, whether the bot runs or not."""
    from bot import clock, terminal

    if new_key is not None:
        from bot.passphrase import write_key

        write_key(new_key, passphrase_file)
        return
    settings = terminal.settings(config)

    from bot import backups

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
    from bot import clock, terminal

    settings = terminal.settings(config)

    from bot import restores
    from bot.passphrase import opener

    key = opener(file, passphrase_file, identity)
    work = restores.restore(settings, file, key, clock.system_clock(), replace=replace)
    done = terminal.finish(work, *restores.FAILURES)
    if done.kept:
        print(f"What was there before is kept: {done.kept}")
    terminal.tell(done.findings)


PackageFolder = Annotated[
    Path | None, typer.Option("--to", help="Where to; by default archive.folder of the settings.")
]
AsFolder = Annotated[bool, typer.Option("--folder", help="A folder instead of one ZIP file.")]


@archive.command("year")
def archive_year(
    year: Annotated[int, typer.Argument(min=2000, max=2200, help="The year the tasks ended in.")],
    to: PackageFolder = None,
    as_folder: AsFolder = False,
    config: ConfigFile = None,
) -> None:
    """Close a year: all tasks that ended in it become a package; nothing is deleted."""
    _archive(config, year, None, to, as_folder)


@archive.command("unit")
def archive_unit(
    name: Annotated[str, typer.Argument(help="The name of a unit that was dissolved.")],
    to: PackageFolder = None,
    as_folder: AsFolder = False,
    config: ConfigFile = None,
) -> None:
    """Archive the tasks of a unit that was dissolved, with all units below it."""
    _archive(config, None, name, to, as_folder)


@archive.command("restore")
def archive_restore(
    package: Annotated[Path, typer.Argument(help="A package: a folder, or its ZIP.")],
    config: ConfigFile = None,
) -> None:
    """Bring a package back: into an empty database, or to where its tasks are archived."""
    from bot import terminal

    settings = terminal.settings(config)

    from bot import archive_return
    from bot.actions.archive_restore import OtherRow
    from bot.chat.sentences import sentence
    from bot.refusals import Refusal

    try:
        work = archive_return.bring_back(settings, package)
        done = terminal.finish(work, archive_return.NotWhole, OtherRow)
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
    from bot import terminal

    settings = terminal.settings(config)

    from bot import archive_terminal
    from bot.chat.sentences import sentence
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
    from bot import terminal, verification

    if package is not None:
        from bot import archive_terminal, backups
        from bot.passphrase import opener

        if archive_terminal.is_package(package):
            terminal.tell(archive_terminal.verify(package))
        key = opener(package, passphrase_file, identity)
        terminal.tell(terminal.finish(backups.verify(package, key), *backups.FAILURES))
    settings = terminal.settings(config)
    terminal.tell(terminal.finish(verification.living(settings, anchor), *verification.FAILURES))


def main() -> None:
    """Run the command that was given."""
    app()


if __name__ == "__main__":
    main()
