"""What was said is never lost: restarts, kills, bad updates, and two people at once."""

import asyncio

import pytest

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, STAFF, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"


async def test_a_dialog_goes_on_after_a_restart(stage: Stage, leader: Phone, staff: Phone) -> None:
    await leader.say("giao đồng chí Mạc Thiên Ân rà soát hồ sơ đảng viên")
    await leader.expect("Hạn khi nào?")
    await stage.stop_bot()
    await stage.start_bot()
    await leader.say("thứ sáu")
    draft = await leader.expect("17:00 thứ Sáu, 11/12/2026", button="Giao việc")
    await stage.kill_bot()
    await stage.start_bot()
    await leader.press("Giao việc", draft)
    await staff.press("Nộp kết quả", await staff.expect(button="Nộp kết quả"))
    await staff.expect("gửi kết quả")
    await stage.kill_bot()
    await stage.start_bot()
    await staff.say("Đã trình dự thảo")
    await staff.expect("chờ nghiệm thu")
    await leader.expect("Đã trình dự thảo", button="Nghiệm thu")


async def test_killed_with_sixty_waiting_every_one_is_answered_and_done_once(
    stage: Stage, leader: Phone
) -> None:
    await leader.catch_up()
    await stage.stop_bot()
    sentences = [f"Giao đồng chí Mạc Thiên Ân việc thử số {n}, hạn thứ Sáu" for n in range(60)]
    for sentence in sentences:
        await leader.say(sentence)
    await stage.play.faults(delay_ms=100)
    await stage.start_bot()
    first = await leader.expect("thử số")
    await stage.kill_bot()
    assert stage.rows("SELECT COUNT(*) > 0 FROM inbox WHERE state = 'waiting'") == [(1,)]
    await stage.play.faults(delay_ms=0)
    await stage.start_bot()
    for n in range(60):
        if f"\nthử số {n}\n" not in first.text:
            await leader.expect(f"\nthử số {n}\n", timeout=40)
    drafts = stage.rows("SELECT COUNT(*), COUNT(DISTINCT fields) FROM drafts WHERE kind = 'assign'")
    assert drafts == [(60, 60)]


