"""A sentence that may be an order or a question: it is kept, and a press says which.

"Giao Ân soạn báo cáo trước thứ Sáu được không?" -> Giao việc -> draft card     -> Hỏi -> its answer
"""

from html import escape

from bot.actions import dialogs
from bot.chat.assigning import assign
from bot.chat.buttons import button, rows
from bot.chat.cards import clip
from bot.chat.messages import Message
from bot.chat.reporting import inquiry
from bot.chat.turn import Turn
from bot.language.readings import Reading

KIND = "unclear"


def is_doubtful(reading: Reading) -> bool:
    """Tell whether the words speak for an order as well as for a question."""
    return any(doubt.field == "kind" for doubt in reading.unsure)


async def ask(turn: Turn) -> None:
    """Keep the words and ask what they are."""
    kept = await dialogs.begin(
        *(turn.office, turn.who, turn.place, KIND, {"text": turn.text}, turn.now, turn.key),
        waits_for=None,
    )
    said = f"Đồng chí giao việc này, hay hỏi?\n<i>{escape(clip(turn.text, 300))}</i>"
    choices = [
        button("Giao việc", "ask.ordered", kept.id, kept.version),
        button("Hỏi", "ask.asked", kept.id, kept.version),
    ]
    await turn.say(Message(said, rows(choices)))


async def ordered(turn: Turn) -> None:
    """It is an order."""
    text = await _taken(turn)
    await assign.begin(turn, await assign.read_all(turn, text))


async def asked(turn: Turn) -> None:
    """It is a question."""
    await inquiry.ask(turn, await _taken(turn))


async def _taken(turn: Turn) -> str:
    """Return the words kept, once; refuses STALE for a second press."""
    kept = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    await dialogs.stop(turn.office, kept, turn.now, None)
    await turn.toast()
    return str(kept.fields["text"])
