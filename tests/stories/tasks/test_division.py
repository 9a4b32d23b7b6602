"""A head looks who has too much, and hands a task on as proposed, by one more press."""

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, STAFF, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân {title}, khoảng 3 ngày công, trước 17h thứ Sáu"


async def test_who_has_too_much_is_relieved_by_two_presses(stage: Stage, leader: Phone) -> None:
    head, staff = await stage.phone(HEAD), await stage.phone(STAFF)
    for title in ("soạn báo cáo năm", "rà soát hồ sơ"):
        await leader.say(SENTENCE.format(title=title))
        card = await leader.expect(f"{title}", button="Giao việc")
        assert "khoảng 3 ngày công" in card.text
        await leader.press("Giao việc", card)
        await staff.expect(f"{title}")
    await head.say("/phancong")
    shown = await head.expect("Phân công")
    assert f"🔴 {STAFF}: 120% · 0% · 2 việc" in shown.text
    assert "chưa làm việc loại này, nhận thêm thì bận" in shown.text
    [proposed] = [one.label for one in shown.buttons if one.label.startswith("Việc ")]
    assert stage.rows("SELECT COUNT(*) FROM events WHERE kind = 'task.reassign'") == [(0,)]
    await head.press(proposed, shown)
    other = proposed.partition(": ")[2]
    asked = await head.expect(f"Giao lại việc số 1 cho đồng chí {other}", button="Không nêu")
    await head.press("Không nêu", asked)
    assert f"Chủ trì: {other}" in (await head.expect("Đã giao người khác chủ trì")).text
    await staff.expect(f"chuyển đồng chí {other} chủ trì")
    await head.say("/phancong")
    assert "Không ai quá tải." in (await head.expect("Không ai quá tải.")).text


async def test_who_assigns_sees_how_busy_each_is(stage: Stage, leader: Phone) -> None:
    await leader.say(SENTENCE.format(title="soạn báo cáo năm"))
    await leader.press("Giao việc")
    await leader.say("giao việc soạn kế hoạch, trước 17h thứ Sáu")
    asked = await leader.expect("Giao đồng chí nào?")
    assert any(one.label.endswith(" · bận 60%") for one in asked.buttons), asked.buttons
