"""Transactions that SQLite is about to drop are kept in a copy of its log: opening the database ends the log."""

import logging
import shutil
from pathlib import Path
from typing import NamedTuple

from storage.soundness.write_log import log_beside, read_log

_log = logging.getLogger(__name__)
_SALTS = slice(16, 24)
"""Bytes of a log that are other ones each time it is begun anew."""


class Lost(NamedTuple):
    """The copy of a damaged log, and how many committed transactions are only in there."""

    copy: Path
    transactions: int


def keep(database: Path) -> None:
    """Copy the log beside a database, where SQLite would drop committed transactions; raises OSError.

    A copy of the same log that was made before, while a program still added to it, gives way.
    """
    lost = read_log(database).lost
    if not lost:
        return
    path = log_beside(database)
    with path.open("rb") as file:
        salts = file.read(_SALTS.stop)[_SALTS].hex()
    copy = path.with_name(f"{path.name}.damaged-{lost}-{salts}")
    earlier = set(path.parent.glob(f"{path.name}.damaged-*-{salts}"))
    if copy in earlier:
        return
    part = path.with_name(f".{copy.name}.part")
    shutil.copy2(path, part)
    part.replace(copy)
    for one in earlier:
        one.unlink()
    _log.error("%s is damaged before %d committed transactions: kept in %s", path, lost, copy)


def kept(database: Path) -> list[Lost]:
    """Return the copies that lie beside a database, until an operator removes them."""
    path = log_beside(database)
    found = sorted(path.parent.glob(f"{path.name}.damaged-*-*"))
    return [Lost(one, int(one.name.split("-")[-2])) for one in found]
