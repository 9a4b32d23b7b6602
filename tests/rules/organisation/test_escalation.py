"""The level above somebody, by the post they hold in their unit."""

import pytest

from bot.folding import fold
from bot.rules.organisation.escalation import Hierarchy, further_up, level_above
from storage.records import Member, Post, Reach, Role, Unit
from tests.rules.task import office


def unit(number: int, name: str, above: int | None) -> Unit:
    return Unit(
        id=number, parent_id=above, name=name, folded=fold(name), short_names="[]",
        created_at=office(1),
    )  # fmt: skip


UNITS = {1: unit(1, "Thành ủy", None), 2: unit(2, "Phòng Tổng hợp", 1)}


def member(*posts: tuple[Role, int | None]) -> Member:
    return Member(
        id=9, name="Mạc Thiên Ân", folded="mac thien an", position="", username=None, aliases="[]",
        telegram_id=None, reach=Reach.REACHABLE, created_at=office(1), told_at=None, ended_at=None,
        roles=tuple(Post(role=role, unit_id=unit_id) for role, unit_id in posts), charges=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("posts", "above"),
    [
        ([(Role.STAFF, 2)], "Phòng Tổng hợp"),
        ([(Role.HEAD, 2)], "Thành ủy"),
        ([(Role.LEADER, 2)], "Thành ủy"),
        ([(Role.STAFF, 2), (Role.HEAD, 1)], "Phòng Tổng hợp"),
        ([(Role.STAFF, 1)], "Thành ủy"),
        ([(Role.LEADER, 1)], None),
        ([(Role.ADMIN, None)], None),
        ([(Role.STAFF, 7)], None),
        ([], None),
    ],
)
def test_the_level_above(posts: list[tuple[Role, int | None]], above: str | None) -> None:
    found = level_above(member(*posts), UNITS)
    assert (found.name if found else None) == above


TREE = {1: unit(1, "Thành ủy", None), 2: unit(2, "Văn phòng", 1), 3: unit(3, "Phòng Tổng hợp", 2)}
ABOVE = Hierarchy(
    TREE,
    heads={3: (31, 32), 2: (21,)},
    in_charge={3: (22,), 2: (11,)},
    leaders={2: (22, 23), 1: (11,), None: (1,)},
)


def test_each_level_of_the_tree_once_the_nearer_first() -> None:
    assert ABOVE.levels([3]) == [(31, 32), (22,), (21,), (11,), (23,), (1,)]
    assert ABOVE.levels([2]) == [(21,), (11,), (22, 23), (1,)]
    assert ABOVE.levels([9]) == [(1,)]
    assert ABOVE.levels([None]) == [(1,)]


@pytest.mark.parametrize(
    ("leads", "decide", "further"),
    [
        ([90], [91], [(22,), (21,), (11,), (23,), (1,)]),
        ([90], [31], [(22,), (21,), (11,), (23,), (1,)]),
        ([31], [32], [(22,), (21,), (11,), (23,), (1,)]),
        ([90], [21], [(11,), (23,), (1,)]),
        ([90], [31, 11], [(23,), (1,)]),
        ([90], [1], []),
        ([31, 32], [91], [(21,), (11,), (23,), (1,)]),
    ],
)
def test_nobody_below_who_decides_is_told_after_them(
    leads: list[int], decide: list[int], further: list[tuple[int, ...]]
) -> None:
    assert further_up(ABOVE.levels([3]), leads, decide) == further


def test_units_of_one_name_are_called_with_the_unit_above() -> None:
    offices = {5: unit(5, "Văn phòng", 1), 6: unit(6, "Văn phòng", 2)}
    called = Hierarchy({**UNITS, **offices}).called
    assert called[5] == "Văn phòng · Thành ủy"
    assert called[6] == "Văn phòng · Phòng Tổng hợp"
    assert (called[1], called[2]) == ("Thành ủy", "Phòng Tổng hợp")
