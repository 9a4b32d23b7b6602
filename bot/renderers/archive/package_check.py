"""Checks a whole package: every changed, missing or additional byte is found and reported by file."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.renderers.archive.bag import MANIFEST, PAYLOAD, TAG_FILES, TAG_MANIFEST, VERSION_FILE
from bot.renderers.archive.package import READ_ERRORS, Package
from bot.renderers.archive.package_flaws import Flaw, Wrong
from bot.renderers.archive.package_lists import SMALL, Hashes, announced, read_list
from bot.renderers.archive.package_opening import opened

_CHUNK = 1 << 20
_TIMES = 2
"""A package is not read further if it holds more than this many times the bytes it announces, plus 1 MiB."""
_INFO, _VERSION = "bag-info.txt", "bagit.txt"
Told = Callable[[int, int], None]
"""Called with how many files are checked so far, and how many there are."""


@dataclass(frozen=True)
class Looked:
    """The result of checking a package; `fingerprint` is the hash of its tag manifest (the list of lists).

    `hashes` are the listed hashes of its files; the files match them if there are no flaws.
    """

    flaws: tuple[Flaw, ...]
    fingerprint: str
    files: int
    hashes: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


def look_through(path: Path, told: Told = lambda _, __: None) -> Looked:
    """Check a whole package; nothing but the package itself is needed."""
    try:
        with opened(path) as package:
            return _looked(package, path.name, told)
    except READ_ERRORS:
        return Looked((Flaw(path.name, Wrong.UNREADABLE),), "", 0)


def _looked(package: Package, whole: str, told: Told) -> Looked:
    names = package.names()
    payload = [name for name in names if name.startswith(PAYLOAD)]
    size, said = sum(map(package.size, payload)), announced(package, _INFO)
    if said is not None and size > _TIMES * said[0] + _CHUNK:
        return Looked((*package.flaws, Flaw(whole, Wrong.SIZE)), "", len(names))
    listed, wrong = read_list(package, MANIFEST)
    flaws = list(_payload(package, listed, payload, told))
    if wrong:  # lines lost from a damaged list would put the blame on sound files
        flaws = [wrong, *(flaw for flaw in flaws if flaw.wrong is Wrong.CHANGED)]
    tags, fingerprint = _tags(package, names, whole_list=not flaws)
    flaws = [*package.flaws, *_without([*tags, *flaws], package.flaws)]
    if not flaws and said != (size, len(payload)):
        flaws.append(Flaw(_INFO, Wrong.UNFIT, "Payload-Oxum"))
    if not flaws and not package.sealed:
        flaws.append(Flaw(whole, Wrong.SHELL))
    return Looked(tuple(dict.fromkeys(flaws)), fingerprint, len(names), listed)


def _payload(package: Package, listed: Hashes, names: Iterable[str], told: Told) -> Iterator[Flaw]:
    """Compare the payload with its list; files that the list does not name are not read."""
    there = set(names)
    wanted = sorted({*listed, *there})
    for number, name in enumerate(wanted, 1):
        if name not in there:
            yield Flaw(name, Wrong.MISSING)
        elif name not in listed:
            yield Flaw(name, Wrong.ADDED)
        elif listed[name] != _sha256(package, name):
            yield Flaw(name, Wrong.CHANGED)
        told(number, len(wanted))


def _tags(package: Package, names: Iterable[str], *, whole_list: bool) -> tuple[list[Flaw], str]:
    """Compare the files about the package with their list, and return the hash of that list."""
    found = {
        name: _sha256(package, name) if name == MANIFEST or package.size(name) <= SMALL else ""
        for name in names
        if name in {*TAG_FILES, TAG_MANIFEST}
    }
    strange = [name for name in names if not name.startswith(PAYLOAD) and name not in found]
    fingerprint = found.pop(TAG_MANIFEST, None)
    listed, wrong = read_list(package, TAG_MANIFEST) if fingerprint != "" else ({}, None)
    flaws = [wrong] if wrong else list(_compared(listed, found))
    blamed = _blamed(flaws, found, whole_list=whole_list)
    return [*blamed, *(Flaw(name, Wrong.ADDED) for name in strange)], fingerprint or ""


def _compared(listed: Hashes, found: Hashes) -> Iterator[Flaw]:
    for name in sorted({*TAG_FILES, *listed}):
        if name not in found:
            yield Flaw(name, Wrong.MISSING)
        elif listed.get(name) != found[name]:
            yield Flaw(name, Wrong.CHANGED)


def _blamed(flaws: Iterable[Flaw], found: Hashes, *, whole_list: bool) -> Iterator[Flaw]:
    """Say which one is wrong where a tag file and its line in the list of lists do not match.

    Two of the tag files can be checked without that list: bagit.txt is always the same, and the manifest
    matches the payload. bag-info.txt cannot be checked, so both it and the list are reported.
    """
    version = hashlib.sha256(VERSION_FILE).hexdigest()
    sound = {_VERSION} if found.get(_VERSION) == version else set()
    sound |= {MANIFEST} if whole_list else set()
    for flaw in flaws:
        if flaw.wrong is not Wrong.CHANGED or flaw.path not in sound:
            yield flaw
        if flaw.wrong is Wrong.CHANGED and flaw.path in {*sound, _INFO}:
            yield Flaw(TAG_MANIFEST, Wrong.CHANGED)


def _without(flaws: Iterable[Flaw], known: Iterable[Flaw]) -> Iterator[Flaw]:
    """Leave out flaws of files for which `known` already has a flaw."""
    told = {flaw.path for flaw in known}
    return (flaw for flaw in flaws if flaw.path not in told)


def _sha256(package: Package, name: str) -> str:
    """Return a file's hash; "" where it cannot be read, which matches no list."""
    digest = hashlib.sha256()
    try:
        with package.open(name) as content:
            while piece := content.read(_CHUNK):
                digest.update(piece)
    except (*READ_ERRORS, KeyError):
        return ""
    return digest.hexdigest()
