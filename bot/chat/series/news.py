"""News of a series for those it concerns: it was changed, tasks were missed during a stop of the bot, or it is held."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.actions import message_context
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.actions.series import series
from bot.chat import deputy_words
from bot.chat.buttons import button, rows
from bot.chat.cards import clip
from bot.chat.history import history_changes
from bot.chat.messages import Delivery, Message
from bot.chat.series import words
from storage.records import Outgoing

_DID = {
    "skip": "Bỏ kỳ {day}",
    "unskip": "Vẫn giao kỳ {day}",
    "stop": "Đã dừng lặp lại",
    "change": "Đổi từ kỳ tới",
}


async def changed(
    office: Office, receiver: Receiver, rows_: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell what a person did with a series; those who may no longer see it are told too."""
    row = rows_[-1]
    if row.facts["by"] == receiver.who.person_id:
        return None
    by = await message_context.name_of(office, row.facts["by"])
    day = row.facts.get("day")
    did = _DID[row.facts["did"]].format(day=day and words.day_of(date.fromisoformat(day)))
    said = await _said(office, row.facts)
    return await _told(office, receiver, row, now, did, [*said, f"Người đổi: {clip(by)}"])


async def _said(office: Office, facts: Mapping[str, Any]) -> list[str]:
    """Return what changes from the next task on, one line for each change."""
    changed = facts.get("changes", {})
    names = await message_context.names_of_people(office, changed.get("lead_id", ()))
    texts = await message_context.texts_of(office, changed.get("title", ()))
    return [
        line[0].upper() + line[1:] for line in history_changes.series_lines(facts, names, texts)
    ]


async def missed(
    office: Office, receiver: Receiver, rows_: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell which days passed without a task because the bot was not running."""
    row = rows_[-1]
    days = ", ".join(words.day_of(date.fromisoformat(day)) for day in row.facts["days"][-6:])
    more = len(row.facts["days"]) - 6
    said = f"Kỳ: {days}" + (f" và {more} kỳ trước nữa" if more > 0 else "")
    return await _told(office, receiver, row, now, "Chưa giao vì bot tạm dừng", [said])


async def held(
    office: Office, receiver: Receiver, rows_: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell that the next task cannot be made, as long as this is so."""
    one = await series.visible(office, receiver.who, rows_[-1].facts["series"])
    if one is None or one.held is None:
        return None
    todo = "Đồng chí bấm Xem rồi Đổi từ kỳ tới, hoặc Dừng."
    return await _told(office, receiver, rows_[-1], now, "Chưa giao được kỳ tới", [todo])


async def _told(
    office: Office, receiver: Receiver, row: Outgoing, now: datetime, did: str, said: Sequence[str]
) -> Delivery | None:
    """Return news of a series; a reader who may no longer see it gets no button."""
    one = await series.any_one(office, row.facts["series"])
    if one is None:
        return None
    may_see = await series.visible(office, receiver.who, one.id) is not None
    heading = await deputy_words.above(office, row, f"<b>{words.MARK} {did}</b>")
    lines = [heading, f"Định kỳ số {one.id}: {clip(words.title(one), 200)}"]
    goes_on = may_see and one.ended_at is None
    lines += [words.why(one)] if goes_on and one.held else []
    lines += said
    lines += [f"Kỳ tới: {words.next_one(office, one, now)}"] if goes_on else []
    opened = [button("Xem", "series.open", one.id)] if may_see else []
    return Delivery(receiver.chat_id, Message("\n".join(lines), rows(opened)))


NEWS: dict[
    str, Callable[[Office, Receiver, Sequence[Outgoing], datetime], Awaitable[Delivery | None]]
] = {"series.changed": changed, "series.missed": missed, "series.held": held}
