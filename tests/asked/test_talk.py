"""A leader asks in a chat: figure, rows, moment and who is silent; and goes on from there."""

from datetime import timedelta

import pytest

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


async def test_a_bare_number_opens_its_task(talk: Talk) -> None:
    for said in ("việc 12", "viec 12", "v12", "#12"):
        assert "Chỉnh lý hồ sơ lưu trữ" in (await talk.say("leader", said)).text


async def test_a_share_is_so_many_of_so_many(talk: Talk) -> None:
    heard = await talk.say("leader", "tỷ lệ đúng hạn của phòng Tổng hợp tháng này")
    assert heard.text.startswith(
        "Việc hoàn thành đúng hạn · Phòng Tổng hợp · xong tháng 11/2026: 1 trên 2 việc (50,00%)"
    )
    heard = await talk.say("leader", "ty le qua han cua phong quan tri")
    assert heard.text.startswith("Việc quá hạn · Phòng Quản trị: 4 trên 7 việc (57,14%)")
    heard = await talk.say("leader", "tỷ lệ hoàn thành tháng 10")
    assert "hạn tháng 10/2026: 5 trên 5 việc (100,00%)" in heard.text
    heard = await talk.say("leader", "quý này phòng nào có tỷ lệ đúng hạn cao nhất?")
    assert "1. Phòng Hành chính - Lưu trữ: 1 trên 1 việc (100,00%)" in heard.text
    heard = await talk.say("leader", "quý này phòng nào có tỷ lệ đúng hạn thấp nhất?")
    assert "1. Phòng Tài chính Đảng: 0 trên 2 việc (0,00%)" in heard.text


async def test_what_tasks_are_about_is_sought_and_is_no_draft(talk: Talk) -> None:
    heard = await talk.say("leader", "việc về kiểm kê tài sản")
    assert "Kiểm kê tài sản cuối năm" in heard.text
    assert "Chủ trì" in heard.text
    heard = await talk.say("leader", "việc về báo cáo")
    assert heard.text.startswith("Việc · có chữ “báo cáo”")


async def test_the_whole_unit_of_whom_was_asked_about(talk: Talk) -> None:
    await talk.say("leader", "tuần này chị Quyên phải nộp gì?")
    heard = await talk.say("leader", "cả phòng thì sao")
    assert heard.text.startswith("Việc phải nộp · Phòng Quản trị · hạn tuần 23/11-29/11/2026: 3")
    talk.now += timedelta(hours=3)
    heard = await talk.say("head", "cả phòng thì sao")  # Kiều Bá Thuyên
    assert heard.text.startswith("Việc đang mở · Phòng Quản trị: 7")


async def test_who_has_time_is_told_by_the_figures_of_the_division(talk: Talk) -> None:
    shown = await talk.say("leader", "/phancong phòng Tổng hợp")
    lines = [one for one in shown.text.splitlines() if one.startswith(("🔴", "🟡", "🟢"))]
    free = await talk.say("leader", "phòng Tổng hợp ai đang rảnh?")
    assert free.text.startswith("Ai đang rảnh · tính đến 14:05 25/11/2026\n")
    told = [one for one in free.text.splitlines() if one in lines]
    assert sorted(told) == sorted(lines)
    busy = [int(one.partition(": ")[2].partition("%")[0]) for one in told]
    assert busy == sorted(busy)
    staff = await talk.say("mate", "ai rảnh tuần này")
    assert staff.text.startswith("Phân công dành cho lãnh đạo và trưởng phòng.")


async def test_the_division_is_narrowed_down_by_what_stands_behind_it(talk: Talk) -> None:
    heard = await talk.say("leader", "/phancong chị Trầm tuần sau")
    assert "Mức bận tuần sau (đến 06/12)\n" in heard.text
    assert next(one for one in heard.text.splitlines() if "%" in one).count("%") == 1
    assert "Đàm Tú Quyên" not in heard.text
    heard = await talk.say("leader", "/phancong tháng 5 phòng Abc")
    assert "Chưa rõ “abc”.\nChỉ tính được tuần này và tuần sau.\n" in heard.text


async def test_on_friday_evening_the_division_begins_with_the_next_week(talk: Talk) -> None:
    talk.now += timedelta(days=2, hours=4)  # 18:05 on the 27th
    for said in ("/phancong", "/phancong tuần này"):
        heard = await talk.say("leader", said)
        assert "\nTuần này đã hết giờ làm việc.\n" in heard.text
        assert "Mức bận tuần sau (đến 06/12) · tuần sau nữa (đến 13/12)" in heard.text


