"""A leader's remark is answered, a wrong figure is put right by two people."""

from bot.playground.phone import Phone
from tests.stories.assigning.test_main_job import SENTENCE
from tests.stories.stage import Stage


async def test_a_remark_is_asked_chased_and_answered(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect(button="Đã nhận")
    await leader.press("Khác")
    await leader.press("Ý kiến chỉ đạo", await leader.expect(button="Ý kiến chỉ đạo"))
    await leader.expect("cho ý kiến chỉ đạo việc số 1")
    await leader.say("Làm rõ nguyên nhân chậm")
    await leader.expect("Đã gửi ý kiến chỉ đạo")
    told = await staff.expect("mời đồng chí trả lời", button="Trả lời ý kiến", edited=False)
    assert "chưa trả lời (Trịnh Quang Lĩnh, hạn 17:00 09/12): Làm rõ nguyên nhân chậm" in told.text
    await stage.at(9, 17, 1)
    chased = await staff.expect("ý kiến chỉ đạo đã đến hạn trả lời", edited=False)
    await staff.press("Trả lời ý kiến", chased)
    await staff.expect("trả lời ý kiến chỉ đạo việc số 1")
    await staff.say("Chậm do chờ số liệu quý")
    answered = await staff.expect("Đã trả lời ý kiến chỉ đạo")
    assert "chưa trả lời" not in answered.text
    heard = await leader.expect("Ý kiến chỉ đạo đã được trả lời", edited=False)
    assert "Trả lời: Chậm do chờ số liệu quý" in heard.text


async def test_a_wrong_day_is_corrected_and_counted_apart_meanwhile(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect(button="Đã nhận")
    await stage.at(14)
    await staff.press("Nộp kết quả", await staff.expect("ĐỎ", button="Nộp kết quả"))
    await staff.expect("gửi kết quả")
    await staff.say("Đã trình Báo cáo 88-BC/VPTU")
    late = await staff.expect("chờ nghiệm thu", button="Khác")
    await staff.press("Khác", late)
    await staff.press("Đính chính", await staff.expect(button="Đính chính", edited=True))
    await staff.expect("Đính chính số liệu nào của việc số 1")
    await staff.say("ngày nộp 10/12 vì đã gửi bản giấy")
    await staff.expect("Đã gửi đề nghị đính chính")
    # The request comes alone or as a line of the morning's digest, by which of the two is earlier.
    await leader.expect("Đề nghị đính chính", edited=False)
    await leader.say("/viec 1")
    asked = await leader.expect("Đính chính chờ duyệt", button="Đồng ý đính chính", edited=False)
    assert "ngày nộp từ 09:00 14/12 thành 17:00 10/12" in asked.text
    await leader.say("/tonghop")
    summary = await leader.expect("Tổng hợp\nTính đến")
    assert "Tổng số: 0 việc" in summary.text
    assert "Đang đính chính, ngoài tổng số: 1" in summary.text
    await leader.press("Đồng ý đính chính", asked)
    await staff.expect("Đề nghị đính chính đã được đồng ý", edited=False)
    await leader.say("/tonghop")
    summary = await leader.expect("Chờ nghiệm thu quá hạn: Trịnh Quang Lĩnh 1")
    assert "🔵 Trong hạn: 1 (100,00%)" in summary.text
