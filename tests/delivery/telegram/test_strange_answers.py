"""Telegram's answers fit what it publishes but for one place: such a call has failed, and nothing worse comes of it."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram.error import TelegramError

from bot.chat.messages import Delivery, Message
from bot.clock import system_clock
from bot.delivery.telegram import answers as telegram_answers
from bot.delivery.telegram.check import NoTelegram, name_and_updates
from bot.delivery.telegram.delete_message import Clearer
from bot.delivery.telegram.errors import DeliveryFailed, Reason
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.webhook_registration import Hook
from bot.refusals import Refusal
from tests.delivery.conftest import until
from tests.delivery.strange import KNOWN, Answer, fine, refused, sender, telegram
from tests.published import broken, result, written

SAID = Delivery(101, Message("chào"))


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.telegram.sender._FETCH_AGAIN_SECONDS", 0.0)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all the examples of a test."""
    with asyncio.Runner() as runner:
        yield runner


Call = Callable[[TelegramBot], Awaitable[Any]]


async def begun(bot: TelegramBot) -> tuple[int, str]:
    await bot.initialize()
    return bot.id, bot.username


def a_message(told: Any) -> bool:
    number = told.get("message_id") if isinstance(told, dict) else None
    return type(number) is int and 0 < number < 2**53


def done(told: Any) -> bool:
    return told is True


def a_message_or_done(told: Any) -> bool:
    return done(told) or a_message(told)


def anything(told: Any) -> bool:
    return True


CALLS: list[tuple[str, Call, Callable[[Any], bool]]] = [
    ("sendMessage", lambda bot: sender(bot).send(SAID), a_message),
    ("sendDocument", lambda bot: sender(bot).send_file(101, b"abc", "a.txt"), a_message),
    ("sendPhoto", lambda bot: sender(bot).send_photo(101, b"abc"), a_message),
    ("editMessageText", lambda bot: sender(bot).edit(SAID, 7, 0), a_message_or_done),
    ("answerCallbackQuery", lambda bot: sender(bot).answer_press("5", "chào"), done),
    ("setMyCommands", lambda bot: sender(bot).set_menu(101, [("viec", "Việc")]), done),
    ("deleteMessage", lambda bot: Clearer(sender(bot)).delete(101, 7), done),
    ("editMessageReplyMarkup", lambda bot: Clearer(sender(bot)).strip(101, 7), a_message_or_done),
    ("getFile", lambda bot: sender(bot).download("f", 10), anything),
    ("getMe", begun, anything),
    ("getMe", name_and_updates, anything),
    ("getWebhookInfo", name_and_updates, anything),
]
"""Methods, how the program calls them, and whether the result of one that went well may be of this shape."""

FAILED = (DeliveryFailed, Refusal, NoTelegram, TelegramError)


@pytest.mark.parametrize(("method", "call", "may_be"), CALLS)
def test_a_result_with_one_field_broken(
    runner: asyncio.Runner, method: str, call: Call, may_be: Callable[[Any], bool], long: bool
) -> None:
    @examples(long)
    @given(told=broken(result(method)))
    def tried(told: Any) -> None:
        went_well = runner.run(goes_well(call, method, fine(told)))
        assert may_be(told) or not went_well

    tried()


@pytest.mark.parametrize(("method", "call", "may_be"), CALLS)
async def test_a_result_as_published_is_taken(
    method: str, call: Call, may_be: Callable[[Any], bool]
) -> None:
    message = {"message_id": 7, "date": 1, "chat": {"id": 101, "type": "private"}}
    told = KNOWN.get(method, message if method.startswith(("send", "edit")) else True)
    assert may_be(told)
    assert await goes_well(call, method, fine(told))


REFUSED = {
    "ok": False,
    "error_code": 429,
    "description": "Too Many Requests: retry after 5000",
    "parameters": {"retry_after": 5000, "migrate_to_chat_id": -1001},
}
STATUSES = [200, 204, 302, 400, 401, 403, 404, 409, 413, 429, 500, 502, 999]


@pytest.mark.parametrize(("method", "call", "may_be"), CALLS)
def test_an_answer_that_is_broken_around_its_result(
    runner: asyncio.Runner, method: str, call: Call, may_be: Callable[[Any], bool], long: bool
) -> None:
    @examples(long)
    @given(
        answer=broken(st.just(REFUSED) | st.just({"ok": True, "result": None})),
        status=st.sampled_from(STATUSES),
    )
    def tried(answer: Any, status: int) -> None:
        went_well = runner.run(goes_well(call, method, Answer(written(answer), status)))
        told = answer if isinstance(answer, dict) else {}
        fits = told.get("ok") is True and may_be(told.get("result"))
        assert not went_well or fits or method == "answerCallbackQuery", "it may come too late"

    tried()


