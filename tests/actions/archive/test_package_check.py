"""Any byte of a package that is changed, missing or too many is found, and its file named."""

import random
import shutil
import zipfile
from pathlib import Path

import pytest

from bot.commands.archive.package_verify import verify_package
from bot.renderers.archive.package_check import Looked
from bot.renderers.archive.package_flaws import Flaw, Wrong
from storage.engine.opening import open_database
from tests.actions.archive.over import eventful, over, packed
from tests.actions.office import staffed

SHORT, LONG = 60, 1000


@pytest.fixture
async def made(sqlite_url: str, tmp_path: Path) -> tuple[Path, Path]:
    """The same package as a folder and as a ZIP."""
    db = await open_database(sqlite_url)
    at_work = await staffed(db, tmp_path / "files")
    await eventful(at_work)
    await over(at_work)
    _, folder = await packed(at_work, tmp_path / "folder")
    await over(at_work)
    _, packed_up = await packed(at_work, tmp_path / "zip", zipped=True)
    await db.close()
    return folder.path, packed_up.path


def verify(package: Path) -> Looked:
    return verify_package(package, lambda *_: None)


@pytest.fixture
def changes(long: bool) -> int:
    return LONG if long else SHORT


async def test_every_single_byte_of_a_folder(made: tuple[Path, Path], changes: int) -> None:
    package, _ = made
    assert not verify(package).flaws
    chance = random.Random(2026)
    files = [one for one in package.rglob("*") if one.is_file() and one.stat().st_size]
    for number in range(changes):
        path = files[number % len(files)]
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(
            whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
        )
        named = {flaw.path for flaw in verify(package).flaws}
        assert path.relative_to(package).as_posix() in named, (path, at)
        path.write_bytes(whole)
    assert not verify(package).flaws


async def test_every_single_byte_of_a_zip(made: tuple[Path, Path], changes: int) -> None:
    _, package = made
    assert not verify(package).flaws
    chance = random.Random(2027)
    whole = package.read_bytes()
    spread = [*range(200), *range(len(whole) - 400, len(whole)), *range(len(whole))]
    for _ in range(changes):
        at = chance.choice(spread)
        package.write_bytes(
            whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
        )
        assert verify(package).flaws, at
    package.write_bytes(whole)
    assert not verify(package).flaws


async def test_what_is_missing_and_what_is_too_much(made: tuple[Path, Path]) -> None:
    package, _ = made
    gone = package / "data/index.html"
    whole = gone.read_bytes()
    gone.unlink()
    assert verify(package).flaws == (Flaw("data/index.html", Wrong.MISSING),)
    gone.write_bytes(whole)
    for more in ("data/them.txt", "them.txt", "data/tep/them"):
        (package / more).write_bytes(b"")
        assert verify(package).flaws == (Flaw(more, Wrong.ADDED),)
        (package / more).unlink()
    (package / "data/lien-ket").symlink_to(package / "bagit.txt")
    assert verify(package).flaws == (Flaw("data/lien-ket", Wrong.NOT_A_FILE),)


async def test_who_rewrites_the_lists_too_is_found_by_the_events(made: tuple[Path, Path]) -> None:
    from bot.renderers.archive.bag import Bag  # noqa: PLC0415 - the forger's tool

    package, _ = made
    forged = Bag(package.parent / "forged")
    for path in sorted((package / "data").rglob("*")):
        if path.is_file():
            body = path.read_bytes().replace(
                "Đã trình <bản> 1".encode(), "Đã trình <bản> 2".encode()
            )
            forged.write(path.relative_to(package / "data").as_posix(), body)
    forged.finish({"Bagging-Date": "2027-01-04"})
    flaws = verify(forged.target).flaws
    assert flaws
    assert {flaw.path for flaw in flaws} == {"data/viec/0001.jsonl"}
    assert all(flaw.record.startswith("đoạn văn") for flaw in flaws)


async def test_a_shell_that_another_made_is_told_apart_from_its_files(
    made: tuple[Path, Path],
) -> None:
    _, package = made
    with zipfile.ZipFile(package) as packed_up:
        packed_up.extractall(package.parent / "out")
    [folder] = (package.parent / "out").iterdir()
    assert not verify(folder).flaws
    again = Path(
        shutil.make_archive(str(package.parent / "again"), "zip", folder.parent, folder.name)
    )
    assert verify(again).flaws == (Flaw("again.zip", Wrong.SHELL),)


@pytest.mark.parametrize("body", [b"", b"PK", b"no package " * 99])
def test_what_is_no_package_is_said_to_be_none(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(body)
    assert verify(path).flaws == (Flaw("x.zip", Wrong.UNREADABLE),)
    assert verify(tmp_path / "nowhere").flaws == (Flaw("nowhere", Wrong.UNREADABLE),)
