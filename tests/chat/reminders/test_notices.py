"""Notices are worded when they are sent, from the state of that moment, for the person they reach."""

from datetime import date, time
from typing import Any

import pytest

from bot.actions import moves
from bot.actions.organisation import absence, absence_news, redirect_to_deputy
from bot.actions.organisation.absence import Wanted
from bot.actions.reminders import fire_reminders
from bot.actions.reporting import report_plan
from bot.actions.tasks import answer, extend, review, support
from bot.chat.reminders.notice_headings import HEADINGS, HEADINGS_BY_PART, RUNGS
from bot.rules.reminders.reminders import Rung
from bot.rules.reporting.periods import Kind as Period
from storage.records import Part, Status
from storage.tasks import tasks
from tests.actions.mergers.test_merger import unite
from tests.chat.talk import Talk
from tests.rules.task import office

SUBMITTED = "Kết quả đã nộp, mời đồng chí nghiệm thu"
BLOCKED = "Việc đang vướng mắc"
REQUESTED = "Đề nghị gia hạn, mời đồng chí cho ý kiến"
WORDS = "đến 25/12/2026 vì chờ số liệu"


def headings(talk: Talk, name: str) -> list[str]:
    """Return the first line of everything the bot said to a person."""
    return [one.text.split("\n")[0] for one in talk.heard(name)]


def news(talk: Talk, name: str) -> list[str]:
    """Return what was said to have happened in everything the bot said to a person."""
    known = set(HEADINGS.values()) | set(HEADINGS_BY_PART.values())
    return [line for one in talk.heard(name) for line in one.text.split("\n") if line in known]


async def test_a_result_that_was_decided_before_it_was_told(talk: Talk) -> None:
    task = await talk.at_work.assign(by="head")
    await talk.deliver()
    here, deputy = talk.at_work.office, talk.at_work.who["deputy"]
    await answer.submit(here, talk.at_work.who["staff"], task.id, "Xong", None, talk.now, None)
    await review.return_result(here, deputy, task.id, "Thiếu phụ lục", talk.now, None)
    await talk.deliver()
    assert headings(talk, "head") == ["Kết quả được trả lại để làm tiếp"]
    assert "Lý do: Thiếu phụ lục" in talk.heard("head")[0].text


async def test_a_blocker_that_was_gone_before_it_was_told(talk: Talk) -> None:
    task = await talk.at_work.assign()
    here, staff = talk.at_work.office, talk.at_work.who["staff"]
    blocked = await answer.block(here, staff, task.id, "Chưa có số liệu", talk.now, None)
    await answer.unblock(here, staff, task.id, blocked.version, talk.now, None)
    await talk.deliver()
    assert headings(talk, "leader") == []


async def test_a_blocker_of_a_task_that_was_called_off_before_it_was_told(talk: Talk) -> None:
    task = await talk.at_work.assign(by="head")
    here, staff = talk.at_work.office, talk.at_work.who["staff"]
    await answer.block(here, staff, task.id, "Chưa có số liệu", talk.now, None)
    await review.cancel(here, talk.at_work.who["deputy"], task.id, "Thôi", talk.now, None)
    await talk.deliver()
    assert BLOCKED not in headings(talk, "head")
    assert len(headings(talk, "head")) == 1


@pytest.mark.parametrize("decide", [extend.grant, extend.refuse])
async def test_a_request_that_was_decided_before_it_was_told(talk: Talk, decide: Any) -> None:
    task = await talk.at_work.assign(by="head")
    here, staff = talk.at_work.office, talk.at_work.who["staff"]
    asked = await extend.request(here, staff, task.id, WORDS, talk.now, None)
    await decide(here, talk.at_work.who["deputy"], task.id, asked.version, talk.now, None)
    await talk.deliver()
    assert REQUESTED not in headings(talk, "head")
    assert len(headings(talk, "head")) == 1


