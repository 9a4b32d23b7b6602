"""Ten people at work: five who give tasks and take results, five who do them; each answer is timed at their phone."""

import asyncio
import random
import re
import time
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from bot.playground.phone import Phone, Unanswered
from bot.playground.seen import Seen

PAIRS = (
    ("Trịnh Quang Lĩnh", "Mạc Thiên Ân"),
    ("Tạ Thị Hoài Mơ", "Ông Thị Ngọc Trầm"),
    ("Kiều Bá Thuyên", "Bạch Minh Tường"),
    ("Đoàn Thục Hạnh Nhi", "Quách Duy Mẫn"),
    ("Nghiêm Xuân Thảo", "Hứa Cẩm Vy"),
)
PATIENCE = 60.0
"""Seconds after which an answer counts as never given."""
_QUESTIONS = (
    "việc nào quá hạn?",
    "ai đang nhiều việc nhất?",
    "việc của phòng Tổng hợp đến đâu rồi?",
)
_ASSIGNED = re.compile(r"Đã giao việc số (\d+)")

Heard = TypeVar("Heard")


class Answer(NamedTuple):
    """`at` is when the act was done, on the clock of `time.monotonic`; the answer was there so many `seconds` later."""

    act: str
    at: float
    seconds: float


@dataclass
class Work:
    """What was answered, and what people were told is done.

    `done` has, for each move of a task, the numbers of the tasks that somebody was told of.
    """

    answers: list[Answer] = field(default_factory=list)
    done: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    unanswered: list[str] = field(default_factory=list)

    async def timed(self, act: str, does: Awaitable[object], hears: Awaitable[Heard]) -> Heard:
        """Do something, and note how long it takes until the answer is there."""
        began = time.monotonic()
        await does
        heard = await hears
        self.answers.append(Answer(act, began, time.monotonic() - began))
        return heard


class Pair:
    """Somebody gives tasks, another does them, one after the other, with pauses as people make them."""

    def __init__(self, work: Work, giver: Phone, doer: Phone, chance: random.Random) -> None:
        self._work = work
        self._giver, self._doer = giver, doer
        self._chance = chance
        self._number = 0
        giver.patience = doer.patience = PATIENCE

    async def work_on(self, until: float) -> None:
        """Work until a moment of `time.monotonic`; what is not answered is noted, and the next begun."""
        while time.monotonic() < until:
            self._number += 1
            try:
                await self._task(f"soạn báo cáo số {self._number}")
                await self._ask()
            except Unanswered as why:
                self._work.unanswered.append(str(why))
            for phone in (self._giver, self._doer):
                await phone.catch_up()

    async def _task(self, what: str) -> None:
        giver, doer, work = self._giver, self._doer, self._work
        order = giver.say(f"Giao đồng chí {doer.name} {what}, trước 17h thứ Sáu")
        draft = await work.timed("order", order, giver.expect(f"{what}\n", button="Giao việc"))
        await self._pause()
        toast = await work.timed("assign", _nothing(), giver.press("Giao việc", draft))
        number = int(_ASSIGNED.search(toast.text)[1])  # type: ignore[index]
        work.done["assign"].append(number)
        card = await self._opened(doer, number, "Đã nhận")
        await self._pause()
        await work.timed("receive", _nothing(), doer.press("Đã nhận", card))
        work.done["receive"].append(number)
        await self._pause()
        reported = re.compile(rf"Việc số {number}\b.*Tiến độ: 60%", re.DOTALL)
        says = doer.say(f"việc {number} được 60% rồi")
        card = await work.timed("progress", says, doer.expect(reported, button="Nộp kết quả"))
        work.done["progress"].append(number)
        await self._pause()
        await self._hand_in(number, card)

    async def _hand_in(self, number: int, card: Seen) -> None:
        giver, doer, work = self._giver, self._doer, self._work
        asked = doer.expect("gửi kết quả")
        await work.timed("hand in", doer.press("Nộp kết quả", card), asked)
        says = doer.say(f"Đã trình Báo cáo {number}-BC/VPTU")
        await work.timed("result", says, doer.expect("chờ nghiệm thu"))
        work.done["submit"].append(number)
        result = await self._opened(giver, number, "Nghiệm thu")
        await self._pause()
        await work.timed("accept", _nothing(), giver.press("Nghiệm thu", result))
        work.done["accept"].append(number)

    async def _opened(self, phone: Phone, number: int, button: str) -> Seen:
        """Ask for a task by its number: who was told much in a day hears of it later."""
        await phone.catch_up()
        shown = re.compile(rf"Việc số {number}\b")
        asks = phone.say(f"/viec {number}")
        return await self._work.timed("/viec N", asks, phone.expect(shown, button=button))

    async def _ask(self) -> None:
        giver, doer, work = self._giver, self._doer, self._work
        await giver.catch_up()
        await doer.catch_up()
        await work.timed("/tonghop", giver.say("/tonghop"), giver.expect("Tổng hợp", edited=False))
        await work.timed("/viec", doer.say("/viec"), doer.expect(edited=False))
        await self._pause()
        await giver.catch_up()
        question = self._chance.choice(_QUESTIONS)
        await work.timed("question", giver.say(question), giver.expect(edited=False))

    async def _pause(self) -> None:
        await asyncio.sleep(self._chance.uniform(0.5, 2.0))


async def _nothing() -> None:
    """A press is answered by what follows it."""
