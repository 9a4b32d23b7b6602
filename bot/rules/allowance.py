"""How much of something each may have in a minute."""

_KEPT = 10_000
_MINUTE = 60.0


class Allowance:
    """So many a minute for each, all of them at once if need be; 0 is no limit.

    Times are seconds of one clock. For nobody does it go back: what is handled late counts by when it
    was written as long as it comes in that order.
    """

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self._pause = _MINUTE / a_minute if a_minute else 0.0
        self._known: dict[int, tuple[float, float]] = {}

    def take(self, who: int, at: float) -> bool:
        """Count one more at a moment; False when it is one too many, which is not counted."""
        seen, until = self._known.get(who, (at, at))
        at = max(at, seen)
        until = max(until, at) + self._pause
        if until - at > _MINUTE + 1e-6:
            return False
        if len(self._known) >= _KEPT:
            self._known = {one: kept for one, kept in self._known.items() if kept[1] > at}
        self._known[who] = at, until
        return True
