"""Files for a draft: in reply to its card, or sent at once with the message it was read from."""

from bot.actions import dialogs
from bot.actions.assigning import forwarded_draft
from bot.actions.assigning.draft import KIND
from bot.actions.files import albums, attach_files
from bot.actions.tasks import note
from bot.chat.assigning import drafts, forwarded
from bot.chat.buttons import parse
from bot.chat.files import papers
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import Draft


async def received(turn: Turn, asked: Draft | None = None) -> bool:
    """Take a file that came with no words of its own, or with those of a message passed on.

    It goes where the one sent together with it went, to the draft whose card it replies to, or waits
    for what is said of it. Words that answer what was `asked` of the same task are left to that.
    False for any other message. Refuses NOT_YOURS for somebody else's draft.
    """
    if papers.attached(turn) is None:
        return False
    return await _joined(turn, asked) or await _replied(turn)


async def _joined(turn: Turn, asked: Draft | None) -> bool:
    album = papers.album(turn)
    if album is None:
        return False
    known = await albums.drafts_of(turn.office, turn.who, album)
    if known:
        await _enclose(turn, known)
        return True
    task_id = await attach_files.task_of_album(turn.office, turn.who.person_id, album)
    if asked is not None and asked.task_id == task_id and turn.text.strip():
        return False
    paper = await papers.received(turn) if task_id is not None else None
    if task_id is None or paper is None:
        return False
    await note.write(turn.office, turn.who, task_id, turn.text, (paper,), turn.now, turn.key)
    return True


async def _replied(turn: Turn) -> bool:
    draft = None if turn.text.strip() else await of_card(turn)
    if draft is None or draft.kind != KIND or (draft.ended_at is not None and not draft.task_id):
        return False
    await _enclose(turn, [draft])
    if papers.album(turn) is None:
        await turn.say("Đã nhận tệp vào việc đang soạn.")
    return True


async def of_card(turn: Turn) -> Draft | None:
    """Return the draft whose card the message replies to, if it is one; refuses NOT_YOURS."""
    original = turn.replied
    if original is None or not turn.is_ours(original) or original.reply_markup is None:
        return None
    for one in (one for line in original.reply_markup.inline_keyboard for one in line):
        press = parse(str(one.callback_data))
        if press and press.kind.startswith("draft."):
            return await own(turn, press.id)
    return None


async def own(turn: Turn, draft_id: int) -> Draft:
    """Return one's own draft, finished or not; refuses NOT_YOURS."""
    draft = await dialogs.own(turn.office, turn.who, draft_id)
    if draft is None:
        raise Refusal(No.NOT_YOURS)
    return draft


async def _enclose(turn: Turn, known: list[Draft]) -> None:
    paper = await papers.received(turn)
    if paper is None:
        return
    named = [one for one in known if turn.text.strip() and forwarded.is_named_by_file(one)]
    for one in named:
        await forwarded_draft.again(turn.office, turn.who, one, turn.text, turn.now)
    sent = (turn.text, paper)
    await albums.enclose(turn.office, turn.who, known, *sent, turn.now, turn.key)
    for one in named:
        await drafts.show_again(turn, await own(turn, one.id))
