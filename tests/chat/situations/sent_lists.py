"""21. Danh sách gửi bằng tệp: đơn vị, việc"""

from unittest.mock import patch

from bot.actions.list_import import import_tasks
from bot.chat import progress
from bot.chat.list_import import import_tasks as sent_tasks
from bot.chat.list_import.list_files import SHOWN
from storage.organisation import people
from tests.actions.list_import.people_list import WHOLE, csv_file
from tests.chat.scribe import Scribe

UNITS = "Đơn vị,Tên tắt,Tên cũ,Đơn vị trên,Người đứng đầu,Cấp phó,Biên chế"
TASKS = "STT,Nội dung công việc,Đơn vị chủ trì,Thời hạn hoàn thành,Văn bản giao,Tiến độ,Lãnh đạo"
ROWS = (
    "1,Soạn báo cáo quý,Mạc Thiên Ân,18/12/2026,12-CV/TU,60%,x",
    "2,Rà soát hồ sơ,Nguyễn Văn Không Có,18/12/2026,,,x",
    "3,Kiểm kê tài sản,Đàm Tú Quyên,01/12/2026,,đã hoàn thành,x",
    "4,Lập dự toán,Đàm Tú Quyên,21/12/2026,,,x",
    "5,Lập dự toán,Đàm Tú Quyên,21/12/2026,,,x",
    "6,Rà soát tài sản,Đàm Tú Quyên,21/12/2026,theo chỉ đạo,,x",
)


async def of_units(tell: Scribe) -> None:
    """Nhập danh sách đơn vị: xem trước, nhập, gửi lại"""
    async with tell.talk.at_work.db.transaction() as tx:
        deputy = tell.talk.at_work.ids["deputy"]
        await people.change(tx, deputy, {"position": "Phó Chánh Văn phòng"})
    content = csv_file(
        "Phòng Lưu trữ,LT;PLT,,Thành ủy,,,5",
        "Phòng Hậu cần,,Phòng Quản trị,Thành ủy,Đàm Tú Quyên,,8",
        "Tổ Số liệu,,Phòng Tổng hợp > Tổ Số liệu,Phòng Hậu cần,,,",
        "Lãnh đạo Văn phòng,,,Thành ủy,,Tạ Thị Hoài Mơ: Phòng Lưu trữ,",
        "Phòng Hậu cần > Phòng Tổng hợp,,,,,,",
        "Đảng ủy phường Hoa Sữa,,,,,,",
        header=UNITS,
    )
    await tell.send_file("admin", "don-vi.csv", data=content)
    await tell.press("admin", "Thôi")
    await tell.say("admin", "/donvi")
    await tell.press("admin", "Tải bảng Excel")
    await tell.send_file("admin", "don-vi.csv", data=content)
    seen = tell.find("admin", "Nhập đơn vị")
    await tell.press("admin", "Nhập đơn vị")
    await tell.press("admin", "Nhập đơn vị", seen)
    await tell.send_file("admin", "don-vi.csv", data=content)
    await tell.send_file("leader", "don-vi.csv", data=content)
    none = "Lãnh đạo Văn phòng,,,Thành ủy,,Tạ Thị Hoài Mơ:,"
    await tell.send_file("admin", "don-vi.csv", data=csv_file(none, header=UNITS))


