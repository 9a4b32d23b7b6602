"""A small bot to talk to: it echoes, counts presses and sends files back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.playground.emulator import TOKEN

Context = ContextTypes.DEFAULT_TYPE


@asynccontextmanager
async def echo_bot(address: str) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """python-telegram-bot's own polling against the emulator, unchanged."""
    builder = ApplicationBuilder().token(TOKEN)
    app = builder.base_url(f"{address}/bot").base_file_url(f"{address}/file/bot").build()
    app.add_handler(MessageHandler(filters.Document.ALL | filters.PHOTO, _return_file))
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.TEXT, _echo))
    app.add_handler(CallbackQueryHandler(_count))
    await app.bot.initialize()
    await app.bot.set_my_commands([("viec", "Việc của tôi"), ("trogiup", "Trợ giúp")])
    await app.initialize()
    await app.start()
    assert app.updater
    await app.updater.start_polling(timeout=1)
    try:
        yield app
    finally:
        await app.updater.stop()
        await app.stop()
        await app.shutdown()
        await asyncio.sleep(0)


def _keyboard(count: int) -> InlineKeyboardMarkup:
    press = InlineKeyboardButton(f"✅ Đã nhận {count}", callback_data=f"count:{count}")
    alert = InlineKeyboardButton("Báo động", callback_data="alert")
    link = InlineKeyboardButton("Mở lịch", url="https://example.org/lich")
    return InlineKeyboardMarkup([[press, alert], [link]])


async def _echo(update: Update, context: Context) -> None:
    assert update.message
    text = update.message.text_html
    await update.message.reply_html(f"Đã nghe: <b>{text}</b>", reply_markup=_keyboard(0))


async def _return_file(update: Update, context: Context) -> None:
    assert update.message
    if update.message.photo:
        await update.message.reply_photo(update.message.photo[-1].file_id, caption="Ảnh đây")
    else:
        assert update.message.document
        await update.message.reply_document(update.message.document.file_id, caption="Tệp đây")


async def _count(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query
    assert query.data
    if query.data == "alert":
        await query.answer("Xin đồng chí chú ý", show_alert=True)
        return
    count = int(query.data.partition(":")[2]) + 1
    await query.answer(f"Đã ghi lần {count}")
    await query.edit_message_text(f"Đã bấm {count} lần", reply_markup=_keyboard(count))
