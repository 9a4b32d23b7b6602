"""Dialogs that are not finished: what was said so far and what the next message answers."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.engine.database import Reader, Transaction
from storage.records import Draft

DOUBT = "doubt"
"""The kind of a question whether a message carries a mark of secrecy: no dialog that goes on."""

_START = (
    "INSERT INTO drafts (person_id, chat_id, topic_id, kind, task_id, waits_for, fields,"
    " created_at, updated_at, message_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)"
    " RETURNING *"
)


async def start(
    tx: Transaction,
    *,
    person_id: int,
    chat_id: int,
    topic_id: int | None,
    kind: str,
    task_id: int | None,
    waits_for: str | None,
    fields: Mapping[str, Any],
    at: datetime,
    message_id: int | None = None,
) -> Draft:
    """Begin a dialog; an earlier one of this chat and topic that waits for a message stops waiting."""
    await tx.execute(
        "UPDATE drafts SET waits_for = NULL"
        " WHERE chat_id = $1 AND person_id = $2 AND ended_at IS NULL AND waits_for IS NOT NULL"
        " AND COALESCE(topic_id, 0) = COALESCE(CAST($3 AS BIGINT), 0)",
        chat_id,
        person_id,
        topic_id,
    )
    row = await tx.fetch_one(
        _START,
        person_id,
        chat_id,
        topic_id,
        kind,
        task_id,
        waits_for,
        json.dumps(fields, ensure_ascii=False),
        at,
        message_id,
    )
    return Draft.model_validate(row)


async def lay_aside(
    tx: Transaction,
    *,
    person_id: int,
    chat_id: int,
    kind: str,
    fields: Mapping[str, Any],
    at: datetime,
    message_id: int | None = None,
) -> Draft:
    """Keep a dialog that nobody has begun yet: what the person is being asked just now goes on."""
    said = json.dumps(fields, ensure_ascii=False)
    row = await tx.fetch_one(
        _START, person_id, chat_id, None, kind, None, None, said, at, message_id
    )
    return Draft.model_validate(row)


async def get(db: Reader, draft_id: int) -> Draft | None:
    row = await db.fetch_one("SELECT * FROM drafts WHERE id = $1", draft_id)
    return Draft.model_validate(row) if row else None


async def naming_units(db: Reader) -> list[Draft]:
    """Return the drafts of tasks, not finished, in which a unit or a body outside is named."""
    rows = await db.fetch(
        "SELECT * FROM drafts WHERE ended_at IS NULL AND kind = 'assign'"
        """ AND (fields LIKE '%"units"%' OR fields LIKE '%"body_id"%') ORDER BY id"""
    )
    return [Draft.model_validate(row) for row in rows]


async def unfinished(db: Reader, person_id: int) -> list[Draft]:
    """Return a person's dialogs, in whatever chat, that have not ended."""
    rows = await db.fetch(
        "SELECT * FROM drafts WHERE person_id = $1 AND ended_at IS NULL ORDER BY id", person_id
    )
    return [Draft.model_validate(row) for row in rows]


async def of_message(db: Reader, person_id: int, chat_id: int, message_id: int) -> list[Draft]:
    """Return the drafts that were read from a person's message, in the order they stood in it."""
    rows = await db.fetch(
        "SELECT * FROM drafts WHERE chat_id = $1 AND message_id = $2 AND person_id = $3"
        " ORDER BY id",
        chat_id,
        message_id,
        person_id,
    )
    return [Draft.model_validate(row) for row in rows]


async def at_card(db: Reader, person_id: int, chat_id: int, message_id: int) -> Draft | None:
    """Return the open dialog of a person that a message shows, if it shows one."""
    row = await db.fetch_one(
        "SELECT * FROM drafts WHERE chat_id = $1 AND card_id = $2 AND person_id = $3"
        " AND ended_at IS NULL ORDER BY id DESC LIMIT 1",
        chat_id,
        message_id,
        person_id,
    )
    return Draft.model_validate(row) if row else None


async def shown(tx: Transaction, draft_id: int, card_id: int) -> None:
    """Note which message shows a draft."""
    await tx.execute("UPDATE drafts SET card_id = $2 WHERE id = $1", draft_id, card_id)


