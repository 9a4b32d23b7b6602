"""What the columns of a package of the archive may hold, as strict as they are written.

Moments and days are the text that a package has of them. Whoever made a package is not trusted.
"""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

MOST = 10**12
"""No number is larger: those that follow it must still fit into a button."""


_YEARS = range(1000, 9000)
"""At the ends of all years there is no office's time any more: it would be in another year."""


class Packaged(BaseModel):
    """A row: every column is named, and one with a column more or less is refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    whole = moment.isoformat(timespec="microseconds") == text and text.endswith("+00:00")
    if not whole or moment.year not in _YEARS:
        raise ValueError("not a moment in UTC")
    return text


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text or int(text[:4]) not in _YEARS:
        raise ValueError("not a day")
    return text


def _names(text: str) -> str:
    _NAMES.validate_json(text)
    return text


def _facts(text: str) -> str:
    _FACTS.validate_json(text)
    return text


def _no(value: bool) -> bool:
    if value:
        raise ValueError("not as it is of what is over")
    return value


_NAMES = TypeAdapter(list[str])
_FACTS = TypeAdapter(dict[str, JsonValue])
Id = Annotated[int, Field(ge=1, le=MOST)]
Count = Annotated[int, Field(ge=0, le=MOST)]
Version = Annotated[int, Field(ge=0, le=10**6)]
Percent = Annotated[int, Field(ge=0, le=100)]
Moment = Annotated[str, AfterValidator(_moment)]
Day = Annotated[str, AfterValidator(_day)]
Sha256 = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]
Previous = Annotated[str, Field(pattern=r"\A([0-9a-f]{64})?\z")]
"""The hash of the event before; the first event has none."""
No = Annotated[bool, AfterValidator(_no)]
Names = Annotated[str, AfterValidator(_names)]
"""A JSON list of names, as text."""
Facts = Annotated[str, AfterValidator(_facts)]
"""A JSON object, as text."""
