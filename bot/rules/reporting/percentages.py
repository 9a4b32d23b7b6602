"""Shares of a whole in percent, with two decimals (domain.md, section 2)."""

from collections.abc import Mapping
from fractions import Fraction

from bot.rules.organisation.standing import Bucket
from storage.records import Counts


def percents(counts: Counts) -> Mapping[Bucket, str]:
    """Return each bucket's share, "12,34%". Equal counts get equal shares, and the sum is 100,00%.

    Each share is rounded. The difference to 100,00% goes to the largest count that only one bucket has. If
    there is no such count (three equal ones and nothing else), the sum is 99,99%: equal shares matter more.
    """
    total = counts.total
    if not total:
        return dict.fromkeys(Bucket, "0,00%")
    parts = [getattr(counts, one) for one in Bucket]
    hundredths = {count: round(Fraction(10_000 * count, total)) for count in parts}
    alone = max((count for count in parts if count and parts.count(count) == 1), default=None)
    if alone is not None:
        hundredths[alone] += 10_000 - sum(hundredths[count] for count in parts)
    return {
        one: f"{hundredths[n] // 100},{hundredths[n] % 100:02}%"
        for one, n in zip(Bucket, parts, strict=True)
    }


def ratio(part: int, total: int) -> str:
    """Return one share in percent with two decimals and a decimal comma."""
    return f"{100 * part / max(total, 1):.2f}%".replace(".", ",")
