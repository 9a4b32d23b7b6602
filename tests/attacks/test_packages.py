"""Packages and backups from elsewhere, given to the real command: whole and as they were, or one line and nothing.

What is wrong in which file is tried example by example beside the code (tests/actions/archive/test_forged_packages.py,
test_odd_packages.py, tests/backups/test_strange.py); here the program runs as an operator calls it.
"""

import asyncio
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.engine.opening import open_database
from tests.actions.archive import varied
from tests.actions.archive.odd_zips import ROOT, zip_of
from tests.actions.archive.odd_zips import sealed as sealed_zip
from tests.actions.archive.varied import forged, lines, payload, rows
from tests.actions.office import staffed
from tests.backups import strange
from tests.backups.office import KEY, PASSPHRASE, identity
from tests.commands.shell import NOWHERE, Ended, Folder

SECRET = {"DONDOC_BACKUP_PASSPHRASE": PASSPHRASE, "DONDOC_BACKUP__KEY": str(KEY)}
SHORT, LONG = 6, 120
MEGABYTES = 300
"""Of memory that no command on a stranger's file may come to, the program itself being some 100."""


class Place(Folder):
    """An empty place to bring something back to."""

    async def refuses(self, given: Path, *command: str) -> None:
        """See that a command refuses a file in one line that names it, and leaves all as it was."""
        before = strange.snapshot(self.path)
        ended = await self.call(*command, str(given), **SECRET)
        assert ended.code == 1, (command, ended)
        assert ended.out == ""
        assert str(given) in said(ended), ended
        assert strange.snapshot(self.path) == before

    async def finds_fault(self, given: Path) -> None:
        """See that a file is not whole, by lines that name it."""
        ended = await self.call("verify", str(given), **SECRET)
        told = ended.out.splitlines() or [said(ended)]
        assert (ended.code, len(told) <= 101) == (1, True), ended
        assert all(str(given) in line for line in told), ended
        assert not any(line.startswith("ok") for line in told)


