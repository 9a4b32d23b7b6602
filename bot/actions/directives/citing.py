"""Decides which document (directive) a task belongs to. Citing a document in a sentence opens it to nobody.

Every new task asks `document_of`, within its transaction. Whoever sees a task of a document also sees the
document, so this is the only place where a document is opened to somebody.
"""

from dataclasses import replace

from bot.actions.assigning.draft import Fields
from bot.actions.directives import directives
from bot.actions.organisation import on_behalf
from bot.language.citations.symbols import key
from bot.language.readings import Reading
from bot.refusals import Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.directives import directives as stored
from storage.engine.database import Reader
from storage.records import Document


async def cited(db: Reader, who: Standpoint, reading: Reading) -> int | None:
    """Return the id of the document that a reading cites; None if it cites none that its author may see.

    Where several documents have the symbol, the author's own come first, then the newest.
    """
    days = {key(one.symbol): one.issued_on for one in reading.documents}
    for one in await directives.known_by(db, who, [one.symbol for one in reading.documents]):
        if one.issued_on in (None, days[one.folded] or one.issued_on):
            return one.id
    return None


async def document_of(
    db: Reader, author: Standpoint, giver: Standpoint, fields: Fields
) -> Document | None:
    """Return the document that the task of a draft will belong to, as of now; None if it belongs to none.

    `author` wrote the draft, `giver` assigns the task. The right to correct the document counts for each of them in
    person: what a deputy may do only for somebody else is done with that person as `giver`.
    """
    found = await stored.get(db, fields.document_id) if fields.document_id else None
    if found is None:
        return None
    if fields.for_group_id is not None:
        giver = replace(giver, groups=giver.groups | {fields.for_group_id})
    allowed = rights.may_assign_from(
        author,
        giver,
        found,
        author_sees=await directives.may_see(db, author, found),
        giver_sees=await directives.may_see(db, giver, found),
        is_own=fields.answers_id == giver.person_id,
    )
    return found if allowed else None


async def symbol_of(db: Reader, author: Standpoint, fields: Fields) -> str | None:
    """Return the symbol of the document that a draft's task would belong to; None without one."""
    if fields.document_id is None:
        return None
    try:
        giver = await on_behalf.assigner(db, author, fields.for_person_id, fields.for_group_id)
    except Refusal:
        return None
    for one in giver.each:
        if found := await document_of(db, author, one, fields):
            return found.symbol
    return None
