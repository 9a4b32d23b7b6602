"""`dondoc check` tells an operator what would go wrong later: room, clock, folder, updates, days off."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.commands.checks.check import check
from bot.commands.terminal import Finding
from bot.config import Config
from bot.config.sections import Storage, Telegram, Web
from bot.delivery.database_clock import DatabaseClock
from bot.delivery.instance_name import Seat
from bot.delivery.replica import Replica
from bot.delivery.telegram.webhook_secret import fingerprint
from bot.playground.emulator import Emulator, Hook
from bot.playground.gestures import Gestures
from bot.playground.office import read_office
from bot.playground.server import serve
from storage.engine.database import Database
from storage.engine.migrate import migrate
from storage.engine.opening import open_database
from storage.office_days import calendar
from storage.records import CalendarDay
from tests.faults.disk import fill

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
OURS = "https://d.vn/telegram"
CITY = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
"""One office has its folder and its machine's clock to itself."""


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(read_office())


@pytest.fixture
async def config(emulator: Emulator, database_url: str, tmp_path: Path) -> AsyncIterator[Config]:
    (tmp_path / "config.toml").touch(0o600)
    async with serve(emulator) as address:
        yield Config(
            telegram=Telegram(
                token=emulator.token,
                base_url=f"{address}/bot",
                base_file_url=f"{address}/file/bot",
                mode="webhook",
                webhook_secret="x" * 20,
            ),
            storage=Storage(url=database_url, files=tmp_path / "files"),
            web=Web(port=1, address="https://d.vn"),
        ).read_from(tmp_path / "config.toml")


async def found(config: Config, about: str) -> list[Finding]:
    """Return what was found of one thing."""
    findings = await check(config, NOW)
    return [one for one in findings if one.words.startswith(f"{about}: ")]


async def test_all_is_in_order_in_an_office_and_in_a_city(config: Config, tmp_path: Path) -> None:
    findings = await check(config, NOW)
    assert [one.words for one in findings if not one.fine] == []
    looked_at = {one.words.partition(":")[0] for one in findings}
    places = {"files", "archive", "backup"}
    everywhere = {"configuration", "database", "look", "calendar", "telegram", "updates"} | places
    in_an_office, in_a_city = {"log", "pages", "rows"}, {"clock", "checksums", "replicas", "secret"}
    its_own = in_an_office if config.storage.url.startswith("sqlite") else in_a_city
    assert looked_at == everywhere | its_own


async def test_a_disk_that_is_nearly_full_is_told_before_it_is(
    config: Config, small_disk: Path
) -> None:
    there = config.model_copy(
        update={"storage": Storage(url=config.storage.url, files=small_disk / "files")}
    )
    findings = await check(there, NOW)
    (files,) = [one for one in findings if one.words.startswith("files: ")]
    assert (files.fine, "only 0.0 GB are free" in files.words) == (False, True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_under_a_bot_at_work_is_not_in_order(
    config: Config, small_disk: Path
) -> None:
    url = f"sqlite:///{small_disk / 'dondoc.db'}"
    db = await open_database(url)
    await migrate(db, NOW)
    files = config.storage.files
    there = config.model_copy(update={"storage": Storage(url=url, files=files)})
    before, *_ = await found(there, "database")
    fill(small_disk)
    state, *_ = await found(there, "database")
    await db.close()
    assert (before.fine, state.fine) == (True, False)
    assert "takes no writing: OSError: [Errno 28] No space left" in state.words


async def test_settings_that_everybody_can_read_are_told(config: Config, tmp_path: Path) -> None:
    (shut,) = await found(config, "configuration")
    (tmp_path / "config.toml").chmod(0o644)
    (open_to_all,) = await found(config, "configuration")
    assert ("chmod" in shut.words, "chmod 640" in open_to_all.words) == (False, True)


@CITY
async def test_replicas_that_do_not_share_the_folder_are_found(
    config: Config, db: Database, tmp_path: Path
) -> None:
    for name in ("here", "there"):
        trouble: list[Exception] = []
        database_clock = DatabaseClock(clock.stopwatch)
        its = Seat(name, 0, f"mark of {name}", "")
        await Replica(db, its, database_clock, trouble.append, alone=False).begin()
    (gone, *_) = await found(config, "files")
    assert gone.words.endswith("files is not there, but here, there are at work with it")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "here.seat").write_text("mark of here")
    (tmp_path / "files" / "there.seat").write_text("mark of a namesake")
    wrong, _ = await found(config, "files")
    assert not wrong.fine
    assert wrong.words.startswith("files: there works on the same database with another folder")
    (tmp_path / "files" / "there.seat").write_text("mark of there")
    (all_here,) = await found(config, "replicas")
    assert (all_here.fine, all_here.words[:19]) == (True, "replicas: 2 at work")


