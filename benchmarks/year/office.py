"""The office of a simulated year: its people and their tasks, and what `year.toml` says of both."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.actions.office import Office
from bot.actions.standpoint import standpoint
from bot.folding import fold
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction
from storage.history import audit
from storage.history.audit import NewEvent
from storage.organisation import people, units
from storage.records import Role, Urgency

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("year.toml").read_text("utf-8"))
TOP = "Văn phòng (mô phỏng)"
_FIRST_ACCOUNT = 780000001


@dataclass
class Colleague:
    """Somebody of the office; `kind` is how diligent they are, `post` as in `[work.lead]`."""

    id: int
    post: str
    room: int | None
    rooms: tuple[int, ...]
    kind: Mapping[str, Any]
    who: Standpoint
    leave: list[tuple[date, date]]

    def is_away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.leave)


@dataclass
class Work:
    """A task under way: until when it is worked on, and what came of it."""

    id: int
    assigner: Colleague
    lead: Colleague
    urgency: Urgency
    due: date
    late_from: datetime
    end: float
    finished: datetime | None = None


def pick(chance: random.Random, shares: Mapping[str, float]) -> str:
    """Return one of these, by their shares."""
    return chance.choices(list(shares), list(shares.values()))[0]


async def settle(office: Office, chance: random.Random, at: datetime) -> list[Colleague]:
    """Fill an office with its people, everyone reachable."""
    posts = _posts()
    async with office.db.transaction() as tx:
        top = await units.insert(tx, TOP, fold(TOP), None, at)
        rooms = [
            await units.insert(tx, f"Phòng {n}", f"phong {n}", top, at)
            for n in range(1, WORDS["office"]["rooms"] + 1)
        ]
        ids = [await _enter(tx, number, post, top, rooms, at) for number, post in enumerate(posts)]
        await audit.append_many(tx, at, [NewEvent("office.imported")])
    kinds = {name: one for name, one in WORDS["people"].items() if "share" in one}
    shares = {name: one["share"] for name, one in kinds.items()}
    colleagues = []
    for person_id, (post, room, charge) in zip(ids, posts, strict=True):
        member = await people.member(office.db, person_id)
        assert member is not None
        who = await standpoint(office.db, member)
        kind = kinds[pick(chance, shares)]
        colleagues.append(Colleague(person_id, post, room, charge, kind, who, []))
    return colleagues


def _posts() -> list[tuple[str, int | None, tuple[int, ...]]]:
    """Return post, room and rooms in charge of everybody."""
    size = WORDS["office"]
    rooms = range(size["rooms"])
    posts: list[tuple[str, int | None, tuple[int, ...]]] = [("leader", None, ())] * size["leaders"]
    for n in range(size["deputies"]):
        posts.append(("deputy", None, tuple(one for one in rooms if one % size["deputies"] == n)))
    for post in ("head", "deputy_head"):
        posts += [(post, one, ()) for one in rooms]
    left = size["people"] - len(posts)
    return posts + [("staff", n % size["rooms"], ()) for n in range(left)]


async def _enter(
    tx: Transaction,
    number: int,
    post: tuple[str, int | None, tuple[int, ...]],
    top: int,
    rooms: list[int],
    at: datetime,
) -> int:
    kind, room, charge = post
    name = f"Cán bộ {number}"
    person_id = await people.insert(
        tx,
        name=name,
        folded=fold(name),
        position="",
        username=None,
        telegram_id=None,
        aliases=(),
        at=at,
    )
    await people.join(tx, person_id, _FIRST_ACCOUNT + number, None)
    role = {"leader": Role.LEADER, "deputy": Role.LEADER, "head": Role.HEAD}.get(kind, Role.STAFF)
    await people.give_role(tx, person_id, top if room is None else rooms[room], role, at)
    await people.change_charges(tx, person_id, (), [rooms[one] for one in charge], at)
    return person_id
