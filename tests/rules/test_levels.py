"""The level above somebody, by the post they hold in their unit."""

import pytest

from bot.letters import fold
from bot.rules.levels import level_above
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
