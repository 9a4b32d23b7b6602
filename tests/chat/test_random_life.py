"""Several people press, type, reply and wait at random; whatever they do, the office stays whole.

Stale cards, repeated updates and two people at once are among what they do. The figures of a report
add up, nobody is shown a task they may not see, the history replays to the state that is stored, and
every task has exactly one lead, who is there. The long form has three times as many lives, and more of the same: `DONDOC_LIVES=200 pytest tests/chat/test_random_life.py`.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.rules.tasks.lifecycle import Move
from tests.chat.random_office import PEOPLE_AT_WORK, RandomOffice, open_office

FEW, MANY = 5, 15
LIVES = int(os.environ.get("DONDOC_LIVES", "0"))
STEPS = 100

SENTENCES = (
    "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu",
    "giao Trầm rà soát hồ sơ đảng viên, phối hợp Lộc Ninh, chậm nhất 25/12",
    "Giao đồng chí Đàm Tú Quyên lập dự toán mua sắm",
    "tôi soạn lịch công tác tuần, thứ Hai tuần sau",
    "Giao Ân soạn phần 1, trước thứ Tư; Trầm rà số liệu, chiều thứ Năm",
    "Giao đồng chí Trầm phối hợp phòng Quản trị rà soát công nợ, 20/12",
    "ngày 25 hằng tháng Ân nộp báo cáo tháng",
    "thứ Tư hằng tuần Trầm gửi lịch",
)
ANSWERS = (
    "60% đã xong dự thảo",
    "đã trình Tờ trình 12-TTr/VPTU ngày 10/12/2026 gửi Thường trực",
    "đến thứ Sáu tuần sau vì chờ số liệu",
    "đến 28/12 vì bận",
    "thiếu phụ lục số liệu",
    "Mạc Thiên Ân",
    "Trầm",
    "thứ Sáu",
    "không thời hạn",
    "soạn báo cáo năm và phụ lục",
    "thôi",
    "việc 1 được 70% rồi",
    "việc 1 đến đâu rồi?",
    "xin gia hạn việc 1 đến 28/12 vì chờ số liệu",
    "việc nào quá hạn?",
    "/viec",
    "/viec 1",
    "/viec 2",
    "/giaodi",
    "/dinhky",
    "đổi thành thứ Sáu hằng tuần, trước 10h",
    "/quahan",
    "/tonghop",
    "/tim bao cao",
    "/nghi",
    "💐",
)
AWAY = (
    "nghỉ từ mai đến hết thứ Sáu, đồng chí Trầm xử lý thay",
    "nghỉ hôm nay, Ân thay",
    "nghỉ 3 ngày, đồng chí Nhi xử lý thay",
    "Ân nghỉ mai, Quyên thay",
    "đồng chí Trầm nghỉ cả tuần sau",
)
LEAVING = ("mate", "other")
OFTEN = (Move.RECEIVE, Move.PROGRESS, Move.BLOCK, Move.SUBMIT, Move.REQUEST_EXTENSION)
"""What many lives cannot do without, and few not without the first two: it shows that the rules do something."""

people = st.sampled_from((*PEOPLE_AT_WORK, "leader", "staff", "staff", "mate"))
BUTTONS = st.integers(0, 30)


class RandomLife(RuleBasedStateMachine):
    """Each rule is something that somebody can do with a telephone, or time that goes by."""

    template: ClassVar[Path]
    reached: ClassVar[set[str]] = set()
    """Kinds of events that happened in any life."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="dondoc"))
        self.until_end = AsyncExitStack()
        shutil.copy(self.template, self.folder / "dondoc.db")
        self.office: RandomOffice = self.run(
            self.until_end.enter_async_context(open_office(self.folder))
        )

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    @initialize(sentences=st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=4))
    def there_is_work(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self.run(self.office.assign("leader", sentence))

    @rule(name=people, sentence=st.sampled_from(SENTENCES))
    def assign(self, name: str, sentence: str) -> None:
        self.run(self.office.assign(name, sentence))

    @rule(name=people, words=st.sampled_from(ANSWERS))
    def say(self, name: str, words: str) -> None:
        self.run(self.office.say(name, words))

    @rule(name=people, words=st.sampled_from(ANSWERS), which=st.integers(0, 20))
    def reply(self, name: str, words: str, which: int) -> None:
        self.run(self.office.say(name, words, reply_to=which))

    @rule(name=people)
    def send_a_file(self, name: str) -> None:
        self.run(self.office.send_file(name))

    @rule(name=people, which=BUTTONS)
    def press(self, name: str, which: int) -> None:
        self.run(self.office.press([(name, which)]))

    @rule(name=people, which=BUTTONS, words=st.sampled_from(ANSWERS))
    def press_and_answer(self, name: str, which: int, words: str) -> None:
        self.run(self.office.press_newest(name, which, words))

    @rule(name=people, number=st.integers(1, 6), which=BUTTONS, words=st.sampled_from(ANSWERS))
    def open_and_press(self, name: str, number: int, which: int, words: str) -> None:
        self.run(self.office.say(name, f"/viec {number}"))
        self.run(self.office.press_newest(name, which, words))

    @rule(
        name=people,
        which=BUTTONS,
        move=st.sampled_from(OFTEN),
        words=st.sampled_from(ANSWERS),
    )
    def do_ones_work(self, name: str, which: int, move: Move, words: str) -> None:
        self.run(self.office.say(name, "/viec"))
        self.run(self.office.press_newest(name, which, words))
        self.run(self.office.press_move(name, move, words))

    @rule(name=people, which=BUTTONS, words=st.sampled_from(ANSWERS))
    def change_a_series(self, name: str, which: int, words: str) -> None:
        self.run(self.office.say(name, "/dinhky"))
        self.run(self.office.press_newest(name, which, words))
        self.run(self.office.press_newest(name, which, words))

    @rule(one=people, other=people, first=BUTTONS, second=BUTTONS)
    def press_both(self, one: str, other: str, first: int, second: int) -> None:
        self.run(self.office.press([(one, first), (other, second)]))

    @rule(name=people, which=BUTTONS)
    def press_twice(self, name: str, which: int) -> None:
        self.run(self.office.press([(name, which), (name, which)]))

    @precondition(lambda self: self.office.handled)
    @rule()
    def an_update_comes_again(self) -> None:
        self.run(self.office.repeat())

    @rule(name=people, words=st.sampled_from(AWAY))
    def be_away(self, name: str, words: str) -> None:
        self.run(self.office.be_away(name, words))

    @rule(name=people, number=st.integers(1, 6))
    def ask_for_time(self, name: str, number: int) -> None:
        self.run(self.office.ask_for_time(name, number))

    @rule(name=people, which=st.integers(0, 7))
    def hand_all(self, name: str, which: int) -> None:
        """Pass on what somebody has; two of them leave then, the rest are needed."""
        self.run(self.office.hand_all(name, which))
        if name in LEAVING:
            self.run(self.office.leave(name))

    @rule(hours=st.sampled_from([0.005, 1, 5, 24, 72, 200]))
    def wait(self, hours: float) -> None:
        self.run(self.office.wait(timedelta(hours=hours)))

    @invariant()
    def all_is_whole(self) -> None:
        self.run(self.office.check())

    def teardown(self) -> None:
        RandomLife.reached |= self.run(self.office.kinds())
        self.run(self.until_end.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)


def test_whatever_people_do_the_office_stays_whole(sqlite_template: Path, long: bool) -> None:
    RandomLife.template = sqlite_template
    run_state_machine_as_test(
        RandomLife,
        settings=settings(
            max_examples=LIVES or (MANY if long else FEW),
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not LIVES,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    seldom = {"absence.entered", "person.handed_all", "person.left"} if long else set()
    assert RandomLife.reached >= {f"task.{move}" for move in OFTEN[: None if long else 2]} | seldom
