"""What the last look through the database found, in a file beside the files that people hand in.

The database may be what is wrong, and several instances share the folder.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

NAME = "database.look"


class LastLook(BaseModel):
    """`wrong` has a line for the operator for each thing wrong, `untold` what the admins are still to hear.

    Before the first look `at` is when the bot ran for the first time, and nothing is `done`.
    """

    model_config = ConfigDict(frozen=True)

    at: datetime
    done: bool = False
    wrong: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    """The copies of damaged logs, by name, of which the admins hear or have heard."""


def read(folder: Path) -> LastLook | None:
    """Return the last look; None before the first, or where it cannot be read."""
    with suppress(OSError, ValidationError):
        return LastLook.model_validate_json((folder / NAME).read_bytes())
    return None


def write(folder: Path, look: LastLook, owner: str) -> None:
    """Put a look in the place of the one before; `owner` is the name of this instance. Raises OSError."""
    part = folder / f".{NAME}.{owner}.part"
    part.write_text(look.model_dump_json(), "utf-8")
    part.replace(folder / NAME)
