"""Updates from the emulator through the poll and the inbox, on a real database."""

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from telegram import Update

from bot.clock import Clock, system_clock
from bot.delivery.group_talk import is_overheard
from bot.delivery.inbox import Inbox
from bot.delivery.telegram_away import Away
from bot.delivery.telegram_failures import DeliveryFailed, Reason
from bot.delivery.telegram_http import TelegramBot, build_bot
from bot.delivery.telegram_poll import Poll, SecondPoller
from bot.delivery.telegram_updates import Handle, Raw, read
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from storage import inbox
from storage.database import Database, Row
from storage.records import Incoming, UpdateKey
from tests.delivery.conftest import OwnedClock, until


@dataclass
class Chat:
    """Handles updates by noting them; `trouble` says what handling a text raises, while it lasts."""

    heard: list[tuple[int, str]] = field(default_factory=list)
    marks: list[str | None] = field(default_factory=list)
    trouble: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    bugs: list[tuple[Exception, Incoming]] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)
    busy: int = 0
    most_busy: int = 0
    pause: float = 0.0

    async def handle(self, update: Update, key: UpdateKey, mark: str | None) -> None:
        text = (update.effective_message.text if update.effective_message else None) or ""
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        try:
            await asyncio.sleep(self.pause)
        finally:
            self.busy -= 1
        if self.trouble[text]:
            raise self.trouble[text].pop(0)
        assert update.effective_chat is not None
        self.heard.append((update.effective_chat.id, text))
        self.marks.append(mark)

    async def on_bug(self, error: Exception, row: Incoming) -> None:
        self.bugs.append((error, row))

    def of(self, chat_id: int) -> list[str]:
        return [text for heard_in, text in self.heard if heard_in == chat_id]


def secret(text: str) -> str | None:
    return "mat" if re.search(r"\bTối mật\b", text) else None


def an_inbox(
    db: Database,
    bot: TelegramBot,
    chat: Chat,
    *,
    owner: str = "one",
    clock: Clock = system_clock,
    handle: Handle | None = None,
) -> Inbox:
    return Inbox(
        db,
        1,
        owner=owner,
        clock=clock,
        gate=secret,
        overhears=partial(is_overheard, bot_id=1, username="dondoc_demo_bot"),
        read=partial(read, bot=bot),
        handle=handle or chat.handle,
        on_bug=chat.on_bug,
        on_trouble=chat.troubles.append,
    )


@asynccontextmanager
async def running(inbox: Inbox, bot: TelegramBot) -> AsyncIterator[Inbox]:
    await inbox.start()
    poll = asyncio.create_task(
        Poll(bot, inbox.receive, inbox.has_room, Away(system_clock, print)).run()
    )
    try:
        yield inbox
    finally:
        poll.cancel()
        await asyncio.gather(poll, return_exceptions=True)
        await inbox.stop()


