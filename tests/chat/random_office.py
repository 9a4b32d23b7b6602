"""An office whose people do anything, and what must hold of it whatever they do."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import Update

from bot.actions.moves import stakes
from bot.actions.organisation import absence_news, redirect_to_deputy
from bot.actions.reminders import fire_reminders, request_reminders
from bot.actions.reporting import summarise
from bot.actions.series import create_due as repeat
from bot.chat.card_buttons import LABELS
from bot.clock import stopwatch
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.telegram.http_client import TelegramBot, build_bot
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from bot.playground.people import Person
from bot.playground.server import serve
from bot.rules import rights
from bot.rules.organisation.standing import bucket
from bot.rules.rights import Standpoint
from bot.rules.tasks import lifecycle
from bot.rules.tasks.lifecycle import Move
from storage.engine.opening import open_database
from storage.history import audit
from storage.history.chain import verify
from storage.records import Status, TaskView, UpdateKey
from storage.reporting import closed_counts
from storage.series import series
from storage.tasks import tasks
from tests.actions.office import PEOPLE, staffed
from tests.chat.talk import ACCOUNTS, Heard, Talk

PEOPLE_AT_WORK = ("leader", "deputy", "head", "staff", "mate", "other_head", "other")
MOVES = frozenset(move.value for move in Move)
GIVE, STOP = "Giao việc", "Thôi"
NOBODY, SURE = "Không cử ai", "Xác nhận"
LATER = "Xin gia hạn"
HAND, END, SURE_END = "Bàn giao", "Kết thúc", "Kết thúc công tác"
ORPHANS = """
SELECT t.id FROM tasks t JOIN people p ON p.ended_at IS NOT NULL AND (p.id = t.assigner_id
  OR p.id = t.decider_id OR p.id IN (SELECT person_id FROM task_people
  WHERE task_id = t.id AND until_at IS NULL))
