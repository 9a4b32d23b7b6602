"""Files come to their places all or not at all, and none that is not what its name says."""

from io import BytesIO
from pathlib import Path

import pytest

from storage.archive import placing
from storage.archive.placing import OtherBytes
from storage.history.hashes import hash_of, path_in

OLD, NEW, DAMAGED = (hash_of(body) for body in (b"old", b"new", b"damaged"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which one file lies, and another whose bytes are no more its own."""
    for sha256, body in ((OLD, b"old"), (DAMAGED, b"dam")):
        path = path_in(tmp_path / "files", sha256)
        path.parent.mkdir(parents=True)
        path.write_bytes(body)
    return tmp_path / "files"


@pytest.fixture
def workspace(folder: Path) -> Path:
    """Where three files wait for their places."""
    made = folder / ".work"
    for body in (b"old", b"new", b"damaged"):
        placing.stage(made, BytesIO(body), hash_of(body))
    return made


def lying(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.glob("??/*")}


def test_what_has_another_hash_is_not_staged(tmp_path: Path) -> None:
    with pytest.raises(OtherBytes, match=OLD):
        placing.stage(tmp_path, BytesIO(b"other"), OLD)
    assert not list(tmp_path.glob("??/*"))


def test_what_is_in_its_place(folder: Path) -> None:
    assert [placing.is_placed(folder, one) for one in (OLD, NEW, DAMAGED)] == [True, False, False]


def test_all_stay_where_it_ends_well(folder: Path, workspace: Path) -> None:
    with placing.placed(workspace, folder, [OLD, NEW, DAMAGED]):
        pass
    assert set(lying(folder).values()) == {b"old", b"new", b"damaged"}


@pytest.mark.parametrize("why", [ValueError, KeyboardInterrupt])
def test_all_is_as_before_where_it_does_not(
    folder: Path, workspace: Path, why: type[BaseException]
) -> None:
    before, folders = lying(folder), sorted(folder.glob("??"))

    def fail() -> None:
        with placing.placed(workspace, folder, [OLD, NEW, DAMAGED]):
            assert len(lying(folder)) == 3
            raise why

    with pytest.raises(why):
        fail()
    assert (lying(folder), sorted(folder.glob("??"))) == (before, folders)


@pytest.fixture
def broken_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk on which the third file cannot be put."""
    count = 0
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 3:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.usefixtures("broken_disk")
def test_a_disk_that_fails_half_way_leaves_none(folder: Path, workspace: Path) -> None:
    before = lying(folder)
    with (
        pytest.raises(OSError, match="No space"),
        placing.placed(workspace, folder, [NEW, DAMAGED, OLD]),
    ):
        pass
    assert lying(folder) == before
