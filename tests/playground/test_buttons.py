"""Keyboards within Telegram's limits, presses and what answers them."""

import time

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.playground.emulator import QUERY_LIFETIME, Emulator, Query
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from tests.playground.conftest import LINH


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one[:8], callback_data=one)] for one in data]
    )


async def test_64_bytes_of_data_pass_and_one_more_does_not(bot: Bot) -> None:
    await bot.send_message(LINH, "nút", reply_markup=keyboard("đ" * 32))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(LINH, "nút", reply_markup=keyboard("đ" * 32 + "x"))


async def test_100_buttons_pass_and_one_more_does_not(bot: Bot) -> None:
    await bot.send_message(LINH, "nút", reply_markup=keyboard(*map(str, range(100))))
    with pytest.raises(BadRequest, match="Reply_markup_too_long"):
        await bot.send_message(LINH, "nút", reply_markup=keyboard(*map(str, range(101))))


async def test_a_button_that_does_nothing_is_refused(bot: Bot) -> None:
    useless = InlineKeyboardMarkup([[InlineKeyboardButton("Bấm")]])
    with pytest.raises(BadRequest, match="text buttons are unallowed"):
        await bot.send_message(LINH, "nút", reply_markup=useless)


async def test_a_press_reaches_the_bot_and_its_answer_the_person(bot: Bot, play: Remote) -> None:
    linh = await Phone.of(play, LINH)
    message = await bot.send_message(LINH, "nút", reply_markup=keyboard("nhan:1"))
    await linh.press_and_go("nhan:1")
    (update,) = await bot.get_updates(timeout=5)
    query = update.callback_query
    assert query
    assert query.message
    assert (query.data, query.from_user.id) == ("nhan:1", LINH)
    assert query.message.message_id == message.message_id
    assert await bot.answer_callback_query(query.id, "x" * 200, show_alert=True)
    events = (await play.get("events", chat=LINH))["events"]
    assert [(one["text"], one["alert"]) for one in events if one["kind"] == "toast"] == [
        ("x" * 200, True)
    ]
    with pytest.raises(BadRequest, match="query id is invalid"):
        await bot.answer_callback_query(query.id)


async def test_an_answer_is_200_characters_at_most(bot: Bot, play: Remote) -> None:
    await bot.send_message(LINH, "nút", reply_markup=keyboard("a"))
    query = await (await Phone.of(play, LINH)).press_and_go("a")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(query, "x" * 201)


async def test_an_answer_too_late_is_refused(bot: Bot, emulator: Emulator) -> None:
    long_ago = time.monotonic() - QUERY_LIFETIME - 1
    emulator.queries["7"] = Query("7", LINH, LINH, long_ago)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await bot.answer_callback_query("7")


async def test_the_keyboard_alone_can_be_changed_and_taken_away(bot: Bot) -> None:
    message = await bot.send_message(LINH, "nút", reply_markup=keyboard("a"))
    changed = await bot.edit_message_reply_markup(LINH, message.id, reply_markup=keyboard("b"))
    assert not isinstance(changed, bool)
    assert changed.reply_markup == keyboard("b")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(LINH, message.id, reply_markup=keyboard("b"))
    bare = await bot.edit_message_text("nút", LINH, message.id)
    assert not isinstance(bare, bool)
    assert bare.reply_markup is None
