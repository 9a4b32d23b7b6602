"""2. Giao việc"""

from tests.chat.scribe import Scribe

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"


async def one_sentence(tell: Scribe) -> None:
    """Một câu, một lần bấm"""
    await tell.say("leader", SENTENCE)
    await tell.press("leader", "Giao việc")


async def six_clear(tell: Scribe) -> None:
    """6 rõ: bổ sung từng điều, bỏ qua, giao luôn"""
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân chuẩn bị hội trường, trước 17h thứ Sáu")
    await tell.press("leader", "Bổ sung")
    await tell.press("leader", "Kế hoạch")
    await tell.press("leader", "Bỏ qua")
    await tell.press("leader", "Giao việc")
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân chuẩn bị phòng họp, trước 17h thứ Sáu")
    await tell.press("leader", "Bổ sung")
    await tell.press("leader", "Giao luôn")


async def what_is_missing(tell: Scribe) -> None:
    """Câu còn thiếu: bot hỏi từng điều"""
    await tell.say("leader", "giao việc soạn báo cáo quý")
    await tell.say("leader", "đồng chí Không Có")
    await tell.say("leader", "Mạc Thiên Ân")
    await tell.say("leader", "khi nào xong thì xong")
    await tell.press("leader", "Thứ Sáu 11/12")
    for button in ("Sửa hạn", "Không thời hạn", "Đổi người", "Quay lại", "Sửa nội dung"):
        await tell.press("leader", button)
    await tell.say("leader", "soạn báo cáo quý IV và phụ lục")
    await tell.press("leader", "Bỏ")
    await tell.say("leader", "Giao đồng chí Nguyễn Không Có soạn báo cáo, hạn thứ Sáu")
    await tell.press("leader", "Bỏ")
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân, hạn thứ Sáu")


async def left_unfinished(tell: Scribe) -> None:
    """Bỏ dở một câu giao, giao việc khác, rồi quay lại"""
    words = "Giao đồng chí Mạc Thiên Ân rà soát hồ sơ đảng viên"
    sent = await tell.say("leader", words)
    await tell.say("leader", "Giao đồng chí Ông Thị Ngọc Trầm lập danh mục hồ sơ, thứ Sáu")
    await tell.edit("leader", sent, f"{words} mới kết nạp")
    await tell.press("leader", "Thứ Sáu 11/12")
    await tell.say("leader", "Giao đồng chí Ân soạn lịch tuần; Trầm rà soát công nợ")


async def doubts(tell: Scribe) -> None:
    """Hạn chưa rõ hoặc lạ: bot hỏi lại hoặc nhắc"""
    for deadline in (
        "thứ Hai", "6h sáng nay", "30/11", "ngày 20/9", "thứ Ba ngày 11/12", "31/2", "sớm",
        "Chủ nhật", "22h thứ Sáu", "trước Tết",
    ):  # fmt: skip
        await tell.say("leader", f"Giao đồng chí Mạc Thiên Ân soạn báo cáo, hạn {deadline}")


async def urgent(tell: Scribe) -> None:
    """Độ khẩn"""
    for word in ("Khẩn", "Thượng khẩn", "Hỏa tốc"):
        await tell.say("leader", f"{word}: giao đồng chí Mạc Thiên Ân soạn công văn, hạn thứ Sáu")
    await tell.press("leader", "Giao việc")


async def several(tell: Scribe) -> None:
    """Nhiều việc trong một tin"""
    await tell.say("leader", "Giao Ân soạn phần 1, trước thứ Tư; Trầm rà số liệu, chiều thứ Năm")
    long = "\n".join(f"{n}. Giao Ân soạn phần {n}, thứ Tư" for n in range(1, 22))
    await tell.say("leader", long)


