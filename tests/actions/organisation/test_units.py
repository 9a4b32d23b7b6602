"""The tree of units: what a page shows, every change an admin makes, and names that go on meaning it."""

import pytest

from bot.actions.organisation import unit_pages, units
from bot.language.names.people import find_people
from bot.language.text.words import words_of
from bot.refusals import No
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(9)


async def change(
    at_work: Staffed, act: object, unit: str, *values: object, by: str = "admin"
) -> None:
    await act(  # type: ignore[operator]
        at_work.office, at_work.who[by], at_work.units[unit], *values, NOW, at_work.update()
    )


async def test_a_page_names_who_heads_and_who_is_in_charge(at_work: Staffed) -> None:
    shown = await unit_pages.page(at_work.office, at_work.units["th"])
    assert [one.name for one in shown.above] == ["Thành ủy"]
    assert [one.name for one in shown.children] == ["Tổ Số liệu"]
    assert [one.id for one in shown.heads] == [at_work.ids["head"]]
    assert [one.id for one in shown.in_charge] == [at_work.ids["deputy"]]
    assert (shown.present, shown.present_below, shown.posts_below) == (3, 4, None)


async def test_posts_are_counted_against_people(at_work: Staffed) -> None:
    await change(at_work, units.count_posts, "th", "8 biên chế")
    await change(at_work, units.count_posts, "data", "2")
    shown = await unit_pages.page(at_work.office, at_work.units["th"])
    assert (shown.unit.headcount, shown.posts_below) == (8, 10)
    await refused(No.NO_COUNT_READ, at_work, change(at_work, units.count_posts, "th", "nhiều"))


async def test_a_former_name_still_means_the_unit(at_work: Staffed) -> None:
    await change(at_work, units.rename, "qt", "Phòng Hậu cần")
    await change(at_work, units.call_short, "qt", "HC, PHC")
    for said in ("Phòng Quản trị", "phong quan tri", "PHC", "hậu cần"):
        assert [one.name for one in await unit_pages.named(at_work.office, said)] == [
            "Phòng Hậu cần"
        ]
    roster = await at_work.office.roster()
    for said in ("phối hợp phòng Quản trị rà soát", "phối hợp phòng Hậu cần rà soát"):
        found = find_people(words_of(said), roster)
        assert [one.key for one in found.units] == [at_work.units["qt"]], said
    added = await units.add(
        at_work.office, at_work.who["admin"], "Phòng Quản trị", at_work.units["top"], NOW, None
    )
    found = find_people(words_of("phối hợp phòng Quản trị rà soát"), await at_work.office.roster())
    assert [one.key for one in found.units] == [added]


async def test_a_name_back_and_forth_is_not_former(at_work: Staffed) -> None:
    await change(at_work, units.rename, "qt", "Phòng Hậu cần")
    await change(at_work, units.rename, "qt", "Phòng Quản trị")
    shown = await unit_pages.page(at_work.office, at_work.units["qt"])
    assert shown.unit.former_names == ("Phòng Hậu cần",)


async def test_another_place_and_another_head(at_work: Staffed) -> None:
    await change(at_work, units.hang, "data", at_work.units["qt"])
    shown = await unit_pages.page(at_work.office, at_work.units["data"])
    assert [one.name for one in shown.above] == ["Thành ủy", "Phòng Quản trị"]
    await change(at_work, units.let_head, "th", at_work.ids["mate"])
    shown = await unit_pages.page(at_work.office, at_work.units["th"])
    assert [one.id for one in shown.heads] == [at_work.ids["mate"]]
    known = await at_work.office.person(at_work.ids["head"], NOW)
    assert known is not None
    assert not known.who.leads_others


async def test_a_path_tells_two_of_one_name_apart(at_work: Staffed) -> None:
    for above in ("th", "qt"):
        await units.add(
            at_work.office, at_work.who["admin"], "Tổ Văn thư", at_work.units[above], NOW, None
        )
    both = await unit_pages.named(at_work.office, "Tổ Văn thư")
    told = (await unit_pages.told_apart(at_work.office, both)).values()
    assert list(told) == ["Phòng Tổng hợp › Tổ Văn thư", "Phòng Quản trị › Tổ Văn thư"]
    alone = await unit_pages.named(at_work.office, "Phòng Quản trị")
    assert list((await unit_pages.told_apart(at_work.office, alone)).values()) == ["Phòng Quản trị"]
    one = await unit_pages.one_named(at_work.office, "phòng quản trị › tổ văn thư")
    assert one.parent_id == at_work.units["qt"]


@pytest.mark.parametrize(
    ("kind", "act", "unit", "values"),
    [
        (No.UNIT_TAKEN, units.rename, "qt", ("phòng tổng hợp",)),
        (No.EMPTY, units.rename, "qt", (" - ",)),
        (No.TOO_LONG, units.rename, "qt", ("a" * 101,)),
        (No.SAME, units.rename, "qt", ("Phòng Quản trị",)),
        (No.UNIT_TAKEN, units.call_short, "qt", ("Phòng Tổng hợp",)),
    ],
)
async def test_what_is_refused(
    at_work: Staffed, kind: No, act: object, unit: str, values: tuple[object, ...]
) -> None:
    await refused(kind, at_work, change(at_work, act, unit, *values))


async def test_no_unit_below_itself(at_work: Staffed) -> None:
    await refused(No.UNIT_LOOP, at_work, change(at_work, units.hang, "th", at_work.units["data"]))
    await refused(No.UNIT_LOOP, at_work, change(at_work, units.hang, "th", at_work.units["th"]))


@pytest.mark.parametrize("by", ["leader", "head", "staff"])
async def test_only_an_admin_changes_units(at_work: Staffed, by: str) -> None:
    await refused(No.NOT_ALLOWED, at_work, change(at_work, units.rename, "qt", "Phòng Khác", by=by))
    head = change(at_work, units.let_head, "th", at_work.ids["staff"], by=by)
    await refused(No.NOT_ALLOWED, at_work, head)
