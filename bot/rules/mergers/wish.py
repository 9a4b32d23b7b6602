"""What a person wants done with units, and the remarks on it.

Hợp nhất: several units end and a new one begins. Sáp nhập: some units end and become part of one that
stays. Chia tách: people leave a unit for a new one. Giải thể: a unit ends and its people go elsewhere.
Chuyển: people move.
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
"""The kinds in which the named units end."""
TAKING_OVER = frozenset({Kind.UNITE, Kind.ABSORB})


class Wish(BaseModel):
    """What to do with `units`. A new unit has a `name`; an existing one is given by `into_id`.

    In a split or a move the `people` go, with the tasks that they lead in the unit. The tasks of `odd` go
    the other way: a mover's task stays with the unit's head, and another person's task goes to the new head.
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
    """In a move: all tasks that the people lead in the unit stay with its head."""


class Doubt(StrEnum):
    """A reason that blocks a wish, or that its decider must know."""

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
    """A doubt, with the names it concerns."""

    doubt: Doubt
    names: tuple[str, ...] = ()
