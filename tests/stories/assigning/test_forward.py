"""What somebody else wrote becomes a task: passed on to the bot, or replied to with an order."""

from bot.playground.phone import Phone
from tests.stories.stage import DEPUTY, Stage

LETTER = "Công văn 215-CV/BTCTU về việc rà soát biên chế năm 2026, đề nghị gửi báo cáo"


async def test_a_forwarded_message_is_offered_as_a_task(stage: Stage, leader: Phone) -> None:
    await leader.say(LETTER, forward_from=DEPUTY)
    offer = await leader.expect(f"Tin chuyển tiếp từ {DEPUTY}. Giao thành việc?")
    assert offer.labels == ["Giao thành việc", "Bỏ"]
    assert LETTER in offer.text
    await leader.say("việc nào quá hạn?")
    await leader.expect("Việc quá hạn: 0")
    await leader.press("Giao thành việc", offer)
    await leader.expect("Giao đồng chí nào?", edited=True)
    await leader.say("Mạc Thiên Ân")
    await leader.press("Thứ Sáu 11/12", await leader.expect("Hạn khi nào?"))
    whole = await leader.expect("Chưa giao: xem lại", button="Giao việc")
    await leader.press("Giao việc", whole)
    await leader.expect("Việc số 1", edited=True)
    assert stage.rows("SELECT title FROM tasks") == [(LETTER,)]


async def test_an_offer_may_be_let_be(stage: Stage, leader: Phone) -> None:
    await leader.say("/viec", forward_from=DEPUTY)
    await leader.press("Bỏ", await leader.expect("Giao thành việc?"))
    await leader.expect("Đã bỏ, chưa giao: /viec", edited=True)
    await leader.say("Giao đồng chí Ân soạn báo cáo, hạn thứ Sáu", forward_from="Người Ngoài")
    whole = await leader.expect("Chưa giao: xem lại", button="Giao việc")
    assert "Mạc Thiên Ân" in whole.text
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(0,)]


async def test_forwarded_files_come_along(stage: Stage, leader: Phone, staff: Phone) -> None:
    for name in ("ke-hoach.pdf", "phu-luc.pdf"):
        await leader.send_file(name, name.encode(), forward_from=DEPUTY, album="al1")
    offer = await leader.expect("Xử lý tệp ke-hoach.pdf", button="Giao thành việc")
    await leader.expect("Đã nhận 1 tệp vào việc đang soạn: phu-luc.pdf.")
    await leader.press("Giao thành việc", offer)
    await leader.expect("Giao đồng chí nào?", edited=True)
    await leader.say("Mạc Thiên Ân")
    await leader.press("Thứ Sáu 11/12", await leader.expect("Hạn khi nào?"))
    await leader.press("Giao việc", await leader.expect("Chưa giao: xem lại"))
    card = await staff.expect("Xử lý tệp ke-hoach.pdf", button="Đã nhận")
    assert "Tệp: 2" in card.text


async def test_an_order_about_a_forwarded_document(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    sent = await leader.send_file("cv-215.pdf", b"%PDF", caption=LETTER, forward_from=DEPUTY)
    await leader.expect("Giao thành việc?")
    await leader.say("/giao @thienan trước thứ Sáu", reply_to=sent)
    draft = await leader.expect(LETTER, button="Giao việc")
    assert "Mạc Thiên Ân" in draft.text
    assert "17:00 thứ Sáu, 11/12/2026" in draft.text
    assert "Tệp: cv-215.pdf" in draft.text
    await leader.press("Giao việc", draft)
    card = await staff.expect(LETTER, button="Đã nhận")
    assert "Tệp: 1" in card.text
    [(kept,)] = stage.rows("SELECT t.body FROM tasks k JOIN texts t ON t.id = k.text_id")
    assert kept == f"@thienan trước thứ Sáu\n{LETTER}"


async def test_plain_words_about_a_document(leader: Phone) -> None:
    sent = await leader.send_file("Kế hoạch 12.pdf", b"%PDF", forward_from=DEPUTY)
    await leader.expect("Giao thành việc?")
    await leader.say("giao đồng chí Ân tham mưu văn bản này trước thứ Sáu", reply_to=sent)
    draft = await leader.expect("tham mưu: Xử lý tệp Kế hoạch 12.pdf", button="Giao việc")
    assert "Tệp: Kế hoạch 12.pdf" in draft.text


async def test_an_order_alone_takes_the_message_as_it_is(leader: Phone, staff: Phone) -> None:
    sent = await leader.say("chị Trầm gửi số liệu biên chế trước ngày 15/12")
    await leader.expect("gửi số liệu biên chế", button="Giao việc")
    await leader.say("/giao", reply_to=sent)
    draft = await leader.expect("gửi số liệu biên chế", button="Giao việc")
    assert "Ông Thị Ngọc Trầm" in draft.text
    assert "15/12/2026" in draft.text
    await staff.say("/giao")
    await staff.expect("gõ một câu như nói với đồng nghiệp")


async def test_an_edited_order_still_knows_what_it_is_about(leader: Phone) -> None:
    sent = await leader.say(LETTER, forward_from=DEPUTY)
    await leader.expect("Giao thành việc?")
    order = await leader.say("/giao @thienan trước thứ Sáu", reply_to=sent)
    draft = await leader.expect(LETTER, button="Giao việc")
    await leader.edit(order, "/giao @thienan trước thứ Năm")
    changed = await leader.expect("17:00 thứ Năm, 10/12/2026", edited=True)
    assert changed.id == draft.id
    assert LETTER in changed.text


async def test_a_secret_is_stopped_where_it_is_replied_to_or_passed_on(
    stage: Stage, leader: Phone
) -> None:
    secret = await leader.send_file("a.pdf", b"%PDF", caption="Công văn (MẬT) Z9 của Quân khu")
    await leader.expect("dấu hiệu bí mật nhà nước")
    await leader.say("/giao @thienan trước thứ Sáu", reply_to=secret)
    await leader.expect("dấu hiệu bí mật nhà nước")
    await leader.send_file("Hồ sơ MẬT Z9.pdf", b"%PDF", forward_from=DEPUTY)
    await leader.expect("dấu hiệu bí mật nhà nước")
    assert stage.rows("SELECT COUNT(*) FROM drafts") == [(0,)]
    assert stage.rows("SELECT COUNT(*) FROM files") == [(0,)]


async def test_a_forwarded_file_answers_what_was_asked(leader: Phone, staff: Phone) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu")
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    await staff.press("Nộp kết quả", await staff.expect("báo cáo quý", button="Đã nhận"))
    await staff.expect("gửi kết quả")
    await staff.send_file("bao-cao.pdf", b"%PDF", caption="đã trình", forward_from="Văn thư")
    await staff.expect("Đã nộp kết quả.")
