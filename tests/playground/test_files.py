"""Files both ways, with Telegram's limits."""

import struct

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError

from bot.playground.files import MAX_DOWNLOAD, MAX_UPLOAD
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from tests.playground.conftest import LINH

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x0dIHDR" + struct.pack(">II", 2000, 1000) + b"\x08\x02"


async def test_a_document_goes_to_the_person_and_back(bot: Bot, play: Remote) -> None:
    sent = await bot.send_document(
        LINH, "nội dung".encode(), filename="báo cáo.txt", caption="<b>Gửi</b>", parse_mode="HTML"
    )
    assert sent.document
    assert (sent.document.file_name, sent.document.mime_type) == ("báo cáo.txt", "text/plain")
    assert sent.caption_entities[0].type == "bold"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == "nội dung".encode()
    again = await bot.send_document(LINH, sent.document.file_id)
    assert again.document == sent.document


async def test_a_picture_has_sizes_the_largest_last(bot: Bot, play: Remote) -> None:
    linh = await Phone.of(play, LINH)
    await linh.send_file("ảnh.png", PICTURE, kind="photo", caption="Đây")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message
    widths = [size.width for size in update.message.photo]
    assert widths == [90, 320, 800, 1280]
    assert update.message.photo[-1].height == 640
    assert update.message.caption == "Đây"
    back = await bot.send_photo(LINH, update.message.photo[-1].file_id)
    assert len(back.photo) == 4


async def test_a_voice_message(bot: Bot, play: Remote) -> None:
    await (await Phone.of(play, LINH)).send_file("loi.ogg", b"OggS", kind="voice")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message
    assert update.message.voice
    assert update.message.voice.file_size == 4


async def test_what_is_no_picture_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(LINH, b"no picture at all")
    with pytest.raises(BadRequest, match="File of size 10485761 bytes is too big for a photo"):
        await bot.send_photo(LINH, b"\xff" * (10 * 1024 * 1024 + 1))


async def test_a_caption_is_1024_characters_at_most(bot: Bot) -> None:
    sent = await bot.send_document(LINH, b"x", filename="x.txt", caption="a" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(LINH, b"x", caption="a" * 1025)
    edited = await bot.edit_message_caption(LINH, sent.id, caption="b")
    assert not isinstance(edited, bool)
    assert edited.caption == "b"
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("c", LINH, sent.id)


async def test_50_megabytes_up_and_20_down(bot: Bot) -> None:
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(LINH, b"x" * (MAX_UPLOAD + 1))
    large = await bot.send_document(LINH, b"x" * (MAX_DOWNLOAD + 1))
    assert large.document
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(large.document.file_id)


async def test_an_empty_file_and_an_unknown_id(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(LINH, b"")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(LINH, "unknown")
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("unknown")
