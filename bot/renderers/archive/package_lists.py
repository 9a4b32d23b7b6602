"""The lists of a package: which files it has, with the hash of each."""

import re
from typing import IO

from bot.renderers.archive.package import READ_ERRORS, Package
from bot.renderers.archive.package_flaws import Flaw, Wrong

Hashes = dict[str, str]
SMALL = 1 << 16
"""Maximum bytes of a file about the package, except for its list of files."""

_LINE = re.compile(rb"([0-9a-f]{64})  ([!-~]{1,100})\n")
_LONGEST = 64 + 2 + 100 + 1
_OXUM = re.compile(rb"^Payload-Oxum: ([0-9]{1,18})\.([0-9]{1,12})$", re.MULTILINE)


def read_list(package: Package, name: str) -> tuple[Hashes, Flaw | None]:
    """Read a list of files; a list that is not byte for byte as this program writes it counts as changed."""
    try:
        with package.open(name) as content:
            hashes, whole = _hashes(content)
    except READ_ERRORS:
        return {}, Flaw(name, Wrong.CHANGED)
    except KeyError:
        return {}, Flaw(name, Wrong.MISSING)
    if whole and not hashes:
        return {}, Flaw(name, Wrong.UNFIT, "it names no file")
    return hashes, None if whole else Flaw(name, Wrong.CHANGED)


def _hashes(content: IO[bytes]) -> tuple[Hashes, bool]:
    """Read the list line by line, in its written order, so that it is held in memory only once."""
    hashes: Hashes = {}
    last, whole = b"", True
    while line := content.readline(_LONGEST):
        found = _LINE.fullmatch(line)
        whole = whole and found is not None and found[2] > last
        if found is not None:
            last = found[2]
            hashes[last.decode()] = found[1].decode()
    return hashes, whole


def announced(package: Package, name: str) -> tuple[int, int] | None:
    """Return how many bytes and files a package says it has; None where it does not say."""
    try:
        if package.size(name) > SMALL:
            return None
        with package.open(name) as content:
            found = _OXUM.findall(content.read(SMALL))
    except (*READ_ERRORS, KeyError):
        return None
    return (int(found[0][0]), int(found[0][1])) if len(found) == 1 else None
