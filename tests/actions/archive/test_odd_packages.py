"""A package out of which nothing may come but plain files: folders and ZIPs that hold something else."""

import os
import random
import shutil
import socket
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.archive.package_verify import verify_package
from bot.renderers.archive.package import is_name
from bot.renderers.archive.package_flaws import Flaw, Wrong, shortened
from storage.engine.opening import open_database
from tests.actions.archive import odd_zips, varied
from tests.actions.archive.odd_zips import ROOT, add, patched, sealed, zip_of
from tests.actions.office import staffed

Files = dict[str, bytes]
HUNDRED_MEGABYTES = 100 << 20


@pytest.fixture
async def package(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good package, as a folder."""
    monkeypatch.setattr("os.fsync", lambda _: None)
    db = await open_database(sqlite_url)
    at_work = await staffed(db, tmp_path / "files")
    made = await varied.good_package(at_work, tmp_path / "out")
    await db.close()
    return made


@pytest.fixture
def files(package: Path) -> Files:
    """All files of a good package, by the names that they have in its ZIP."""
    found = sorted(one for one in package.rglob("*") if one.is_file())
    return {f"{ROOT}/{one.relative_to(package).as_posix()}": one.read_bytes() for one in found}


def flaws(path: Path) -> tuple[Flaw, ...]:
    return verify_package(path, lambda *_: None).flaws


def test_a_good_one_is_whole(package: Path, files: Files, tmp_path: Path) -> None:
    assert flaws(package) == ()
    assert flaws(zip_of(files, tmp_path / "x.zip")) == ()


NAMES = [
    "/etc/passwd", "../x", "data/../../x", "data/./x", "data//x", "data/x/", "C:/x", "C:x", "data\\x", "..\\x",
    "data/x\0.txt", "data/\x1b[2J", "data/Index.html", "data/INDEX.HTML", "data/i\u0307ndex.html",
    unicodedata.normalize("NFC", "data/tệp.txt"), unicodedata.normalize("NFD", "data/tệp.txt"),
    "data/" + "x" * 300, "data/a/b/c/d", "data/x ", "data/x.", "data/.x", "data/~x", "data/con.txt:y",
    "data/\u202egnp.x", "data/tep/ab/" + "e" * 64 + ".pdf.exe", "", "data/\r\nok", "data/x\n",
]  # fmt: skip
"""Paths that lead out, that some system takes for another, or that a terminal does not show as they are."""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_file_of_a_package_has(files: Files, tmp_path: Path, name: str) -> None:
    assert not is_name(name)
    for whole in (f"{ROOT}/{name}", name):
        if whole in {"", f"{ROOT}/"}:
            continue
        found = flaws(zip_of({**files, whole: b"x"}, tmp_path / "x.zip"))
        assert [flaw.wrong for flaw in found] == [Wrong.ADDED], found
        assert shortened(found[0].path).isprintable()
        assert len(shortened(found[0].path)) < 130


def test_names_in_bytes_that_are_none(files: Files, tmp_path: Path) -> None:
    path = zip_of({**files, f"{ROOT}/data/xx": b"x"}, tmp_path / "x.zip")
    body = path.read_bytes().replace(b"data/xx", b"data/\xff\xfe")
    path.write_bytes(body)
    [found] = flaws(sealed(path))
    assert found.wrong is Wrong.ADDED
    for number in range(len(files) + 1):
        path.write_bytes(body)
        assert flaws(patched(path, *odd_zips.FLAGS, 0x800, number)), number


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    for name in files:
        with zipfile.ZipFile(path, "w") as packed:
            for one in (*files, name):
                add(packed, one, files[one])
        assert flaws(sealed(path)) == (Flaw(name.removeprefix(f"{ROOT}/"), Wrong.TWICE),)


@pytest.mark.parametrize("kind", [0o120000, 0o060000, 0o020000, 0o010000, 0o140000, 0o040000])
def test_a_link_a_device_a_pipe_in_a_zip(files: Files, tmp_path: Path, kind: int) -> None:
    def change(info: zipfile.ZipInfo) -> None:
        if info.filename.endswith("index.html"):
            info.external_attr = (kind | 0o777) << 16

    found = flaws(zip_of(files, tmp_path / "x.zip", change))
    assert found == (Flaw("data/index.html", Wrong.NOT_A_FILE),)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packed_in_another_way(files: Files, tmp_path: Path, method: int) -> None:
    """Some of them take as much memory as the file says."""

    def change(info: zipfile.ZipInfo) -> None:
        info.compress_type = method

    found = flaws(zip_of(files, tmp_path / "x.zip", change))
    assert {flaw.wrong for flaw in found} == {Wrong.PACKING}


def test_an_entry_that_lies(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    lies = [
        *((odd_zips.SIZE, value) for value in (0, 1, 2**31, 2**32 - 2, 2**32 - 1)),
        *((odd_zips.PACKED_SIZE, value) for value in (0, 1, 2**31, 2**32 - 2, 2**32 - 1)),
        *((odd_zips.PLACE, value) for value in (1, 2**31, 2**32 - 2, 2**32 - 1)),
        *((odd_zips.FLAGS, value) for value in (0x1, 0x20, 0x40, 0x41)),
        *((odd_zips.METHOD, value) for value in (0, 1, 9, 12, 14, 93, 98, 65535)),
        *((odd_zips.EXTRA_SIZE, value) for value in (1, 4, 65535)),
        *((odd_zips.CRC, 0), (odd_zips.VERSION, 65535)),
    ]
    for field, value in lies:
        for number in (0, 3, len(files) // 2):
            zip_of(files, path)
            assert flaws(patched(path, *field, value, number)), (field, value, number)


def test_files_that_lie_over_one_another_are_not_unpacked(files: Files, tmp_path: Path) -> None:
    """A thousand entries for the same packed bytes: a ZIP of a megabyte would give a terabyte."""
    path = zip_of({**files, f"{ROOT}/data/viec/0002.jsonl": bytes(1 << 20)}, tmp_path / "x.zip")
    body = bytearray(path.read_bytes())
    at = body.rindex(b"PK\x01\x02")
    end = body.rindex(b"PK\x05\x06")
    entry = bytes(body[at:end])
    again = entry * 1000
    size = struct.unpack_from("<L", body, end + 12)[0] + len(again)
    struct.pack_into("<HHL", body, end + 8, len(files) + 1001, len(files) + 1001, size)
    path.write_bytes(bytes(body[:end]) + again + bytes(body[end:]))
    found = flaws(sealed(path))
    assert {flaw.wrong for flaw in found} == {Wrong.TWICE, Wrong.SIZE}


def test_more_than_it_says_is_not_unpacked(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    whole = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int = -1) -> bytes:
        data = whole(self, n)
        read.append(len(data))
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    bomb = {**files, f"{ROOT}/data/index.html": bytes(HUNDRED_MEGABYTES)}
    path = zip_of(bomb, tmp_path / "x.zip")
    assert path.stat().st_size < 200_000
    assert flaws(path) == (Flaw("x.zip", Wrong.SIZE),)
    assert sum(read) < 1 << 20


def test_a_zip_cut_off_anywhere(files: Files, tmp_path: Path, long: bool) -> None:
    path = zip_of(files, tmp_path / "x.zip")
    whole = path.read_bytes()
    for length in range(0, len(whole), 1 if long else len(whole) // 60):
        path.write_bytes(whole[:length])
        assert flaws(path), length
    for more in (b"\0", b"PK", whole):
        path.write_bytes(whole + more)
        assert flaws(path)
        path.write_bytes(more + whole)
        assert flaws(path)


def test_an_empty_zip_and_one_of_folders_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    for inside in ({}, {"nam-2026/": b""}, {"nam-2026/data/": b""}, {"x": b""}, {"/": b""}):
        assert flaws(zip_of(inside, path)), inside
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    assert flaws(path)


def test_random_bytes_of_a_zip_that_is_sealed_again(
    files: Files, tmp_path: Path, long: bool
) -> None:
    """Whoever changes a byte can make the seal fit: then the lists tell, or it is the same package."""
    path = zip_of(files, tmp_path / "x.zip")
    whole, chance = path.read_bytes(), random.Random(11)
    same = 0
    for _ in range(5000 if long else 150):
        body = bytearray(whole)
        for _ in range(chance.choice([1, 1, 2, 8])):
            body[chance.randrange(len(body) - 80)] = chance.randrange(256)
        path.write_bytes(body)
        if not flaws(sealed(path)):
            with zipfile.ZipFile(path) as packed:
                assert {one: packed.read(one) for one in packed.namelist()} == files
            same += 1
    assert same < 2500 if long else same < 75


@pytest.fixture
def odd_things(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Things that lie in a folder and are no plain files, by what they are."""
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    made = tmp_path / "odd"
    made.mkdir()
    (made / "link").symlink_to(outside)
    (made / "dangling").symlink_to("nowhere")
    (made / "above").symlink_to(tmp_path)
    os.link(outside, made / "hard")
    os.mkfifo(made / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(made / "socket"))
        yield {one.name: one for one in made.iterdir()}


def test_what_is_no_plain_file_is_not_opened(
    package: Path, tmp_path: Path, odd_things: dict[str, Path]
) -> None:
    """Whoever opened a pipe would wait for ever."""
    for number, thing in enumerate(odd_things.values()):
        for place in ("data/index.html", "data/odd", "bagit.txt"):
            copy = varied.copied(package, tmp_path / str(number))
            (copy / place).unlink(missing_ok=True)
            thing.rename(copy / place)
            found = flaws(copy)
            (copy / place).rename(thing)
            assert found == (Flaw(place, Wrong.NOT_A_FILE),), (thing, place)


def test_a_folder_in_the_place_of_a_file_and_a_link_in_that_of_a_folder(package: Path) -> None:
    (package / "data/index.html").unlink()
    (package / "data/index.html").mkdir()
    assert flaws(package) == (Flaw("data/index.html", Wrong.MISSING),)
    (package / "data/index.html").rmdir()
    shutil.move(package / "data/viec", package.parent / "viec")
    (package / "data/viec").symlink_to(package.parent / "viec")
    assert {(flaw.path, flaw.wrong) for flaw in flaws(package)} == {
        ("data/viec", Wrong.NOT_A_FILE), ("data/index.html", Wrong.MISSING), ("data/viec/0001.jsonl", Wrong.MISSING),
    }  # fmt: skip


def test_a_folder_that_may_not_be_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read all, so the system's refusal is played."""
    real = os.scandir

    def refused(path: Path) -> object:
        if path.name == "viec":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr("os.scandir", refused)
    assert Flaw("data/viec", Wrong.UNREADABLE) in flaws(package)
    monkeypatch.setattr("os.scandir", lambda path: refused(path / "viec"))
    assert flaws(package) == (Flaw("nam-2026", Wrong.UNREADABLE),)


def test_folders_within_folders_are_not_followed_for_ever(package: Path) -> None:
    deep = package / "data"
    for _ in range(300):
        deep /= "x"
        deep.mkdir()
    found = flaws(package)
    assert [flaw.wrong for flaw in found] == [Wrong.ADDED]


def test_what_takes_too_much_memory_is_said(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.archive.package_verify.ROOM", 1 << 20)
    monkeypatch.setattr("bot.commands.archive.package_verify.TIMES", 0)
    line = b"%s  data/viec/%012d\n"
    body = b"".join(line % (b"0" * 64, number) for number in range(300_000))
    path = zip_of({**files, f"{ROOT}/manifest-sha256.txt": body}, tmp_path / "x.zip")
    assert flaws(path) == (Flaw("x.zip", Wrong.TOO_LARGE),)
