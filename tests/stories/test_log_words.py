"""The log carries no words of anybody: not at its most talkative, and not when things go wrong."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

WORD = "xuyenchi"


async def test_no_word_of_a_message_is_logged(stage: Stage, leader: Phone, staff: Phone) -> None:
    await stage.stop_bot()
    await stage.start_bot(DONDOC_LOG__LEVEL="debug")
    await leader.say(f"Giao đồng chí Mạc Thiên Ân soạn báo cáo {WORD}, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect(WORD, button="Giao việc"))
    card = await staff.expect("được giao việc mới", button="Vướng mắc")
    await staff.press("Vướng mắc", card)
    await staff.expect("vướng")
    await staff.say(f"Thiếu số liệu {WORD} một")
    await leader.expect(f"{WORD} một")
    stage.emulator.faults.broken = 2
    await staff.say(f"/tim {WORD}")
    await staff.expect(f"báo cáo {WORD}", timeout=30)
    await staff.say(f"/lenh {WORD}")
    await staff.say(f"việc 1 được 40% {WORD} hai")
    await staff.expect("40%", timeout=30)
    await leader.say(f"{WORD} chẳng thành câu")
    await leader.expect("Chưa rõ ý", timeout=30)
    await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'", 30)
    log = stage.log()
    assert "is at work as" in log
    assert WORD not in log
