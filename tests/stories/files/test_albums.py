"""Files sent at once come one by one, in any order: all of them belong to the task."""

from datetime import datetime

import pytest

from bot.playground.phone import Phone
from tests.stories.messaging.test_groups import GREETING, Team
from tests.stories.stage import LEADER, ZONE, Stage

ORDER = "/giao đồng chí Mạc Thiên Ân xử lý ba văn bản này, hạn thứ Sáu"
FILES = "SELECT task_id, name FROM files ORDER BY task_id, name"
UNPLACED = "chưa vào việc nào"
_ALL_IN_DRAFT = (
    "SELECT COUNT(*) FROM drafts WHERE fields LIKE '%a.pdf%' AND fields LIKE '%b.pdf%'"
    " AND fields LIKE '%c.pdf%'"
)


async def send(phone: Phone, *names: str, album: str = "al", **more: object) -> None:
    for name in names:
        await phone.send_file(name, name.encode(), album=album, **more)  # type: ignore[arg-type]


async def hears_all(stage: Stage, name: str = "Nhóm") -> tuple[Team, Phone]:
    """Return a group in which the bot may read everything."""
    leader = await stage.phone(LEADER)
    made = await stage.play.add_group(name, [leader.id], bot_is_admin=True)
    await leader.expect(GREETING, chat=made["id"])
    return Team(stage, made["id"], {}), leader


def three(task: int = 1) -> list[tuple[object, ...]]:
    return [(task, "a.pdf"), (task, "b.pdf"), (task, "c.pdf")]


async def test_the_order_is_under_the_last(stage: Stage, leader: Phone) -> None:
    await send(leader, "a.pdf", "b.pdf")
    await send(leader, "c.pdf", caption=ORDER)
    draft = await leader.expect("xử lý ba văn bản", button="Giao việc")
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        assert name in draft.text
    await leader.press("Giao việc", draft)
    await leader.expect("Tệp: 3", edited=True)
    assert stage.rows(FILES) == three()
    await stage.play.advance(seconds=5)
    await leader.say("/trogiup")
    await leader.expect("Đồng chí dùng được")
    assert UNPLACED not in "".join(one.text for one in await leader.messages())


async def test_the_rest_comes_after_the_press(stage: Stage, leader: Phone, staff: Phone) -> None:
    await send(leader, "a.pdf", caption=ORDER)
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await leader.expect("Việc số 1", edited=True)
    await send(leader, "b.pdf", "c.pdf")
    await stage.until("SELECT COUNT(*) = 3 FROM files")
    await stage.play.advance(seconds=3)
    await leader.expect("Đã nhận 2 tệp vào việc số 1: b.pdf, c.pdf.")
    assert stage.rows(FILES) == three()


async def test_a_report_under_the_last_keeps_all(stage: Stage, leader: Phone, staff: Phone) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.expect("báo cáo quý", button="Đã nhận")
    await send(staff, "a.pdf", "b.pdf")
    await send(staff, "c.pdf", caption="việc 1 được 40%, gửi kèm ba dự thảo")
    await staff.expect("Tiến độ: 40%")
    await stage.until("SELECT COUNT(*) = 3 FROM files")
    await send(staff, "d.pdf")
    await staff.expect("Đã nhận 1 tệp vào việc số 1: d.pdf.")
    assert stage.rows(FILES) == [*three(), (1, "d.pdf")]


async def test_another_draft_and_an_undo_come_between(stage: Stage, leader: Phone) -> None:
    await send(leader, "a.pdf", caption=ORDER)
    draft = await leader.expect(button="Giao việc")
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn kế hoạch, hạn thứ Năm")
    await leader.expect("soạn kế hoạch", button="Giao việc")
    await send(leader, "b.pdf")
    await stage.until("SELECT COUNT(*) FROM drafts WHERE fields LIKE '%b.pdf%'")
    await leader.press("Giao việc", draft)
    card = await leader.expect("Việc số 1", button="Hoàn tác", edited=True)
    await send(leader, "c.pdf")
    await stage.until("SELECT COUNT(*) = 3 FROM files")
    await leader.press("Hoàn tác", card)
    again = await leader.expect("Chưa giao", button="Giao việc", edited=True)
    await leader.press("Giao việc", again)
    await leader.expect("Việc số 2", edited=True)
    assert stage.rows(FILES) == three() + three(2)


