"""The threat model names tests that are there, and what it says is open or shut is so."""

import ast
import json
import re
import shutil
import subprocess
import tomllib
from functools import cache
from ipaddress import ip_address
from pathlib import Path

import pytest

from bot.config import Config

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
