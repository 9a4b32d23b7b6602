"""6 rõ: what a new task leaves unclear: who, what, when, who answers for it, which product, who decides.

Each missing thing is asked for once, and nothing else is (domain.md, section 1).
"""

from collections.abc import Collection
from enum import StrEnum


class Clear(StrEnum):
    """The six points, in their official order: người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền."""

    PERSON = "person"
    TASK = "task"
    TIME = "time"
    DUTY = "duty"
    PRODUCT = "product"
    AUTHORITY = "authority"


ASKED = (Clear.PRODUCT, Clear.AUTHORITY)
"""The points that may stay open when a task is assigned; they are asked for once. The others are always asked for."""


def unclear(
    *,
    led: bool,
    titled: bool,
    dated: bool,
    answered_for: bool,
    product: bool,
    decided: bool,
) -> tuple[Clear, ...]:
    """Return which of the six points are missing.

    `dated` is true also if the assigner said that there is no deadline. `answered_for` is true if everybody
    named is known and, where a body outside leads, somebody of the office follows the task.
    """
    said = (led, titled, dated, answered_for, product, decided)
    return tuple(one for one, is_clear in zip(Clear, said, strict=True) if not is_clear)


def to_ask(missing: Collection[Clear], passed_over: Collection[str]) -> Clear | None:
    """Return the next missing point to ask for, without those passed over before; None if there is none."""
    return next((one for one in ASKED if one in missing and one not in passed_over), None)
