"""6. Phối hợp, chia việc, danh mục bước"""

from tests.chat.scribe import Scribe


async def a_unit_supports(tell: Scribe) -> None:
    """Phòng phối hợp cử người, người ấy báo xong phần"""
    await tell.say(
        "leader",
        "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, phối hợp: phòng Quản trị và đồng chí Ông Thị "
        "Ngọc Trầm, hạn thứ Sáu",
    )
    await tell.press("leader", "Chờ đủ phối hợp")
    await tell.press("leader", "Giao việc")
    await tell.press("other_head", "Đàm Tú Quyên")
    await tell.press("other", "Đã xong phần")
    await tell.go("mate", 1, "Khác", "Xong phần, kèm lời")
    await tell.say("mate", "đã gửi số liệu quý IV")
    await tell.press("staff", "Nộp kết quả")
    await tell.say("staff", "đã trình Báo cáo 88-BC/VPTU")
    await tell.press("leader", "Lịch sử")


async def who_is_named(tell: Scribe) -> None:
    """Cử người phối hợp từ thẻ việc; đổi cách tính xong"""
    await tell.say(
        "leader",
        "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, phối hợp: phòng Quản trị, hạn thứ Sáu",
    )
    await tell.press("leader", "Giao việc")
    await tell.go("other_head", 1, "Cử người phối hợp")
    await tell.press("other_head", "‹ Thẻ việc")
    await tell.press("leader", "Khác")
    await tell.press("leader", "Chờ đủ phối hợp")
    await tell.press("staff", "Nộp kết quả")
    await tell.say("staff", "đã xong")
    await tell.press("leader", "Nghiệm thu")
    await tell.go("other_head", 1, "Cử người phối hợp")
    await tell.press("other_head", "Đàm Tú Quyên")
    await tell.press("other", "Đã xong phần")
    await tell.press("leader", "Khác")
    await tell.press("leader", "Chỉ cần chủ trì")


async def split(tell: Scribe) -> None:
    """Chia việc thành nhiều phần"""
    await tell.given(to="head")
    await tell.press("head", "Khác")
    await tell.press("head", "Chia việc")
    await tell.say("head", "Ân soạn phần 1, trước thứ Tư\nTrầm rà số liệu, thứ Ba tuần sau")
    await tell.press("head", "Giao việc")
    await tell.press("head", "Thứ Sáu 11/12")
    await tell.press("head", "Giao việc")
    await tell.go("head", 1, "Phần việc")
    await tell.press("head", "‹ Thẻ việc")
    await tell.press("head", "Khác")
    await tell.press("head", "Tự nộp khi đủ phần")
    await tell.go("head", 1, "Khác", "Không tự nộp nữa")
    await tell.go("head", 1, "Khác", "Tự nộp khi đủ phần")
    await tell.press("head", "Khác")
    await tell.press("head", "‹ Thẻ việc")
    await tell.submitted(2, "staff")
    await tell.press("head", "Nghiệm thu")
    await tell.submitted(3, "mate")
    await tell.press("head", "Nghiệm thu")
    await tell.press("head", "Lịch sử")


async def split_by_hand(tell: Scribe) -> None:
    """Các phần xong, chủ trì tự nộp; hủy việc còn phần đang mở"""
    await tell.given(to="head")
    await tell.press("head", "Khác")
    await tell.press("head", "Chia việc")
    await tell.say("head", "Ân soạn phần 1, trước thứ Tư")
    await tell.press("head", "Giao việc")
    await tell.go("leader", 1, "Khác", "Hủy việc")
    await tell.press("leader", "Thôi")
    await tell.submitted(2, "staff")
    await tell.press("head", "Nghiệm thu")


async def check_list(tell: Scribe) -> None:
    """Danh mục bước"""
    await tell.given()
    await tell.press("staff", "Khác")
    await tell.press("staff", "Danh mục bước")
    await tell.say("staff", "Soạn đề cương\nXin số liệu các phòng\nTrình dự thảo")
    await tell.press("staff", "Danh mục bước")
    await tell.press("staff", tell.button("staff"))
    await tell.press("staff", tell.button("staff"))
    await tell.press("staff", tell.button("staff"))
    await tell.press("staff", tell.button("staff", "Ghi tiến độ"))
    await tell.press("staff", "Danh mục bước")
    await tell.press("staff", "Bỏ bước")
    await tell.press("staff", tell.button("staff"))
    await tell.press("staff", "Thêm bước")
    await tell.say("staff", "Gửi văn thư")
    await tell.press("staff", "Lịch sử")
