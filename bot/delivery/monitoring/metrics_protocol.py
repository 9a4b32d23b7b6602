"""What the parts of delivery tell of their work, whether somebody measures it or not.

Every name told is one of the program's own, of which there are few.
"""

from typing import Protocol


class Figures(Protocol):
    """Counts and times, in seconds."""

    def update(self, kind: str, outcome: str) -> None:
        """Count an update: handled, secret, flooded, unanswered, failed (each time), given_up or unreadable."""

    def action(self, action: str, seconds: float) -> None:
        """Note how long what an update asked for took, or a look of the clock."""

    def delivery(self, result: str, messages: int) -> None:
        """Count messages of the outbox: sent, folded, never, put_off, unreachable or failed."""

    def telegram(self, method: str, result: str, seconds: float) -> None:
        """Note a call of Telegram: ok, or the class of what it answered."""

    def pending(self, updates: int) -> None:
        """Note how many updates Telegram has that it could not hand over yet."""

    def database(self, work: str, seconds: float) -> None:
        """Note a read or a transaction (write)."""

    def sound(self, is_sound: bool) -> None:
        """Note whether the database was as it was written when it was looked through last."""


class NoFigures:
    """Measures nothing: where there is no port to ask at."""

    def update(self, kind: str, outcome: str) -> None: ...
    def action(self, action: str, seconds: float) -> None: ...
    def delivery(self, result: str, messages: int) -> None: ...
    def telegram(self, method: str, result: str, seconds: float) -> None: ...
    def pending(self, updates: int) -> None: ...
    def database(self, work: str, seconds: float) -> None: ...
    def sound(self, is_sound: bool) -> None: ...
