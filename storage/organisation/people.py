"""People, the posts they hold and the units they are in charge of."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.engine.database import Reader, Row, Transaction, Value
from storage.history.audit import OFFICE_VERSION
from storage.records import Member, Person, Reach, Role

_MEMBER = """
SELECT p.*, r.role, r.unit_id, c.unit_id AS charge
FROM people p
LEFT JOIN roles r ON r.person_id = p.id AND r.until_at IS NULL
LEFT JOIN charges c ON c.person_id = p.id AND c.until_at IS NULL
"""
_MEMBER_NOW = _MEMBER.replace("p.*,", f"p.*, {OFFICE_VERSION} AS now,")
_NO_MERGER = "LOCK TABLE mergers IN ROW SHARE MODE"
"""Waits for a merger, and lets one wait: see `storage/mergers/mergers.alone`."""
_ORDER = " ORDER BY p.id, r.id, c.id"


async def by_account(reader: Reader, telegram_id: int) -> Member | None:
    """Return the living person whose Telegram account this is: asked at every update."""
    return _first(
        await reader.fetch(
            _MEMBER + "WHERE p.telegram_id = $1 AND p.ended_at IS NULL" + _ORDER, telegram_id
        )
    )


async def by_account_now(reader: Reader, telegram_id: int) -> tuple[Member | None, int]:
    """As `by_account`, with the office's version (see `audit.office_version`) in the same read."""
    return _now(
        await reader.fetch(
            _MEMBER_NOW + "WHERE p.telegram_id = $1 AND p.ended_at IS NULL" + _ORDER, telegram_id
        )
    )


async def member_now(reader: Reader, person_id: int) -> tuple[Member | None, int]:
    """Return a living person, with the office's version in the same read."""
    return _now(
        await reader.fetch(
            _MEMBER_NOW + "WHERE p.id = $1 AND p.ended_at IS NULL" + _ORDER, person_id
        )
    )


async def member(reader: Reader, person_id: int) -> Member | None:
    """Return a person with their posts, one who left too."""
    return _first(await reader.fetch(_MEMBER + "WHERE p.id = $1" + _ORDER, person_id))


async def held(tx: Transaction, person_id: int) -> Member | None:
    """Return a person as `member` does; nobody ends them, nor merges units, until the transaction is over."""
    if tx.engine == "postgres":
        await tx.execute(_NO_MERGER)
        await tx.fetch("SELECT id FROM people WHERE id = $1 FOR SHARE", person_id)
    return await member(tx, person_id)


async def held_living(tx: Transaction, person_ids: Collection[int]) -> dict[int, Member]:
    """Return those of these people who have not left; nobody ends them as with `held`."""
    ids = sorted(set(person_ids))
    slots = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    if tx.engine == "postgres":
        await tx.execute(_NO_MERGER)
        await tx.fetch(f"SELECT id FROM people WHERE id IN ({slots}) ORDER BY id FOR SHARE", *ids)  # noqa: S608 - slots
    rows = await tx.fetch(f"{_MEMBER} WHERE p.id IN ({slots}) AND p.ended_at IS NULL{_ORDER}", *ids)
    return {member.id: member for member in _members(rows)}


async def names(reader: Reader, person_ids: Collection[int]) -> dict[int, str]:
    """Return people's names by id, of those who left too."""
    if not person_ids:
        return {}
    slots = ", ".join(f"${n}" for n in range(1, len(person_ids) + 1))
    rows = await reader.fetch(f"SELECT id, name FROM people WHERE id IN ({slots})", *person_ids)  # noqa: S608 - slots
    return {int(row["id"]): str(row["name"]) for row in rows}


async def living(reader: Reader) -> list[Member]:
    """Return everyone who has not left, with their posts."""
    return _members(await reader.fetch(_MEMBER + "WHERE p.ended_at IS NULL" + _ORDER))


async def holders(reader: Reader) -> list[Person]:
    """Return everyone who has a Telegram account, those who left too: an account is one person's."""
    rows = await reader.fetch("SELECT * FROM people WHERE telegram_id IS NOT NULL ORDER BY id")
    return [Person.model_validate(row) for row in rows]


