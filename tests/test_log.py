"""The log: one line an event, without the token."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot import log

SECRET = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_of_json_holds_event_level_logger_and_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.start("info", "json", [SECRET])
    logging.getLogger("dondoc.test").warning("mất kết nối %d lần", 3)
    logging.getLogger("dondoc.test").debug("not shown")
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["event"], event["level"]) == ("mất kết nối 3 lần", "warning")
    assert event["logger"] == "dondoc.test"
    assert event["timestamp"].endswith("Z")


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_token_is_nowhere_not_in_a_traceback_either(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    log.start("info", form, [SECRET])
    try:
        int(f"https://host/bot{SECRET}/getMe")
    except ValueError:
        logging.getLogger("dondoc.test").exception("with %s", SECRET)
    said = capsys.readouterr().err
    assert "ValueError: invalid literal" in said
    assert "https://host/bot***/getMe" in said
    assert SECRET not in said


def test_libraries_that_log_addresses_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    log.start("debug", "text", [])
    logging.getLogger("httpx").info("HTTP Request")
    logging.getLogger("dondoc.test").debug("shown")
    assert "HTTP Request" not in capsys.readouterr().err
