"""What each common act costs a person in messages and presses; the README shows this very table."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from bot.playground.phone import Phone
from tests.stories.stage import LEADER, STAFF, Stage

README = Path(__file__).parents[2] / "README.md"
HEADING = "| Act | Messages | Presses |\n|---|---|---|\n"
SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"
MESSAGES, PRESSES = {"say", "file"}, {"press"}


class Counted(Phone):
    """A phone that counts what its owner does."""

    done: Counter[str]

    async def _do(self, gesture: str, **parameters: Any) -> Any:
        self.done[gesture] += 1
        return await super()._do(gesture, **parameters)


async def counted(stage: Stage, name: str) -> Counted:
    phone = await Counted.of(stage.play, name)
    assert isinstance(phone, Counted)
    phone.done = Counter()
    await phone.start()
    await phone.expect("Chào đồng chí")
    return phone


class Costs:
    """`spent` notes what the phones did since it was asked last, under the name of an act."""

    def __init__(self, *phones: Counted) -> None:
        self._phones = phones
        self.lines: list[str] = []
        self._clear()

    def spent(self, act: str) -> None:
        done = sum((phone.done for phone in self._phones), Counter[str]())
        unknown = set(done) - MESSAGES - PRESSES
        assert not unknown, unknown
        messages = sum(done[one] for one in MESSAGES)
        self.lines.append(f"| {act} | {messages} | {done['press']} |\n")
        self._clear()

    def _clear(self) -> None:
        for phone in self._phones:
            phone.done.clear()


async def test_what_each_act_costs(stage: Stage) -> None:
    leader, staff = await counted(stage, LEADER), await counted(stage, STAFF)
    costs = Costs(leader, staff)

    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    costs.spent("assign a task")

    await staff.press("Đã nhận", card)
    await staff.expect("đang thực hiện", edited=True)
    costs.spent("say that it is received")

    await staff.press("Báo tiến độ")
    await staff.expect("đến đâu rồi?")
    await staff.press("50%")
    await staff.expect("Tiến độ: 50%", edited=True)
    costs.spent("report progress")

    await staff.say("việc 1 được 60% rồi")
    await staff.expect("Tiến độ: 60%")
    costs.spent("report progress in words")

    await staff.press("Xin gia hạn")
    await staff.expect("xin gia hạn đến khi nào")
    await staff.say("đến thứ Sáu tuần sau vì chờ số liệu")
    wanted = await leader.expect("chờ số liệu", button="Đồng ý", edited=False)
    costs.spent("ask for an extension")

    await leader.press("Đồng ý", wanted)
    await leader.expect("18/12/2026", edited=True)
    costs.spent("grant it")

    await staff.press("Nộp kết quả", await staff.expect("đã được đồng ý", button="Nộp kết quả"))
    await staff.expect("gửi kết quả")
    await staff.say("đã trình Báo cáo 88-BC/VPTU")
    result = await leader.expect("88-BC/VPTU", button="Nghiệm thu", edited=False)
    costs.spent("hand in the result")

    await leader.press("Nghiệm thu", result)
    await leader.expect("hoàn thành đúng hạn", edited=True)
    costs.spent("accept it")

    await leader.say("/tonghop")
    await leader.expect("Tổng hợp")
    costs.spent("ask how things stand")

    table = HEADING + "".join(costs.lines)
    print(table)
    shown = re.search(re.escape(HEADING) + r"(\|.*\n)+", README.read_text("utf-8"))
    assert shown is not None
    assert shown[0] == table
