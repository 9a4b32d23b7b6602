"""`dondoc verify PACKAGE`: checks an archive package with nothing but the package itself.

Its lists reveal each byte that is not as it was written. If somebody rewrote the lists too, the content reveals
it: rows that this program would not write, and events, each of which has the hash of the one before. If somebody
rewrote everything, the fingerprint reveals it, which stands in the office's history and on the handing-over sheet.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.commands.archive.package_contents import PackageContents
from bot.commands.archive.package_events import PackageEvents
from bot.commands.archive.package_rows import Unfit
from bot.commands.memory_limit import MEGABYTE, at_most
from bot.renderers.archive.package import READ_ERRORS, Package
from bot.renderers.archive.package_check import Looked, Told, look_through
from bot.renderers.archive.package_flaws import Flaw, Wrong
from bot.renderers.archive.package_layout import register_path
from bot.renderers.archive.package_opening import opened

ROOM = 1024 * MEGABYTE
TIMES = 4
"""The memory that reading a package may take: ROOM bytes, plus TIMES times the size of its ZIP."""


def room_for(path: Path) -> int:
    """Return how many bytes of memory reading a package may take. Raises OSError."""
    return ROOM + (TIMES * path.stat().st_size if path.is_file() else 0)


def verify_package(path: Path, told: Told) -> Looked:
    """Check the bytes of a package and, if they are all right, its content."""
    try:
        with at_most(room_for(path)):
            looked = look_through(path, told)
            if looked.flaws:
                return looked
            with opened(path) as package:
                flaws = tuple(_unfit(package, looked.hashes))
    except MemoryError:
        return Looked((Flaw(path.name, Wrong.TOO_LARGE),), "", 0)
    except READ_ERRORS:
        return Looked((Flaw(path.name, Wrong.UNREADABLE),), "", 0)
    return Looked(flaws, looked.fingerprint, looked.files, looked.hashes)


def _unfit(package: Package, hashes: Mapping[str, str]) -> Iterator[Flaw]:
    contents, events = PackageContents(package, hashes), PackageEvents()
    try:
        contents.about()
        of_documents = contents.registers()["document_events"]
        yield from events.wrong(register_path("document_events"), of_documents, None)
        for place, row in contents.bundles():
            yield from events.wrong(place.path, row["events"], row["texts"])
    except Unfit as why:
        yield why.flaw
