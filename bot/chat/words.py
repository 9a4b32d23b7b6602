"""Plain words without a command: an assignment, or a question that a command answers."""

from bot.chat import assign, guide
from bot.chat.turn import Turn
from bot.language.readings import Kind


async def read(turn: Turn) -> None:
    """Take a sentence as an assignment unless it is plainly something else."""
    if not turn.text.strip():
        await turn.say(guide.NO_WORDS)
        return
    reading = await assign.read(turn, turn.text)
    if reading.kind is Kind.ASSIGNMENT:
        await assign.begin(turn, reading)
    else:
        await turn.say(guide.not_understood(turn))
