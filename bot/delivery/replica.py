"""This instance among those that work on one database: whether it may run, and which work is its alone.

There is no leader. An instance that polls must be alone. Instances with a webhook may be many: for each work
that only one may do, one of them holds the lease until it stops or dies.
"""

import asyncio
import hmac
import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.delivery.database_clock import DatabaseClock
from bot.delivery.instance_name import Seat
from bot.delivery.outbox.lease_renewal import LEASE, RENEW_SECONDS
from storage.engine.database import Database
from storage.messaging import leases

_LOOK_SECONDS = 1.0
_ALONE = "polling"
_SEAT = "seat "
"""The lease of a seat begins with this; its mark follows."""
_SHOWN = "secret "
"""The lease of a webhook secret begins with this; its fingerprint and the name of the instance follow."""
_log = logging.getLogger(__name__)


class NotAlone(Exception):  # noqa: N818 - a refusal to start, for the operator
    """Another instance works on this database, and this one cannot run beside it."""


def _polls(other: str) -> NotAlone:
    return NotAlone(
        f"the bot runs already on this database, as {other}: only one may poll;"
        ' telegram.mode = "webhook" is for several'
    )


def _namesake(name: str) -> NotAlone:
    """Return the refusal for an instance of our name in another folder: it would take what is leased to us."""
    return NotAlone(
        f"another program called {name} works on this database, with another folder:"
        " storage.files has to be one that all replicas share"
    )


def marks(held: Iterable[leases.Lease]) -> dict[str, str]:
    """Return the names of the instances at work, by the mark of their seat."""
    seats = [one for one in held if one.name.startswith(_SEAT)]
    return {one.name.removeprefix(_SEAT): one.owner for one in seats}


def secrets(held: Iterable[leases.Lease]) -> dict[str, str]:
    """Return the fingerprint of the webhook secret of each instance at work, by its name."""
    known = [one for one in held if one.name.startswith(_SHOWN)]
    return {one.owner: one.name.split(" ")[1] for one in known}


class Replica:
    """This instance, with the leases that it holds.

    `alone` is true if it polls; `secret` is the fingerprint of its webhook secret, if there is one. The replica
    sets `clock`, which is right from `begin` on.
    """

    def __init__(
        self,
        db: Database,
        seat: Seat,
        clock: DatabaseClock,
        on_trouble: Callable[[Exception], None],
        *,
        alone: bool,
        secret: str | None = None,
    ) -> None:
        self.name = seat.name
        self.clock = clock
        self._db = db
        self._on_trouble = on_trouble
        self._alone = alone
        self._place = _ALONE if alone else f"webhook {seat.name}"
        self._seat = f"{_SEAT}{seat.mark}"
        self._mine = {self._seat, f"{_SEAT}{seat.former}"}
        self._secret = secret
        self._others: dict[str, str] = {}
        self._held: dict[str, datetime] = {}

    async def begin(self) -> None:
        """Take our place, after waiting for the leases of instances that seem to have died. Raises NotAlone."""
        await self.clock.look(self._db)
        await self._until_free()
        await leases.give_back(self._db, self.name, self.clock())
        if not await self._take(self._place):
            raise _polls("another that began just now")
        await self._take(self._seat)
        await self._compare_secrets()
        if others := await self._in_the_way():
            await self.end()
            raise self._refusal(others[0])

    async def keep_on(self) -> None:
        """Renew our leases until cancelled; raises NotAlone once another instance has our place."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                await self._renew()
            except NotAlone:
                raise
            except Exception as error:
                self._on_trouble(error)

    async def end(self) -> None:
        """Give back all our leases at once."""
        self._held = {}
        await leases.give_back(self._db, self.name, self.clock())

    async def holds(self, work: str) -> bool:
        """Tell whether a work is this instance's; take it if it is free."""
        until = self._held.get(work)
        if until is not None and self.clock() < until:
            return True
        try:
            return await self._take(work)
        except Exception as error:
            self._on_trouble(error)
            return False

    async def let_go(self, work: str) -> None:
        """Give back a work, if this instance holds it."""
        if self._held.pop(work, None) is None:
            return
        try:
            await leases.let_go(self._db, work, self.name)
        except Exception as error:
            self._on_trouble(error)

    def is_anothers(self, secret: str) -> bool:
        """Tell whether a fingerprint is that of the webhook secret of another instance at work now.

        Secrets differ while an operator changes them on one replica after the other.
        """
        return max(
            (hmac.compare_digest(secret, one) for one in self._others.values()), default=False
        )

    async def _compare_secrets(self) -> None:
        """Publish the fingerprint of our secret, and read those of the other instances."""
        if self._secret is None:
            return
        if (mine := f"{_SHOWN}{self._secret} {self.name}") not in self._held:
            await self._take(mine)
        known = secrets(await leases.held(self._db, self.clock()))
        others = {name: one for name, one in known.items() if one != self._secret}
        if others.keys() - self._others.keys():
            _log.warning(
                "telegram.webhook_secret is not that of %s: start all again with the same, one by one",
                ", ".join(sorted(others)),
            )
        self._others = others

    async def _take(self, name: str) -> bool:
        now = self.clock()
        if not await leases.take(self._db, name, self.name, now, now + LEASE):
            self._held.pop(name, None)
            return False
        self._held[name] = now + LEASE
        return True

    async def _renew(self) -> None:
        await self.clock.look(self._db)
        until = self.clock() + LEASE
        kept = await leases.renew(self._db, list(self._held), self.name, until)
        self._held = dict.fromkeys(kept, until)
        if self._place not in kept and not await self._take(self._place):
            raise _polls("another that took over while this one stood still")
        if self._seat not in kept:
            if others := await self._in_the_way():
                raise self._refusal(others[0])
            await self._take(self._seat)
        await self._compare_secrets()

    async def _until_free(self) -> None:
        """Wait until leases that nobody renews have run out; raises NotAlone once one is renewed."""
        seen: dict[str, object] = {}
        while others := await self._in_the_way():
            for one in others:
                if seen.setdefault(one.name, one.until) != one.until:
                    raise self._refusal(one)
            _log.info("waiting for %s, which may have died", others[0].owner)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _in_the_way(self) -> list[leases.Lease]:
        held = await leases.held(self._db, self.clock())
        return [one for one in held if self._stops(one)]

    def _stops(self, lease: leases.Lease) -> bool:
        if lease.owner == self.name:
            return lease.name.startswith(_SEAT) and lease.name not in self._mine
        return self._alone or lease.name == _ALONE

    def _refusal(self, lease: leases.Lease) -> NotAlone:
        return _namesake(self.name) if lease.owner == self.name else _polls(lease.owner)
