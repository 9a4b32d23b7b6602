"""The threat model names tests that are there, and what it says is open or shut is so."""

import ast
import json
import re
import shutil
import subprocess
import tomllib
from datetime import timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

import pytest

from bot.config import Config
from bot.delivery.inbox import inbox
from bot.delivery.telegram import errors as failures
from bot.delivery.telegram import http_client as http
from bot.delivery.telegram import outage as away
from bot.delivery.web import request_limits
from bot.runtime.own_command import LONGEST
from storage.engine import postgres, sqlite_connection

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "docs" / "threat-model.md"
THREATS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in MODEL.read_text("utf-8").partition("## How long")[0].splitlines()
    if line.startswith("| ") and not line.startswith("| Threat")
]


@cache
def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {
        one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.parametrize("row", THREATS, ids=lambda row: row[0])
def test_each_threat_names_tests_that_are_there(row: list[str]) -> None:
    threat, against, shown = row
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", shown)
    assert threat
    assert against
    assert named
    assert shown.count("`") == 2 * len(named)
    for file, name in named:
        assert name in functions(ROOT / file), f"{file}::{name}"


def test_the_model_is_a_page() -> None:
    assert len(THREATS) > 15
    assert len(MODEL.read_text("utf-8").splitlines()) < 90


def test_nothing_waits_longer_than_the_page_says() -> None:
    said = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", MODEL.read_text("utf-8"), re.MULTILINE))
    calls = (http.CONNECT_SECONDS, http.WRITE_SECONDS, http.READ_SECONDS, http.UPLOAD_SECONDS)
    shown = ", ".join(f"{one:.0f}" for one in calls)
    assert said["a call of Telegram: to connect, to write, to read, for a file"] == f"{shown} s"
    silences = f"{failures._LONGEST_SECONDS:.0f} s; {away._LONGEST_SILENCE:.0f} s,"
    assert said["what Telegram asks to be left alone for: a chat; all"].startswith(silences)
    for what, seconds in (
        ("an update being handled", inbox._HANDLE_SECONDS),
        ("SQLite's lock", sqlite_connection._BUSY_SECONDS),
        ("a request to the web, until it is whole", request_limits.WHOLE_IN_SECONDS),
        ("a statement on PostgreSQL; a connection to it", postgres.STATEMENT_SECONDS),
    ):
        assert re.match(rf"{seconds:.0f} s\b", said[what]), what
    asked = said["a statement on PostgreSQL; a connection to it"]
    assert asked.endswith(f"; {postgres._CONNECT_SECONDS} s")
    (backup,) = (one for what, one in said.items() if what == "a backup by itself")
    assert backup.startswith(f"{LONGEST // timedelta(hours=1)} hours")


def test_nothing_is_open_to_the_network_unless_told() -> None:
    config = Config(telegram={"token": f"1:{'x' * 30}"})
    assert config.web.port is config.monitor.port is None
    assert ip_address(config.web.host).is_loopback
    assert ip_address(config.monitor.host).is_loopback


def test_the_bill_of_materials_names_what_is_installed(tmp_path: Path) -> None:
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not on this machine's path")
    (command,) = re.findall(r"\$\(UV\) (export .+)", (ROOT / "Makefile").read_text("utf-8"))
    there = tmp_path / "bill.json"
    asked = command.replace("dist/dondoc.cdx.json", str(there)).split()
    subprocess.run([uv, *asked, "--offline", "--quiet"], cwd=ROOT, check=True, timeout=60)
    bill = json.loads(there.read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    named = {one["name"] for one in bill["components"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needed = {re.split(r"[\[<>=]", one)[0] for one in project["project"]["dependencies"]}
    developing = {re.split(r"[\[<>=]", one)[0] for one in project["dependency-groups"]["dev"]}
    assert needed <= named
    assert not developing & named
