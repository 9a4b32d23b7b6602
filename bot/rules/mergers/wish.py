"""What somebody wants done with units, and what is to be said of it.

Hợp nhất: several end and a new one begins; sáp nhập: some end in one that stays; chia tách: people
leave one for a new one; giải thể: one ends and its people go elsewhere; chuyển: people move.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    UNITE = "unite"
    ABSORB = "absorb"
    SPLIT = "split"
    DISSOLVE = "dissolve"
    MOVE = "move"


ENDING = frozenset({Kind.UNITE, Kind.ABSORB, Kind.DISSOLVE})
"""In which the units named end."""
TAKING_OVER = frozenset({Kind.UNITE, Kind.ABSORB})


class Wish(BaseModel):
    """What is to be done with `units`; a new unit has a `name`, one that is there already `into_id`.

    `people` go in a split or a move, with the tasks they lead in the unit; tasks of `odd` go the other
    way: what a mover leads stays with the unit's head, what another leads goes to the new head.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    units: tuple[int, ...] = ()
    into_id: int | None = None
    name: str = ""
    head_id: int | None = None
    people: tuple[int, ...] = ()
    odd: tuple[int, ...] = ()
    work_stays: bool = False
    """In a move: all that the people lead in the unit stays with its head."""


class Doubt(StrEnum):
    """What stands in the way, or what whoever decides must know."""

    SAME_UNIT = "same_unit"
    UNIT_GONE = "unit_gone"
    FEW_UNITS = "few_units"
    NOBODY = "nobody"
    UNNAMED = "unnamed"
    NAME_TAKEN = "name_taken"
    OUTSIDE = "outside"
    TWO_HEADS = "two_heads"
    NO_HEIR = "no_heir"
    NO_HEAD = "no_head"
    RENAMED = "renamed"
    LIFTED = "lifted"
    SHORT_TAKEN = "short_taken"
    OVERSEES = "oversees"


BLOCKING = frozenset(
    {
        *(Doubt.SAME_UNIT, Doubt.UNIT_GONE, Doubt.FEW_UNITS, Doubt.NOBODY, Doubt.UNNAMED),
        *(Doubt.NAME_TAKEN, Doubt.OUTSIDE, Doubt.TWO_HEADS, Doubt.NO_HEIR),
    }
)


@dataclass(frozen=True)
class Remark:
    """A doubt, with the names it is about."""

    doubt: Doubt
    names: tuple[str, ...] = ()
