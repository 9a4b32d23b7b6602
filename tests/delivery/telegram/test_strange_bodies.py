"""Answers without end, packed a thousandfold, slow, sent from elsewhere, or files of this machine: read within bounds, or not at all."""

import gzip
import json
import resource
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from telegram.error import TimedOut

from bot.chat.messages import Delivery, Message
from bot.clock import stopwatch
from bot.delivery.telegram import http_client
from bot.delivery.telegram.answers import Nonsense
from bot.delivery.telegram.errors import DeliveryFailed, Reason
from bot.refusals import No, Refusal
from tests.delivery.strange import FILE, TOKEN, Answer, fine, sender, strange_server, telegram

SAID = Delivery(101, Message("chào"))
CHUNK = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
BOMB = gzip.compress(b'{"ok":true,"result":"' + b" " * 200_000_000 + b'"}')
ENDLESS = [
    pytest.param(Answer(b"", headers=("Transfer-Encoding: chunked",), more=CHUNK), id="chunks"),
    pytest.param(Answer(b"", headers=("Content-Length: 4000000000",), more=CHUNK), id="gigabytes"),
    pytest.param(Answer(b"", headers=("Connection: close",), more=CHUNK), id="until closed"),
    pytest.param(Answer(BOMB, headers=("Content-Encoding: gzip",)), id="packed"),
    pytest.param(Answer(b"[" * 10_000_000), id="long"),
    pytest.param(Answer(b"[" * 100_000), id="nested"),
]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.telegram.sender._FETCH_AGAIN_SECONDS", 0.0)


@pytest.mark.parametrize("answer", ENDLESS)
async def test_an_answer_without_end_is_read_no_further_than_one_can_be(answer: Answer) -> None:
    before, begun = most_memory(), stopwatch()
    async with telegram(sendMessage=answer) as (bot, _):
        with pytest.raises(DeliveryFailed) as caught:
            await sender(bot).send(SAID)
    assert (caught.value.reason, caught.value.may_have_gone) == (Reason.NONSENSE, True)
    assert stopwatch() - begun < 5
    assert most_memory() - before < 60


@pytest.mark.parametrize("answer", ENDLESS[:4])
@pytest.mark.parametrize("size", [None, 3])
async def test_a_file_without_end_is_read_no_further_than_one_may_be(
    answer: Answer, size: int | None
) -> None:
    before = most_memory()
    async with telegram(getFile=FILE | {"file_size": size}, file=answer) as (bot, _):
        with pytest.raises(Refusal) as caught:
            await sender(bot).download("f", 1024 * 1024)
    assert caught.value.kind is (No.FILE_TOO_LARGE if size is None else No.FILE_GONE)
    assert most_memory() - before < 60


def most_memory() -> float:
    """Return the megabytes this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def test_an_answer_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("READ", "WRITE", "CONNECT", "POOL"):
        monkeypatch.setattr(http_client, f"{name}_SECONDS", 0.2)
    drip = Answer(b"", headers=("Content-Length: 1000",), more=b" ", pause=0.05)
    told = FILE | {"file_size": 1000}
    async with telegram(sendMessage=drip, getUpdates=drip, getFile=told, file=drip) as (bot, _):
        for call in (sender(bot).send(SAID), sender(bot).download("f", 10**6)):
            begun = stopwatch()
            with pytest.raises(DeliveryFailed) as caught:
                await call
            assert caught.value.reason is Reason.TIMED_OUT
            assert stopwatch() - begun < 3
        with pytest.raises(TimedOut):
            await bot.call("getUpdates", read_timeout=0.2)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_nothing_is_told_to_an_address_that_an_answer_leads_to(status: int) -> None:
    async with strange_server(lambda _: fine({"message_id": 7})) as elsewhere:
        away = Answer(b"", status, (f"Location: {elsewhere.address}/bot{TOKEN}/sendMessage",))
        async with telegram(sendMessage=away, getFile=away, file=away) as (bot, _):
            for call in (
                sender(bot).send(SAID),
                sender(bot).send_file(101, b"abc", "a.txt"),
                sender(bot).download("f", 10),
            ):
                with pytest.raises((DeliveryFailed, Refusal)):
                    await call
        assert elsewhere.asked == []


async def test_no_file_of_this_machine_is_read_in_place_of_one_of_telegrams(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    secret = tmp_path / "config.toml"
    secret.write_bytes(b"abc")
    for path in ("config.toml", str(secret), f"{tmp_path}/{TOKEN}/../config.toml", "/dev/zero"):
        async with telegram(getFile=FILE | {"file_path": path}, file=b"xyz") as (bot, _):
            try:
                told = await sender(bot).download("f", 10)
            except Refusal as refused:
                assert refused.kind is No.FILE_GONE  # noqa: PT017 - or what the server has there
            else:
                assert told == b"xyz"


async def test_a_server_of_the_offices_own_on_this_machine_hands_out_its_folder(
    tmp_path: Path,
) -> None:
    """With --local it says where a file lies, and keeps each bot's in a folder named by its token."""
    kept = tmp_path / TOKEN / "documents" / "a.pdf"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"abc")
    async with telegram(getFile=FILE | {"file_path": str(kept)}) as (bot, _):
        assert await sender(bot).download("f", 10) == b"abc"
        with pytest.raises(Refusal) as caught:
            await sender(bot).download("f", 2)
    assert caught.value.kind is No.FILE_TOO_LARGE


