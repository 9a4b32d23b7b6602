"""The archive at the terminal: close a year, look through the package, bring it back elsewhere."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.commands.shell import NOWHERE, Folder


async def test_close_verify_restore(tmp_path: Path) -> None:
    here, there = Folder(tmp_path / "here"), Folder(tmp_path / "there")
    for folder in (here, there):
        folder.path.mkdir()
        folder.configure(NOWHERE)
    assert (await here.call("seed", "--demo")).code == 0
    with closing(sqlite3.connect(here.path / "data/dondoc.db")) as db:
        [[last]] = db.execute("SELECT MAX(substr(closed_at, 1, 4)) FROM tasks").fetchall()
    nameless = await here.call("archive", "unit", "")
    assert (nameless.code, "Chưa tìm thấy đơn vị này" in nameless.line) == (1, True)
    done = await here.call("archive", "year", last)
    package = here.path / done.out.partition(":")[0]
    fingerprint = done.out.split()[-1]
    looked = await there.call("verify", str(package))
    assert looked.code == 0
    assert fingerprint in looked.out
    back = await there.call("archive", "restore", str(package))
    assert "tasks are as in the package" in back.out
    body = package.read_bytes()
    package.write_bytes(body[:-90] + b"!" + body[-89:])
    broken = await there.call("verify", str(package))
    assert (broken.code, broken.out.startswith("BAD ")) == (1, True)
