"""The map of the house: who may import whom, and what is known in one place alone."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "storage": "storage",
    "bot/rules": "bot.rules storage.records bot.refusals bot.folding",
    "bot/language": "bot.language bot.rules.workdays storage.records bot.folding",
    "bot/actions": "bot.actions bot.rules bot.language storage bot.clock bot.refusals bot.folding"
    " bot.readers.door bot.readers.row",
    "bot/readers": "bot.readers",
    "bot/renderers": "bot.renderers bot.rules storage.records",
    "bot/config": "bot.config",
    "bot/seeding": "bot.seeding bot.actions bot.rules bot.language bot.folding storage",
    "bot/runtime": "bot.runtime bot.config bot.delivery bot.actions bot.rules bot.language bot.chat bot.clock storage",
    "bot/chat": "bot.chat bot.actions bot.rules bot.renderers bot.refusals storage.records"
    " bot.language.readings bot.language.names.people bot.language.questions.inquiry bot.language.moments.date_range"
    " bot.folding bot.clock bot.readers.row telegram",
    "bot/delivery": "bot.delivery bot.actions bot.chat.reminders.notices bot.chat.messages"
    " bot.rules.secrecy bot.refusals bot.clock storage telegram apscheduler",
    "bot/playground": "bot.playground",
    "bot/commands": "bot storage telegram",
    "bot": "bot storage telegram",
}
"""For each folder, what it may import of ours and of the two frameworks; the longest path counts."""

AT_THE_TOP = {"refusals", "folding", "clock"}
"""Files beside the rings: they may import only each other, so that any ring may import them."""

KNOWN_IN = {
    "telegram": ("bot/chat/", "bot/delivery/telegram", "bot/app.py"),
    "apscheduler": ("bot/delivery/alarm.py",),
    "aiosqlite": ("storage/",),
    "sqlite3": ("storage/",),
    "icalendar": ("bot/renderers/calendar.py",),
    "prometheus_client": ("bot/delivery/monitoring/metrics.py",),
    "starlette": (
        "bot/delivery/web/server.py",
        "bot/delivery/web/calendar_feed.py",
        "bot/delivery/monitoring/health.py",
        "bot/delivery/telegram/webhook.py",
        "bot/playground/",
    ),
    "uvicorn": (
        "bot/delivery/web/server.py",
        "bot/delivery/web/request_limits.py",
        "bot/playground/",
    ),
    "asyncpg": ("storage/",),
}
READING = {
    "openpyxl.load_workbook",
    "openpyxl.open",
    "openpyxl.reader",
    "csv.reader",
    "csv.DictReader",
    "docx.Document",
    "pypdf.PdfReader",
    "PIL.Image.open",
    "zipfile.ZipFile",
    "zipfile.Path",
    "tarfile.open",
    "ElementTree.parse",
    "ElementTree.fromstring",
    "lxml",
    "expat",
}
"""What opens a file that somebody made; whatever people send goes through bot/readers/door.py."""

OWN_FILES = {
    "bot/seeding/seed.py",
    "bot/playground/office.py",
    "bot/renderers/",
    "storage/backups/backup_archive.py",
    "storage/backups/encryption.py",
}
"""These read what came with the program, write files, or open packages for an operator at a terminal."""
OURS_OR_FRAMEWORK = {"bot", "storage", "telegram", "apscheduler"}
FORBIDDEN_NAMES = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "manager",
    "managers",
    "base",
    "misc",
}
SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b|\bORDER BY\b"
    r"|\bWHERE\b|\bIS (NOT )?NULL\b|\bNULLS LAST\b|\$\d|\bFOR UPDATE\b|\bCREATE (TABLE|INDEX)\b",
    re.DOTALL,
)
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today",
    "time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.localtime",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One of our files, parsed."""

    path: str
    tree: ast.Module

    @property
    def folder(self) -> str:
        return max((one for one in MAY_IMPORT if self.path.startswith(f"{one}/")), key=len)

    def imports(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.path}: imports are written in full"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def sources() -> list[Source]:
    """Read when the first test asks: every process that runs tests loads this file."""
    paths = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("storage/**/*.py")])
    return [
        Source(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in paths
    ]


def _opened(node: ast.Attribute | ast.ImportFrom | ast.Import) -> list[str]:
    if isinstance(node, ast.Attribute):
        whole = ast.unparse(node)
        return [whole, whole.removeprefix("xml.etree.")]
    if isinstance(node, ast.Import):
        return [alias.name.removeprefix("xml.etree.") for alias in node.names]
    module = str(node.module).removeprefix("xml.etree.").removeprefix("xml.parsers.")
    return [f"{module}.{alias.name}" for alias in node.names]


def is_within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def test_the_map_sees_the_whole_house() -> None:
    folders = {source.folder for source in sources()}
    assert folders == set(MAY_IMPORT)
    assert len(sources()) > 100
    assert "telegram.Update" in {name for source in sources() for name in source.imports()}


def test_the_map_names_every_folder() -> None:
    (house,) = [one for one in sources() if one.path == "bot/__init__.py"]
    drawn = re.findall(r"^(\w+)/ ", ast.get_docstring(house.tree) or "", re.MULTILINE)
    folders = [one.removeprefix("bot/") for one in MAY_IMPORT if one.startswith("bot/")]
    assert sorted(drawn) == sorted(folders)


@pytest.mark.parametrize("folder", [one for one in MAY_IMPORT if one != "bot"])
def test_a_folder_imports_only_what_its_row_says(folder: str) -> None:
    allowed = MAY_IMPORT[folder].split()
    astray = [
        f"{source.path} imports {name}"
        for source in sources()
        if source.folder == folder
        for name in source.imports()
        if name.partition(".")[0] in OURS_OR_FRAMEWORK
        and not any(is_within(name, place) for place in allowed)
    ]
    assert not astray


@pytest.mark.parametrize("name", sorted(AT_THE_TOP))
def test_a_file_beside_the_rings_knows_no_ring(name: str) -> None:
    (source,) = [one for one in sources() if one.path == f"bot/{name}.py"]
    ours = [one for one in source.imports() if one.partition(".")[0] in OURS_OR_FRAMEWORK]
    assert {one.split(".")[1] for one in ours} <= AT_THE_TOP
    assert all(one.startswith("bot.") for one in ours)


@pytest.mark.parametrize("package", KNOWN_IN)
def test_a_framework_is_known_in_one_place(package: str) -> None:
    users = {
        source.path for source in sources() for name in source.imports() if is_within(name, package)
    }
    assert users
    assert [path for path in sorted(users) if not path.startswith(KNOWN_IN[package])] == []


def test_sql_is_written_in_storage_alone() -> None:
    written = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
        if not source.path.startswith("storage/")
    ]
    assert not written
    kept = [
        one
        for one in sources()
        if one.path == "storage/tasks/tasks.py" and SQL.search(ast.unparse(one.tree))
    ]
    assert kept


