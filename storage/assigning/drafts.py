"""Dialogs that are not finished: what was said so far and what the next message answers."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.engine.database import Reader, Transaction
from storage.records import Draft

DOUBT = "doubt"
"""The kind of a draft that asks whether a message carries a mark of secrecy. It is not a dialog that goes on."""

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
    """Begin a dialog. An earlier dialog of the person in this chat and topic stops waiting for a message."""
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
    """Keep a draft for later, without waiting for a message. The dialog that the person is in goes on."""
    said = json.dumps(fields, ensure_ascii=False)
    row = await tx.fetch_one(
        _START, person_id, chat_id, None, kind, None, None, said, at, message_id
    )
    return Draft.model_validate(row)


async def get(db: Reader, draft_id: int) -> Draft | None:
    row = await db.fetch_one("SELECT * FROM drafts WHERE id = $1", draft_id)
    return Draft.model_validate(row) if row else None


async def naming_units(db: Reader) -> list[Draft]:
    """Return the unfinished drafts of tasks that name a unit or an outside body."""
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
    """Return the open dialog of a person that a message shows, if any."""
    row = await db.fetch_one(
        "SELECT * FROM drafts WHERE chat_id = $1 AND card_id = $2 AND person_id = $3"
        " AND ended_at IS NULL ORDER BY id DESC LIMIT 1",
        chat_id,
        message_id,
        person_id,
    )
    return Draft.model_validate(row) if row else None


async def shown(tx: Transaction, draft_id: int, card_id: int) -> None:
    """Record which message shows a draft."""
    await tx.execute("UPDATE drafts SET card_id = $2 WHERE id = $1", draft_id, card_id)


async def waiting(
    db: Reader, person_id: int, chat_id: int, topic_id: int | None, since: datetime
) -> Draft | None:
    """Return the dialog that the person's next message in this chat and topic belongs to, if any.

    A dialog that was last changed before `since` no longer waits.
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
    """Return the questions whether a message carries a mark that a person was asked in a chat at a moment."""
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
    """Set what was said and what is waited for; None if the draft has another version or has ended."""
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
    """Return a draft and lock it until the transaction ends."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT id FROM drafts WHERE id = $1 FOR UPDATE", draft_id)
    return Draft.model_validate(await tx.fetch_one("SELECT * FROM drafts WHERE id = $1", draft_id))


async def enclose(tx: Transaction, draft_id: int, fields: Mapping[str, Any], at: datetime) -> None:
    """Set what was said in a draft, finished or not, and keep its version, so that its card's buttons still work."""
    await tx.execute(
        "UPDATE drafts SET fields = $2, updated_at = $3 WHERE id = $1",
        draft_id,
        json.dumps(fields, ensure_ascii=False),
        at,
    )


async def end(tx: Transaction, draft_id: int, version: int, at: datetime) -> Draft | None:
    """Finish a dialog and return it; None if its version has changed or it is finished already."""
    row = await tx.fetch_one(
        "UPDATE drafts SET ended_at = $3, waits_for = NULL, updated_at = $3, version = version + 1"
        " WHERE id = $1 AND version = $2 AND ended_at IS NULL RETURNING *",
        draft_id,
        version,
        at,
    )
    return Draft.model_validate(row) if row else None


async def became(tx: Transaction, draft_id: int, task_id: int) -> None:
    """Record which task a draft was assigned as."""
    await tx.execute_many("UPDATE drafts SET task_id = $2 WHERE id = $1", [(draft_id, task_id)])


async def reopen(tx: Transaction, draft_id: int, at: datetime) -> Draft | None:
    """Reopen a dialog that had ended, as it stood then."""
    row = await tx.fetch_one(
        "UPDATE drafts SET ended_at = NULL, task_id = NULL, updated_at = $2, version = version + 1"
        " WHERE id = $1 AND ended_at IS NOT NULL RETURNING *",
        draft_id,
        at,
    )
    return Draft.model_validate(row) if row else None
