"""A report and a summary asked for with a unit in words, and units in pages where there are many."""

from datetime import timedelta

import pytest

from bot.actions.reporting import report_plan
from bot.chat.reporting.report import UNITS_SHOWN, which_unit
from bot.rules.reporting.periods import Kind
from storage.records import Unit
from tests.chat.talk import Talk
from tests.conftest import MIGRATED_AT
from tests.rules.task import office


async def given(talk: Talk) -> None:
    await talk.at_work.assign(title="Soạn báo cáo quý")
    await talk.at_work.assign(title="Rà soát số liệu", to="clerk")
    await talk.at_work.assign(title="Lập dự toán", to="other")
    await talk.deliver()


@pytest.mark.parametrize(
    "said", ["tháng 12 phòng Tổng hợp", "của phòng tổng hợp tháng này", "thang 12 phong tong hop"]
)
async def test_a_unit_in_words_is_that_of_its_button(talk: Talk, said: str) -> None:
    await given(talk)
    shown = await talk.say("leader", f"/baocao {said}")
    assert "Phòng Tổng hợp" in shown.text
    assert "Tổng số: 2 việc" in shown.text  # with the unit below
    asked = await talk.say("leader", "/baocao")
    await talk.press("leader", "Tháng này", asked)
    await talk.press("leader", "Theo đơn vị")
    await talk.press("leader", "Phòng Tổng hợp")
    assert talk.heard("leader")[-1].text == shown.text
    assert talk.heard("leader")[-1].buttons == shown.buttons


async def test_a_unit_without_a_period_keeps_to_the_unit(talk: Talk) -> None:
    await given(talk)
    asked = await talk.say("leader", "/baocao phòng Quản trị")
    assert asked.text.startswith("Báo cáo của Phòng Quản trị · đồng chí chọn kỳ")
    await talk.press("leader", "Tháng này", asked)
    assert "Tổng số: 1 việc" in talk.heard("leader")[-1].text


async def test_several_units_are_asked_about(talk: Talk) -> None:
    await given(talk)
    asked = await talk.say("leader", "/baocao tháng 12 các phòng")
    assert asked.text == "Báo cáo của đơn vị nào?"
    assert list(asked.buttons) == ["Phòng Tổng hợp", "Phòng Quản trị", "‹ Toàn bộ"]


async def test_a_unit_outside_ones_view_has_no_tasks(talk: Talk) -> None:
    await given(talk)
    shown = await talk.say("head", "/baocao tháng 12 phòng Quản trị")
    assert shown.text.endswith("Kỳ này không có việc nào.")


async def test_the_summary_of_a_unit_in_words(talk: Talk) -> None:
    await given(talk)
    now = await talk.say("leader", "/tonghop phòng Tổng hợp")
    assert now.text.startswith("Tổng hợp · Phòng Tổng hợp\n")
    assert "Tổng số: 2 việc" in now.text
    month = await talk.say("leader", "/tonghop tháng 12 phòng Tổng hợp")
    assert "Phòng Tổng hợp" in month.text
    assert "Giao trong kỳ: 2" in month.text


def test_every_unit_is_on_one_page() -> None:
    known = [
        Unit(
            id=number, parent_id=None, name=f"Phòng {number}", folded="", short_names="[]",
            created_at=MIGRATED_AT,
        )
        for number in range(1, 2 * UNITS_SHOWN + 6)
    ]  # fmt: skip
    seen: list[str] = []
    offset = 0
    for page in range(3):
        keyboard = which_unit(known, {}, "month_2026-12-01_2026-12-31", offset).keyboard or []
        labels = [button.label for line in keyboard for button in line]
        seen += [label for label in labels if label.startswith("Phòng")]
        assert ("‹ Trước" in labels, "Sau ›" in labels) == (page > 0, page < 2)
        offset += UNITS_SHOWN
    assert seen == [unit.name for unit in known]


async def test_reports_that_are_due_at_once_are_messages_of_their_own(talk: Talk) -> None:
    at_work = talk.at_work
    await at_work.assign(title="Soạn báo cáo tuần")
    for kind in (Kind.WEEK, Kind.MONTH):
        await report_plan.switch(at_work.office, at_work.who["leader"], kind, True, talk.now, None)
    talk.now = office(1) + timedelta(days=34)  # a Monday, the 4th of January
    await report_plan.look(at_work.office, talk.now)
    await talk.deliver()
    *_, week, month = talk.heard("leader")
    assert week.text.startswith("Báo cáo tuần từ 28/12/2026 đến 03/01/2027\n")
    assert month.text.startswith("Báo cáo tháng 12 năm 2026\n")
    assert week.buttons.keys() == month.buttons.keys()
