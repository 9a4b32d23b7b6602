"""Lists and lookups: each person finds what they may see, all of it, and nothing else."""

from contextlib import suppress
from datetime import date, time

import pytest

from bot.actions import find
from bot.actions.files.file_store import Paper
from bot.actions.reminders.morning import morning
from bot.actions.reporting import search
from bot.actions.tasks import answer, extend, note, review
from bot.refusals import No, Refusal
from storage.records import Part, TaskLine
from storage.tasks import tasks
from tests.actions.office import PEOPLE, Staffed, refused
from tests.rules.task import office

NOW = office(14)
SEES = {
    "leader": {"th", "data", "qt", "own", "upward", "supported"},
    "deputy": {"th", "data", "supported"},
    "head": {"th", "data", "supported"},
    "staff": {"th", "supported"},
    "mate": {"supported"},
    "clerk": {"data"},
    "other_head": {"qt", "upward"},
    "other": {"qt", "own", "supported"},
    "admin": set(),
}
"""Which of the tasks below each person may see. Own: the other's to themselves, in unit qt."""


async def work(at_work: Staffed) -> dict[str, int]:
    """Give the office six tasks, each seen by others than the last, all overdue on the 14th."""
    given = {
        "th": await at_work.assign(by="leader", to="staff"),
        "data": await at_work.assign(by="leader", to="clerk"),
        "qt": await at_work.assign(by="other_head", to="other"),
        "own": await at_work.assign(by="other", to="other"),
        "upward": await at_work.assign(by="other_head", to="other_head"),
        "supported": await at_work.assign(by="head", to="staff"),
    }
    helpers = [(at_work.ids[name], Part.SUPPORT) for name in ("mate", "other")]
    async with at_work.db.transaction() as tx:
        await tasks.add_people(tx, given["supported"].id, helpers, NOW)
    return {name: task.id for name, task in given.items()}


def numbers(page: find.Page | list[TaskLine]) -> list[int]:
    shown = page if isinstance(page, list) else page[0]
    return [task.id for task in shown]


@pytest.mark.parametrize("name", PEOPLE)
async def test_who_finds_what(at_work: Staffed, name: str) -> None:
    """A task opened by its number, in the list of the overdue, and found by words: one scope."""
    given = await work(at_work)
    here, who = at_work.office, at_work.who[name]
    expected = SEES[name] | ({"own"} if name == "other_head" else set())
    seen = {given[one] for one in expected}
    opened = set()
    for number in given.values():
        with suppress(Refusal):
            opened.add((await find.task(here, who, number)).id)
    late, many = await find.overdue(here, who, NOW)
    found, count = await search.by_words(here, who, "bao cao", NOW)
    assert opened == set(numbers(late)) == set(numbers(found)) == seen
    assert many == count == len(seen)


async def test_what_one_may_not_see_is_as_if_it_never_was(at_work: Staffed) -> None:
    given = await work(at_work)
    here, who = at_work.office, at_work.who["mate"]
    for action in (find.task, find.history, find.files):
        no = await refused(No.NOT_FOUND, at_work, action(here, who, given["th"]))
        assert no.facts == {"number": given["th"]}


async def test_my_tasks_are_those_i_have_a_part_in(at_work: Staffed) -> None:
    given = await work(at_work)
    here = at_work.office
    mine = {name: numbers(await find.mine(here, at_work.who[name])) for name in PEOPLE}
    assert mine["staff"] == [given["th"], given["supported"]]
    assert mine["mate"] == [given["supported"]]
    assert mine["other"] == [given["qt"], given["own"], given["supported"]]
    assert mine["leader"] == mine["head"] == mine["admin"] == []


async def test_what_i_assigned(at_work: Staffed) -> None:
    given = await work(at_work)
    here = at_work.office
    assert numbers(await find.assigned(here, at_work.who["leader"])) == [given["th"], given["data"]]
    assert numbers(await find.assigned(here, at_work.who["head"])) == [given["supported"]]
    assert numbers(await find.assigned(here, at_work.who["staff"])) == []


