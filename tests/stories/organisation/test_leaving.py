"""Somebody leaves: their page, everything passed on in one step, and no word more to the former."""

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, LEADER, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm, trước 17h thứ Sáu"
KHIEM = "Lục Gia Khiêm"


async def test_passed_on_and_ended(stage: Stage, leader: Phone, staff: Phone) -> None:
    head, khiem = await stage.phone(HEAD), await stage.phone(KHIEM)
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect("được giao việc mới")
    await staff.say("tôi soạn lịch công tác tuần, thứ Hai tuần sau")
    await staff.press("Giao việc")
    await staff.expect("Việc số 2", edited=True)

    await head.say("/nguoi Ân")
    page = await head.expect("Đang giữ: chủ trì 2, giao đi 1", button="Kết thúc")
    await head.press("Kết thúc", page)
    refused = await head.expect(
        "Chưa kết thúc được, còn: chủ trì 2", button="Bàn giao", edited=True
    )
    await head.press("Bàn giao", refused)
    asked = await head.expect("Bàn giao toàn bộ việc của đồng chí Mạc Thiên Ân", button=KHIEM)
    assert "Mạc Thiên Ân" not in "".join(asked.labels)
    await head.say("đồng chí Khiêm")
    preview = await head.expect(f"Bàn giao từ đồng chí Mạc Thiên Ân cho đồng chí {KHIEM}")
    assert "Gồm: chủ trì 2, giao đi 1." in preview.text
    await head.press("Bàn giao", preview)
    page = await head.expect(f"Đã bàn giao 2 việc cho đồng chí {KHIEM}", edited=True)
    assert "Đang giữ: không có việc nào" in page.text

    told = await khiem.expect("Việc của đồng chí Mạc Thiên Ân được bàn giao cho đồng chí: 2 việc")
    assert "chủ trì · người giao" in told.text
    concerned = await leader.expect(f"bàn giao việc cho đồng chí {KHIEM}: 1 việc", button="Việc 1")
    await staff.expect(f"2 việc của đồng chí đã bàn giao cho đồng chí {KHIEM}")
    await leader.press("Việc 1", concerned)
    card = await leader.expect(f"Chủ trì: {KHIEM}", button="Lịch sử")
    await leader.press("Lịch sử", card)
    history = await leader.expect("Lịch sử việc số 1")
    assert f"{HEAD} bàn giao từ Mạc Thiên Ân sang {KHIEM} (chủ trì)" in history.text
    old = await staff.last_card()

    await head.press("Kết thúc", page)
    sure = await head.expect("Kết thúc công tác của đồng chí Mạc Thiên Ân?", edited=True)
    await head.press("Kết thúc công tác", sure)
    await head.expect("đã kết thúc công tác", edited=True)

    toast = await staff.press(old.labels[0], old)
    assert "chưa có quyền" in toast.text
    for words in ("/viec", "việc 1 được 60% rồi", "/nghi", SENTENCE):
        await staff.say(words)
        await staff.expect("chưa có tên đồng chí trong danh sách")
    await staff.send_file("bao-cao.txt", b"bao cao")
    await staff.expect("chưa có tên đồng chí trong danh sách")
    await stage.at(11, 16)
    await khiem.expect("Nhắc", edited=False)
    late = stage.rows(
        "SELECT COUNT(*) FROM outbox o JOIN people p ON p.id = o.person_id"
        " WHERE p.ended_at IS NOT NULL AND o.created_at > p.ended_at"
    )
    assert late == [(0,)]
    await leader.press("Lịch sử", card)
    assert "Mạc Thiên Ân" in (await leader.expect("Lịch sử việc số 1")).text
    await leader.say("Giao đồng chí Mạc Thiên Ân rà soát hồ sơ, 20/12")
    draft = await leader.expect("rà soát hồ sơ")
    assert "Chủ trì: Mạc Thiên Ân" not in draft.text


async def test_who_manages_nobody_and_a_page_of_many(stage: Stage, staff: Phone) -> None:
    await staff.say("/nguoi")
    await staff.expect("dành cho quản trị, trưởng phòng và lãnh đạo")
    leader = await stage.phone(LEADER)
    await leader.say("/nguoi")
    listed = await leader.expect("Đồng chí nào?", button="Mạc Thiên Ân")
    await leader.press("Sau ›", listed)
    await leader.press("‹ Trước", await leader.expect(button="‹ Trước", edited=True))
    await leader.press("Mạc Thiên Ân", await leader.expect(button="Mạc Thiên Ân", edited=True))
    page = await leader.expect("Đang giữ: không có việc nào", edited=True)
    await leader.press("Kết thúc", page)
    await leader.press("Thôi", await leader.expect("Quyền dùng bot mất ngay", edited=True))
    await leader.expect("Đang giữ: không có việc nào", edited=True)
    await leader.say("/nguoi Nhi")
    await leader.expect(HEAD, button="Kết thúc")
