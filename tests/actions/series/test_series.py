"""What is done with a series: skipped, made after all, stopped, changed, handed over; by whom."""

from collections.abc import Awaitable, Callable
from datetime import date, time
from typing import Any

import pytest

from bot.actions.assigning.draft import Fields
from bot.actions.series import change as series_change
from bot.actions.series import reading, steps
from bot.actions.series import series as known
from bot.actions.series.reading import Wish
from bot.refusals import No, Refusal
from storage.history import audit
from storage.records import Series, Status
from storage.series import series
from storage.tasks import tasks
from tests.actions.office import MORNING, Staffed, refused
from tests.actions.series import series_office as lives
from tests.actions.series.series_office import WEEKLY, begun, due, look

JANUARY, FEBRUARY = date(2027, 1, 11), date(2027, 2, 11)
Step = Callable[[Any, Any, int, int, Any, Any], Awaitable[Series]]
STEPS: dict[str, Step] = {
    "skip": steps.skip,
    "stop": steps.stop,
}


async def step(at_work: Staffed, name: str, by: str = "leader", version: int = 1) -> Series:
    here, who = at_work.office, at_work.who[by]
    return await STEPS[name](here, who, 1, version, MORNING, at_work.update())


async def change(at_work: Staffed, words: str, by: str = "leader") -> Series:
    here, who = at_work.office, at_work.who[by]
    wish = await read(at_work, words, by)
    return await series_change.change(here, who, 1, wish, MORNING, at_work.update())


async def read(at_work: Staffed, words: str, by: str = "leader") -> Wish:
    one = await lives.now(at_work)
    return await reading.read(at_work.office, at_work.who[by], one, words, MORNING)


async def happened(at_work: Staffed, number: int = 1) -> list[tuple[str, int | None]]:
    events = await audit.history(at_work.db, number)
    return [(event.kind, event.actor_id) for event in events]


async def test_the_next_one_is_skipped_and_the_one_after_comes(at_work: Staffed) -> None:
    await begun(at_work)
    said = await at_work.last_said()
    skipped = await step(at_work, "skip")
    assert skipped.next_on == date(2027, 2, 25)
    assert await at_work.outbox(said) == [("series.changed", "staff")]
    assert await look(at_work, JANUARY) == []
    [made] = await look(at_work, FEBRUARY)
    assert due(made) == "17:00 25/02/2027"
    assert (await happened(at_work))[-1] == ("series.skip", at_work.ids["leader"])


async def test_a_second_press_skips_no_second_one(at_work: Staffed) -> None:
    await begun(at_work)
    await step(at_work, "skip")
    await refused(No.STALE, at_work, step(at_work, "skip"))
    assert await series.skipped(at_work.db, 1) == [date(2027, 1, 25)]


async def test_what_was_skipped_last_comes_after_all(at_work: Staffed) -> None:
    await begun(at_work)
    await step(at_work, "skip")
    twice = await step(at_work, "skip", version=2)
    here, who = at_work.office, at_work.who["leader"]
    assert await steps.last_skipped(here, twice, MORNING) == date(2027, 2, 25)
    back = await steps.unskip(here, who, 1, 3, MORNING, at_work.update())
    assert back.next_on == date(2027, 2, 25)
    back = await steps.unskip(here, who, 1, 4, MORNING, at_work.update())
    assert back.next_on == date(2027, 1, 25)
    assert await series.skipped(at_work.db, 1) == []
    again = steps.unskip(here, who, 1, 5, MORNING, at_work.update())
    await refused(No.STALE, at_work, again)
    assert len(await look(at_work, JANUARY)) == 1


async def test_it_is_too_late_for_one_whose_day_is_over(at_work: Staffed) -> None:
    await begun(at_work)
    one = await step(at_work, "skip")
    late = lives.morning(date(2027, 1, 26))
    assert await steps.last_skipped(at_work.office, one, late) is None


