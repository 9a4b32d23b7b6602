"""The answer to a refusal, or to an update that took effect already: a sentence, or the card as it is now."""

from contextlib import suppress

from bot.actions import dialogs, find
from bot.actions.assigning.draft import KIND
from bot.actions.directives.directives import EDITING
from bot.actions.directives.directives import document as known_document
from bot.actions.directives.entry import KIND as ENTRY
from bot.actions.series import dialog
from bot.chat.assigning import assign, drafts
from bot.chat.directives import directive_page, directives, entry, entry_card
from bot.chat.files import papers
from bot.chat.messages import Message
from bot.chat.organisation import absence_draft
from bot.chat.sentences import sentence
from bot.chat.series import asking, series
from bot.chat.tasks import choose_task, task
from bot.chat.tasks.asking import prompt
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import Draft

__all__ = ["refused", "repeated", "sentence"]

_NEWER = "Thẻ này đã cũ, đây là thẻ mới nhất."
_OUTDATED = {
    No.STALE,
    No.ALREADY_DONE,
    No.WRONG_STATE,
    No.ACTED_SINCE,
    No.UNDO_LATE,
    No.GRADED_LATE,
    No.ITEMS_WRONG,
}


async def refused(turn: Turn, refusal: Refusal) -> None:
    """Answer a refusal: a press on an old card gets the present card, a message gets a sentence."""
    refusal = await _as_if_hidden(turn, refusal)
    said = sentence(refusal)
    if turn.update.callback_query is None:
        await turn.say(said)
        return
    asked = await _asked_before(turn) if refusal.kind is No.ALREADY_DONE else None
    if asked is not None:
        await turn.toast()
        await turn.say(await _of_draft(turn, asked))
        return
    current = None
    if turn.press and refusal.kind in _OUTDATED:
        with suppress(Refusal):  # a forged button: the person may not see its task
            current = await _current(turn)
    if current is None:
        await turn.toast(said, alert=True)
    else:
        await turn.show(current, _NEWER if refusal.kind is No.STALE else said)


async def _as_if_hidden(turn: Turn, refusal: Refusal) -> Refusal:
    """Return the refusal; for a task that the person may not see, the refusal for a task that does not exist."""
    number = refusal.facts.get("number") if refusal.kind is No.NOT_ALLOWED else None
    if isinstance(number, int):
        try:
            await find.task(turn.office, turn.who, number)
        except Refusal as hidden:
            return hidden
    return refusal


async def repeated(turn: Turn) -> bool:
    """Tell whether this message took effect before a restart; if so, show its result."""
    if not await dialogs.was_applied(turn.office, turn.key):
        return False
    if papers.album(turn) and not turn.text.strip():
        turn.file.settled = True  # the outbox gives files sent together their one answer
        return True
    draft = await dialogs.touched_by(turn.office, turn.who, turn.place, turn.key)
    if draft is None:
        await turn.say(sentence(Refusal(No.ALREADY_DONE)))
    elif draft.kind == KIND and draft.ended_at is None:
        await drafts.say(turn, draft)
    else:
        await turn.say(await _of_draft(turn, draft))
    await papers.received(turn)  # a file kept before is recognised by its bytes
    return True


async def _asked_before(turn: Turn) -> Draft | None:
    """Return the question that this press asked before a restart, if it still waits for an answer."""
    draft = await dialogs.touched_by(turn.office, turn.who, turn.place, turn.key)
    asks = draft is not None and draft.kind != KIND and draft.waits_for is not None
    return draft if asks else None


async def _current(turn: Turn) -> Message | None:
    """Return the present card in place of the outdated one that was pressed; None when there is none."""
    press = turn.pressed
    if press.kind.startswith("task."):
        again = await _draft_again(turn)
        return await drafts.card(turn, again) if again else await task.card_for(turn, press.id)
    if press.kind.startswith("series."):
        return await series.card_for(turn, press.id)
    if turn.card is not None:
        shown = await find.shown_at(turn.office, turn.card)
        if shown is not None:
            return await task.card_for(turn, shown)
    if press.kind.startswith(("draft.", "ask.", "entry.", "doc.stop")):
        draft = await dialogs.own(turn.office, turn.who, press.id)
        if draft and draft.kind == absence_draft.KIND and draft.ended_at:
            return await absence_draft.outcome(turn, draft)
        over = draft is None or (draft.task_id is None and draft.kind != KIND and draft.ended_at)
        return await _of_draft(turn, draft) if draft and not over else None
    return None


async def _draft_again(turn: Turn) -> Draft | None:
    """Return the draft on the pressed message: undoing an assignment puts the draft in place of the task's card."""
    if turn.card is None:
        return None
    shown = await dialogs.shown_at(turn.office, turn.who, turn.place, turn.card.message_id)
    return shown if shown and shown.kind == KIND else None


async def _of_draft(turn: Turn, draft: Draft) -> Message:
    if draft.kind in {ENTRY, EDITING}:
        return await _of_document(turn, draft)
    if draft.kind == dialog.KIND:
        return await asking.of_draft(turn, draft)
    if draft.kind != KIND:
        waiting = draft.ended_at is None and draft.waits_for is not None
        if waiting:
            return await prompt(turn, draft)
        return await _of_no_question(turn, draft)
    return await drafts.card(turn, draft) if draft.ended_at is None else assign.dropped(draft)


async def _of_no_question(turn: Turn, draft: Draft) -> Message:
    """Return the message for a dialog that has ended or waits for no words: its list or its task."""
    if draft.kind == choose_task.KIND and draft.ended_at is None:
        return await choose_task.listed(turn, draft)
    if draft.task_id is None:
        return Message(sentence(Refusal(No.ALREADY_DONE)))
    return await task.card_for(turn, draft.task_id)


async def _of_document(turn: Turn, draft: Draft) -> Message:
    """Return an entry or an open question about a document as it is now; once that has ended, its outcome or the document."""
    if draft.kind == ENTRY:
        if draft.ended_at is None:
            return await entry_card.card(turn, draft)
        return await entry.over(turn, draft)
    number = int(draft.fields["document"])
    if draft.ended_at is None:
        return directives.question(await known_document(turn.office, turn.who, number), draft)
    return await directive_page.page(turn, number)
