"""Looking through a package: every byte that is changed, missing or too many is found, by its file."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.documents.bag import (
    MANIFEST,
    PAYLOAD,
    TAG_FILES,
    TAG_MANIFEST,
    VERSION_FILE,
    list_of,
)
from bot.documents.package import READ_ERRORS, Package, opened

_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
_CHUNK = 1 << 20
Hashes = dict[str, str]
Told = Callable[[int, int], None]
"""How many files are looked through, of how many."""


class Wrong(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    SHELL = "shell"
    """A byte of the ZIP around the files: nothing in them."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Flaw:
    """What is wrong with which file; with a record in it (an event, say) where that is known."""

    path: str
    wrong: Wrong
    record: str = ""


@dataclass(frozen=True)
class Looked:
    """What looking through a package found; `fingerprint` is the hash of its list of lists."""

    flaws: tuple[Flaw, ...]
    fingerprint: str
    files: int


def look_through(path: Path, told: Told = lambda _, __: None) -> Looked:
    """Look through a whole package: nothing else is needed for it than the package."""
    try:
        with opened(path) as package:
            return _looked(package, path.name, told)
    except READ_ERRORS:
        return Looked((Flaw(path.name, Wrong.UNREADABLE),), "", 0)


def _looked(package: Package, whole: str, told: Told) -> Looked:
    names = package.names()
    found = {}
    for number, name in enumerate(names, 1):
        found[name] = _sha256(package, name)
        told(number, len(names))
    flaws = (
        [Flaw(name, Wrong.ADDED) for name in {n for n in names if names.count(n) > 1}]
        if (len(found) < len(names))
        else []
    )
    tags, fault = _read_list(package, TAG_MANIFEST)
    flaws += [Flaw(TAG_MANIFEST, fault)] if fault else []
    tag_flaws = list(_compared(tags, {n: h for n, h in found.items() if _is_tag(n)}, TAG_FILES))
    listed, fault = _read_list(package, MANIFEST)
    payload = {n: h for n, h in found.items() if n.startswith(PAYLOAD)}
    whole_list = not fault and listed == payload
    flaws += _blamed(tag_flaws, found, whole_list=whole_list)
    flaws += [Flaw(MANIFEST, fault)] if fault else []
    flaws += _compared(listed, payload, listed)
    if not package.sealed and not flaws:
        flaws.append(Flaw(whole, Wrong.SHELL))
    fingerprint = found.get(TAG_MANIFEST, "")
    return Looked(tuple(dict.fromkeys(flaws)), fingerprint, len(names))


def _is_tag(name: str) -> bool:
    return not name.startswith(PAYLOAD) and name != TAG_MANIFEST


def _blamed(flaws: Iterable[Flaw], found: Hashes, *, whole_list: bool) -> Iterable[Flaw]:
    """Say which is wrong where a tag file and its line in the list of lists do not fit.

    Two of the tag files prove themselves: the one is always the same, the other fits the payload.
    Of bag-info.txt nothing tells, so both are named.
    """
    sound = (
        {"bagit.txt"}
        if found.get("bagit.txt") == hashlib.sha256(VERSION_FILE).hexdigest()
        else set()
    )
    sound |= {MANIFEST} if whole_list else set()
    for flaw in flaws:
        if flaw.wrong is not Wrong.CHANGED or flaw.path not in sound:
            yield flaw
        if flaw.wrong is Wrong.CHANGED and flaw.path in {*sound, "bag-info.txt"}:
            yield Flaw(TAG_MANIFEST, Wrong.CHANGED)


def _compared(listed: Hashes, found: Hashes, wanted: Iterable[str]) -> Iterable[Flaw]:
    for name in sorted({*wanted, *listed}):
        if name not in found:
            yield Flaw(name, Wrong.MISSING)
        elif listed.get(name) != found[name]:
            yield Flaw(name, Wrong.CHANGED)
    for name in sorted(found.keys() - listed.keys() - set(wanted)):
        yield Flaw(name, Wrong.ADDED)


def _read_list(package: Package, name: str) -> tuple[Hashes, Wrong | None]:
    """Read a list of files; one that is not as this program writes it, byte for byte, is changed."""
    try:
        with package.open(name) as opened_list:
            body = opened_list.read()
    except (*READ_ERRORS, KeyError):
        return {}, Wrong.CHANGED if name in package.names() else Wrong.MISSING
    lines = [_LINE.fullmatch(one) for one in body.decode("utf-8", "replace").split("\n")]
    hashes = {one[2]: one[1] for one in lines if one}
    return hashes, None if list_of(hashes) == body else Wrong.CHANGED


def _sha256(package: Package, name: str) -> str:
    """Return a file's hash; nothing where it cannot be read, which fits no list."""
    digest = hashlib.sha256()
    try:
        with package.open(name) as content:
            while piece := content.read(_CHUNK):
                digest.update(piece)
    except (*READ_ERRORS, KeyError):
        return ""
    return digest.hexdigest()
