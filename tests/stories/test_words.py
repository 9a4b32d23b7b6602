"""Plain words go to their own action: several tasks at once, reports on a task, questions."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"


async def test_several_tasks_in_one_message(stage: Stage, leader: Phone) -> None:
    await leader.say(
        "Giao đồng chí Mạc Thiên Ân, hạn thứ Sáu:\n1. Soạn báo cáo quý\n2. Rà soát hồ sơ đảng viên"
    )
    first = await leader.expect("Soạn báo cáo quý", button="Giao việc")
    second = await leader.expect("Rà soát hồ sơ đảng viên", button="Giao việc")
    assert "17:00 thứ Sáu, 11/12/2026" in first.text
    assert "Mạc Thiên Ân" in second.text
    await leader.press("Giao việc", first)
    await leader.press("Giao việc", second)
    await stage.until("SELECT COUNT(*) = 2 FROM tasks")


async def test_reports_in_words(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect(button="Đã nhận")
    await staff.say("việc 1 được 60% rồi")
    await staff.expect("Tiến độ: 60%")
    await staff.say("xin gia hạn việc 1 đến thứ Tư tuần sau vì chờ số liệu")
    await staff.expect("Xin gia hạn đến 17:00 thứ Tư, 16/12/2026")
    await leader.expect("chờ số liệu", button="Đồng ý gia hạn")
    await staff.say("đã xong việc 1")
    await staff.expect("gửi kết quả việc số 1")
    await staff.say("Đã trình Báo cáo 88-BC/VPTU")
    await leader.expect("Đã trình Báo cáo 88-BC/VPTU", button="Nghiệm thu")
    await staff.say("đã xong rồi")
    await staff.expect("việc số mấy")


async def test_a_whole_draft_is_given_up_in_words(stage: Stage, leader: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.expect(button="Giao việc")
    await leader.say("thôi")
    await leader.expect("Đã bỏ, chưa giao: soạn báo cáo quý")
    await leader.say("thôi")
    await leader.expect("Chưa rõ ý đồng chí")
    await stage.until("SELECT COUNT(*) = 0 FROM tasks")


async def test_questions_in_words(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect(button="Đã nhận")
    await leader.say("việc nào quá hạn?")
    await leader.expect("Việc quá hạn: 0")
    await leader.say("tình hình báo cáo quý đến đâu rồi?")
    await leader.expect("“báo cáo quý”")
    await leader.say("việc 1 thế nào rồi?")
    await leader.expect("Việc số 1", edited=False)


async def test_who_the_settings_name_becomes_an_admin(stage: Stage, staff: Phone) -> None:
    await stage.stop_bot()
    await stage.start_bot(DONDOC_ACCESS__ADMINS=str(staff.id))
    await staff.say("/thuhoi Quách Duy Mẫn")
    await staff.expect("Thu hồi tài khoản của đồng chí nào?")
    await staff.say("/moi")
    await staff.expect("Mọi người đã vào bot")