async def test_one_update_that_cannot_be_read_stops_nobody(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    bad = {"message": {"message_id": "x", "date": "never", "chat": [], "from": 7}}
    good = {"person_id": staff.id, "text": "/viec"}
    await stage.play.inject(bad)
    await stage.play.batch(("say", good), ("say", {"person_id": leader.id, "text": "/viec"}))
    await stage.play.inject({"callback_query": {"id": 5}}, {"message": None}, {})
    await staff.expect("không có việc nào đang mở")
    await leader.expect("không có việc nào đang mở")
    await stage.until("SELECT COUNT(*) >= 1 FROM inbox WHERE state = 'failed'")
    assert "Traceback" not in stage.log()


async def test_a_stranger_gets_a_polite_sentence_and_nothing_else(stage: Stage) -> None:
    stranger = await Phone.of_stranger(stage.play, "Nguyễn Văn Khách")
    await stranger.start()
    answer = await stranger.expect("chưa có tên đồng chí trong danh sách")
    assert str(stranger.id) in answer.text
    await stranger.say("/tonghop")
    await stranger.expect("chưa có tên đồng chí")
    await stranger.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo")
    await stranger.expect("chưa có tên đồng chí")
    assert stage.rows("SELECT COUNT(*) FROM drafts") == [(0,)]


async def test_two_people_and_two_presses_at_once_do_a_thing_once(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say(SENTENCE)
    draft = await leader.expect(button="Giao việc")
    await asyncio.gather(*(leader.press("Giao việc", draft) for _ in range(3)))
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(1,)]
    card = await staff.expect(button="Đã nhận")
    toasts = await asyncio.gather(*(staff.press("Đã nhận", card) for _ in range(3)))
    assert [toast.text for toast in toasts].count("Đã ghi nhận") == 1
    await staff.press("Nộp kết quả")
    await staff.expect("gửi kết quả")
    await staff.say("Đã trình")
    result = await leader.expect("mời đồng chí nghiệm thu", button="Nghiệm thu")
    await asyncio.gather(leader.press("Nghiệm thu", result), leader.press("Trả lại", result))
    accepted = stage.rows("SELECT COUNT(*) FROM events WHERE kind = 'task.accept'")
    status = stage.rows("SELECT status FROM tasks")
    assert (accepted, status) in [([(1,)], [("done",)]), ([(0,)], [("submitted",)])]


async def test_an_old_card_is_answered_with_the_present_one(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    draft = await leader.expect(button="Giao việc")
    await leader.press("Giao việc", draft)
    card = await staff.expect(button="Đã nhận")
    await staff.press("Đã nhận", card)
    await staff.expect("đang thực hiện", edited=True)
    assert "đã cũ" in (await staff.press("Đã nhận", card)).text
    assert "đã cũ" in (await leader.press("Bỏ", draft)).text
    await leader.expect("Việc số 1", edited=True)


async def test_nobody_sees_or_does_what_is_not_theirs(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    other = await stage.phone("Đàm Tú Quyên")
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    card = await staff.expect(button="Đã nhận")
    await other.say("/viec 1")
    await other.expect("Không tìm thấy việc số 1")
    await other.say("/tim báo cáo")
    await other.expect("Không tìm thấy việc nào")
    await stage.play.inject(
        {
            "callback_query": {
                "id": "77",
                "from": {"id": other.id, "is_bot": False, "first_name": "x"},
                "chat_instance": "1",
                "data": card.button("Đã nhận").data,  # type: ignore[union-attr]
                "message": {
                    "message_id": 999,
                    "date": 1,
                    "chat": {"id": other.id, "type": "private"},
                },
            }
        }
    )
    await other.say("/viec")
    await other.expect("không có việc nào đang mở")
    assert stage.rows("SELECT status FROM tasks") == [("assigned",)]
    await other.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo, hạn thứ Sáu")
    await other.press("Giao việc", await other.expect(button="Giao việc"))
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(1,)]


async def test_who_has_not_started_is_shown_and_gets_what_waited(
    stage: Stage, leader: Phone
) -> None:
    await leader.say("Giao đồng chí Quách Duy Mẫn soạn báo cáo, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await leader.expect("Quách Duy Mẫn, Phòng Tổng hợp (chưa bấm Bắt đầu với bot)", edited=True)
    man = await stage.phone("Quách Duy Mẫn")
    await man.expect("Đồng chí được giao việc mới", button="Đã nhận")
    await stage.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'")
    await man.block()
    await leader.say("Giao đồng chí Quách Duy Mẫn lập dự toán, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect("dự toán", button="Giao việc"))
    await leader.expect("đã chặn bot", edited=True)
    await man.unblock()
    await man.start()
    await man.expect("lập dự toán", button="Đã nhận")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/khongco", "Không có lệnh này"),
        ("/viec 99999", "Không tìm thấy việc số 99999"),
        ("/viec " + "9" * 40, "Không tìm thấy việc"),
        ("/tim", "gõ từ cần tìm"),
        ('/tim "* -(', "gõ từ cần tìm"),
        ('/tim "* OR -(', "Không tìm thấy"),
        ("/giao", "gõ một câu"),
        ("tài liệu TỐI MẬT về nhân sự", "bí mật nhà nước"),
        ("giao việc " + "rất dài " * 90, "Đồng chí rút gọn"),
    ],
)
async def test_every_wrong_input_gets_one_sentence(
    leader: Phone, stage: Stage, text: str, answer: str
) -> None:
    await leader.say(text)
    await leader.expect(answer)
    assert "Traceback" not in stage.log()


async def test_a_secret_is_kept_nowhere(stage: Stage, leader: Phone) -> None:
    await leader.say("Giao đồng chí Ân xử lý công văn TUYỆT MẬT kế hoạch phòng thủ khu vực")
    await leader.expect("bí mật nhà nước")
    await stage.stop_bot()
    for where, content in stage.kept().items():
        assert "phòng thủ khu vực".encode() not in content, where


async def test_the_head_sees_the_room_and_not_the_next(stage: Stage, leader: Phone) -> None:
    head = await stage.phone(HEAD)
    await leader.say(f"Giao đồng chí {STAFF} soạn báo cáo quý, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    await leader.say("Giao đồng chí Đàm Tú Quyên kiểm kê tài sản, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect("kiểm kê", button="Giao việc"))
    await head.say("/tonghop")
    summary = await head.expect("Tổng hợp")
    assert "Tổng số: 1 việc" in summary.text
    await head.say("/tim kiem ke")
    await head.expect("Không tìm thấy")
