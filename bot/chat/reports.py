"""A report on a numbered task in plain words: the move it tells of, with the files that came with it.

"việc 1 được 40%" -> the move     "đã xong việc 1" -> the result, or what it still needs is asked for
other words with a file that name a task -> a note on it
"""

from collections.abc import Awaitable, Callable, Sequence

from bot.actions import answer, evidence, extend, filing, find, inquire, note
from bot.actions.papers import Paper
from bot.chat import asking, discussion, extension, lists, papers, quoting, submission, task
from bot.chat.turn import Turn
from bot.language.readings import Action, Kind, Part, Reading
from bot.refusals import No, Refusal
from bot.rules.lifecycle import Move
from storage.records import Task

Report = Callable[[Turn, int], Awaitable[Task | None]]


async def _receive(turn: Turn, number: int) -> Task:
    view = await find.task(turn.office, turn.who, number)
    return await answer.receive(turn.office, turn.who, number, view.version, turn.now, turn.key)


async def _extend(turn: Turn, number: int) -> Task | None:
    """Ask for the deadline the words name; where it is in doubt, dates are offered instead."""
    found = extend.read(turn.office, turn.text, turn.now)
    if found.is_doubtful:
        view = await find.task(turn.office, turn.who, number)
        known = extension.doubtful(turn.text, found)
        await asking.begin(turn, view.id, view.version, Move.REQUEST_EXTENSION, known)
        return None
    return await extend.request(turn.office, turn.who, number, turn.text, turn.now, turn.key)


async def _block(turn: Turn, number: int) -> Task:
    return await answer.block(turn.office, turn.who, number, turn.text, turn.now, turn.key)


async def _progress(turn: Turn, number: int) -> Task:
    return await answer.progress(turn.office, turn.who, number, turn.text, turn.now, turn.key)


_REPORTS: dict[Action, tuple[Move, Report]] = {
    Action.RECEIVED: (Move.RECEIVE, _receive),
    Action.PROGRESS: (Move.PROGRESS, _progress),
    Action.BLOCKER: (Move.BLOCK, _block),
    Action.EXTENSION: (Move.REQUEST_EXTENSION, _extend),
}


async def take(turn: Turn, reading: Reading) -> None:
    """Do what a report on a numbered task tells of; "đã xong" still owes the result itself."""
    request = reading.request
    if request is None or request.task is None:
        await lists.which(turn)
    elif request.action in _REPORTS:
        move, make = _REPORTS[request.action]
        await _keep(turn, request.task, await quoting.enclosed(turn), move)
        done = await make(turn, request.task)
        if done is not None:
            await turn.say(await task.card_for(turn, done.id, "Đã ghi nhận."))
    else:
        await _hand_in(turn, request.task)


async def took_file(turn: Turn, reading: Reading) -> bool:
    """Keep a file whose words name a task, and are no order or question, with that task.

    "Kết quả việc 5" hands it in; all else is a note on the task.
    """
    if not any(map(papers.file_of, (turn.message, quoting.quoted(turn)))):
        return False
    asked = await inquire.read(turn.office, turn.who, turn.text, turn.now)
    number = asked.inquiry.task
    if number is None or asked.asks or orders(reading):
        return False
    view = await find.task(turn.office, turn.who, number)
    if answer.hands_in(turn.text) and note.may(view, turn.who, Move.SUBMIT):
        await _hand_in(turn, number)
    else:
        await discussion.replied(turn, number)
    return True


def orders(reading: Reading) -> bool:
    """Tell whether words say who is to do something, or by when, so that they describe no file."""
    dated = bool(reading.deadline or reading.recurrence)
    named = any(person.part is Part.LEAD for person in reading.people)
    return reading.kind is Kind.ASSIGNMENT and (dated or named)


async def _hand_in(turn: Turn, number: int) -> None:
    """Hand in a file, or words that name the paper, "đã trình 90-BC/VPTU"; else ask for the result."""
    known = {}
    sent = await quoting.enclosed(turn)
    if sent or evidence.names_paper(turn.office, turn.text, turn.now):
        await _keep(turn, number, sent[1:], Move.SUBMIT)
        paper = sent[0] if sent else None
        what = (turn.office, turn.who, number, turn.text, paper, turn.now, turn.key)
        try:
            await answer.submit(*what)
        except Refusal as refusal:
            if refusal.kind is not No.NO_EVIDENCE:
                raise
            known = {"said": turn.text, "missing": refusal.facts["missing"]}
        else:
            await turn.say(await task.card_for(turn, number, submission.DONE))
            return
    await _keep(turn, number, sent[:1], Move.SUBMIT)
    view = await find.task(turn.office, turn.who, number)
    await asking.begin(turn, view.id, view.version, Move.SUBMIT, known)


async def _keep(turn: Turn, number: int, sent: Sequence[Paper], move: Move) -> None:
    """Keep files with a task before the move that they came with."""
    for paper in sent:
        await filing.attach(turn.office, turn.who, number, paper, turn.now, move)
