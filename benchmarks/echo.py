"""The two bots that ours is measured against; each answers a text with the same text.

    python -m benchmarks.echo bare|lanes BASE_URL TOKEN

`bare` is python-telegram-bot as its first example has it, `lanes` the same over our poll, our lanes
and our HTTP client, without a database.
"""

import asyncio
import json
import sys
from collections import deque
from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.chat.messages import Delivery, Message
from bot.clock import stopwatch, system_clock
from bot.delivery.inbox.ordered_lanes import Lanes
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.telegram.http_client import build_bot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.poll import Poll
from bot.delivery.telegram.sender import Sender


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def bare(base_url: str, token: str) -> None:
    application = ApplicationBuilder().token(token).base_url(base_url).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


async def lanes(base_url: str, token: str) -> None:
    bot = build_bot(token, base_url, base_url)
    sender = Sender(bot, Limiter(0, stopwatch))

    async def work(waiting: deque[str]) -> None:
        update = Update.de_json(json.loads(waiting.popleft()), bot)
        if update.message is not None and update.message.text is not None:
            await sender.send(Delivery(update.message.chat_id, Message(update.message.text)))

    busy: Lanes[str] = Lanes(64, work)

    async def receive(raws: Sequence[Any]) -> None:
        busy.add((raw["message"]["chat"]["id"], json.dumps(raw)) for raw in raws)

    async def has_room() -> None: ...

    async with bot:
        busy.start()
        await Poll(bot, receive, has_room, Away(system_clock, print)).run()


if __name__ == "__main__":
    _, kind, url, secret = sys.argv
    if kind == "bare":
        bare(url, secret)
    else:
        asyncio.run(lanes(url, secret))
