"""A question that waits holds nobody: people change their mind, tasks go on, files come along."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"
OTHER = "Giao đồng chí Quách Duy Mẫn lập dự toán, hạn thứ Sáu"


async def assigned(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    await staff.expect("báo cáo quý", button="Đã nhận")


async def test_a_question_about_a_task_that_has_ended(leader: Phone, staff: Phone) -> None:
    await assigned(leader, staff)
    await staff.press("Nộp kết quả")
    await staff.expect("gửi kết quả")
    await leader.press("Khác")
    await leader.press("Hủy việc", await leader.expect("Việc số 1", button="Hủy việc"))
    await leader.say("Đã có công văn thay thế")
    await staff.expect("đã hủy", button="Lịch sử")
    await staff.say("Đã trình Báo cáo 88-BC/VPTU")
    await staff.expect("chưa được ghi vào việc")
    await staff.say("/viec")
    await staff.expect("không có việc nào đang mở")
    await staff.say("việc nào quá hạn?")
    await staff.expect("Việc quá hạn: 0")


async def test_another_task_in_the_middle_of_a_question(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await assigned(leader, staff)
    await leader.press("Khác")
    await leader.press("Hủy việc", await leader.expect("Việc số 1", button="Hủy việc"))
    await leader.expect("vì sao?")
    await leader.say(OTHER)
    await leader.press("Giao việc", await leader.expect("lập dự toán", button="Giao việc"))
    await stage.until("SELECT COUNT(*) = 2 FROM tasks WHERE status = 'assigned'")


async def test_words_that_take_a_question_back(stage: Stage, leader: Phone, staff: Phone) -> None:
    await assigned(leader, staff)
    await leader.press("Khác")
    await leader.press("Hủy việc", await leader.expect("Việc số 1", button="Hủy việc"))
    await leader.expect("vì sao?")
    await leader.say("thôi")
    await leader.expect("Đã thôi.")
    assert stage.rows("SELECT status FROM tasks") == [("assigned",)]


async def test_a_question_is_forgotten_after_half_a_day(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await assigned(leader, staff)
    await staff.press("Vướng mắc")
    await staff.expect("vướng gì")
    await stage.at(8)
    await staff.say("việc 1 được 30%")
    await staff.expect("Tiến độ: 30%")


async def test_a_reply_goes_to_the_question_it_replies_to(leader: Phone, staff: Phone) -> None:
    await assigned(leader, staff)
    await staff.press("Nộp kết quả")
    older = await staff.expect("gửi kết quả")
    await staff.press("Vướng mắc")
    await staff.expect("vướng gì")
    await staff.say("Đã trình Tờ trình 12-TTr/VPTU", reply_to=older)
    await leader.expect("Đã trình Tờ trình 12-TTr/VPTU", button="Nghiệm thu")


async def test_files_are_kept_wherever_they_come(leader: Phone, staff: Phone) -> None:
    await leader.send_file("cong-van.txt", b"cong van 215", caption=SENTENCE)
    draft = await leader.expect("Tệp: cong-van.txt", button="Giao việc")
    await leader.press("Giao việc", draft)
    await staff.expect("báo cáo quý", button="Đã nhận")
    await staff.press("Báo tiến độ")
    await staff.expect("đến đâu rồi?")
    await staff.send_file("du-thao.txt", b"du thao", caption="60% đã xong dự thảo")
    await staff.expect("Tiến độ: 60%")
    await staff.press("Nộp kết quả")
    await staff.expect("gửi kết quả")
    await staff.send_file("bao-cao.txt", b"bao cao")
    await staff.expect("Đã nộp kết quả.")
    await staff.send_file("phu-luc.txt", b"phu luc")
    await staff.expect("Đã thêm tệp vào việc số 1.")
    await leader.say("/viec 1")
    await leader.press("Lịch sử", await leader.expect("chờ nghiệm thu", edited=False))
    history = await leader.expect("Lịch sử việc số 1")
    names = {"cong-van.txt", "du-thao.txt", "bao-cao.txt", "phu-luc.txt"}
    assert names <= set(history.labels)


async def test_a_draft_is_given_up_in_words(stage: Stage, leader: Phone) -> None:
    for sentence in ("Giao đồng chí Ân", "Giao đồng chí Ân soạn báo cáo quý", "Soạn báo cáo, mai"):
        await leader.say(sentence)
        await leader.expect(button="Bỏ")
        await leader.say("thôi")
        await leader.expect("Đã bỏ, chưa giao")
    assert stage.rows("SELECT COUNT(*) FROM drafts WHERE ended_at IS NULL") == [(0,)]


async def test_a_correction_of_a_draft_is_given_up_in_words(leader: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Sửa nội dung", await leader.expect("báo cáo quý", button="Sửa nội dung"))
    await leader.say("thôi")
    await leader.expect("soạn báo cáo quý", button="Giao việc", edited=False)


async def test_another_task_without_giao_answers_no_deadline(leader: Phone) -> None:
    await leader.say("Giao đồng chí Ân soạn báo cáo quý")
    await leader.expect("Hạn khi nào?")
    await leader.say("đồng chí Mẫn lập dự toán, trước thứ Năm")
    other = await leader.expect("lập dự toán", button="Giao việc")
    assert "Quách Duy Mẫn" in other.text
    await leader.say("thứ Sáu")
    await leader.expect("Chưa rõ ý")


async def test_reports_and_questions_while_a_draft_asks(leader: Phone, staff: Phone) -> None:
    await assigned(leader, staff)
    await staff.say("tôi soạn tờ trình")
    await staff.expect("Hạn khi nào?")
    await staff.say("việc 1 được 20%")
    await staff.expect("Tiến độ: 20%")
    await staff.say("việc nào quá hạn?")
    await staff.expect("Việc quá hạn: 0")
    await staff.say("thứ Sáu")
    await staff.expect("soạn tờ trình", button="Giao việc")


async def test_a_list_that_is_too_long_is_not_cut_in_silence(stage: Stage, leader: Phone) -> None:
    await leader.say("\n".join(f"{n}. Giao Ân soạn báo cáo số {n}, mai" for n in range(1, 22)))
    await leader.expect("nhiều nhất 20 việc")
    assert stage.rows("SELECT COUNT(*) FROM drafts") == [(0,)]


async def test_one_of_two_is_asked_for(stage: Stage, leader: Phone, staff: Phone) -> None:
    await leader.say("Giao đồng chí Trầm hoặc đồng chí Mẫn rà số liệu, trước thứ Sáu")
    asked = await leader.expect("Giao đồng chí nào?", button="Quách Duy Mẫn")
    assert asked.button("Ông Thị Ngọc Trầm")
    await assigned(leader, staff)
    await leader.press("Khác")
    await leader.press("Giao người khác", await leader.expect(button="Giao người khác"))
    await leader.expect("cho đồng chí nào")
    await leader.say("Trầm hay Mẫn cũng được")
    await leader.press("Quách Duy Mẫn", await leader.expect(button="Ông Thị Ngọc Trầm"))
    await leader.expect("Chủ trì: Quách Duy Mẫn", edited=True)


async def test_a_report_on_another_task_is_no_answer(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await assigned(leader, staff)
    await leader.say("Giao đồng chí Mạc Thiên Ân lập danh mục, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect("lập danh mục", button="Giao việc"))
    await staff.expect("lập danh mục", button="Đã nhận")
    await staff.say("đã xong việc 1")
    await staff.expect("gửi kết quả việc số 1")
    await staff.say("việc 2 được 50% rồi")
    await staff.expect("Tiến độ: 50%")
    assert stage.rows("SELECT status, percent FROM tasks ORDER BY id") == [
        ("assigned", 0),
        ("in_progress", 50),
    ]
    await staff.say("Đã trình Báo cáo 88-BC/VPTU cùng việc 2")
    await leader.expect("Đã trình Báo cáo 88-BC/VPTU cùng việc 2", button="Nghiệm thu")
    assert stage.rows("SELECT status FROM tasks WHERE id = 1") == [("submitted",)]
