"""The morning digest: one message for each person and working day, only if there is something to do."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from bot.actions.messaging.delivery_health import unreached
from bot.actions.office import Office
from bot.actions.reminders.morning import Morning, morning, morning_before
from bot.chat import dates, deputy_words
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import clip, mark
from bot.chat.messages import Message
from bot.chat.reporting.summary import lacks
from bot.rules.rights import Standpoint
from storage.records import TaskLine

SHOWN = 7
MOST = 14
"""Maximum tasks in the whole message, because Telegram limits its length."""
NEWS = 4
SECTIONS = {
    "exceptions": "Cần quyết định",
    "decisions": "Chờ đồng chí cho ý kiến",
    "overdue": "Quá hạn",
    "today": "Đến hạn hôm nay",
    "remarks": "Ý kiến chỉ đạo chưa trả lời",
    "stale": "Chưa cập nhật",
    "unreceived": "Chưa bấm Đã nhận",
    "nobody_received": "Đã giao, chưa ai nhận",
}
"""In the order of the message: tasks that only this person can move come first."""


class News(NamedTuple):
    """News of a task that waits to be told: as a line, as a short label, and whether it only reminds."""

    line: str
    label: str
    reminds: bool


async def message(
    office: Office,
    who: Standpoint,
    now: datetime,
    news: Mapping[int, News] | None = None,
) -> Message | None:
    """Return this morning's digest; None when there is nothing to do, to decide or to make known.

    `news` is what else waits, by task. A reminder of a task in the digest becomes a label on its line.
    Where the digest would have only one task, and that task has news, return None: its card tells it.
    """
    news = news or {}
    found = await morning(office, who, now)
    missing = await unreached(office, who) if who.leads_others else []
    is_missed = any(one.latest >= morning_before(office, now) for one in missing)
    if found.is_empty and not is_missed:
        return None
    listed = {task.id for name in SECTIONS for task in getattr(found, name)}
    if len(news) == 1 and listed <= news.keys() and not is_missed:
        return None
    shown = _shown(found)
    numbers = [task.id for tasks in shown.values() for task in tasks]
    places = await deputy_words.marks(office, who, numbers)
    parts = [f"<b>Việc hôm nay, {dates.day(now, office.workdays)}</b>"]
    for name, tasks in shown.items():
        lines = [_line(office, name, task, found, now, places) for task in tasks]
        lines = [
            f"{line} · {news[task.id].label}" if task.id in news and news[task.id].reminds else line
            for task, line in zip(tasks, lines, strict=True)
        ]
        parts.append(_section(name, lines, found.counts[name]))
    more = {n: one.line for n, one in news.items() if not (one.reminds and n in listed)}
    if more:
        parts += [f"<b>Tin mới và nhắc việc: {len(more)}</b>", *list(more.values())[:NEWS]]
    numbers += [number for number in list(more)[:NEWS] if number not in numbers]
    opened = [button(f"Việc {number}", "task.open", number) for number in numbers]
    absent = [button("Chưa liên lạc được", "ledger.unreached")] if missing else []
    if missing:
        names = ", ".join(f"{clip(one.name, 40)} ({one.messages} tin)" for one in missing[:5])
        parts.append(f"<b>Chưa liên lạc được: {len(missing)}</b>\n{names}")
    return Message("\n\n".join(parts), rows(*pairs(opened, 4), absent))


def _shown(found: Morning) -> dict[str, list[TaskLine]]:
    """Return the tasks to list, by section; a section gets none once the earlier ones have used up MOST."""
    left, shown = MOST, {}
    for name in SECTIONS:
        if found.counts[name]:
            shown[name] = getattr(found, name)[: min(SHOWN, left)]
            left -= len(shown[name])
    return shown


def _section(name: str, lines: list[str], count: int) -> str:
    more = ["Xem tiếp: /tonghop" if name == "exceptions" else "Xem tiếp: /viec"]
    heading = f"<b>{SECTIONS[name]}: {count}</b>"
    return "\n".join([heading, *lines, *(more if count > len(lines) else [])])


def _line(
    office: Office,
    name: str,
    task: TaskLine,
    found: Morning,
    now: datetime,
    places: Mapping[int, str],
) -> str:
    title = f"{mark(task, now)} <b>{task.id}</b> {clip(task.title, 80)}"
    if name == "exceptions":
        return f"{title}\n{_exception(office, task, found.deciders.get(task.id), now)}"
    lead = clip(task.lead_name or "", 40) if name in {"decisions", "nobody_received"} else ""
    deadline = dates.standing(task, now, office.workdays)
    return f"{title}\n{' · '.join(filter(None, [places.get(task.id), lead, deadline]))}"


def _exception(office: Office, task: TaskLine, decider: str | None, now: datetime) -> str:
    """Return the four fields of an exception: the lead, how late, what is missing, who decides."""
    facts = [
        clip(task.lead_name or "chưa rõ chủ trì", 40),
        dates.late(task, now, office.workdays),
        f"vướng mắc: {clip(task.blocker, 60)}" if task.blocker else "",
        lacks(task),
        f"{clip(decider or task.assigner_name, 40)} quyết định",
    ]
    return " · ".join(filter(None, facts))
