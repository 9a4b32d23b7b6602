"""The list behind a figure of the summary: the same tasks that were counted, in pages."""

from bot.actions import find
from bot.actions.privacy.access_log import Read
from bot.actions.reporting import figures
from bot.actions.reporting.figures import SILENT, UNDECIDED, WAITING, When
from bot.chat.buttons import button, pairs, rows, turns
from bot.chat.messages import Button, Message
from bot.chat.reporting import shares, summary_view
from bot.chat.reporting.summary_view import View
from bot.chat.tasks import lists
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.organisation.standing import Bucket

LISTS = {
    "o": (Bucket.DONE_ON_TIME, "Hoàn thành đúng hạn"),
    "l": (Bucket.DONE_LATE, "Hoàn thành quá hạn"),
    "t": (Bucket.ON_TRACK, "Trong hạn"),
    "r": (Bucket.OVERDUE, "Quá hạn chưa hoàn thành"),
    "n": (Bucket.NO_DEADLINE, "Không thời hạn"),
    "c": ("correcting", "Đang đính chính"),
    "x": (UNDECIDED, "Việc đỏ chưa rõ cấp quyết"),
    "s": (SILENT, "Chưa cập nhật"),
    "w": (WAITING, "Việc cần xử lý"),
    "A": (When.ASSIGNED, "Giao trong kỳ"),
    "F": (When.FINISHED, "Hoàn thành trong kỳ"),
    "D": (When.DUE, "Đến hạn trong kỳ"),
    "O": (figures.OPEN, "Chưa xong cuối kỳ"),
}
_LETTERS = {which: letter for letter, (which, _) in LISTS.items()}


def opens(label: str, which: str, about: View) -> Button:
    """Return a button that opens the list behind a figure."""
    return summary_view.opens(label, "rows", about, before=_LETTERS[which])


async def open_list(turn: Turn) -> None:
    """Send the list behind the figure that was pressed, as a new message."""
    message = await _page(turn, 0)
    await turn.toast()
    await turn.say(message)


async def turn_page(turn: Turn) -> None:
    """Show another page of the list; the first where that page is now empty because tasks were closed."""
    await turn.show(await _page(turn, turn.pressed.id))


async def _page(turn: Turn, offset: int) -> Message:
    code = turn.pressed.value
    if code[:1] not in LISTS:
        raise Refusal(No.STALE)
    which, heading = LISTS[code[0]]
    about = summary_view.read(code[1:])
    condition = figures.behind(turn.office, which, about.period, turn.now)
    if condition is None:
        raise Refusal(No.STALE)
    await turn.reads(Read.LIST, about.looked_at)
    focus = await about.looked_at.focus(turn.office)
    if which in figures.OVER:
        found = figures.over(turn.office, turn.who, turn.now, which, focus, offset)
    else:
        found = figures.rows(turn.office, turn.who, turn.now, condition, focus, offset)
    shown, total = await found
    if not shown and offset:
        return await _page(turn, 0)
    if not shown:
        return Message(f"{heading}: không có việc nào.")
    named = [
        await about.name(turn.office, turn.who),
        summary_view.named(about.period) if about.period else "",
    ]
    head = " · ".join(filter(None, [f"<b>{heading}: {shares.number(total)}</b>", *named]))
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in shown]
    turning = turns(
        lambda label, at: button(label, "summary.turn", at, 0, code), offset, find.PAGE, total
    )
    text = "\n\n".join([head, *(lists.line(turn, one) for one in shown)])
    return Message(text, rows(*pairs(opened, 4), turning))
