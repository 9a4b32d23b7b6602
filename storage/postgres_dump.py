"""Whole copies of a PostgreSQL database, by its own pg_dump and pg_restore."""

# ruff: noqa: S603 - the programs are PostgreSQL's own, and nobody's words are among theirs

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from storage.sqlite_work import utc_text

_DEBIAN = Path("/usr/lib/postgresql")
_COPY = re.compile(r"COPY (?:public\.)?(\w+) \(([^)]*)\) FROM stdin;")
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_LOOKED_AT = ("events", "kept_events", "chain", "texts", "files", "archived_tasks", "migrations")
_NUMBERS = ("id", "length", "size", "number", "works_with")
_BATCH = 1000


class NoProgram(Exception):  # noqa: N818 - the operator reads what it is
    """A program of PostgreSQL's is not there, or it failed; the text says which."""


def dump(url: str, server: int, target: Path) -> None:
    """Copy the tables as they stand at one moment; `server` is the server's major version."""
    address, environment = _address(url)
    command = [_program("pg_dump", server), "--format=custom", "--compress=0", "--schema=public"]
    command += ["--no-owner", "--no-privileges", f"--file={target}", f"--dbname={address}"]
    _run(command, environment)


def put_back(url: str, server: int, source: Path, kept_as: str | None) -> None:
    """Make the tables of a copy the database's, all or nothing.

    What was there is kept in a schema of the given name, which must be a new one.
    """
    address, environment = _address(url)
    psql = [_program("psql", server), "-X", "-q", "-v", "ON_ERROR_STOP=1", f"--dbname={address}"]
    script = [_program("pg_restore", server), "--schema=public", "--no-owner", "--no-privileges"]
    with (
        subprocess.Popen([*script, "--file=-", str(source)], stdout=subprocess.PIPE) as reading,
        subprocess.Popen(
            psql, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        ) as writing,
    ):  # fmt: skip
        assert reading.stdout is not None
        assert writing.stdin is not None
        assert writing.stderr is not None
        try:
            aside = f"ALTER SCHEMA public RENAME TO {kept_as};" if kept_as else ""
            begin = f"BEGIN; {aside} CREATE SCHEMA IF NOT EXISTS public;\n"
            writing.stdin.write(begin.encode())
            shutil.copyfileobj(reading.stdout, writing.stdin)
            if reading.wait() == 0:
                writing.stdin.write(b"\nCOMMIT;\n")
            writing.stdin.close()
        except BrokenPipeError:
            pass
        said = writing.stderr.read().decode(errors="replace")
    if reading.returncode or writing.returncode:
        raise NoProgram(f"psql: {said.strip().splitlines()[0] if said.strip() else 'it failed'}")


def to_sqlite(source: Path, target: Path) -> dict[str, int]:
    """Write what the history holds together into a SQLite file; return the rows of every table."""
    counts: dict[str, int] = {}
    command = [_program("pg_restore", 0), "--data-only", "--file=-", str(source)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as reading,
        closing(sqlite3.connect(target)) as db,
    ):
        assert reading.stdout is not None
        for line in reading.stdout:
            if begun := _COPY.fullmatch(line.rstrip("\n")):
                table, columns = begun[1], [one.strip(' "') for one in begun[2].split(",")]
                counts[table] = _take(db, table, columns, reading.stdout)
        db.commit()
    if reading.returncode:
        raise NoProgram(f"pg_restore: {source.name}: cannot be read")
    return counts


def _take(db: sqlite3.Connection, table: str, columns: list[str], lines: IO[str]) -> int:
    """Count a table's rows, and keep those that are looked at."""
    if table not in _LOOKED_AT:
        return sum(1 for _ in _until_end(lines))
    kinds = ["INTEGER" if one.endswith(_NUMBERS) else "TEXT" for one in columns]
    named = ", ".join(f"{one} {kind}" for one, kind in zip(columns, kinds, strict=True))
    db.execute(f"CREATE TABLE {table} ({named}, PRIMARY KEY ({columns[0]}))")
    slots = ", ".join("?" * len(columns))
    count, rows = 0, []
    for line in _until_end(lines):
        values = [_value(one) for one in line.split("\t")]
        rows.append([_moment(*pair) for pair in zip(columns, values, strict=True)])
        count += 1
        if len(rows) == _BATCH:
            db.executemany(f"INSERT INTO {table} VALUES ({slots})", rows)  # noqa: S608 - slots
            rows = []
    db.executemany(f"INSERT INTO {table} VALUES ({slots})", rows)  # noqa: S608 - slots
    return count


def _until_end(lines: IO[str]) -> Iterator[str]:
    for line in lines:
        if line == "\\.\n":
            return
        yield line.rstrip("\n")


def _value(said: str) -> str | None:
    if said == r"\N":
        return None
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), said)


def _moment(column: str, value: str | None) -> str | None:
    """Return a moment as both engines' hashes are made of it."""
    if value is None or column not in {"at", "created_at"}:
        return value
    return utc_text(datetime.fromisoformat(value))


def _program(name: str, server: int) -> str:
    """Return the path of the oldest program that is no older than the server; for 0 the newest.

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
    """Return the address without its password, which a list of processes would show, and a place for it."""
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
