"""The period that words name, alike for a summary and a report: "tháng 10", "quý III", "nhiệm kỳ"."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from bot.actions.office import Office
from bot.folding import fold, nfc
from bot.language.moments.date_range import Stretch
from bot.language.moments.date_range_forms import find_stretch
from bot.rules.reporting.periods import Kind, Period, containing

KINDS = {"tuan": Kind.WEEK, "thang": Kind.MONTH, "quy": Kind.QUARTER, "nam": Kind.YEAR}
_KIND = re.compile(r"\b(tuần|tháng|quý|năm)\b(?!\s*\d)", re.IGNORECASE)
"""A kind by itself is the one under way; with a number that is none ("tháng 13") it names no period."""
_UNMARKED = re.compile(rf"^({'|'.join(KINDS)})\b(?!\s*\d)|\b({'|'.join(KINDS)})$")
"""Without marks it may be the name of a place ("phuong nam hoa"), unless it begins or ends what is said."""


def read_period(office: Office, text: str, now: datetime) -> Period | None:
    """Return the period that words name, rather one that is over; None where they name none."""
    today, since = office.today(now), office.reading.term_from
    found = find_stretch(nfc(text), today, past=True, term_from=since)
    if found is None:
        said = nfc(text).strip(" |")
        bare = _UNMARKED.search(said.lower()) if said.isascii() else next(_kinds(said), None)
        return containing(KINDS[fold(bare[0])], today) if bare else None
    return _period(found[0], today, since)


def _period(said: Stretch, today: date, term_from: date | None) -> Period | None:
    first, last = said.first, said.last or today
    if first is None:
        return None
    if first == term_from and last >= today:
        return containing(Kind.TERM, today, term_from)
    same = (one for one in _wholes(first) if (one.first, one.last) == (first, last))
    return next(same, Period(Kind.DAYS, first, last))


def _kinds(said: str) -> Iterator[re.Match[str]]:
    """Give where a kind stands by itself, but for the name of a place: "xã Năm Căn"."""
    for found in _KIND.finditer(said):
        follows = said[found.end() :].lstrip()
        if not (found[0].istitle() and follows[:2].istitle()):
            yield found


def _wholes(first: date) -> Iterator[Period]:
    for kind in KINDS.values():
        whole = containing(kind, first)
        if whole is not None:
            yield whole
