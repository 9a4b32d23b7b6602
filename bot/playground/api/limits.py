"""How fast a bot may write before Telegram answers 429."""

import math
from dataclasses import dataclass


@dataclass
class _Bucket:
    """Holds `size` messages and refills by `rate` a second."""

    size: float
    rate: float
    left: float
    seen: float

    def wait(self, now: float) -> float:
        """Seconds until one message fits; 0 when it fits now."""
        self.left = min(self.size, self.left + (now - self.seen) * self.rate)
        self.seen = now
        return 0.0 if self.left >= 1 else (1 - self.left) / self.rate


class Flood:
    """30 messages a second in all, one a second to a chat after a burst of 5, 20 a minute to a group.

    Edits count overall only. Times are monotonic seconds.
    """

    def __init__(self) -> None:
        self._all = _Bucket(30, 30, 30, 0)
        self._chats: dict[int, _Bucket] = {}

    def wait(self, chat_id: int, edit: bool, now: float) -> int:
        """Whole seconds to wait, or 0 and the message is counted."""
        buckets = [self._all] if edit else [self._all, self._chat(chat_id, now)]
        seconds = max(bucket.wait(now) for bucket in buckets)
        if seconds > 0:
            return math.ceil(seconds)
        for bucket in buckets:
            bucket.left -= 1
        return 0

    def _chat(self, chat_id: int, now: float) -> _Bucket:
        if chat_id not in self._chats:
            size, rate = (20, 20 / 60) if chat_id < 0 else (5, 1)
            self._chats[chat_id] = _Bucket(size, rate, size, now)
        return self._chats[chat_id]
