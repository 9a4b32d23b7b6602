"""The draft card: an answer fills it in, another task is a draft of its own."""

from datetime import timedelta

import pytest

from bot.clock import system_clock
from bot.runtime.schedule import upkeep
from tests.chat.talk import Talk

UNCLEAR = "Giao đồng chí Mạc Thiên Ân chuẩn bị hội trường sớm"
ANOTHER = "Giao đồng chí Ông Thị Ngọc Trầm soạn kế hoạch trước 17h thứ Sáu"


async def test_another_task_is_not_taken_for_an_answer(talk: Talk) -> None:
    asked = await talk.say("leader", UNCLEAR)
    assert "Hạn khi nào?" in asked.text
    another = await talk.say("leader", ANOTHER)
    assert "soạn kế hoạch" in another.text
    assert "Chủ trì: Ông Thị Ngọc Trầm" in another.text
    await talk.press("leader", "Giao việc", another)
    await talk.press("leader", "Không thời hạn", asked)
    (first,) = [one for one in talk.heard("leader") if one.id == asked.id]
    assert "chuẩn bị hội trường" in first.text
    assert "Chủ trì: Mạc Thiên Ân" in first.text


@pytest.mark.parametrize("answer", ["Mạc Thiên Ân", "giao đồng chí Ân", "đ/c Ân", "cho Ân nhé"])
async def test_a_person_answers_who(talk: Talk, answer: str) -> None:
    asked = await talk.say("leader", "Giao phòng Tổng hợp soạn tờ trình trước 17h thứ Sáu")
    assert "Giao đồng chí nào?" in asked.text
    done = await talk.say("leader", answer)
    assert "soạn tờ trình" in done.text
    assert "Chủ trì: Mạc Thiên Ân" in done.text
    assert "Giao việc" in done.buttons


@pytest.mark.parametrize("answer", ["17h thứ Sáu", "cuối tháng", "giao trước thứ Sáu", "25/12"])
async def test_a_date_answers_when(talk: Talk, answer: str) -> None:
    await talk.say("leader", UNCLEAR)
    done = await talk.say("leader", answer)
    assert "chuẩn bị hội trường" in done.text
    assert "Giao việc" in done.buttons


@pytest.mark.parametrize(
    "order",
    [
        "Đồng chí Ông Thị Ngọc Trầm photo 40 bộ tài liệu họp, sáng thứ Sáu phải có",
        "Đ/c Trầm: rà soát danh sách đảng viên được tặng Huy hiệu 30 năm - 14/12",
        "Hỏa tốc: Trầm soạn công điện phòng chống bão, 14h",
    ],
)
async def test_a_whole_task_is_no_answer_to_who(talk: Talk, order: str) -> None:
    await talk.say("leader", "Giao phòng Tổng hợp soạn tờ trình trước 17h thứ Sáu")
    another = await talk.say("leader", order)
    assert "Chủ trì: Ông Thị Ngọc Trầm" in another.text
    assert "soạn tờ trình" not in another.text


@pytest.mark.parametrize(
    "answer", ["Trầm làm, thứ Tư", "Trầm phụ trách, báo cáo anh trước thứ Sáu"]
)
async def test_a_name_with_a_date_answers_who(talk: Talk, answer: str) -> None:
    await talk.say("leader", "Giao phòng Tổng hợp soạn tờ trình trước 17h thứ Sáu")
    done = await talk.say("leader", answer)
    assert "Chủ trì: Ông Thị Ngọc Trầm" in done.text
    assert "soạn tờ trình" in done.text


async def test_pressed_after_what_was_typed_is_kept_no_longer(talk: Talk) -> None:
    draft = await talk.say("leader", "Giao đồng chí Ân soạn báo cáo, thứ Sáu")
    dropped = await talk.say("leader", "Giao đồng chí Trầm soạn kế hoạch, thứ Sáu")
    await talk.press("leader", "Bỏ", dropped)
    talk.now += timedelta(days=91)
    await upkeep(talk.at_work.office, lambda: talk.now, system_clock)
    for old in (draft, dropped):
        assert await talk.press("leader", "Giao việc", old)
        assert await talk.press("leader", "Sửa hạn", old)
    assert await talk.at_work.db.fetch("SELECT id FROM tasks") == []


async def test_who_decides_and_what_is_handed_in_are_shown_and_kept(talk: Talk) -> None:
    asked = await talk.say(
        "leader",
        "Giao đồng chí Ân soạn báo cáo, cấp quyết: đồng chí Mơ, nộp kèm tệp, trước 17h thứ Sáu",
    )
    assert "Sản phẩm: Báo cáo, nộp kèm tệp\nCấp quyết: Tạ Thị Hoài Mơ" in asked.text
    await talk.press("leader", "Giao việc", asked)
    card = talk.heard("leader")[-1].text
    assert card.splitlines()[1] == "soạn báo cáo"
    row = await talk.at_work.db.fetch_one("SELECT evidence, decider_id FROM tasks")
    assert row is not None
    assert (row["evidence"], row["decider_id"]) == ("file", talk.at_work.who["deputy"].person_id)
