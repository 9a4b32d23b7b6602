"""A backup that was changed, or is opened with another passphrase or key, gives nothing."""

import random
from base64 import b64decode
from pathlib import Path

import pytest

from bot.commands.backups import backups
from bot.config import Config
from bot.config.sections import Backup
from storage.backups import encryption
from storage.backups.encryption import Identity, NotWhole, WrongKey
from tests.backups.office import KEY, NOW, PASSPHRASE, identity, office


async def test_every_changed_byte_of_a_backup_is_found(
    sqlite_config: Config, tmp_path: Path, long: bool
) -> None:
    await office(sqlite_config)
    whole = (await backups.back_up(sqlite_config, None, NOW)).path.read_bytes()
    key, dice = identity(next((tmp_path / "out").iterdir())), random.Random(5)
    changed = tmp_path / "changed"
    for turn in range(1000 if long else 60):
        place = dice.randrange(2560 if turn % 3 == 0 else len(whole))  # the heads are short
        other = bytes([whole[place] ^ 1 << dice.randrange(8)])
        changed.write_bytes(whole[:place] + other + whole[place + 1 :])
        with pytest.raises((NotWhole, WrongKey)):
            await backups.verify(changed, key)
    for length in (0, 100, 512, len(whole) // 2, len(whole) - 1):
        changed.write_bytes(whole[:length])
        with pytest.raises(NotWhole):
            await backups.verify(changed, key)
    changed.write_bytes(whole + b"\0")
    with pytest.raises(NotWhole):
        await backups.verify(changed, key)
    changed.write_bytes(whole)
    assert all(one.fine for one in await backups.verify(changed, key))


async def test_another_passphrase_or_key_opens_nothing(sqlite_config: Config) -> None:
    await office(sqlite_config)
    path = (await backups.back_up(sqlite_config, None, NOW)).path
    with pytest.raises(WrongKey, match="the passphrase does not open it"):
        encryption.unlock(path, lambda: "mật khẩu khác hẳn")
    with pytest.raises(WrongKey, match="the key does not open it"):
        await backups.verify(path, Identity.generate())
    bare = sqlite_config.model_copy(
        update={"backup": Backup(recipient=str(Identity.generate().to_public()))}
    )
    for_key = (await backups.back_up(bare, path.with_name("for-key"), NOW)).path
    with pytest.raises(WrongKey, match="no passphrase opens it"):
        encryption.unlock(for_key, lambda: PASSPHRASE)


def test_a_passphrase_that_was_not_tried_is_not_called_wrong(tmp_path: Path) -> None:
    """age leaves it where it takes the machine to be too slow, as a busy one looks for a moment."""
    known = encryption.read_key(KEY.read_text())
    armoured = known.key.decode().strip().split("\n")[1:-1]
    locked = b64decode("".join(armoured))
    assert b" 8\n" in locked
    to = encryption.Seal(known.recipient, locked.replace(b" 8\n", b" 30\n", 1))
    encryption.seal(tmp_path / "backup", to, lambda out: None)
    with pytest.raises(WrongKey, match="was not tried"):
        encryption.unlock(tmp_path / "backup", lambda: PASSPHRASE)
