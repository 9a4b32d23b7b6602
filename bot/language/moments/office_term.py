"""The term of office as people name it: "nhiệm kỳ này", "từ đầu nhiệm kỳ", "nhiệm kỳ 2025-2030"."""

import re
from datetime import date

from bot.language.moments.context import real_date
from bot.language.moments.date_range import ONE_DAY, Stretch

YEARS = 5
"""How many years a term lasts (Điều lệ Đảng, điều 9)."""
_TERM = re.compile(
    r"(?<!\w)(?:(?P<from>tu (?:khi )?(?:bat )?dau )|(?P<till>(?:den |toi )?(?:het|cuoi) )|dau |trong |ca |toan )?"
    r"(?:nhiem ky|nk)(?: dai hoi)?(?: (?P<year>20\d\d) ?(?:-|–|den|toi|/) ?(?P<last>20\d\d)"
    r"| (?P<shift>nay|hien tai|truoc|vua qua|vua roi|qua|roi|sau|toi(?! (?:nay|gio))))?(?: (?:den|toi) (?:nay|gio))?(?!\w)"
    .replace(" ", r"\s+").replace(r"\s+?", r"\s*")
)  # fmt: skip
_SHIFTS = {"truoc": -1, "qua": -1, "roi": -1, "sau": 1, "toi": 1}


def term(first: date, terms: int = 0) -> Stretch:
    """Return the term that begins on `first`, or the one that is `terms` terms later."""
    return Stretch(_moved(first, terms * YEARS), _moved(first, (terms + 1) * YEARS) - ONE_DAY)


def find_term(folded: str, today: date, first: date) -> tuple[Stretch, tuple[int, int]] | None:
    """Return the term that a folded text names and its span; the present term begins on `first`."""
    for found in _TERM.finditer(folded):
        terms = _terms(found, first)
        if terms is not None:
            named = term(first, terms)
            begins = today if found["till"] else named.first
            return Stretch(begins, today if found["from"] else named.last), found.span()
    return None


def _terms(found: re.Match[str], first: date) -> int | None:
    """Return how many terms after the present one; None if the years do not match a term."""
    if found["year"]:
        begins, ends = int(found["year"]), int(found["last"])
        away = begins - first.year
        return away // YEARS if ends - begins == YEARS and away % YEARS == 0 else None
    return _SHIFTS.get((found["shift"] or "nay").split()[-1], 0)


def _moved(first: date, years: int) -> date:
    moved = first.year + years
    return real_date(moved, first.month, first.day) or date(moved, 3, 1)
