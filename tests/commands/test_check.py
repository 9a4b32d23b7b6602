"""check, verify and recount find what is wrong and name it."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.commands.shell import NOWHERE, WRONG_TOKEN, Folder

KEY = Path(__file__).parents[1] / "storage" / "backup.key"


async def test_check_finds_all_in_order_and_changes_nothing(folder: Folder, telegram: str) -> None:
    folder.configure(telegram)
    ended = await folder.call("check")
    assert ended.code == 0, ended.out
    assert [line[:4] for line in ended.out.splitlines()] == ["ok  "] * 8
    assert "look: none yet" in ended.out.splitlines()[4]
    assert "@" in ended.out.splitlines()[5]
    assert "0 wait; asked for" in ended.out.splitlines()[6]
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
    where = "environment variable DONDOC_STORAGE__URL: storage.url = "
    said = f"BAD  database: {where}'sqlite:///notes.txt': cannot be used: "
    assert said in (await folder.call("check", **url)).out
    ended = await folder.call("people", "list", **url)
    assert (ended.code, "file is not a database" in ended.line) == (2, True)
    assert f"{where}'sqlite:///notes.txt': cannot be used: " in ended.line
    away = {"DONDOC_STORAGE__URL": "postgresql://u:geheim@127.0.0.1:9/d"}
    ended = await folder.call("people", "list", **away)
    assert (ended.code, "geheim" in ended.line) == (1, False)
    assert f"{where}'postgresql://***@127.0.0.1:9/d': cannot be used: " in ended.line


async def test_a_database_newer_than_the_program(folder: Folder) -> None:
    await folder.call("seed", "--demo")
    with sqlite3.connect(folder.path / "data/dondoc.db") as newer:
        newer.execute("INSERT INTO migrations VALUES (9999, 'later', '', 9999, '')")
    newer.close()
    where = "config.toml: storage.url = 'sqlite:///data/dondoc.db': "
    said = f"{where}the database has migration 9999, this program knows"
    assert said in (await folder.call("check")).out
    for command in ("run", "people list"):
        ended = await folder.call(*command.split())
        assert (ended.code, said in ended.line) == (1, True)


async def test_what_strangers_try_is_told_where_they_try_something(
    folder: Folder, telegram: str
) -> None:
    folder.configure(telegram)
    await folder.call("seed", "--demo")
    assert "strangers:" not in (await folder.call("check")).out
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    with sqlite3.connect(folder.path / "data/dondoc.db") as db:
        for day in (today, today - timedelta(days=3), today - timedelta(days=20)):
            db.execute("INSERT INTO strangers VALUES (?, 1, 2, 3)", (day.isoformat(),))
    db.close()
    told = (await folder.call("check")).out
    assert "2 texts with a mark of secrecy, 4 codes that were no invitation, 6 times into" in told


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


async def test_verify_names_what_is_wrong(folder: Folder) -> None:
    missing = await folder.call("verify")
    assert (missing.code, "there is no office yet" in missing.line) == (2, True)
    assert list(folder.path.iterdir()) == [folder.path / "config.toml"]
    await folder.call("seed", "--demo")
    whole = await folder.call("verify")
    assert (whole.code, [line[:4] for line in whole.out.splitlines()]) == (0, ["ok  "] * 6)
    anchor = whole.out.splitlines()[3].rpartition(" ")[2]
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


async def test_a_server_that_takes_no_writing_is_not_in_order(
    folder: Folder, telegram: str, postgres_url: str
) -> None:
    folder.configure(telegram)
    closed = f"{postgres_url}{'&' if '?' in postgres_url else '?'}default_transaction_read_only=on"
    ended = await folder.call("check", DONDOC_STORAGE__URL=closed)
    assert ended.code == 1
    assert "BAD  database: can be read, but takes no writing: ReadOnlySQL" in ended.out


async def test_what_may_not_be_looked_at_hides_nothing_else(folder: Folder, telegram: str) -> None:
    long = "x" * 300  # no more than a folder that this user may not enter can it be looked at
    folder.configure(telegram, more=f'[backup]\nfolder = "{long}"\n')
    url = {"DONDOC_STORAGE__URL": f"sqlite:///{long}/a.db", "DONDOC_STORAGE__FILES": long}
    url |= {"DONDOC_ARCHIVE__FOLDER": long, "DONDOC_BACKUP__KEY": str(KEY)}
    ended = await folder.call("check", **url)
    assert (ended.code, ended.err) == (1, "")
    assert [line[:14] for line in ended.out.splitlines()] == [
        "ok   configura", "BAD  database:", "BAD  files: ca", "BAD  archive: ", "ok   look: non", "ok   telegram:", "ok   updates: ", "BAD  backup: c"
    ]  # fmt: skip


async def test_check_tells_of_a_backup_that_nobody_could_seal(folder: Folder) -> None:
    folder.configure(NOWHERE, more='[backup]\nfolder = "out"\n')
    for setting, said in [
        ({}, "backup.key = '': backups are sealed: make a key with dondoc backup --new-key"),
        ({"DONDOC_BACKUP__KEY": "away.key"}, "backup.key = 'away.key': [Errno 2] No such file"),
        ({"DONDOC_BACKUP__KEY": "config.toml"}, "backup.key = 'config.toml': not a key file"),
        ({"DONDOC_BACKUP__RECIPIENT": "age1a"}, "backup.recipient = 'age1a': age1a: not a public"),
    ]:
        ended = await folder.call("check", **setting)
        assert f"BAD  backup: no copy can be sealed: {said}" in ended.out
