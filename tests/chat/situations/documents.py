"""8. Văn bản giao việc"""

from bot.chat.directives.entry import SAMPLE, SAMPLE_NAME
from tests.chat.scribe import Scribe

HEADING = "Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, nhận 04/12, 3 việc"
LIST = """\
1. Mạc Thiên Ân soạn báo cáo kết quả thực hiện, trước thứ Sáu
2. Ông Thị Ngọc Trầm rà soát số liệu, trong 5 ngày làm việc
3. Đồng chí Phan Văn Lạ soạn kế hoạch"""


async def entered_at_once(tell: Scribe) -> None:
    """Nhập nhiều việc của một văn bản, sửa rồi giao một lần"""
    await tell.say("leader", f"{HEADING}\n{LIST}")
    await tell.say("leader", "3. Đàm Tú Quyên soạn kế hoạch, không thời hạn")
    await tell.press("leader", "Tính từ ngày nhập")
    await tell.press("leader", "Tính từ ngày nhận")
    await tell.press("leader", "Giao 3 việc")
    await tell.say("leader", "/vanban")
    await tell.say("staff", "/vanban 12-TB/VPTU")


async def bit_by_bit(tell: Scribe) -> None:
    """Lưu văn bản trước, nhập việc sau; việc ghi theo văn bản; sửa văn bản"""
    await tell.say("leader", "/vanban")
    await tell.say("leader", "/vanban 12-TB/VPTU")
    await tell.press("leader", "Nhập văn bản này")
    await tell.press("leader", "Bỏ")
    await tell.say(
        "leader", "/vanban Kết luận 45-KL/TU ngày 01/12/2026 về công tác tháng 12, 2 việc"
    )
    await tell.press("leader", "Lưu, nhập việc sau")
    await tell.press("leader", "Nhập thêm việc")
    await tell.say("leader", "Ân soạn báo cáo tháng, trước thứ Sáu")
    await tell.press("leader", "Giao 1 việc")
    await tell.say("leader", "/vanban")
    await tell.press("leader", "Chưa nhập đủ: 1")
    await tell.press("leader", "Tất cả")
    await tell.say(
        "leader", "Theo Kết luận 45-KL/TU, giao đồng chí Trầm rà soát số liệu, hạn thứ Sáu"
    )
    await tell.press("leader", "Giao việc")
    await tell.press("leader", "45-KL/TU")
    await tell.press("leader", "Sửa văn bản")
    await tell.say("leader", "về giao ban tháng 11; nhận 03/12/2026, 5 việc")
    for changed in ("của Văn phòng Thành ủy", "tính hạn từ ngày nhập"):
        await tell.press("leader", "Sửa văn bản")
        await tell.say("leader", changed)
    await tell.press("leader", "Lịch sử")
    await tell.say("leader", "/vanban khong co")


async def entered_for_the_leader(tell: Scribe) -> None:
    """Nhập thay mặt lãnh đạo"""
    await tell.say("clerk", HEADING)
    await tell.say("leader", "/thaymat Giáp Văn Lộc Ninh")
    await tell.say("leader", "/thaymat Đoàn Thục Hạnh Nhi")
    await tell.say("head", HEADING)
    await tell.press("head", "Thay mặt Trịnh Quang Lĩnh")
    await tell.press("head", "Không thay mặt ai")
    await tell.press("head", "Bỏ")
    await tell.say("clerk", HEADING)
    await tell.say("clerk", "Ân soạn báo cáo, trước thứ Sáu\nTrầm rà soát số liệu, hạn 10/12")
    await tell.press("clerk", "Giao 2 việc")
    await tell.press("leader", "Xem văn bản")


async def by_a_file(tell: Scribe) -> None:
    """Nhập bằng tệp"""
    await tell.say("leader", HEADING)
    await tell.press("leader", "Tệp mẫu")
    tell.tell(SAMPLE.strip())
    wrong = SAMPLE.replace("Mạc Thiên Ân", "Phan Văn Lạ").replace("11/12/2026", "thứ Mười")
    await tell.send_file("leader", SAMPLE_NAME, data=wrong.encode())
    doubtful = f"{SAMPLE.strip()}\nRà soát ho so mat,Mạc Thiên Ân,,11/12/2026,,\n"
    await tell.send_file("leader", SAMPLE_NAME, data=doubtful.encode())


async def what_is_wrong(tell: Scribe) -> None:
    """Những điều bot nhắc khi một mục chưa đúng"""
    await tell.say("leader", HEADING)
    for items in (
        "1. Ân, trước thứ Sáu\n2. soạn báo cáo, hạn thứ Sáu\n3. Ân soạn tờ trình, 30/11/2026\n"
        "4. Ân soạn lịch, sớm",
        "1. Ân soạn báo cáo, hạn thứ Sáu\n2. Ân soạn báo cáo, hạn thứ Sáu",
    ):
        await tell.say("leader", items)


async def entered_by_two(tell: Scribe) -> None:
    """Hai đơn vị cùng nhập một văn bản: mỗi bên chỉ biết phần của mình, lãnh đạo thấy cả hai"""
    await tell.say("head", f"{HEADING}\nÂn soạn báo cáo, trước thứ Sáu")
    await tell.press("head", "Giao 1 việc")
    await tell.say("other_head", "/vanban 12-TB/VPTU")
    await tell.say(
        "other_head", "Thông báo 12-TB/VPTU ngày 20/11/2026 về giao ban, nhận 05/12, 9 việc"
    )
    await tell.press("other_head", "Lưu, nhập việc sau")
    await tell.say("leader", "/vanban")


async def entered_meanwhile(tell: Scribe) -> None:
    """Lãnh đạo đang nhập thì đồng chí khác nhập xong văn bản ấy"""
    await tell.say(
        "leader",
        "Thông báo 12-TB/VPTU ngày 20/11/2026 về giao ban, nhận 05/12, 9 việc\n"
        "Đàm Tú Quyên soạn kế hoạch, trước thứ Sáu",
    )
    await tell.say("head", f"{HEADING}\nÂn soạn báo cáo, trước thứ Sáu")
    await tell.press("head", "Giao 1 việc")
    await tell.press("leader", "Giao 1 việc")
    await tell.press("leader", "Lịch sử")


async def cited_out_of_sight(tell: Scribe) -> None:
    """Nhắc số văn bản của đơn vị khác: chỉ là lời trong tên việc, không mở được văn bản"""
    await tell.say("other_head", f"{HEADING}\nQuyên soạn báo cáo, trước thứ Sáu")
    await tell.press("other_head", "Giao 1 việc")
    await tell.say("staff", "Theo Thông báo 12-TB/VPTU, tôi soạn tờ trình, hạn thứ Sáu")
    await tell.press("staff", "Giao việc")
    await tell.say("staff", "/vanban 12-TB/VPTU")
    await tell.say("other_head", "/vanban 12-TB/VPTU")
