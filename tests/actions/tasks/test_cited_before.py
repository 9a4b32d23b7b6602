"""What programs before linked by citing alone is linked no more once the tables are brought up."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

import storage
from bot.actions.directives import directives
from bot.actions.reporting import search
from bot.actions.tasks import answer
from storage.engine.database import Transaction
from storage.engine.migrate import migrate
from storage.history import audit
from storage.reporting import closed_counts
from tests.actions.directives.cited import (
    CITES,
    FOR_OTHER,
    NOW,
    OWN,
    TO_OTHER,
    TO_STAFF,
    cited,
    known,
    sees,
)
from tests.actions.office import Staffed

CITING = 6
"""The migration."""
TO_MATE = f"{CITES}giao đồng chí Trầm in tài liệu, hạn 11/12"


async def linked(at_work: Staffed) -> list[int]:
    """Return the tasks of the document."""
    rows = await at_work.db.fetch("SELECT id FROM tasks WHERE document_id = 1 ORDER BY id")
    return [row["id"] for row in rows]


async def as_before(tx: Transaction) -> None:
    """Link every task to the document that it cites, and let the migration run once more."""
    await tx.execute("UPDATE tasks SET document_id = 1")
    await tx.execute("UPDATE task_search SET document = (SELECT words FROM documents WHERE id = 1)")
    await tx.execute("DELETE FROM migrations WHERE number = $1", CITING)
    await tx.alter("DROP INDEX documents_symbol")
    await tx.alter(
        "CREATE UNIQUE INDEX documents_symbol ON documents (folded, COALESCE(issued_on, ''))"
    )


async def test_only_what_was_linked_by_right_stays(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who
    await known(at_work, items=FOR_OTHER)
    by_right = [
        1,
        (await cited(at_work, "other_head", TO_OTHER)).id,
        (await cited(at_work, "leader", TO_STAFF)).id,
        (await cited(at_work, "head", TO_MATE)).id,
        (await cited(at_work, "deputy", TO_MATE)).id,
    ]
    assert await linked(at_work) == by_right
    strays = [await cited(at_work, name, OWN) for name in ("staff", "head", "clerk", "admin")]
    entering = await cited(at_work, "mate", OWN)
    done = strays[0]
    await answer.submit(here, who["staff"], done.id, "Xong", None, NOW, at_work.update())

    async def past(tx: Transaction) -> None:
        mate = at_work.ids["mate"]
        facts = {"tasks": [entering.id]}
        await audit.append(tx, NOW, "document.enter", actor_id=mate, facts=facts, document_id=1)
        await as_before(tx)

    await at_work.db.run(past)
    assert {one.id for one in strays} <= set(await linked(at_work))
    assert await sees(at_work, "admin") == [1]
    assert await migrate(at_work.db, NOW) == [CITING]
    assert await linked(at_work) == [*by_right, entering.id]
    assert await closed_counts.wrong(at_work.db) == 0
    for name in ("clerk", "admin"):
        assert await sees(at_work, name) == []
        assert await search.by_words(here, who[name], "lụt bão", NOW) == ([], 0)
    assert await sees(at_work, "staff") == [1], "who was given a task of it"
    found = await search.by_words(here, who["leader"], "lụt bão", NOW)
    assert {one.id for one in found[0]} == {*by_right, entering.id}
    assert len(await directives.history(here, who["leader"], 1)) == 3


async def test_who_was_head_at_another_time_opened_nothing(at_work: Staffed) -> None:
    await known(at_work, items=FOR_OTHER)
    by_leader = await cited(at_work, "leader", TO_STAFF)
    await cited(at_work, "head", TO_MATE)

    async def past(tx: Transaction) -> None:
        head, before = at_work.ids["head"], NOW - timedelta(days=9)
        await tx.execute("UPDATE roles SET until_at = $2 WHERE person_id = $1", head, before)
        await as_before(tx)

    await at_work.db.run(past)
    assert await migrate(at_work.db, NOW) == [CITING]
    assert await linked(at_work) == [1, by_leader.id]


async def test_a_migration_after_it_may_alter_the_tasks(
    at_work: Staffed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL alters no table while a trigger has still to look at rows that were changed."""
    await known(at_work)
    task = await cited(at_work, "staff", OWN)
    staff = at_work.who["staff"]
    await answer.submit(at_work.office, staff, task.id, "Xong", None, NOW, at_work.update())
    await at_work.db.run(as_before)
    folder = shutil.copytree(Path(storage.__file__).parent / "migrations", tmp_path / "migrations")
    (folder / "9999_later.sql").write_text("ALTER TABLE tasks ADD COLUMN later BIGINT;\n")
    monkeypatch.setattr("storage.engine.migrate._FOLDER", folder)
    assert await migrate(at_work.db, NOW) == [CITING, 9999]
    assert await linked(at_work) == []
