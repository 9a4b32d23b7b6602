"""5. Đề nghị và quyết định"""

from tests.chat.scribe import Scribe


async def an_extension(tell: Scribe) -> None:
    """Xin gia hạn: gõ lời, được đồng ý"""
    await tell.given()
    await tell.press("staff", "Xin gia hạn")
    await tell.say("staff", "chưa biết")
    await tell.say("staff", "đến thứ Sáu tuần sau vì chờ số liệu")
    await tell.press("leader", "Đồng ý gia hạn")
    await tell.press("staff", "Lịch sử")


async def an_extension_refused(tell: Scribe) -> None:
    """Xin gia hạn: bấm ngày, bị từ chối"""
    await tell.given()
    await tell.press("staff", "Xin gia hạn")
    await tell.press("staff", "Thứ Sáu 18/12")
    await tell.press("staff", "Không nêu")
    await tell.press("leader", "Từ chối gia hạn")


async def another_date(tell: Scribe) -> None:
    """Xin gia hạn: người giao đề xuất ngày khác"""
    await tell.given()
    await tell.press("staff", "Xin gia hạn")
    await tell.say("staff", "sau Tết vì chờ số liệu của các ban")
    await tell.press("staff", tell.button("staff"))
    await tell.press("leader", "Đề xuất ngày khác")
    await tell.press("leader", "Thứ Sáu 18/12")
    await tell.press("staff", "Nhận hạn này")
    await tell.press("staff", "Xin gia hạn")
    await tell.press("staff", "Thứ Năm 31/12")
    await tell.say("staff", "chờ số liệu")
    await tell.press("staff", "Khác")
    await tell.press("staff", "Rút đề nghị")
    await tell.press("staff", "Lịch sử")


async def not_mine(tell: Scribe) -> None:
    """Việc ngoài thẩm quyền"""
    await tell.given()
    await tell.press("staff", "Khác")
    await tell.press("staff", "Ngoài thẩm quyền")
    await tell.say("staff", "việc của phòng Quản trị, đề nghị giao đồng chí Quyên")
    await tell.press("leader", "Vẫn giao")
    await tell.press("staff", "Khác")
    await tell.press("staff", "Ngoài thẩm quyền")
    await tell.say("staff", "việc của phòng Quản trị, đề nghị giao đồng chí Quyên")
    await tell.press("leader", "Giao đồng chí Quyên")
    await tell.press("leader", "Lịch sử")


async def somebody_else(tell: Scribe) -> None:
    """Giao người khác"""
    await tell.say(
        "leader",
        "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, theo dõi: đồng chí Giáp Văn Lộc Ninh, hạn thứ Sáu",
    )
    await tell.press("leader", "Giao việc")
    await tell.say("leader", "Giao đồng chí Đàm Tú Quyên lập dự toán, hạn thứ Sáu")
    await tell.press("leader", "Giao việc")
    await tell.go("leader", 1, "Khác", "Giao người khác")
    await tell.press("leader", tell.button("leader"))
    await tell.press("leader", "Không nêu")
    await tell.go("leader", 1, "Khác", "Giao người khác")
    await tell.say("leader", "đồng chí Trầm vì đồng chí Quyên đi học")
    await tell.namesakes()
    await tell.go("leader", 1, "Khác", "Giao người khác")
    await tell.say("leader", "đồng chí Hà vì đồng chí Trầm đi học")
    await tell.press("leader", tell.button("leader", "Hà"))


async def a_remark(tell: Scribe) -> None:
    """Ý kiến chỉ đạo"""
    await tell.given()
    await tell.go("leader", 1, "Khác", "Ý kiến chỉ đạo")
    await tell.say("leader", "làm rõ nguyên nhân chậm")
    await tell.clock(9, 17, 1)
    await tell.press("staff", "Trả lời ý kiến")
    await tell.say("staff", "chậm do chờ số liệu quý")
    await tell.press("staff", "Lịch sử")


async def a_correction(tell: Scribe) -> None:
    """Đính chính"""
    await tell.given()
    await tell.clock(14)
    await tell.submitted()
    for figure in ("không rõ", "ngày nộp 10/12", "ngày nộp 10/12 vì đã gửi bản giấy"):
        await _asked_to_correct(tell, figure)
    await tell.press("leader", "Từ chối đính chính")
    await _asked_to_correct(tell, "tiến độ 80% vì ghi nhầm")
    await tell.say("leader", "/tonghop")
    await tell.press("leader", "Đồng ý đính chính")
    await tell.press("leader", "Nghiệm thu")
    for figure in ("chất lượng đạt tốt vì chấm nhầm", "sản phẩm là tờ trình vì đổi hình thức"):
        await _asked_to_correct(tell, figure)
        await tell.press("leader", "Đồng ý đính chính")
    await tell.press("staff", "Lịch sử")


async def _asked_to_correct(tell: Scribe, figure: str) -> None:
    await tell.go("staff", 1, "Khác", "Đính chính")
    await tell.say("staff", figure)


async def paused(tell: Scribe) -> None:
    """Tạm dừng rồi làm tiếp"""
    await tell.given()
    await tell.go("leader", 1, "Khác", "Tạm dừng")
    await tell.say("leader", "chờ ý kiến của Thường trực")
    await tell.press("leader", "Làm tiếp")
    await tell.press("leader", "Lịch sử")


async def called_off(tell: Scribe) -> None:
    """Hủy việc"""
    await tell.given()
    await tell.go("leader", 1, "Khác", "Hủy việc")
    await tell.say("leader", "đã có công văn thay thế")
    await tell.press("leader", "Lịch sử")


async def corrected(tell: Scribe) -> None:
    """Sửa việc đã giao"""
    await tell.given()
    for field, answer in (
        ("Nội dung", "soạn báo cáo quý IV"),
        ("Hạn", "thứ Sáu tuần sau vì lùi cuộc họp"),
        ("Nơi nhận", "Thường trực Thành ủy"),
        ("Cấp quyết", "đồng chí Tạ Thị Hoài Mơ"),
    ):
        await tell.field(field)
        await tell.say("leader", answer)
    for field, value in (
        ("Sản phẩm", "Tờ trình"), ("Minh chứng", "Phải có tệp"), ("Minh chứng", "Phải có số, ký hiệu"),
        ("Minh chứng", "Nội dung hoặc tệp"), ("Độ khẩn", "Khẩn"), ("Độ khẩn", "Thường"),
    ):  # fmt: skip
        await tell.field(field)
        await tell.press("leader", value)
    await tell.field("Hạn")
    await tell.press("leader", "Không thời hạn")
    for button, answer in (("Thêm phối hợp", "đồng chí Ngọc Trầm"), ("Thêm theo dõi", "Lộc Ninh")):
        await tell.field("Người tham gia")
        await tell.press("leader", button)
        await tell.say("leader", answer)
    await tell.field("Người tham gia")
    await tell.press("leader", "Bỏ: Giáp Văn Lộc Ninh")
    await tell.press("leader", "Lịch sử")