async def test_what_still_waits_is_told(talk: Talk) -> None:
    task = await talk.at_work.assign()
    here, staff = talk.at_work.office, talk.at_work.who["staff"]
    await answer.block(here, staff, task.id, "Chưa có số liệu", talk.now, None)
    await extend.request(here, staff, task.id, WORDS, talk.now, None)
    await talk.deliver()
    await answer.submit(here, staff, task.id, "Xong", None, talk.now, None)
    await talk.deliver()
    assert len(headings(talk, "leader")) == 2
    assert news(talk, "leader") == [BLOCKED, REQUESTED, SUBMITTED]


async def assigned(talk: Talk) -> int:
    """Give a task by a sentence and a press, with one who supports and one who follows."""
    draft = await talk.say(
        "leader",
        "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, phối hợp: đồng chí Ông Thị Ngọc Trầm,"
        " theo dõi: đồng chí Giáp Văn Lộc Ninh, hạn thứ Sáu",
    )
    await talk.press("leader", "Giao việc", draft)
    row = await talk.at_work.db.fetch_one("SELECT MAX(id) AS id FROM tasks")
    assert row is not None
    return int(row["id"])


async def test_each_learns_what_part_they_have(talk: Talk) -> None:
    await assigned(talk)
    assert headings(talk, "staff") == ["Đồng chí được giao việc mới"]
    assert headings(talk, "mate") == ["Đồng chí phối hợp việc này"]
    assert headings(talk, "clerk") == ["Đồng chí theo dõi việc này"]
    for name in ("staff", "mate", "clerk"):
        card = talk.heard(name)[-1]
        assert "Phối hợp: ☐ Ông Thị Ngọc Trầm\nTheo dõi: Giáp Văn Lộc Ninh\n" in card.text
        assert ("Đã nhận" in card.buttons) == (name == "staff")


async def test_who_supports_or_follows_hears_how_it_ends(talk: Talk) -> None:
    number = await assigned(talk)
    here, who = talk.at_work.office, talk.at_work.who
    staff, leader = who["staff"], who["leader"]
    asked = await extend.request(here, staff, number, WORDS, talk.now, None)
    await extend.grant(here, leader, number, asked.version, talk.now, None)
    done = await answer.submit(here, staff, number, "Xong", None, talk.now, None)
    await review.accept(here, leader, number, done.version, talk.now, None)
    await talk.deliver()
    for name in ("mate", "clerk"):
        assert len(headings(talk, name)) == 2
        assert news(talk, name)[1:] == [
            "Đề nghị gia hạn đã được đồng ý",
            "Kết quả đã được nghiệm thu",
        ]


async def test_a_task_called_off_is_told_to_each_in_their_words(talk: Talk) -> None:
    number = await assigned(talk)
    here, deputy = talk.at_work.office, talk.at_work.who["deputy"]
    await review.cancel(here, deputy, number, "Thôi", talk.now, None)
    await talk.deliver()
    last = {name: headings(talk, name)[-1] for name in ("staff", "mate", "clerk", "leader")}
    assert last == {
        "staff": "Việc đã hủy, đồng chí không phải làm nữa",
        "mate": "Việc đã hủy, đồng chí không phải làm nữa",
        "clerk": "Việc đã hủy",
        "leader": "Việc đã hủy",
    }


async def test_new_tasks_and_reminders_that_waited_together(talk: Talk) -> None:
    """Who starts late may find both in one list."""
    await talk.at_work.assign(title="Lập dự toán", clock=time(16))
    other = await talk.at_work.assign(to="mate", title="Rà soát hồ sơ", due=date(2026, 12, 25))
    supports = [(talk.at_work.ids["staff"], Part.SUPPORT)]
    async with talk.at_work.db.transaction() as tx:
        await tasks.add_people(tx, other.id, supports, talk.now)
        await moves.tell(tx, "task.assigned", other.id, [talk.at_work.ids["staff"]], talk.now)
    talk.now = office(11, 16, 1)
    await fire_reminders.look(talk.at_work.office, talk.now)
    await talk.deliver()
    (told,) = talk.heard("staff")
    assert told.text.startswith("Việc mới và nhắc việc: 2")
    assert "Lập dự toán\nĐỎ: đã quá hạn · 16:00" in told.text
    assert "Rà soát hồ sơ\nđồng chí phối hợp · 17:00" in told.text


