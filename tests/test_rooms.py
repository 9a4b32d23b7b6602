"""The rooms of the house: small folders, and one name for one thing in every ring."""

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_FILES = 25
FEATURES = frozenset(
    [
        "archive",
        "assigning",
        "directives",
        "files",
        "history",
        "list_import",
        "mergers",
        "messaging",
        "office_days",
        "organisation",
        "privacy",
        "reminders",
        "reporting",
        "secrecy",
        "series",
        "tasks",
    ]
)
"""Rooms of a thing that people know; whatever ring has the thing has it in the room of this name."""
OWN = {
    "actions": "",
    "chat": "",
    "rules": "",
    "renderers": "fonts",
    "language": "citations deadline moments names orders questions text",
    "delivery": "inbox monitoring outbox telegram web",
    "commands": "backups checks",
    "playground": "api api/methods",
    "config": "",
    "runtime": "",
    "seeding": "",
    "readers": "",
    "storage": "backups engine records records/archive soundness",
}
"""Rooms that only one ring has: what it is made of."""


def rings() -> dict[str, Path]:
    found = {
        path.name: path for path in (ROOT / "bot").iterdir() if (path / "__init__.py").exists()
    }
    return found | {"storage": ROOT / "storage"}


def rooms(ring: Path) -> set[str]:
    """Return the folders within a ring that hold code, as paths in it."""
    folders = {path.parent.relative_to(ring).as_posix() for path in ring.rglob("*.py")}
    return folders - {"."}


def test_no_folder_has_more_files_than_one_reads() -> None:
    folders = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for top in ("bot", "storage", "tests", "benchmarks")
        for path in (ROOT / top).rglob("*.py")
    )
    assert len(folders) > 100
    assert {name: count for name, count in folders.items() if count > MOST_FILES} == {}


def test_a_thing_has_the_same_room_in_every_ring() -> None:
    assert rings().keys() == OWN.keys()
    strange = {
        f"{name}/{room}"
        for name, ring in rings().items()
        for room in rooms(ring)
        if room not in FEATURES | set(OWN[name].split())
    }
    assert strange == set()


def test_tests_stand_in_the_rooms_of_what_they_test() -> None:
    strange = {
        f"{name}/{room}"
        for name in rings().keys() & {path.name for path in (ROOT / "tests").iterdir()}
        for room in rooms(ROOT / "tests" / name)
        if room not in FEATURES | set(OWN[name].split()) | {"situations", "corpus"}
    }
    assert strange == set()


def test_every_room_of_a_thing_is_in_use() -> None:
    known = {room for ring in rings().values() for room in rooms(ring)}
    assert known >= FEATURES
