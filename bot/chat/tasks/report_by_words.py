"""A report on a numbered task in plain words: it makes the move it speaks of, with the files that came with it.

"việc 1 được 40%" -> the move     "đã xong việc 1" -> the result is handed in, or what it lacks is asked for
"được 40%" -> of which task? (choose_task.py) -> press -> the move
other words with a file that name a task -> a note on it
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions import dialogs, find
from bot.actions.files import attach_files
from bot.actions.files.file_store import Paper
from bot.actions.office import Office
from bot.actions.reporting import answer_question
from bot.actions.tasks import answer, evidence, extend, note
from bot.chat.assigning import assign, forwarded
from bot.chat.files import papers
from bot.chat.tasks import asking, choose_task, extension, submission, task, task_replies
from bot.chat.turn import Turn
from bot.language.readings import Action, Kind, Part, Reading
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.records import Draft, Task, UpdateKey

DONE = "Đã ghi nhận."


@dataclass(frozen=True)
class Told:
    """The words of a report and its files; `answers` is the dialog that kept the report until its task was known."""

    text: str
    sent: Sequence[Paper] = ()
    answers: Draft | None = None


Report = Callable[[Turn, int, Told], Awaitable[Task | None]]


async def _receive(turn: Turn, number: int, told: Told) -> Task:
    view = await find.task(turn.office, turn.who, number)
    what = (turn.office, turn.who, number, view.version, turn.now, turn.key)
    return await answer.receive(*what, told.answers)


async def _extend(turn: Turn, number: int, told: Told) -> Task | None:
    """Request the deadline that the words name; where it is in doubt, offer dates instead and return None."""
    found = extend.read(turn.office, told.text, turn.now)
    if found.is_doubtful:
        view = await find.task(turn.office, turn.who, number)
        known = extension.doubtful(told.text, found)
        what = (view.id, view.version, Move.REQUEST_EXTENSION, known)
        await asking.begin(turn, *what, told.answers)
        return None
    return await extend.request(*_of(turn, number, told))


async def _block(turn: Turn, number: int, told: Told) -> Task:
    return await answer.block(*_of(turn, number, told))


async def _progress(turn: Turn, number: int, told: Told) -> Task:
    return await answer.progress(*_of(turn, number, told))


def _of(
    turn: Turn, number: int, told: Told
) -> tuple[Office, Standpoint, int, str, datetime, UpdateKey, Draft | None]:
    return turn.office, turn.who, number, told.text, turn.now, turn.key, told.answers


_REPORTS: dict[Action, tuple[Move, Report]] = {
    Action.RECEIVED: (Move.RECEIVE, _receive),
    Action.PROGRESS: (Move.PROGRESS, _progress),
    Action.BLOCKER: (Move.BLOCK, _block),
    Action.EXTENSION: (Move.REQUEST_EXTENSION, _extend),
}


async def take(turn: Turn, reading: Reading) -> None:
    """Make the move that a report speaks of; a report that names no task is kept until a press names it."""
    request = reading.request
    if request is None or request.task is None:
        await choose_task.ask(turn)
    else:
        told = Told(turn.text, await forwarded.enclosed(turn))
        await _take(turn, request.action, request.task, told)


async def chosen(turn: Turn) -> None:
    """Go on with a report that named no task, now that its task was pressed; it takes effect once."""
    number = choose_task.number(turn)
    if await dialogs.was_applied(turn.office, turn.key):
        await _again(turn, number)
        return
    draft = await choose_task.current(turn)
    await find.task(turn.office, turn.who, number)
    kept = choose_task.Kept.model_validate(draft.fields)
    request = (await assign.read(turn, kept.text)).request
    if request is None:
        raise Refusal(No.STALE)
    told = Told(kept.text, await papers.with_held(turn, kept.papers), draft)
    await _take(turn, request.action, number, told)


async def _again(turn: Turn, number: int) -> None:
    """Answer a press that took effect before a restart.

    Refuses ALREADY_DONE where the press began a question; the answer to that refusal asks it again.
    """
    last = await dialogs.touched_by(turn.office, turn.who, turn.place, turn.key)
    if last is None or last.kind != choose_task.KIND:
        raise Refusal(No.ALREADY_DONE)
    await turn.show(await task.card_for(turn, number, DONE))


async def _take(turn: Turn, action: Action, number: int, told: Told) -> None:
    """Make the move that a report on a task speaks of; "đã xong" goes on to the result."""
    if action not in _REPORTS:
        await _hand_in(turn, number, told)
        return
    move, make = _REPORTS[action]
    await _keep(turn, number, told.sent, move)
    done = await make(turn, number, told)
    if done is not None:
        await turn.show(await task.card_for(turn, done.id, DONE), DONE.rstrip("."))


async def took_file(turn: Turn, reading: Reading) -> bool:
    """Keep a file with the task that its words name; False where they name none, or are an order or a question.

    "Kết quả việc 5" hands the file in; any other words become a note on the task.
    """
    if not any(map(papers.file_of, (turn.message, forwarded.quoted(turn)))):
        return False
    asked = await answer_question.read(turn.office, turn.who, turn.text, turn.now)
    number = asked.inquiry.task
    if number is None or asked.asks or orders(reading):
        return False
    view = await find.task(turn.office, turn.who, number)
    if answer.hands_in(turn.text) and note.may(view, turn.who, Move.SUBMIT):
        await _hand_in(turn, number, Told(turn.text, await forwarded.enclosed(turn)))
    else:
        await task_replies.replied(turn, number)
    return True


def orders(reading: Reading) -> bool:
    """Tell whether words say who is to do something, or by when: then they do not describe a file."""
    dated = bool(reading.deadline or reading.recurrence)
    named = any(person.part is Part.LEAD for person in reading.people)
    return reading.kind is Kind.ASSIGNMENT and (dated or named)


async def _hand_in(turn: Turn, number: int, told: Told) -> None:
    """Hand in a file, or words that name a paper, "đã trình 90-BC/VPTU"; otherwise ask for the result."""
    known = {}
    if told.sent or evidence.names_paper(turn.office, told.text, turn.now):
        await _keep(turn, number, told.sent[1:], Move.SUBMIT)
        paper = told.sent[0] if told.sent else None
        what = (turn.office, turn.who, number, told.text, paper, turn.now, turn.key)
        try:
            await answer.submit(*what, told.answers)
        except Refusal as refusal:
            if refusal.kind is not No.NO_EVIDENCE:
                raise
            known = {"said": told.text, "missing": refusal.facts["missing"]}
        else:
            card = await task.card_for(turn, number, submission.DONE)
            await turn.show(card, submission.DONE.rstrip("."))
            return
    await _keep(turn, number, told.sent[:1], Move.SUBMIT)
    view = await find.task(turn.office, turn.who, number)
    await asking.begin(turn, view.id, view.version, Move.SUBMIT, known, told.answers)


async def _keep(turn: Turn, number: int, sent: Sequence[Paper], move: Move) -> None:
    """Keep files with a task before the move that they came with."""
    for paper in sent:
        await attach_files.attach(turn.office, turn.who, number, paper, turn.now, move)
