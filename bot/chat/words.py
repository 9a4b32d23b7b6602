"""Plain words without a command: tasks to assign, a report on a task, a question, an absence.

absence -> its preview     document -> entry     assignment -> a draft card for each task
report -> the move it tells of     question -> its rows
an order or a question -> a press says which
"""

from collections.abc import Awaitable, Callable

from bot.actions import absence, answer, evidence, extend, find, inquire
from bot.chat import (
    absence_draft,
    asking,
    assign,
    entry,
    extension,
    guide,
    inquiry,
    lists,
    notes,
    papers,
    quoting,
    submission,
    task,
    unclear,
)
from bot.chat.turn import Turn
from bot.language.readings import Action, Kind, Reading
from bot.refusals import No, Refusal
from bot.rules.lifecycle import Move
from storage.records import Draft, Task

_ABOUT_ONE = {Move.PROGRESS, Move.SUBMIT}
"""What is asked for is itself a report on the task, so that one on another task is no answer."""
_UNREAD = {No.NO_DEADLINE_READ, No.NO_PERSON_READ, No.NO_PRODUCT_READ}

Report = Callable[[Turn, int], Awaitable[Task | None]]


async def read(turn: Turn) -> None:
    """Take a message for what it most likely is; who sends only a file reads how to hand it in."""
    if papers.attached(turn) and await asking.added(turn):
        return
    if await papers.hold(turn):
        return
    if turn.gives_up and await assign.gave_up(turn):
        return
    if not turn.text.strip():
        await turn.say(notes.HAND_IN if papers.attached(turn) else guide.NO_WORDS)
        return
    if quoting.quoted(turn) is None and (
        await _absence(turn) or await entry.sentence(turn, turn.text)
    ):
        return
    if quoting.quoted(turn) is None and await inquiry.followed(turn):
        return
    readings = await assign.read_all(turn, turn.text)
    first = readings[0]
    about = quoting.quoted(turn) is not None
    if unclear.is_doubtful(first) and not about:
        await unclear.ask(turn)
    elif first.kind is Kind.ASSIGNMENT:
        await assign.begin(turn, await assign.read_order(turn, turn.text) if about else readings)
    elif first.request and first.kind is Kind.REPORT:
        await _report(turn, first)
    elif first.request and first.kind is Kind.QUESTION:
        await inquiry.ask(turn, turn.text)
    else:
        await turn.say(notes.HAND_IN if papers.attached(turn) else guide.not_understood(turn))


async def answered(turn: Turn, draft: Draft) -> None:
    """A message answers what a draft asks, or else is what people say of tasks at any time."""
    if quoting.quoted(turn) is None and await _is_plain_question(turn):
        await inquiry.ask(turn, turn.text)
        return
    try:
        await assign.answered(turn, draft)
    except Refusal as refusal:
        if refusal.kind not in _UNREAD or not await _said_meanwhile(turn):
            raise


async def _is_plain_question(turn: Turn) -> bool:
    """Tell "việc nào tôi giao mà chưa xong?", which names nobody to lead, from an answer."""
    asked = await inquire.read(turn.office, turn.who, turn.text, turn.now)
    return asked.is_plain and (await assign.read(turn, turn.text)).kind is Kind.QUESTION


async def told(turn: Turn, draft: Draft) -> None:
    """A message says what was asked of a task, or reports on another one; the question then stays."""
    if draft.kind in _ABOUT_ONE and turn.replied is None and await _of_another(turn, draft.task_id):
        return
    await asking.answered(turn, draft)


async def _of_another(turn: Turn, asked: int | None) -> bool:
    """Take a report that begins with the number of another task for that task's."""
    number = answer.task_named_first(turn.text)
    if number is None or number == asked:
        return False
    reading = await assign.read(turn, turn.text)
    if reading.kind is Kind.REPORT and reading.request and reading.request.task == number:
        await _report(turn, reading)
        return True
    return False


async def _said_meanwhile(turn: Turn) -> bool:
    """Take words that are a report on a numbered task, or a question, for that."""
    if await inquiry.followed(turn):
        return True
    reading = await assign.read(turn, turn.text)
    request = reading.request
    if request and reading.kind is Kind.REPORT and request.task is not None:
        await _report(turn, reading)
        return True
    if request and reading.kind is Kind.QUESTION:
        await inquiry.ask(turn, turn.text)
        return True
    return False


async def _absence(turn: Turn) -> bool:
    """Take a message that says nothing but who is away, and when, for just that."""
    reading = await absence.read(turn.office, turn.who, turn.text, turn.now)
    if reading.is_whole:
        await absence_draft.begin(turn, reading)
    return reading.is_whole


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


_REPORTS: dict[Action, Report] = {
    Action.RECEIVED: _receive,
    Action.PROGRESS: _progress,
    Action.BLOCKER: _block,
    Action.EXTENSION: _extend,
}


async def _report(turn: Turn, reading: Reading) -> None:
    """Do what a report on a numbered task tells of; "đã xong" still owes the result itself."""
    request = reading.request
    if request is None or request.task is None:
        await lists.which(turn)
    elif request.action in _REPORTS:
        done = await _REPORTS[request.action](turn, request.task)
        if done is not None:
            await turn.say(await task.card_for(turn, done.id, "Đã ghi nhận."))
    else:
        await _hand_in(turn, request.task)


async def _hand_in(turn: Turn, number: int) -> None:
    """Hand in words that name the paper, "đã xong việc 1, đã trình 90-BC/VPTU"; else ask for the result."""
    known = {}
    if evidence.names_paper(turn.office, turn.text, turn.now):
        try:
            await answer.submit(
                *(turn.office, turn.who, number, turn.text, None, turn.now, turn.key)
            )
        except Refusal as refusal:
            if refusal.kind is not No.NO_EVIDENCE:
                raise
            known = {"said": turn.text, "missing": refusal.facts["missing"]}
        else:
            await turn.say(await task.card_for(turn, number, submission.DONE))
            return
    view = await find.task(turn.office, turn.who, number)
    await asking.begin(turn, view.id, view.version, Move.SUBMIT, known)