async def holder(reader: Reader, telegram_id: int) -> Person | None:
    """Return whose account this is, if anybody's, someone who left too."""
    row = await reader.fetch_one("SELECT * FROM people WHERE telegram_id = $1", telegram_id)
    return Person.model_validate(row) if row else None


async def of_units(reader: Reader, unit_ids: Collection[int]) -> list[Member]:
    """Return who has a post in any of these units or is in charge of one, with all their posts."""
    if not unit_ids:
        return []
    slots = ", ".join(f"${n}" for n in range(1, len(unit_ids) + 1))
    rows = await reader.fetch(
        f"{_MEMBER} WHERE p.ended_at IS NULL AND p.id IN ("  # noqa: S608 - slots
        f" SELECT person_id FROM roles WHERE until_at IS NULL AND unit_id IN ({slots})"
        f" UNION SELECT person_id FROM charges WHERE until_at IS NULL AND unit_id IN ({slots}))"
        f"{_ORDER}",
        *unit_ids,
    )
    return _members(rows)


async def counted_by_unit(reader: Reader) -> dict[int, int]:
    """Return how many people have a post in each unit, by the unit's id."""
    rows = await reader.fetch(
        "SELECT r.unit_id, COUNT(DISTINCT r.person_id) AS people FROM roles r"
        " JOIN people p ON p.id = r.person_id AND p.ended_at IS NULL"
        " WHERE r.until_at IS NULL AND r.unit_id IS NOT NULL GROUP BY r.unit_id"
    )
    return {int(row["unit_id"]): int(row["people"]) for row in rows}


async def heads_of(reader: Reader, unit_id: int) -> list[int]:
    """Return the ids of a unit's heads; where it has none, of the leaders who sit in it."""
    rows = await reader.fetch(
        "SELECT r.person_id, r.role FROM roles r"
        " JOIN people p ON p.id = r.person_id AND p.ended_at IS NULL"
        " WHERE r.unit_id = $1 AND r.until_at IS NULL AND r.role IN ('head', 'leader')"
        " ORDER BY r.id",
        unit_id,
    )
    heads = [int(row["person_id"]) for row in rows if row["role"] == Role.HEAD]
    return heads or [int(row["person_id"]) for row in rows]


async def in_charge_of(reader: Reader, unit_id: int) -> list[int]:
    """Return the leaders in charge of a unit, by name of the unit itself."""
    rows = await reader.fetch(
        "SELECT c.person_id FROM charges c"
        " JOIN people p ON p.id = c.person_id AND p.ended_at IS NULL"
        " WHERE c.unit_id = $1 AND c.until_at IS NULL ORDER BY c.id",
        unit_id,
    )
    return [int(row["person_id"]) for row in rows]


async def has_left(reader: Reader, person_id: int) -> bool:
    """Tell whether somebody is no longer of the office."""
    left = await reader.fetch("SELECT 1 FROM people WHERE id = $1 AND ended_at IS NULL", person_id)
    return not left


async def lock(tx: Transaction) -> None:
    """Let nobody else change people until the transaction ends; SQLite has one writer anyway."""
    if tx.engine == "postgres":
        await tx.execute("LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE")


async def insert(
    tx: Transaction,
    *,
    name: str,
    folded: str,
    position: str,
    username: str | None,
    telegram_id: int | None,
    aliases: Sequence[str],
    at: datetime,
) -> int:
    """Add a person and return their id."""
    row = await tx.fetch(
        "INSERT INTO people (name, folded, position, username, telegram_id, aliases, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        name,
        folded,
        position,
        username,
        telegram_id,
        json.dumps(aliases, ensure_ascii=False),
        at,
    )
    return int(row[0]["id"])


async def change(tx: Transaction, person_id: int, columns: Mapping[str, Value]) -> None:
    """Set columns of a person."""
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, 2))
    await tx.execute(
        f"UPDATE people SET {sets} WHERE id = $1",  # noqa: S608 - column names
        person_id,
        *columns.values(),
    )


async def join(tx: Transaction, person_id: int, telegram_id: int, username: str | None) -> None:
    """Give a person this account in place of the one before; they are there to be written to."""
    account = {"telegram_id": telegram_id, "username": username, "reach": Reach.REACHABLE}
    await change(tx, person_id, account)


