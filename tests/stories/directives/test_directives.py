"""A document that assigns many tasks: entered in one go, all or none, and followed by document."""

from bot.chat.directives.entry import SAMPLE, SAMPLE_NAME
from bot.playground.phone import Phone
from tests.stories.stage import HEAD, Stage

HEADING = "Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, nhận 04/12, 3 việc"
LIST = """\
1. Mạc Thiên Ân soạn báo cáo kết quả thực hiện, trước thứ Sáu
2. Ông Thị Ngọc Trầm rà soát số liệu, trong 5 ngày làm việc
3. Đồng chí Phan Văn Lạ soạn kế hoạch"""
CLERK = "Hứa Cẩm Vy"


async def test_a_list_is_mended_and_assigned_by_one_press(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say(f"{HEADING}\n{LIST}")
    card = await leader.expect("Nhập việc từ văn bản 12-TB/VPTU (mới)")
    assert "nhận 04/12/2026" in card.text
    assert "Hạn theo số ngày tính từ ngày nhận 04/12" in card.text
    assert "rà soát số liệu · Ông Thị Ngọc Trầm · 17:00 thứ Sáu, 11/12/2026" in card.text
    assert "Không có “Phan Văn Lạ” trong danh sách; thiếu hạn" in card.text
    assert "Giao 3 việc" not in card.labels
    await leader.say("3. Quách Duy Mẫn soạn kế hoạch, không thời hạn")
    card = await leader.expect("Quách Duy Mẫn · không thời hạn", button="Giao 3 việc")
    await leader.press("Tính từ ngày nhập", card)
    card = await leader.expect("17:00 thứ Hai, 14/12/2026", button="Giao 3 việc", edited=True)
    await leader.press("Tính từ ngày nhận", card)
    card = await leader.expect("Ông Thị Ngọc Trầm · 17:00 thứ Sáu, 11/12/2026", edited=True)
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(0,)]
    await leader.press("Giao 3 việc", card)
    page = await leader.expect("Đã giao 3 việc", button="Việc 1", edited=True)
    assert "Đã nhập 3 / dự kiến 3" in page.text
    assert "🔵 2" in page.text
    task = await staff.expect("Đồng chí được giao việc mới", button="Đã nhận")
    assert "Theo văn bản: 12-TB/VPTU" in task.text
    toast = await leader.press("Giao 3 việc", card)
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(3,)]
    assert toast is not None


