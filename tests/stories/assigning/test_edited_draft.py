"""Editing the message of a draft: the same card follows, and what was put right by hand stays."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"


async def test_the_card_follows_the_message(leader: Phone) -> None:
    sent = await leader.say(SENTENCE)
    card = await leader.expect("báo cáo quý", button="Giao việc")
    await leader.edit(sent, "Giao đồng chí Quách Duy Mẫn soạn báo cáo năm, trước 17h thứ Năm")
    changed = await leader.expect("báo cáo năm", button="Giao việc", edited=True)
    assert changed.id == card.id
    assert "Quách Duy Mẫn" in changed.text
    assert "17:00 thứ Năm, 10/12/2026" in changed.text
    await leader.press("Giao việc", changed)
    await leader.expect("Việc số 1", edited=True)
    assert len([one for one in await leader.messages() if "báo cáo năm" in one.text]) == 2


async def test_what_was_put_right_by_hand_stays(leader: Phone) -> None:
    sent = await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý")
    asked = await leader.expect("Hạn khi nào?")
    await leader.press("Thứ Sáu 11/12", asked)
    card = await leader.expect("17:00 thứ Sáu, 11/12/2026", button="Giao việc")
    await leader.edit(sent, "Giao đồng chí Quách Duy Mẫn soạn báo cáo năm, hạn 25/12")
    changed = await leader.expect("báo cáo năm", edited=True)
    assert changed.id == card.id
    assert "17:00 thứ Sáu, 11/12/2026" in changed.text
    assert "Quách Duy Mẫn" in changed.text
    await leader.press("Đổi người", changed)
    await leader.expect("Giao đồng chí nào?", edited=True)
    await leader.say("Từ Bảo Uyên")
    typed = await leader.expect("Từ Bảo Uyên", button="Giao việc", edited=False)
    await leader.edit(sent, "Giao đồng chí Quách Duy Mẫn rà soát báo cáo năm, hạn 25/12")
    again = await leader.expect("rà soát báo cáo năm", edited=True)
    assert again.id == typed.id
    assert "Từ Bảo Uyên" in again.text


async def test_lines_come_change_and_go(stage: Stage, leader: Phone) -> None:
    head = "Giao đồng chí Mạc Thiên Ân, hạn thứ Sáu:\n1. Soạn báo cáo quý"
    sent = await leader.say(f"{head}\n2. Rà soát hồ sơ đảng viên")
    first = await leader.expect("Soạn báo cáo quý", button="Giao việc")
    second = await leader.expect("Rà soát hồ sơ đảng viên", button="Giao việc")
    await leader.edit(sent, f"{head}\n2. Rà soát hồ sơ cán bộ\n3. Lập dự toán năm")
    changed = await leader.expect("Rà soát hồ sơ cán bộ", edited=True)
    assert changed.id == second.id
    third = await leader.expect("Lập dự toán năm", button="Giao việc", edited=False)
    await leader.edit(sent, f"{head}\n2. Lập dự toán năm")
    dropped = await leader.expect("Đã bỏ, chưa giao: Rà soát hồ sơ cán bộ", edited=True)
    assert dropped.id == second.id
    await leader.press("Giao việc", first)
    await leader.press("Giao việc", third)
    await stage.until("SELECT COUNT(*) = 2 FROM tasks")


async def test_a_task_is_put_right_on_its_card(leader: Phone) -> None:
    sent = await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    await leader.expect("Việc số 1", edited=True)
    await leader.edit(sent, "Giao đồng chí Quách Duy Mẫn soạn báo cáo năm, trước 17h thứ Năm")
    told = await leader.expect("Việc số 1 đã giao nên sửa tin không đổi được việc")
    assert "Sửa việc" in told.text


async def test_what_cannot_be_read_again_is_said(leader: Phone) -> None:
    sent = await leader.say(SENTENCE)
    await leader.expect("báo cáo quý", button="Giao việc")
    await leader.edit(sent, "cảm ơn các đồng chí")
    await leader.expect("thẻ giữ nguyên")
    command = await leader.say("/viec")
    await leader.expect("không có việc nào")
    await leader.edit(command, "/quahan")
    await leader.expect("Tin đã sửa chỉ được đọc lại")


async def test_a_draft_goes_on_over_a_restart(stage: Stage, leader: Phone) -> None:
    sent = await leader.say(SENTENCE)
    card = await leader.expect("báo cáo quý", button="Giao việc")
    await stage.until("SELECT COUNT(*) = 1 FROM inbox WHERE body IS NULL AND update_id > 1")
    await stage.kill_bot()
    await leader.edit(sent, "Giao đồng chí Quách Duy Mẫn soạn báo cáo năm, trước 17h thứ Năm")
    await stage.start_bot()
    changed = await leader.expect("báo cáo năm", edited=True)
    assert changed.id == card.id
