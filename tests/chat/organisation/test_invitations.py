"""Letting people in and taking access away, as the one who does it sees it."""

import pytest

from bot.actions.list_import.import_people import enrol
from bot.readers import sheets
from storage.organisation import people
from tests.actions.list_import.people_list import csv_file
from tests.chat.talk import ACCOUNTS, Talk

AN = "Mạc Thiên Ân · Phòng Tổng hợp"


@pytest.mark.parametrize("command", ["/moi", "/thuhoi"])
@pytest.mark.parametrize("name", ["Ân", "ân mạc", "thien an", "Mạc Thiên Ân"])
async def test_a_name_offers_those_it_names(talk: Talk, command: str, name: str) -> None:
    asked = await talk.say("admin", f"{command} {name}")
    assert list(asked.buttons) == [AN]


@pytest.mark.parametrize("name", ["a", "ang", "Ân Trầm"])
async def test_a_part_of_a_word_is_nobodys_name(talk: Talk, name: str) -> None:
    assert (await talk.say("admin", f"/moi {name}")).text.startswith("Không có đồng chí nào")
    assert (await talk.say("admin", f"/thuhoi {name}")).text.startswith("Đồng chí gõ họ tên")


async def test_access_is_taken_away_only_when_it_was_meant(talk: Talk) -> None:
    asked = await talk.say("admin", "/thuhoi Ân")
    await talk.press("admin", AN, asked)
    sure = talk.heard("admin")[-1]
    assert list(sure.buttons) == ["Thu hồi", "Thôi"]
    assert await talk.press("admin", "Thôi", sure) == "Đã thôi"
    left = talk.heard("admin")[-1]
    assert (left.id, left.text, left.buttons) == (sure.id, "Không thu hồi.", {})
    assert await people.by_account(talk.at_work.db, ACCOUNTS["staff"]) is not None
    assert await talk.press("admin", "Thu hồi", sure) == "Đã thu hồi"
    assert await people.by_account(talk.at_work.db, ACCOUNTS["staff"]) is None


async def test_the_yes_of_somebody_else_takes_nothing_away(talk: Talk) -> None:
    await talk.press("admin", AN, await talk.say("admin", "/thuhoi Ân"))
    sure = talk.heard("admin")[-1].buttons["Thu hồi"]
    for name in ("head", "leader", "staff"):
        said = await talk.press_data(name, sure, await talk.say(name, "/trogiup"))
        assert said.startswith("Đồng chí không có quyền")
    assert await people.by_account(talk.at_work.db, ACCOUNTS["staff"]) is not None


async def test_an_admin_of_the_settings_keeps_access_and_is_told_where_it_stands(
    talk: Talk,
) -> None:
    talk.at_work.office.admins = (ACCOUNTS["staff"],)
    asked = await talk.say("admin", "/thuhoi Ân")
    said = await talk.press("admin", next(iter(asked.buttons)), asked)
    assert said.endswith("Bỏ mã này khỏi [access] admins rồi khởi động lại trước khi thu hồi.")
    assert not talk.heard("admin")[-1].text.startswith("Thu hồi tài khoản Telegram")
    assert await people.by_account(talk.at_work.db, ACCOUNTS["staff"]) is not None


async def test_namesakes_are_told_apart_at_every_step(talk: Talk) -> None:
    listed = csv_file(
        ",,Lê Minh Hà,Chuyên viên,Phòng Một,staff",
        ",,Lê Minh Hà,Văn thư,Phòng Hai,staff",
        "901,,Lê Minh Hà,Chuyên viên,Phòng Ba,staff",
        "902,,Lê Minh Hà,,Phòng B & <C,staff",
    )
    assert not (await enrol(talk.at_work.db, sheets.read(listed), talk.now)).problems
    asked = await talk.say("admin", "/moi Lê Minh Hà")
    assert set(asked.buttons) == {
        "Lê Minh Hà · Phòng Một · Chuyên viên",
        "Lê Minh Hà · Phòng Hai · Văn thư",
        "Lê Minh Hà · Phòng Ba · Chuyên viên",
        "Lê Minh Hà · Phòng B & <C",
    }
    await talk.press("admin", "Lê Minh Hà · Phòng Hai · Văn thư", asked)
    assert "đồng chí Lê Minh Hà (Phòng Hai, Văn thư)," in talk.heard("admin")[-1].text
    asked = await talk.say("admin", "/thuhoi Lê Minh Hà")
    assert len(asked.buttons) == 2
    await talk.press("admin", "Lê Minh Hà · Phòng B & <C", asked)
    assert "đồng chí Lê Minh Hà (Phòng B & <C)?" in talk.heard("admin")[-1].text
