"""A result is handed in with what its task requires: a paper's symbol, date and receiver, or a file."""

from bot.playground.phone import Phone
from bot.renderers import qr
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn tờ trình mua sắm, trước 17h thứ Sáu"


async def required(leader: Phone, what: str) -> None:
    """Assign a task, then say what must come with its result."""
    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("tờ trình", button="Giao việc"))
    card = await leader.expect("Việc số 1", button="Khác")
    await leader.press("Khác", card)
    await leader.press("Sửa việc", await leader.expect("Việc số 1", button="Sửa việc", edited=True))
    fields = await leader.expect("Việc số 1", button="Minh chứng", edited=True)
    await leader.press("Minh chứng", fields)
    await leader.press(what, await leader.expect("Việc số 1", button=what, edited=True))


async def test_symbol_date_and_receiver_are_asked_for_until_they_are_there(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await required(leader, "Phải có số, ký hiệu")
    card = await staff.expect("Sản phẩm: nộp kèm số, ngày, nơi nhận", button="Nộp kết quả")
    await staff.press("Nộp kết quả", card)
    asked = await staff.expect("phải có số, ký hiệu, ngày và nơi nhận")
    assert "Ví dụ: Tờ trình 12-TTr/VPTU" in asked.text
    await staff.say("Em đã trình Tờ trình số 5-ttr/vptu")
    asked = await staff.expect("Minh chứng còn thiếu ngày và nơi nhận", button="Thôi")
    await staff.say("ngày 5/12")
    await staff.expect("Minh chứng còn thiếu nơi nhận.")
    await staff.say("Thường trực")
    done = await staff.expect("Đã nộp kết quả.")
    assert "Minh chứng: số 05-TTr/VPTU ngày 05/12/2026, gửi Thường trực" in done.text
    result = await leader.expect("mời đồng chí nghiệm thu", button="Nghiệm thu")
    lines = result.text.split("\n")
    assert lines[lines.index(next(one for one in lines if "Nộp: " in one)) + 1].startswith("Minh")
    assert "Em đã trình Tờ trình số 5-ttr/vptu" in result.text


async def test_a_file_is_asked_for_and_what_was_typed_is_kept(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await required(leader, "Phải có tệp")
    await staff.press("Nộp kết quả", await staff.expect("nộp kèm tệp", button="Nộp kết quả"))
    await staff.expect("Việc này phải nộp kèm tệp")
    await staff.say("Em đã soạn xong, gửi các đồng chí")
    await staff.expect("Việc này phải nộp kèm tệp. Đồng chí gửi tệp", button="Thôi")
    await staff.send_file("to-trinh.pdf", b"to trinh")
    await staff.expect("Đã nộp kết quả.")
    result = await leader.expect("mời đồng chí nghiệm thu", button="Tệp: to-trinh.pdf")
    assert "Em đã soạn xong, gửi các đồng chí" in result.text


async def test_a_file_outlives_the_messenger(stage: Stage, leader: Phone, staff: Phone) -> None:
    """Its number at Telegram dies with a bot: it is sent back from the office's own disk."""
    await required(leader, "Phải có tệp")
    await staff.press("Nộp kết quả", await staff.expect("nộp kèm tệp", button="Nộp kết quả"))
    await staff.expect("phải nộp kèm tệp")
    handed_in = await staff.send_file("to-trinh.pdf", b"to trinh")
    result = await leader.expect("mời đồng chí nghiệm thu", button="Tệp: to-trinh.pdf")
    [(digest, name, size)] = stage.rows("SELECT sha256, name, size FROM files")
    assert (name, size) == ("to-trinh.pdf", 8)
    assert (stage.folder / "files" / str(digest)[:2] / str(digest)).read_bytes() == b"to trinh"
    await leader.press("Tệp: to-trinh.pdf", result)
    sent = await leader.expect("Việc số 1", edited=False)
    assert await leader.download(sent) == b"to trinh"
    assert sent.file
    assert handed_in.file
    assert sent.file["file_id"] != handed_in.file["file_id"]


async def test_the_office_says_which_files_it_takes(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await stage.stop_bot()
    await stage.start_bot(DONDOC_FILES__KINDS="pdf,image/*")
    await required(leader, "Phải có tệp")
    await staff.press("Nộp kết quả", await staff.expect("nộp kèm tệp", button="Nộp kết quả"))
    await staff.expect("phải nộp kèm tệp")
    await staff.send_file("to-trinh.docx", b"to trinh")
    await staff.expect("Bot không nhận loại tệp này. Đồng chí gửi tệp pdf")
    await staff.send_file("anh.jpg", qr.png("x"), kind="photo")
    await staff.expect("Đã nộp kết quả.")