async def test_a_state_behind_the_summary_is_a_question(talk: Talk) -> None:
    heard = await talk.say("leader", "/tonghop quá hạn phòng Quản trị")
    assert heard.text.startswith("Việc quá hạn · Phòng Quản trị: 4\n")


async def test_no_report_of_what_has_not_begun_nor_of_a_place_called_nam(talk: Talk) -> None:
    heard = await talk.say("leader", "/baocao năm 2030")
    assert heard.text == "Năm 2030 chưa đến nên chưa có số liệu. Ví dụ: /baocao tháng trước"
    for said in ("phường Nam Hòa", "phuong nam hoa"):
        heard = await talk.say("leader", f"/baocao {said}")
        assert "đồng chí chọn kỳ" in heard.text
    heard = await talk.say("leader", "/baocao tháng 10 quá hạn")
    assert "Báo cáo gồm việc ở mọi trạng thái, không lọc riêng." in heard.text


@pytest.mark.parametrize(
    "said",
    [
        "phòng Hành chính - Lưu trữ",
        "phong hanh chinh - luu tru",
        "phòng Hành chính - Lưu trữ tháng 10",
        "tháng 10 phòng HC-LT",
        "tháng 10",
        "đồng chí Trầm tháng này",
        "phòng Hành chính - Lưu trữ và phòng Quản trị",
    ],
)
async def test_a_summary_in_plain_words_is_that_of_the_command(talk: Talk, said: str) -> None:
    wanted = await talk.say("leader", f"/tonghop {said}")
    heard = await talk.say("leader", f"tổng hợp {said}")
    assert (heard.text, heard.buttons) == (wanted.text, wanted.buttons)
    assert not await talk.at_work.db.fetch("SELECT 1 FROM drafts")


@pytest.mark.parametrize(
    "said", ["phòng Hành chính - Lưu trữ", "tháng 10 phòng Hành chính - Lưu trữ"]
)
async def test_a_report_in_plain_words_is_that_of_the_command(talk: Talk, said: str) -> None:
    wanted = await talk.say("leader", f"/baocao {said}")
    heard = await talk.say("leader", f"báo cáo {said}")
    assert (heard.text, heard.buttons) == (wanted.text, wanted.buttons)
    assert not await talk.at_work.db.fetch("SELECT 1 FROM drafts")


async def test_a_summary_in_the_middle_of_a_draft_changes_nothing_of_it(talk: Talk) -> None:
    draft = await talk.say("leader", "Giao soạn báo cáo chuyên đề")
    assert "Giao đồng chí nào?" in draft.text
    heard = await talk.say("leader", "tổng hợp phòng Hành chính - Lưu trữ")
    assert heard.text.startswith("Tổng hợp · Phòng Hành chính - Lưu trữ\n")
    whole = await talk.say("leader", "Trầm")
    assert "Chủ trì: Ông Thị Ngọc Trầm" in whole.text


async def test_a_word_that_is_a_unit_too_goes_on_from_a_question(talk: Talk) -> None:
    assert (await talk.say("leader", "tổng hợp")).text.startswith("Tổng hợp\n")
    await talk.say("leader", "việc nào quá hạn?")
    heard = await talk.say("leader", "tổng hợp")
    assert heard.text.startswith("Việc quá hạn · Phòng Tổng hợp:")
    heard = await talk.say("leader", "tổng hợp phòng Quản trị")
    assert heard.text.startswith("Tổng hợp · Phòng Quản trị\n")


async def test_a_file_called_a_report_is_no_request_for_one(talk: Talk) -> None:
    heard = await talk.send_file(
        "leader", "bc.pdf", b"%PDF", "báo cáo tháng 10 phòng Hành chính - Lưu trữ"
    )
    assert "chưa vào việc nào" in heard.text
    assert not any("Giao trong kỳ" in one.text for one in talk.heard("leader"))


async def test_a_list_of_a_unit_is_asked_about_and_no_draft(talk: Talk) -> None:
    heard = await talk.say("leader", "tổng hợp các việc quá hạn phòng Quản trị")
    assert list(heard.buttons) == ["Giao việc", "Hỏi"]
    await talk.press("leader", "Hỏi", heard)
    assert talk.heard("leader")[-1].text.startswith("Việc quá hạn · Phòng Quản trị: 4")


async def test_who_leads_nobody_is_told_that_it_is_not_for_them(talk: Talk) -> None:
    heard = await talk.say("mate", "tổng hợp phòng Quản trị")
    assert heard.text.startswith("Tổng hợp dành cho lãnh đạo")