async def tell(tx: Transaction, person_id: int, at: datetime) -> bool:
    """Keep when a person was told what is kept about them; False when they had been told before."""
    told = await tx.execute(
        "UPDATE people SET told_at = $2 WHERE id = $1 AND told_at IS NULL", person_id, at
    )
    return told == 1


async def give_role(
    tx: Transaction, person_id: int, unit_id: int | None, role: Role, at: datetime
) -> None:
    """Give a person a role in a unit (None: in the whole office) from a moment on."""
    await tx.execute(
        "INSERT INTO roles (person_id, unit_id, role, from_at) VALUES ($1, $2, $3, $4)",
        person_id,
        unit_id,
        role,
        at,
    )


async def end_role(
    tx: Transaction, person_id: int, unit_id: int | None, role: Role, at: datetime
) -> None:
    """End a role a person holds in a unit (None: in the whole office)."""
    await tx.execute(
        "UPDATE roles SET until_at = $4 WHERE person_id = $1 AND COALESCE(unit_id, 0) = $2"
        " AND role = $3 AND until_at IS NULL",
        person_id,
        unit_id or 0,
        role,
        at,
    )


async def change_charges(
    tx: Transaction,
    person_id: int,
    ended: Collection[int],
    given: Collection[int],
    at: datetime,
) -> None:
    """End and begin a person's charge of units."""
    await tx.execute_many(
        "UPDATE charges SET until_at = $3 WHERE person_id = $1 AND unit_id = $2"
        " AND until_at IS NULL",
        [(person_id, unit_id, at) for unit_id in ended],
    )
    await tx.execute_many(
        "INSERT INTO charges (person_id, unit_id, from_at) VALUES ($1, $2, $3)",
        [(person_id, unit_id, at) for unit_id in given],
    )


async def end(tx: Transaction, person_id: int, at: datetime) -> bool:
    """Let somebody be of the office no more, with all posts and charges; False when it was so already.

    Their account stays theirs, so that nobody else is let in with it.
    """
    ended = await tx.execute(
        "UPDATE people SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", person_id, at
    )
    for table in ("roles", "charges", "leader_group_members"):
        await tx.execute(
            f"UPDATE {table} SET until_at = $2 WHERE person_id = $1 AND until_at IS NULL",  # noqa: S608 - tables
            person_id,
            at,
        )
    return ended == 1


async def take_back(tx: Transaction, person_id: int, ended_at: datetime) -> bool:
    """Let somebody who left be of the office again with the posts they had; False when they are.

    Whose name is a pseudonym is nobody any more who could come back. Charges and places in groups of leaders are for whoever gives them anew.
    """
    back = await tx.execute(
        "UPDATE people SET ended_at = NULL"
        " WHERE id = $1 AND ended_at = $2 AND pseudonym_at IS NULL",
        person_id,
        ended_at,
    )
    await tx.execute(
        "UPDATE roles SET until_at = NULL WHERE person_id = $1 AND until_at = $2",
        person_id,
        ended_at,
    )
    return back == 1


async def formers(reader: Reader) -> list[Person]:
    """Return everyone who has left, the latest first."""
    rows = await reader.fetch(
        "SELECT * FROM people WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC"
    )
    return [Person.model_validate(row) for row in rows]


def _first(rows: list[Row]) -> Member | None:
    return next(iter(_members(rows)), None)


def _now(rows: list[Row]) -> tuple[Member | None, int]:
    return _first(rows), (rows[0]["now"] or 0) if rows else 0


def _members(rows: list[Row]) -> list[Member]:
    """Fold rows into people: a row for each pair of a post and a charge."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        person = found.setdefault(row["id"], {**row, "roles": {}, "charges": {}})
        if row["role"] is not None:
            person["roles"][row["role"], row["unit_id"]] = {
                "role": row["role"],
                "unit_id": row["unit_id"],
            }
        if row["charge"] is not None:
            person["charges"][row["charge"]] = None
    return [
        Member.model_validate(
            {
                **person,
                "roles": tuple(person["roles"].values()),
                "charges": tuple(person["charges"]),
            }
        )
        for person in found.values()
    ]
