"""Reads the rows of a package's data files. Each row must be exactly as it was written; else the row is named."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from bot.renderers.archive.package import READ_ERRORS, Package
from bot.renderers.archive.package_flaws import Flaw, Wrong, shortened
from storage.archive.archived_rows import Plain, canonical
from storage.records.archive.packaged_values import Packaged

LONGEST = 32 << 20
"""The most bytes of a line: enough for a task with thousands of long reports."""


class Unfit(Exception):  # noqa: N818 - what is found
    """A file has changed since the check, or its content is not valid."""

    def __init__(self, path: str, wrong: Wrong, record: str = "") -> None:
        super().__init__(path, record)
        self.flaw = Flaw(path, wrong, record)


@dataclass(frozen=True)
class Place:
    """The place of a row: the file's path and the line number, from 1."""

    path: str
    line: int

    def unfit(self, why: str) -> Unfit:
        """Return the error to raise if the row cannot have been written by this program."""
        return Unfit(self.path, Wrong.UNFIT, f"line {self.line}: {shortened(why)}")


@dataclass(frozen=True)
class PackageRows:
    """Reads files whose hashes are known. Raises Unfit if the bytes do not match."""

    package: Package
    hashes: Mapping[str, str]

    def read(self, path: str, kind: type[Packaged]) -> Iterator[tuple[Place, Plain]]:
        """Yield the rows of a file. They are valid only once the last one was read, because the hash comes last."""
        for place, line in self._lines(path):
            yield place, _row(place, line, kind)

    def _lines(self, path: str) -> Iterator[tuple[Place, bytes]]:
        digest, number = hashlib.sha256(), 0
        try:
            with self.package.open(path) as content:
                while line := content.readline(LONGEST):
                    digest.update(line)
                    number += 1
                    yield Place(path, number), line
        except KeyError:
            raise Unfit(path, Wrong.MISSING) from None
        except READ_ERRORS:
            raise Unfit(path, Wrong.CHANGED) from None
        if digest.hexdigest() != self.hashes.get(path):
            raise Unfit(path, Wrong.CHANGED)


def _row(place: Place, line: bytes, kind: type[Packaged]) -> Plain:
    if not line.endswith(b"\n"):
        raise place.unfit(f"no end of a line within {LONGEST} bytes")
    try:
        kind.model_validate_json(line[:-1])
    except ValidationError as why:
        raise place.unfit(_first(why)) from None
    row: Plain = json.loads(line)
    if f"{canonical(row)}\n".encode() != line:
        raise place.unfit("not written as this program writes it")
    return row


def _first(why: ValidationError) -> str:
    one = why.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(map(str, one['loc']))}: {one['msg']}".removeprefix(": ")