async def test_a_stop_leaves_what_was_made(at_work: Staffed) -> None:
    await begun(at_work)
    said = await at_work.last_said()
    stopped = await step(at_work, "stop")
    assert stopped.ended_at == MORNING
    assert await at_work.outbox(said) == [("series.changed", "staff")]
    assert await look(at_work, JANUARY) == []
    view = await tasks.view(at_work.db, 1)
    assert view is not None
    assert (view.status, view.series_rule) == (Status.ASSIGNED, None)
    for name in STEPS:
        await refused(No.SERIES_OVER, at_work, step(at_work, name, version=2))


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("by", ["deputy", "leader"])
async def test_who_leads_above_may(at_work: Staffed, name: str, by: str) -> None:
    await begun(at_work, by="head")
    await step(at_work, name, by)
    assert (await happened(at_work))[-1] == (f"series.{name}", at_work.ids[by])


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize(
    ("by", "kind"),
    [
        ("staff", No.NOT_ALLOWED),
        ("head", No.NOT_ALLOWED),
        ("mate", No.NOT_FOUND),
        ("other_head", No.NOT_FOUND),
        ("admin", No.NOT_FOUND),
    ],
)
async def test_nobody_else_may(at_work: Staffed, name: str, by: str, kind: No) -> None:
    await begun(at_work)
    await refused(kind, at_work, step(at_work, name, by))
    change_it = series_change.change(
        at_work.office, at_work.who[by], 1, Wish(title="x"), MORNING, at_work.update()
    )
    await refused(kind, at_work, change_it)


async def test_whose_lists_have_it(at_work: Staffed) -> None:
    await begun(at_work, by="head")
    await begun(at_work, f"{WEEKLY}, phối hợp Ông Thị Ngọc Trầm")
    found = {
        name: [one.id for one in await known.mine(at_work.office, who)]
        for name, who in at_work.who.items()
    }
    assert {name: ids for name, ids in found.items() if ids} == {
        "leader": [2], "head": [1], "staff": [1, 2], "mate": [2],
    }  # fmt: skip


async def test_another_day_comes_after_the_last_that_was_made(at_work: Staffed) -> None:
    await begun(at_work)
    changed = await change(at_work, "đổi thành ngày 20 hằng tháng, trước 10h")
    assert (changed.rule, changed.next_on) == ("FREQ=MONTHLY;BYMONTHDAY=20", date(2027, 1, 20))
    [made] = await look(at_work, date(2027, 1, 6))
    assert due(made) == "10:00 20/01/2027"
    [_, event] = await audit.history(at_work.db, 1)
    assert event.facts["changes"] == {
        "rule": ["FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=MONTHLY;BYMONTHDAY=20"],
        "clock": [None, "10:00"],
    }


async def test_by_another_rule_the_first_waits_for_the_last(at_work: Staffed) -> None:
    await begun(at_work, WEEKLY)
    changed = await change(at_work, "đổi thành thứ Hai hằng tuần")
    assert (changed.next_on, changed.make_at) == (
        date(2026, 12, 14), lives.morning(date(2026, 12, 14)),
    )  # fmt: skip
    [made] = await look(at_work, date(2026, 12, 14))
    assert due(made) == "10:00 14/12/2026"


async def test_another_lead_from_the_next_on(at_work: Staffed) -> None:
    await begun(at_work)
    said = await at_work.last_said()
    await change(at_work, "giao đồng chí Ông Thị Ngọc Trầm")
    assert sorted(await at_work.outbox(said)) == [
        ("series.changed", "mate"), ("series.changed", "staff"),
    ]  # fmt: skip
    [made] = await look(at_work, JANUARY)
    assert made.lead_id == at_work.ids["mate"]
    first = await tasks.view(at_work.db, 1)
    assert first is not None
    assert first.lead_id == at_work.ids["staff"]


async def test_another_title_with_its_product(at_work: Staffed) -> None:
    await begun(at_work)
    await change(at_work, "nội dung: gửi lịch công tác tuần")
    [made] = await look(at_work, JANUARY)
    assert (made.title, made.product) == ("gửi lịch công tác tuần", "Khác")


