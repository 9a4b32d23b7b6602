"""How much of something each may have in a minute."""

_KEPT = 10_000
_MINUTE = 60.0


class Allowance:
    """So many every `seconds`, a minute, for each, all of them at once if need be; 0 is no limit.

    Times are seconds of one clock. For nobody does it go back: what is handled late counts by when it
    was written as long as it comes in that order.
    """

    def __init__(self, a_minute: int, seconds: float = _MINUTE) -> None:
        self.a_minute = a_minute
        self._seconds = seconds
        self._pause = seconds / a_minute if a_minute else 0.0
        self._known: dict[int, tuple[float, float]] = {}
        self._most = _KEPT

    def take(self, who: int, at: float) -> bool:
        """Count one more at a moment; False when it is one too many, which is not counted."""
        seen, until = self._known.get(who, (at, at))
        at = max(at, seen)
        until = max(until, at) + self._pause
        if until - at > self._seconds + 1e-6:
            return False
        if len(self._known) >= self._most:
            self._known = {one: kept for one, kept in self._known.items() if kept[1] > at}
            self._most = max(
                _KEPT, 2 * len(self._known)
            )  # or a crowd would be gone through each time
        self._known[who] = at, until
        return True
