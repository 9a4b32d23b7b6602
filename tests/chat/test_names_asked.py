"""Names that are words of time too, in questions and after commands: who is meant, or a press says it."""

import pytest

from bot.actions.list_import.import_people import enrol
from bot.readers import sheets
from tests.actions.list_import.people_list import csv_file
from tests.chat.talk import Heard, Talk

ONE = ",,Khổng Thị Mai,Chuyên viên,Phòng Quản trị,staff"
OTHER = ",,Trần Ngọc Mai,Chuyên viên,Phòng Tổng hợp,staff"
DAY = "Ngày mai 08/12/2026"


async def come(talk: Talk, *lines: str) -> None:
    assert not (await enrol(talk.at_work.db, sheets.read(csv_file(*lines)), talk.now)).problems


@pytest.fixture
async def one(talk: Talk) -> Talk:
    """An office with one Mai, and a task of somebody else."""
    await come(talk, ONE)
    await talk.at_work.assign(to="staff")
    return talk


@pytest.fixture
async def two(one: Talk) -> Talk:
    """Another Mai comes."""
    await come(one, OTHER)
    return one


def top(heard: Heard) -> str:
    return heard.text.split("\n")[0]


@pytest.mark.parametrize(
    "said", ["đồng chí Mai", "dong chi mai", "của Mai", "Khổng Thị Mai", "khong thi mai", "chị Mai"]
)
async def test_the_summary_is_of_who_is_named(one: Talk, said: str) -> None:
    heard = await one.say("leader", f"/tonghop {said}")
    assert heard.text == "Khổng Thị Mai: không có việc nào đồng chí được xem."


async def test_the_summary_of_who_is_named_in_a_period(one: Talk) -> None:
    heard = await one.say("leader", "/tonghop chị Mai tháng 12")
    assert heard.text.startswith("Tháng 12/2026 · Khổng Thị Mai\n")
    heard = await one.say("leader", "/tonghop chị Mai ngày mai")
    assert "08/12/2026 · Khổng Thị Mai\n" in heard.text


@pytest.mark.parametrize("said", ["Mai", "mai", "MAI"])
async def test_of_a_person_or_a_day_a_press_says_which(one: Talk, said: str) -> None:
    heard = await one.say("leader", f"/tonghop {said}")
    assert heard.text == (f"Đồng chí xem tổng hợp nào?\n1. Khổng Thị Mai, Phòng Quản trị\n2. {DAY}")
    assert list(heard.buttons) == ["1. Khổng Thị Mai", "2. Ngày mai 08/12"]
    await one.press("leader", "2. Ngày mai 08/12", heard)
    assert top(one.heard("leader")[-1]) == "Từ 08/12 - 08/12/2026"


async def test_of_namesakes_a_press_says_which(two: Talk) -> None:
    heard = await two.say("leader", "/tonghop đồng chí Mai")
    assert heard.text == (
        "Tổng hợp của đồng chí nào?\n1. Khổng Thị Mai, Phòng Quản trị\n2. Trần Ngọc Mai, Phòng Tổng hợp"
    )
    await two.press("leader", "2. Trần Ngọc Mai", heard)
    assert two.heard("leader")[-1].text.startswith("Trần Ngọc Mai: không có")
    heard = await two.say("leader", "/tonghop mai")
    assert heard.text.count("\n") == 3
    heard = await two.say(
        "head", "/tonghop đồng chí Mai"
    )  # of Phòng Tổng hợp, where one of them is
    assert heard.text.startswith("Trần Ngọc Mai: không có")


@pytest.mark.parametrize("said", ["đồng chí Mai", "chị mai", "Mai Văn Ba", "của Mai"])
async def test_a_summary_of_nobody_says_so(talk: Talk, said: str) -> None:
    await talk.at_work.assign(to="staff")
    heard = await talk.say("leader", f"/tonghop {said}")
    assert top(heard) == "Tổng hợp"
    assert "nên số liệu dưới đây không lọc theo đó." in heard.text


async def test_a_summary_of_tomorrow_stays_one(talk: Talk) -> None:
    for said in ("mai", "Mai", "ngày mai"):
        assert top(await talk.say("leader", f"/tonghop {said}")) == "Từ 08/12 - 08/12/2026"