async def test_closed_tasks_leave_the_lists_but_not_the_search(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    await review.cancel(here, leader, task.id, "Thôi", NOW, None)
    assert await find.mine(here, staff) == ([], 0)
    assert await find.assigned(here, leader) == ([], 0)
    assert await find.overdue(here, leader, NOW) == ([], 0)
    assert numbers(await search.by_words(here, staff, "báo cáo", NOW)) == [task.id]


async def test_overdue_follows_the_rule_of_lateness(at_work: Staffed) -> None:
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    by_clock = (await at_work.assign(clock=time(16))).id
    by_day = (await at_work.assign()).id
    in_time = (await at_work.assign()).id
    await at_work.assign(due=None)
    await answer.submit(here, staff, in_time, "Xong", None, office(11, 23), None)
    assert numbers(await find.overdue(here, leader, office(11, 16))) == []
    assert numbers(await find.overdue(here, leader, office(11, 16, 1))) == [by_clock]
    assert numbers(await find.overdue(here, leader, office(12))) == [by_clock, by_day]


async def test_the_soonest_deadline_comes_first_and_none_last(at_work: Staffed) -> None:
    never = (await at_work.assign(due=None)).id
    later = (await at_work.assign(due=date(2026, 12, 25))).id
    soon = (await at_work.assign(due=date(2026, 12, 9))).id
    sooner = (await at_work.assign(due=date(2026, 12, 9), clock=time(10))).id
    mine = await find.mine(at_work.office, at_work.who["staff"])
    assert numbers(mine) == [sooner, soon, later, never]


async def test_pages_hold_everything_once(at_work: Staffed) -> None:
    given = [(await at_work.assign()).id for _ in range(find.PAGE * 2 + 1)]
    here, who = at_work.office, at_work.who["staff"]
    pages = [await find.mine(here, who, offset) for offset in range(0, len(given), find.PAGE)]
    assert [len(shown) for shown, _ in pages] == [find.PAGE, find.PAGE, 1]
    assert {total for _, total in pages} == {len(given)}
    assert [number for page in pages for number in numbers(page)] == given
    assert await find.mine(here, who, 10**17) == ([], 0)


TITLES = [
    "Báo cáo tổng kết năm 2026",
    "Bảo vệ báo cao điểm tháng 12",
    "Đề án đổi mới, kiểm điểm Đảng ủy",
    "Công văn 2618-CV/VPTU về lấy ý kiến",
    "Tờ trình “mua sắm” 50% kinh phí (đợt 2)",
]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("báo cáo", [2, 1]),
        ("bao cao", [2, 1]),
        ("BÁO CÁO", [2, 1]),
        ("cáo báo", [2, 1]),
        ("bao cao tong ket", [1]),
        ("tong k", [1]),
        ("ket tong", [1]),
        ("tổng kêt", [1]),
        ("đề án", [3]),
        ("de an", [3]),
        ("dang uy", [3]),
        ("Đảng uỷ", [3]),
        ("2618-CV/VPTU", [4]),
        ("cv vptu", [4]),
        ("2618", [4]),
        ("26", [4]),
        ("618", []),
        ("“mua sắm”", [5]),
        ('"mua sắm"', [5]),
        ("50%", [5]),
        ("(đợt 2)", [5]),
        ("mua -sắm", [5]),
        ("NOT mua", []),
        ("báo OR tờ", []),
        ("bao AND cao", []),
        ("bao NEAR cao", []),
        ("bao*", [2, 1]),
        ("b*o", []),
        ("folded:bao", []),
        ("mua & sam", [5]),
        ("mua | bao", []),
        ("!mua", [5]),
        ("mua <-> sam", [5]),
        ("mua:*", [5]),
        ("'mua'", [5]),
        ("mua'; DROP TABLE tasks; --", []),
        ("\\mua", [5]),
        ("không có gì", []),
        ("báo\u0301 cáo", [2, 1]),
        ("b\u0061\u0301o", [2, 1]),
        ("1e5 ½ ² 三 الف", []),
        ("a" * 300, []),
    ],
)
async def test_search_with_and_without_tone_marks(
    at_work: Staffed, words: str, found: list[int]
) -> None:
    for title in TITLES:
        await at_work.assign(title=title)
    assert numbers(await search.by_words(at_work.office, at_work.who["staff"], words, NOW)) == found


@pytest.mark.parametrize("words", ["", "   ", '"', "*", "-", "()", "!?…", "\u0301"])
async def test_a_search_for_nothing_is_refused(at_work: Staffed, words: str) -> None:
    await at_work.assign()
    who = at_work.who["leader"]
    await refused(No.EMPTY, at_work, search.by_words(at_work.office, who, words, NOW))


async def test_whom_i_assign_to_of_late(at_work: Staffed) -> None:
    for to in ("staff", "mate", "staff", "clerk", "mate"):
        await at_work.assign(by="head", to=to)
    offered = await find.often_assigned(at_work.office, at_work.who["head"])
    assert [one.key for one in offered] == [at_work.ids[to] for to in ("mate", "clerk", "staff")]
    assert await find.often_assigned(at_work.office, at_work.who["staff"]) == []


async def test_the_morning_of_each_person(at_work: Staffed) -> None:
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    late = (await at_work.assign(due=date(2026, 12, 9))).id
    today = (await at_work.assign(due=date(2026, 12, 11), clock=time(16))).id
    handed_in = (await at_work.assign(due=date(2026, 12, 9))).id
    asked = (await at_work.assign(due=date(2026, 12, 25))).id
    await at_work.assign(due=None)
    await answer.submit(here, staff, handed_in, "Xong", None, office(8), None)
    await extend.request(here, staff, asked, "đến 31/12 vì bận", office(8), None)
    at = office(11, 7, 30)
    owed = await morning(here, staff, at)
    assert (numbers(owed.overdue), numbers(owed.today), owed.decisions) == ([late], [today], [])
    decides = await morning(here, leader, at)
    assert (decides.overdue, decides.today) == ([], [])
    assert numbers(decides.decisions) == [handed_in, asked]
    to_the_minute = await morning(here, staff, office(11, 16))
    assert numbers(to_the_minute.today) == [today]


async def test_a_task_is_found_by_what_was_said_of_it_and_by_its_files(at_work: Staffed) -> None:
    here, task = at_work.office, await at_work.assign()
    paper = Paper("ab" * 32, "Phụ lục kèm Tờ trình.xlsx", 9, "text/plain", "f1")
    staff = at_work.who["staff"]
    await note.write(here, staff, task.id, "Đã gửi Sở Nội vụ", [paper], NOW, at_work.update())
    await answer.block(here, staff, task.id, "Thiếu số liệu quý", NOW, at_work.update())
    for said in ("so noi vu", '"phụ lục kèm"', "lieu xlsx", '"thieu so lieu"', "báo vụ trình"):
        found, _ = await search.by_words(here, at_work.who["leader"], said, NOW)
        assert numbers(found) == [task.id], said
    for said in ('"nội vụ thiếu"', "noi vu kem thieu khac"):
        assert (await search.by_words(here, at_work.who["leader"], said, NOW))[0] == []
    assert (await search.by_words(here, at_work.who["other"], "so noi vu", NOW))[0] == []
