"""A package in which every kind of row stands, and such as somebody else would make of it."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.renderers.archive import sealed_zip
from bot.renderers.archive.bag import Bag
from storage.history import audit
from tests.actions.archive.over import NEXT_YEAR, eventful, finish, over, packed
from tests.actions.office import MORNING, Staffed
from tests.actions.series import series_office
from tests.actions.tasks import written

Files = dict[str, bytes]
"""What is in a package besides its lists, by path."""
INFO = {"Source-Organization": "Văn phòng", "External-Identifier": "nam-2026"}


async def varied(at_work: Staffed) -> None:
    """Let tasks be over that point to all that a task can point to."""
    ids, units = at_work.ids, at_work.units
    await eventful(at_work)
    await over(at_work)
    await finish(at_work, await series_office.begun(at_work))
    await written.documents(at_work)
    async with at_work.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO leader_groups (name, folded, created_at) VALUES ('Thường trực', 'thuong truc', $1)",
            MORNING,
        )
        await tx.execute(
            "INSERT INTO requests (task_id, kind, state, asked_by, asked_at, text_id, decided_by, decided_at)"
            " VALUES (1, 'extension', 'granted', $1, $2, 1, $3, $2)",
            *(ids["staff"], MORNING, ids["leader"]),
        )
        await tx.execute(
            "INSERT INTO task_people (task_id, person_id, unit_id, part, state, text_id, reported_at, from_at)"
            " VALUES (1, $1, $2, 'support', 'reported', 1, $3, $3)",
            *(ids["other"], units["qt"], MORNING),
        )
        await tx.execute(
            "UPDATE tasks SET document_id = 1, group_id = 1, body_id = $1, decider_id = $2, note_id = text_id,"
            " evidence_on = '2026-12-10', effort = 8 WHERE id = 1",
            *(units["qt"], ids["deputy"]),
        )
        await tx.execute("UPDATE tasks SET parent_id = 1 WHERE id = 2")
        await audit.append(tx, MORNING, "document.begin", actor_id=ids["leader"], document_id=1)


async def good_package(at_work: Staffed, folder: Path) -> Path:
    """Return the package of the varied office, as a folder."""
    await varied(at_work)
    return (await packed(at_work, folder, NEXT_YEAR))[1].path


def payload(package: Path) -> Files:
    """Return the files of a package that its lists name."""
    data = package / "data"
    found = sorted(one for one in data.rglob("*") if one.is_file())
    return {one.relative_to(data).as_posix(): one.read_bytes() for one in found}


def forged(files: Files, folder: Path) -> Path:
    """Make a package of any files whose lists are right, as who makes one by hand could."""
    bag = Bag(folder / "nam-2026")
    for path, body in files.items():
        bag.write(path, body)
    bag.finish(INFO)
    return bag.target


def zipped(package: Path) -> Path:
    """Return a sealed ZIP of a package, beside it."""
    path = package.with_name(f"{package.name}.zip")
    sealed_zip.seal(package, path)
    return path


def copied(package: Path, folder: Path) -> Path:
    """Return a copy of a package, in a folder that is new."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(package, folder / package.name))


def rows(body: bytes) -> list[Any]:
    return [json.loads(line) for line in body.splitlines()]


def lines(found: list[Any]) -> bytes:
    """Return rows as a package has them."""
    packed_tight = {"ensure_ascii": False, "separators": (",", ":")}
    return "".join(json.dumps(one, **packed_tight) + "\n" for one in found).encode()  # type: ignore[arg-type]


Change = Callable[[Any], Any]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return where in a JSON value its values are, the whole among them."""
    yield path
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, one in inner:
        yield from places(one, (*path, name))


def changed(value: Any, path: tuple[Any, ...], change: Change) -> Any:
    """Return a JSON value with the one at a place changed."""
    if not path:
        return change(value)
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(copy[path[0]], path[1:], change)
    return copy