@pytest.mark.parametrize("said", ["phường Mai Dịch", "xã Năm Căn", "Mai Dịch", "Năm Căn"])
async def test_a_unit_with_such_a_name_is_no_period(talk: Talk, said: str) -> None:
    names = ("Đảng ủy phường Mai Dịch", "Đảng ủy xã Năm Căn")
    await come(talk, *(f",,Người {n},,{unit},staff" for n, unit in zip("AB", names, strict=True)))
    heard = await talk.say("leader", f"/tonghop {said}")
    assert heard.text == f"{names['Năm' in said]}: không có việc nào đồng chí được xem."
    assert "Tháng 12/2026 · Đảng ủy" in (await talk.say("leader", f"/tonghop {said} tháng 12")).text


async def test_a_place_nobody_knows_is_no_period(talk: Talk) -> None:
    await talk.at_work.assign(to="staff")
    assert top(await talk.say("leader", "/tonghop xã Năm Căn")) == "Tổng hợp"
    assert top(await talk.say("leader", "/tonghop Năm nay")).startswith("Năm 2026")


async def test_a_report_is_of_no_person_and_of_no_day_of_that_name(one: Talk) -> None:
    heard = await one.say("leader", "/baocao đồng chí Mai")
    assert "đồng chí chọn kỳ" in heard.text
    assert "không lập riêng một người" in heard.text
    heard = await one.say("leader", "/baocao tháng 12 đồng chí Mai")
    assert "không lập riêng một người" in heard.text


@pytest.mark.parametrize(
    "said", ["việc của chị Mai", "viec cua chi mai", "tình hình của Mai thế nào", "còn Mai?"]
)
async def test_a_question_about_one_of_that_name(one: Talk, said: str) -> None:
    await one.at_work.assign(to="staff", title="Soạn lịch")
    await one.say("leader", "việc nào đang làm?")
    heard = await one.say("leader", said)
    assert "· của Khổng Thị Mai: 0\n" in heard.text


async def test_a_question_of_a_person_or_a_day_is_asked_back(one: Talk) -> None:
    heard = await one.say("leader", "Mai có việc gì?")
    assert heard.text == (
        "Đồng chí hỏi:\n1. Việc đang mở · của Khổng Thị Mai\n2. Việc đang mở · hạn ngày mai 08/12/2026"
    )
    await one.press("leader", "1", heard)
    assert top(one.heard("leader")[-1]) == "Việc đang mở · của Khổng Thị Mai: 0"
    await one.press("leader", "2", heard)
    assert top(one.heard("leader")[-1]) == "Việc đang mở · hạn ngày mai 08/12/2026: 0"
    assert top(await one.say("leader", "mai có việc gì")).startswith("Việc đang mở · hạn ngày mai")


async def test_what_follows_is_asked_back_too_and_goes_on_from_what_was_pressed(one: Talk) -> None:
    await one.say("leader", "việc nào quá hạn?")
    heard = await one.say("leader", "còn mai?")
    assert "1. Việc quá hạn · của Khổng Thị Mai" in heard.text
    follows = await one.say("leader", "còn Ân?")
    assert top(follows).startswith("Việc quá hạn · của Mạc Thiên Ân:")
    await one.press("leader", "1", heard)
    assert top(await one.say("leader", "còn phòng Tổng hợp?")).startswith("Việc quá hạn · Phòng")


async def test_nobody_presses_what_another_was_asked(one: Talk) -> None:
    heard = await one.say("leader", "Mai có việc gì?")
    mine = await one.say("head", "việc nào quá hạn?")
    await one.press_data("head", heard.buttons["1"], mine)
    assert "Khổng Thị Mai" not in one.heard("head")[-1].text


async def test_of_whom_nobody_has_the_name_no_other_tasks_are_told(talk: Talk) -> None:
    await talk.at_work.assign(to="staff")
    heard = await talk.say("leader", "Mai Văn Ba có việc gì quá hạn?")
    assert top(heard) == ("Cơ quan không có đồng chí nào tên “Mai Văn Ba”. Có phải đồng chí hỏi:")
    assert len(heard.buttons) == 3
    heard = await talk.say("leader", "việc của chị Mai")
    assert "không có đồng chí nào tên “Mai”" in heard.text


async def test_a_search_for_one_of_that_name_is_for_no_day(talk: Talk) -> None:
    await talk.at_work.assign(to="staff", due=talk.at_work.office.today(talk.now).replace(day=8))
    assert "Việc 1" not in (await talk.say("leader", "/tim chị Mai")).buttons
    assert "Việc 1" in (await talk.say("leader", "/tim ngày mai")).buttons
