"""Entering on behalf: who may, whose task it becomes, and who decides on it."""

import pytest

from bot.actions import find, standpoint
from bot.actions.assigning import assign
from bot.actions.chat_places import Place
from bot.actions.organisation import on_behalf
from bot.actions.reminders.morning import concerned, morning
from bot.actions.tasks import answer, review
from bot.refusals import No
from bot.rules.rights import Standpoint
from storage.organisation import people
from storage.records import Status, TaskView
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(7, 9)
FOR_LEADER = (
    "Thay mặt đồng chí Trịnh Quang Lĩnh, giao đồng chí Mạc Thiên Ân soạn báo cáo, hạn 11/12"
)
FOR_GROUP = "Giao đồng chí Mạc Thiên Ân soạn báo cáo, hạn 11/12, thay mặt Thường trực"


async def allow(at_work: Staffed, to: str, group: int | None = None) -> None:
    who = at_work.who["admin"]
    person = None if group else at_work.ids["leader"]
    await on_behalf.give(at_work.office, who, at_work.ids[to], person, group, NOW, None)


async def group_of(at_work: Staffed, *names: str) -> int:
    admin, ids = at_work.who["admin"], [at_work.ids[name] for name in names]
    made = await on_behalf.set_group(at_work.office, admin, "Thường trực", ids, NOW, None)
    return made.id


async def stand(at_work: Staffed, name: str) -> Standpoint:
    member = await people.member(at_work.db, at_work.ids[name])
    assert member is not None
    return await standpoint.standpoint(at_work.db, member)


async def entered(at_work: Staffed, words: str, by: str = "clerk") -> TaskView:
    here, who = at_work.office, await stand(at_work, by)
    readings = await assign.read_all(here, who, words, NOW)
    [draft] = await assign.begin(here, who, Place(1), readings, NOW, at_work.update())
    return await assign.confirm(here, who, draft.id, draft.version, None, NOW, at_work.update())


async def test_the_leader_assigns_the_clerk_enters(at_work: Staffed) -> None:
    await allow(at_work, "clerk")
    task = await entered(at_work, FOR_LEADER)
    ids = at_work.ids
    assert (task.assigner_id, task.entered_by_id) == (ids["leader"], ids["clerk"])
    assert (task.title, task.lead_id) == ("soạn báo cáo", ids["staff"])
    assert await at_work.outbox() == [("task.assigned", "staff"), ("task.entered", "leader")]
    assert await at_work.history(task.id) == [("task.assign", "clerk")]
    here, clerk = at_work.office, at_work.who["clerk"]
    assert (await find.task(here, clerk, task.id)).id == task.id
    assert [one.id for one in (await find.assigned(here, clerk))[0]] == [task.id]
    done = await answer.submit(here, at_work.who["staff"], task.id, "Xong", None, NOW, None)
    accept = review.accept(here, clerk, task.id, done.version, NOW, None)
    await refused(No.NOT_ALLOWED, at_work, accept)


async def test_without_the_right_nothing_is_begun(at_work: Staffed) -> None:
    await refused(No.NO_ENTRY_RIGHT, at_work, entered(at_work, FOR_LEADER))


async def test_a_right_taken_back_before_the_press_counts(at_work: Staffed) -> None:
    await allow(at_work, "clerk")
    here, clerk = at_work.office, at_work.who["clerk"]
    readings = await assign.read_all(here, clerk, FOR_LEADER, NOW)
    [draft] = await assign.begin(here, clerk, Place(1), readings, NOW, None)
    [right] = await on_behalf.rights_of(here, at_work.who["leader"])
    await on_behalf.end(here, at_work.who["leader"], right.id, NOW, None)
    press = assign.confirm(here, clerk, draft.id, draft.version, None, NOW, None)
    await refused(No.NO_ENTRY_RIGHT, at_work, press)
    again = on_behalf.end(here, at_work.who["leader"], right.id, NOW, None)
    await refused(No.STALE, at_work, again)


@pytest.mark.parametrize("name", ["clerk", "head", "staff", "other_head"])
async def test_only_oneself_and_an_admin_give_the_right(at_work: Staffed, name: str) -> None:
    who, ids = at_work.who[name], at_work.ids
    give = on_behalf.give(at_work.office, who, ids["mate"], ids["leader"], None, NOW, None)
    await refused(No.NOT_ALLOWED, at_work, give)
    made = on_behalf.set_group(at_work.office, who, "Nhóm", [ids["leader"]], NOW, None)
    await refused(No.NOT_ALLOWED, at_work, made)
    await allow(at_work, "mate")
    [right] = await on_behalf.rights_of(at_work.office, at_work.who["admin"])
    await refused(No.NOT_FOUND, at_work, on_behalf.end(at_work.office, who, right.id, NOW, None))


