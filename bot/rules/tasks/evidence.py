"""The evidence that a result needs: a file, or symbol, date and receiver (domain.md, section 8)."""

from datetime import date
from enum import StrEnum

from storage.records import Evidence


class Lack(StrEnum):
    """A piece of evidence that is still missing."""

    FILE = "file"
    SYMBOL = "symbol"
    DATE = "date"
    RECEIVER = "receiver"


def missing(
    required: Evidence,
    *,
    has_file: bool,
    symbol: str | None,
    issued_on: date | None,
    receiver: str | None,
) -> tuple[Lack, ...]:
    """Return which required evidence a result lacks."""
    if required is Evidence.FILE:
        return () if has_file else (Lack.FILE,)
    if required is Evidence.SYMBOL:
        given = {Lack.SYMBOL: symbol, Lack.DATE: issued_on, Lack.RECEIVER: receiver}
        return tuple(lack for lack, value in given.items() if value is None)
    return ()