@pytest.mark.parametrize(
    "path",
    ["../../getMe", "a/../../x", "./a", "a//b", "a\x00b", "\ud800", "a\nb", "", "/", "x" * 5000],
)
async def test_a_strange_path_is_asked_for_of_nobody(path: str) -> None:
    async with telegram(getFile=FILE | {"file_path": path}) as (bot, server):
        with pytest.raises(Refusal) as caught:
            await sender(bot).download("f", 10)
    assert caught.value.kind is No.FILE_GONE
    assert set(server.methods()) == {"getFile"}


@pytest.mark.parametrize(
    "path", ["a b.pdf", "tài liệu/văn bản.pdf", "a?b#c.pdf", "a%2e%2e/b", "@a:b"]
)
async def test_any_other_path_is_asked_for_as_it_is(path: str) -> None:
    async with telegram(getFile=FILE | {"file_path": path}) as (bot, server):
        assert await sender(bot).download("f", 10) == b"abc"
    assert [unquote(one) for one in server.methods()] == ["getFile", f"file/{path}"]


@pytest.mark.parametrize(
    "body",
    [b"<html>Blocked by the firewall</html>", b"", b"ab", b"abcd", Answer(b"Forbidden", 403)],
)
async def test_a_file_that_comes_as_something_else_is_gone_and_nobody_waits_for_it(
    body: bytes | Answer,
) -> None:
    """Behind a firewall that lets no such file through; it was tried again for a day, and all behind it waited."""
    async with telegram(file=body) as (bot, server):
        with pytest.raises(Refusal) as caught:
            await sender(bot).download("f", 100)
    assert caught.value.kind is No.FILE_GONE
    assert server.methods().count("getFile") == 3


async def test_a_server_that_is_away_for_a_moment_loses_no_file() -> None:
    answers: list[Any] = [Answer(b"Bad Gateway", 502)]
    async with telegram(file=answers[0]) as (bot, _):
        with pytest.raises(DeliveryFailed):
            await sender(bot).download("f", 100)


async def test_who_answers_for_another_bot_is_not_believed() -> None:
    other = {"id": 2, "is_bot": True, "first_name": "Bot", "username": "other_bot"}
    async with telegram(getMe=other) as (bot, _):
        with pytest.raises(Nonsense):
            await bot.initialize()


async def test_no_header_and_no_length_ends_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("READ", "WRITE", "CONNECT", "POOL"):
        monkeypatch.setattr(http_client, f"{name}_SECONDS", 0.3)
    body = json.dumps({"ok": True, "result": {"message_id": 7}}).encode()
    for header in (
        *("Content-Length: -1", "Content-Length: x", "Content-Length: 5", "Content-Length: 50000"),
        *("Transfer-Encoding: chunked", "Transfer-Encoding: x", "Content-Encoding: gzip"),
        *("Content-Encoding: br, gzip, deflate", "Set-Cookie: " + "a" * 20_000, "X: \x00"),
        *("Content-Type: \ud7ff", "Location: http://[", ": :", "Connection: upgrade"),
    ):
        async with telegram(sendMessage=Answer(body, headers=(header,))) as (bot, _):
            try:
                assert await sender(bot).send(SAID) == 7
            except DeliveryFailed as failed:
                assert not failed.permanent  # noqa: PT017 - either is right
