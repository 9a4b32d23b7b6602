"""An office is made in an empty database, or moved to one."""

import re

from tests.commands.shell import Folder


async def test_an_office_as_large_as_told(folder: Folder) -> None:
    ended = await folder.call("seed", "--tasks", "300", "--people", "30", "--units", "7")
    assert ended.code == 0
    assert re.fullmatch(r"The office has 300 tasks, written at \d+ rows a second.\n", ended.out)
    assert "300/300" in ended.err
    again = await folder.call("seed", "--tasks", "300")
    assert (again.code, "has people already" in again.line) == (1, True)
    for neither in (("seed",), ("seed", "--demo", "--tasks", "3")):
        assert (await folder.call(*neither)).code == 2


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