def said(ended: Ended) -> str:
    """Return the one line that the program said itself, besides how far it was."""
    [line] = [line for line in ended.err.splitlines() if line.startswith("dondoc: ")]
    return line


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A good package, as a folder."""
    return asyncio.run(_good(tmp_path_factory.mktemp("good"), sqlite_template))


async def _good(folder: Path, template: Path) -> Path:
    shutil.copy(template, folder / "good.db")
    db = await open_database(f"sqlite:///{folder}/good.db")
    at_work = await staffed(db, folder / "files")
    made = await varied.good_package(at_work, folder / "out")
    await db.close()
    return made


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "place")
    made.path.mkdir()
    made.configure(NOWHERE)
    return made


async def test_a_good_one_comes_back_once_and_is_the_same(
    good: Path, place: Place, tmp_path: Path
) -> None:
    package = varied.copied(good, tmp_path / "given")
    zipped = varied.zipped(package)
    for one in (package, zipped):
        ended = await place.call("verify", str(one))
        assert (ended.code, ended.out.startswith(f"ok   {one}: ")) == (0, True)
    for added in ("48 rows added", "0 rows added"):
        back = await place.call("archive", "restore", str(zipped))
        assert (back.code, f"3 tasks are as in the package: {added}" in back.out) == (0, True), back
    [kept] = place.path.glob("data/files/??/*")
    assert (await place.call("verify")).code == 0
    assert kept.read_bytes() == next(package.glob("data/tep/??/*")).read_bytes()


def mutilated(good: Path, folder: Path, chance: random.Random) -> Iterator[Path]:
    """Return packages to which somebody did something, as a folder or a ZIP, with lists that fit or not."""
    while True:
        files = payload(good)
        names = sorted(files)
        one, other = chance.sample(names, 2)
        kind = chance.randrange(8)
        match kind:
            case 0:
                del files[one]
            case 1:
                files[one], files[other] = files[other], files[one] + b" "
            case 2:
                files[f"{one}x"] = files.pop(one)
            case 3:
                files[one] = files[one][: len(files[one]) // 2] or b"x"
            case 4:
                files[one] += files[one] or b"\n"
            case 5:
                body = bytearray(files[one] or b"x")
                body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
                files[one] = bytes(body)
            case 6:
                one = chance.choice(
                    [name for name in names if name.endswith("jsonl") and files[name]]
                )
                found = rows(files[one])
                where = chance.choice(list(varied.places(found))[1:])
                other_kind = chance.choice([[[]], {"x": 1}, 1.5, [None]])
                files[one] = lines(varied.changed(found, where, lambda _: other_kind))  # noqa: B023
            case 7:
                files = dict.fromkeys(names, b"")
        package = forged(files, folder)
        # Whoever makes lists that fit may write another word into a value: nothing can tell.
        free_words = kind == 5 or (one.endswith(("html", "csv")) and one in files)
        if chance.random() < 0.5 and not free_words:
            yield varied.zipped(package) if chance.random() < 0.5 else package
            continue
        lists = ("manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt", "bagit.txt")
        for name in lists:
            shutil.copy(good / name, package / name)
        yield varied.zipped(package) if chance.random() < 0.5 else package


async def test_whatever_was_done_to_a_package_nothing_of_it_stays(
    good: Path, place: Place, tmp_path: Path, long: bool
) -> None:
    made = mutilated(good, tmp_path / "given", random.Random(16))
    for _ in range(LONG if long else SHORT):
        package = next(made)
        await place.finds_fault(package)
        await place.refuses(package, "archive", "restore")


async def test_without_any_of_its_parts_it_is_not_whole(
    good: Path, place: Place, tmp_path: Path, long: bool
) -> None:
    """The lists fit: whoever made it left out what they did not want to be seen."""
    names = sorted(payload(good)) if long else ["so-lieu/archive.json", "viec/0001.jsonl"]
    for gone in names:
        files = {name: body for name, body in payload(good).items() if name != gone}
        package = forged(files, tmp_path / "given")
        await place.finds_fault(package)
        await place.refuses(varied.zipped(package), "archive", "restore")
    for about in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
        package = varied.copied(good, tmp_path / "given")
        (package / about).unlink()
        await place.refuses(package, "archive", "restore")
        (package / about).write_bytes(b"")
        await place.finds_fault(package)
    await place.refuses(forged({}, tmp_path / "given"), "archive", "restore")
    (tmp_path / "empty").mkdir()
    await place.refuses(tmp_path / "empty", "archive", "restore")
    (tmp_path / "empty.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    await place.refuses(tmp_path / "empty.zip", "archive", "restore")


async def test_what_is_no_file_is_not_waited_for(good: Path, place: Place, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    os.mkfifo(tmp_path / "pipe")
    package = varied.copied(good, tmp_path / "given")
    (package / "data/index.html").unlink()
    os.mkfifo(package / "data/index.html")
    for one in (tmp_path / "pipe.zip", package, Path("/dev/null")):
        await place.refuses(one, "archive", "restore")
    for one in (tmp_path / "pipe", tmp_path / "pipe.zip", Path("/dev/zero"), package):
        await place.finds_fault(one)
    await place.refuses(tmp_path / "pipe", "restore")
    long_name = tmp_path / ("x" * 300)
    for command in (("archive", "restore"), ("restore",)):
        ended = await place.call(*command, str(long_name), **SECRET)
        assert (ended.code, said(ended).startswith("dondoc: ")) == (1, True)


def bombs(good: Path, folder: Path, *, huge: bool) -> dict[str, Path]:
    """Return small files that say to hold much, or hold it."""
    found = sorted(one for one in good.rglob("*") if one.is_file())
    whole = {f"{ROOT}/{one.relative_to(good)}": one.read_bytes() for one in found}
    much = (1000 if huge else 64) << 20
    many = folder / "many.zip"
    with zipfile.ZipFile(many, "w") as packed:
        for name, body in whole.items():
            packed.writestr(name, body)
        for number in range(300_000 if huge else 10_000):
            packed.writestr(f"{ROOT}/data/viec/{number:09}.jsonl", b"")
    line = {**payload(good), "viec/0001.jsonl": b'{"task":"' + b"x" * much}
    (folder / "line").mkdir()
    return {
        "more than it says": zip_of(
            {**whole, f"{ROOT}/data/index.html": bytes(much)}, folder / "bomb.zip"
        ),
        "many files": sealed_zip(many),
        "one line": varied.zipped(forged(line, folder / "line")),
    }


_PEAK = """
import atexit, re, sys
from bot.__main__ import main
atexit.register(lambda: print("peak", re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]))
sys.argv[0] = "dondoc"
main()
"""


def peak(folder: Path, *command: str) -> tuple[int, int]:
    """Run the program; return its exit code, and how many megabytes it came to at most."""
    ended = subprocess.run(
        [sys.executable, "-c", _PEAK, *command], cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert "Traceback" not in ended.stderr
    return ended.returncode, int(ended.stdout.rpartition("peak ")[2]) >> 10


def test_bombs_take_neither_time_nor_memory(
    good: Path, place: Place, tmp_path: Path, long: bool
) -> None:
    for what, bomb in bombs(good, tmp_path, huge=long).items():
        begun = time.monotonic()
        code, megabytes = peak(place.path, "verify", str(bomb))
        assert (code, time.monotonic() - begun < 60) == (1, True), what
        assert megabytes < MEGABYTES + 4 * (bomb.stat().st_size >> 20), (what, megabytes)


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good backup of the demo office, made by the command."""
    return asyncio.run(_backup(Folder(tmp_path_factory.mktemp("office"))))


