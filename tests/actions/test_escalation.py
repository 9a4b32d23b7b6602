"""To whom a result goes and who can undo the knot: by default, put right, told and counted."""

from datetime import date, datetime

import pytest

from bot.actions import find, message_context
from bot.actions.history import undo
from bot.actions.reminders import fire_reminders
from bot.actions.reporting import figures, search, summarise
from bot.actions.tasks import edit_task, handover, remark
from bot.refusals import No
from bot.rules.rights import Standpoint
from storage.records import Task
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(7, 15)
LATE = office(22)


async def decided_by(at_work: Staffed, name: str, words: str, now: datetime = NOW) -> Task:
    who = at_work.who[name]
    return await edit_task.decided_by(at_work.office, who, 1, words, now, at_work.update())


@pytest.mark.parametrize(
    ("by", "to", "above"),
    [
        ("leader", "staff", "Phòng Tổng hợp"),
        ("leader", "head", "Thành ủy"),
        ("leader", "leader", None),
        ("leader", "clerk", "Tổ Số liệu"),
    ],
)
async def test_a_result_goes_to_the_level_above_its_lead(
    at_work: Staffed, by: str, to: str, above: str | None
) -> None:
    await at_work.office.refresh()
    await at_work.assign(by=by, to=to)
    seen = await find.task(at_work.office, at_work.who[by], 1)
    assert (seen.receiver, seen.above) == (None, above)
    told = await message_context.tasks_of(at_work.office, [1])
    assert told[1].above == above


async def test_the_level_follows_the_lead_and_gives_way_to_who_is_named(at_work: Staffed) -> None:
    await at_work.office.refresh()
    await at_work.assign()
    leader = at_work.who["leader"]
    other = at_work.ids["other"]
    what = (at_work.office, leader, 1, None, other)
    await handover.reassign(*what, "đúng việc", NOW, at_work.update())
    assert (await find.task(at_work.office, leader, 1)).above == "Phòng Quản trị"
    columns = {"receiver": "Thường trực Thành ủy"}
    await edit_task.fields(at_work.office, leader, 1, None, columns, NOW, at_work.update())
    seen = await find.task(at_work.office, leader, 1)
    assert (seen.receiver, seen.above) == ("Thường trực Thành ủy", None)


async def test_a_receiver_is_as_long_as_a_name(at_work: Staffed) -> None:
    await at_work.assign()
    leader = at_work.who["leader"]
    for said, kind in ((" ", No.EMPTY), ("x" * 101, No.TOO_LONG)):
        columns = {"receiver": said}
        long = edit_task.fields(at_work.office, leader, 1, None, columns, NOW, at_work.update())
        await refused(kind, at_work, long)


async def test_who_undoes_the_knot_is_named_seen_and_in_the_history(at_work: Staffed) -> None:
    await at_work.assign()
    task = await decided_by(at_work, "leader", "đồng chí Thân Đức Vượng")
    decider, before = at_work.ids["other_head"], None
    assert task.decider_id == decider
    past = await find.history(at_work.office, at_work.who["leader"], 1)
    assert past[-1].facts["changes"] == {"decider_id": [before, decider]}
    assert (await find.names(at_work.office, past))[decider] == "Thân Đức Vượng"
    seen = await find.task(at_work.office, at_work.who["other_head"], 1)
    assert seen.decider_name == "Thân Đức Vượng"
    found, total = await search.by_words(
        at_work.office, at_work.who["other_head"], "bao cao quy", NOW
    )
    assert (total, found[0].id) == (1, 1)
    await undo.undo(at_work.office, at_work.who["leader"], 1, 2, NOW, at_work.update())
    await refused(No.NOT_FOUND, at_work, find.task(at_work.office, at_work.who["other_head"], 1))


async def test_who_undoes_the_knot_may_say_what_is_to_be_done(at_work: Staffed) -> None:
    await at_work.assign()
    said = (at_work.office, at_work.who["other_head"], 1, "Làm rõ nguyên nhân", NOW)
    await refused(No.NOT_ALLOWED, at_work, remark.remark(*said, at_work.update()))
    await decided_by(at_work, "leader", "đồng chí Vượng")
    await remark.remark(*said, at_work.update())
    assert (await find.task(at_work.office, at_work.who["leader"], 1)).remark == said[3]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("đồng chí Mạc Thiên Ân", No.SAME_PERSON),
        ("ai đó", No.NO_PERSON_READ),
        ("đồng chí Ân, đồng chí Trầm", No.NO_PERSON_READ),
    ],
)
async def test_who_cannot_undo_a_knot(at_work: Staffed, words: str, kind: No) -> None:
    await at_work.assign()
    await refused(kind, at_work, decided_by(at_work, "leader", words))


async def test_who_may_not_name_them(at_work: Staffed) -> None:
    await at_work.assign()
    for name in ("staff", "mate", "other_head"):
        await refused(No.NOT_ALLOWED, at_work, decided_by(at_work, name, "đồng chí Vượng"))


async def test_they_hear_of_what_is_late_for_days(at_work: Staffed) -> None:
    await at_work.assign(due=date(2026, 12, 8))
    await decided_by(at_work, "leader", "đồng chí Vượng")
    last = await at_work.last_said()
    for day in (8, 9, 10, 11, 14):
        await fire_reminders.look(at_work.office, office(day, 9))
    told = [name for _, name in await at_work.outbox(last)]
    assert told.count("other_head") == 1


async def test_red_tasks_without_them_are_counted_and_listed(at_work: Staffed) -> None:
    leader = at_work.who["leader"]
    for number in (1, 2):
        await at_work.assign(title=f"Việc {number}")
    await decided_by(at_work, "leader", "đồng chí Vượng")
    state = await summarise.summarise(at_work.office, leader, LATE)
    assert state.undecided == 1
    assert state.deciders == {1: "Thân Đức Vượng"}
    lines, total = await _undecided(at_work, leader, LATE)
    assert ([one.id for one in lines], total) == ([2], 1)
    assert (await _undecided(at_work, leader, NOW))[1] == 0
    assert (await _undecided(at_work, at_work.who["other"], LATE))[1] == 0


async def _undecided(at_work: Staffed, who: Standpoint, now: datetime) -> find.Page:
    return await figures.rows(at_work.office, who, now, summarise.undecided_ones(now))
