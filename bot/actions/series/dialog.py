"""The question what to change of a series: asked now, answered by the person's next message."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from bot.actions.chat_places import Place
from bot.actions.office import Office, step
from bot.actions.series import steps
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.records import Draft, UpdateKey

KIND = "series"
"""The kind of a dialog that changes a series."""


class Asked(BaseModel):
    """Which series, and words that could name several people as its lead."""

    model_config = ConfigDict(frozen=True)

    series: int
    words: str = ""
    choices: tuple[int, ...] = ()


async def ask(
    office: Office,
    who: Standpoint,
    place: Place,
    series_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Begin to wait for what is to be changed; refuses as the change would."""
    one, stakes = await steps.found(office, who, series_id)
    async with step(office, update, now) as tx:
        await steps.begin(tx, who, one, stakes, version, now)
        return await drafts.start(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            topic_id=place.topic_id,
            kind=KIND,
            task_id=None,
            waits_for="words",
            fields=Asked(series=series_id).model_dump(mode="json"),
            at=now,
        )
