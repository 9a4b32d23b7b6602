"""Several pieces of news in one message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions import message_context
from bot.actions.office import Office
from bot.chat import cards, dates, deputy_words
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Button, Message
from bot.chat.reminders import snooze
from bot.chat.reminders.notice_headings import HEADINGS, LABELS, PARTINGS, label, parting
from bot.chat.reminders.still_true import NOTE, Told
from bot.chat.tasks import notes

SHOWN = 12
_ROOM = 3700
"""Maximum characters of a digest or list with the other messages added; those beyond are only counted."""


async def several(office: Office, told: Sequence[Told], now: datetime) -> Message:
    """Return one message with news of several tasks, with a button to open each."""
    if not told:
        return Message("")
    heading = f"<b>{_list_heading(told)}: {len(told)}</b>"
    in_one_place = len({row.about for one in told for row in one.rows}) == 1
    if in_one_place:
        heading = await deputy_words.above(office, told[0].rows[0], heading)
    lines = [await of_task(office, one, now, marked=not in_one_place) for one in told[:SHOWN]]
    opened = [button(f"Việc {one.task.id}", "task.open", one.task.id) for one in told[:SHOWN]]
    more = ["Các việc còn lại: /viec"] if len(told) > SHOWN else []
    reminds = only_remind(told)
    own = [one.task for one in told if any(row.about == row.person_id for row in one.rows)]
    later = snooze.for_all(office, own, now) if reminds else []
    text = "\n\n".join([heading, *lines, *more])
    return Message(text, rows(*pairs(opened, 4), later), reminds=reminds)


def only_remind(told: Sequence[Told]) -> bool:
    """Tell whether a message holds reminders and nothing else: the next reminder replaces such a message."""
    return {row.kind for one in told for row in one.rows} == {"reminder"}


def with_besides(message: Message, besides: Sequence[Message]) -> Message:
    """Put messages with their own wording above a digest or list, as far as there is room; count the rest.

    No button appears twice.
    """
    shown: list[Message] = []
    for one in besides:
        if sum(len(other.text) for other in (message, *shown, one)) <= _ROOM:
            shown.append(one)
    hidden = len(besides) - len(shown)
    more = [f"Và {hidden} tin khác: /viec, /giaodi"] if hidden else []
    texts = [*(one.text for one in shown), message.text, *more]
    keyboard: list[list[Button]] = []
    met: set[str] = set()
    for line in [line for one in (message, *shown) for line in one.keyboard or ()]:
        keyboard.append([one for one in line if one.data + one.url not in met])
        met |= {one.data + one.url for one in line}
    return replace(
        message,
        text="\n\n".join(filter(None, texts)),
        keyboard=rows(*keyboard),
        reminds=message.reminds and not besides,
    )


def _list_heading(told: Sequence[Told]) -> str:
    kinds = {row.kind for one in told for row in one.rows}
    if kinds == {"reminder"}:
        return "Nhắc việc"
    if kinds == {"reminder", "task.assigned"}:
        return "Việc mới và nhắc việc"
    return HEADINGS.get(kinds.pop(), notes.HEADING) if len(kinds) == 1 else "Tin mới"


async def of_task(office: Office, told: Told, now: datetime, *, marked: bool) -> str:
    """Return a task's lines in a list: its title, what happened to it, its deadline, what was said.

    With `marked`, a line also says for whom the reader stands in, if for somebody.
    """
    task = told.task
    if told.rows[-1].kind in PARTINGS:
        words = await message_context.words_of(office, told.rows[-1].facts.get("text"))
        return parting(told.rows[-1], task, words or "").text
    title = f"{cards.mark(task, now)} <b>{task.id}</b> {cards.clip(task.title, 90)}"
    news = dict.fromkeys(label(row, task) for row in told.rows)
    place = await deputy_words.mark(office, told.rows[-1]) if marked else ""
    below = " · ".join(filter(None, [place, *news, dates.standing(task, now, office.workdays)]))
    words = await message_context.words_of(office, told.news[-1].facts.get("text"))
    kind = told.news[-1].kind
    said = [f"{LABELS[kind]}: {cards.clip(words, 120)}"] if words and kind in LABELS else []
    said += [
        cards.clip(await notes.line(office, one), 160) for one in told.rows[-3:] if one.kind == NOTE
    ]
    return "\n".join([title, below, *said])
