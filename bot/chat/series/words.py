"""A series in words: its line in a list, and the facts of its card."""

from datetime import date, datetime

from bot.actions import message_context
from bot.actions.assigning.draft import Fields
from bot.actions.office import Office
from bot.actions.series import days, series
from bot.chat import dates
from bot.chat.cards import PARTS, clip
from bot.refusals import No
from bot.rules import recurrence
from storage.records import Part, Series

MARK = "🔁"
NEXT_UNKNOWN = "không còn kỳ nào"
_HELD = {
    No.PERSON_LEFT: "có đồng chí không còn công tác",
    No.NOT_ALLOWED: "người giao không còn phụ trách người chủ trì",
}


def title(one: Series) -> str:
    """Return the title that all its tasks have."""
    return Fields.model_validate(one.fields).title.strip()


async def line(office: Office, one: Series, now: datetime) -> str:
    """Return a series in three lines: number and title, rule and lead, next deadline."""
    lead = await _lead(office, Fields.model_validate(one.fields))
    head = f"{MARK} <b>{one.id}</b> {clip(title(one), 90)}"
    return f"{head}\n{recurrence.in_words(one.rule)} · {lead}\nKỳ tới: {next_one(office, one, now)}"


async def facts(office: Office, one: Series, now: datetime) -> list[str]:
    """Return the lines of a series' card."""
    fields = Fields.model_validate(one.fields)
    names = await series.names(office, one)
    lines = [f"{MARK} <b>Định kỳ số {one.id}</b>", clip(title(one), 300), ""]
    lines += [
        f"Lặp lại: {recurrence.in_words(one.rule)}",
        f"Chủ trì: {await _lead(office, fields)}",
    ]
    for part, label in PARTS.items():
        said = [names.get(id_, "") for id_, has in fields.others if has is part]
        if part is Part.SUPPORT:
            said += await series.unit_names(office, fields.units)
        lines += [f"{label}: {clip(', '.join(said), 100)}"] if said else []
    lines.append(f"Người giao: {clip(names.get(one.assigner_id, ''), 100)}")
    if one.ended_at is not None:
        return [*lines, "Đã dừng, không giao kỳ nào nữa"]
    lines.append(f"Kỳ tới: {next_one(office, one, now)}")
    skipped = await series.to_skip(office, one, now)
    if skipped:
        lines.append(f"Đã bỏ kỳ: {', '.join(map(day_of, skipped[-3:]))}")
    if one.held:
        lines.append(f"⚠️ {why(one)}")
    return lines


def why(one: Series) -> str:
    """Return why the next task could not be made."""
    reason = _HELD.get(No(one.held)) if one.held in set(No) else None
    return f"Chưa giao được kỳ này: {reason or 'gặp trục trặc, bot sẽ thử lại'}"


async def _lead(office: Office, fields: Fields) -> str:
    roster = await office.roster()
    if fields.lead_id is None and fields.body_id is not None:
        (name,) = await series.unit_names(office, [fields.body_id]) or [""]
        return f"{clip(name)} (cơ quan ngoài)"
    lead = roster.by_key.get(fields.lead_id or 0)
    if lead is None:
        return clip(await message_context.name_of(office, fields.lead_id))
    return clip(", ".join(filter(None, [lead.name, lead.unit])))


def next_one(office: Office, one: Series, now: datetime) -> str:
    """Return the next deadline, and the day on which the bot makes that task."""
    current = days.ahead(office, one, now).current
    if current is None or one.make_at is None:
        return NEXT_UNKNOWN
    due_at, _, has_clock = days.deadline(office, one, current)
    due = (
        dates.deadline(due_at, office.workdays) if has_clock else dates.day(due_at, office.workdays)
    )
    made = max(one.make_at, now) if current.day == one.next_on else current.make_at
    return f"hạn {due}, giao {office.today(made):%d/%m/%Y}"


def day_of(day: date) -> str:
    """Return "25/01/2027"."""
    return f"{day:%d/%m/%Y}"
