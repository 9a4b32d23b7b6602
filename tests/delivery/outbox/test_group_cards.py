"""Cards in groups, on the emulator: edited in place, several changes at once, through trouble."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.chat.messages import Delivery, Message
from bot.clock import system_clock
from bot.delivery.outbox.group_cards import Clock, GroupCards
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from bot.playground.groups import Groups
from storage.engine.database import Database
from storage.messaging import cards, group_chats
from storage.records import Card
from tests.delivery.conftest import OwnedClock, add_person, add_task, said, until


@dataclass
class Group:
    """A group in which one task has a card, which says how often the task changed."""

    db: Database
    emulator: Emulator
    chat: int
    task: int
    trouble: list[Exception] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)

    async def word(self, card: Card, _: datetime) -> Delivery | None:
        if self.trouble:
            raise self.trouble.pop()
        text = f"đổi {card.changes} lần"
        return Delivery(card.chat_id, Message(text), card.topic_id, edits=card.message_id)

    async def change(self, times: int = 1) -> None:
        async with self.db.transaction() as tx:
            for _ in range(times):
                await cards.outdate(tx, [self.task])

    async def settled(self, holds: Callable[[], object]) -> None:
        """Wait until something is so and no card is out of date."""
        await until(holds)
        async with asyncio.timeout(10):
            while await cards.outdated(self.db, 10):  # noqa: ASYNC110 - rows are looked at
                await asyncio.sleep(0.01)

    def heard(self, chat: int | None = None) -> list[str]:
        return said(self.emulator, chat or self.chat)


@pytest.fixture
async def group(db: Database, emulator: Emulator, sender: Sender) -> Group:
    """The bot is in a group where a message waits to become a card."""
    made = emulator.add_group("Tổ", [101], [], basic=True)
    task = await add_task(db, await add_person(db, 101))
    first = await sender.send(Delivery(made.id, Message("bản soạn")))
    placed = cards.Placed(task, None, made.id, None, first, system_clock())
    async with db.transaction() as tx:
        await group_chats.join(tx, made.id, "Tổ", None, system_clock())
        await cards.put(tx, [placed])
    return Group(db, emulator, made.id, task)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody rests: the test does not wait."""
    monkeypatch.setattr("bot.delivery.outbox.group_cards._PAUSE_SECONDS", 0)


@asynccontextmanager
async def keeping(
    group: Group, sender: Sender, owner: str = "one", clock: Clock = system_clock
) -> AsyncIterator[GroupCards]:
    kept = GroupCards(
        group.db,
        sender,
        group.word,
        owner=owner,
        office_clock=system_clock,
        real_clock=clock,
        on_trouble=group.troubles.append,
    )
    await kept.start()
    try:
        yield kept
    finally:
        await kept.stop()


async def test_many_changes_are_one_edit(group: Group, sender: Sender) -> None:
    await group.change(50)
    async with keeping(group, sender) as kept:
        await group.settled(lambda: group.heard() == ["đổi 50 lần"])
        await group.change()
        kept.wake()
        await group.settled(lambda: group.heard() == ["đổi 51 lần"])
    [card] = group.emulator.messages.of_chat(group.chat)
    assert len(card.history) == 2


@pytest.mark.usefixtures("hurried")
async def test_while_telegram_is_away_the_card_waits(group: Group, sender: Sender) -> None:
    group.emulator.faults.broken = 2
    await group.change()
    async with keeping(group, sender):
        await group.settled(lambda: group.heard() == ["đổi 1 lần"])


async def test_a_group_that_moved_gets_its_card_anew(group: Group, sender: Sender) -> None:
    moved = Groups(group.emulator).upgrade_group(101, group.chat)
    new = int(moved.data["migrate_to_chat_id"])
    await group.change()
    async with keeping(group, sender) as kept:
        await group.settled(lambda: group.heard(new) == ["đổi 2 lần"])
        await group.change()
        kept.wake()
        await group.settled(lambda: group.heard(new) == ["đổi 3 lần"])
    assert group.heard() == ["bản soạn"]


