"""Whole copies of a PostgreSQL database, made by its own pg_dump, and their content, read by pg_restore.

A copy can hold any SQL statement, and its text any command that psql would run on this machine. So nothing
in it is ever run: only rows are read out of it.
"""

# ruff: noqa: S603 - the programs are PostgreSQL's own, and nobody's words are among theirs

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from urllib.parse import unquote, urlsplit

_DEBIAN = Path("/usr/lib/postgresql")
_NAME = rb"[a-z_][a-z_0-9]{0,62}"
_COPY = re.compile(
    rb'COPY public\.(%s) \(("?%s"?(?:, "?%s"?)*)\) FROM stdin;\n' % (_NAME, _NAME, _NAME)
)
_LAST = re.compile(
    rb"SELECT pg_catalog\.setval\('public\.(%s)_id_seq', ([0-9]{1,18}), true\);\n" % _NAME
)
_END = b"\\.\n"
_LONGEST_WORDS = 1000


class NoProgram(Exception):  # noqa: N818 - the operator reads what it is
    """A program of PostgreSQL is missing or failed; the text says which."""


class NotADump(Exception):  # noqa: N818
    """A file is not a copy of a database of this program; the text says why."""


def dump(url: str, server: int, target: Path) -> None:
    """Copy the tables as they stand at one moment; `server` is the server's major version."""
    address, environment = _address(url)
    command = [_program("pg_dump", server), "--format=custom", "--compress=0", "--schema=public"]
    command += ["--no-owner", "--no-privileges", f"--file={target}", f"--dbname={address}"]
    _run(command, environment)


class Rows(NamedTuple):
    """The rows of a table, as lines of text. They can be read once, before the next table is asked for."""

    table: str
    columns: tuple[str, ...]
    lines: Iterator[bytes]


class LastNumber(NamedTuple):
    """The last number that a table gave."""

    table: str
    number: int


def contents(source: Path) -> Iterator[Rows | LastNumber]:
    """Yield the rows in a copy. All else in it (tables, functions, programs) is skipped.

    Raises NotADump and NoProgram.
    """
    command = [_program("pg_restore", 0), "--data-only", "--file=-", str(source)]
    with (
        TemporaryFile() as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as reading,
    ):
        assert reading.stdout is not None
        try:
            yield from _read(reading.stdout)
        finally:
            reading.stdout.close()
        if reading.wait():
            said.seek(0)
            raise NotADump(said.read(_LONGEST_WORDS).decode(errors="replace"))


def _read(stream: IO[bytes]) -> Iterator[Rows | LastNumber]:
    for line in stream:
        if begun := _COPY.fullmatch(line):
            columns = tuple(one.strip(b' "').decode() for one in begun[2].split(b","))
            rows = Rows(begun[1].decode(), columns, _until_end(stream))
            yield rows
            for _ in rows.lines:
                pass
        elif said := _LAST.fullmatch(line):
            yield LastNumber(said[1].decode(), int(said[2]))


def _until_end(lines: IO[bytes]) -> Iterator[bytes]:
    for line in lines:
        if line == _END:
            return
        yield line
    raise NotADump("it ends within a table")


def _program(name: str, server: int) -> str:
    """Return the path of the oldest program that is at least as new as the server; for 0 the newest program.

    Raises NoProgram.
    """
    found = {Path(one)} if (one := shutil.which(name)) else set()
    known = {path: _version(path) for path in {*found, *_DEBIAN.glob(f"*/bin/{name}")}}
    fitting = sorted((version, path) for path, version in known.items() if version >= server)
    if not fitting:
        wanted = f"{name} of PostgreSQL {server} or newer" if server else name
        raise NoProgram(f"{wanted} is not on this machine: install PostgreSQL's client programs")
    return str(fitting[0 if server else -1][1])


def _version(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", said.stdout)
    return int(found[1]) if found else 0


def _address(url: str) -> tuple[str, dict[str, str]]:
    """Return the address without its password, which a process list would show, and an environment that has it."""
    parts = urlsplit(url)
    if parts.password is None:
        return url, dict(os.environ)
    user, _, host = parts.netloc.rpartition("@")
    shown = parts._replace(netloc=f"{user.partition(':')[0]}@{host}").geturl()
    return shown, os.environ | {"PGPASSWORD": unquote(parts.password)}


def _run(command: list[str], environment: dict[str, str]) -> None:
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        lines = ended.stderr.strip().splitlines() or ["it failed"]
        raise NoProgram(lines[0])
