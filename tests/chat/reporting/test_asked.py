"""What a question's answer says besides its rows: what is overdue, and who else has as many."""

from datetime import date

import pytest

from bot.actions.reporting.answer_question import MOST_TIED, Answer
from bot.chat.reporting.inquiry import ranking
from bot.chat.reporting.inquiry_words import Names
from bot.language.questions.inquiry import Inquiry, Rank, State
from tests.chat.talk import Talk
from tests.rules.task import office


@pytest.fixture
async def late(talk: Talk) -> Talk:
    """An office with two overdue tasks of the staff and one of the mate."""
    for to in ("staff", "staff", "mate"):
        await talk.at_work.assign(to=to)
    talk.now = office(15)
    await talk.deliver()
    return talk


@pytest.mark.parametrize(
    "question", ["hôm nay có gì gấp không?", "hôm nay có việc gì?", "tuần này có việc gì đến hạn?"]
)
async def test_a_leader_hears_of_overdue_ones_too(late: Talk, question: str) -> None:
    told = await late.say("leader", question)
    assert "Đang quá hạn: 3 việc." in told.text
    await late.press("leader", "Quá hạn: 3", told)
    listed = late.heard("leader")[-1]
    assert "Việc quá hạn: 3" in listed.text
    assert {"Việc 1", "Việc 2", "Việc 3"} <= set(listed.buttons)


async def test_those_of_who_is_asked_about(late: Talk) -> None:
    told = await late.say("leader", "hôm nay Trầm có gì gấp không?")
    assert "Đang quá hạn: 1 việc." in told.text
    told = await late.say("staff", "hôm nay tôi có gì gấp không?")
    assert "Đang quá hạn: 2 việc." in told.text


@pytest.mark.parametrize(
    "question", ["việc nào quá hạn?", "tuần sau có việc gì?", "việc 1 sao rồi?"]
)
async def test_other_answers_say_what_was_asked(late: Talk, question: str) -> None:
    assert "Đang quá hạn" not in (await late.say("leader", question)).text


async def test_all_who_have_as_many_are_named_first(talk: Talk) -> None:
    for to in ("staff", "mate", "mate", "staff", "clerk"):
        await talk.at_work.assign(to=to)
    await talk.deliver()
    told = (await talk.say("leader", "Ai đang nhiều việc nhất?")).text
    assert "1. Mạc Thiên Ân: 2 việc\n1. Ông Thị Ngọc Trầm: 2 việc\n3. Giáp Văn Lộc Ninh" in told
    assert "Việc của 2 đồng chí đứng đầu: 4" in told


async def test_of_those_with_nothing_all_come_first(talk: Talk) -> None:
    told = (await talk.say("leader", "Ai đang ít việc nhất?")).text
    assert told.count("1. ") >= 5
    assert "2. " not in told


def test_of_many_who_have_as_many_the_rest_is_counted() -> None:
    inquiry = Inquiry(state=State.OPEN, rank=Rank.PEOPLE)
    ranked = [(one, f"Đồng chí {one}", 2) for one in range(14)]
    found = Answer(1, inquiry, (), 28, ranked, [1] * 14)
    lines, first = ranking(found, Names({}, {}, 1, date(2026, 12, 7)))
    assert len(lines.splitlines()) == MOST_TIED + 1
    assert lines.endswith("... và 4 đồng chí khác cùng đứng đầu.")
    assert first == "Việc của 10 đồng chí đứng đầu: 28"
