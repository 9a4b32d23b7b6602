"""A leader asks in a chat: figure, rows, moment and who is silent; and goes on from there."""

from datetime import timedelta

from bot.chat.handlers import Handlers
from tests.chat.talk import Talk

AS_OF = "Tính đến 14:05 25/11/2026."


def numbered(*numbers: int) -> list[str]:
    return [f"Việc {number}" for number in numbers]


async def test_an_answer_names_its_rows_its_time_and_who_has_not_updated(talk: Talk) -> None:
    heard = await talk.say("leader", "việc nào của phòng Quản trị quá hạn trên 3 ngày?")
    assert heard.text.startswith("Việc quá hạn trên 3 ngày làm việc · Phòng Quản trị: 2\n")
    assert heard.text.endswith(f"{AS_OF}\nChưa cập nhật: Đàm Tú Quyên 2.")
    assert list(heard.buttons) == numbered(5, 3)
    await talk.press("leader", "Việc 3", heard)
    assert "chờ báo giá" in talk.heard("leader")[-1].text


async def test_who_has_the_most_is_counted_against_the_others(talk: Talk) -> None:
    heard = await talk.say("leader", "đơn vị nào chậm nhất quý này?")
    assert "hạn quý IV/2026" in heard.text
    assert "1. Phòng Quản trị: 5 trên 8 việc (62,50%)" in heard.text
    assert "2. Phòng Tổng hợp: 4 trên 18 việc (22,22%)" in heard.text
    assert list(heard.buttons) == numbered(19, 5, 3, 4, 43)
    heard = await talk.say("leader", "ai đang nhiều việc nhất?")
    assert "1. Ông Thị Ngọc Trầm: 5 việc" in heard.text


async def test_what_was_asked_is_kept_over_a_restart_and_gone_on_from(talk: Talk) -> None:
    await talk.say("leader", "bao nhiêu việc hoàn thành đúng hạn trong tháng 10?")
    heard = await talk.say("leader", "còn phòng Tài chính?")
    assert heard.text.startswith(
        "Việc hoàn thành đúng hạn · Phòng Tài chính Đảng · xong tháng 10/2026: 0"
    )
    speaker = talk.handlers.speaker
    talk.handlers = Handlers(talk.at_work.office, speaker, lambda: talk.now, ())
    heard = await talk.say("leader", "còn phòng Tổng hợp?")
    assert list(heard.buttons) == numbered(17, 15)
    heard = await talk.say("leader", "thế tháng này?")
    assert "Phòng Tổng hợp · xong tháng 11/2026: 1\n" in heard.text
    assert list(heard.buttons) == numbered(16)
    heard = await talk.say("leader", "còn chị Quyên?")
    assert heard.text.startswith("Việc hoàn thành đúng hạn · của Đàm Tú Quyên · xong tháng 11")


async def test_a_question_of_long_ago_is_not_gone_on_from(talk: Talk) -> None:
    await talk.say("leader", "việc nào quá hạn?")
    talk.now += timedelta(hours=3)
    heard = await talk.say("leader", "còn phòng Quản trị?")
    assert heard.text.startswith("Việc đang mở · Phòng Quản trị: 7")


async def test_nobody_goes_on_from_the_question_of_another_nor_turns_its_pages(talk: Talk) -> None:
    late = await talk.say("leader", "việc nào quá hạn?")
    assert await talk.press_data("leader", late.buttons["Sau ›"], late) == ""
    assert list(talk.heard("leader")[-1].buttons) == [*numbered(43), "‹ Trước"]
    mine = await talk.say("deputy", "còn phòng Quản trị?")
    assert mine.text.startswith("Việc đang mở · Phòng Quản trị: 0")
    await talk.press_data("deputy", late.buttons["Sau ›"], mine)
    assert "Việc quá hạn" not in talk.heard("deputy")[-1].text


async def test_each_sees_only_what_they_may_see(talk: Talk) -> None:
    heard = await talk.say("head", "việc nào của phòng Quản trị quá hạn?")  # Kiều Bá Thuyên
    assert list(heard.buttons) == numbered(5, 3, 4, 43)
    heard = await talk.say("deputy", "việc nào của phòng Quản trị quá hạn?")  # Tạ Thị Hoài Mơ
    assert heard.text == (
        "Việc quá hạn · Phòng Quản trị: 0\n\nChỉ tính những việc đồng chí được xem.\n\n"
        f"Không có việc nào.\n\n{AS_OF}\nChưa cập nhật: không có."
    )


