"""`dondoc verify PACKAGE`: a package of the archive is looked through with nothing but the package.

Its lists find every byte that is not as it was written. Who rewrites the lists too is found by what stands
in it: rows that are none of ours, and events, each of which has the hash of the one before. Who rewrites
all of it is found by the fingerprint, which stands in the history of the office and in the minutes of the
handing over.
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
"""What reading a package may take of memory: so much, and so many times the size of its ZIP."""


def room_for(path: Path) -> int:
    """Return how many bytes of memory the reading of a package may take; raises OSError."""
    return ROOM + (TIMES * path.stat().st_size if path.is_file() else 0)


def verify_package(path: Path, told: Told) -> Looked:
    """Look through a package, and where all its bytes are right, through what stands in it."""
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
