"""A rate limit for each user."""

_KEPT = 10_000
_MINUTE = 60.0


class Allowance:
    """Allows each user `a_minute` items every `seconds` (default: 60), all at once if need be; 0 means no limit.

    Times are seconds of one clock. For one user the time never goes back: an item handled late counts at the
    time it was written, provided that items arrive in that order.
    """

    def __init__(self, a_minute: int, seconds: float = _MINUTE) -> None:
        self.a_minute = a_minute
        self._seconds = seconds
        self._pause = seconds / a_minute if a_minute else 0.0
        self._known: dict[int, tuple[float, float]] = {}
        self._most = _KEPT

    def take(self, who: int, at: float) -> bool:
        """Count one more item at a moment. Return False if it exceeds the limit; it is then not counted."""
        seen, until = self._known.get(who, (at, at))
        at = max(at, seen)
        until = max(until, at) + self._pause
        if until - at > self._seconds + 1e-6:
            return False
        if len(self._known) >= self._most:
            self._known = {one: kept for one, kept in self._known.items() if kept[1] > at}
            self._most = max(
                _KEPT, 2 * len(self._known)
            )  # so that a crowd does not cause a full scan at each call
        self._known[who] = at, until
        return True