async def test_what_is_not_understood_gets_the_three_nearest_questions(talk: Talk) -> None:
    heard = await talk.say("leader", "bao giờ có lương?")
    assert "“lương”" in heard.text
    assert len(heard.buttons) == 3
    heard = await talk.say("leader", "khi nào mưa?")
    assert len(heard.buttons) == 3
    await talk.press("leader", next(iter(heard.buttons)), heard)
    assert AS_OF in talk.heard("leader")[-1].text


async def test_one_task_is_shown_whole(talk: Talk) -> None:
    heard = await talk.say("leader", "kiểm kê tài sản làm tới đâu rồi?")
    assert f"“kiểm kê tài sản”\n{AS_OF}" in heard.text
    assert "Việc số 5 · đang thực hiện" in heard.text


async def test_words_that_no_task_has_are_left_out_and_said(talk: Talk) -> None:
    heard = await talk.say("leader", "phòng Quản trị có việc xây dựng nào quá hạn không?")
    assert "Phòng Quản trị: 4\n\nKhông có việc nào có chữ “xây dựng”; tính cả" in heard.text
    assert list(heard.buttons) == numbered(5, 3, 4, 43)


async def test_what_may_be_an_order_or_a_question_is_asked_by_button(talk: Talk) -> None:
    doubtful = "Giao đồng chí Ân soạn báo cáo tháng trước thứ Sáu chưa?"
    heard = await talk.say("leader", doubtful)
    assert list(heard.buttons) == ["Giao việc", "Hỏi"]
    await talk.press("leader", "Giao việc", heard)
    draft = talk.heard("leader")[-1]
    assert draft.text.startswith("Chưa giao")
    assert "Mạc Thiên Ân" in draft.text
    assert "đã" in await talk.press_data("leader", heard.buttons["Giao việc"], heard)
    assert len(talk.heard("leader")) == 2
    heard = await talk.say("leader", doubtful)
    await talk.press("leader", "Hỏi", heard)
    assert talk.heard("leader")[-1].text.startswith("Việc được giao · của Mạc Thiên Ân")


async def test_words_that_no_task_has_are_not_kept_for_what_follows(talk: Talk) -> None:
    await talk.say("leader", "việc nào quá hạn?")
    heard = await talk.say("leader", "so với tháng trước thì thế nào?")
    assert heard.text.startswith("Không có việc nào có chữ “so tháng trước”. Có phải")
    heard = await talk.say("leader", "còn phòng Quản trị?")
    assert heard.text.startswith("Việc quá hạn · Phòng Quản trị: 4")
    assert "so tháng trước" not in heard.text


async def test_two_named_side_by_side_are_both_asked_about(talk: Talk) -> None:
    await talk.say("leader", "việc nào đang làm?")
    heard = await talk.say("leader", "còn Khiêm với Mẫn?")
    assert heard.text.startswith("Việc đang mở · của Lục Gia Khiêm, Quách Duy Mẫn: ")


async def test_of_a_unit_not_ones_own_it_is_said_that_not_all_is_counted(talk: Talk) -> None:
    assert "được xem" not in (await talk.say("head", "việc quá hạn của phòng Quản trị")).text
    heard = await talk.say("deputy", "việc của anh Vượng thế nào?")
    assert "Chỉ tính những việc đồng chí được xem." in heard.text


async def test_who_does_not_see_all_is_not_told_who_is_the_slowest_of_all(talk: Talk) -> None:
    heard = await talk.say("deputy", "ai chậm nhất?")
    assert "\n\nChỉ tính những việc đồng chí được xem.\n\n" in heard.text
    assert "được xem" not in (await talk.say("leader", "ai chậm nhất?")).text


async def test_what_a_question_is_about_is_searched_for(talk: Talk) -> None:
    heard = await talk.say("leader", "có việc nào về kinh phí không?")
    assert "có chữ “kinh phí”" in heard.text


async def test_a_question_in_the_middle_of_a_draft_changes_nothing_of_it(talk: Talk) -> None:
    draft = await talk.say("leader", "Giao soạn báo cáo chuyên đề")
    assert "Giao đồng chí nào?" in draft.text
    heard = await talk.say("leader", "việc nào tôi giao mà chưa xong?")
    assert heard.text.startswith("Việc đang mở · do đồng chí giao")
    whole = await talk.say("leader", "Trầm")
    assert "Chủ trì: Ông Thị Ngọc Trầm" in whole.text
