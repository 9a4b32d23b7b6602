"""Connections that keep the program waiting keep nobody's message away."""

import asyncio
import time
from pathlib import Path
from statistics import median

import pytest

from bot.playground.phone import Phone
from tests.attacks.proxies import proxy
from tests.attacks.slow import WAYS, slow_clients
from tests.attacks.webhook import PROXY, with_webhook
from tests.ports import free_port
from tests.stories.stage import LEADER, Stage

ATTACKER = "127.8.0.1"
CONNECTIONS = 250
SECONDS = 1.0
"""Within which who writes is answered."""
LONGEST = 5.0
"""On a machine that has other things to do at that moment; who was shut out waited for ten seconds, or for ever."""
PEM = Path(__file__).parents[1] / "delivery"


async def answered(stage: Stage, phone: Phone, times: int) -> None:
    """Ask again and again; fail where answers are late, or where Telegram was shut out even once."""
    took = []
    for _ in range(times):
        began = time.monotonic()
        await phone.say("/viec")
        await phone.expect("việc", timeout=30)
        took.append(time.monotonic() - began)
        await asyncio.sleep(0.3)
    assert stage.emulator.webhook is not None
    assert stage.emulator.webhook.last_error == ""
    assert median(took) < SECONDS
    assert max(took) < LONGEST


@pytest.fixture
def times(long: bool) -> int:
    return 60 if long else 5


@pytest.mark.parametrize("addresses", [1, 100])
async def test_slow_connections_of_all_kinds_keep_no_message_away(
    stage: Stage, times: int, addresses: int
) -> None:
    port = await with_webhook(stage)
    leader = await stage.phone(LEADER)
    sources = [f"127.8.0.{number + 1}" for number in range(addresses)]
    async with slow_clients(port, list(WAYS), sources, CONNECTIONS):
        await answered(stage, leader, times)
    assert await stage.stop_bot() == 0


@pytest.mark.parametrize("way", WAYS)
async def test_slow_connections_of_one_kind_keep_no_message_away(
    stage: Stage, long: bool, way: str
) -> None:
    if not long and way != "silent":
        pytest.skip("a second each: --long")
    port = await with_webhook(stage)
    leader = await stage.phone(LEADER)
    async with slow_clients(port, [way], [ATTACKER], CONNECTIONS):
        await answered(stage, leader, 5)


async def test_behind_a_proxy_slow_clients_keep_no_message_away(stage: Stage, times: int) -> None:
    port = await with_webhook(stage)
    async with proxy(port, PROXY) as front:
        stage.emulator.replicas = [f"http://127.0.0.1:{front}"]
        leader = await stage.phone(LEADER)
        async with slow_clients(front, list(WAYS), [ATTACKER], CONNECTIONS):
            await answered(stage, leader, times)


async def test_who_never_agrees_on_tls_keeps_no_message_away(stage: Stage, times: int) -> None:
    """The key is for tests alone and opens nothing."""
    port = free_port()
    await with_webhook(
        stage,
        DONDOC_WEB__PORT=str(port),
        DONDOC_WEB__ADDRESS=f"https://127.0.0.1:{port}",
        DONDOC_WEB__CERTIFICATE=str(PEM / "web.pem"),
        DONDOC_WEB__KEY=str(PEM / "web.key"),
        DONDOC_TELEGRAM__WEBHOOK_CERTIFICATE=str(PEM / "web.pem"),
    )
    leader = await stage.phone(LEADER)
    async with slow_clients(port, list(WAYS), [ATTACKER], CONNECTIONS):
        await answered(stage, leader, times)
