"""One message to the emulator, and what becomes of what Telegram says to it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from telegram.error import InvalidToken, NetworkError, TimedOut

from bot.chat.messages import Button, Delivery, Message
from bot.clock import stopwatch
from bot.delivery.monitoring.metrics_protocol import NoFigures
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.telegram.errors import DeliveryFailed, Reason
from bot.delivery.telegram.http_client import TelegramBot, build_bot
from bot.delivery.telegram.outage import insist
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from bot.refusals import No, Refusal
from tests.delivery.conftest import said, until

KEYBOARD = [[Button("Đã nhận", "r:1")]]


def delivery(text: str = "chào", chat_id: int = 101, **changes: Any) -> Delivery:
    return Delivery(chat_id, Message(text), **changes)


async def failed(sender: Sender, what: Delivery) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await sender.send(what)
    return caught.value


async def test_text_keyboard_and_no_preview(sender: Sender, emulator: Emulator) -> None:
    message = Message("<b>Việc</b> https://example.org", KEYBOARD)
    sent = emulator.messages.find(101, await sender.send(Delivery(101, message, silent=True)))
    assert sent is not None
    assert sent.data["text"] == "Việc https://example.org"
    assert sent.data["entities"][0]["type"] == "bold"
    assert sent.data["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "r:1"


async def test_edit_in_place_and_an_edit_that_changes_nothing(
    sender: Sender, emulator: Emulator
) -> None:
    first = await sender.send(delivery("một"))
    assert await sender.send(delivery("hai", edits=first)) == first
    assert await sender.send(delivery("hai", edits=first)) == first
    assert said(emulator, 101) == ["hai"]


async def test_what_is_not_there_to_edit_is_sent_anew(sender: Sender, emulator: Emulator) -> None:
    assert await sender.send(delivery("mới", edits=4711)) != 4711
    assert said(emulator, 101) == ["mới"]


async def test_a_topic_of_a_group(sender: Sender, emulator: Emulator) -> None:
    group = emulator.add_group("Phòng Tổng hợp", [101], ["Việc"])
    sent = emulator.messages.find(
        group.id, await sender.send(delivery(chat_id=group.id, topic_id=2))
    )
    assert sent is not None
    assert sent.data["message_thread_id"] == 2


async def test_a_picture_with_a_long_text_is_two_messages(
    sender: Sender, emulator: Emulator
) -> None:
    picture = BytesIO()
    segno.make("t.me/dondoc").save(picture, kind="png")
    for text, expected in (("ngắn", 1), ("dài " * 500, 2)):
        before = len(emulator.messages.of_chat(101))
        await sender.send(Delivery(101, Message(text, KEYBOARD, picture=picture.getvalue())))
        assert len(emulator.messages.of_chat(101)) - before == expected


async def test_a_file_there_and_back(
    sender: Sender, emulator: Emulator, gestures: Gestures, tmp_path: Path
) -> None:
    path = tmp_path / "bao cao.docx"
    path.write_bytes(b"PK" * 1000)
    for data in (path, b"PK" * 1000):
        sent = emulator.messages.find(
            101, await sender.send_file(101, data, 'Báo "cáo".docx', "<b>Dự thảo</b>")
        )
        assert sent is not None
        assert sent.data["document"]["file_name"] == 'Báo "cáo".docx'
        assert sent.data["caption"] == "Dự thảo"
    came = gestures.upload(101, "document", "kq.pdf", "application/pdf", b"%PDF" * 100)
    file_id = came.data["document"]["file_id"]
    assert await sender.download(file_id) == b"%PDF" * 100
    for wanted, limit, no in ((file_id, 10, No.FILE_TOO_LARGE), ("gone", 10, No.FILE_GONE)):
        with pytest.raises(Refusal) as caught:
            await sender.download(wanted, limit=limit)
        assert caught.value.kind is no


async def test_a_press_is_answered_and_too_late_is_no_error(
    sender: Sender, emulator: Emulator, gestures: Gestures
) -> None:
    message_id = await sender.send(Delivery(101, Message("thẻ", KEYBOARD)))
    query = gestures.press(101, message_id, label="Đã nhận")
    await sender.answer_press(query, "dài " * 100, alert=True)
    await sender.answer_press(query, "lần nữa")
    await sender.answer_press("4711")
    outcomes = [call.outcome for call in emulator.calls if call.method == "answerCallbackQuery"]
    assert outcomes[0] == "ok"
    assert all("query" in outcome for outcome in outcomes[1:])


async def test_reasons(sender: Sender, emulator: Emulator, gestures: Gestures) -> None:
    gestures.block(101)
    emulator.people[102].started = False
    for what, reason in (
        (delivery(chat_id=101), Reason.BLOCKED),
        (delivery(chat_id=102), Reason.NEVER_STARTED),
        (delivery(chat_id=999), Reason.NEVER_STARTED),
        (delivery(chat_id=-999), Reason.CHAT_GONE),
        (delivery("<b>hở", chat_id=103), Reason.REFUSED),
        (delivery("d" * 4097, chat_id=103), Reason.REFUSED),
    ):
        error = await failed(sender, what)
        assert (error.reason, error.permanent) == (reason, True)


async def test_passing_trouble(sender: Sender, emulator: Emulator, address: str) -> None:
    for fault, reason in (
        ("broken", Reason.SERVER),
        ("nonsense", Reason.NONSENSE),
        ("drop", Reason.NETWORK),
    ):
        setattr(emulator.faults, fault, 1)
        error = await failed(sender, delivery())
        assert (error.reason, error.permanent) == (reason, False)
    assert said(emulator, 101) == ["chào", "chào"]


async def test_a_server_that_is_away_or_silent(bot: TelegramBot, emulator: Emulator) -> None:
    emulator.faults.delay_ms = 2000
    with pytest.raises(TimedOut):
        await bot.call("getMe", read_timeout=0.05)
    emulator.faults.delay_ms = 0
    emulator.faults.away = True
    with pytest.raises(NetworkError, match=r"^aiohttp\."):
        await bot.call("getMe")


async def test_a_short_silence_is_waited_out(bot: TelegramBot, emulator: Emulator) -> None:
    emulator.faults.limits = True
    sender = Sender(bot, Limiter(0, stopwatch))
    for number in range(7):
        await sender.send(delivery(str(number)))
    refusals = [call for call in emulator.calls if "Too Many" in call.outcome]
    assert refusals
    after = [call for call in emulator.calls if call.at > refusals[0].at]
    assert after[0].at - refusals[0].at >= 1.0
    assert said(emulator, 101) == [str(number) for number in range(7)]


async def test_a_long_silence_fails_with_its_length_and_costs_no_call(
    bot: TelegramBot, emulator: Emulator
) -> None:
    limiter = Limiter(30, stopwatch)
    await limiter.bar(101, 60)
    error = await failed(Sender(bot, limiter), delivery())
    assert error.reason is Reason.FLOODED
    assert not error.permanent
    assert error.retry_after == pytest.approx(60, abs=1)
    assert "sendMessage" not in {call.method for call in emulator.calls}


async def test_at_our_own_pace_telegram_never_complains(
    bot: TelegramBot, emulator: Emulator
) -> None:
    emulator.faults.limits = True
    group = emulator.add_group("Phòng", [101], [])
    sender = Sender(bot, Limiter(30, stopwatch))
    chats = [101] * 5 + list(range(102, 132)) + [group.id] * 5
    await asyncio.gather(*(sender.send(delivery(chat_id=chat)) for chat in chats))
    assert {call.outcome for call in emulator.calls} == {"ok"}


async def test_a_group_that_moved_says_where(bot: TelegramBot, sender: Sender) -> None:
    moved = (
        b'{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded",'
        b'"parameters":{"migrate_to_chat_id":-1009}}'
    )
    async with answering(moved, 400) as address:
        elsewhere = build_bot("1:a", f"{address}/bot", f"{address}/file/bot")
        await elsewhere._request[0].initialize()
        error = await failed(Sender(elsewhere, Limiter(0, stopwatch)), delivery(chat_id=-5))
        await elsewhere._request[0].shutdown()
    assert (error.reason, error.new_chat_id, error.permanent) == (Reason.CHAT_GONE, -1009, True)


async def test_a_start_waits_for_telegram_but_not_for_a_wrong_token(
    emulator: Emulator, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    emulator.faults.away = True
    bot = build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot")
    connecting = asyncio.create_task(insist(bot.initialize))
    await until(lambda: caplog.messages)
    emulator.faults.away = False
    await connecting
    assert bot.username
    await bot.shutdown()
    wrong = build_bot("1:never-to-be-shown", f"{address}/bot", f"{address}/file/bot")
    with pytest.raises(InvalidToken) as caught:
        await insist(wrong.initialize)
    await wrong._request[0].shutdown()
    assert "never-to-be-shown" not in f"{caught.value}{caplog.text}"


class Called(NoFigures):
    """Keeps which calls were made and how they ended."""

    def __init__(self) -> None:
        self.results: list[tuple[str, str]] = []

    def telegram(self, method: str, result: str, seconds: float) -> None:
        self.results.append((method, result))


async def test_each_call_is_told_of_whoever_makes_it(emulator: Emulator, address: str) -> None:
    """With nobody to write to, a bot that hears nothing is seen by what it asks for alone."""
    seen = Called()
    bot = build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot", figures=seen)
    emulator.faults.away = True
    with pytest.raises(NetworkError):
        await bot.initialize()
    emulator.faults.away = False
    await bot.initialize()
    await Sender(bot, Limiter(0, stopwatch)).send(delivery("một"))
    await failed(Sender(bot, Limiter(0, stopwatch)), delivery(chat_id=999))
    await bot.call("getUpdates", timeout=0)
    emulator.faults.away = True
    with pytest.raises(NetworkError):
        await bot.call("getUpdates", timeout=0)
    await bot.shutdown()
    assert seen.results == [
        ("getMe", "NetworkError"),
        ("getMe", "ok"),
        ("sendMessage", "ok"),
        ("sendMessage", "BadRequest"),
        ("getUpdates", "ok"),
        ("getUpdates", "NetworkError"),
    ]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_through_a_proxy(
    emulator: Emulator, address: str, scheme: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with proxy(scheme) as (port, seen):
        bot = build_bot(
            emulator.token, f"{address}/bot", f"{address}/file/bot", f"{scheme}://127.0.0.1:{port}"
        )
        async with bot:
            await Sender(bot, Limiter(0, stopwatch)).send(delivery("qua proxy"))
    assert said(emulator, 101) == ["qua proxy"]
    assert seen
    assert emulator.token not in caplog.text


@asynccontextmanager
async def answering(body: bytes, status: int) -> AsyncIterator[str]:
    """Serve one answer to everything."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1") as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def proxy(scheme: str) -> AsyncIterator[tuple[int, list[str]]]:
    """A small proxy: it notes where it was asked to go, and goes there."""
    seen: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            greet = _greet_socks if scheme == "socks5" else _greet_http
            host, port, first = await greet(reader, writer)
            seen.append(host)
            there, onward = await asyncio.open_connection(host, port)
            whole_address = f"http://{host}:{port}".encode() if scheme == "http" else b""
            onward.write(first.replace(whole_address, b"", 1))
            await asyncio.gather(_pipe(reader, onward, whole_address), _pipe(there, writer))

    async with await asyncio.start_server(serve, "127.0.0.1") as server:
        yield server.sockets[0].getsockname()[1], seen


async def _greet_socks(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> tuple[str, int, bytes]:
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    kind = (await reader.readexactly(4))[3]
    if kind == 1:
        host = ".".join(map(str, await reader.readexactly(4)))
    else:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
    port = int.from_bytes(await reader.readexactly(2))
    writer.write(b"\x05\x00\x00\x01" + bytes(6))
    return host, port, b""


async def _greet_http(
    reader: asyncio.StreamReader, _: asyncio.StreamWriter
) -> tuple[str, int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    place = head.split(b" ")[1].removeprefix(b"http://").split(b"/")[0].decode()
    host, port = place.split(":")
    return host, int(port), head


async def _pipe(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, drop: bytes = b""
) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data.replace(drop, b"", 1) if drop else data)
            await writer.drain()
    writer.close()
