"""What the office knows of its people and units for reading, whatever their names are."""

import asyncio
import logging

import pytest

from bot.language.names import units as unit_names
from storage.history import audit
from storage.organisation import units
from tests.actions.office import Staffed
from tests.conftest import MIGRATED_AT as NOW


async def named(at_work: Staffed, name: str) -> int:
    async with at_work.db.transaction() as tx:
        return await units.insert(tx, name, name, None, NOW)


async def test_a_unit_without_a_name_stops_nobody(at_work: Staffed) -> None:
    await named(at_work, "(VP)")
    at_work.office._version = -1
    roster = await at_work.office.roster()
    assert len(roster.people) == len(at_work.ids)


async def test_a_row_that_cannot_be_indexed_is_left_out_alone(
    at_work: Staffed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await named(at_work, "Phòng Hỏng")
    spoken = unit_names._spoken

    def failing(name: str) -> object:
        if name == "Phòng Hỏng":
            raise KeyError(name)
        return spoken(name)

    monkeypatch.setattr(unit_names, "_spoken", failing)
    at_work.office._version = -1
    with caplog.at_level(logging.ERROR):
        roster = await at_work.office.roster()
    assert {unit.key for unit in roster.units} == set(at_work.units.values())
    assert set(roster.by_key) == set(at_work.ids.values())
    assert f"RosterUnit {broken}" in caplog.text


async def test_of_all_who_come_upon_a_change_one_reads_the_office(at_work: Staffed) -> None:
    before = await at_work.office.roster()
    async with at_work.db.transaction() as tx:
        made = await units.insert(tx, "Phòng Mới", "phong moi", None, NOW)
        await audit.append(tx, NOW, "unit.added")
    first, *others = await asyncio.gather(*(at_work.office.roster() for _ in range(5)))
    assert made in first.unit_by_key
    assert first is not before
    assert all(one is first for one in others)