async def test_of_the_rungs_that_waited_the_gravest_is_said(talk: Talk) -> None:
    """Who was away from the bot for days reads how their task stands, not every rung on the way."""
    await talk.at_work.assign(due=date(2026, 12, 10))
    await talk.deliver()
    for day in (9, 10, 11):
        talk.now = office(day, 8)
        await fire_reminders.look(talk.at_work.office, talk.now)
    await talk.deliver()
    assert headings(talk, "staff")[1:] == [RUNGS[Rung.RED]]


async def test_whoever_can_decide_hears_it_though_their_own_part_is_done(talk: Talk) -> None:
    """The head assigned it and supports it: ĐỎ concerns them as the one above, not as a supporter."""
    task = await talk.at_work.assign(by="head", due=date(2026, 12, 10))
    here, head = talk.at_work.office, talk.at_work.who["head"]
    async with talk.at_work.db.transaction() as tx:
        await tasks.add_people(tx, task.id, [(head.person_id, Part.SUPPORT)], talk.now)
    await support.report(here, head, task.id, "Đã gửi số liệu", talk.now, None)
    for day, rung in ((11, Rung.RED), (15, Rung.RED_SPECIAL)):
        talk.now = office(day, 7, 30)
        await fire_reminders.look(here, talk.now)
        await talk.deliver()
        assert headings(talk, "head")[-1] == RUNGS[rung]


async def test_what_is_said_in_one_minute_is_one_message_whomever_it_is_for(talk: Talk) -> None:
    """Two away, one who stands in: from today on, and a reminder of each and of their own."""
    here, who, ids = talk.at_work.office, talk.at_work.who, talk.at_work.ids
    friday = date(2026, 12, 11)
    for name in ("staff", "mate", "clerk"):
        await talk.at_work.assign(to=name, title=f"Rà soát hồ sơ {name}")
    for name in ("staff", "mate"):
        wanted = Wanted(ids[name], friday, friday, ids["clerk"])
        await absence.enter(here, who[name], wanted, talk.now, None)
    await talk.deliver()
    before = len(talk.heard("clerk"))
    talk.now = office(11, 7, 30)
    await absence_news.look(here, talk.now)
    await fire_reminders.digest(here, talk.now)
    await fire_reminders.look(here, talk.now)
    await redirect_to_deputy.look(here, talk.now)
    await talk.deliver()
    [told] = talk.heard("clerk")[before:]
    assert told.text.count("Từ hôm nay đồng chí xử lý thay") == 2
    assert "Việc hôm nay, thứ Sáu, 11/12/2026" in told.text
    assert "thay Mạc Thiên Ân" in told.text
    assert "thay Ông Thị Ngọc Trầm" in told.text
    assert list(told.buttons) == ["Việc 1", "Việc 2", "Việc 3", "Nhắc lại chiều nay"]


async def test_what_was_on_its_way_when_units_were_merged(talk: Talk) -> None:
    here, who, talk.now = talk.at_work.office, talk.at_work.who, office(9)
    task = await talk.at_work.assign(to="other")
    for name in ("head", "other_head"):
        await report_plan.switch(here, who[name], Period.WEEK, True, talk.now, None)
    merger = await unite(talk.at_work)
    await talk.deliver()
    await talk.press("other", "Việc 1")
    await talk.press("other", "Đã nhận")
    [view] = await tasks.views(talk.at_work.db, [task.id])
    assert (view.status, view.unit_id) == (Status.IN_PROGRESS, merger.into_id)
    talk.now = office(14, 8)
    await report_plan.look(here, talk.now)
    await talk.deliver()
    reported = [n for n in ("head", "other_head") if "báo cáo" in talk.heard(n)[-1].text.lower()]
    assert reported == ["head"]
