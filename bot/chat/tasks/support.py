"""Supporting a task: the head of a unit names who does its part, and that person reports the part done.

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
"""Maximum people offered; the head of a larger unit names others by correcting the task."""


async def choices(office: Office, who: Standpoint, view: TaskView) -> list[list[Button]]:
    """Return a button for each person that `who` may name for the supporting units they look after."""
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
    """Name the person that was pressed; a press without a person shows the unit's people."""
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
    """Report one's part done, with one press and no words."""
    done = await support.report(turn.office, turn.who, turn.pressed.id, "", turn.now, turn.key)
    await turn.show(await task.card_for(turn, done.id), "Đã ghi nhận phần phối hợp")


async def ask_words(turn: Turn) -> None:
    """Ask for words or a file to go with the report that one's part is done."""
    await asking.begin(turn, turn.pressed.id, turn.pressed.version, Move.REPORT_PART)


async def switch(turn: Turn) -> None:
    """Switch between waiting for every part and for the lead's result alone."""
    press = turn.pressed
    done = await support.switch(turn.office, turn.who, press.id, press.version, turn.now, turn.key)
    await turn.show(await task.card_for(turn, done.id), "Đã đổi")