def test_only_the_clock_asks_what_time_it_is() -> None:
    """The playground stands for Telegram and the phones, which go by a clock of their own."""
    asking = [
        f"{source.path}:{node.lineno} {ast.unparse(node)}"
        for source in sources()
        if source.folder != "bot/playground"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCKS
    ]
    elsewhere = [one for one in asking if not one.startswith("bot/clock.py:")]
    assert len(asking) >= 2
    assert not elsewhere


def test_nothing_imports_a_clock_under_another_name() -> None:
    hidden = [
        f"{source.path}: {name}"
        for source in sources()
        for name in source.imports()
        if name in {"time.time", "time.monotonic", "time.perf_counter", "time.localtime"}
    ]
    assert not hidden


def test_a_file_is_named_after_a_thing() -> None:
    paths = [
        *sources(),
        *(
            Source(p.relative_to(ROOT).as_posix(), ast.Module([], []))
            for p in ROOT.glob("tests/**/*.py")
        ),
    ]
    named = {
        source.path for source in paths if FORBIDDEN_NAMES & set(re.split(r"[/_.]", source.path))
    }
    assert not named


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        source.path
        for source in sources()
        if source.tree.body and not ast.get_docstring(source.tree)
    ]
    assert not silent


def test_what_people_send_is_read_through_one_door() -> None:
    opening = {
        source.path
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute | ast.ImportFrom | ast.Import)
        for name in _opened(node)
        if any(name == one or name.startswith(f"{one}.") for one in READING)
    }
    assert "bot/readers/sheets.py" in opening
    assert [
        one for one in sorted(opening) if not one.startswith(("bot/readers/", *OWN_FILES))
    ] == []


def test_only_the_process_itself_imports_a_reader() -> None:
    users = {
        source.path: name
        for source in sources()
        if source.folder != "bot/readers"
        for name in source.imports()
        if is_within(name, "bot.readers")
        and not any(is_within(name, f"bot.readers.{one}") for one in ("door", "row", "limits"))
    }
    assert users == {}
