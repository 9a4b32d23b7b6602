"""Each person chooses at which hour their morning digest comes."""

from datetime import datetime, time

from bot.actions.office import Office, step
from bot.actions.reminders import fire_reminders
from bot.language.moments.clocks import read_clock
from bot.language.text.words import words_of
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.history import audit
from storage.records import UpdateKey
from storage.reminders import digests

_DAY, _AFTERNOON = 24 * 60, 13 * 60
"""In minutes."""


def read(office: Office, said: str) -> time:
    """Read "8h15", "8 giờ rưỡi", "2h chiều" or "8"; refuses NO_HOUR for none, or outside waking hours.

    What may be of the morning or the afternoon, "5h", is none.
    """
    hour = _hour(said.strip())
    first, last = office.workdays.waking
    if hour is None or not first <= hour <= last:
        raise Refusal(No.NO_HOUR, first=first, last=last)
    return hour


def _hour(said: str) -> time | None:
    sentence = words_of(f"{said}h" if said.isdecimal() else said)
    found = read_clock(sentence.words, 0)
    if found is None or found[1] != sentence.length:
        return None
    clock = found[0]
    is_moved = clock.assumed and clock.minutes >= _AFTERNOON
    is_hour = clock.named and clock.possible and not is_moved and clock.minutes < _DAY
    return time(*divmod(clock.minutes, 60)) if is_hour else None


async def chosen(office: Office, who: Standpoint) -> time | None:
    """Return the hour that somebody chose; None for the office's."""
    return await digests.hour_of(office.db, who.person_id)


async def choose(
    office: Office, who: Standpoint, hour: time | None, now: datetime, update: UpdateKey | None
) -> None:
    """Let one's digest come at an hour from now on, but never twice a day; None for the office's."""
    async with step(office, update, now) as tx:
        person, facts = who.person_id, {"hour": hour.isoformat("minutes") if hour else None}
        await digests.choose_hour(tx, person, hour)
        await fire_reminders.digest_after_all(tx, office, person, hour or office.digest_at, now)
        await audit.append(
            tx, now, "person.digest_hour", actor_id=person, person_id=person, facts=facts
        )