async def test_files_alone_are_answered_once_and_can_be_ordered_about(
    stage: Stage, leader: Phone
) -> None:
    await send(leader, "a.pdf", "b.pdf", "c.pdf")
    await stage.until("SELECT COUNT(*) = 3 FROM album_parts")
    await stage.play.advance(seconds=3)
    await leader.expect(UNPLACED)
    sent = next(one for one in await leader.messages() if not one.by_bot and one.file)
    await leader.say(ORDER, reply_to=sent)
    draft = await leader.expect("Xử lý tệp a.pdf", button="Giao việc")
    assert "a.pdf, b.pdf, c.pdf" in draft.text
    await leader.press("Giao việc", draft)
    await leader.expect("Tệp: 3", edited=True)
    assert stage.rows(FILES) == three()
    assert "".join(one.text for one in await leader.messages()).count(UNPLACED) == 1


async def test_a_forwarded_album_with_words_under_the_last(stage: Stage, leader: Phone) -> None:
    await send(leader, "a.pdf", "b.pdf", forward_from="Công ty Điện lực")
    caption = "Thông báo cắt điện ngày 12/12"
    await send(leader, "c.pdf", caption=caption, forward_from="Công ty Điện lực")
    offered = await leader.expect(caption, button="Giao thành việc", edited=True)
    await leader.press("Giao thành việc", offered)
    await leader.say("Mạc Thiên Ân")
    await leader.say("thứ Sáu")
    await leader.press("Giao việc", await leader.expect(caption, button="Giao việc"))
    await leader.expect("Tệp: 3", edited=True)
    assert stage.rows(FILES) == three()


async def test_a_dialog_that_waits_is_not_answered_by_them(leader: Phone) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn kế hoạch")
    await leader.expect("Hạn khi nào?")
    await send(leader, "a.pdf", "b.pdf")
    await send(leader, "c.pdf", caption=ORDER)
    draft = await leader.expect("ba văn bản", button="Giao việc")
    assert "a.pdf, b.pdf, c.pdf" in draft.text


@pytest.mark.parametrize(
    ("button", "caption", "event"),
    [
        ("Nộp kết quả", "đã trình 12-TTr/VPTU ngày 10/12", "task.submit"),
        ("Báo tiến độ", "60% đã xong dự thảo", "task.progress"),
        ("Vướng mắc", "chưa có số liệu", "task.block"),
    ],
)
async def test_a_question_is_answered_by_the_words_under_the_last(
    stage: Stage, leader: Phone, staff: Phone, button: str, caption: str, event: str
) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.press(button, await staff.expect("báo cáo quý", button=button))
    await staff.expect(button="Thôi")
    await stage.stop_bot()
    await send(staff, "a.pdf", "b.pdf")
    await send(staff, "c.pdf", caption=caption)
    await send(staff, "d.pdf")
    await stage.start_bot()
    await staff.expect("Đã", button="Lịch sử")
    await stage.until("SELECT COUNT(*) = 4 FROM files WHERE task_id = 1")
    words = f"SELECT t.body FROM events e JOIN texts t ON t.id = e.text_id WHERE e.kind = '{event}'"
    ((said,),) = stage.rows(words)
    assert str(said) in caption
    assert stage.rows("SELECT COUNT(*) FROM events WHERE kind = 'task.note'") == [(0,)]


