"""Which files a package has, and where they lie in it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from bot.renderers.archive.archive_words import REGISTERS as LISTED
from bot.renderers.archive.package_flaws import Flaw, Wrong

DATA_LINES = 1000
"""Maximum tasks in one data file."""
PAGE_TASKS = 100
"""Maximum tasks on one page."""
DATA = "data/so-lieu/"
ABOUT = f"{DATA}archive.json"
TASKS, PAGES, FILES, LISTS = "data/viec/", "data/trang/", "data/tep/", "data/danh-muc/"
_ALWAYS = (
    *("data/index.html", "data/mo-ta-truong.csv", ABOUT),
    *(f"{LISTS}{name}.csv" for name in ("viec", "tep", *(one[0] for one in LISTED.values()))),
)


def register_path(table: str) -> str:
    """Return the path of a register's rows."""
    return f"{DATA}{table}.jsonl"


def task_paths(tasks: int) -> list[str]:
    """Return the paths of the data files for this number of tasks, in order."""
    return [f"{TASKS}{number:04}.jsonl" for number in _numbers(tasks, DATA_LINES)]


def misplaced(names: Iterable[str], registers: Iterable[str], tasks: int) -> Iterator[Flaw]:
    """Yield the files that a package of this number of tasks lacks, and those that do not belong in it."""
    pages = [f"{PAGES}{number:04}.html" for number in _numbers(tasks, PAGE_TASKS)]
    wanted = {*_ALWAYS, *map(register_path, registers), *task_paths(tasks), *pages}
    there = {name for name in names if name.startswith("data/") and not name.startswith(FILES)}
    yield from (Flaw(name, Wrong.MISSING) for name in sorted(wanted - there))
    yield from (Flaw(name, Wrong.ADDED) for name in sorted(there - wanted))


def path_of_file(sha256: str, name: str) -> str:
    """Return the path of a file that was sent under this name.

    The path is made from its hash, and has the name's ending if that is plain.
    """
    ending = PurePosixPath(name).suffix.lower()
    plain = ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) < 9 else ""
    return f"{FILES}{sha256[:2]}/{sha256}{plain}"


def files_by_hash(
    names: Iterable[str], hashes: Mapping[str, str]
) -> tuple[dict[str, str], list[Flaw]]:
    """Return the paths of the files that people handed in, by SHA-256, and the flaws among them.

    A flaw is a file whose name is not its own SHA-256, or a second file of the same hash.
    """
    found: dict[str, str] = {}
    flaws = []
    for name in names:
        if name.startswith(FILES):
            sha256 = PurePosixPath(name).name.partition(".")[0]
            if hashes[name] != sha256 or PurePosixPath(name).parent.name != sha256[:2]:
                flaws.append(Flaw(name, Wrong.UNFIT, "its name is not its SHA-256"))
            elif sha256 in found:
                flaws.append(Flaw(name, Wrong.TWICE))
            found[sha256] = name
    return found, flaws


def _numbers(tasks: int, each: int) -> range:
    return range(1, (tasks + each - 1) // each + 1)
