"""The backup at the terminal: a key for it, making it, looking through it, bringing it back."""

import shutil
from pathlib import Path

import pytest

from bot.playground.office import DEMO_OFFICE
from tests.commands.shell import Folder

KEY = Path(__file__).parents[1] / "storage" / "backup.key"
PASSPHRASE = "bốn từ chỉ để thử"


async def test_a_backup_comes_back_with_its_passphrase(folder: Folder) -> None:
    settings = {"DONDOC_BACKUP__FOLDER": "out", "DONDOC_BACKUP__KEY": str(KEY)}
    unset = await folder.call("backup", "copy")
    assert (unset.code, "dondoc backup --new-key" in unset.line) == (1, True)
    missing = await folder.call("backup", "copy", **settings)
    assert (missing.code, "there is no office yet" in missing.line) == (2, True)
    assert list(folder.path.iterdir()) == [folder.path / "config.toml"]
    await folder.call("people", "import", str(DEMO_OFFICE))
    ended = await folder.call("backup", **settings)
    assert (ended.code, "\nok   history: " in ended.out) == (0, True)
    assert "backup: the last one is 0 hours old" in (await folder.call("check", **settings)).out
    made = str(next((folder.path / "out").iterdir()))
    secret = {"DONDOC_BACKUP_PASSPHRASE": PASSPHRASE}
    assert (await folder.call("verify", made, **secret)).code == 0
    refused = await folder.call("restore", made, **secret)
    assert (refused.code, "to put the backup in its place: --replace" in refused.err) == (1, True)
    shutil.rmtree(folder.path / "data")
    (folder.path / "words").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    back = await folder.call("restore", made, "--passphrase-file", "words")
    assert (back.code, "people 37" in back.out) == (0, True)
    wrong = await folder.call("verify", made, DONDOC_BACKUP_PASSPHRASE="no such words")
    assert (wrong.code, "the passphrase does not open it" in wrong.line) == (1, True)
    neither = await folder.call("verify", "config.toml", **secret)
    assert (neither.code, "not a backup" in neither.line) == (1, True)
    short = await folder.call("backup", "--new-key", "k", DONDOC_BACKUP_PASSPHRASE="short")
    assert (short.code, "at least 12 characters" in short.line) == (1, True)
    away = await folder.call("backup", DONDOC_STORAGE__URL="postgresql://h/d", **settings)
    assert away.code == 1


async def test_a_new_key_opens_what_is_sealed_for_it(folder: Folder, long: bool) -> None:
    if not long:
        pytest.skip("a passphrase is made slow to guess, and so to use: --long")
    secret = {"DONDOC_BACKUP_PASSPHRASE": PASSPHRASE, "DONDOC_BACKUP__KEY": "new.key"}
    made = await folder.call("backup", "--new-key", "new.key", **secret)
    assert (made.code, (folder.path / "new.key").stat().st_mode & 0o077) == (0, 0)
    again = await folder.call("backup", "--new-key", "new.key", **secret)
    assert (again.code, "there is a file of that name already" in again.line) == (1, True)
    await folder.call("people", "import", str(DEMO_OFFICE))
    assert (await folder.call("backup", "copy", **secret)).code == 0
    assert (await folder.call("verify", "copy", **secret)).code == 0
