"""A text that bears a mark of secrecy is never stored; guidance that names the marks is none."""

from telegram import Update

from bot.delivery.telegram_http import TelegramBot
from bot.playground.gestures import Gestures
from storage.database import Database, Row
from storage.records import UpdateKey
from tests.delivery.conftest import until
from tests.delivery.hearing import Chat, an_inbox, message, rows, running


async def test_a_marked_text_is_never_stored(
    db: Database, bot: TelegramBot, gestures: Gestures
) -> None:
    chat = Chat()
    gestures.say(101, "Văn bản Tối mật về kế hoạch X")
    gestures.upload(102, "document", "Tối mật - danh sách.pdf", "application/pdf", b"%PDF")
    gestures.upload(103, "document", "a.pdf", "application/pdf", b"%PDF", "kèm bản Tối mật")
    quoted = gestures.say(104, "Tối mật nữa")
    gestures.say(104, "như trên", reply_to=quoted.id)
    stored: list[Row] = []

    async def peek(update: Update, key: UpdateKey, mark: str | None) -> None:
        stored.extend(await db.fetch("SELECT body FROM inbox WHERE update_id = $1", key.update_id))
        await chat.handle(update, key, mark)

    async with running(an_inbox(db, bot, chat, handle=peek), bot):
        await until(lambda: len(chat.heard) == 5)
    assert chat.marks == ["mat"] * 5
    assert {text for _, text in chat.heard} == {""}
    assert {heard_in for heard_in, _ in chat.heard} == {101, 102, 103, 104}
    bodies = [row["body"] for row in stored]
    assert len(bodies) == 5
    assert not any("mật" in body or "như" in body or "Người" in body for body in bodies)
    assert [row["mark"] for row in await rows(db)] == ["mat"] * 5


async def test_a_press_on_guidance_that_names_the_marks_is_no_secret(
    db: Database, bot: TelegramBot
) -> None:
    chat = Chat()
    inbox = an_inbox(db, bot, chat)
    guidance = message(1, 101, "Không gửi văn bản Tối mật")["message"]
    guidance["from"] = {"id": 1, "is_bot": True, "first_name": "Đôn Đốc"}
    who = {"id": 101, "first_name": "An", "is_bot": False}
    press = {"id": "1", "from": who, "chat_instance": "1", "data": "x", "message": guidance}
    await inbox.start()
    await inbox.receive([{"update_id": 1, "callback_query": press}])
    await until(lambda: chat.heard)
    await inbox.stop()
    assert chat.marks == [None]