async def test_the_list_of_documents_says_what_is_not_entered(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say("/vanban Kết luận 45-KL/TU ngày 01/12/2026 về công tác tháng 12, 2 việc")
    card = await leader.expect("Đồng chí gửi các việc", button="Lưu, nhập việc sau")
    await leader.press("Lưu, nhập việc sau", card)
    await leader.expect("Đã lưu văn bản", edited=True)
    await leader.say("/vanban")
    listed = await leader.expect("Văn bản giao việc: 1 · chưa nhập đủ: 1", button="45-KL/TU")
    assert "còn 2 việc chưa nhập" in listed.text
    await leader.press("45-KL/TU", listed)
    page = await leader.expect(
        "Kết luận về công tác tháng 12", button="Nhập thêm việc", edited=True
    )
    await leader.press("Nhập thêm việc", page)
    await leader.expect("Đã nhập 0 / dự kiến 2")
    await leader.say("Ân soạn báo cáo tháng, trước thứ Sáu")
    card = await leader.expect("Đã nhập 0 / dự kiến 2 · lần này 1", button="Giao 1 việc")
    await leader.press("Giao 1 việc", card)
    await leader.expect("còn 1 việc chưa nhập", edited=True)
    sentence = "Theo Kết luận 45-KL/TU, giao đồng chí Trầm rà soát số liệu, hạn thứ Sáu"
    await leader.say(sentence)
    draft = await leader.expect("Theo văn bản: 45-KL/TU", button="Giao việc")
    await leader.press("Giao việc", draft)
    await leader.expect("Việc số 2", edited=True)
    await leader.say("/vanban 45-kl/tu")
    page = await leader.expect("Đã nhập 2 / dự kiến 2", button="Việc 2", edited=False)
    assert "chưa nhập" not in page.text
    await staff.say("/vanban")
    mine = await staff.expect("Văn bản giao việc: 1")
    assert "đồng chí xem được 1" in mine.text
    await leader.say("/vanban khong co")
    await leader.expect("Không tìm thấy văn bản nào.")


async def test_a_clerk_enters_on_behalf_and_everything_is_the_leaders(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    clerk = await stage.phone(CLERK)
    await clerk.say(HEADING)
    await clerk.expect("dành cho lãnh đạo, trưởng phòng và người được nhập thay")
    await leader.say(f"/thaymat {CLERK}")
    await leader.expect(f"{CLERK} nhập thay")
    await clerk.say(HEADING)
    await clerk.expect("Thay mặt: Trịnh Quang Lĩnh")
    await clerk.say("Ân soạn báo cáo, trước thứ Sáu\nTrầm rà soát số liệu, hạn 10/12")
    card = await clerk.expect("lần này 2", button="Giao 2 việc")
    await clerk.press("Giao 2 việc", card)
    await clerk.expect("Đã giao 2 việc", edited=True)
    told = await staff.expect("Đồng chí được giao việc mới")
    assert f"Thay mặt: Trịnh Quang Lĩnh · người nhập: {CLERK}" in told.text
    notice = await leader.expect("Đã giao 2 việc thay mặt đồng chí", button="Xem văn bản")
    assert f"Văn bản 12-TB/VPTU · người nhập: {CLERK}" in notice.text
    await leader.press("Xem văn bản", notice)
    await leader.expect("còn 1 việc chưa nhập", button="Việc 2", edited=True)
    ids = stage.rows("SELECT DISTINCT p.name FROM tasks t JOIN people p ON p.id = t.assigner_id")
    assert ids == [("Trịnh Quang Lĩnh",)]


async def test_a_file_is_taken_whole_or_every_line_is_named(stage: Stage, leader: Phone) -> None:
    await leader.say(HEADING)
    card = await leader.expect("Đồng chí gửi các việc", button="Tệp mẫu")
    await leader.press("Tệp mẫu", card)
    sent = await leader.expect("Tệp mẫu", edited=False)
    assert sent.file is not None
    assert await leader.download(sent) == SAMPLE.encode("utf-8-sig")
    wrong = SAMPLE.replace("Mạc Thiên Ân", "Phan Văn Lạ").replace("11/12/2026", "thứ Mười")
    await leader.send_file(SAMPLE_NAME, wrong.encode())
    card = await leader.expect("Cột chủ trì chưa đọc được: “Phan Văn Lạ”")
    assert "cột hạn chưa đọc được: “thứ Mười”" in card.text
    await leader.send_file(SAMPLE_NAME, SAMPLE.encode())
    card = await leader.expect("lần này 3", button="Giao 3 việc")
    assert "phối hợp: Ông Thị Ngọc Trầm" in card.text
    await leader.press("Giao 3 việc", card)
    await leader.expect("Đã giao 3 việc", edited=True)
    rows = stage.rows("SELECT product, urgency, receiver FROM tasks ORDER BY id")
    assert rows == [
        ("Báo cáo", "normal", "Thường trực"),
        ("Khác", "urgent", None),
        (None, "normal", None),
    ]


async def test_a_document_is_put_right_with_its_history(stage: Stage, leader: Phone) -> None:
    await leader.say(HEADING)
    await leader.press("Lưu, nhập việc sau", await leader.expect("Đồng chí gửi các việc"))
    page = await leader.expect("Đã lưu văn bản", button="Sửa văn bản", edited=True)
    await leader.press("Sửa văn bản", page)
    await leader.expect("sửa gì?")
    await leader.say("về giao ban tháng 11; nhận 03/12/2026, 5 việc")
    page = await leader.expect("Đã sửa văn bản", button="Lịch sử")
    assert "Thông báo kết luận về giao ban tháng 11" in page.text
    assert "Đã nhập 0 / dự kiến 5" in page.text
    await leader.press("Lịch sử", page)
    told = await leader.expect("Lịch sử văn bản 12-TB/VPTU")
    assert "nhập văn bản" in told.text
    assert "ngày nhận: 04/12/2026 → 03/12/2026" in told.text
    assert "số việc dự kiến: 3 → 5" in told.text
    head = await stage.phone(HEAD)
    await head.say("/vanban 12-TB/VPTU")
    unknown = await head.expect("Chưa có văn bản 12-TB/VPTU.", button="Nhập văn bản này")
    await head.press("Nhập văn bản này", unknown)
    await head.expect("Nhập việc từ văn bản 12-TB/VPTU (mới)")
