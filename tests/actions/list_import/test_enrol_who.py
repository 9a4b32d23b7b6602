"""Who in the office a line means: by account, username, or name and unit; nobody gets another's."""

from bot.actions.list_import.import_people import Effect
from bot.actions.list_import.people_file import Wrong
from storage.engine.database import Database
from storage.organisation import people
from tests.actions.list_import.enrolling import account, refused, taken
from tests.conftest import MIGRATED_AT as NOW


async def test_somebody_without_an_account_is_known_by_name_and_unit(db: Database) -> None:
    await taken(db, ",,Hoà An,CV,A,staff", ",,Hoà An,CV,B,staff")
    done = await taken(db, ",,Hòa  An,Trưởng phòng,A,head", ",,hoà an,CV,B,staff")
    assert [one.effect for one in done.outcomes] == [Effect.CHANGED, Effect.CHANGED]
    assert [one.changed for one in done.outcomes] == [("name", "position", "role"), ("name",)]
    assert len(await people.living(db)) == 2


async def test_names_that_differ_by_a_tone_mark_are_two_people(db: Database) -> None:
    done = await taken(db, ",,Nguyễn Văn Hưng,,A,staff", ",,Nguyễn Văn Hùng,,A,staff")
    assert done.count(Effect.ADDED) == 2


async def test_an_account_is_added_to_who_had_none(db: Database) -> None:
    await taken(db, ",,An,CV,A,staff")
    done = await taken(db, "7,,An,CV,A,staff")
    assert done.outcomes[0].changed == ("telegram_id",)
    assert (await account(db, 7)).name == "An"
    assert (await taken(db, ",,An,CV,A,staff")).outcomes[0].effect is Effect.SAME


async def test_namesakes_are_told_apart_by_username(db: Database) -> None:
    lines = (",an_mot,An,CV,A,staff", ",an_hai,An,CV,A,staff")
    assert (await taken(db, *lines)).count(Effect.ADDED) == 2
    assert (await taken(db, *reversed(lines))).count(Effect.SAME) == 2
    assert await refused(db, ",,An,CV,A,staff") == [(2, Wrong.WHICH_PERSON)]


async def test_somebody_moves_units_under_the_same_username(db: Database) -> None:
    await taken(db, ",an_mot,An,CV,A,staff")
    done = await taken(db, ",an_mot,An,CV,B,staff")
    assert done.outcomes[0].changed == ("unit",)
    assert (await taken(db, ",,An,CV,C,staff")).outcomes[0].effect is Effect.ADDED


async def test_a_name_is_put_right_but_never_given_to_another_account(db: Database) -> None:
    await taken(db, "7,,Mac Thien An,CV,A,staff")
    done = await taken(db, "7,,Mạc Thiên Ân,CV,A,staff")
    assert done.outcomes[0].changed == ("name",)
    assert await refused(db, "7,,Từ Bảo Uyên,CV,A,staff") == [(2, Wrong.ID_TAKEN)]


async def test_an_account_of_somebody_who_left_is_not_given_on(db: Database) -> None:
    await taken(db, "7,,An,CV,A,staff")
    async with db.transaction() as tx:
        await people.change(tx, (await account(db, 7)).id, {"ended_at": NOW})
    assert await refused(db, "7,,An,CV,A,staff") == [(2, Wrong.ID_TAKEN)]


async def test_another_account_for_the_same_person_is_asked_about(db: Database) -> None:
    await taken(db, "7,,An,CV,A,staff")
    assert await refused(db, "8,,An,CV,A,staff") == [(2, Wrong.OTHER_ACCOUNT)]
    done = await taken(db, "7,,An,CV,A,staff", "8,,An,CV,A,staff")
    assert [one.effect for one in done.outcomes] == [Effect.SAME, Effect.ADDED]


async def test_one_username_is_one_persons(db: Database) -> None:
    assert await refused(db, ",an_mac,An,,A,staff", ",An_Mac,Bo,,A,staff", ",,Ca,,A,staff") == [
        (3, Wrong.USERNAME_TWICE)
    ]
    await taken(db, ",an_mac,An,,A,staff", ",bo_le,Bo,,A,staff")
    assert await refused(db, ",AN_MAC,Bo,,A,staff") == [(2, Wrong.USERNAME_TAKEN)]
    assert await refused(db, ",an_mac,Ca,,A,staff") == [(2, Wrong.USERNAME_TAKEN)]
    assert await refused(db, "9,an_mac,Ca,,A,staff") == [(2, Wrong.USERNAME_TAKEN)]


async def test_usernames_change_hands_within_a_list(db: Database) -> None:
    await taken(db, "7,an_mac,An,,A,staff", "8,bo_le,Bo,,A,staff")
    done = await taken(db, "7,bo_le,An,,A,staff", "8,an_mac,Bo,,A,staff")
    assert done.count(Effect.CHANGED) == 2
    assert (await account(db, 7)).username == "bo_le"


async def test_the_username_of_somebody_who_left_is_free(db: Database) -> None:
    await taken(db, "7,an_mac,An,,A,staff")
    async with db.transaction() as tx:
        await people.change(tx, (await account(db, 7)).id, {"ended_at": NOW})
    assert (await taken(db, "8,an_mac,Bo,,A,staff")).count(Effect.ADDED) == 1


async def test_an_old_username_in_a_list_is_no_claim_to_it(db: Database) -> None:
    """An's changed in Telegram, and Bo took the old one: what Telegram told stays."""
    await taken(db, "7,an_mac,An,,A,staff", "8,bo_le,Bo,,A,staff")
    async with db.transaction() as tx:
        await people.join(tx, (await account(db, 7)).id, 7, "an_moi")
        await people.join(tx, (await account(db, 8)).id, 8, "an_mac")
    assert (await taken(db, "7,an_mac,An,,A,staff")).count(Effect.SAME) == 1
