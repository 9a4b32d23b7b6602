"""Presses that fill in what a draft lacks of the six (6 rõ), one after the other."""

from bot.actions import dialogs
from bot.actions.assigning import edit_draft
from bot.chat.assigning import drafts
from bot.chat.history import history_changes
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import Draft


async def choose_product(turn: Turn) -> None:
    """A product was pressed."""
    draft, value = await _current(turn), turn.pressed.value
    if not value.isdecimal() or int(value) >= len(history_changes.PRODUCTS):
        raise Refusal(No.STALE)
    product = history_changes.PRODUCTS[int(value)]
    changed = await edit_draft.choose_product(turn.office, draft, product, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def choose_decider(turn: Turn) -> None:
    """Who undoes the knot was pressed."""
    draft, value = await _current(turn), turn.pressed.value
    person_id = int(value) if value.isdecimal() else 0
    changed = await edit_draft.choose_decider(turn.office, draft, person_id, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def pass_over(turn: Turn) -> None:
    """What was asked is left open."""
    changed = await edit_draft.pass_over(turn.office, await _current(turn), turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def _current(turn: Turn) -> Draft:
    return await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
