"""What lies outside the program is waited for; a mistake in it, or in its settings, is not."""

import errno

import pytest

from storage.troubles import Trouble, may_pass, trouble_of


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
