"""How much of something each account has had in a minute, counted by all instances together.

It is counted as `bot.rules.user_rate_limit` counts it, which one instance alone goes by. Moments are
microseconds since 1970, of whatever clock they are given by; for no account do they go back.
"""

from datetime import datetime

from storage.engine.database import Database, Engine

_MINUTE = 60_000_000
_MOST: dict[Engine, str] = {"sqlite": "MAX", "postgres": "GREATEST"}
_TAKE = """
INSERT INTO allowances (what, account, seen_at, used_until)
VALUES ($1, $2, $3, CAST($3 AS BIGINT) + CAST($4 AS BIGINT))
ON CONFLICT (what, account) DO UPDATE SET
  seen_at = {most}(allowances.seen_at, EXCLUDED.seen_at),
  used_until = {most}(allowances.used_until, EXCLUDED.seen_at) + CAST($4 AS BIGINT)
WHERE {most}(allowances.used_until, EXCLUDED.seen_at) + CAST($4 AS BIGINT)
  - {most}(allowances.seen_at, EXCLUDED.seen_at) <= CAST($5 AS BIGINT)
"""


async def take(db: Database, what: str, account: int, at: float, a_minute: int) -> bool:
    """Count one more at a moment, in seconds; False when it is one too many, which is not counted."""
    sql = _TAKE.format(most=_MOST[db.engine])
    async with db.transaction() as tx:
        taken = await tx.execute(
            sql, what, account, round(at * 1_000_000), _MINUTE // a_minute, _MINUTE
        )
    return taken == 1


async def prune(db: Database, before: datetime) -> None:
    """Forget who has been quiet for long."""
    async with db.transaction() as tx:
        await tx.execute(
            "DELETE FROM allowances WHERE used_until < $1", round(before.timestamp() * 1_000_000)
        )
