"""A calendar on a phone follows one's deadlines, by a private link that its owner can end."""

import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from icalendar import Calendar

from bot.playground.phone import Phone
from tests.ports import free_port
from tests.stories.nursery import dondoc, ended
from tests.stories.stage import LEADER, STAFF, Stage, staged

SERVED = '[web]\nport = {port}\naddress = "https://dondoc.example.vn/"\n'
LINK = re.compile(r"https://dondoc\.example\.vn(/lich/(\S+)\.ics)")
GIVEN = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"
FRIDAY, TUESDAY = "2026-12-11T17:00:00+07:00", "2026-12-15T10:00:00+07:00"


@pytest.fixture
async def served(
    tmp_path: Path, office_file: Path
) -> AsyncIterator[tuple[Stage, aiohttp.ClientSession]]:
    port = free_port()
    async with (
        staged(tmp_path, office_file) as stage,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as web,
    ):
        stage.config.write_text(stage.config.read_text() + SERVED.format(port=port))
        await stage.start_bot()
        yield stage, web


async def shown(web: aiohttp.ClientSession, path: str) -> dict[str, str]:
    """Return what a calendar shows: the title of each entry, and when."""
    async with web.get(path) as answer:
        assert answer.status == 200
        calendar = Calendar.from_ical(await answer.read())
    return {str(one["SUMMARY"]): one.start.isoformat() for one in calendar.events}


async def linked(phone: Phone, button: str = "Tạo liên kết") -> tuple[str, str]:
    """Make a link and return its path and its token."""
    await phone.say("/lichviec")
    await phone.press(button, await phone.expect("Lịch tự cập nhật", button=button))
    if button == "Đổi liên kết":
        await phone.press(button, await phone.expect("Đổi liên kết?", edited=True))
    said = await phone.expect("Liên kết lịch riêng", edited=True)
    found = LINK.search(said.text)
    assert found
    return found[1], found[2]


async def test_a_subscribed_calendar_follows_the_deadlines_until_its_link_is_ended(
    served: tuple[Stage, aiohttp.ClientSession],
) -> None:
    stage, web = served
    leader, staff = await stage.phone(LEADER), await stage.phone(STAFF)
    path, token = await linked(staff)
    assert await shown(web, path) == {}

    await leader.say(GIVEN)
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.expect("báo cáo quý", button="Đã nhận")
    assert await shown(web, path) == {"Việc 1: soạn báo cáo quý": FRIDAY}
    assert (await web.get("/lich/" + "x" * 32 + ".ics")).status == 404

    await staff.press("Xin gia hạn")
    await staff.expect("xin gia hạn đến khi nào")
    await staff.say("đến 10h ngày 15/12 vì chờ số liệu")
    await leader.press("Đồng ý gia hạn", await leader.expect(button="Đồng ý gia hạn"))
    await staff.expect("Hạn: 10:00 thứ Ba, 15/12/2026")
    assert await shown(web, path) == {"Việc 1: soạn báo cáo quý": TUESDAY}

    await stage.stop_bot()
    await stage.start_bot()
    assert await shown(web, path) == {"Việc 1: soạn báo cáo quý": TUESDAY}

    newer, _ = await linked(staff, "Đổi liên kết")
    assert (await web.get(path)).status == 404
    assert await shown(web, newer) == {"Việc 1: soạn báo cáo quý": TUESDAY}
    await staff.say("/lichviec")
    await staff.press("Thu hồi", await staff.expect("Đồng chí có một liên kết", button="Thu hồi"))
    await staff.press("Thu hồi", await staff.expect("Thu hồi liên kết?", edited=True))
    await staff.expect("Đã thu hồi liên kết lịch", edited=True)
    assert (await web.get(newer)).status == 404

    assert await stage.stop_bot() == 0
    for file in (one for one in stage.folder.rglob("*") if one.is_file()):
        assert token.encode() not in file.read_bytes(), file


@pytest.mark.alone  # a city serves the web
async def test_the_file_is_sent_where_nothing_is_served(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say(GIVEN)
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.expect("báo cáo quý", button="Đã nhận")
    await staff.say("/viec")
    listed = await staff.expect("Việc của đồng chí", button="Lịch trên điện thoại")
    await staff.press("Lịch trên điện thoại", listed)
    sent = await staff.expect("Lịch 1 việc có thời hạn")
    (entry,) = Calendar.from_ical(await staff.download(sent)).events
    assert (str(entry["SUMMARY"]), entry.start.isoformat()) == ("Việc 1: soạn báo cáo quý", FRIDAY)
    assert "Người giao: Trịnh Quang Lĩnh" in str(entry["DESCRIPTION"])
    await staff.catch_up()
    assert not [one for one in await staff.messages() if "Lịch tự cập nhật" in one.text]


async def test_a_taken_port_stops_the_start_in_one_line(tmp_path: Path, office_file: Path) -> None:
    async with staged(tmp_path, office_file) as stage:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            stage.config.write_text(stage.config.read_text() + SERVED.format(port=port))
            command = ("run", "--config", str(stage.config))
            assert await ended(dondoc(*command, log=stage.folder / "log")) == 1
        said = f"dondoc: {stage.config}: web.port = {port}: another program has this port\n"
        assert stage.log() == said
