"""Searching the asked office: words, phrases, a person, a unit and days, on both engines the same."""

import pytest

from bot.actions.reporting import search
from tests.actions.office import Staffed
from tests.asked.expected import due, has, is_open
from tests.asked.office import NOW, TASKS, day


async def found(asked: Staffed, text: str, who: str = "linh") -> set[int]:
    numbers: set[int] = set()
    total = 1
    while len(numbers) < total:
        page, total = await search.by_words(asked.office, asked.who[who], text, NOW, len(numbers))
        numbers |= {one.id for one in page}
    return numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("bao cao tham", set()),
        ("báo cáo nhân", {42}),
        ('"công tác quý"', {1}),
        ('"quý công tác"', set()),
        ("2618-CV/VPTU", {9, 10}),
        ("2618-CV/VPTU cử tri", {10}),
        ("chi thi 05-CT/TU", {38}),
        ("báo cáo của Trầm", {1, 15, 16}),
        ("bao cao cua chi Tram", {1, 15, 16}),
        ("mua phòng Quản trị", {3, 26}),
        ("báo cáo tháng 10", {15, 16, 18}),
        ("quyết toán tháng 11", {7}),
        ("Kiều Bá Thuyên", {28}),
        ("rà soát Vượng", {33}),
    ],
)
async def test_what_is_found(asked: Staffed, text: str, numbers: set[int]) -> None:
    assert await found(asked, text) == numbers


async def test_who_and_when_alone(asked: Staffed) -> None:
    mine = {one.number for one in TASKS if has(one, "man")}
    assert await found(asked, "Quách Duy Mẫn") == mine
    tomorrow = {one.number for one in TASKS if due(one, "26/11", "26/11")}
    assert await found(asked, "ngày mai") == tomorrow
    assert all(
        is_open(one) and day(one.due) == day("26/11") for one in TASKS if one.number in tomorrow
    )


async def test_nobody_finds_what_they_may_not_see(asked: Staffed) -> None:
    assert await found(asked, "báo cáo của Trầm", "quyen") == set()
    assert await found(asked, "mua", "tram") == set()
