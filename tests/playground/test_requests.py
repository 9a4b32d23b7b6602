"""Calls as any client may send them: query, form, JSON, and what is none of them."""

import pytest
from telegram import Bot

from bot.playground.remote import Remote
from tests.playground.conftest import LINH


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("GET", {"params": {"chat_id": LINH, "text": "chào"}}),
        ("POST", {"data": {"chat_id": str(LINH), "text": "chào"}}),
        ("POST", {"json": {"chat_id": LINH, "text": "chào"}}),
        ("POST", {"json": {"chat_id": LINH, "text": "chào", "reply_markup": "{}"}}),
    ],
)
async def test_every_way_to_send_parameters(
    play: Remote, address: str, bot: Bot, verb: str, sent: dict[str, dict[str, str]]
) -> None:
    call = play.session.request(verb, f"{address}/bot{bot.token}/SENDMESSAGE", **sent)  # type: ignore[arg-type]
    async with call as answer:
        assert (await answer.json())["result"]["text"] == "chào"


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("application/json", b"{", "can't parse JSON object"),
        ("application/json", b"[1]", "can't parse JSON object"),
        ("application/x-www-form-urlencoded", b"text=\xff", "strings must be encoded in UTF-8"),
        ("application/x-www-form-urlencoded", b"", "chat_id is empty"),
    ],
)
async def test_what_cannot_be_read_is_a_bad_request(
    play: Remote, address: str, bot: Bot, kind: str, body: bytes, reason: str
) -> None:
    url = f"{address}/bot{bot.token}/sendMessage"
    async with play.session.post(url, data=body, headers={"content-type": kind}) as answer:
        assert answer.status == 400
        assert await answer.json() == {
            "ok": False,
            "error_code": 400,
            "description": f"Bad Request: {reason}",
        }
