"""What words ask to change of a series: its days or hour, its lead, its title.

"đổi thành thứ Sáu hằng tuần", "ngày 20, trước 10h", "giao đồng chí Trầm", "nội dung: nộp báo cáo quý".
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.actions.assigning import assign, drafting
from bot.actions.office import Office
from bot.actions.tasks import handover
from bot.language.deadline import deadlines
from bot.language.moments.due import DeadlineFound
from bot.language.readings import DeadlineReading, Part, PersonReading, Why
from bot.refusals import No, Refusal
from bot.rules import recurrence
from bot.rules.rights import Standpoint
from storage.records import Series

_TITLE = re.compile(
    r"\b(?:nội dung|noi dung|tên việc|ten viec)\b\s*(?::|thành|thanh|là|la)?\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_OFTEN = {
    "DAILY": "hằng ngày",
    "WEEKLY": "hằng tuần",
    "MONTHLY": "hằng tháng",
    "YEARLY": "hằng năm",
}


@dataclass(frozen=True)
class Wish:
    """What is to be otherwise from the next one on; None is as before. `choices` are namesakes."""

    rule: str | None = None
    clock: time | None = None
    lead_id: int | None = None
    title: str | None = None
    product: str | None = None
    """Of the new title, if it names one."""
    choices: tuple[int, ...] = ()

    def led_by(self, person_id: int) -> "Wish":
        """Return the wish with the one of the namesakes that was meant."""
        return replace(self, lead_id=person_id, choices=())


async def read(office: Office, who: Standpoint, one: Series, text: str, now: datetime) -> Wish:
    """Read words as a wish; refuses EMPTY, TOO_LONG and NO_CHANGE_READ."""
    titled = _TITLE.search(text)
    title = " ".join(titled[1].split()) if titled else None
    if title and len(title) > drafting.MAX_TITLE:
        raise Refusal(No.TOO_LONG, limit=drafting.MAX_TITLE, length=len(title))
    said = text[: titled.start()].strip() if titled else text.strip()
    if not said and not title:
        raise Refusal(No.EMPTY)
    rule, clock = _when(office, one, said, now)
    lead_id, choices = await _who(office, who, said, now, alone=rule is None and clock is None)
    product = (await assign.read(office, who, title, now)).product if title else None
    wish = Wish(rule, clock, lead_id, title, product.name if product else None, choices)
    if wish == Wish():
        raise Refusal(No.NO_CHANGE_READ)
    return wish


def _when(office: Office, one: Series, said: str, now: datetime) -> tuple[str | None, time | None]:
    """Return the new rule and hour; a day without how often is taken as often as before."""
    found = deadlines.read_deadline(said, now, office.workdays, office.reading)
    clock = _clock(office, found)
    if found.recurrence:
        next_on = one.next_on or one.starts_on
        return recurrence.complete(found.recurrence, next_on), clock
    if found.deadline is None and found.unsure is None:
        return None, None
    often = f"{said} {_often(one.rule)}"
    days = deadlines.read_deadline(often, now, office.workdays, office.reading).recurrence
    if days and ";BY" in days:
        return recurrence.as_often(one.rule, days), clock
    return None, clock


def _often(rule: str) -> str:
    said = recurrence.parts(rule)
    if said.get("BYMONTH") == recurrence.QUARTER_ENDS:
        return "tháng cuối quý"
    return _OFTEN[said["FREQ"]]


def _clock(office: Office, found: DeadlineFound) -> time | None:
    """Return the hour that was named, also beside a day that is in doubt."""
    choices = found.unsure.choices if found.unsure and found.unsure.why is not Why.NO_DAY else ()
    for one in (found.deadline, *choices):
        if isinstance(one, DeadlineReading) and one.has_clock:
            return office.workdays.local(one.due_at).time()
    return None


async def _who(
    office: Office, who: Standpoint, said: str, now: datetime, alone: bool
) -> tuple[int | None, tuple[int, ...]]:
    """Return the new lead, or those to choose from: namesakes, or several named, of whom one can lead.

    Nothing but a name is a lead as well.
    """
    if not said:
        return None, ()
    reading = await assign.read(office, who, said, now)
    choices = tuple(
        choice.key
        for doubt in reading.unsure
        for choice in doubt.choices
        if isinstance(choice, PersonReading) and choice.key is not None
    )
    named = [one.key for one in reading.people if one.key is not None and one.key not in choices]
    leads = [one.key for one in reading.people if one.part is Part.LEAD and one.key in named]
    if len(named) > 1:
        return None, tuple(named)
    if leads and leads[0] is not None:
        return leads[0], ()
    if choices or not alone:
        return None, choices
    found, is_sure = await handover.named(office, who, said)
    return (found[0], ()) if is_sure else (None, tuple(found))
