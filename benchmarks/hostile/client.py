"""A hostile client at random: known people and strangers send files, press, write, flood, and make groups."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle

from benchmarks.hostile.files import File, Files
from benchmarks.hostile.words import Words
from bot.delivery.inbox.inbox import MOST_IN_MEMORY
from bot.playground.api.messages import Message
from bot.playground.api.refused import Refused
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures, NotPossible
from bot.playground.groups import Groups

ADMIN, LEADER, HEAD, STAFF, NEIGHBOUR = 700000001, 700000029, 700000031, 700000033, 700000010
"""Accounts that the office knows and that are in wrong hands. The admin's sends lists alone: it might do whatever it
likes. The last is staff of a unit in which people work."""
_LISTS_FROM = (ADMIN, ADMIN, LEADER, HEAD)
_WORST = 2
_AT_ONCE = (60, 60, MOST_IN_MEMORY + 60, 60)
KNOWN = (LEADER, HEAD, STAFF, NEIGHBOUR)
_STRANGERS = 150
_GROUPS = 40
ODD = "inject"
LET_GO = ("in group", ODD)
"""Acts of which not every update is kept: what is said to others, and what has no number."""


class Hostile:
    """`sent` has the numbers of the updates that each kind of act made."""

    def __init__(self, emulator: Emulator, chance: random.Random) -> None:
        self.sent: defaultdict[str, list[int]] = defaultdict(list)
        self._emulator = emulator
        self._chance = chance
        self._gestures, self._groups = Gestures(emulator), Groups(emulator)
        self._words, self._files = Words(chance), Files(chance)
        self._strangers = [emulator.add_person(f"Người lạ {n}").id for n in range(_STRANGERS)]
        self._at_once = cycle(_AT_ONCE)
        self._acts = {
            self._write: 30, self._press: 30, self._come_in: 10, self._send_list: 4, self._hand_in: 4,
            self._send_file: 4, self._edit: 5, self._in_group: 8, self._inject: 5, self._flood: 0.3,
        }  # fmt: skip

    async def act_on(self, until: float, a_second: float) -> None:
        """Send the worst lists, then act so often, at random, until a moment of `time.monotonic`."""
        self._do(self._begin)
        while time.monotonic() < until:
            [act] = self._chance.choices(list(self._acts), list(self._acts.values()))
            self._do(act)
            await asyncio.sleep(self._chance.expovariate(a_second))

    def _do(self, act: Callable[[], None]) -> None:
        """Act, and note which updates that made; what the app does not let anybody do is passed over."""
        before = self._emulator.updates.last
        with suppress(NotPossible, Refused, IndexError):
            act()
        numbers = range(before + 1, self._emulator.updates.last + 1)
        self.sent[act.__name__.strip("_").replace("_", " ")] += numbers

    def _begin(self) -> None:
        for one in (*KNOWN, ADMIN):
            self._gestures.start(one)
        for _ in range(_WORST):
            self._upload(ADMIN, self._files.list())

    def _write(self) -> None:
        text = self._words.text()
        self._gestures.say(self._somebody(), text, entities=self._words.entities(text))

    def _press(self) -> None:
        somebody = self._somebody()
        data = self._words.data(self._data_of_anybody())
        self._gestures.press(somebody, self._chance.choice(self._told(somebody)).id, data)

    def _come_in(self) -> None:
        self._gestures.start(self._chance.choice(self._strangers), self._words.start())

    def _send_list(self) -> None:
        self._upload(self._chance.choice(_LISTS_FROM), self._files.list())

    def _send_file(self) -> None:
        self._upload(self._somebody(), self._files.any(), self._words.text()[:1024])

    def _hand_in(self) -> None:
        """Hand in a result with a file; where there is no task for it, another is given."""
        for label, who in (("Nộp kết quả", STAFF), ("Giao việc", LEADER)):
            for message in reversed(self._told(who)):
                if any(label == button["text"] for button in _buttons(message)):
                    self._gestures.press(who, message.id, label=label)
                    self._upload(STAFF, self._files.any())
                    return
        self._gestures.say(LEADER, "Giao đồng chí Uông Khắc Tiệp soạn báo cáo, trước 17h thứ Sáu")

    def _edit(self) -> None:
        somebody = self._somebody()
        own = [one for one in self._emulator.messages.of_chat(somebody) if not one.by_bot]
        self._gestures.edit(somebody, self._chance.choice(own).id, self._words.text())

    def _in_group(self) -> None:
        groups = [one for one in self._emulator.groups.values() if not one.moved_to]
        if len(groups) < _GROUPS and self._chance.random() < 0.2:
            members = self._chance.sample([*self._strangers, *KNOWN], 3)
            topics = ["Chung", "Việc"] if self._chance.random() < 0.3 else []
            is_admin = self._chance.random() < 0.5
            self._groups.make(self._words.text()[:100], members, topics, bot_is_admin=is_admin)
            return
        group = self._chance.choice(groups)
        member = self._chance.choice(group.members)
        if not group.has_bot:
            self._groups.add_bot(member, group.id)
        elif self._chance.random() < 0.05:
            self._groups.remove_bot(member, group.id)
        else:
            self._gestures.say(member, f"@dondoc_demo_bot {self._words.text()}"[:4096], group.id)

    def _flood(self) -> None:
        """Send more at once than a person can; now and then more than is held in memory, behind a file read for long."""
        somebody, count = self._somebody(), next(self._at_once)
        if count > MOST_IN_MEMORY:
            somebody = LEADER
            self._upload(LEADER, self._files.list())
        for _ in range(count):
            self._gestures.say(somebody, f"{self._words.text()[:4000]} {self._chance.random()}")

    def _inject(self) -> None:
        self._emulator.updates.inject(self._words.update())

    def _somebody(self) -> int:
        return self._chance.choice(KNOWN if self._chance.random() < 0.5 else self._strangers)

    def _told(self, person: int) -> list[Message]:
        return [one for one in self._emulator.messages.of_chat(person) if one.by_bot]

    def _data_of_anybody(self) -> str:
        """Return data of a button that somebody, known or at work, was shown of late."""
        told = self._told(self._chance.choice(list(self._emulator.people)))[-20:]
        data = [button.get("callback_data", "") for one in told for button in _buttons(one)]
        return str(self._chance.choice(data)) if data else ""

    def _upload(self, person: int, file: File, caption: str = "") -> None:
        self._gestures.upload(person, file.kind, file.name, "", file.content, caption)


def _buttons(message: Message) -> list[dict[str, str]]:
    rows = message.data.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
