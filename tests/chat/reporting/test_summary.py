"""The summary as a leader reads it."""

from bot.actions.tasks import answer
from bot.chat.reporting.summary import UNITS_SHOWN, of_units
from storage.records import Group
from tests.chat.talk import Talk
from tests.rules.task import office


async def test_what_needs_somebody_is_counted_under_its_heading(talk: Talk) -> None:
    blocked = await talk.at_work.assign(title="Lập danh mục hồ sơ")
    late = await talk.at_work.assign(title="Soạn báo cáo tuần")
    who = talk.at_work.who["staff"]
    await answer.block(talk.at_work.office, who, blocked.id, "Chưa có số liệu", talk.now, None)
    await talk.deliver()
    assert "\n\nCần xử lý: 1\n\n" in (await talk.say("leader", "/tonghop")).text
    talk.now = office(15)
    summary = await talk.say("leader", "/tonghop")
    assert "\n\nCần xử lý: 2\n\n" in summary.text
    assert {f"Việc {blocked.id}", f"Việc {late.id}"} <= set(summary.buttons)
    assert summary.text.count("(quá hạn 2 ngày làm việc)") == 2


async def test_what_is_not_shown_is_counted_and_can_be_opened(talk: Talk) -> None:
    for number in range(11):
        await talk.at_work.assign(title=f"Soạn báo cáo {number}")
    talk.now = office(15)
    summary = await talk.say("leader", "/tonghop")
    assert "Cần xử lý: 11" in summary.text
    assert "Còn 6 việc nữa, bấm Cần xử lý: 11." in summary.text
    await talk.press("leader", "Cần xử lý: 11", summary)
    listed = talk.heard("leader")[-1]
    assert "Việc cần xử lý: 11" in listed.text
    assert {"Việc 8", "Sau ›"} <= set(listed.buttons)


async def test_what_is_all_shown_needs_no_more(talk: Talk) -> None:
    await talk.at_work.assign()
    talk.now = office(15)
    summary = await talk.say("leader", "/tonghop")
    assert "Còn " not in summary.text
    assert "Cần xử lý: 1" not in summary.buttons


def test_units_that_are_not_shown_are_counted() -> None:
    every = [Group(key=one, name=f"Phòng {one}", overdue=1) for one in range(UNITS_SHOWN + 3)]
    assert of_units(every)[-1] == "Còn 3 đơn vị nữa, bấm Theo đơn vị."
    assert len(of_units(every[:UNITS_SHOWN])) == UNITS_SHOWN
