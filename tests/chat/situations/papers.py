"""7. Tệp, minh chứng, trao đổi"""

from bot.renderers import qr
from tests.chat.scribe import Scribe


async def a_file_of_its_own(tell: Scribe) -> None:
    """Gửi tệp khi bot không hỏi"""
    await tell.send_file("staff", "ketqua.pdf")


async def with_words(tell: Scribe) -> None:
    """Lời ghi dưới tệp"""
    await tell.given()
    await tell.send_file("staff", "du-thao.docx", "việc 1 được 40%, gửi kèm dự thảo")
    await tell.send_file("staff", "danh-sach.xlsx", "việc 1 danh sách khách mời")
    await tell.send_file("staff", "anh.jpg", "việc nào quá hạn?")
    await tell.send_file("staff", "ketqua.pdf", "kết quả việc 1")


async def replies(tell: Scribe) -> None:
    """Trả lời thẻ việc bằng lời hoặc tệp"""
    await tell.given()
    card = tell.last("staff")
    await tell.send_file("staff", "du-thao.docx", reply_to=card.id)
    await tell.say("staff", "phụ lục 2 lấy số liệu đến 30/11 phải không ạ", card)
    await tell.send_file("staff", "phu-luc.xlsx", "gửi kèm phụ lục", reply_to=card.id)
    await tell.clock(7, 9, 2)
    await tell.say("leader", "đến 30/11 nhé", tell.last("leader"))
    for said in ("60% đã xong dự thảo", "xin gia hạn đến thứ Sáu tuần sau", "đang vướng số liệu"):
        await tell.say("staff", said, card)
    await tell.press("staff", "Ghi là tiến độ")
    await tell.say("staff", "đã xong, đã trình Báo cáo 88-BC/VPTU", card)
    await tell.press("leader", "Khác")
    await tell.press("leader", "Trao đổi")
    await tell.say("leader", "gửi tôi xem trước bản in")
    await tell.press("leader", tell.button("leader", "Xem tệp"))
    await tell.press("staff", "Lịch sử")


async def many_files(tell: Scribe) -> None:
    """Nhiều tệp gửi một lúc; nhiều trang tệp"""
    await tell.given()
    card = tell.last("staff")
    for number in range(1, 4):
        await tell.send_file("staff", f"anh-{number}.pdf", reply_to=card.id, album="a")
    await tell.press("staff", "Nộp kết quả")
    await tell.send_file("staff", "ban-chinh.pdf", "đã xong")
    await tell.send_file("staff", "phu-luc.pdf")
    for number in range(4, 12):
        await tell.send_file("staff", f"anh-{number}.pdf", reply_to=card.id)
    await tell.say("staff", "/viec 1")
    await tell.press("staff", tell.button("staff", "Xem tệp"))
    await tell.press("staff", "Cũ hơn ›")


async def with_the_order(tell: Scribe) -> None:
    """Gửi tệp kèm câu giao"""
    await tell.send_file("leader", "cong-van.pdf", "Giao đồng chí Mạc Thiên Ân trả lời, thứ Sáu")
    await tell.send_file("leader", "a.pdf", "Giao đồng chí Ngọc Trầm rà soát, thứ Sáu", album="b")
    await tell.send_file("leader", "b.pdf", album="b")
    await tell.clock(7, 9, 1)


async def evidence_of_a_file(tell: Scribe) -> None:
    """Việc phải nộp kèm tệp"""
    await tell.given()
    await tell.field("Minh chứng")
    await tell.press("leader", "Phải có tệp")
    await tell.press("staff", "Nộp kết quả")
    await tell.say("staff", "đã soạn xong")
    await tell.send_file("staff", "chay.exe")
    await tell.send_file("staff", "anh.png", data=qr.png("x"), kind="photo")


async def evidence_of_a_document(tell: Scribe) -> None:
    """Việc phải có số, ký hiệu văn bản"""
    await tell.given()
    await tell.field("Minh chứng")
    await tell.press("leader", "Phải có số, ký hiệu")
    await tell.press("staff", "Nộp kết quả")
    for said in ("đã trình Tờ trình số 5-ttr/vptu", "ngày 5/12", "Thường trực"):
        await tell.say("staff", said)
