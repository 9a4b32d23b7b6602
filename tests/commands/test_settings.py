"""Wrong settings stop every command with one line; help is there at once."""

import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.delivery.web.listen_socket import listen
from tests.commands.shell import NOWHERE, WRONG_TOKEN, Folder

KEY = Path(__file__).parents[1] / "storage" / "backup.key"


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


async def test_what_cannot_be_used_until_it_is_set_otherwise_is_named(
    folder: Folder, telegram: str, postgres_url: str
) -> None:
    folder.configure(telegram)
    (folder.path / "notes.txt").write_text("these are notes, no database" * 100)
    there = urlsplit(postgres_url)
    nobody = there._replace(netloc=f"nobody:geheim@{there.netloc.rpartition('@')[2]}").geturl()
    for variable, value, said in [
        ("DONDOC_STORAGE__URL", "sqlite:////proc/x/d.db", "'sqlite:////proc/x/d.db'"),
        ("DONDOC_STORAGE__URL", "sqlite:///notes.txt", "'sqlite:///notes.txt'"),
        ("DONDOC_STORAGE__URL", nobody, "'postgresql://***@"),
        ("DONDOC_STORAGE__FILES", "config.toml", "'config.toml'"),
        ("DONDOC_STORAGE__FILES", "/proc/x", "'/proc/x'"),
    ]:
        ended = await folder.call("run", **{variable: value})
        last = ended.err.splitlines()[-1]
        key = variable.removeprefix("DONDOC_").replace("__", ".").lower()
        assert ended.code == 2, ended.err
        assert last.startswith(f"dondoc: environment variable {variable}: {key} = {said}")
        assert "geheim" not in ended.err


async def test_a_port_that_another_program_has_may_be_had_later(
    folder: Folder, telegram: str
) -> None:
    with closing(listen("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        folder.configure(telegram, more=f"[monitor]\nport = {port}\n")
        ended = await folder.call("run")
    assert (ended.code, f"monitor.port = {port}: another program" in ended.line) == (1, True)


async def test_where_an_office_cannot_be_moved_is_named(folder: Folder) -> None:
    await folder.call("seed", "--demo")
    ended = await folder.call("move-to", "postgresql://u:geheim@127.0.0.1:9/d")
    assert "postgresql://***@127.0.0.1:9/d: cannot be opened: " in ended.line
    ended = await folder.call("move-to", "sqlite:////proc/x/d.db")
    assert (ended.code, "/proc/x" in ended.line) == (2, True)


READING = [
    ("people", "list"),
    ("recount",),
    ("export", "xuat"),
    ("import", "viec.csv", "--yes"),
    ("archive", "year", "2025"),
    ("archive", "unit", "Phòng Quản trị"),
    ("verify",),
    ("backup", "copy"),
    ("move-to", "sqlite:///moi.db"),
]
"""What needs an office that is there."""


async def test_what_needs_an_office_begins_none(folder: Folder, empty_postgres_url: str) -> None:
    (folder.path / "viec.csv").write_text("Nội dung công việc;Chủ trì\nChép sổ;An\n", "utf-8")
    made = {one.name for one in folder.path.iterdir()}
    settings = {"DONDOC_BACKUP__KEY": str(KEY)}
    for command in READING:
        ended = await folder.call(*command, **settings)
        assert ended.code == 2, (command, ended.err)
        assert ended.line.startswith(
            "dondoc: config.toml: storage.url = 'sqlite:///data/dondoc.db': there is no office yet"
        )
        assert "dondoc people import FILE" in ended.line
    assert {one.name for one in folder.path.iterdir()} == made
    settings["DONDOC_STORAGE__URL"] = empty_postgres_url
    for command in READING:
        ended = await folder.call(*command, **settings)
        assert ended.code == 2, (command, ended.err)
        where = "environment variable DONDOC_STORAGE__URL: storage.url = 'postgresql://***@"
        assert ended.line.startswith(f"dondoc: {where}")
        assert "there is no office yet" in ended.line


async def test_every_command_names_the_database_that_cannot_be_used(folder: Folder) -> None:
    (folder.path / "viec.csv").write_text("Nội dung công việc;Chủ trì\nChép sổ;An\n", "utf-8")
    (folder.path / "notes.txt").write_text("these are notes, no database" * 100)
    notes, away = "sqlite:///notes.txt", "postgresql://u:geheim@127.0.0.1:9/d"
    beginning = [
        ("people", "import", "viec.csv"),
        ("seed", "--demo"),
        ("understand", "soạn báo cáo"),
    ]
    for url, shown, code in ((notes, notes, 2), (away, "postgresql://***@127.0.0.1:9/d", 1)):
        folder.configure(NOWHERE, more=f'[storage]\nurl = "{url}"\n')
        for command in (*READING, *beginning):
            ended = await folder.call(*command, DONDOC_BACKUP__KEY=str(KEY))
            said = ended.err.splitlines()[-1]
            where = f"dondoc: config.toml: storage.url = {shown!r}: cannot be used: "
            assert (ended.code, said[: len(where)]) == (code, where), command
            assert "geheim" not in ended.err
        bad = f"BAD  database: config.toml: storage.url = {shown!r}: cannot be used: "
        assert bad in (await folder.call("check")).out
