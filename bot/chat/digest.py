"""The morning digest: one message a person and working day, only when there is something to do."""

from collections.abc import Mapping
from datetime import datetime

from bot.actions.morning import morning
from bot.actions.office import Office
from bot.chat import dates, in_place
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import clip, mark
from bot.chat.messages import Message
from bot.rules.rights import Standpoint
from storage.records import TaskLine

SHOWN = 7


async def message(office: Office, who: Standpoint, now: datetime) -> Message | None:
    """Return this morning's digest; None when the person owes and decides nothing."""
    found = await morning(office, who, now)
    sections = [
        ("Quá hạn", found.overdue),
        ("Đến hạn hôm nay", found.today),
        ("Chờ đồng chí cho ý kiến", found.decisions),
        ("Ý kiến chỉ đạo chưa trả lời", found.remarks),
    ]
    if not any(tasks for _, tasks in sections):
        return None
    day = dates.day(now, office.workdays)
    parts = [f"<b>Việc hôm nay, {day}</b>"]
    everything = [task.id for _, tasks in sections for task in tasks[:SHOWN]]
    places = await in_place.marks(office, who, everything)
    parts += [_section(office, name, tasks, now, places) for name, tasks in sections if tasks]
    shown = dict.fromkeys(everything)
    opened = [button(f"Việc {number}", "task.open", number) for number in shown]
    return Message("\n\n".join(parts), rows(*pairs(opened, 4)))


def _section(
    office: Office, name: str, tasks: list[TaskLine], now: datetime, places: Mapping[int, str]
) -> str:
    lines = [f"<b>{name}: {len(tasks)}</b>"]
    for task in tasks[:SHOWN]:
        deadline = dates.standing(task, now, office.workdays)
        below = " · ".join(filter(None, [places.get(task.id), deadline]))
        lines.append(f"{mark(task, now)} <b>{task.id}</b> {clip(task.title, 80)}\n{below}")
    if len(tasks) > SHOWN:
        lines.append("Xem tiếp: /viec")
    return "\n".join(lines)
