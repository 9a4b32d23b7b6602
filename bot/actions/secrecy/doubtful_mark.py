"""Whether a message carries a mark of secrecy is asked of whoever wrote it: what they say, once, and no word of it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.actions.chat_places import Place
from bot.actions.office import Office
from bot.actions.secrecy.refused_mark import REFUSED
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.secrecy import MAT
from storage.assigning import drafts
from storage.engine.database import Reader, Transaction
from storage.history import audit
from storage.messaging import inbox
from storage.records import Draft, UpdateKey

CLEARED = "secrecy.cleared"


class Doubt(BaseModel):
    """Which message is asked about; `answers` is what is kept of the bot's own that it replies to.

    It was `asked_by` one update, and `cleared_by` is the one by which its sender said that it carries no mark.
    """

    model_config = ConfigDict(frozen=True)

    message_id: int
    is_edit: bool = False
    answers: dict[str, Any] | None = None
    asked_by: int | None = None
    cleared_by: int | None = None


async def ask(
    office: Office, who: Standpoint, place: Place, doubt: Doubt, now: datetime, update: UpdateKey
) -> Draft:
    """Note what is asked; the same update handled again asks the same question."""
    async with office.db.transaction() as tx:
        if not await inbox.mark_applied(tx, update, now):
            return await _asked_before(tx, who, place, update)
        return await drafts.lay_aside(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            kind=drafts.DOUBT,
            fields=doubt.model_dump() | {"asked_by": update.update_id},
            at=now,
        )


async def _asked_before(tx: Transaction, who: Standpoint, place: Place, update: UpdateKey) -> Draft:
    at = await inbox.applied_at(tx, update)
    known = await drafts.doubted(tx, who.person_id, place.chat_id, at) if at else []
    for draft in known:
        if draft.fields.get("asked_by") == update.update_id:
            return draft
    raise Refusal(No.ALREADY_DONE)


async def check_own(office: Office, who: Standpoint, draft_id: int) -> None:
    """Refuse NOT_YOURS where somebody else was asked, STALE where nobody was, ALREADY_DONE where it is answered."""
    if (await _own(office.db, who, draft_id)).ended_at is not None:
        raise Refusal(No.ALREADY_DONE)


async def confirm(
    office: Office, who: Standpoint, draft_id: int, now: datetime, update: UpdateKey
) -> None:
    """Take the sender's word that the message carries a mark, once an update; refuses as `check_own`."""
    async with office.db.transaction() as tx:
        if not await inbox.mark_applied(tx, update, now):
            return
        await _end(tx, await _own(tx, who, draft_id), now)
        await audit.append(tx, now, REFUSED, actor_id=who.person_id, facts={"rule": MAT})


async def clear(
    office: Office,
    who: Standpoint,
    draft_id: int,
    message_id: int,
    now: datetime,
    update: UpdateKey,
) -> Doubt:
    """Take the sender's word that the message carries no mark, and return what it is to be handled with.

    The same update may clear it again, after a restart: until then nothing may have come of it. Refuses as
    `check_own`, and STALE for another message.
    """
    async with office.db.transaction() as tx:
        draft = await _own(tx, who, draft_id)
        doubt = Doubt.model_validate(draft.fields) if draft.fields else None
        if doubt is None or doubt.message_id != message_id:
            raise Refusal(No.STALE)
        if doubt.cleared_by == update.update_id:
            return doubt
        await _end(tx, draft, now)
        cleared = doubt.model_copy(update={"cleared_by": update.update_id})
        await drafts.enclose(tx, draft.id, cleared.model_dump(), now)
        await audit.append(tx, now, CLEARED, actor_id=who.person_id)
        return cleared


async def _own(db: Reader, who: Standpoint, draft_id: int) -> Draft:
    draft = await drafts.get(db, draft_id)
    if draft is None or draft.kind != drafts.DOUBT:
        raise Refusal(No.STALE)
    if draft.person_id != who.person_id:
        raise Refusal(No.NOT_YOURS)
    return draft


async def _end(tx: Transaction, draft: Draft, now: datetime) -> None:
    if await drafts.end(tx, draft.id, draft.version, now) is None:
        raise Refusal(No.ALREADY_DONE)