async def waiting(
    db: Reader, person_id: int, chat_id: int, topic_id: int | None, since: datetime
) -> Draft | None:
    """Return the dialog that the person's next message in this chat and topic belongs to, if any.

    One that has been left alone since before a moment waits no more.
    """
    row = await db.fetch_one(
        "SELECT * FROM drafts WHERE chat_id = $1 AND person_id = $2"
        " AND COALESCE(topic_id, 0) = COALESCE(CAST($3 AS BIGINT), 0)"
        " AND ended_at IS NULL AND waits_for IS NOT NULL AND updated_at >= $4"
        " ORDER BY id DESC LIMIT 1",
        chat_id,
        person_id,
        topic_id,
        since,
    )
    return Draft.model_validate(row) if row else None


async def doubted(db: Reader, person_id: int, chat_id: int, at: datetime) -> list[Draft]:
    """Return what somebody was asked in a chat at a moment: whether a message carries a mark."""
    rows = await db.fetch(
        "SELECT * FROM drafts WHERE chat_id = $1 AND person_id = $2 AND created_at = $3 AND kind = $4"
        " ORDER BY id",
        chat_id,
        person_id,
        at,
        DOUBT,
    )
    return [Draft.model_validate(row) for row in rows]


async def touched(db: Reader, person_id: int, chat_id: int, at: datetime) -> Draft | None:
    """Return the dialog of a person in a chat that was begun, changed or ended at a moment."""
    row = await db.fetch_one(
        "SELECT * FROM drafts WHERE chat_id = $1 AND person_id = $2 AND updated_at = $3 AND kind <> $4"
        " ORDER BY id DESC LIMIT 1",
        chat_id,
        person_id,
        at,
        DOUBT,
    )
    return Draft.model_validate(row) if row else None


async def latest(db: Reader, person_id: int, chat_id: int) -> Draft | None:
    """Return the newest dialog of a person in a chat, finished or not."""
    row = await db.fetch_one(
        "SELECT * FROM drafts WHERE chat_id = $1 AND person_id = $2 AND kind <> $3"
        " ORDER BY id DESC LIMIT 1",
        chat_id,
        person_id,
        DOUBT,
    )
    return Draft.model_validate(row) if row else None


async def change(
    tx: Transaction,
    draft_id: int,
    version: int,
    *,
    fields: Mapping[str, Any],
    waits_for: str | None,
    at: datetime,
) -> Draft | None:
    """Set what was said and what is waited for, if the draft still has this version and is open."""
    row = await tx.fetch_one(
        "UPDATE drafts SET fields = $3, waits_for = $4, updated_at = $5, version = version + 1"
        " WHERE id = $1 AND version = $2 AND ended_at IS NULL RETURNING *",
        draft_id,
        version,
        json.dumps(fields, ensure_ascii=False),
        waits_for,
        at,
    )
    return Draft.model_validate(row) if row else None


async def held(tx: Transaction, draft_id: int) -> Draft:
    """Return a draft that nobody changes until the transaction is over."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT id FROM drafts WHERE id = $1 FOR UPDATE", draft_id)
    return Draft.model_validate(await tx.fetch_one("SELECT * FROM drafts WHERE id = $1", draft_id))


async def enclose(tx: Transaction, draft_id: int, fields: Mapping[str, Any], at: datetime) -> None:
    """Set what was said of a draft, finished or not, under the same version: its card's buttons go on."""
    await tx.execute(
        "UPDATE drafts SET fields = $2, updated_at = $3 WHERE id = $1",
        draft_id,
        json.dumps(fields, ensure_ascii=False),
        at,
    )


async def end(tx: Transaction, draft_id: int, version: int, at: datetime) -> Draft | None:
    """Finish a dialog and return it; None when it has moved on or is finished already."""
    row = await tx.fetch_one(
        "UPDATE drafts SET ended_at = $3, waits_for = NULL, updated_at = $3, version = version + 1"
        " WHERE id = $1 AND version = $2 AND ended_at IS NULL RETURNING *",
        draft_id,
        version,
        at,
    )
    return Draft.model_validate(row) if row else None


async def became(tx: Transaction, draft_id: int, task_id: int) -> None:
    """Note which task a draft was assigned as."""
    await tx.execute_many("UPDATE drafts SET task_id = $2 WHERE id = $1", [(draft_id, task_id)])


async def reopen(tx: Transaction, draft_id: int, at: datetime) -> Draft | None:
    """Go on with a dialog that had ended, as it stood then."""
    row = await tx.fetch_one(
        "UPDATE drafts SET ended_at = NULL, task_id = NULL, updated_at = $2, version = version + 1"
        " WHERE id = $1 AND ended_at IS NOT NULL RETURNING *",
        draft_id,
        at,
    )
    return Draft.model_validate(row) if row else None
