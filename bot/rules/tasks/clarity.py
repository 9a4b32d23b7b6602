"""6 rõ: what a new task leaves unclear of who, what, when, who answers, which product, who decides.

domain.md, section 1: it is asked once, and only for what is missing.
"""

from collections.abc import Collection
from enum import StrEnum


class Clear(StrEnum):
    """The six, in their official order: người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền."""

    PERSON = "person"
    TASK = "task"
    TIME = "time"
    DUTY = "duty"
    PRODUCT = "product"
    AUTHORITY = "authority"


ASKED = (Clear.PRODUCT, Clear.AUTHORITY)
"""What can be left open when a task is assigned, and is asked for once; the rest is always asked."""


def unclear(
    *,
    led: bool,
    titled: bool,
    dated: bool,
    answered_for: bool,
    product: bool,
    decided: bool,
) -> tuple[Clear, ...]:
    """Return which of the six are missing.

    `dated` also where somebody said that there is no deadline; `answered_for` where everybody named
    is known, and somebody of the office follows what a body outside leads.
    """
    said = (led, titled, dated, answered_for, product, decided)
    return tuple(one for one, is_clear in zip(Clear, said, strict=True) if not is_clear)


def to_ask(missing: Collection[Clear], passed_over: Collection[str]) -> Clear | None:
    """Return what to ask for next, if it was not passed over before."""
    return next((one for one in ASKED if one in missing and one not in passed_over), None)
