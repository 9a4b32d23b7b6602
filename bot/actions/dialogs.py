"""Dialogs: a question asked now, answered by the person's next message, kept over a restart."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.actions import moves
from bot.actions.chat_places import Place
from bot.actions.office import Office, step
from bot.language.names import people
from bot.language.orders.cancel_words import (
    decline,
    is_given_name,
    may_be_name,
    take_back,
    take_order_back,
)
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.assigning import drafts
from storage.messaging import inbox
from storage.records import Draft, UpdateKey

PATIENCE = timedelta(hours=12)


def is_given_up(words: str) -> bool:
    """Tell whether a message gives up what is being written: "thôi", "không giao nữa"."""
    return take_back(words)


def is_order_dropped(words: str) -> bool:
    """Tell whether a message says that a task is not to be assigned: "không giao nữa"."""
    return take_order_back(words)


async def is_name(office: Office, who: Standpoint, words: str) -> bool:
    """Tell whether words that could cancel a question are the name it asks for: "Huy" is a name too."""
    if not may_be_name(words):
        return False
    found = people.read_people(words, await office.roster(), who.person_id)
    return bool(found.people or found.unsure) or is_given_name(words)


def is_declined(words: str) -> bool:
    """Tell whether a message declines to answer a question; here "không" counts too."""
    return decline(words)


async def ask(
    office: Office,
    who: Standpoint,
    place: Place,
    task_id: int,
    version: int,
    move: Move,
    now: datetime,
    update: UpdateKey | None,
    known: Mapping[str, Any] | None = None,
    answers: Draft | None = None,
) -> Draft:
    """Begin to wait for the words of a move; refuses as the move would."""
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, version, move, now)
        if move is Move.SUBMIT:
            known = {**(known or {}), "evidence": change.before.evidence}
        return await drafts.start(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            topic_id=place.topic_id,
            kind=move,
            task_id=task_id,
            waits_for="words",
            fields=known or {},
            at=now,
        )


async def begin(
    office: Office,
    who: Standpoint,
    place: Place,
    kind: str,
    fields: Mapping[str, Any],
    now: datetime,
    update: UpdateKey | None,
    waits_for: str | None = "words",
) -> Draft:
    """Begin a dialog about no task. The next message may answer it; with `waits_for` None only a button can."""
    async with step(office, update, now) as tx:
        return await drafts.start(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            topic_id=place.topic_id,
            kind=kind,
            task_id=None,
            waits_for=waits_for,
            fields=fields,
            at=now,
        )


async def waiting(office: Office, who: Standpoint, place: Place, now: datetime) -> Draft | None:
    """Return the dialog that the person's next message in this chat and topic answers, if any.

    A question left unanswered for half a day is forgotten: a later message is something new.
    """
    since = now - PATIENCE
    return await drafts.waiting(office.db, who.person_id, place.chat_id, place.topic_id, since)


async def shown(office: Office, draft: Draft, card_id: int) -> None:
    """Note which message shows a draft, so that it can be edited in place."""
    async with office.db.transaction() as tx:
        await drafts.shown(tx, draft.id, card_id)


async def shown_at(office: Office, who: Standpoint, place: Place, message_id: int) -> Draft | None:
    """Return one's own open dialog that a message of this chat shows, if it shows one."""
    return await drafts.at_card(office.db, who.person_id, place.chat_id, message_id)


async def latest(office: Office, who: Standpoint, place: Place) -> Draft | None:
    """Return the person's newest dialog in this chat, finished or not."""
    return await drafts.latest(office.db, who.person_id, place.chat_id)


async def own(office: Office, who: Standpoint, draft_id: int) -> Draft | None:
    """Return one's own dialog, finished or not."""
    draft = await drafts.get(office.db, draft_id)
    return draft if draft is not None and draft.person_id == who.person_id else None


async def was_applied(office: Office, update: UpdateKey) -> bool:
    """Tell whether an update has taken effect already, before a restart."""
    return await inbox.applied_at(office.db, update) is not None


async def touched_by(
    office: Office, who: Standpoint, place: Place, update: UpdateKey
) -> Draft | None:
    """Return the dialog that an update began, changed or ended before a restart, if it did."""
    at = await inbox.applied_at(office.db, update)
    return None if at is None else await drafts.touched(office.db, who.person_id, place.chat_id, at)


async def current(office: Office, who: Standpoint, draft_id: int, version: int) -> Draft:
    """Return one's own dialog as a button showed it; refuses STALE if it has moved on or ended."""
    draft = await own(office, who, draft_id)
    if draft is None:
        raise Refusal(No.NOT_FOUND)
    if draft.version != version or draft.ended_at is not None:
        raise Refusal(No.STALE)
    return draft


async def keep(
    office: Office,
    draft: Draft,
    fields: Mapping[str, Any],
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Keep what a dialog knows so far and wait for the rest; refuses STALE if it has moved on."""
    async with step(office, update, now) as tx:
        changed = await drafts.change(
            tx, draft.id, draft.version, fields=fields, waits_for="words", at=now
        )
        if changed is None:
            raise Refusal(No.STALE)
        return changed


async def stop(office: Office, draft: Draft, now: datetime, update: UpdateKey | None) -> None:
    """Give a dialog up; refuses STALE if it has moved on or ended."""
    async with step(office, update, now) as tx:
        if await drafts.end(tx, draft.id, draft.version, now) is None:
            raise Refusal(No.STALE)