async def test_a_question_still_open_is_answered_by_words_that_come_later(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.press("Báo tiến độ", await staff.expect("báo cáo quý", button="Báo tiến độ"))
    await staff.expect("đến đâu rồi")
    await send(staff, "a.pdf")
    await stage.until("SELECT COUNT(*) = 1 FROM files")
    await send(staff, "b.pdf", caption="60% đã xong dự thảo")
    await staff.expect("Tiến độ: 60%")
    assert stage.rows(FILES) == three()[:2]


async def test_in_a_group_that_it_reads_all_of(stage: Stage) -> None:
    team, leader = await hears_all(stage)
    await send(leader, "Z9.pdf", "Z8.pdf", album="other", chat=team.chat)
    await send(leader, "a.pdf", "b.pdf", chat=team.chat)
    await send(leader, "c.pdf", caption=ORDER, chat=team.chat)
    draft = await leader.expect("ba văn bản", button="Giao việc", chat=team.chat)
    # What another replica let go is found within a second; it is said beside the draft, as what comes late.
    await stage.until(_ALL_IN_DRAFT)
    await leader.press("Giao việc", draft)
    await leader.expect("Tệp: 3", edited=True, chat=team.chat)
    assert stage.rows(FILES) == three()
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE body LIKE '%Z9%'") == [(0,)]
    assert stage.rows("SELECT COUNT(*) FROM album_parts WHERE name LIKE 'Z%'") == [(0,)]


async def test_in_a_group_the_rest_comes_after_a_kill(stage: Stage) -> None:
    team, leader = await hears_all(stage)
    await send(leader, "a.pdf", caption=ORDER, chat=team.chat)
    draft = await leader.expect("ba văn bản", button="Giao việc", chat=team.chat)
    await send(leader, "b.pdf", chat=team.chat)
    await stage.kill_bot()
    await stage.start_bot()
    await leader.press("Giao việc", draft)
    await leader.expect("Việc số 1", edited=True, chat=team.chat)
    await send(leader, "c.pdf", chat=team.chat)
    await leader.expect("Tệp: 3", edited=True, chat=team.chat)
    assert stage.rows(FILES) == three()


async def test_where_it_sees_only_what_is_for_it_the_rest_is_asked_for(
    stage: Stage, leader: Phone
) -> None:
    chat = (await stage.play.add_group("Tổ", [leader.id]))["id"]
    await leader.expect(GREETING, chat=chat)
    await send(leader, "a.pdf", caption=ORDER, chat=chat)
    await send(leader, "b.pdf", chat=chat)
    draft = await leader.expect("ba văn bản", button="Giao việc", chat=chat)
    assert "Bot mới nhận 1 tệp của tin này" in draft.text
    await send(leader, "b.pdf", "c.pdf", album="al2", reply_to=draft, chat=chat)
    await stage.until("SELECT COUNT(*) FROM drafts WHERE fields LIKE '%c.pdf%'")
    await leader.press("Giao việc", draft)
    await leader.expect("Tệp: 3", edited=True, chat=chat)
    assert stage.rows(FILES) == three()


async def test_each_task_of_a_series_and_of_a_list_has_them(stage: Stage, leader: Phone) -> None:
    lines = (
        "Giao việc:\n- đồng chí Ân soạn báo cáo, hạn thứ Sáu\n- đồng chí Trầm rà soát, hạn thứ Sáu"
    )
    await send(leader, "a.pdf")
    await send(leader, "b.pdf", caption=lines)
    first = await leader.expect("soạn báo cáo", button="Giao việc")
    second = await leader.expect("rà soát", button="Giao việc")
    await leader.press("Giao việc", first)
    await leader.expect("Việc số 1", edited=True)
    await send(leader, "c.pdf")
    await stage.until("SELECT COUNT(*) = 3 FROM files")
    await leader.press("Giao việc", second)
    await leader.expect("Việc số 2", edited=True)
    assert stage.rows(FILES) == three() + three(2)


async def test_the_next_task_of_a_series_has_what_came_late(stage: Stage, leader: Phone) -> None:
    words = "/giao đồng chí Mạc Thiên Ân ngày 25 hằng tháng nộp báo cáo theo mẫu"
    await send(leader, "a.pdf", caption=words)
    await leader.press("Giao việc", await leader.expect("Lặp lại", button="Giao việc"))
    await leader.expect("Việc số 1", edited=True)
    await send(leader, "b.pdf", "c.pdf")
    await stage.until("SELECT COUNT(*) = 3 FROM files")
    await stage.play.move_to(datetime(2027, 1, 11, 9, tzinfo=ZONE))
    await stage.until("SELECT COUNT(*) = 2 FROM tasks")
    assert stage.rows(FILES) == three() + three(2)


@pytest.mark.alone  # what a replica lets go in a group is in its memory alone, never in the database
async def test_killed_between_any_two_of_them(stage: Stage) -> None:
    team, leader = await hears_all(stage)
    await send(leader, "a.pdf", chat=team.chat)
    await stage.play.faults(delay_ms=400)
    await send(leader, "b.pdf", caption=ORDER, chat=team.chat)
    await stage.kill_before_answer("SELECT COUNT(*) FROM drafts")
    await send(leader, "c.pdf", chat=team.chat)
    await stage.until("SELECT COUNT(*) FROM inbox WHERE album IS NOT NULL AND update_id > 3")
    await stage.kill_bot()
    await stage.play.faults(delay_ms=0)
    await stage.start_bot()
    draft = await leader.expect("ba văn bản", button="Giao việc", chat=team.chat)
    await stage.until("SELECT COUNT(*) FROM drafts WHERE fields LIKE '%c.pdf%'")
    await leader.press("Giao việc", draft)
    await leader.expect("Tệp: 3", edited=True, chat=team.chat)
    assert stage.rows(FILES) == three()