def message(update_id: int, chat_id: int, text: str) -> Raw:
    person = {"id": chat_id, "first_name": "An", "is_bot": False}
    chat = {"id": chat_id, "type": "private"}
    inner = {"message_id": update_id, "date": 1, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": inner}


async def rows(db: Database) -> list[Row]:
    return await db.fetch("SELECT * FROM inbox ORDER BY update_id")


async def test_in_order_per_chat_and_chats_side_by_side(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    chat = Chat(pause=0.005)
    async with running(an_inbox(db, bot, chat), bot):
        for number in range(5):
            for person in range(101, 141):
                gestures.say(person, f"lời {number}")
        await until(lambda: len(chat.heard) == 200)
    assert all(
        chat.of(person) == [f"lời {number}" for number in range(5)] for person in range(101, 141)
    )
    assert chat.most_busy > 20
    assert {row["state"] for row in await rows(db)} == {"handled"}
    assert not any(row["body"] for row in await rows(db))


async def test_a_flooding_chat_does_not_starve_the_others(
    db: Database, bot: TelegramBot, gestures: Gestures
) -> None:
    chat = Chat(pause=0.002)
    for number in range(300):
        gestures.say(101, f"lũ {number}")
    gestures.say(102, "một câu")
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: chat.of(102))
        assert len(chat.of(101)) < 300
        await until(lambda: len(chat.of(101)) == 300)
    assert chat.of(101) == [f"lũ {number}" for number in range(300)]


async def test_killed_with_sixty_waiting(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    """Nothing of the first life is stopped in order: its tasks are cut off as a kill would."""
    before, chat = Chat(pause=0.2), Chat()
    for number in range(60):
        gestures.say(101 + number % 7, f"lời {number}")
    first = an_inbox(db, bot, before)
    await first.start()
    poll = asyncio.create_task(
        Poll(bot, first.receive, first.has_room, Away(system_clock, print)).run()
    )
    await until(lambda: not len(emulator.updates) or len(before.heard) > 5)
    await until(lambda: not len(emulator.updates))
    kill(first, poll)
    assert len(before.heard) < 60
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: len(set(before.heard + chat.heard)) == 60)
    assert sorted(set(before.heard + chat.heard)) == sorted(
        (101 + number % 7, f"lời {number}") for number in range(60)
    )


def kill(victim: Inbox, *tasks: "asyncio.Task[Any]") -> None:
    loops = [*victim._loops, victim._settling._writing, *victim._lanes._workers, *tasks]
    for task in loops:
        if task is not None:
            task.cancel()


async def test_one_that_cannot_be_read_among_good_ones(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    chat = Chat()
    gestures.say(101, "trước")
    emulator.updates.inject({"message": {"chat": {"id": 101}, "date": "không phải số"}})
    emulator.updates.inject([1, 2])
    emulator.updates.inject("chữ")
    gestures.say(101, "sau")
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: len(chat.heard) == 2)
    assert chat.of(101) == ["trước", "sau"]
    failed = [row for row in await rows(db) if row["state"] == "failed"]
    assert len(failed) == 1
    assert failed[0]["body"]
    assert failed[0]["error"]


async def test_a_repeated_update_is_handled_once(db: Database, bot: TelegramBot) -> None:
    chat = Chat()
    inbox = an_inbox(db, bot, chat)
    await inbox.start()
    for _ in range(3):
        await inbox.receive([message(7, 101, "một lần"), message(7, 101, "một lần")])
    await inbox.receive([message(8, 101, "xong")])
    await until(lambda: "xong" in chat.of(101))
    await inbox.stop()
    assert chat.of(101) == ["một lần", "xong"]


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 5, "message": {"chat": {"id": 101}, "text": "\ud83d nửa chữ \x00"}},
        {"update_id": 5, "message": {"chat": {"id": "101"}, "text": 5}},
        {"update_id": 5, "message": None},
        {"update_id": 5},
        {"update_id": 5, "message": {"chat": {"id": 10**30}}},
        {"update_id": 5, "message": {"chat": {"id": 101}, "text": "a" * 300_000}},
    ],
)
async def test_strange_updates_are_kept_and_stop_nothing(
    db: Database, bot: TelegramBot, raw: Raw
) -> None:
    chat = Chat()
    inbox = an_inbox(db, bot, chat)
    await inbox.start()
    await inbox.receive([raw, {"update_id": True}, {"update_id": 2**70}, message(6, 101, "tốt")])
    await until(lambda: chat.of(101))
    await inbox.stop()
    assert [row["update_id"] for row in await rows(db)] == [5, 6]


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


async def test_a_bug_is_tried_three_times_then_told_and_the_lane_goes_on(
    db: Database, bot: TelegramBot, clock: OwnedClock, caplog: pytest.LogCaptureFixture
) -> None:
    chat = Chat()
    chat.trouble["hỏng"] = [RuntimeError("lỗi của ta")] * 9
    inbox = an_inbox(db, bot, chat, clock=clock)
    await inbox.start()
    await inbox.receive([message(1, 101, "hỏng"), message(2, 101, "sau"), message(3, 102, "kia")])
    await until(lambda: chat.of(102))
    assert chat.of(101) == []
    for tries in (1, 2):
        async with asyncio.timeout(10):
            while (await rows(db))[0]["attempts"] < tries:  # noqa: ASYNC110 - put off by then
                await asyncio.sleep(0.01)
        assert len(chat.trouble["hỏng"]) == 9 - tries
        clock.now += timedelta(seconds=30)
    await until(lambda: chat.of(101) == ["sau"])
    await inbox.stop()
    assert [(row.bot_id, row.update_id) for _, row in chat.bugs] == [(1, 1)]
    assert len(chat.trouble["hỏng"]) == 6
    assert [row["state"] for row in await rows(db)] == ["failed", "handled", "handled"]
    assert caplog.messages.count("update 1 given up") == 1