WHERE t.closed_at IS NULL OR t.in_correction
"""
"""Open tasks with somebody in them who has left."""
_NUMBER = re.compile(r"[Vv]iệc số (\d+)")


@asynccontextmanager
async def open_office(folder: Path) -> "AsyncIterator[RandomOffice]":
    """Open the office whose database lies in a folder; everybody has pressed Start."""
    emulator = Emulator([Person(ACCOUNTS[name], PEOPLE[name][0], started=True) for name in PEOPLE])
    emulator.faults.limits = False
    db = await open_database(f"sqlite:///{folder / 'dondoc.db'}")
    try:
        at_work = await staffed(db, folder / "files")
        async with (
            serve(emulator) as address,
            build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot") as bot,
        ):
            yield RandomOffice(
                Talk(at_work, emulator, bot, Sender(bot, Limiter(0, stopwatch))), bot
            )
    finally:
        await db.close()


@dataclass
class RandomOffice:
    """`handled` are the updates handled so far; `known` who was allowed to see which task, ever."""

    talk: Talk
    bot: TelegramBot
    handled: list[Any] = field(default_factory=list)
    known: set[tuple[str, int]] = field(default_factory=set)
    buttons: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    async def say(self, name: str, text: str, reply_to: int | None = None) -> None:
        """Type a message, or reply to one of the bot's latest."""
        heard = self.talk.heard(name)
        original = heard[-1 - reply_to % len(heard)].id if heard and reply_to is not None else None
        self.talk.gestures.say(ACCOUNTS[name], text, reply_to=original)
        await self._handle()

    async def send_file(self, name: str) -> None:
        self.talk.gestures.upload(
            ACCOUNTS[name], "document", "du-thao.txt", "text/plain", b"du thao", ""
        )
        await self._handle()

    async def press(self, pressed: Sequence[tuple[str, int]]) -> None:
        """Press any buttons ever seen, at once."""
        for name, which in pressed:
            if offered := self.buttons.get(name):
                message, data = offered[which % len(offered)]
                self.talk.gestures.press(ACCOUNTS[name], message, data)
        await self._handle()

    async def assign(self, name: str, sentence: str) -> None:
        """Say what is to be done, and press Giao việc where nothing is missing."""
        await self.say(name, sentence)
        if GIVE in self._newest(name).buttons:
            await self._press(name, self._newest(name), GIVE)

    async def be_away(self, name: str, sentence: str) -> None:
        """Say who is away and when, leave the deputy open where none was named, and confirm."""
        await self.say(name, sentence)
        for label in (NOBODY, SURE):
            await self._press_last(name, label)

    async def ask_for_time(self, name: str, number: int) -> None:
        """Ask for a later deadline of a task that is one's own to lead."""
        await self.say(name, f"/viec {number}")
        await self._press_last(name, LATER)
        if STOP in self._newest(name).buttons:
            await self.say(name, "đến 28/12 vì bận")

    async def hand_all(self, name: str, which: int) -> None:
        """Let the leader pass everything somebody has on to one of those offered."""
        await self._on_page(name, HAND)
        offered = [label for label in self._newest("leader").buttons if label != STOP]
        if offered:
            await self._press("leader", self._newest("leader"), offered[which % len(offered)])
        if HAND in self._newest("leader").buttons:
            await self._press("leader", self._newest("leader"), HAND)

    async def leave(self, name: str) -> None:
        """Let the leader end somebody's work here, where nothing of it is left."""
        await self._on_page(name, END)
        await self._press_last("leader", SURE_END)

    async def _on_page(self, name: str, label: str) -> None:
        await self.say("leader", f"/nguoi {PEOPLE[name][0]}")
        await self._press_last("leader", label)

    async def _press_last(self, name: str, label: str) -> None:
        if label in self._newest(name).buttons:
            await self._press(name, self._newest(name), label)

    async def press_newest(self, name: str, which: int, words: str) -> None:
        """Press a button of the last message, as people mostly do, and answer what it asks."""
        newest = self._newest(name)
        if newest.buttons:
            await self._press(name, newest, list(newest.buttons)[which % len(newest.buttons)])
        if STOP in self._newest(name).buttons:
            await self.say(name, words)

    async def press_move(self, name: str, move: Move, words: str) -> None:
        """Make a move that the last message offers, and answer what it asks."""
        newest = self._newest(name)
        if LABELS[move] in newest.buttons:
            await self._press(name, newest, LABELS[move])
        if STOP in self._newest(name).buttons:
            await self.say(name, words)

    def _newest(self, name: str) -> Heard:
        heard = self.talk.heard(name)
        return heard[-1] if heard else Heard(0, "", {})

    async def _press(self, name: str, on: Heard, label: str) -> None:
        self.talk.gestures.press(ACCOUNTS[name], on.id, on.buttons[label])
        await self._handle()

    async def repeat(self) -> None:
        """Handle the last update once more, as after a kill before it was settled."""
        await self._at_once([self.handled[-1]])

    async def wait(self, pause: timedelta) -> None:
        """Let time go by and the clock do its work."""
        self.talk.now += pause
        for _ in range(20):
            settled = await fire_reminders.look(self.talk.at_work.office, self.talk.now)
            settled += await fire_reminders.digest(self.talk.at_work.office, self.talk.now)
            settled += await request_reminders.look(self.talk.at_work.office, self.talk.now)
            settled += await redirect_to_deputy.look(self.talk.at_work.office, self.talk.now)
            settled += await absence_news.look(self.talk.at_work.office, self.talk.now)
            settled += await repeat.look(self.talk.at_work.office, self.talk.now)
            if not settled:
                break
        await self.talk.deliver()
        self._look()

    async def kinds(self) -> set[str]:
        """Return the kinds of events that happened."""
        rows = await self.talk.at_work.db.fetch("SELECT DISTINCT kind FROM events")
        return {row["kind"] for row in rows}

    async def check(self) -> None:
        """See that all is as it must be, whoever did what."""
        db = self.talk.at_work.db
        assert await verify(db) is None
        assert await db.fetch(ORPHANS) == []
        assert await closed_counts.wrong(db) == 0
        rows = await db.fetch("SELECT id FROM tasks ORDER BY id")
        views = await tasks.views(db, [row["id"] for row in rows])
        for view in views:
            assert (view.lead_id is None) is (view.body_id is not None), f"no one lead: {view}"
            assert await self._replayed(view.id) == view.status
        await self._comes_back(views)
        await self._adds_up(views)
        await self._shown(views)

    async def _handle(self) -> None:
        raws = []
        while raw := self.talk.emulator.updates.take():
            raws.append(raw)
        await self._at_once(raws)

    async def _at_once(self, raws: list[Any]) -> None:
        """Handle updates side by side, each with its own key."""
        self.handled += raws
        updates = [
            (Update.de_json(raw, self.bot), UpdateKey(1, 10**6 + raw["update_id"])) for raw in raws
        ]
        await asyncio.gather(
            *(self.talk.handlers.handle(update, key, None) for update, key in updates)
        )
        await self.talk.deliver()
        self._look()

    def _look(self) -> None:
        """Remember every button there is to press."""
        for name in PEOPLE_AT_WORK:
            seen = dict.fromkeys(self.buttons.get(name, []))
            shown = [
                (one.id, data) for one in self.talk.heard(name) for data in one.buttons.values()
            ]
            self.buttons[name] = list(seen | dict.fromkeys(shown))

    async def _replayed(self, task_id: int) -> Status | None:
        """Return the state that a task's history leads to."""
        status: Status | None = None
        for event in await audit.history(self.talk.at_work.db, task_id):
            _, _, move = event.kind.partition("task.")
            if move == "assign":
                status = Status.ASSIGNED
            elif move == "undo":
                status = Status(event.facts["status"])
            elif move in MOVES and status is not None:
                assert lifecycle.allows(status, Move(move)), f"{move} while {status}"
                status = Status(event.facts.get("status", lifecycle.after(status, Move(move))))
        return status

    async def _comes_back(self, views: list[TaskView]) -> None:
        """See that a series is never behind what was made of it, and makes nothing that is skipped."""
        for one in await series.living(self.talk.at_work.db):
            made = [view.occurs_on for view in views if view.series_id == one.id]
            skipped = await series.skipped(self.talk.at_work.db, one.id)
            assert made
            assert len(made) == len(set(made))
            assert not set(made) & set(skipped)
            assert one.next_on not in {*made, *skipped}

    async def _adds_up(self, views: list[TaskView]) -> None:
        now = self.talk.now
        leader = self.talk.at_work.who["leader"]
        counted = (await summarise.summarise(self.talk.at_work.office, leader, now)).units
        total = sum(one.total for one in counted)
        assert total == sum(bucket(view, now) is not None for view in views)

    async def _shown(self, views: list[TaskView]) -> None:
        """See that nobody's chat shows a task that they may not see and never might."""
        by_id = {view.id: view for view in views}
        for name in PEOPLE_AT_WORK:
            who = await self._who(name)
            seen = [n for n, one in by_id.items() if who and rights.may_see(who, stakes(one))]
            self.known |= {(name, number) for number in seen}
            for said in self.talk.heard(name):
                for number in map(int, _NUMBER.findall(said.text)):
                    told = f"{name} is shown {number}: {said.text}"
                    assert (name, number) in self.known or "Không tìm thấy" in said.text, told

    async def _who(self, name: str) -> Standpoint | None:
        """Return where somebody stands now; None for one who left."""
        at_work = self.talk.at_work
        known = await at_work.office.person(at_work.ids[name], self.talk.now)
        return known.who if known else None
