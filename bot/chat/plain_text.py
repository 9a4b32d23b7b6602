"""Plain words without a command: tasks to assign, a report on a task, a question, an absence.

absence -> its preview     document -> entry     assignment -> a draft card for each task
report -> the move that it reports     question -> the matching tasks
an order or a question -> a press says which
"""

from bot.actions.organisation import absence
from bot.actions.reporting import answer_question
from bot.actions.tasks import answer
from bot.chat import guide
from bot.chat.assigning import assign, forwarded, order_or_question
from bot.chat.directives import entry
from bot.chat.files import papers
from bot.chat.organisation import absence_draft
from bot.chat.reporting import inquiry
from bot.chat.sentences import sentence
from bot.chat.tasks import asking, report_by_words
from bot.chat.turn import Turn
from bot.language.readings import Action, Kind
from bot.refusals import No, Refusal
from bot.rules.tasks.lifecycle import Move
from storage.records import Draft

GIVEN_UP_BY = "Đổi ý thì gõ: thôi."
_ABOUT_ONE = {Move.PROGRESS, Move.SUBMIT}
"""Dialogs that ask for a report on a task: a report on another task is no answer to them."""
_UNREAD = {No.NO_DEADLINE_READ, No.NO_PERSON_READ, No.NO_PRODUCT_READ}
_NEWS = {Action.EXTENSION, Action.BLOCKER}
"""Reports that never describe a file of a result: words with such a report are taken for something else."""


async def read(turn: Turn) -> None:
    """Handle a message as what it most likely is."""
    if papers.attached(turn) and await _follows_result(turn):
        return
    if await papers.hold(turn):
        return
    if turn.gives_up and await assign.gave_up(turn):
        return
    if not turn.text.strip():
        if papers.attached(turn) is None:
            await turn.say(guide.NO_WORDS)
        return
    if forwarded.quoted(turn) is None:
        if await entry.sentence(turn, turn.text):
            return
        if await _absence(turn) or await _summarised(turn) or await inquiry.followed(turn):
            return
    await _read_words(turn)


async def _read_words(turn: Turn) -> None:
    readings = await assign.read_all(turn, turn.text)
    first = readings[0]
    about = forwarded.quoted(turn) is not None
    if order_or_question.is_doubtful(first) and not about:
        await order_or_question.ask(turn)
    elif first.request and first.kind is Kind.REPORT:
        await report_by_words.take(turn, first)
    elif await report_by_words.took_file(turn, first):
        return
    elif first.kind is Kind.ASSIGNMENT:
        await assign.begin(turn, await assign.read_order(turn, turn.text) if about else readings)
    elif first.request and first.kind is Kind.QUESTION:
        await inquiry.ask(turn, turn.text)
    else:
        await turn.say(guide.not_understood(turn))


async def _follows_result(turn: Turn) -> bool:
    """Add a file to the result that was submitted just now, unless its words say something else.

    Returns whether it was added.
    """
    number = await asking.just_submitted(turn)
    if number is None or (turn.text.strip() and await _says_else(turn, number)):
        return False
    await asking.add(turn, number)
    return True


async def _says_else(turn: Turn, number: int) -> bool:
    """Tell whether a file's words do more than describe the file, or name another task than this one."""
    asked = await answer_question.read(turn.office, turn.who, turn.text, turn.now)
    reading = await assign.read(turn, turn.text)
    request = reading.request if reading.kind is Kind.REPORT else None
    named = (request.task if request else None) or asked.inquiry.task
    if named is not None or asked.asks:
        return asked.asks or named != number
    if (
        report_by_words.orders(reading)
        or order_or_question.is_doubtful(reading)
        or await entry.is_one(turn, turn.text)
    ):
        return True
    if request is not None and request.action in _NEWS:
        return True
    return (await absence.read(turn.office, turn.who, turn.text, turn.now)).is_whole


async def answered(turn: Turn, draft: Draft) -> None:
    """Take a message as the answer to what a draft asks, or else as a question or a report, which may come any time."""
    if forwarded.quoted(turn) is None and await _is_plain_question(turn):
        await inquiry.ask(turn, turn.text)
        return
    try:
        await assign.answered(turn, draft)
    except Refusal as refusal:
        if refusal.kind not in _UNREAD:
            raise
        if not await _said_meanwhile(turn) and not await assign.took_files(turn, draft):
            await turn.say(f"{sentence(refusal)} {GIVEN_UP_BY}")


async def _summarised(turn: Turn) -> bool:
    """Answer "tổng hợp phòng Quản trị" as the command does; words that came with a file are no such request."""
    return papers.attached(turn) is None and await inquiry.summarised(turn, turn.text)


async def _is_plain_question(turn: Turn) -> bool:
    """Tell whether words are a question like "việc nào tôi giao mà chưa xong?" and no answer to a draft."""
    wanted = await answer_question.summarised(turn.office, turn.who, turn.text, turn.now)
    if wanted is not None and wanted.names:
        return True
    asked = await answer_question.read(turn.office, turn.who, turn.text, turn.now)
    return asked.is_plain and (await assign.read(turn, turn.text)).kind is Kind.QUESTION


async def told(turn: Turn, draft: Draft) -> None:
    """Take a message as the answer to a question about a task.

    A report on another task is taken as that report, and the question stays open.
    """
    if draft.kind in _ABOUT_ONE and turn.replied is None and await _of_another(turn, draft.task_id):
        return
    await asking.answered(turn, draft)


async def _of_another(turn: Turn, asked: int | None) -> bool:
    """Take a report that begins with the number of another task as a report on that task; tell whether it was one."""
    number = answer.task_named_first(turn.text)
    if number is None or number == asked:
        return False
    reading = await assign.read(turn, turn.text)
    if reading.kind is Kind.REPORT and reading.request and reading.request.task == number:
        await report_by_words.take(turn, reading)
        return True
    return False


async def _said_meanwhile(turn: Turn) -> bool:
    """Handle words that are a question, or a report on a numbered task; tell whether they were one."""
    if await inquiry.followed(turn):
        return True
    reading = await assign.read(turn, turn.text)
    request = reading.request
    if request and reading.kind is Kind.REPORT and request.task is not None:
        await report_by_words.take(turn, reading)
        return True
    if request and reading.kind is Kind.QUESTION:
        await inquiry.ask(turn, turn.text)
        return True
    return False


async def _absence(turn: Turn) -> bool:
    """Begin an absence from a message that says only who is away and when; tell whether it was one."""
    reading = await absence.read(turn.office, turn.who, turn.text, turn.now)
    if reading.is_whole:
        await absence_draft.begin(turn, reading)
    return reading.is_whole
