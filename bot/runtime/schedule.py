"""What the clock begins: each of these is done when its time has come, whoever looks."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot import clock
from bot.actions.archive import disposal
from bot.actions.history import anchor
from bot.actions.office import Office
from bot.actions.organisation import absence_news, redirect_to_deputy
from bot.actions.reminders import fire_reminders, overdue_answers, request_reminders
from bot.actions.reporting import report_plan
from bot.actions.series import create_due
from bot.delivery.outbox.outbox import Outbox
from bot.delivery.replica import Replica
from storage.files import albums
from storage.messaging import inbox, rate_limits, strangers, user_rate_limits
from storage.messaging.leases import PLANNING
from storage.reminders import outbox_retention
from storage.reporting import inquiries

Look = Callable[[Office, datetime], Awaitable[int]]
LOOKS: tuple[Look, ...] = (
    fire_reminders.look,
    request_reminders.look,
    overdue_answers.look,
    create_due.look,
    redirect_to_deputy.look,
    absence_news.look,
    report_plan.look,
    anchor.look,
)
"""What the clock begins, after the digests; each counts what it did."""
_COUNTED = timedelta(hours=1)
"""How long who has been quiet counts for what goes by the minute: a crowd of strangers leaves no rows for days."""


async def look_at_all(
    office: Office,
    outbox: Outbox,
    now: clock.Clock,
    on_trouble: Callable[[Exception], None],
    replica: Replica | None = None,
) -> int:
    """Begin all that the clock begins; return how much that was. What fails stops nothing else.

    Without a `replica` there is no other instance that could say the first half of what is planned.
    """
    hold = None if replica is None else partial(replica.holds, PLANNING)

    async def begin(one: Look) -> int:
        try:
            return await one(office, now())
        except Exception as error:
            on_trouble(error)
            return 0

    with outbox.planning():  # a digest and the reminders of its hour are one message
        begun = await begin(partial(fire_reminders.digest, begin=hold))
        if begun:
            begun += await begin(fire_reminders.look)
            begun += await begin(redirect_to_deputy.look)
        if replica is not None:
            await replica.let_go(PLANNING)
    for one in LOOKS:
        begun += await begin(one)
    return begun


async def upkeep_by_one(replica: Replica, office: Office, now: clock.Clock) -> None:
    """Let one of the instances do it; the others have nothing to do."""
    if await replica.holds("upkeep"):
        await upkeep(office, now, replica.clock)


async def upkeep(office: Office, now: clock.Clock, real: clock.Clock) -> None:
    """Let go of what nobody asks for any more; `real` is the database's time."""
    db, keep, at = office.db, office.retention, now()
    await inbox.prune(db, real() - keep.updates, real() - keep.messages)
    await rate_limits.prune(db, real() - _COUNTED)
    await user_rate_limits.prune(db, at - _COUNTED)
    await strangers.prune(db, office.today(at - keep.messages))
    await albums.prune(db, at - keep.updates)
    await inquiries.prune(db, at - keep.updates)
    await outbox_retention.wipe_drafts(db, at - keep.drafts, at)
    await outbox_retention.wipe_messages(db, at - keep.messages)
    await disposal.clear_files(office)
