"""Files sent at once to a group: one of them said to the bot brings the others."""

import asyncio

from bot.delivery.telegram.http_client import TelegramBot
from storage.engine.database import Database
from tests.delivery.hearing import Chat, an_inbox


def part(number: int, album: str, caption: str | None = None) -> dict[str, object]:
    """Return one of files sent at once to a group."""
    group = {"id": -5, "type": "supergroup", "title": "Tổ"}
    said = {"caption": caption} if caption else {}
    message = {"message_id": number, "date": 1, "chat": group, "media_group_id": album, **said}
    return {"update_id": number, "message": message}


async def test_of_files_sent_at_once_to_a_group_one_brings_the_others(
    db: Database, bot: TelegramBot
) -> None:
    inbox = an_inbox(db, bot, Chat())
    await inbox.receive([part(1, "x"), part(2, "y"), part(3, "z")])
    await inbox.receive([part(4, "x"), part(5, "x", "/giao Ân soạn")])
    await inbox.receive([part(6, "y"), part(7, "z", "/giao Tối mật"), part(8, "z")])
    await an_inbox(db, bot, Chat()).receive([part(9, "x"), part(10, "y")])
    rows = await db.fetch("SELECT update_id, mark FROM inbox ORDER BY update_id")
    assert [row["update_id"] for row in rows] == [1, 4, 5, 7, 9]
    assert [row["mark"] for row in rows] == [None, None, None, "mat", None]


async def test_of_files_sent_at_once_each_instance_finds_what_it_let_go_by_what_another_kept(
    db: Database, bot: TelegramBot
) -> None:
    here, there = (an_inbox(db, bot, Chat(), owner=one) for one in ("here", "there"))
    await here.receive([part(1, "x"), part(2, "y")])
    await here.look()
    assert await db.fetch("SELECT update_id FROM inbox") == []
    await there.receive([part(3, "x", "/giao Ân soạn"), part(4, "y")])
    await here.look()
    await there.look()
    rows = await db.fetch("SELECT update_id FROM inbox ORDER BY update_id")
    assert [row["update_id"] for row in rows] == [1, 3]
    await there.receive([part(5, "y", "/giao Ân soạn")])
    await asyncio.gather(here.look(), there.look())
    rows = await db.fetch("SELECT update_id FROM inbox ORDER BY update_id")
    assert [row["update_id"] for row in rows] == [1, 2, 3, 4, 5]
