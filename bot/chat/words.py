"""Plain words without a command: an assignment, or a question that a command answers."""

from bot.chat import assign, guide, papers
from bot.chat.turn import Turn
from bot.language.readings import Kind


async def read(turn: Turn) -> None:
    """Take a sentence as an assignment unless it is plainly something else.

    A file is the result of a task that nobody named: its sender reads how to hand it in.
    """
    reading = await assign.read(turn, turn.text) if turn.text.strip() else None
    if reading and reading.kind is Kind.ASSIGNMENT:
        await assign.begin(turn, reading)
    elif papers.attached(turn):
        await turn.say(guide.HAND_IN)
    else:
        await turn.say(guide.not_understood(turn) if reading else guide.NO_WORDS)
