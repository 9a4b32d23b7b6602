"""A backup that cannot be made leaves the earlier ones alone; what was wrong before is said."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.backups import backups
from bot.commands.backups.backups import Busy
from bot.config import Config
from bot.config.sections import Backup
from storage.engine.opening import open_database
from tests.backups.office import KEY, NOW, names_in, office


async def test_a_full_disk_leaves_the_earlier_backup_alone(
    sqlite_config: Config, small_disk: Path
) -> None:
    await office(sqlite_config)
    config = sqlite_config.model_copy(
        update={"backup": Backup(folder=small_disk, key=KEY, daily=30)}
    )
    first = (await backups.back_up(config, None, NOW)).path
    (small_disk / "ballast").write_bytes(b"x" * (6 * 1024 * 1024 - 2 * first.stat().st_size))
    with pytest.raises(OSError, match="No space left"):
        await _day_after_day(config)
    left = names_in(small_disk) - {"ballast"}
    assert first.name in left
    assert all(name.startswith("dondoc-") for name in left)


async def _day_after_day(config: Config) -> None:
    for day in range(1, 9):
        await backups.back_up(config, None, NOW + timedelta(days=day))


async def test_two_at_once_and_what_a_killed_one_left(sqlite_config: Config) -> None:
    await office(sqlite_config)
    with backups.alone(sqlite_config.storage.files), pytest.raises(Busy):
        await backups.back_up(sqlite_config, None, NOW)
    left = sqlite_config.storage.files / ".backup-killed"
    left.mkdir()
    (left / "database").write_text("half")
    path = (await backups.back_up(sqlite_config, None, NOW)).path
    assert not left.exists()
    with pytest.raises(backups.NotSet, match="there is a file of that name already"):
        await backups.back_up(sqlite_config, None, NOW)
    part = path.with_name(".other.backup.part")
    part.write_text("half")
    await backups.back_up(sqlite_config, path.with_name("other.backup"), NOW)
    assert not part.exists()


async def test_what_was_wrong_already_is_kept_and_said(sqlite_config: Config) -> None:
    await office(sqlite_config)
    earlier = (await backups.back_up(sqlite_config, None, NOW)).path
    db = await open_database(sqlite_config.storage.url)
    async with db.transaction() as tx:
        await tx.execute("UPDATE events SET kind = 'task.accept'")
    await db.close()
    for day in range(1, 5):
        made = await backups.back_up(sqlite_config, None, NOW + timedelta(days=day))
        assert "event 1 of" in next(one.words for one in made.findings if not one.fine)
    assert earlier.exists()
