"""Documents in words, as an office cites them: "Công văn số 2618-CV/VPTU ngày 03/4/2026"."""

from datetime import date

FIRST_MONTHS = 2


def day(on: date) -> str:
    """Return a date with a leading 0 for days below 10 and for January and February alone."""
    month = f"{on.month:02}" if on.month <= FIRST_MONTHS else str(on.month)
    return f"{on.day:02}/{month}/{on.year}"


def cited(symbol: str, issued_on: date | None, kind: str = "") -> str:
    """Return a document by its type, symbol and date, as far as they are known."""
    named = f"{kind} số {symbol}".strip()
    return f"{named} ngày {day(issued_on)}" if issued_on else named
