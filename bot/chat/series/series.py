"""`/dinhky`: tasks that repeat. Each series has a card with its steps from here on.

list -> series card -> Bỏ kỳ tới | Đổi từ kỳ tới | Dừng lặp lại (asked once more) | Lịch sử
"""

from dataclasses import replace
from html import escape

from bot.actions import find
from bot.actions.series import series, steps
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import clip
from bot.chat.history import history_changes
from bot.chat.history.history import fit, line
from bot.chat.messages import Message
from bot.chat.series import words
from bot.chat.turn import Turn
from storage.records import Series

PAGE = 8
EMPTY = (
    "Đồng chí không có việc định kỳ nào. Gõ một câu để lập, ví dụ:\n"
    "<i>Giao đồng chí Mạc Thiên Ân nộp báo cáo tháng, ngày 25 hằng tháng</i>"
)


async def command(turn: Turn) -> None:
    """`/dinhky`: list the series that the person assigned, entered or has a part in."""
    await turn.say(await _list(turn, 0))


async def turn_page(turn: Turn) -> None:
    """Show another page of the list."""
    await turn.show(await _list(turn, turn.pressed.id))


async def _list(turn: Turn, offset: int) -> Message:
    mine = await series.mine(turn.office, turn.who)
    shown = mine[offset : offset + PAGE] or mine[:PAGE]
    if not shown:
        return Message(EMPTY)
    lines = [f"<b>Việc định kỳ: {len(mine)}</b>"]
    lines += [await words.line(turn.office, one, turn.now) for one in shown]
    opened = [button(f"Định kỳ {one.id}", "series.open", one.id) for one in shown]
    turning = []
    if shown[0] != mine[0]:
        turning.append(button("‹ Trước", "series.page", max(0, offset - PAGE)))
    if shown[-1] != mine[-1]:
        turning.append(button("Sau ›", "series.page", mine.index(shown[-1]) + 1))
    return Message("\n\n".join(lines), rows(*pairs(opened, 4), turning))


async def open_one(turn: Turn) -> None:
    """Send the card of a series that was pressed."""
    message = await card_for(turn, turn.pressed.id)
    await turn.toast()
    await turn.say(message)


async def of_task(turn: Turn) -> None:
    """Send the card of the series that a task belongs to."""
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    message = await card_for(turn, view.series_id or 0)
    await turn.toast()
    await turn.say(message)


async def show(turn: Turn) -> None:
    """Go back to the card of a series."""
    await turn.show(await card_for(turn, turn.pressed.id))


async def card_for(turn: Turn, series_id: int, heading: str = "") -> Message:
    """Return the card of a series that the person may see; those who decide on it get its buttons."""
    return await card(turn, await series.get(turn.office, turn.who, series_id), heading)


async def card(turn: Turn, one: Series, heading: str = "") -> Message:
    """Return the card of a series as it is now."""
    said = await words.facts(turn.office, one, turn.now)
    task_id = await series.newest(turn.office, one)
    past = [
        button(f"Việc {task_id}", "task.open", task_id),
        button("Lịch sử", "series.history", one.id),
    ]
    text = "\n".join([f"<b>{heading}</b>", *said] if heading else said)
    if not await steps.may_change(turn.office, turn.who, one):
        return Message(text, rows(past))
    moves = [
        button("Bỏ kỳ tới", "series.skip", one.id, one.version),
        button("Đổi từ kỳ tới", "series.change", one.id, one.version),
        button("Dừng", "series.stop", one.id, one.version),
    ]
    again = await steps.last_skipped(turn.office, one, turn.now)
    if again is not None:
        label = f"Vẫn giao kỳ {again:%d/%m}"
        moves.append(button(label, "series.unskip", one.id, one.version))
    return Message(text, rows(*pairs(moves), past))


async def skip(turn: Turn) -> None:
    """Skip the next day: no task is made for it."""
    done = await steps.skip(turn.office, turn.who, *_pressed(turn), turn.now, turn.key)
    await turn.show(await card(turn, done), "Đã bỏ kỳ tới")


async def unskip(turn: Turn) -> None:
    """Take back the last skip: its day gets a task after all."""
    done = await steps.unskip(turn.office, turn.who, *_pressed(turn), turn.now, turn.key)
    await turn.show(await card(turn, done), "Kỳ này vẫn giao")


async def ask_stop(turn: Turn) -> None:
    """Ask for confirmation before a series ends: this cannot be undone."""
    one = await series.get(turn.office, turn.who, turn.pressed.id)
    shown = await card(turn, one, "Dừng hẳn? Không giao kỳ nào nữa, việc đã giao vẫn làm tiếp.")
    sure = button("Dừng hẳn", "series.stop_sure", *_pressed(turn))
    await turn.show(replace(shown, keyboard=rows([sure, button("Thôi", "series.show", one.id)])))


async def stop(turn: Turn) -> None:
    """End the series."""
    done = await steps.stop(turn.office, turn.who, *_pressed(turn), turn.now, turn.key)
    await turn.show(await card(turn, done), "Đã dừng lặp lại")


def _pressed(turn: Turn) -> tuple[int, int]:
    return turn.pressed.id, turn.pressed.version


async def history(turn: Turn) -> None:
    """Send all that happened to a series, its tasks and its changes, the newest last."""
    one = await series.get(turn.office, turn.who, turn.pressed.id)
    past = await series.history(turn.office, turn.who, one.id)
    names = await find.names(turn.office, past)
    texts = await find.texts(turn.office, history_changes.text_ids(past))
    title = escape(words.title(one))
    lines = [f"<b>Lịch sử định kỳ số {one.id}</b>\n{clip(title, 300)}", ""]
    for event in past:
        number = f", việc số {event.task_id}" if event.kind == "task.assign" else ""
        lines.append(
            line(turn.office.workdays, event.model_copy(update={"text": None}), names, texts)
            + number
        )
    await turn.toast()
    await turn.say(Message(fit(lines)))
