"""Wrong settings stop every command with one line; help is there at once."""

import time

import pytest

from tests.commands.shell import NOWHERE, WRONG_TOKEN, Folder


async def test_help_is_there_at_once(folder: Folder) -> None:
    start = time.perf_counter()
    ended = await folder.call("--help")
    assert time.perf_counter() - start < 5
    assert ended.code == 0
    for command in (
        "run",
        "check",
        "people",
        "units",
        "playground",
        "seed",
        "recount",
        "backup",
        "restore",
        "import",
        "export",
        "verify",
        "move-to",
    ):
        assert f" {command} " in ended.out


@pytest.mark.parametrize(
    "command",
    [
        ("run",),
        ("check",),
        ("people", "list"),
        ("people", "import", "config.toml"),
        ("units", "import", "config.toml"),
        ("seed", "--demo"),
        ("seed", "--tasks", "10"),
        ("backup", "copy.db"),
        ("restore", "copy.db"),
        ("recount",),
        ("export", "xuat"),
        ("import", "config.toml"),
        ("verify",),
    ],
)
async def test_wrong_settings_stop_every_command(folder: Folder, command: tuple[str, ...]) -> None:
    folder.configure(NOWHERE, token="geheim")
    ended = await folder.call(*command)
    assert ended.code == 2
    assert ended.line.startswith("dondoc: config.toml: telegram.token = ***: expected the token")
    assert list(folder.path.iterdir()) == [folder.path / "config.toml"]


async def test_a_setting_file_that_is_not_there(folder: Folder) -> None:
    ended = await folder.call("run", "--config", "other.toml")
    assert (ended.code, "other.toml: no such file" in ended.line) == (2, True)


async def test_run_with_a_refused_token_says_so(folder: Folder, telegram: str) -> None:
    folder.configure(telegram, token=WRONG_TOKEN)
    ended = await folder.call("run")
    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith("dondoc: the token is refused")


async def test_the_playground_refuses_a_real_token(folder: Folder) -> None:
    ended = await folder.call("playground", "--story", DONDOC_TELEGRAM__TOKEN=WRONG_TOKEN)
    assert ended.code == 2