@CITY
async def test_replicas_that_have_another_secret_are_named(config: Config, db: Database) -> None:
    (alone,) = await found(config, "secret")
    for name, secret in (("here", "x" * 20), ("there", "y" * 20)):
        its = Seat(name, 0, f"mark of {name}", "")
        known = fingerprint(config.telegram.token.get_secret_value(), secret)
        trouble: list[Exception] = []
        clock_of = DatabaseClock(clock.stopwatch)
        await Replica(db, its, clock_of, trouble.append, alone=False, secret=known).begin()
    (told,) = await found(config, "secret")
    assert (alone.fine, told.fine) == (True, False)
    where = f"{config.file}: telegram.webhook_secret = ***"
    assert told.words.startswith(f"secret: {where}: there was started with another: ")
    assert "y" * 20 not in told.words


@CITY
async def test_a_clock_that_is_not_the_databases_is_told(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    (right,) = await found(config, "clock")
    monkeypatch.setattr(
        "bot.commands.checks.check.clock.system_clock",
        lambda: datetime.now(UTC) - timedelta(seconds=42),
    )
    (wrong,) = await found(config, "clock")
    assert (right.fine, wrong.fine, "42" in wrong.words) == (True, False, True)


async def test_where_updates_go_and_what_telegram_could_not_hand_over(
    config: Config, emulator: Emulator
) -> None:
    (asked,) = await found(config, "updates")
    assert (asked.fine, "they are asked for until the bot starts" in asked.words) == (True, True)
    emulator.webhook = Hook("https://other.vn/x", "", 40, None)
    (away,) = await found(config, "updates")
    assert (away.fine, "sent to https://other.vn/x until" in away.words) == (True, True)
    emulator.webhook = Hook(OURS, "", 40, None)
    (ours,) = await found(config, "updates")
    assert (ours.fine, ours.words) == (True, f"updates: 0 wait; they are sent to {OURS}")
    emulator.webhook.last_error = "Connection timed out"
    emulator.webhook.last_error_date = int((NOW - timedelta(minutes=5)).timestamp())
    (over,) = await found(config, "updates")
    assert (over.fine, over.words) == (
        True,
        f"updates: 0 wait; they are sent to {OURS}; Telegram could not hand over until 01:55 UTC on"
        " 07/12, which is over: Connection timed out",
    )
    Gestures(emulator).say(700000001, "chờ")
    for ago, fine in ((timedelta(hours=3), True), (timedelta(minutes=5), False)):
        emulator.webhook.last_error_date = int((NOW - ago).timestamp())
        (told,) = await found(config, "updates")
        assert (told.fine, told.words[:18]) == (
            fine,
            "updates: 1 wait; t" if fine else "updates: 1 wait; T",
        )
    assert "could not hand over at 01:55 UTC on 07/12: Connection timed out" in told.words


async def test_the_days_off_of_next_year_are_counted(config: Config, db: Database) -> None:
    (before,) = await found(config, "calendar")
    assert before.words.startswith("calendar: 12 days off of 2027 are known, 0 days more")
    day = CalendarDay(day=datetime(2027, 2, 11, tzinfo=UTC).date(), works=False, note="nghỉ bù")
    async with db.transaction() as tx:
        await calendar.decide(tx, [day])
    (after,) = await found(config, "calendar")
    assert "1 days more were decided" in after.words