async def test_any_member_decides_and_all_hear_of_it(at_work: Staffed) -> None:
    await allow(at_work, "clerk", await group_of(at_work, "deputy", "leader"))
    task = await entered(at_work, FOR_GROUP)
    assert (task.assigner_id, task.group_name) == (at_work.ids["deputy"], "Thường trực")
    said = await at_work.last_said()
    here = at_work.office
    done = await answer.submit(here, at_work.who["staff"], task.id, "Xong", None, NOW, None)
    assert set(await at_work.outbox(said)) == {
        ("task.submitted", "deputy"),
        ("task.submitted", "leader"),
    }
    said = await at_work.last_said()
    leader = await stand(at_work, "leader")
    closed = await review.accept(here, leader, task.id, done.version, NOW, None)
    assert closed.status is Status.DONE
    assert set(await at_work.outbox(said)) == {
        ("task.accepted", "staff"),
        ("task.accepted", "clerk"),
        ("card.refresh", "deputy"),
    }
    deputy = await stand(at_work, "deputy")
    late = review.accept(here, deputy, task.id, done.version, NOW, None)
    await refused(No.STALE, at_work, late)


async def test_a_member_who_is_no_leader_decides_for_the_group_alone(at_work: Staffed) -> None:
    group = await group_of(at_work, "leader", "other_head")
    await allow(at_work, "clerk", group)
    task = await entered(at_work, FOR_GROUP)
    other = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    done = await answer.submit(here, staff, task.id, "Xong", None, NOW, None)
    member = await stand(at_work, "other_head")
    assert member.groups == {group}
    await refused(No.NOT_FOUND, at_work, find.task(here, member, other.id))
    await review.accept(here, member, task.id, done.version, NOW, None)


async def test_what_a_member_submits_waits_for_another_member(at_work: Staffed) -> None:
    await group_of(at_work, "head", "leader")
    words = "Thay mặt Thường trực, giao đồng chí Đoàn Thục Hạnh Nhi soạn báo cáo, hạn 11/12"
    task = await entered(at_work, words, by="head")
    here, head = at_work.office, await stand(at_work, "head")
    done = await answer.submit(here, head, task.id, "Xong", None, NOW, None)
    assert done.status is Status.SUBMITTED
    listed = {}
    for name in ("head", "leader"):
        seen = await morning(here, await stand(at_work, name), office(8, 7, 30))
        listed[name] = [line.id for line in seen.decisions]
    assert listed == {"head": [], "leader": [task.id]}
    async with at_work.db.transaction() as tx:
        told = await concerned(tx, here, office(8, 7, 30))
    assert [one for one in listed if at_work.ids[one] in told] == ["leader"]
    own = review.accept(here, head, task.id, done.version, NOW, None)
    await refused(No.NOT_ALLOWED, at_work, own)
    await review.accept(here, at_work.who["leader"], task.id, done.version, NOW, None)


@pytest.mark.parametrize(
    "words",
    [
        "Giao đồng chí Mạc Thiên Ân thay mặt cơ quan dự hội nghị, hạn 11/12",
        "Giao đồng chí Mạc Thiên Ân soạn báo cáo thay mặt Thường trực ký, hạn 11/12",
    ],
)
async def test_words_of_the_content_stay(at_work: Staffed, words: str) -> None:
    await group_of(at_work, "leader")
    [reading] = await assign.read_all(at_work.office, at_work.who["leader"], words, NOW)
    assert reading.behalf is None
    assert "thay mặt" in reading.title


async def test_an_unknown_comrade_is_refused(at_work: Staffed) -> None:
    words = FOR_LEADER.replace("Trịnh Quang Lĩnh", "Phan Văn Lạ")
    await refused(No.NO_PERSON_READ, at_work, entered(at_work, words))


async def test_an_admin_does_not_let_themselves_in(at_work: Staffed) -> None:
    here, admin, ids = at_work.office, at_work.who["admin"], at_work.ids
    give = on_behalf.give(here, admin, ids["admin"], ids["leader"], None, NOW, None)
    await refused(No.NOT_ALLOWED, at_work, give)
    members = [ids["leader"], ids["admin"]]
    made = on_behalf.set_group(here, admin, "Thường trực", members, NOW, None)
    await refused(No.NOT_ALLOWED, at_work, made)
