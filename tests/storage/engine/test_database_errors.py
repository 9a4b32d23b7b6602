"""What lies outside the program is waited for; a mistake in it, or in its settings, is not."""

import errno

import asyncpg
import pytest

from storage.engine.database_errors import Trouble, may_pass, trouble_of


@pytest.mark.parametrize(
    ("number", "trouble", "passes"),
    [
        (errno.ENOSPC, Trouble.DISK_FULL, True),
        (errno.EDQUOT, Trouble.DISK_FULL, True),
        (errno.EIO, Trouble.DISK, True),
        (errno.ESTALE, Trouble.DISK, True),
        (errno.EROFS, Trouble.DISK, False),
        (errno.EACCES, Trouble.DISK, False),
        (errno.ENOENT, None, False),
    ],
)
def test_what_keeps_a_file_from_being_written(
    number: int, trouble: Trouble | None, passes: bool
) -> None:
    error = OSError(number, "no")
    assert trouble_of(error) == trouble
    assert may_pass(error) == passes


def test_a_server_that_cuts_us_off_is_away_whatever_the_driver_was_doing() -> None:
    """The driver may be in the middle of reading that it was cut off."""
    words = "cannot switch to state 15; another operation (2) is in progress"
    assert trouble_of(asyncpg.InternalClientError(words)) is Trouble.AWAY
    assert trouble_of(asyncpg.InternalClientError("no codec")) is None
