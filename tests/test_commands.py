"""The commands as an operator calls them: each a process of its own, with what it prints."""

import asyncio
import json
import os
import re
import shutil
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.playground.emulator import TOKEN, Emulator
from bot.playground.office import DEMO_OFFICE, read_office
from bot.playground.server import serve

NOWHERE = "http://127.0.0.1:9"
KEY = Path(__file__).parent / "storage" / "backup.key"
PASSPHRASE = "bốn từ chỉ để thử"
WRONG_TOKEN = "8000000002:not-the-token-of-this-emulator-000"


@dataclass(frozen=True)
class Ended:
    """A command that has ended; nothing it prints may hold the token."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """What it said on stderr, which is to be one line."""
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


@dataclass(frozen=True)
class Folder:
    """A folder with a configuration, in which commands are called."""

    path: Path

    def configure(self, address: str, token: str = TOKEN, more: str = "") -> None:
        (self.path / "config.toml").write_text(
            f'[telegram]\ntoken = "{token}"\n'
            f'base_url = "{address}/bot"\nbase_file_url = "{address}/file/bot"\n{more}'
        )

    async def call(self, *command: str, **environment: str) -> Ended:
        return await self.call_with(b"", *command, **environment)

    async def call_with(self, given: bytes, *command: str, **environment: str) -> Ended:
        """Call a command with these bytes on its standard input."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *command,
            cwd=self.path,
            env=os.environ | {"COLUMNS": "200", "PYTHONUTF8": "1"} | environment,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(given), 60)
        ended = Ended(process.returncode or 0, out.decode(), err.decode())
        assert "Traceback" not in ended.err
        assert TOKEN not in ended.out + ended.err
        assert WRONG_TOKEN not in ended.out + ended.err
        return ended


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Telegram is not reached from here."""
    made = Folder(tmp_path)
    made.configure(NOWHERE)
    return made


@pytest.fixture
async def telegram() -> AsyncIterator[str]:
    async with serve(Emulator(read_office())) as address:
        yield address


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


async def test_check_finds_all_in_order_and_changes_nothing(folder: Folder, telegram: str) -> None:
    folder.configure(telegram)
    ended = await folder.call("check")
    assert ended.code == 0, ended.out
    assert [line[:4] for line in ended.out.splitlines()] == ["ok  "] * 6
    assert "@" in ended.out.splitlines()[3]
    assert "0 wait; asked for" in ended.out.splitlines()[4]
    assert list(folder.path.iterdir()) == [folder.path / "config.toml"]


async def test_check_tells_what_is_wrong(folder: Folder, telegram: str) -> None:
    folder.configure(telegram, token=WRONG_TOKEN)
    refused = await folder.call("check")
    assert refused.code == 1
    assert "BAD  telegram: the token is refused" in refused.out
    (folder.path / "data").write_text("not a folder")
    folder.configure(NOWHERE)
    ended = await folder.call("check")
    assert ended.code == 1
    assert "BAD  database: data is not a folder" in ended.out.replace(f"{folder.path}/", "")
    assert "BAD  files:" in ended.out
    assert "BAD  telegram: no answer: look at the network" in ended.out


async def test_a_database_that_cannot_be_used(folder: Folder) -> None:
    (folder.path / "notes.txt").write_text("these are notes, no database" * 100)
    url = {"DONDOC_STORAGE__URL": "sqlite:///notes.txt"}
    assert "BAD  database: cannot be opened" in (await folder.call("check", **url)).out
    ended = await folder.call("people", "list", **url)
    assert (ended.code, "file is not a database" in ended.line) == (1, True)
    away = {"DONDOC_STORAGE__URL": "postgresql://u:geheim@127.0.0.1:9/d"}
    ended = await folder.call("people", "list", **away)
    assert (ended.code, "geheim" in ended.line) == (1, False)


async def test_a_database_newer_than_the_program(folder: Folder) -> None:
    await folder.call("people", "list")
    with sqlite3.connect(folder.path / "data/dondoc.db") as newer:
        newer.execute("INSERT INTO migrations VALUES (9999, 'later', '', 9999, '')")
    newer.close()
    said = "the database has migration 9999, this program knows"
    assert said in (await folder.call("check")).out
    for command in ("run", "people list"):
        ended = await folder.call(*command.split())
        assert (ended.code, said in ended.line) == (1, True)


async def test_an_office_as_large_as_told(folder: Folder) -> None:
    ended = await folder.call("seed", "--tasks", "300", "--people", "30", "--units", "7")
    assert ended.code == 0
    assert re.fullmatch(r"The office has 300 tasks, written at \d+ rows a second.\n", ended.out)
    assert "300/300" in ended.err
    again = await folder.call("seed", "--tasks", "300")
    assert (again.code, "has people already" in again.line) == (1, True)
    for neither in (("seed",), ("seed", "--demo", "--tasks", "3")):
        assert (await folder.call(*neither)).code == 2


async def test_a_wrong_count_is_found_and_put_right(folder: Folder, telegram: str) -> None:
    folder.configure(telegram)
    await folder.call("seed", "--demo")
    with sqlite3.connect(folder.path / "data/dondoc.db") as db:
        db.execute("UPDATE person_tallies SET tasks = tasks + 1")
        (wrong,) = db.execute("SELECT 2 * COUNT(*) FROM person_tallies").fetchone()
    db.close()
    assert wrong > 0
    said = f"BAD  database: {wrong} counts of closed tasks are wrong; dondoc recount"
    assert said in (await folder.call("check")).out
    assert (await folder.call("recount")).out == f"Counts put right: {wrong}\n"
    assert (await folder.call("check")).code == 0


async def test_run_with_a_refused_token_says_so(folder: Folder, telegram: str) -> None:
    folder.configure(telegram, token=WRONG_TOKEN)
    ended = await folder.call("run")
    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith("dondoc: the token is refused")


async def test_people_come_in_from_a_list(folder: Folder) -> None:
    first = await folder.call("people", "import", str(DEMO_OFFICE))
    assert (first.code, first.err) == (0, "")
    assert first.out == (
        "Đã nhận danh sách: thêm 37 người, cập nhật 0, giữ nguyên 0, thêm 15 đơn vị.\n"
    )
    again = await folder.call("people", "import", str(DEMO_OFFICE))
    assert "giữ nguyên 37" in again.out
    shown = await folder.call("people", "list")
    assert shown.out.count("never started") == 37
    assert "Đoàn Thục Hạnh Nhi" in shown.out


async def test_a_list_with_mistakes_is_not_taken(folder: Folder) -> None:
    bad = folder.path / "list.csv"
    bad.write_text(
        "telegram_id,username,name,position,unit,role\n7,,An,,A,staff\nx,,Bo,,A,boss\n",
        encoding="utf-8",
    )
    ended = await folder.call("people", "import", "list.csv")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "Dòng 3: vai trò “boss” không có. Các vai trò: admin, leader, head, staff.",
        "Dòng 3: telegram_id “x” không phải số Telegram. Ví dụ: 123456789.",
        "Chưa nhập dòng nào.",
    ]
    assert " An " not in (await folder.call("people", "list")).out
    missing = await folder.call("people", "import", "nowhere.csv")
    assert (missing.code, "nowhere.csv: cannot be read" in missing.line) == (1, True)


async def test_the_demo_office_fills_an_empty_database_alone(folder: Folder) -> None:
    assert (await folder.call("seed")).code == 2
    ended = await folder.call("seed", "--demo")
    assert ended.code == 0
    assert ended.out.startswith("The demo office has ")
    again = await folder.call("seed", "--demo")
    assert (again.code, "has people already" in again.line) == (1, True)


async def test_an_office_is_moved_to_another_database(folder: Folder) -> None:
    await folder.call("seed", "--demo")
    wrong = await folder.call("move-to", "mysql://host/office")
    assert (wrong.code, wrong.line[:18]) == (2, 'dondoc: expected "')
    moved = await folder.call("move-to", "sqlite:///moi/dondoc.db")
    assert moved.code == 0
    assert "[storage] url" in moved.out
    assert re.search(r"^ok   rows: \d{3,} of \d+ tables, each as it was$", moved.out, re.MULTILINE)
    assert "compared" in moved.err
    again = await folder.call("move-to", "sqlite:///moi/dondoc.db")
    assert (again.code, "already" in again.line) == (1, True)


async def test_a_backup_comes_back_with_its_passphrase(folder: Folder) -> None:
    settings = {"DONDOC_BACKUP__FOLDER": "out", "DONDOC_BACKUP__KEY": str(KEY)}
    unset = await folder.call("backup", "copy")
    assert (unset.code, "dondoc backup --new-key" in unset.line) == (1, True)
    missing = await folder.call("backup", "copy", **settings)
    assert (missing.code, "there is no database yet" in missing.line) == (1, True)
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


async def test_a_new_key_opens_what_is_sealed_for_it(
    folder: Folder, pytestconfig: pytest.Config
) -> None:
    if not pytestconfig.getoption("--long"):
        pytest.skip("a passphrase is made slow to guess, and so to use: --long")
    secret = {"DONDOC_BACKUP_PASSPHRASE": PASSPHRASE, "DONDOC_BACKUP__KEY": "new.key"}
    made = await folder.call("backup", "--new-key", "new.key", **secret)
    assert (made.code, (folder.path / "new.key").stat().st_mode & 0o077) == (0, 0)
    again = await folder.call("backup", "--new-key", "new.key", **secret)
    assert (again.code, "there is a file of that name already" in again.line) == (1, True)
    await folder.call("people", "import", str(DEMO_OFFICE))
    assert (await folder.call("backup", "copy", **secret)).code == 0
    assert (await folder.call("verify", "copy", **secret)).code == 0


async def test_the_playground_refuses_a_real_token(folder: Folder) -> None:
    ended = await folder.call("playground", "--story", DONDOC_TELEGRAM__TOKEN=WRONG_TOKEN)
    assert ended.code == 2


async def test_understand_shows_how_a_sentence_is_read(folder: Folder) -> None:
    (folder.path / "config.toml").unlink()
    ended = await folder.call("understand", "soạn báo cáo quý, chậm nhất 17h ngày 25/12/2030")
    assert ended.code == 0
    assert "25/12/2030 17:00" in ended.out
    assert "soạn báo cáo quý" in ended.out


async def test_understand_answers_each_line_in_its_place(folder: Folder) -> None:
    asked = {
        "text": "Giao đồng chí Mạc Thiên Ân nộp báo cáo trước 17h thứ Sáu",
        "reference": "2026-12-07T09:00:00+07:00",
        "roster": [{"name": "Mạc Thiên Ân", "unit": "Phòng Tổng hợp"}],
    }
    lines = [json.dumps(asked).encode(), b"{not json", b"\xff\xfe", json.dumps(asked).encode()]
    ended = await folder.call_with(b"\n".join(lines), "understand")
    first, second, third, last = map(json.loads, ended.out.splitlines())
    assert first == last
    assert first["deadline"] == "2026-12-11T17:00:00+07:00"
    assert first["people"] == [{"name": "Mạc Thiên Ân", "part": "lead"}]
    assert "error" in second
    assert "error" in third


async def test_verify_names_what_is_wrong(folder: Folder) -> None:
    missing = await folder.call("verify")
    assert (missing.code, "there is no database yet" in missing.line) == (1, True)
    assert list(folder.path.iterdir()) == [folder.path / "config.toml"]
    await folder.call("seed", "--demo")
    whole = await folder.call("verify")
    assert (whole.code, [line[:4] for line in whole.out.splitlines()]) == (0, ["ok  "] * 3)
    anchor = whole.out.splitlines()[0].rpartition(" ")[2]
    assert (await folder.call("verify", "--anchor", anchor)).code == 0
    forged = anchor[:-1] + ("0" if anchor[-1] != "0" else "1")
    ended = await folder.call("verify", "--anchor", forged)
    assert (ended.code, "the history was written anew" in ended.out) == (1, True)
    assert (await folder.call("verify", "--anchor", "12")).code == 1
    with sqlite3.connect(folder.path / "data/dondoc.db") as db:
        db.execute("UPDATE events SET kind = 'task.accept' WHERE id = 9")
        db.execute("UPDATE texts SET body = body || ' ' WHERE id = 2")
        (at,) = db.execute("SELECT at FROM events WHERE id = 9").fetchone()
    db.close()
    ended = await folder.call("verify")
    assert ended.code == 1
    said = f"BAD  history: event 9 of {at} (task.accept) was changed, or stands in another's place"
    assert said in ended.out
    assert "BAD  texts: number 2 is changed" in ended.out


async def test_a_list_of_tasks_is_taken_in_once_and_written_out(folder: Folder) -> None:
    made = await folder.call("seed", "--demo")
    assert made.code == 0
    (folder.path / "viec.csv").write_text(
        "STT;Nội dung công việc;Chủ trì;Hạn\n1;Chép sổ lưu trữ;Mạc Thiên Ân;01/12/2026\n"
        "2;Lập dự toán;ai đó;01/12/2026\n",
        encoding="utf-8",
    )
    command = ("import", "viec.csv", "--by", "Trịnh Quang Lĩnh", "--yes")
    first, second = await folder.call(*command), await folder.call(*command)
    assert "Sẽ nhập 1 việc trong 2 dòng." in first.out
    assert "Dòng 3: cột chủ trì chưa đọc được: “ai đó”" in first.out
    assert (first.code, first.out.splitlines()[-1]) == (0, "Đã nhập 1 việc.")
    assert (second.code, second.out.splitlines()[-1]) == (0, "Đã nhập 0 việc.")
    lines = "đơn vị,biên chế,đơn vị trên\nPhòng Lưu trữ,3,Văn phòng Thành ủy (demo)\n"
    (folder.path / "don-vi.csv").write_text(lines, encoding="utf-8")
    units = await folder.call("units", "import", "don-vi.csv", "--yes")
    assert (units.code, units.out.splitlines()) == (
        0,
        [
            "Dòng 2: Phòng Lưu trữ: thêm dưới Văn phòng Thành ủy (demo); biên chế 3",
            "Đã nhập: thêm 1 đơn vị, sửa 0, giữ nguyên 0.",
        ],
    )
    written = await folder.call("export", "xuat")
    assert written.code == 0
    assert (folder.path / "xuat" / "viec.csv").read_text("utf-8").count("Chép sổ lưu trữ") == 1