async def test_an_answer_that_did_not_get_through_is_given_later_in_order(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    chat = Chat()
    chat.trouble["một"] = [DeliveryFailed(Reason.FLOODED, retry_after=40)]
    inbox = an_inbox(db, bot, chat, clock=clock)
    await inbox.start()
    await inbox.receive([message(1, 101, "một"), message(2, 101, "hai")])
    await until(lambda: not chat.trouble["một"])
    await inbox.receive([message(3, 101, "ba"), message(4, 102, "kia")])
    await until(lambda: chat.of(102))
    clock.now += timedelta(seconds=39)
    await inbox.look()
    await until(lambda: chat.busy == 0)
    assert chat.of(101) == []
    clock.now += timedelta(seconds=2)
    await until(lambda: len(chat.of(101)) == 3)
    await inbox.stop()
    assert chat.of(101) == ["một", "hai", "ba"]
    assert not chat.bugs


async def test_a_clock_set_back_holds_up_nobody(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    chat = Chat()
    chat.trouble["một"] = [DeliveryFailed(Reason.FLOODED, retry_after=40)]
    clock.now += timedelta(days=3)
    inbox = an_inbox(db, bot, chat, clock=clock)
    await inbox.start()
    await inbox.receive([message(1, 101, "một"), message(2, 101, "hai")])
    async with asyncio.timeout(10):
        while not (await rows(db))[0]["attempts"]:  # noqa: ASYNC110 - it is put off in the store
            await asyncio.sleep(0.01)
    clock.now -= timedelta(days=3)
    await until(lambda: len(chat.of(101)) == 2)
    await inbox.stop()
    assert chat.of(101) == ["một", "hai"]


async def test_who_blocked_the_bot_is_answered_no_more(db: Database, bot: TelegramBot) -> None:
    chat = Chat()
    chat.trouble["một"] = [DeliveryFailed(Reason.BLOCKED, permanent=True)]
    inbox = an_inbox(db, bot, chat)
    await inbox.start()
    await inbox.receive([message(1, 101, "một"), message(2, 101, "hai")])
    await until(lambda: chat.of(101))
    await inbox.stop()
    assert chat.of(101) == ["hai"]
    assert [row["state"] for row in await rows(db)] == ["handled", "handled"]


async def test_another_instance_takes_over_when_a_lease_ends(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    before, chat = Chat(pause=60), Chat()
    first = an_inbox(db, bot, before, owner="one", clock=clock)
    await first.start()
    await first.receive([message(1, 101, "một"), message(2, 101, "hai")])
    await until(lambda: before.busy)
    kill(first)
    second = an_inbox(db, bot, chat, owner="two", clock=clock)
    await second.start()
    await second.receive([message(3, 101, "ba"), message(4, 102, "kia")])
    await until(lambda: chat.of(102))
    assert chat.of(101) == []
    clock.now += timedelta(seconds=61)
    await until(lambda: len(chat.of(101)) == 3)
    await second.stop()
    assert chat.of(101) == ["một", "hai", "ba"]


async def test_who_stood_still_leaves_what_another_took_over(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    """What they were answering they end; of what stood behind it nothing is answered again."""
    still, chat = Chat(), Chat()
    go_on = asyncio.Event()

    async def stand_still(update: Update, key: UpdateKey, mark: str | None) -> None:
        still.busy += 1
        await go_on.wait()
        await still.handle(update, key, mark)

    first = an_inbox(db, bot, still, owner="one", clock=clock, handle=stand_still)
    second = an_inbox(db, bot, chat, owner="two", clock=clock)
    await first.start()
    await first.receive([message(n, 101, str(n)) for n in (1, 2, 3)])
    await until(lambda: still.busy)
    clock.now += timedelta(seconds=61)
    await second.start()
    await until(lambda: len(chat.of(101)) == 3)
    go_on.set()
    await second.stop()
    await first.receive([message(4, 101, "4")])
    await until(lambda: "4" in still.of(101))
    await first.stop()
    assert chat.of(101) == ["1", "2", "3"]
    assert still.of(101) == ["1", "4"]


async def test_an_album_that_no_database_keeps_keeps_out_nothing_else(
    db: Database, bot: TelegramBot
) -> None:
    chat, strange = Chat(), ["a\0", "\ud800", "".join(map(chr, range(0x4E00, 0x6E00)))]
    names = [{"media_group_id": name} for name in strange]
    raws = [message(number, 101, str(number)) for number in range(1, 5)]
    for raw, name in zip(raws, names, strict=False):
        raw["message"] |= name
    inbox = an_inbox(db, bot, chat)
    await inbox.start()
    await inbox.receive(raws)
    await until(lambda: len(chat.heard) == 4)
    await inbox.stop()
    assert chat.of(101) == ["1", "2", "3", "4"]


async def test_two_instances_share_out_lanes_never_a_row(db: Database, bot: TelegramBot) -> None:
    chat = Chat(pause=0.001)
    both = [an_inbox(db, bot, chat, owner=name) for name in ("one", "two")]
    for one in both:
        await one.start()
    await asyncio.gather(
        *(
            both[number % 2].receive([message(number, 101 + number % 9, str(number))])
            for number in range(1, 201)
        )
    )
    await until(lambda: len(chat.heard) >= 200)
    for one in both:
        await one.stop()
    assert sorted(int(text) for _, text in chat.heard) == list(range(1, 201))


async def test_effect_is_written_once(db: Database) -> None:
    now = system_clock()
    async with db.transaction() as tx:
        await inbox.store(tx, 1, [inbox.Received(7, 101, "{}")], now)
    for key, expected in (
        (UpdateKey(1, 7), True),
        (UpdateKey(1, 7), False),
        (UpdateKey(1, 8), True),
        (UpdateKey(1, 8), False),
        (UpdateKey(2, 7), True),
    ):
        async with db.transaction() as tx:
            assert await inbox.mark_applied(tx, key, now) is expected
    assert [row["state"] for row in await rows(db)].count("waiting") == 1


async def test_only_old_handled_rows_are_pruned(db: Database, bot: TelegramBot) -> None:
    now = system_clock()
    async with db.transaction() as tx:
        for number in (1, 2, 3):
            await inbox.store(tx, 1, [inbox.Received(number, 1, "{}")], now - timedelta(days=9))
        await inbox.settle(
            tx,
            [
                inbox.Ended(UpdateKey(1, 1), now - timedelta(days=8)),
                inbox.Ended(UpdateKey(1, 2), now - timedelta(days=8), "hỏng"),
            ],
        )
    assert await inbox.prune(db, now - timedelta(days=7)) == 2
    assert [(row["update_id"], row["body"]) for row in await rows(db)] == [(2, None), (3, "{}")]


async def test_polls_on_through_faults(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    chat = Chat()
    emulator.faults.polling = True
    emulator.faults.broken, emulator.faults.nonsense, emulator.faults.drop = 1, 1, 1
    gestures.say(101, "vẫn tới")
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: chat.of(101))
    assert chat.of(101) == ["vẫn tới"]


async def test_a_second_poller_leaves_and_the_first_stays(
    db: Database,
    bot: TelegramBot,
    emulator: Emulator,
    gestures: Gestures,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.delivery.telegram_away._FIRST_PAUSE", 0.05)
    monkeypatch.setattr("bot.delivery.telegram_away._LONGEST_PAUSE", 0.05)
    chat, late = Chat(), Chat()
    async with running(an_inbox(db, bot, chat), bot):
        for number in range(12):
            gestures.say(101, str(number))
            await until(lambda: len(chat.heard) == number + 1)  # noqa: B023 - waited for at once
        async with build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot") as other:
            newcomer = an_inbox(db, other, late, owner="two")
            with pytest.raises(SecondPoller):
                await asyncio.wait_for(
                    Poll(
                        other, newcomer.receive, newcomer.has_room, Away(system_clock, print)
                    ).run(),
                    timeout=20,
                )
        gestures.say(101, "còn đây")
        await until(lambda: "còn đây" in chat.of(101))
    assert any("only one may run" in line for line in caplog.messages)


async def test_a_webhook_left_behind_is_taken_away(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    await bot.set_webhook("https://example.org/hook")
    chat = Chat()
    gestures.say(101, "có ai không")
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: chat.of(101))
    assert emulator.webhook is None


async def test_the_token_is_in_no_log_and_no_error(
    db: Database, emulator: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bot = build_bot(emulator.token, "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot")
    inbox = an_inbox(db, bot, Chat())
    await bot._request[0].initialize()
    poll = asyncio.create_task(
        Poll(bot, inbox.receive, inbox.has_room, Away(system_clock, print)).run()
    )
    await until(lambda: caplog.messages)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await bot._request[0].shutdown()
    assert "no updates" in caplog.text
    assert emulator.token not in caplog.text


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
