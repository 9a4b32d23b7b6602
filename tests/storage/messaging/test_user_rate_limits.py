"""What all instances count together is what one alone would count."""

import random
from datetime import UTC, datetime

from bot.rules.user_rate_limit import Allowance
from storage.engine.database import Database
from storage.messaging import user_rate_limits


async def test_together_they_count_as_one_does_alone(db: Database) -> None:
    chance = random.Random(5)
    for account, a_minute in enumerate((1, 7, 10, 120) * 3):
        alone, at = Allowance(a_minute), 1_765_000_000.0
        for _ in range(40):
            at += chance.choice([0, 0, 0, 0.5, 3, -20, 70]) * chance.random()
            together = await user_rate_limits.take(db, "all", account, at, a_minute)
            assert together == alone.take(account, at)
    await user_rate_limits.prune(db, datetime.fromtimestamp(at + 10_000, UTC))
    assert await db.fetch("SELECT account FROM allowances") == []
