"""Counts in words: how many, and which share of the whole, with two decimals that add up."""

from bot.rules.organisation.standing import Bucket
from bot.rules.reporting.percentages import percents
from storage.records import Counts

NAMES = {
    Bucket.DONE_ON_TIME: "🟢 Hoàn thành đúng hạn",
    Bucket.DONE_LATE: "🟠 Hoàn thành quá hạn",
    Bucket.ON_TRACK: "🔵 Trong hạn",
    Bucket.OVERDUE: "🔴 Quá hạn",
    Bucket.NO_DEADLINE: "Không thời hạn",
}


def number(count: int) -> str:
    """Return "1.234.567"."""
    return f"{count:,}".replace(",", ".")


def lines(counts: Counts) -> list[str]:
    """Return a line for each bucket; the one without deadline only if it has any tasks."""
    shares = percents(counts)
    return [
        f"{name}: <b>{number(getattr(counts, one))}</b> ({shares[one]})"
        for one, name in NAMES.items()
        if getattr(counts, one) or one is not Bucket.NO_DEADLINE
    ]


def marks(counts: Counts) -> str:
    """Return the buckets that have tasks in short: "🟢3 🔴1"."""
    found = [
        f"{NAMES[one][0]}{number(getattr(counts, one))}"
        for one in list(Bucket)[:4]
        if getattr(counts, one)
    ]
    found += [f"không thời hạn {number(counts.no_deadline)}"] if counts.no_deadline else []
    return " ".join(found)
