"""Who has left since their update came does nothing any more, and is given nothing."""

from datetime import timedelta

import pytest

from bot.actions.history import undo
from bot.actions.organisation import absence, leave, on_behalf
from bot.actions.organisation.absence import Wanted
from bot.actions.tasks import answer, figure_correction, review
from bot.refusals import No
from bot.rules.mergers.wish import Kind, Wish
from storage.records import Task
from tests.actions.mergers.test_mergers_at_once import look, make
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(14, 9)
SOON, LATER = NOW + timedelta(seconds=5), NOW + timedelta(seconds=9)


async def leaves(at_work: Staffed, name: str) -> None:
    await leave.end(at_work.office, at_work.who["admin"], at_work.ids[name], SOON, None)


async def test_they_bring_nobody_back(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who
    days = NOW.date(), (NOW + timedelta(days=3)).date()
    wanted = Wanted(at_work.ids["staff"], *days)
    made = await absence.enter(here, who["staff"], wanted, NOW, None)
    await leaves(at_work, "head")
    await refused(No.STRANGER, at_work, absence.end(here, who["head"], made.id, LATER, None))


async def test_they_take_nothing_back(at_work: Staffed) -> None:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    handed_in = await answer.submit(here, who["staff"], task.id, "Xong", None, NOW, None)
    done = await review.accept(here, who["deputy"], task.id, handed_in.version, NOW, None)
    await leaves(at_work, "deputy")
    back = undo.undo(here, who["deputy"], task.id, done.version, LATER, None)
    await refused(No.STRANGER, at_work, back)


async def test_they_let_nobody_enter_for_them(at_work: Staffed) -> None:
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await leaves(at_work, "deputy")
    gives = on_behalf.give(here, who["deputy"], ids["mate"], ids["deputy"], None, LATER, None)
    await refused(No.STRANGER, at_work, gives)


@pytest.mark.parametrize("gone", ["mate", "deputy"])
async def test_nobody_enters_who_left_nor_for_them(at_work: Staffed, gone: str) -> None:
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await leaves(at_work, gone)
    gives = on_behalf.give(here, who["admin"], ids["mate"], ids["deputy"], None, LATER, None)
    await refused(No.PERSON_LEFT, at_work, gives)


async def test_no_group_has_them(at_work: Staffed) -> None:
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await leaves(at_work, "deputy")
    members = [ids["leader"], ids["deputy"]]
    made = on_behalf.set_group(here, who["admin"], "Thường trực", members, LATER, None)
    await refused(No.PERSON_LEFT, at_work, made)


async def accepted(at_work: Staffed, by: str) -> Task:
    task, here, who = await at_work.assign(by=by), at_work.office, at_work.who
    task = await answer.submit(here, who["staff"], task.id, "Xong", None, office(14, 8), None)
    return await review.accept(here, who["leader"], task.id, task.version, NOW, None)


@pytest.mark.parametrize(
    ("by", "gone", "asks", "decides"),
    [
        ("head", "head", "staff", "deputy"),
        ("leader", "staff", "leader", "deputy"),
        ("head", "head", "deputy", "leader"),
    ],
)
async def test_those_above_decide_in_place_of_who_left(
    at_work: Staffed, by: str, gone: str, asks: str, decides: str
) -> None:
    """Nobody else heard of it, and the task was counted apart for ever."""
    done = await accepted(at_work, by)
    here, who = at_work.office, at_work.who
    await leaves(at_work, gone)
    said = await at_work.last_said()
    words = "ngày nộp 10/12 vì đã gửi bản giấy"
    asked = await figure_correction.request(here, who[asks], done.id, words, office(15), None)
    assert await at_work.outbox(said) == [("correction.requested", decides)]
    await figure_correction.grant(here, who[decides], done.id, asked.version, office(15), None)


async def test_nothing_is_asked_that_nobody_could_decide(at_work: Staffed) -> None:
    done = await accepted(at_work, "leader")
    for name in ("staff", "deputy"):
        await leaves(at_work, name)
    words = "ngày nộp 10/12 vì đã gửi bản giấy"
    here, leader = at_work.office, at_work.who["leader"]
    asks = figure_correction.request(here, leader, done.id, words, office(15), None)
    await refused(No.NOBODY_DECIDES, at_work, asks)


async def test_those_above_what_took_over_a_unit_decide_on_what_it_did(at_work: Staffed) -> None:
    done = await accepted(at_work, "head")
    here, who = at_work.office, at_work.who
    both = at_work.units["th"], at_work.units["qt"]
    head = at_work.ids["other_head"]
    wish = Wish(kind=Kind.UNITE, units=both, name="Phòng Mới", head_id=head)
    await make(at_work, wish, await look(at_work, wish))
    await leaves(at_work, "head")
    said = await at_work.last_said()
    words = "ngày nộp 10/12 vì đã gửi bản giấy"
    asked = await figure_correction.request(here, who["staff"], done.id, words, office(15), None)
    assert await at_work.outbox(said) == [("correction.requested", "deputy")]
    deputy = await here.person(at_work.ids["deputy"], office(15))
    assert deputy is not None
    await figure_correction.grant(here, deputy.who, done.id, asked.version, office(15), None)
