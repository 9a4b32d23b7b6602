"""A draft is taken back in the words people use, and says how while it asks."""

import pytest

from bot.folding import fold
from bot.language.orders import cancel_words
from tests.chat.talk import Talk

ORDER = "giao Nhi chuẩn bị họp"
ASKED = "việc nào của phòng Quản trị quá hạn trên 3 ngày?"
TAKEN_BACK = (
    "thôi", "Thôi.", "hủy", "huỷ bỏ", "bỏ", "bỏ đi", "thôi bỏ đi", "bỏ qua", "không giao nữa", "thôi không giao nữa",
    "thôi không giao", "khỏi giao", "thôi khỏi", "khỏi giao nữa nhé", "chưa giao vội", "để sau", "thôi để sau",
    "để sau tính", "để lúc khác", "không cần giao nữa", "đừng giao nữa", "bỏ việc này", "hủy việc này đi",
)  # fmt: skip
OTHER = (
    "bộ", "bố đi", "thời", "đề sau", "khối giao", "hủy việc 3", "bỏ mục 2", "để mai", "để sau Tết", "không giao anh Ân",
    "thôi giao cho Trầm", "không giao nữa mà để phòng Quản trị làm", "bỏ phần phụ lục", "giao", "rồi", "việc này",
    "chưa giao việc nào?", "chưa giao việc này?", "để sau thứ Sáu", "không", "",
)  # fmt: skip


def test_what_people_say_is_read_with_and_without_tone_marks() -> None:
    said = [form for one in TAKEN_BACK for form in (one, fold(one), one.upper())]
    assert [one for one in said if not cancel_words.take_back(one)] == []


def test_nothing_else_is_taken_for_it() -> None:
    assert [one for one in OTHER if cancel_words.take_back(one)] == []
    assert cancel_words.decline("không")


async def open_drafts(talk: Talk) -> int:
    rows = await talk.at_work.db.fetch("SELECT id FROM drafts WHERE ended_at IS NULL")
    return len(rows)


@pytest.mark.parametrize("words", ["không giao nữa", "thoi khong giao nua", "để sau"])
async def test_a_draft_that_asks_is_dropped_though_a_question_came_before(
    talk: Talk, words: str
) -> None:
    await talk.say("leader", ASKED)
    assert "Hạn khi nào?" in (await talk.say("leader", ORDER)).text
    assert "Đã bỏ, chưa giao" in (await talk.say("leader", words)).text
    assert await open_drafts(talk) == 0


async def test_a_whole_draft_is_dropped_too(talk: Talk) -> None:
    await talk.say("leader", ASKED)
    draft = await talk.say("leader", f"{ORDER}, hạn thứ Sáu")
    assert "Giao việc" in draft.buttons
    assert "Đã bỏ, chưa giao" in (await talk.say("leader", "không giao nữa")).text
    assert await open_drafts(talk) == 0


async def test_during_a_correction_the_task_is_dropped_where_just_that_is_said(talk: Talk) -> None:
    draft = await talk.say("leader", f"{ORDER}, hạn thứ Sáu")
    await talk.press("leader", "Sửa hạn", draft)
    assert "Giao việc" in (await talk.say("leader", "thôi")).buttons
    await talk.press("leader", "Sửa hạn")
    assert "Đã bỏ, chưa giao" in (await talk.say("leader", "không giao nữa")).text


async def test_what_is_no_deadline_hears_how_to_drop_it(talk: Talk) -> None:
    await talk.say("leader", ORDER)
    told = await talk.say("leader", "chuyện này hay quá")
    assert "Chưa đọc được hạn" in told.text
    assert "thôi" in told.text


async def test_a_question_about_a_task_is_given_up_in_the_same_words(talk: Talk) -> None:
    await talk.at_work.assign()
    await talk.deliver()
    for words in ("bỏ đi", "để sau", "không"):
        await talk.press("staff", "Vướng mắc")
        assert "Đã thôi" in (await talk.say("staff", words)).text


async def test_a_report_without_a_number_is_typed_again_with_one(talk: Talk) -> None:
    await talk.at_work.assign()
    await talk.deliver()
    told = await talk.say("other", "xin gia hạn đến thứ Tư tuần sau")
    assert "việc 12 xin gia hạn đến thứ Tư tuần sau" in told.text
    assert "Đã ghi nhận" in (await talk.say("staff", "việc 1 xin gia hạn đến thứ Tư tuần sau")).text
