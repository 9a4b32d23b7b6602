"""Whatever ends the program is put aside after the second time, so that nothing stops a third start."""

import asyncio

from bot.playground.phone import Phone
from tests.faults.office import assign, at_work, told, until_told
from tests.stories.stage import Stage

ASIDE = "Một tin làm bot dừng hai lần"


async def killed_in_hand(stage: Stage) -> None:
    """Kill the program while an update is in hand."""
    async with asyncio.timeout(10):
        while not any(map(any, _records(stage))):  # noqa: ASYNC110 - the file tells nobody
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    await stage.kill_bot()


def _records(stage: Stage) -> list[bytes]:
    return [path.read_bytes() for path in (stage.folder / "files").glob("*.handling")]


async def killed_twice(stage: Stage, sender: Phone, text: str) -> None:
    """Let Telegram be silent while an answer is said, so that what it answers ends the program twice."""
    await stage.play.faults(silent="sendMessage")
    await sender.say(text)
    await killed_in_hand(stage)
    await stage.start_bot()
    await killed_in_hand(stage)
    await stage.play.faults(silent="")


async def test_what_ends_the_program_twice_is_put_aside(stage: Stage) -> None:
    leader, staff = await at_work(stage)
    await killed_twice(stage, leader, "/viec")
    await stage.start_bot()
    await leader.expect("để riêng", timeout=20)
    await until_told(stage, ASIDE, 20)
    for phone in (staff, leader):
        await phone.say("/viec")
        await phone.expect("không có việc nào đang mở")
    assert told(stage, ASIDE) == 1
    assert stage.rows("SELECT state, deaths FROM inbox WHERE deaths > 0") == [("failed", 2)]


async def test_who_waits_for_an_answer_alone_is_not_put_aside_so_soon(stage: Stage) -> None:
    """Both ends came after its effect was written, while Telegram was silent."""
    leader, staff = await at_work(stage)
    await killed_twice(stage, leader, "Giao đồng chí Mạc Thiên Ân soạn báo cáo, trước 17h thứ Sáu")
    await stage.start_bot()
    await leader.expect("soạn báo cáo", button="Giao việc", timeout=20)
    assert told(stage, ASIDE) == 0
    await assign(leader, "lập dự toán")
    await staff.expect("lập dự toán", button="Đã nhận")


async def test_who_takes_another_name_learns_of_it_too(stage: Stage) -> None:
    """A container that is made anew has another host name, and begins with what the last one left."""
    leader, _ = await at_work(stage)
    await stage.play.faults(silent="sendMessage")
    await leader.say("/viec")
    await killed_in_hand(stage)
    for path in (stage.folder / "files").glob("*.handling"):
        path.rename(path.with_name(f"another-host{path.suffix}"))
    await stage.start_bot()
    await stage.until("SELECT COUNT(*) = 1 FROM inbox WHERE deaths = 1 AND suspect")
    await killed_in_hand(stage)
    await stage.play.faults(silent="")
    await stage.start_bot()
    await leader.expect("để riêng", timeout=20)


async def test_one_end_is_forgiven(stage: Stage) -> None:
    """Somebody killed the program by chance: the update is handled as any."""
    leader, _ = await at_work(stage)
    await stage.play.faults(silent="sendMessage")
    await leader.say("/viec")
    await killed_in_hand(stage)
    await stage.play.faults(silent="")
    await stage.start_bot()
    await leader.expect("không có việc nào đang mở")
    assert told(stage, ASIDE) == 0
