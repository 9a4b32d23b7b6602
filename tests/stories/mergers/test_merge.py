"""Two rooms become one while people work: a preview, one press, one message each, and the sheet."""

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, Stage

STAFF_QT = "Đàm Tú Quyên"
ADMIN = "Vương Hải Đăng"
NEW = "Phòng Tổng hợp - Quản trị"
COPIED = {
    "sqlite": "Bot chép lại cơ sở dữ liệu trước khi làm",
    "postgres": "người vận hành chạy dondoc backup trước",
}
ORPHANS = """
SELECT COUNT(*) FROM tasks t LEFT JOIN task_people p ON p.task_id = t.id AND p.part = 'lead'
AND p.until_at IS NULL LEFT JOIN units u ON u.id = t.unit_id AND u.ended_at IS NULL
WHERE t.closed_at IS NULL AND (p.id IS NULL OR u.id IS NULL)
"""


async def test_two_rooms_become_one(stage: Stage, leader: Phone, staff: Phone) -> None:
    admin, quyen = await stage.phone(ADMIN), await stage.phone(STAFF_QT)
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm, trước 17h thứ Sáu")
    await leader.press("Giao việc")
    card = await staff.expect("được giao việc mới")
    await leader.say("Giao đồng chí Đàm Tú Quyên lập dự toán, 20/12")
    await leader.press("Giao việc")
    await quyen.expect("được giao việc mới")

    await admin.say("/donvi Phòng Tổng hợp")
    await admin.press("Sắp xếp", await admin.expect("Người đứng đầu", button="Sắp xếp"))
    await admin.press("Hợp nhất", await admin.expect("Bot cho xem trước", edited=True))
    await admin.press("Phòng Quản trị", await admin.expect("với đơn vị nào"))
    await admin.expect("Tên đơn vị mới", edited=True)
    await admin.say(NEW)
    asked = await admin.expect("Có nhiều người đứng đầu")
    assert "Hợp nhất" not in asked.labels
    await admin.press(f"Đứng đầu: {HEAD}", asked)
    preview = await admin.expect(COPIED[stage.engine], edited=True)
    assert "2 việc đang mở" in preview.text

    await leader.say("Giao đồng chí Mạc Thiên Ân rà soát hồ sơ, 22/12")
    await leader.press("Giao việc")
    await admin.press("Hợp nhất", preview)
    changed = await admin.expect("việc đang mở 2, nay 3", edited=True)
    await admin.press("Hợp nhất", changed)
    page = await admin.expect("Đã xong", button="Biên bản Word", edited=True)
    assert bool(list(stage.folder.glob("dondoc-truoc-sap-xep-*.db"))) == (stage.engine == "sqlite")
    for phone in (staff, quyen, leader):
        await phone.expect(f"thành {NEW}")
    assert stage.rows(ORPHANS) == [(0,)]
    told = stage.rows(
        "SELECT COUNT(*), COUNT(DISTINCT person_id) FROM outbox WHERE kind = 'unit.merged'"
    )
    assert told[0][0] == told[0][1]

    await staff.press("Đã nhận", card)
    await staff.expect("đang thực hiện", edited=True)
    await leader.say("việc phòng Quản trị có gì quá hạn không")
    await leader.say("Giao phòng Quản trị phối hợp đồng chí Lục Gia Khiêm kiểm kê, 25/12")
    await admin.press("Biên bản Word", page)
    await admin.expect("Biên bản bàn giao, 3 việc đang mở")

    await admin.press("Hoàn tác", page)
    await admin.press("Hoàn tác thật", await admin.expect(button="Hoàn tác thật", edited=True))
    await admin.expect("Đã hoàn tác", edited=True)
    await staff.expect("trở lại như trước")
    assert stage.rows(ORPHANS) == [(0,)]
