"""What an admin may well type: two things at once, an empty value, a name that is taken or wrong."""

from importlib.metadata import version
from pathlib import Path

import pytest

from bot.playground.office import DEMO_OFFICE
from tests.commands.shell import Folder

KEY = Path(__file__).parents[1] / "storage" / "backup.key"
SETTINGS = {"DONDOC_BACKUP__KEY": str(KEY)}
WORDS = {"DONDOC_BACKUP_PASSPHRASE": "bốn từ chỉ để thử"}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("seed --demo --people 3", "--people and --units go with --tasks"),
        ("seed --demo --units 3", "--people and --units go with --tasks"),
        ("backup out --new-key new.key", "a backup or a key: give FILE or --new-key, not both"),
        ("verify config.toml --anchor 1:0", "--anchor is compared with the living database alone"),
    ],
)
async def test_what_would_be_passed_over_is_refused(
    folder: Folder, command: str, said: str
) -> None:
    ended = await folder.call(*command.split(), **SETTINGS | WORDS)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.line
    assert list(folder.path.iterdir()) == [folder.path / "config.toml"]


async def test_an_empty_anchor_is_none(folder: Folder) -> None:
    """A variable that was not set would have shown that all is well."""
    await folder.call("seed", "--demo")
    ended = await folder.call("verify", "--anchor", "")
    assert (ended.code, "expected NUMBER:HASH" in ended.line) == (1, True)


async def test_a_name_that_is_taken_or_wrong_is_named_before_anything_is_asked(
    folder: Folder,
) -> None:
    await folder.call("people", "import", str(DEMO_OFFICE))
    (folder.path / "new.key").write_text("there")
    assert (await folder.call("backup", "copy", **SETTINGS)).code == 0
    assert (folder.path / "data" / "dondoc.db").stat().st_mode & 0o077 == 0
    for command, said in [
        (("backup", "--new-key", "new.key"), "new.key: there is a file of that name already"),
        (("restore", "copy"), "data/dondoc.db: there is an office in it"),
        (("restore", "data", "--replace"), "data: no plain file"),
        (("export", "data"), "data: there is something of that name already; name a new folder"),
        (("export", "/proc/x"), "/proc/x.part: No such file or directory"),
        (("archive", "restore", "nowhere"), "nowhere: there is no such file or folder"),
        (("archive", "restore", "config.toml"), "config.toml: cannot be read as a package"),
    ]:
        ended = await folder.call(*command)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.splitlines()[-1].startswith(f"dondoc: {said}"), command


async def test_an_office_without_people_says_how_they_come_in(folder: Folder) -> None:
    (folder.path / "units.csv").write_text("đơn vị,biên chế\nPhòng A,3\n", encoding="utf-8")
    await folder.call("units", "import", "units.csv", "--yes")
    ended = await folder.call("people", "list")
    assert (ended.code, ended.out) == (0, "There is nobody yet: dondoc people import FILE.\n")


async def test_a_list_of_nothing_but_units_is_taken(folder: Folder) -> None:
    (folder.path / "units.csv").write_text("đơn vị\nPhòng A\nPhòng B\n", encoding="utf-8")
    ended = await folder.call("units", "import", "units.csv", "--yes")
    assert (ended.code, ended.out.splitlines()[-1]) == (
        0,
        "Đã nhập: thêm 2 đơn vị, sửa 0, giữ nguyên 0.",
    )


async def test_a_wrong_key_is_named_and_an_empty_passphrase_is_none(folder: Folder) -> None:
    await folder.call("seed", "--demo")
    assert (await folder.call("backup", "copy", **SETTINGS)).code == 0
    ended = await folder.call("verify", "copy", "--identity", "config.toml")
    assert ended.line == "dondoc: config.toml: not a private key of age (AGE-SECRET-KEY-1...)"
    empty = await folder.call("verify", "copy", DONDOC_BACKUP_PASSPHRASE="")
    assert (empty.code, "there is no terminal" in empty.line) == (2, True)


async def test_the_version_is_told(folder: Folder) -> None:
    ended = await folder.call("--version")
    assert (ended.code, ended.out) == (0, f"dondoc {version('dondoc')}\n")
