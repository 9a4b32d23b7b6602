"""One message a morning: what somebody owes, what they must decide, and what is stuck below them."""

from datetime import date, datetime, time

from bot.actions.reminders import fire_reminders, overdue_answers
from bot.actions.reminders.morning import concerned, morning
from bot.actions.tasks import answer
from storage.organisation import reachability
from storage.records import Reach
from tests.actions.office import PEOPLE
from tests.chat.talk import Heard, Talk
from tests.rules.task import office


async def digest_of(talk: Talk, name: str, moment: datetime) -> list[Heard]:
    """Let the clock come to a morning and return the digests a person hears."""
    await talk.deliver()
    before = len(talk.heard(name))
    talk.now = moment
    await fire_reminders.digest(talk.at_work.office, talk.now)
    await talk.deliver()
    return [one for one in talk.heard(name)[before:] if one.text.startswith("Việc hôm nay")]


async def chased(talk: Talk, *moments: datetime) -> None:
    """Let the clock say the rungs that are due at these moments."""
    for moment in moments:
        await fire_reminders.look(talk.at_work.office, moment)
        talk.now = moment
        await talk.deliver()


async def test_the_four_fields_of_an_exception(talk: Talk) -> None:
    await talk.at_work.assign(by="leader", to="staff", title="Soạn tờ trình mua sắm")
    await chased(talk, office(14, 7, 30), office(16, 7, 30))
    (told,) = await digest_of(talk, "leader", office(17, 7, 30))
    assert "Cần quyết định: 1" in told.text
    assert (
        "🔴 1 Soạn tờ trình mua sắm\n"
        "Mạc Thiên Ân · quá hạn 4 ngày làm việc · chưa có kết quả · "
        "Trịnh Quang Lĩnh quyết định" in told.text
    )
    await talk.press("leader", "Việc 1", told)
    assert "Việc số 1" in talk.heard("leader")[-1].text


async def test_who_leads_and_works_hears_both_in_one_message(talk: Talk) -> None:
    await talk.at_work.assign(by="head", to="staff", title="Việc của phòng")
    own = await talk.at_work.assign(by="leader", to="head", title="Việc của trưởng phòng")
    await chased(talk, office(14, 7, 30))
    (told,) = await digest_of(talk, "head", office(14, 7, 31))
    assert told.text.index("Cần quyết định: 1") < told.text.index("Quá hạn: 1")
    assert told.text.count(f"{own.id} Việc của trưởng phòng") == 1
    assert set(told.buttons) == {"Việc 1", "Việc 2"}


async def test_what_waits_for_a_decision_is_told_once(talk: Talk) -> None:
    """The reminder that it waits stands beside the task, not among the news of the same message."""
    at_work = talk.at_work
    for title, hour in (("Soạn tờ trình", 7), ("Lập danh mục", 16)):
        task = await at_work.assign(title=title, due=date(2026, 12, 31))
        staff = at_work.who["staff"]
        await answer.submit(
            at_work.office, staff, task.id, "Xong", None, office(11, hour, 20), None
        )
        talk.now = office(11, hour, 20)
        await talk.deliver()
    assert await overdue_answers.look(at_work.office, office(14, 7, 30)) == 1
    talk.now = office(14, 7, 30)
    await fire_reminders.digest(at_work.office, talk.now)
    await talk.deliver()
    told = talk.heard("leader")[-1].text
    assert "Chờ đồng chí cho ý kiến: 2" in told
    assert "Chờ nghiệm thu đã một ngày" in told
    assert told.count("Soạn tờ trình") == 1
    assert "Tin mới" not in told


async def test_a_leader_is_left_alone_while_others_can_still_decide(talk: Talk) -> None:
    await talk.at_work.assign(by="head", to="staff")
    await chased(talk, office(14, 7, 30))
    assert await digest_of(talk, "leader", office(14, 7, 31)) == []
    assert await digest_of(talk, "leader", office(15, 7, 31)) == []
    await chased(talk, office(16, 7, 30))
    (told,) = await digest_of(talk, "leader", office(16, 7, 31))
    assert "Cần quyết định: 1" in told.text


async def test_a_blocked_task_is_shown_to_who_can_undo_it(talk: Talk) -> None:
    task = await talk.at_work.assign(by="head", to="staff")
    await answer.block(
        *(talk.at_work.office, talk.at_work.who["staff"], task.id, "Chưa có số liệu"),
        *(talk.now, None),
    )
    (told,) = await digest_of(talk, "head", office(8, 7, 30))
    assert "vướng mắc: Chưa có số liệu" in told.text
    assert await digest_of(talk, "leader", office(9, 7, 30)) == []