async def test_another_lead_lets_a_held_one_go_on(at_work: Staffed) -> None:
    await begun(at_work)
    async with at_work.db.transaction() as tx:
        await tx.execute(
            "UPDATE people SET ended_at = $1 WHERE id = $2", MORNING, at_work.ids["staff"]
        )
        await audit.append(tx, MORNING, "person.ended", person_id=at_work.ids["staff"])
    assert await look(at_work, JANUARY) == []
    here, who = at_work.office, at_work.who["leader"]
    wish = Wish(lead_id=at_work.ids["mate"])
    await series_change.change(here, who, 1, wish, lives.morning(JANUARY), at_work.update())
    [made] = await look(at_work, JANUARY)
    assert made.lead_id == at_work.ids["mate"]
    assert (await lives.now(at_work)).held is None


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        (Wish(title="nộp báo cáo tháng"), No.SAME),
        (Wish(rule="FREQ=MONTHLY;BYMONTHDAY=25"), No.SAME),
        (Wish(lead_id=10**6), No.PERSON_LEFT),
        (Wish(rule="FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20261231T165959Z"), No.SERIES_OVER),
    ],
)
async def test_what_cannot_be_changed(at_work: Staffed, wish: Wish, kind: No) -> None:
    await begun(at_work)
    here, who = at_work.office, at_work.who["leader"]
    doing = series_change.change(here, who, 1, wish, MORNING, at_work.update())
    await refused(kind, at_work, doing)


async def test_a_head_gives_it_to_nobody_of_another_unit(at_work: Staffed) -> None:
    await begun(at_work, by="head")
    here, who = at_work.office, at_work.who["leader"]
    other = Wish(lead_id=at_work.ids["other"])
    doing = series_change.change(here, who, 1, other, MORNING, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, doing)


@pytest.mark.parametrize(
    ("words", "rule", "clock"),
    [
        ("đổi thành thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR", None),
        ("doi thanh thu sau hang tuan", "FREQ=WEEKLY;BYDAY=FR", None),
        ("ngày 20", "FREQ=MONTHLY;BYMONTHDAY=20", None),
        ("đổi hạn thành ngày 20, trước 10h", "FREQ=MONTHLY;BYMONTHDAY=20", time(10)),
        ("trước 10h", None, time(10)),
        ("hằng quý", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", None),
        ("cuối tháng", "FREQ=MONTHLY;BYMONTHDAY=-1", None),
        ("mỗi ngày làm việc trước 8h", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", time(8)),
    ],
)
async def test_words_for_another_day(
    at_work: Staffed, words: str, rule: str | None, clock: time | None
) -> None:
    await begun(at_work)
    wish = await read(at_work, words)
    assert (wish.rule, wish.clock, wish.lead_id, wish.title) == (rule, clock, None, None)


@pytest.mark.parametrize(
    "words", ["Trầm", "giao đồng chí Trầm", "đổi sang đồng chí Ông Thị Ngọc Trầm"]
)
async def test_words_for_another_lead(at_work: Staffed, words: str) -> None:
    await begun(at_work)
    wish = await read(at_work, words)
    assert wish == Wish(lead_id=at_work.ids["mate"])


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("linh tinh", No.NO_CHANGE_READ),
        ("thứ Sáu", No.NO_CHANGE_READ),
        ("  ", No.EMPTY),
        ("nội dung: " + "a" * 501, No.TOO_LONG),
    ],
)
async def test_words_for_nothing(at_work: Staffed, words: str, kind: No) -> None:
    await begun(at_work)
    with pytest.raises(Refusal) as caught:
        await read(at_work, words)
    assert caught.value.kind is kind


async def test_all_that_somebody_has_is_handed_over_at_once(at_work: Staffed) -> None:
    ids = at_work.ids
    await begun(at_work)
    await begun(at_work, WEEKLY.replace("Mạc Thiên Ân", "Ông Thị Ngọc Trầm") + ", phối hợp Ân")
    await begun(at_work, "tôi soạn lịch công tác thứ Sáu hằng tuần", "staff")
    await begun(at_work, WEEKLY.replace("Mạc Thiên Ân", "Đàm Tú Quyên"))
    assert [one.id for one in await series_change.of_person(at_work.db, ids["staff"])] == [1, 2, 3]
    async with at_work.db.transaction() as tx:
        handed = await series_change.hand_over(tx, ids["staff"], ids["mate"], ids["admin"], MORNING)
    assert [one.id for one in handed] == [1, 2, 3]
    assert await series_change.of_person(at_work.db, ids["staff"]) == []
    own = await lives.now(at_work, 3)
    assert (own.assigner_id, own.entered_by_id) == (ids["mate"], ids["mate"])
    assert Fields.model_validate((await lives.now(at_work, 2)).fields).others == ()
    assert (await happened(at_work, 3))[-1] == ("series.hand_over", ids["admin"])
    made = await look(at_work, date(2026, 12, 14))
    assert {one.lead_id for one in made} == {ids["mate"], ids["other"]}
