"""What an operator sees of a bot at work: health, figures, a log that leads from an update to its messages."""

import asyncio
import json
import time

import aiohttp
import pytest

from bot.chat.flood_guard import TOO_FAST
from bot.playground.phone import Phone
from tests.ports import free_port
from tests.stories.nursery import dondoc, ended
from tests.stories.stage import HEAD, LEADER, STAFF, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"


def lines(stage: Stage, **wanted: object) -> list[dict[str, object]]:
    """Return the log's lines of JSON that have these values."""
    read = [json.loads(line) for line in stage.log().splitlines() if line.startswith("{")]
    return [one for one in read if wanted.items() <= one.items()]


@pytest.mark.alone  # two cannot have one port
async def test_health_figures_and_the_log_of_a_conversation(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    port = free_port()
    await stage.stop_bot()
    await stage.start_bot(
        DONDOC_MONITOR__PORT=str(port),
        DONDOC_LOG__FORMAT="json",
        DONDOC_LOG__LEVEL="debug",
        DONDOC_ACCESS__UPDATES_A_MINUTE="7",
    )
    second = dondoc("run", "--config", str(stage.config), log=stage.folder / "second")
    elsewhere = dondoc(
        *("run", "--config", str(stage.config)),
        log=stage.folder / "third",
        DONDOC_STORAGE__FILES=str(stage.folder / "elsewhere"),
    )
    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.press("Đã nhận", await staff.expect(button="Đã nhận"))
    await leader.expect("đang thực hiện", edited=True)
    await stage.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'")

    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as web:
        for path in ("/healthz", "/readyz"):
            async with web.get(path) as answer:
                assert (answer.status, await answer.text()) == (200, "ok\n")
        async with web.get("/metrics") as answer:
            told = await answer.text()
    for figure in (
        'dondoc_updates_total{kind="press",outcome="handled"} 2.0',
        'dondoc_action_seconds_count{action="task.receive"} 1.0',
        'dondoc_action_seconds_count{action="words"} 1.0',
        'dondoc_telegram_seconds_count{method="sendMessage",result="ok"}',
        'dondoc_database_seconds_count{work="write"}',
        "dondoc_outbox_waiting 0.0",
    ):
        assert f"\n{figure}" in told
    (planned,) = stage.rows("SELECT COUNT(*) FROM reminders WHERE settled_at IS NULL")
    assert planned[0]
    assert f"\ndondoc_reminders_planned {planned[0]}.0\n" in told

    (confirmed,) = lines(stage, action="draft.confirm")
    (assigned,) = lines(stage, event="message sent", kind="task.assigned")
    assert (
        confirmed["update"]
        == assigned["update"]
        == stage.rows("SELECT update_id FROM outbox WHERE kind = 'task.assigned'")[0][0]
    )
    assert assigned["message"]
    for _ in range(6):  # after a sentence and a press
        await leader.say("/viec")
    await leader.expect(TOO_FAST)
    async with asyncio.timeout(10):  # it is written once the answer is given
        while not (flooded := lines(stage, event="update flooded")):  # noqa: ASYNC110 - the log tells nobody
            await asyncio.sleep(0.02)
    assert [one["action"] for one in flooded] == ["/viec"]
    async with (
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as web,
        web.get("/metrics") as answer,
    ):
        assert (
            '\ndondoc_updates_total{kind="message",outcome="flooded"} 1.0\n' in await answer.text()
        )
    log = stage.log()
    for private in (LEADER, STAFF, HEAD, "Thiên Ân", "báo cáo quý", stage.emulator.token):
        assert private not in log
        assert private not in told

    assert await ended(second, 30) == 1
    told = (stage.folder / "second").read_text(encoding="utf-8").splitlines()[-1]
    assert told.startswith("dondoc: the bot runs already on this database, as one: only one may")
    assert await ended(elsewhere, 30) == 1
    told = (stage.folder / "third").read_text(encoding="utf-8").splitlines()[-1]
    assert told.startswith("dondoc: another program called one works on this database, with")


async def test_told_to_stop_in_the_middle_of_work_it_stops_within_ten_seconds_and_loses_nothing(
    stage: Stage, leader: Phone
) -> None:
    await leader.catch_up()
    await stage.play.faults(delay_ms=500)
    for n in range(12):
        await leader.say(f"Giao đồng chí Mạc Thiên Ân việc thử số {n}, hạn thứ Sáu")
    await stage.until("SELECT COUNT(*) > 0 FROM drafts")
    begun = time.monotonic()
    assert await stage.stop_bot() == 0
    assert time.monotonic() - begun < 10
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE lease_owner IS NOT NULL") == [(0,)]
    await stage.play.faults(delay_ms=0)
    await stage.start_bot()
    for n in range(12):
        await leader.expect(f"\nthử số {n}\n", timeout=20)
    drafts = stage.rows("SELECT COUNT(*), COUNT(DISTINCT fields) FROM drafts WHERE kind = 'assign'")
    assert drafts == [(12, 12)]
    assert "Traceback" not in stage.log()


@pytest.mark.alone
async def test_a_telegram_that_answers_nobody_holds_up_no_stop(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    """An answer and a message are on their way, more of both wait, and somebody keeps a connection open."""
    port = free_port()
    await stage.stop_bot()
    await stage.start_bot(DONDOC_MONITOR__PORT=str(port))
    await leader.say(SENTENCE)
    card = await leader.expect(button="Giao việc")
    await stage.mute()
    pressing = asyncio.create_task(leader.press("Giao việc", card))
    await stage.until("SELECT COUNT(*) > 0 FROM outbox WHERE state = 'waiting'")
    for n in range(1, 31):
        await staff.say(f"/viec {n}")
    await stage.play.faults(broken=0, delay_ms=60_000)
    for table in ("inbox", "outbox"):
        await stage.until(
            f"SELECT COUNT(*) > 0 FROM {table} WHERE state = 'waiting' AND lease_owner IS NOT NULL",
            seconds=20,
        )
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /metr")
    begun = time.monotonic()
    assert await stage.stop_bot() == 0
    assert time.monotonic() - begun < 10
    for table in ("inbox", "outbox"):
        held = f"SELECT COUNT(*) FROM {table} WHERE lease_owner IS NOT NULL AND state = 'waiting'"
        assert stage.rows(held) == [(0,)]
    writer.close()
    pressing.cancel()
    await stage.play.faults(delay_ms=0)
    await stage.start_bot()
    await staff.expect("soạn báo cáo quý", button="Đã nhận")
    for n in range(2, 31):
        await staff.expect(f"việc số {n}", timeout=20)
