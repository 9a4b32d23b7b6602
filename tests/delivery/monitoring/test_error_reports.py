"""Where an apology goes: to the chat and the topic in which somebody said or pressed it; and for how long it is tried."""

import asyncio
import errno
import json
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.delivery.monitoring import error_reports
from bot.delivery.monitoring.alert_dedup import ToldOnce
from bot.delivery.monitoring.error_reports import Faults
from bot.delivery.telegram.raw_update import place
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from storage.engine.database_errors import Damaged
from storage.records import Incoming
from tests.delivery.conftest import said, until
from tests.delivery.hearing import message

GROUP = {"id": -100200, "type": "supergroup"}
IN_TOPIC = {"message_id": 5, "chat": GROUP, "message_thread_id": 2, "is_topic_message": True}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"message": {"chat": {"id": 101}}}, (101, None)),
        ({"message": IN_TOPIC}, (-100200, 2)),
        ({"edited_message": IN_TOPIC}, (-100200, 2)),
        ({"message": {"chat": GROUP, "message_thread_id": 7}}, (-100200, None)),
        ({"callback_query": {"id": "1", "message": IN_TOPIC}}, (-100200, 2)),
        ({"callback_query": {"id": "1"}}, None),
        ({"my_chat_member": {"chat": GROUP}}, None),
        ({}, None),
    ],
)
def test_where_somebody_said_it(
    update: dict[str, object], expected: tuple[int, int | None] | None
) -> None:
    assert place(json.dumps({"update_id": 1, **update})) == expected


async def test_a_long_silence_in_one_chat_keeps_nobody_waiting(
    sender: Sender, emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(error_reports, "_PAUSES", (0.01, 0.02))
    emulator.faults.flooded, emulator.faults.retry_after = 1, 3600
    row = Incoming(
        bot_id=1, update_id=7, lane=101, body=json.dumps(message(7, 101, "hỏng")),
        mark=None, state="waiting", received_at=system_clock(), attempts=2, applied_at=None,
    )  # fmt: skip
    telling = Faults(sender, [102], ToldOnce(tmp_path, system_clock))
    async with asyncio.timeout(10):
        await telling.update_failed(RuntimeError("lỗi của ta"), row)
    assert said(emulator, 101) == []
    assert "RuntimeError, mã U7" in said(emulator, 102)[0]


async def test_what_a_disk_changed_is_told_in_a_plain_sentence(
    sender: Sender, emulator: Emulator, tmp_path: Path
) -> None:
    row = Incoming(
        bot_id=1, update_id=7, lane=101, body=json.dumps(message(7, 101, "hỏng")),
        mark=None, state="waiting", received_at=system_clock(), attempts=2, applied_at=None,
    )  # fmt: skip
    telling = Faults(sender, [102], ToldOnce(tmp_path, system_clock))
    await telling.update_failed(Damaged("a text is not UTF-8"), row)
    telling.trouble(Damaged("database disk image is malformed"))
    await until(lambda: len(said(emulator, 102)) == 2)
    assert said(emulator, 102) == [
        "Bot đọc phải chỗ hỏng trong cơ sở dữ liệu (mã U7). Nhờ đồng chí báo người trông máy chủ chạy lệnh dondoc verify.",
        "Bot đọc phải chỗ hỏng trong cơ sở dữ liệu. Nhờ đồng chí báo người trông máy chủ chạy lệnh dondoc verify.",
    ]


async def test_a_trouble_that_is_known_is_one_line_and_a_mistake_is_found_by_its_place(
    sender: Sender, emulator: Emulator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    telling = Faults(sender, [102], ToldOnce(tmp_path, system_clock))
    for error in (OSError(errno.ENOSPC, "No space left on device"), RuntimeError("lỗi của ta")):
        telling.trouble(error)
        await until(lambda: said(emulator, 102))
    known, mistake = caplog.records
    assert known.exc_info is None
    assert known.getMessage() == "trouble: disk_full: OSError: [Errno 28] No space left on device"
    assert mistake.exc_info is not None
    assert mistake.getMessage() == "trouble: RuntimeError"
