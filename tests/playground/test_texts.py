"""What Telegram takes as a text, and its own words for what it does not."""

from typing import Any

import pytest
from telegram import Bot, MessageEntity
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.playground.emulator import Emulator
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from tests.playground.conftest import AN, LINH


async def test_4096_characters_pass_and_one_more_does_not(bot: Bot) -> None:
    message = await bot.send_message(LINH, f"<b>{'a' * 4096}</b>", ParseMode.HTML)
    assert message.text
    assert len(message.text) == 4096
    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        await bot.send_message(LINH, "a" * 4097)


async def test_letters_beyond_the_basic_plane_count_twice(bot: Bot) -> None:
    await bot.send_message(LINH, "😀" * 2048)
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(LINH, "😀" * 2048 + "a")


@pytest.mark.parametrize("text", ["", "   \n ", "<b></b>", "<b> </b>"])
async def test_an_empty_text_is_refused(bot: Bot, text: str) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(LINH, text, ParseMode.HTML)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>chưa đóng", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ạ <div>x</div>", 'Unsupported start tag "div" at byte offset 4'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x>y</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_html_that_does_not_parse(
    bot: Bot, emulator: Emulator, text: str, reason: str
) -> None:
    with pytest.raises(BadRequest, match=r"^Can't parse entities: "):
        await bot.send_message(LINH, text, ParseMode.HTML)
    assert emulator.calls[-1].outcome == f"Bad Request: can't parse entities: {reason}"


async def test_html_becomes_entities_with_utf16_offsets(bot: Bot) -> None:
    message = await bot.send_message(
        LINH,
        "  😀 <b>đậm <i>nghiêng</i></b> &lt;<a href='https://example.org'>nối</a>&gt; "
        '<pre><code class="language-python">x</code></pre><tg-spoiler>kín</tg-spoiler> '
        "<blockquote expandable>dài</blockquote><code>/viec</code> /viec @ai_do #viec",
        ParseMode.HTML,
    )
    assert message.text == "😀 đậm nghiêng <nối> xkín dài/viec /viec @ai_do #viec"
    found = [(kind.type, text) for kind, text in message.parse_entities().items()]
    assert found == [
        ("bold", "đậm nghiêng"),
        ("italic", "nghiêng"),
        ("text_link", "nối"),
        ("pre", "x"),
        ("spoiler", "kín"),
        ("expandable_blockquote", "dài"),
        ("code", "/viec"),
        ("bot_command", "/viec"),
        ("mention", "@ai_do"),
        ("hashtag", "#viec"),
    ]
    assert message.entities[0].offset == 3
    assert message.entities[3].language == "python"


async def test_a_persons_text_comes_with_entities(bot: Bot, play: Remote) -> None:
    linh = await Phone.of(play, LINH)
    mention = {"type": "text_mention", "offset": 5, "length": 9, "user": {"id": AN}}
    mention["user"] = {"id": AN, "is_bot": False, "first_name": "Mạc Thiên Ân"}
    await linh.say("/giao Từ Bảo Uyên và @thienan", entities=[mention])
    (update,) = await bot.get_updates(timeout=5)
    assert update.message
    kinds = [entity.type for entity in update.message.entities]
    assert kinds == [MessageEntity.BOT_COMMAND, MessageEntity.TEXT_MENTION, MessageEntity.MENTION]
    assert update.message.from_user
    assert update.message.from_user.username == "linh_cvp"


async def test_dates_are_not_commands(bot: Bot) -> None:
    message = await bot.send_message(LINH, "ngày 12/2026, soạn/trình, 88-KH/TU")
    assert message.entities == ()


async def test_edits_change_in_place_and_keep_what_was(bot: Bot, emulator: Emulator) -> None:
    message = await bot.send_message(LINH, "một")
    edited = await bot.edit_message_text("<i>hai</i>", LINH, message.id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert (edited.text_html, edited.message_id) == ("<i>hai</i>", message.message_id)
    kept = emulator.messages.find(LINH, message.id)
    assert kept
    assert [version["text"] for version in kept.history] == ["một"]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        ({"text": "một"}, "Message is not modified: specified new message content and reply markup "
         "are exactly the same as a current content and reply markup of the message"),
        ({"text": "hai", "message_id": 999}, "Message to edit not found"),
        ({"text": "hai", "chat_id": 1}, "Chat not found"),
        ({"text": "a" * 4097}, "Message_too_long"),
    ],
)  # fmt: skip
async def test_edits_that_telegram_refuses(bot: Bot, edit: dict[str, Any], reason: str) -> None:
    message = await bot.send_message(LINH, "một")
    with pytest.raises(BadRequest) as refused:
        await bot.edit_message_text(**({"chat_id": LINH, "message_id": message.id} | edit))
    assert refused.value.message == reason


async def test_a_persons_message_cannot_be_edited(bot: Bot, play: Remote) -> None:
    said = await (await Phone.of(play, LINH)).say("của tôi")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("của bot", LINH, said.id)


async def test_a_deleted_message_is_gone(bot: Bot) -> None:
    message = await bot.send_message(LINH, "một")
    assert await bot.delete_message(LINH, message.id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(LINH, message.id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(LINH, "hai", reply_to_message_id=message.id)


async def test_a_message_older_than_48_hours_stays(bot: Bot, play: Remote) -> None:
    message = await bot.send_message(LINH, "một")
    await play.advance(hours=49)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(LINH, message.id)


async def test_own_edits_reach_the_bot(bot: Bot, play: Remote) -> None:
    linh = await Phone.of(play, LINH)
    said = await linh.say("một")
    await linh.edit(said, "hai")
    first, second = await bot.get_updates(timeout=5)
    assert first.message
    assert second.edited_message
    assert second.edited_message.text == "hai"
    assert second.edited_message.message_id == first.message.message_id
    assert second.edited_message.edit_date