async def test_out_of_the_group_nothing_is_tried_any_more(group: Group, sender: Sender) -> None:
    Groups(group.emulator).remove_bot(101, group.chat)
    await group.change()
    async with keeping(group, sender):
        while await group_chats.is_in(group.db, group.chat):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    calls = len(group.emulator.calls)
    await group.change()
    async with keeping(group, sender) as kept:
        await kept.look()
    assert len(group.emulator.calls) == calls


async def test_a_card_that_was_deleted_is_said_anew(group: Group, sender: Sender) -> None:
    [first] = group.emulator.messages.of_chat(group.chat)
    first.deleted = True
    await group.change()
    async with keeping(group, sender):
        await group.settled(lambda: group.heard() == ["đổi 1 lần"])


@pytest.mark.usefixtures("hurried")
async def test_a_bug_in_one_card_does_not_stop_the_rest(
    group: Group, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    group.trouble = [KeyError("nobody by that number")]
    await group.change()
    async with keeping(group, sender):
        await group.settled(lambda: group.heard() == ["đổi 1 lần"])
    assert "is put off" in caplog.text


def _reads(group: Group, expected: list[str]) -> bool:
    return group.heard() == expected


async def anew(group: Group) -> None:
    """Let the card stand nowhere, so that it is a message of its own when it is shown."""
    async with group.db.transaction() as tx:
        await tx.execute("UPDATE cards SET message_id = NULL, changes = 1")


async def test_of_two_instances_one_says_a_card(group: Group, sender: Sender) -> None:
    group.emulator.faults.delay_ms = 50
    await anew(group)
    async with keeping(group, sender) as one, keeping(group, sender, "two") as two:
        for times in range(2, 5):
            await asyncio.gather(one.look(), two.look())
            await group.settled(lambda: group.heard()[1:])
            await group.change()
            for instance in (one, two):
                instance.wake()
            expected = ["bản soạn", f"đổi {times} lần"]
            await group.settled(partial(_reads, group, expected))
    assert len(group.emulator.messages.of_chat(group.chat)) == 2


async def test_what_a_dead_instance_leased_another_shows(
    group: Group, sender: Sender, clock: OwnedClock
) -> None:
    await anew(group)
    until = clock() + timedelta(minutes=1)
    [dead] = await cards.claim(group.db, "one", clock(), until, 10)
    async with keeping(group, sender, "two", clock) as kept:
        await kept.look()
        assert group.heard() == ["bản soạn"]
        clock.now += timedelta(minutes=2)
        kept.wake()
        await group.settled(lambda: group.heard() == ["bản soạn", "đổi 1 lần"])
    async with group.db.transaction() as tx:
        assert not await cards.showed(tx, dead, "one", 5, clock())


async def test_after_a_restart_its_own_lease_holds_nothing_up(group: Group, sender: Sender) -> None:
    await anew(group)
    now = system_clock()
    await cards.claim(group.db, "one", now, now + timedelta(hours=1), 10)
    async with keeping(group, sender):
        await group.settled(lambda: group.heard() == ["bản soạn", "đổi 1 lần"])


async def test_a_new_card_that_is_on_its_way_at_the_stop_is_not_said_again(
    group: Group, sender: Sender, emulator: Emulator
) -> None:
    async with group.db.transaction() as tx:
        await tx.execute("UPDATE cards SET message_id = NULL")
    emulator.faults.delay_ms = 300  # done, and then answered so much later
    await group.change()
    async with keeping(group, sender):
        await until(lambda: "đổi 1 lần" in group.heard())
    async with keeping(group, sender):
        await group.settled(lambda: "đổi 1 lần" in group.heard())
    assert group.heard() == ["bản soạn", "đổi 1 lần"]