async def _backup(folder: Folder) -> Path:
    folder.configure(NOWHERE)
    assert (await folder.call("seed", "--demo")).code == 0
    name = "11" * 32
    place = folder.path / "data/files/11" / name
    place.parent.mkdir(parents=True)
    place.write_bytes(b"not what its name says")
    other = (
        folder.path
        / "data/files/ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    other.parent.mkdir()
    other.write_bytes(b"abc")
    made = await folder.call("backup", "copy", **SECRET)
    assert "do not come back" in made.out
    return folder.path / "copy"


async def test_a_file_under_another_s_hash_does_not_come_back(backup: Path, place: Place) -> None:
    ended = await place.call("restore", str(backup), **SECRET)
    assert (ended.code, "BAD  files: 1 are not what their names say" in ended.out) == (1, True)
    assert [one.read_bytes() for one in place.path.glob("data/files/??/*")] == [b"abc"]


async def test_whatever_was_done_to_a_backup_nothing_of_it_stays(
    backup: Path, place: Place, tmp_path: Path, long: bool
) -> None:
    chance, whole = random.Random(16), await asyncio.to_thread(backup.read_bytes)
    content = strange.inside(backup, identity(backup))
    found = strange.members(content)
    given = tmp_path / "given"
    strange_ones: list[Callable[[], bytes]] = [
        lambda: strange.packed(found[:-1]),
        lambda: strange.packed([*found, found[-1]]),
        lambda: strange.packed([found[0], found[2], found[1]]),
        lambda: strange.packed([*found[:2], strange.member("../x", b"x")]),
        lambda: strange.packed([*found[:2], strange.member(found[2][0].name, type=b"2", linkname="/etc/passwd")]),
        lambda: content[: len(content) // 2],
        lambda: strange.packed(
            strange.with_database(found, tmp_path, "CREATE TRIGGER x AFTER INSERT ON events BEGIN SELECT 1; END")
        ),
        lambda: strange.packed(strange.with_database(found, tmp_path, "UPDATE tasks SET version = 'x'")),
        lambda: strange.packed(strange.described(found, lambda told: {**told, "counts": []})),
    ]  # fmt: skip
    for make in strange_ones if long else chance.sample(strange_ones, 4):
        strange.sealed_again(make(), given)
        await place.finds_fault(given)
        await place.refuses(given, "restore")
    for _ in range(LONG if long else 3):
        body = bytearray(whole)
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        given.write_bytes(
            bytes(body) if chance.random() < 0.7 else whole[: chance.randrange(len(whole))]
        )
        await place.refuses(given, "restore")