async def goes_well(call: Call, method: str, answer: Answer) -> bool:
    """Tell whether a call goes well; anything but an answer that it failed is raised."""
    async with telegram(**{method: answer}) as (bot, _):
        try:
            async with asyncio.timeout(5):
                await call(bot)
        except FAILED as failed:
            told = str(failed)
            assert told.isprintable()
            assert len(told) < 500
            return False
    return True


def examples(long: bool) -> settings:
    return settings(
        deadline=None,
        database=None,
        derandomize=not long,
        max_examples=500 if long else 25,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize(
    ("code", "parameters", "reason", "seconds"),
    [
        (429, {"retry_after": 5000}, Reason.FLOODED, 3600.0),
        (429, {"retry_after": 10**9}, Reason.FLOODED, 3600.0),
        (429, {"retry_after": 2**70}, Reason.FLOODED, 3600.0),
        (429, {"retry_after": 60}, Reason.FLOODED, 60.0),
        (429, {"retry_after": -5}, Reason.NONSENSE, None),
        (429, {"retry_after": 0}, Reason.NONSENSE, None),
        (429, {"retry_after": "soon"}, Reason.NONSENSE, None),
        (429, {"retry_after": True}, Reason.NONSENSE, None),
        (429, {"retry_after": float("inf")}, Reason.NONSENSE, None),
        (429, {}, Reason.SERVER, None),
        (400, {"migrate_to_chat_id": -1001}, Reason.SERVER, None),
        (400, {"migrate_to_chat_id": 700000001}, Reason.NONSENSE, None),
        (400, {"migrate_to_chat_id": "-1001"}, Reason.NONSENSE, None),
        (400, {"migrate_to_chat_id": -(2**70)}, Reason.NONSENSE, None),
    ],
)
async def test_what_telegram_asks_for_is_done_within_reason(
    code: int, parameters: dict[str, Any], reason: Reason, seconds: float | None
) -> None:
    async with telegram(sendMessage=refused(code, "no", **parameters)) as (bot, _):
        with pytest.raises(DeliveryFailed) as caught:
            await sender(bot).send(SAID)
    failed = caught.value
    assert (failed.reason, failed.permanent, failed.new_chat_id) == (reason, False, None)
    assert failed.retry_after == (seconds and pytest.approx(seconds, abs=2))


@pytest.mark.parametrize(("new", "moved"), [(-1001, True), (-5, False)])
async def test_a_group_moves_nowhere_but_elsewhere(new: int, moved: bool) -> None:
    async with telegram(sendMessage=refused(400, "no", migrate_to_chat_id=new)) as (bot, _):
        with pytest.raises(DeliveryFailed) as caught:
            await sender(bot).send(Delivery(-5, Message("chào")))
    assert (caught.value.new_chat_id == new, caught.value.permanent) == (moved, moved)


async def test_a_webhook_is_set_again_whatever_was_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing ends it but an address that Telegram refuses."""
    for pause in ("_LOOK_SECONDS", "_AGAIN_SECONDS"):
        monkeypatch.setattr(f"bot.delivery.telegram.webhook_registration.{pause}", 0.01)
    given: tuple[object, ...] = (None, "x", {}, 1, [True])
    strange = [fine(one) for one in given]
    strange += [refused(code) for code in (401, 403, 404, 409, 429, 500)]
    strange += [Answer(b""), Answer(b"", 302), refused(400, "no", migrate_to_chat_id=-1)]
    away = Away(system_clock, lambda _: None)
    async with telegram() as (bot, server):
        answers, known = strange * 2, server.answers
        server.answers = lambda method: answers.pop() if answers else known(method)
        hook = Hook(bot, "https://dondoc.example.vn/telegram", "s" * 16, 5, None, away)
        running = asyncio.create_task(hook.run())
        await until(lambda: not answers or running.done())
        await until(lambda: server.methods().count("setWebhook") > len(strange))
        assert not running.done()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def test_every_method_that_is_called_is_known() -> None:
    """A method without a shape would be taken as it comes."""
    called: set[str] = set()
    for file in Path("bot").rglob("*.py"):
        if "playground" not in file.parts:
            code = file.read_text("utf-8")
            called |= set(re.findall(r"""(?:call|_do|_post)\(\s*"(\w+)\"""", code))
            named = re.findall(r"bot\.((?:get|set|delete|send|answer|edit|leave)_\w+)\(?", code)
            called |= {re.sub(r"_(\w)", lambda one: one[1].upper(), name) for name in named}
    assert {"getUpdates", "sendPhoto", "setWebhook", "deleteMessage", "getFile"} <= called
    assert called <= set(telegram_answers._SHAPES)
