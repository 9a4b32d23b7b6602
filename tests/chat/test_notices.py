"""Notices are worded when they are sent, from the state of that moment, for the person they reach."""

from typing import Any

import pytest

from bot.actions import answer, extend, review
from tests.chat.talk import Talk

SUBMITTED = "Kết quả đã nộp, mời đồng chí nghiệm thu"
BLOCKED = "Việc đang vướng mắc"
REQUESTED = "Đề nghị gia hạn, mời đồng chí cho ý kiến"
WORDS = "đến 25/12/2026 vì chờ số liệu"


def headings(talk: Talk, name: str) -> list[str]:
    """Return the first line of everything the bot said to a person."""
    return [one.text.split("\n")[0] for one in talk.heard(name)]


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
    assert headings(talk, "leader") == [BLOCKED, REQUESTED, SUBMITTED]
