"""Dialogs about people and units, not about a task, by the kind of their draft."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.chat.mergers import mergers
from bot.chat.messages import Message
from bot.chat.organisation import absence_draft, hand_over_all, posts, unit_editing
from bot.chat.turn import Turn
from storage.records import Draft


@dataclass(frozen=True)
class Errand:
    """One such dialog: `prompt` words its present question, `answered` handles the words that answer it."""

    prompt: Callable[[Turn, Draft], Awaitable[Message]]
    answered: Callable[[Turn, Draft], Awaitable[None]]


ERRANDS = {
    absence_draft.KIND: Errand(absence_draft.prompt, absence_draft.answered),
    hand_over_all.KIND: Errand(hand_over_all.prompt, hand_over_all.answered),
    mergers.KIND: Errand(mergers.prompt, mergers.answered),
    posts.KIND: Errand(posts.prompt, posts.answered),
    unit_editing.KIND: Errand(unit_editing.prompt, unit_editing.answered),
}
