"""Files and words that belong to a task: sent with a card, as a reply to it, several at once."""

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"


async def assigned(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))


async def test_a_reply_with_a_file_belongs_to_the_task(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await assigned(leader, staff)
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    await staff.send_file("Dự thảo báo cáo.docx", b"du thao", reply_to=card)
    await staff.expect("Đã nhận tệp vào việc số 1.")
    told = await leader.expect("đồng chí Mạc Thiên Ân: gửi tệp Dự thảo báo cáo.docx")
    assert "Tệp: 1" in told.text
    await leader.press("Xem tệp (1)", told)
    listed = await leader.expect("Tệp của việc số 1: 1", button="Dự thảo báo cáo.docx")
    assert "Dự thảo báo cáo.docx · 7 byte · Mạc Thiên Ân" in listed.text
    await leader.press("Dự thảo báo cáo.docx", listed)
    sent = await leader.expect("Việc số 1", edited=False)
    assert sent.file is not None
    assert sent.file["file_name"] == "Dự thảo báo cáo.docx"
    assert await leader.download(sent) == b"du thao"
    assert stage.rows("SELECT COUNT(*) FROM files") == [(1,)]


async def test_an_album_is_kept_whole_with_one_answer(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await assigned(leader, staff)
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        reply = card if name == "a.pdf" else None
        await staff.send_file(name, name.encode(), reply_to=reply, album="al1")
    await staff.expect("Đã nhận 3 tệp vào việc số 1: a.pdf, b.pdf, c.pdf.")
    await leader.expect("gửi tệp", edited=False)
    assert stage.rows("SELECT name FROM files ORDER BY id") == [("a.pdf",), ("b.pdf",), ("c.pdf",)]


async def test_a_reply_is_a_note_told_once_a_minute(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await assigned(leader, staff)
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    await staff.say("phụ lục 2 lấy số liệu đến 30/11 phải không ạ", reply_to=card)
    await staff.expect("Đã ghi trao đổi vào việc số 1.")
    told = await leader.expect("đồng chí Mạc Thiên Ân: phụ lục 2")
    await staff.say("em lấy theo mẫu cũ", reply_to=card)
    await staff.say("và thêm cột so sánh", reply_to=card)
    await stage.until("SELECT COUNT(*) = 3 FROM events WHERE kind = 'task.note'")
    await leader.say("lấy đến 30/11 nhé", reply_to=told)
    await staff.expect("đồng chí Trịnh Quang Lĩnh: lấy đến 30/11 nhé", edited=False)
    said = "SELECT COUNT(*) = 2 FROM outbox WHERE kind = 'task.note' AND state = 'sent'"
    await stage.until(said)
    await stage.at(7, 9, 2)
    both = await leader.expect("Trao đổi: 2 tin mới", edited=False)
    assert "em lấy theo mẫu cũ" in both.text
    assert "và thêm cột so sánh" in both.text
    await leader.say("/viec 1")
    shown = await leader.expect("Việc số 1", edited=False)
    assert "Trao đổi (Trịnh Quang Lĩnh): lấy đến 30/11 nhé" in shown.text


async def test_a_note_that_reads_as_a_report_is_offered_as_one(leader: Phone, staff: Phone) -> None:
    await assigned(leader, staff)
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    await staff.say("60% đã xong dự thảo", reply_to=card)
    noted = await staff.expect("Đã ghi trao đổi", button="Ghi là tiến độ")
    await leader.expect("60% đã xong dự thảo")
    await staff.press("Ghi là tiến độ", noted)
    await staff.expect("Tiến độ: 60%", edited=True)
    toast = await staff.press("Ghi là tiến độ", noted)
    assert "đã cũ" in toast.text


async def test_discussion_behind_other(stage: Stage, leader: Phone, staff: Phone) -> None:
    head = await stage.phone(HEAD)
    await assigned(leader, staff)
    await head.say("/viec 1")
    await head.press("Khác", await head.expect("Việc số 1", button="Khác"))
    await head.press("Trao đổi", await head.expect("Việc số 1", button="Trao đổi", edited=True))
    await head.expect("trao đổi gì về việc số 1?")
    await head.say("đồng chí Ân gửi tôi xem trước")
    await head.expect("Đã ghi trao đổi.")
    await staff.expect("đồng chí Đoàn Thục Hạnh Nhi: đồng chí Ân gửi tôi xem trước")
    await leader.expect("đồng chí Đoàn Thục Hạnh Nhi", edited=False)
