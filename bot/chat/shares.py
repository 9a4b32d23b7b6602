"""Counts in words: how many, and which part of the whole, with two decimals that add up."""

from collections.abc import Mapping

from bot.rules.standing import Bucket
from storage.records import Counts

NAMES = {
    Bucket.DONE_ON_TIME: "🟢 Hoàn thành đúng hạn",
    Bucket.DONE_LATE: "🟠 Hoàn thành quá hạn",
    Bucket.ON_TRACK: "🔵 Trong hạn",
    Bucket.OVERDUE: "🔴 Quá hạn",
    Bucket.NO_DEADLINE: "Không thời hạn",
}


def percents(counts: Counts) -> Mapping[Bucket, str]:
    """Return each bucket's share, "12,34%"; all together they are 100,00% (domain.md, section 2).

    What rounding down leaves goes to the largest remainders.
    """
    total = counts.total
    if not total:
        return dict.fromkeys(Bucket, "0,00%")
    parts = {one: divmod(10_000 * getattr(counts, one), total) for one in Bucket}
    left = 10_000 - sum(whole for whole, _ in parts.values())
    lifted = sorted(Bucket, key=lambda one: -parts[one][1])[:left]
    hundredths = {one: parts[one][0] + (one in lifted) for one in Bucket}
    return {one: f"{n // 100},{n % 100:02}%" for one, n in hundredths.items()}


def ratio(part: int, total: int) -> str:
    """Return one share with two decimals and a decimal comma."""
    return f"{100 * part / max(total, 1):.2f}%".replace(".", ",")


def number(count: int) -> str:
    """Return "1.234.567"."""
    return f"{count:,}".replace(",", ".")


def lines(counts: Counts) -> list[str]:
    """Return a line for each bucket; that without a deadline only where there are any."""
    shares = percents(counts)
    return [
        f"{name}: <b>{number(getattr(counts, one))}</b> ({shares[one]})"
        for one, name in NAMES.items()
        if getattr(counts, one) or one is not Bucket.NO_DEADLINE
    ]


def marks(counts: Counts) -> str:
    """Return the buckets that have any in short: "🟢3 🔴1"."""
    found = [
        f"{NAMES[one][0]}{number(getattr(counts, one))}"
        for one in list(Bucket)[:4]
        if getattr(counts, one)
    ]
    found += [f"không thời hạn {number(counts.no_deadline)}"] if counts.no_deadline else []
    return " ".join(found)
