"""Which part of the whole each count is, with two decimals (domain.md, section 2)."""

from collections.abc import Mapping

from bot.rules.standing import Bucket
from storage.records import Counts


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
