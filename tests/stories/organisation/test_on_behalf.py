"""A clerk enters tasks for a leader and for a group of leaders; the leaders decide."""

from bot.playground.phone import Phone
from tests.stories.stage import DEPUTY, HEAD, Stage

ADMIN = 700000001


async def test_for_a_leader(stage: Stage, leader: Phone, staff: Phone) -> None:
    clerk = await stage.phone("Hứa Cẩm Vy")
    sentence = "Thay mặt đồng chí Lĩnh, giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước thứ Sáu"
    await clerk.say(sentence)
    await clerk.expect("chưa được nhập việc thay mặt")
    await leader.say("/thaymat Hứa Cẩm Vy")
    rights = await leader.expect("Hứa Cẩm Vy nhập thay Trịnh Quang Lĩnh")
    await clerk.say(sentence)
    draft = await clerk.expect("Thay mặt: Trịnh Quang Lĩnh", button="Giao việc")
    assert "soạn báo cáo quý" in draft.text
    await clerk.press("Giao việc", draft)
    card = await staff.expect("Đồng chí được giao việc mới", button="Đã nhận")
    assert "Thay mặt: Trịnh Quang Lĩnh · người nhập: Hứa Cẩm Vy" in card.text
    await leader.expect("Việc được giao thay mặt đồng chí", edited=False)
    await staff.press("Nộp kết quả", card)
    await staff.expect("gửi kết quả")
    await staff.say("Đã trình")
    result = await leader.expect("mời đồng chí nghiệm thu", button="Nghiệm thu", edited=False)
    await clerk.say("/viec 1")
    seen = await clerk.expect("chờ nghiệm thu")
    assert "Nghiệm thu" not in seen.labels
    await leader.press("Nghiệm thu", result)
    await clerk.expect("Kết quả đã được nghiệm thu", edited=False)
    await leader.press("Thôi: Hứa Cẩm Vy", rights)
    await leader.expect("Chưa có ai được nhập việc thay mặt.", edited=True)
    await clerk.say(sentence)
    await clerk.expect("chưa được nhập việc thay mặt")


async def test_for_a_group_any_member_decides_once(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    admin = await Phone.of(stage.play, ADMIN)
    await admin.start()
    deputy, clerk = await stage.phone(DEPUTY), await stage.phone(HEAD)
    await admin.say("/thaymat nhóm Thường trực: Trịnh Quang Lĩnh, Phan Văn Lạ")
    await admin.expect("Chưa tìm thấy đồng chí này")
    await admin.say("/thaymat nhóm Thường trực: Trịnh Quang Lĩnh, Tạ Thị Hoài Mơ")
    await admin.expect("Nhóm Thường trực có 2 đồng chí")
    await admin.say("/thaymat Đoàn Thục Hạnh Nhi thay Thường trực")
    await admin.expect("Đoàn Thục Hạnh Nhi nhập thay Thường trực")
    await admin.say("/thaymat Đoàn Thục Hạnh Nhi thay Tạ Thị Hoài Mơ")
    rights = await admin.expect("Được nhập việc thay mặt: 2")
    assert "Thôi: Đoàn Thục Hạnh Nhi thay Thường trực" in rights.labels
    await admin.press("Thôi: Đoàn Thục Hạnh Nhi thay Tạ Thị Hoài Mơ", rights)
    await admin.expect("Được nhập việc thay mặt: 1", edited=True)
    await clerk.say("Thay mặt Thường trực: giao đồng chí Ân rà soát hồ sơ, hạn thứ Sáu")
    draft = await clerk.expect("Thay mặt: Thường trực", button="Giao việc")
    await clerk.press("Giao việc", draft)
    card = await staff.expect("người nhập: Đoàn Thục Hạnh Nhi", button="Nộp kết quả")
    await staff.press("Nộp kết quả", card)
    await staff.expect("gửi kết quả")
    await staff.say("Đã rà soát xong")
    await leader.expect("mời đồng chí nghiệm thu", button="Nghiệm thu", edited=False)
    asked = await deputy.expect("mời đồng chí nghiệm thu", button="Nghiệm thu", edited=False)
    await deputy.press("Nghiệm thu", asked)
    await staff.expect("Kết quả đã được nghiệm thu", edited=False)
    done = await leader.expect("hoàn thành đúng hạn", edited=True)
    assert "Nghiệm thu" not in done.labels
