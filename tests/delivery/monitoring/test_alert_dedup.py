"""Of several instances one tells the admins, once, whatever becomes of it or of the folder."""

import errno
import multiprocessing
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.monitoring.alert_dedup import ToldOnce
from tests.faults.disk import fill

HOUR = 3600.0


class Machine:
    """Instances on one machine, whose clock is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = datetime(2026, 12, 7, 2, tzinfo=UTC)

    def instance(self) -> ToldOnce:
        return ToldOnce(self.folder, lambda: self.now)

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "files")


def tell(one: ToldOnce, *, keeps_on: bool = False) -> bool:
    """Tell of a full disk, if it is time to."""
    if not one.begin("disk_full", HOUR, keeps_on=keeps_on):
        return False
    one.end("disk_full", told=True)
    return True


def test_what_one_told_of_no_other_tells_of_within_the_hour(machine: Machine) -> None:
    here, there = machine.instance(), machine.instance()
    assert tell(here)
    assert not tell(there)
    assert not tell(machine.instance()), "a restart forgets nothing"
    assert there.begin("locked", HOUR), "another kind is another thing"
    machine.later(minutes=61)
    assert tell(there)
    assert not tell(here)


def test_what_keeps_on_is_not_told_of_again_until_it_was_gone_for_an_hour(machine: Machine) -> None:
    here, there = machine.instance(), machine.instance()
    assert tell(here, keeps_on=True)
    for _ in range(5):
        machine.later(minutes=40)
        assert not tell(there, keeps_on=True)
    machine.later(minutes=61)
    assert tell(here, keeps_on=True)


def test_while_one_tells_no_other_does_and_what_was_not_said_is_told_by_the_next(
    machine: Machine,
) -> None:
    here, there = machine.instance(), machine.instance()
    assert here.begin("disk_full", HOUR)
    assert not tell(here)
    assert not tell(there)
    here.end("disk_full", told=False)
    assert tell(there)


def test_who_dies_while_telling_has_told_nothing(machine: Machine) -> None:
    process = multiprocessing.get_context("fork").Process(target=_begin_and_die, args=(machine,))
    process.start()
    process.join(10)
    assert process.exitcode == 7
    assert tell(machine.instance())


def _begin_and_die(machine: Machine) -> None:
    os._exit(7 if machine.instance().begin("disk_full", HOUR) else 1)


def test_a_full_disk_holds_what_was_told_of_it(small_disk: Path) -> None:
    fill(small_disk)
    machine = Machine(small_disk)
    assert tell(machine.instance())
    assert not tell(machine.instance())


def test_without_a_folder_an_instance_knows_what_it_told_itself(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    machine = Machine(tmp_path / "file" / "files")
    here = machine.instance()
    assert tell(here)
    assert not tell(here)
    assert tell(machine.instance())


def test_a_clock_set_back_does_not_silence_it_for_long(machine: Machine) -> None:
    here = machine.instance()
    assert tell(here)
    machine.later(days=-365)
    assert tell(here)
    assert not tell(here)


def test_a_folder_that_breaks_down_keeps_nothing_from_being_told_and_no_file_open(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "the disk is dying")

    here = machine.instance()
    assert tell(here)
    machine.later(minutes=61)
    opened = len(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(os, "utime", broken)
    assert tell(here)
    assert not tell(here, keeps_on=True)
    assert here.begin("locked", HOUR)
    here.end("locked", told=True)
    assert len(os.listdir("/proc/self/fd")) == opened
