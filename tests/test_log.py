"""The log: one line an event, without the token."""

import asyncio
import json
import logging
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from bot import log
from bot.delivery.alarm import Alarm
from tests.delivery.conftest import until

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


async def test_a_look_that_failed_is_a_line_and_one_waited_for_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.start("debug", "text", [])
    looks = 0
    go_on = asyncio.Event()

    async def look() -> None:
        nonlocal looks
        looks += 1
        await go_on.wait()
        raise RuntimeError("lần này hỏng")

    alarm = Alarm(look, look, zone=ZoneInfo("Asia/Ho_Chi_Minh"), seconds=0.02)
    alarm.start()
    await until(lambda: looks == 1)
    await asyncio.sleep(0.1)
    assert looks == 1
    assert "look" not in capsys.readouterr().err
    go_on.set()
    await until(lambda: looks == 2)
    alarm.stop()
    assert "lần này hỏng" in capsys.readouterr().err
