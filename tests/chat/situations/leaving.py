"""14. Bàn giao, kết thúc công tác"""

from tests.chat.scribe import Scribe


async def handed_on_and_ended(tell: Scribe) -> None:
    """Trang của một người: bàn giao hết việc rồi kết thúc"""
    await tell.given()
    await tell.say("staff", "tôi soạn lịch công tác tuần, thứ Hai tuần sau")
    await tell.press("staff", "Giao việc")
    await tell.say("staff", "/nguoi")
    await tell.say("head", "/nguoi Không Có")
    await tell.say("head", "/nguoi")
    await tell.say("head", "/nguoi Ân")
    await tell.press("head", "Kết thúc")
    await tell.press("head", "Bàn giao")
    await tell.say("head", "đồng chí Trầm")
    await tell.press("head", "Bàn giao", tell.last("head"))
    await tell.press("head", "Biên bản Word")
    await tell.go("leader", 1, "Lịch sử")
    await tell.press("head", "Kết thúc")
    await tell.press("head", "Kết thúc công tác")
    await tell.say("staff", "/viec")
    await tell.say("admin", "/nguoi Ân")
    await tell.press("admin", "Biên bản Excel")
    await tell.press("admin", "Nhận lại: Mạc Thiên Ân")
    await tell.say("staff", "nghỉ từ 7/12 đến 11/12, đồng chí Trầm xử lý thay")
    await tell.press("staff", "Xác nhận")
    await tell.say("admin", "/nguoi Ân")
    await tell.say("admin", "/nguoi Quyên")
    await tell.press("admin", "Kết thúc")
    await tell.press("admin", "Kết thúc công tác")
    await tell.say("admin", "/nguoi Quyên")
    await tell.press("admin", "Ẩn danh")
    await tell.press("admin", "Ẩn danh")
    await tell.say("admin", "/nguoi ẩn danh")


async def decisions_and_documents(tell: Scribe) -> None:
    """Người còn việc chờ quyết định và văn bản đã nhập"""
    head = "Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, nhận 04/12, 1 việc"
    await tell.say("head", f"{head}\n1. Ân soạn báo cáo, trước thứ Sáu")
    await tell.press("head", "Giao 1 việc")
    await tell.press("staff", "Xin gia hạn")
    await tell.say("staff", "đến thứ Sáu tuần sau vì chờ số liệu")
    await tell.say("leader", "/nguoi Nhi")
    await tell.go("staff", 1, "Khác", "Rút đề nghị")
    await tell.submitted()
    await tell.go("staff", 1, "Khác", "Đính chính")
    await tell.say("staff", "tiến độ 80% vì ghi nhầm")
    await tell.say("head", "/vanban 12-TB/VPTU")


async def with_all_there_is(tell: Scribe) -> None:
    """Bàn giao cả việc định kỳ, việc phối hợp, việc theo dõi"""
    await tell.say(
        "leader",
        "Giao đồng chí Ngọc Trầm soạn báo cáo quý, phối hợp: đồng chí Mạc Thiên Ân, hạn thứ Sáu",
    )
    await tell.press("leader", "Giao việc")
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân thứ Sáu hằng tuần gửi lịch công tác")
    await tell.press("leader", "Giao việc")
    await tell.say("leader", "/nguoi Ân")
    await tell.press("leader", "Bàn giao")
    await tell.say("leader", "đồng chí Trầm")
    await tell.press("leader", "Bàn giao", tell.last("leader"))
    await tell.say("leader", "/dinhky")
    await tell.press("leader", "Định kỳ 1")
    await tell.press("leader", "Lịch sử")


async def back_where_another_heads(tell: Scribe) -> None:
    """Người cũ trở lại khi phòng đã có người đứng đầu khác"""
    await tell.say("admin", "/nguoi Nhi")
    await tell.press("admin", "Kết thúc")
    await tell.press("admin", "Kết thúc công tác")
    await tell.say("admin", "/nguoi Ân")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Trưởng phòng")
    await tell.say("admin", "/nguoi Nhi")
    await tell.press("admin", "Nhận lại: Đoàn Thục Hạnh Nhi")
