"""The check-list of a task: its steps, each with a button, and the progress they add up to.

card -> Danh mục bước -> (no steps yet: asked for, one a line) -> the list, ticked in place
"""

from bot.actions.tasks import answer, check
from bot.chat import cards
from bot.chat.buttons import button, pairs, rows
from bot.chat.menu import may
from bot.chat.messages import Button, Message
from bot.chat.tasks import asking, task
from bot.chat.turn import Turn
from bot.rules.tasks.lifecycle import Move
from storage.records import CheckItem, TaskView

_ROOM = 180


async def show(turn: Turn) -> None:
    """Show the check-list; without steps, ask at once for them."""
    view, steps = await check.steps(turn.office, turn.who, turn.pressed.id)
    if not steps and may(Move.CHECK)(view, turn.who):
        await asking.begin(turn, view.id, turn.pressed.version, Move.CHECK)
        return
    await turn.show(_list(turn, view, steps))


async def more(turn: Turn) -> None:
    """Ask for more steps."""
    await asking.begin(turn, turn.pressed.id, turn.pressed.version, Move.CHECK)


async def tick(turn: Turn) -> None:
    """Tick the step that was pressed, or untick it."""
    press = turn.pressed
    await check.tick(
        turn.office, turn.who, press.id, press.version, _item(turn), turn.now, turn.key
    )
    await turn.show(_list(turn, *await check.steps(turn.office, turn.who, press.id)))


async def striking(turn: Turn) -> None:
    """Show the list with buttons that each remove a step."""
    view, steps = await check.steps(turn.office, turn.who, turn.pressed.id)
    await turn.show(_list(turn, view, steps, striking_out=True))


async def strike_out(turn: Turn) -> None:
    """Remove the step that was pressed."""
    press = turn.pressed
    await check.strike_out(
        turn.office, turn.who, press.id, press.version, _item(turn), turn.now, turn.key
    )
    await turn.show(_list(turn, *await check.steps(turn.office, turn.who, press.id)), "Đã bỏ bước")


async def take_progress(turn: Turn) -> None:
    """Report the progress that the steps add up to."""
    press = turn.pressed
    said = f"{press.value}%"
    done = await answer.progress(turn.office, turn.who, press.id, said, turn.now, turn.key)
    await turn.show(await task.card_for(turn, done.id), "Đã ghi tiến độ")


def _item(turn: Turn) -> int:
    return int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0


def _list(
    turn: Turn, view: TaskView, steps: list[CheckItem], striking_out: bool = False
) -> Message:
    room = min(_ROOM, 3000 // max(1, len(steps)))
    lines = [f"<b>Danh mục bước việc số {view.id}: {view.checks_done}/{view.checks} xong</b>"]
    lines += [
        f"{_box(one)} {place}. {cards.clip(one.words, room)}" for place, one in enumerate(steps, 1)
    ]
    below = [button("‹ Thẻ việc", "task.less", view.id, view.version)]
    if not may(Move.CHECK)(view, turn.who):
        return Message("\n".join(lines), rows(below), view.id)
    kind = "check.drop" if striking_out else "check.tick"
    each = [
        button(
            f"{'✖' if striking_out else _box(one)} Bước {place}",
            kind,
            view.id,
            view.version,
            str(one.id),
        )
        for place, one in enumerate(steps, 1)
    ]
    return Message(
        "\n".join(lines),
        rows(*pairs(each, 3), *_other(turn, view, striking_out), below),
        view.id,
    )


def _other(turn: Turn, view: TaskView, striking_out: bool) -> list[list[Button]]:
    """Return the other buttons: report the share as progress, add steps, remove steps."""
    if striking_out:
        return []
    change = [button("Thêm bước", "check.more", view.id, view.version)]
    if view.checks:
        change.append(button("Bỏ bước", "check.striking", view.id, view.version))
    share = round(100 * view.checks_done / view.checks) if view.checks else 0
    if share == view.percent or not may(Move.PROGRESS)(view, turn.who):
        return [change]
    offered = button(f"Ghi tiến độ {share}%", "check.percent", view.id, view.version, str(share))
    return [[offered], change]


def _box(step: CheckItem) -> str:
    return "☑" if step.done_at else "☐"
