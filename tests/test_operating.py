"""What operators are given asks for what there is: dashboard, alerts, the page that says what to do."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.clock import system_clock
from bot.delivery.monitoring.metrics import Measures
from storage.records import Queues

ROOT = Path(__file__).parents[1]
GIVEN = ROOT / "docs" / "van-hanh"
PAGE = ROOT / "docs" / "van-hanh.md"
NAME = re.compile(r"\b(?:dondoc|process|python)_\w+")
NOTHING_WAITS = Queues(
    updates=0, oldest_update=None, messages=0, oldest_message=None, unreachable=0,
    reminders=0, oldest_reminder=None,
)  # fmt: skip


@pytest.fixture(scope="module")
def exported() -> dict[str, set[str]]:
    """Return the names of all figures, and the labels of each."""
    measures = Measures()
    measures.update("press", "handled")
    measures.action("words", 0.1)
    measures.delivery("sent", 1)
    measures.telegram("sendMessage", "ok", 0.1)
    measures.database("read", 0.1)
    measures.pending(0)
    measures.sound(True)
    page = measures.page(True, NOTHING_WAITS, system_clock(), system_clock()).decode()
    return {
        one.name: {*one.labels, "instance", "job"}
        for family in text_string_to_metric_families(page)
        for one in family.samples
    }


def dashboard() -> dict[str, Any]:
    board: dict[str, Any] = json.loads((GIVEN / "grafana.json").read_text("utf-8"))
    return board


def alerts() -> dict[str, str]:
    read = yaml.safe_load((GIVEN / "canh-bao.yml").read_text("utf-8"))
    return {one["alert"]: one["expr"] for group in read["groups"] for one in group["rules"]}


def asked() -> dict[str, str]:
    """Return what is asked of Prometheus, by who asks."""
    panels = {
        f"{panel['title']} {target['refId']}": target["expr"]
        for panel in dashboard()["panels"]
        for target in panel["targets"]
    }
    return panels | alerts()


@pytest.mark.parametrize("who", sorted(asked()))
def test_what_is_asked_for_is_exported(who: str, exported: dict[str, set[str]]) -> None:
    expression = asked()[who]
    names = NAME.findall(expression)
    assert set(names) <= {*exported}
    assert names or "up{" in expression
    for name, labels in re.findall(r"(\w+)\{([^}]+)\}", expression):
        wanted = set(re.findall(r'(\w+)(?:=~|!~|!=|=)"', labels))
        assert wanted <= exported.get(name, {"job", "instance"})
    assert expression.count("(") == expression.count(")")


def test_the_dashboard_shows_every_figure_of_ours(exported: dict[str, set[str]]) -> None:
    names = NAME.findall(str(dashboard()["panels"]))
    shown = {re.sub(r"_(bucket|count|sum)$", "", name) for name in names}
    ours = {
        re.sub(r"_(bucket|count|sum)$", "", name)
        for name in exported
        if name.startswith("dondoc_") and not name.endswith("_created")
    }
    assert ours <= shown


def test_panels_have_a_place_each() -> None:
    places = [tuple(panel["gridPos"].values()) for panel in dashboard()["panels"]]
    assert len(set(places)) == len(places) > 8


def test_the_page_says_what_to_do_on_each_alarm() -> None:
    said = re.findall(r"^#### `(\w+)`$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(said) == sorted(alerts())
