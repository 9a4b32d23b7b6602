"""The link to one's calendar: one a person, known to its owner alone, and dead when it is to be."""

import asyncio
from typing import Any

import pytest

from bot.actions.office_days import calendar_links
from bot.actions.office_days.calendar_links import end, owner, renew
from bot.actions.organisation import hand_over_all, invite, leave
from bot.refusals import No, Refusal
from storage.history.chain import verify
from storage.organisation import people
from storage.records import Member
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(9)
WEB = "https://dondoc.example.vn/"


@pytest.fixture(autouse=True)
def _served(at_work: Staffed) -> None:
    at_work.office.web_address = WEB


async def made(at_work: Staffed, name: str = "staff", seen: int = 0) -> str:
    """Make somebody a link and return its token."""
    address = await renew(at_work.office, at_work.who[name], seen, NOW, at_work.update())
    assert address.startswith("https://dondoc.example.vn/lich/")
    return address.removeprefix("https://dondoc.example.vn/lich/").removesuffix(".ics")


async def link_of(at_work: Staffed, name: str = "staff") -> int:
    link = await calendar_links.current(at_work.office, at_work.who[name])
    return link.id if link else 0


async def leads_to(at_work: Staffed, token: str) -> int | None:
    known = await owner(at_work.office, token, NOW)
    return known.member.id if known else None


async def member(at_work: Staffed, name: str) -> Member:
    found = await people.member(at_work.db, at_work.ids[name])
    assert found is not None
    return found


async def kept(at_work: Staffed) -> list[Any]:
    rows = await at_work.db.fetch(
        "SELECT kind, actor_id, facts FROM events WHERE kind LIKE 'calendar_link.%' ORDER BY id"
    )
    assert await verify(at_work.db) is None
    return [(row["kind"], row["actor_id"], row["facts"]) for row in rows]


async def test_a_link_leads_to_its_owner_and_only_its_hash_is_kept(at_work: Staffed) -> None:
    token = await made(at_work)
    assert len(token) == 32
    assert await leads_to(at_work, token) == at_work.ids["staff"]
    for wrong in (token[:-1], token + "A", token.swapcase(), "", "x" * 10_000):
        assert await leads_to(at_work, wrong) is None
    assert token not in str(await at_work.everything())
    assert await kept(at_work) == [("calendar_link.made", at_work.ids["staff"], "{}")]


async def test_people_have_links_of_their_own(at_work: Staffed) -> None:
    one, other = await made(at_work), await made(at_work, "leader")
    assert await leads_to(at_work, one) == at_work.ids["staff"]
    assert await leads_to(at_work, other) == at_work.ids["leader"]
    theirs = await link_of(at_work, "leader")
    stop = end(at_work.office, at_work.who["staff"], theirs, NOW, at_work.update())
    assert (await refused(No.STALE, at_work, stop)).kind is No.STALE
    assert await leads_to(at_work, other) == at_work.ids["leader"]


async def test_a_changed_link_ends_the_one_before(at_work: Staffed) -> None:
    old = await made(at_work)
    new = await made(at_work, seen=await link_of(at_work))
    assert await leads_to(at_work, old) is None
    assert await leads_to(at_work, new) == at_work.ids["staff"]
    assert [kind for kind, *_ in await kept(at_work)] == ["calendar_link.made"] * 2


async def test_an_ended_link_leads_nowhere(at_work: Staffed) -> None:
    token = await made(at_work)
    seen = await link_of(at_work)
    await end(at_work.office, at_work.who["staff"], seen, NOW, at_work.update())
    assert await leads_to(at_work, token) is None
    assert [kind for kind, *_ in await kept(at_work)] == [
        "calendar_link.made",
        "calendar_link.ended",
    ]
    again = end(at_work.office, at_work.who["staff"], seen, NOW, at_work.update())
    await refused(No.STALE, at_work, again)


@pytest.mark.parametrize("has_one", [False, True])
async def test_of_two_presses_one_makes_a_link(at_work: Staffed, has_one: bool) -> None:
    if has_one:
        await made(at_work)
    seen = await link_of(at_work)
    who, before = at_work.who["staff"], len(await kept(at_work))
    presses = [renew(at_work.office, who, seen, NOW, at_work.update()) for _ in range(2)]
    done = await asyncio.gather(*presses, return_exceptions=True)
    addresses = [one for one in done if isinstance(one, str)]
    (no,) = [one for one in done if isinstance(one, Refusal)]
    assert no.kind is No.STALE
    token = addresses[0].rpartition("/")[2].removesuffix(".ics")
    assert await leads_to(at_work, token) == at_work.ids["staff"]
    assert len(await kept(at_work)) == before + 1


async def test_a_press_handled_twice_is_one_link_and_what_is_said_last_works(
    at_work: Staffed,
) -> None:
    update, who = at_work.update(), at_work.who["staff"]
    first = await renew(at_work.office, who, 0, NOW, update)
    link = await link_of(at_work)
    again = await renew(at_work.office, who, 0, NOW, update)
    assert await link_of(at_work) == link
    tokens = [one.rpartition("/")[2].removesuffix(".ics") for one in (first, again)]
    assert [await leads_to(at_work, one) for one in tokens] == [None, at_work.ids["staff"]]
    assert len(await kept(at_work)) == 1


async def test_no_link_is_made_where_nothing_is_served(at_work: Staffed) -> None:
    at_work.office.web_address = None
    press = renew(at_work.office, at_work.who["staff"], 0, NOW, at_work.update())
    await refused(No.STALE, at_work, press)


async def test_the_link_of_who_leaves_is_dead_and_stays_dead(at_work: Staffed) -> None:
    token, admin = await made(at_work), at_work.who["admin"]
    here, ids = at_work.office, at_work.ids
    await at_work.assign()
    await hand_over_all.hand_all(here, admin, ids["staff"], ids["mate"], NOW, at_work.update())
    await leave.end(here, admin, ids["staff"], NOW, at_work.update())
    assert await leads_to(at_work, token) is None
    await leave.take_back(here, admin, ids["staff"], NOW, at_work.update())
    assert await leads_to(at_work, token) is None


async def test_the_link_of_a_lost_phone_is_dead(at_work: Staffed) -> None:
    token, person_id = await made(at_work), at_work.ids["staff"]
    admin = await member(at_work, "admin")
    await invite.revoke_account(at_work.db, (), admin, person_id, NOW, at_work.update())
    assert await leads_to(at_work, token) is None


async def test_another_account_gets_no_calendar_of_the_old_phone(at_work: Staffed) -> None:
    token, admin = await made(at_work), await member(at_work, "admin")
    code = await invite.create(at_work.db, admin, at_work.ids["staff"], NOW, days=7)
    await invite.accept(at_work.db, code, 999, None, NOW, at_work.update())
    assert await leads_to(at_work, token) is None