async def of_units_wrong(tell: Scribe) -> None:
    """Danh sách đơn vị có lỗi: mỗi lỗi một dòng, chưa nhập gì"""
    lines = (
        ",,,Thành ủy,,,,đỏ",
        "(),,,Thành ủy,,,,",
        f"Phòng {'dài ' * 40},,,Thành ủy,,,,",
        "Phòng A,,,Thành ủy,,,nhiều,",
        "Phòng A,,,Ban Không Có,,,,",
        "Phòng B,,,Phòng B,,,,",
        "Phòng Tổng hợp,,,Thành ủy,,,,",
        "phòng tổng hợp,,,Thành ủy,,,,",
        "Phòng C,Phòng Quản trị,,Thành ủy,,,,",
        "Phòng D,,,Thành ủy,,,,",
        "Phòng D,,,Thành ủy,,,,",
        "Phòng Quản trị,,,Thành ủy,Không Có,Đàm Tú Quyên; Mạc Thiên Ân,,",
    )
    await tell.send_file("admin", "don-vi.csv", data=csv_file(*lines, header=f"{UNITS},Màu"))
    await tell.send_file("admin", "don-vi.csv", data=csv_file(header=UNITS))
    doubtful = "to ho so mat,,,Thành ủy,,,,"
    await tell.send_file("admin", "don-vi.csv", data=csv_file(doubtful, header=UNITS))
    twins = csv_file(
        *(f",,Lê Minh Hà,,Phòng {name},staff,Thành ủy,," for name in ("Một", "Hai")),
        *(f",,Lê Minh Hà,,Phòng {name} > Tổ,staff,Thành ủy,," for name in ("Một", "Hai")),
        header=WHOLE,
    )
    await tell.send_file("admin", "nguoi.csv", data=twins)
    same = "Nhóm,,,Tổ,,,"
    await tell.send_file("admin", "don-vi.csv", data=csv_file(same, header=UNITS))


async def of_units_changed(tell: Scribe) -> None:
    """Đơn vị đổi từ lúc xem danh sách: bot cho xem lại"""
    content = csv_file("Phòng Quản trị,QT,,Thành ủy,,,8", header=UNITS)
    await tell.send_file("admin", "don-vi.csv", data=content)
    await tell.say("admin", "/donvi Phòng Quản trị")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Biên chế")
    await tell.say("admin", "8")
    await tell.press("admin", "Nhập đơn vị")
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Tên tắt")
    await tell.say("admin", "QT")
    await tell.press("admin", "Nhập đơn vị")


async def of_tasks(tell: Scribe) -> None:
    """Nhập danh sách việc: lãnh đạo toàn cơ quan gửi, xem trước, một lần bấm"""
    content = csv_file(*ROWS, header=TASKS)
    await tell.send_file("leader", "viec.csv", data=content)
    seen = tell.find("leader", "Nhập 2 việc")
    await tell.press("leader", "Nhập 2 việc")
    await tell.press("leader", "Nhập 2 việc", seen)
    await tell.send_file("leader", "viec.csv", data=content)
    await tell.press("leader", "Thôi")
    await tell.send_file("staff", "viec.csv", data=content)
    await tell.send_file("leader", "nguoi.csv", data=csv_file())
    await tell.send_file("leader", "viec.xlsx", data=b"\0 locked with a password")
    doubtful = "7,Rà soát ho so mat,Đàm Tú Quyên,21/12/2026,,,x"
    await tell.send_file("leader", "viec.csv", data=csv_file(*ROWS, doubtful, header=TASKS))


async def of_tasks_by_an_admin(tell: Scribe) -> None:
    """Quản trị gửi danh sách việc: đứng tên lãnh đạo toàn cơ quan, có nhiều thì chọn"""
    content = csv_file(*ROWS, header=TASKS)
    await tell.send_file("admin", "viec.csv", data=content)
    await tell.press("admin", "Nhập 2 việc")
    await tell.clock(7, 10)
    another = csv_file(",,Quách Duy Mẫn,Bí thư,Thành ủy,leader")
    await tell.send_file("admin", "nguoi.csv", data=another)
    many = (f"{n},Việc thứ {n},Không Có,18/12/2026,,," for n in range(SHOWN + 2))
    content = csv_file(*many, "99,Lập kế hoạch,Mạc Thiên Ân,18/12/2026,,,", header=TASKS)
    await tell.send_file("admin", "viec.csv", data=content)
    with (
        patch.object(progress, "PAUSE", progress.PAUSE * 0),
        patch.object(import_tasks, "BATCH", 20),
    ):
        await tell.press("admin", "Quách Duy Mẫn")
        with patch.object(sent_tasks, "AT_A_TIME", sent_tasks.AT_A_TIME * 0):
            await tell.press("admin", "Nhập 1 việc")
        await tell.press("admin", "Nhập tiếp")


async def of_tasks_without_a_leader(tell: Scribe) -> None:
    """Chưa có lãnh đạo toàn cơ quan đứng tên người giao"""
    await tell.left("leader")
    await tell.send_file("admin", "viec.csv", data=csv_file(*ROWS, header=TASKS))