async def test_what_was_not_received_or_not_heard_of_is_shown_once_it_was_asked_for(
    talk: Talk,
) -> None:
    at_work = talk.at_work
    await at_work.assign(by="leader", to="staff", due=date(2026, 12, 31))
    assert await digest_of(talk, "staff", office(8, 7, 30)) == []
    await chased(talk, office(8, 9))
    (told,) = await digest_of(talk, "staff", office(9, 7, 30))
    assert "Chưa bấm Đã nhận: 1" in told.text
    (head,) = await digest_of(talk, "head", office(10, 7, 30))
    (leader,) = await digest_of(talk, "leader", office(11, 7, 30))
    assert "Đã giao, chưa ai nhận: 1" in head.text
    assert "Đã giao, chưa ai nhận: 1" in leader.text
    await answer.receive(at_work.office, at_work.who["staff"], 1, 1, office(11, 8), None)
    await chased(talk, office(14, 7, 30), office(18, 7, 30))
    (told,) = await digest_of(talk, "staff", office(18, 7, 31))
    assert "Chưa cập nhật: 1" in told.text
    await answer.progress(at_work.office, at_work.who["staff"], 1, "được 40%", office(18, 9), None)
    for name in ("staff", "head", "leader"):
        assert await digest_of(talk, name, office(21, 7, 30)) == []


async def test_the_digest_knows_whom_it_concerns(talk: Talk) -> None:
    """Its receivers are those whose morning has something to say, and none else."""
    at_work = talk.at_work
    late = await at_work.assign(by="leader", to="staff")
    await at_work.assign(by="head", to="clerk", clock=time(16))
    await at_work.assign(by="other_head", to="other", due=date(2026, 12, 31))
    await answer.block(at_work.office, at_work.who["staff"], late.id, "Kẹt", talk.now, None)
    await chased(talk, office(8, 9), office(14, 7, 30))
    for moment in (office(14, 8), office(16, 8), office(22, 8)):
        await chased(talk, moment)
        async with at_work.db.transaction() as tx:
            ids = await concerned(tx, at_work.office, moment)
        told = {name for name in PEOPLE if at_work.ids[name] in ids}
        owing = {
            name
            for name, who in at_work.who.items()
            if not (await morning(at_work.office, who, moment)).is_empty
        }
        assert told == owing, moment


async def test_a_head_hears_of_who_cannot_be_reached_when_they_miss_more(talk: Talk) -> None:
    """Nothing else is to be said; and what was told of is not told of again the next morning."""
    async with talk.at_work.db.transaction() as tx:
        await reachability.mark_unreachable(tx, talk.at_work.ids["staff"], Reach.BLOCKED)
    await talk.at_work.assign(due=date(2026, 12, 31))
    await chased(talk, office(8, 7))
    (told,) = await digest_of(talk, "head", office(8, 7, 30))
    assert "Chưa liên lạc được: 1\nMạc Thiên Ân (1 tin)" in told.text
    assert set(told.buttons) == {"Chưa liên lạc được"}
    assert await digest_of(talk, "deputy", office(8, 7, 31)) == []
    async with talk.at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET status = 'in_progress'")
    assert await digest_of(talk, "head", office(9, 7, 30)) == []


async def test_what_a_digest_reminds_of_is_put_off_with_one_press(talk: Talk) -> None:
    at_work = talk.at_work
    for title, due in (("Soạn tờ trình", 10), ("Lập danh mục", 11)):
        task = await at_work.assign(title=title, due=date(2026, 12, due))
        await answer.receive(
            *(at_work.office, at_work.who["staff"], task.id, task.version, talk.now, None)
        )
    await talk.deliver()
    talk.now = office(10, 7, 30)
    await fire_reminders.look(at_work.office, talk.now)
    await fire_reminders.digest(at_work.office, talk.now)
    await talk.deliver()
    told = talk.heard("staff")[-1]
    assert list(told.buttons) == ["Việc 1", "Việc 2", "Nhắc lại chiều nay", "Nhắc lại sáng mai"]
    assert await talk.press("staff", "Nhắc lại sáng mai", told) == "Sẽ nhắc lại"
    shown = talk.heard("staff")[-1]
    assert shown.text.startswith("Sẽ nhắc lại 1 việc lúc 07:30 thứ Sáu, 11/12/2026")
    assert "Giữ nguyên, đến hạn trước lúc đó\n🔵 1 Soạn tờ trình" in shown.text
    assert told in talk.heard("staff")
