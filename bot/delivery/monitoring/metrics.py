"""The figures of one process, as Prometheus reads them: the only file that knows its library.

Labels are names that the program chose, and few: never a person, a unit, a number or a word of theirs.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from storage.records import Queues

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_DATABASE_SECONDS = (0.0005, 0.002, 0.005, 0.02, 0.1, 0.5, 2, 10)


class Measures:
    """`bot.delivery.monitoring.metrics_protocol.Figures` that are kept: what the parts of delivery tell, and what waits in the database as it was last counted."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        PlatformCollector(registry=own)
        self._updates = Counter(
            "dondoc_updates", "Updates handled.", ("kind", "outcome"), registry=own
        )
        self._actions = Histogram(
            "dondoc_action_seconds", "Time an action took, answer and all.", ("action",),
            buckets=_SECONDS, registry=own,
        )  # fmt: skip
        self._deliveries = Counter(
            "dondoc_deliveries", "Messages of the outbox.", ("result",), registry=own
        )
        self._telegram = Histogram(
            "dondoc_telegram_seconds", "Time a call of Telegram took.", ("method", "result"),
            buckets=_SECONDS, registry=own,
        )  # fmt: skip
        self._database = Histogram(
            "dondoc_database_seconds", "Time a read or a transaction took.", ("work",),
            buckets=_DATABASE_SECONDS, registry=own,
        )  # fmt: skip
        with suppress(PackageNotFoundError):
            build = Info("dondoc_build", "The program.", registry=own)
            build.info({"version": version("dondoc")})
        self._waiting = _Waiting()
        own.register(self._waiting)
        self._show_what_wakes_somebody()

    def update(self, kind: str, outcome: str) -> None:
        self._updates.labels(kind, outcome).inc()

    def action(self, action: str, seconds: float) -> None:
        self._actions.labels(action).observe(seconds)

    def delivery(self, result: str, messages: int) -> None:
        self._deliveries.labels(result).inc(messages)

    def telegram(self, method: str, result: str, seconds: float) -> None:
        self._telegram.labels(method, result).observe(seconds)

    def pending(self, updates: int) -> None:
        self._waiting.pending = updates

    def sound(self, is_sound: bool) -> None:
        self._waiting.sound = is_sound

    def database(self, work: str, seconds: float) -> None:
        self._database.labels(work).observe(seconds)

    def page(
        self, answers: bool, waiting: Queues | None, now_office: datetime, now_real: datetime
    ) -> bytes:
        """Return all figures: whether the database `answers`, and what waits where that is known."""
        self._waiting.known = answers, waiting, now_office, now_real
        return generate_latest(self._registry)

    def _show_what_wakes_somebody(self) -> None:
        """Let be 0 what has not happened yet: Prometheus sees no rise in a figure that begins with 1."""
        for outcome in ("given_up", "unreadable"):
            self._updates.labels("unknown", outcome)
        self._deliveries.labels("failed")


class _Waiting(Collector):
    """What waits in the database; where it cannot be asked there is no figure, which is no 0."""

    known: tuple[bool, Queues | None, datetime, datetime] | None = None
    pending: int | None = None
    """What Telegram could not hand over; None where it is asked for updates, or has not told yet."""

    sound: bool | None = None
    """Whether the last look through the database found all as it was written; None before it."""

    def collect(self) -> Iterable[Metric]:
        if self.known is None:
            return
        answers, waiting, office, real = self.known
        yield _gauge("dondoc_database_up", "Whether the database answers.", answers)
        if self.sound is not None:
            told = "Whether the last look through the database found all as it was written."
            yield _gauge("dondoc_database_sound", told, self.sound)
        if self.pending is not None:
            told = "Updates that Telegram could not hand over yet, a minute ago at most."
            yield _gauge("dondoc_telegram_pending", told, self.pending)
        if waiting is None:
            return
        yield _gauge("dondoc_inbox_waiting", "Updates to be handled.", waiting.updates)
        age = _age(waiting.oldest_update, real)
        yield _gauge("dondoc_inbox_oldest_seconds", "Age of the oldest of them.", age)
        yield _gauge("dondoc_outbox_waiting", "Messages that are due.", waiting.messages)
        age = _age(waiting.oldest_message, office)
        yield _gauge("dondoc_outbox_oldest_seconds", "Oldest that may be said at this hour.", age)
        people = "Messages for people who cannot be written to."
        yield _gauge("dondoc_outbox_unreachable", people, waiting.unreachable)
        yield _gauge("dondoc_reminders_planned", "Reminders ahead.", waiting.reminders)
        age = _age(waiting.oldest_reminder, office)
        yield _gauge("dondoc_reminders_late_seconds", "How late the latest of them is.", age)


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value)


def _age(oldest: datetime | None, now: datetime) -> float:
    return 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
