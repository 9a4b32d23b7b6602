"""Asking for more time: dates as buttons, another date offered, a request taken back, a doubtful date."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm, trước 17h thứ Sáu"


async def assigned(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect("được giao việc mới", button="Xin gia hạn")


async def test_dates_as_buttons_and_another_date_offered(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await assigned(leader, staff)
    await staff.press("Xin gia hạn")
    asked = await staff.expect("xin gia hạn đến khi nào, vì sao?", button="Thứ Sáu 18/12")
    assert "Thứ Sáu 11/12" not in asked.labels
    await staff.press("Thứ Năm 31/12", asked)
    why = await staff.expect("xin gia hạn vì sao?", edited=True)
    await staff.press("Không nêu", why)
    await staff.expect("Đã gửi đề nghị gia hạn", edited=True)
    card = await leader.expect("mời đồng chí cho ý kiến", button="Đề xuất ngày khác")
    assert {"Đồng ý gia hạn", "Từ chối gia hạn"} < set(card.labels)
    assert "Hạn: 17:00 thứ Sáu, 11/12/2026" in card.text

    await leader.press("Đề xuất ngày khác", card)
    await leader.press("Thứ Sáu 18/12", await leader.expect("đề xuất hạn nào?"))
    await leader.expect("Đã đề xuất hạn khác", edited=True)
    offer = await staff.expect("Người giao đề xuất hạn khác", button="Nhận hạn này", edited=False)
    assert "được đề xuất hạn 17:00 thứ Sáu, 18/12/2026" in offer.text
    await staff.press("Nhận hạn này", offer)
    taken = await staff.expect("Hạn: 17:00 thứ Sáu, 18/12/2026", edited=True)
    assert "Đã gia hạn: 1 lần (hạn đầu 11/12/2026)" in taken.text
    await leader.expect("đã được đồng ý", edited=False)
    await staff.press("Lịch sử", taken)
    history = await staff.expect("Lịch sử việc số 1")
    assert "hạn đầu 11/12/2026, gia hạn 1 lần" in history.text
    assert "xin gia hạn đến 17:00 thứ Năm, 31/12/2026" in history.text
    assert "nhận hạn được đề xuất đến 17:00 thứ Sáu, 18/12/2026" in history.text


async def test_a_doubtful_date_offers_dates_and_the_request_is_taken_back(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await assigned(leader, staff)
    await staff.press("Xin gia hạn")
    await staff.expect("xin gia hạn đến khi nào")
    await staff.say("đến sau Tết vì chờ số liệu của các ban")
    choose = await staff.expect("chọn rõ ngày", button="Thôi")
    await staff.press(choose.labels[0], choose)
    sent = await staff.expect("Đã gửi đề nghị gia hạn", button="Khác")
    assert "chờ số liệu của các ban" in sent.text
    await leader.expect("mời đồng chí cho ý kiến")
    await staff.press("Khác", sent)
    await staff.press("Rút đề nghị", await staff.expect(button="Rút đề nghị", edited=True))
    back = await staff.expect("Việc số 1", button="Xin gia hạn", edited=True)
    assert "Xin gia hạn" not in back.text
    await leader.expect("Việc số 1", edited=True)