async def changed_mind(tell: Scribe) -> None:
    """Bot đang hỏi mà đổi ý, nói chuyện khác, hay chưa chọn ai"""
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý")
    await tell.say("leader", "việc nào quá hạn?")
    await tell.say("leader", "chuyện này hay quá")
    await tell.say("leader", "không giao nữa")
    await tell.say("leader", "Giao đồng chí Trầm hoặc đồng chí Ân rà số liệu, trước thứ Sáu")
    await tell.say("leader", "thôi")


async def with_others(tell: Scribe) -> None:
    """Có người phối hợp, theo dõi"""
    await tell.say(
        "leader",
        "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, phối hợp: đồng chí Ông Thị Ngọc Trầm và "
        "phòng Quản trị, theo dõi: đồng chí Giáp Văn Lộc Ninh, hạn thứ Sáu",
    )
    await tell.press("leader", "Chờ đủ phối hợp")
    await tell.press("leader", "Sửa phối hợp")
    await tell.say("leader", "phối hợp đồng chí Trầm, đồng chí Không Có; Lộc Ninh theo dõi")
    await tell.press("leader", "Chỉ cần chủ trì")
    await tell.press("leader", "Giao việc")


async def outside(tell: Scribe) -> None:
    """Cơ quan ngoài chủ trì, người trong cơ quan theo dõi"""
    await tell.say(
        "leader", "Giao Đảng ủy phường Hoa Sữa báo cáo công tác phát triển đảng, hạn thứ Sáu"
    )
    await tell.press("leader", "Cơ quan ngoài: Đảng ủy phường Hoa Sữa")
    await tell.say("leader", "Giáp Văn Lộc Ninh")
    await tell.press("leader", "Giao việc")


async def taken_back(tell: Scribe) -> None:
    """Vừa giao xong thì hoàn tác"""
    await tell.say("leader", SENTENCE)
    await tell.press("leader", "Giao việc")
    await tell.press("leader", "Hoàn tác")


async def message_edited(tell: Scribe) -> None:
    """Sửa tin đã gõ"""
    sent = await tell.say("leader", SENTENCE)
    await tell.edit("leader", sent, SENTENCE.replace("quý", "năm"))
    await tell.edit("leader", sent, "cảm ơn các đồng chí")
    await tell.press("leader", "Giao việc")
    await tell.edit("leader", sent, SENTENCE)
    command = await tell.say("leader", "/trogiup")
    await tell.edit("leader", command, "/viec")


async def passed_on(tell: Scribe) -> None:
    """Chuyển tiếp tin của người khác, hoặc trả lời tin bằng câu giao"""
    await tell.say(
        "leader", "Đề nghị Văn phòng báo cáo số liệu đảng viên", forward_from="Vũ Thị Lan"
    )
    await tell.press("leader", "Giao thành việc")
    await tell.say("leader", "Mạc Thiên Ân")
    await tell.send_file("leader", "ke-hoach.docx", forward_from="Vũ Thị Lan")


async def on_behalf(tell: Scribe) -> None:
    """Nhập việc thay mặt lãnh đạo"""
    await tell.say("leader", "/thaymat Giáp Văn Lộc Ninh")
    await tell.say(
        "clerk",
        "Thay mặt đồng chí Trịnh Quang Lĩnh, giao đồng chí Mạc Thiên Ân soạn báo cáo, hạn 11/12",
    )
    await tell.press("clerk", "Giao việc")
    await tell.say(
        "mate",
        "Thay mặt đồng chí Trịnh Quang Lĩnh, giao đồng chí Mạc Thiên Ân soạn báo cáo, hạn 11/12",
    )


async def not_mine_to_assign(tell: Scribe) -> None:
    """Giao việc cho người không thuộc quyền"""
    await tell.say("staff", "Giao đồng chí Đàm Tú Quyên lập dự toán, hạn thứ Sáu")
    await tell.press("staff", "Giao việc")


async def out_of_hours(tell: Scribe) -> None:
    """Giao việc ngoài giờ"""
    await tell.clock(11, 21)
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, chậm nhất 16h thứ Tư")
    await tell.press("leader", "Giao việc")
