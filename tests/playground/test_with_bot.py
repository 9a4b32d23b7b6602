"""The real playground in a real Chromium: what a visitor sees, and the pictures of the README.

The pictures are written anew only when asked:
PICTURES=docs/anh pytest tests/playground/test_with_bot.py
"""

import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.playground import launch
from bot.playground.bot_process import seed
from bot.playground.remote import Remote
from bot.rules.workdays import OFFICE_ZONE
from tests.playground.conftest import AN, LINH
from tests.playground.test_page import CHROMIUM, chromium, phone, say

__all__ = ["chromium"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm, trình lãnh đạo trước 17h thứ Sáu"
LEADER, STAFF = "Trịnh Quang Lĩnh", "Mạc Thiên Ân"
FRIDAY_BEFORE = datetime(2026, 12, 4, 7, tzinfo=OFFICE_ZONE)
MONDAY = FRIDAY_BEFORE + timedelta(days=3)
FRIDAY = "17:00 thứ Sáu, 11/12/2026 (còn 4 ngày làm việc)"
DESKTOP, POCKET = (1280, 800), (390, 844)


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Where the playground's page is, from the Friday before MONDAY on."""
    async with launch.opened(0, seed, FRIDAY_BEFORE) as (emulator, address, _, _):
        launch.press_start(emulator)
        yield address


async def open_page(browser: Browser, url: str, size: tuple[int, int]) -> Page:
    page = await browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
    )
    await page.goto(url)
    return page


async def keep_picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        await page.mouse.move(0, 0)
        await page.screenshot(path=Path(folder) / name)


async def test_assign_and_receive_side_by_side(
    chromium: Browser, address: str, play: Remote
) -> None:
    page = await open_page(chromium, f"{address}/#{LINH},{AN}", DESKTOP)
    leader, staff = phone(page, LEADER), phone(page, STAFF)
    for one in (leader, staff):  # who is known by the morning has the digest of that day
        await expect(one.get_by_role("log")).to_contain_text("Chào đồng chí", timeout=15000)
    await play.move_to(MONDAY.replace(hour=8, minute=45))
    for one, told in ((leader, "mời đồng chí nghiệm thu"), (staff, "sắp đến hạn")):
        await expect(one.get_by_role("log")).to_contain_text("Việc hôm nay, thứ Hai", timeout=15000)
        await expect(one.get_by_role("log")).to_contain_text(told, timeout=15000)

    await say(leader, SENTENCE)
    draft = leader.get_by_role("article").filter(has_text="Chủ trì: Mạc Thiên Ân")
    await expect(draft).to_contain_text("Chưa giao: xem lại rồi bấm Giao việc")
    await expect(draft).to_contain_text("soạn báo cáo tổng kết năm")
    await expect(draft).to_contain_text("Chủ trì: Mạc Thiên Ân, Phòng Tổng hợp")
    await expect(draft).to_contain_text(f"Hạn: {FRIDAY}")
    pocket = await open_page(chromium, f"{address}/#{LINH}", POCKET)
    await expect(pocket.get_by_role("button", name="Giao việc", exact=True)).to_be_visible()
    await keep_picture(pocket, "phone.png")
    await pocket.close()

    await leader.get_by_role("button", name="Giao việc", exact=True).click()
    await expect(leader.get_by_role("status")).to_have_text("Đã giao việc số 37")
    await expect(draft).to_contain_text("⚪ Việc số 37 · chờ tiếp nhận")
    card = staff.get_by_role("article").filter(has_text="Việc số 37")
    await expect(card).to_contain_text("Đồng chí được giao việc mới")
    await expect(card).to_contain_text(f"Hạn: {FRIDAY}")

    await card.get_by_role("button", name="Đã nhận").click()
    await expect(card).to_contain_text("🔵 Việc số 37 · đang thực hiện")
    await expect(draft).to_contain_text("🔵 Việc số 37 · đang thực hiện")
    await card.get_by_role("button", name="Báo tiến độ").click()
    await expect(staff.get_by_role("log")).to_contain_text("Việc số 37 đến đâu rồi?")
    await say(staff, "60% đã xong dự thảo")
    await expect(staff.get_by_role("article").last).to_contain_text("Tiến độ: 60%")
    await expect(draft).to_contain_text("Tiến độ: 60%")
    await expect(leader.get_by_role("status")).to_have_count(0)
    await expect(staff.get_by_role("status")).to_have_count(0)
    await keep_picture(page, "desktop.png")
    await page.close()


async def test_who_comes_on_a_day_off_reads_why_nothing_is_chased(
    chromium: Browser, address: str, play: Remote
) -> None:
    await play.move_to(MONDAY - timedelta(hours=11))
    page = await open_page(chromium, f"{address}/#{LINH},{AN}", DESKTOP)
    note, staff = page.get_by_role("note"), phone(page, STAFF)
    await expect(note).to_contain_text("Ngày nghỉ: bot vẫn nhận việc nhưng chưa nhắc ai")
    await expect(staff.get_by_role("log")).to_contain_text("Chào đồng chí", timeout=15000)
    await expect(staff.get_by_role("log")).not_to_contain_text("Việc hôm nay")

    await note.get_by_role("button", name="Đến 07:30 thứ Hai, 07/12/2026").click()
    await expect(staff.get_by_role("log")).to_contain_text("Việc hôm nay, thứ Hai")
    await expect(note).to_be_hidden()

    await play.move_to(MONDAY.replace(hour=20))
    await expect(note).to_contain_text("Ngoài giờ làm việc: bot vẫn nhận việc")
    await page.close()
