"""Supporting a task: a unit's head presses who does its part, who then presses that it is done.

card "Cử người phối hợp" -> a button for each of the unit's people -> named -> "Đã xong phần"
"""

from dataclasses import replace

from bot.actions import find
from bot.actions.office import Office
from bot.actions.tasks import support
from bot.chat import cards
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Button
from bot.chat.tasks import asking, task
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import OPEN, Move
from storage.records import TaskView

MOST = 24
"""How many people are offered; a larger unit's head names the others by correcting the task."""


async def choices(office: Office, who: Standpoint, view: TaskView) -> list[list[Button]]:
    """Return a button for each person that somebody may name for the units they look after."""
    if view.status not in OPEN:
        return []
    offered = await support.candidates(office, who, view)
    kind = f"task.{Move.NAME_PART}"
    return pairs(
        [
            button(one.name, kind, view.id, view.version, f"{unit_id}-{one.key}")
            for unit_id, one in offered[:MOST]
        ]
    )


async def name(turn: Turn) -> None:
    """Who does a unit's part was pressed; without a person, the unit's people are shown."""
    unit_id, _, person_id = turn.pressed.value.partition("-")
    if not person_id:
        await _choose(turn)
        return
    if not (unit_id.isdecimal() and person_id.isdecimal()):
        raise Refusal(No.STALE)
    done = await support.name(
        turn.office, turn.who, turn.pressed.id, int(unit_id), int(person_id), turn.now, turn.key
    )
    await turn.show(await task.card_for(turn, done.id), "Đã cử")


async def _choose(turn: Turn) -> None:
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    shown = cards.card(
        view,
        turn.who,
        turn.now,
        turn.office.workdays,
        "<b>Cử đồng chí nào?</b>",
        away=turn.office.away,
    )
    offered = await choices(turn.office, turn.who, view)
    back = [button("‹ Thẻ việc", "task.less", view.id, view.version)]
    await turn.show(replace(shown, keyboard=rows(*offered, back)))


async def report(turn: Turn) -> None:
    """One's part is done: one press, no words."""
    done = await support.report(turn.office, turn.who, turn.pressed.id, "", turn.now, turn.key)
    await turn.show(await task.card_for(turn, done.id), "Đã ghi nhận phần phối hợp")


async def ask_words(turn: Turn) -> None:
    """One's part is done, with something to say or a file."""
    await asking.begin(turn, turn.pressed.id, turn.pressed.version, Move.REPORT_PART)


async def switch(turn: Turn) -> None:
    """Wait for every part, or for the lead's result alone."""
    press = turn.pressed
    done = await support.switch(turn.office, turn.who, press.id, press.version, turn.now, turn.key)
    await turn.show(await task.card_for(turn, done.id), "Đã đổi")
