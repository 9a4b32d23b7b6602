"""The page in a real Chromium, with a small bot at the other end."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.playground.emulator import Emulator
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from tests.playground.conftest import AN, LINH
from tests.playground.peer import echo_bot

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
async def page(chromium: Browser, address: str) -> AsyncIterator[Page]:
    """A desktop with Lĩnh and Ân side by side, the echo bot running; no error in the console."""
    errors: list[str] = []
    async with echo_bot(address):
        page = await chromium.new_page(
            viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(f"{address}/#{LINH},{AN}")
        yield page
        await page.close()
    assert errors == []


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"Điện thoại của {name}")


async def say(of: Locator, text: str) -> None:
    await of.get_by_role("textbox", name="Tin nhắn").fill(text)
    await of.get_by_role("button", name="Gửi", exact=True).click()


async def test_a_text_is_answered_and_a_press_edits_in_place(page: Page) -> None:
    linh = phone(page, "Trịnh Quang Lĩnh")
    await say(linh, "Xin chào <b>")
    answer = linh.get_by_role("article").last
    await expect(answer).to_contain_text("Đã nghe: Xin chào <b>")
    await expect(answer.locator("b")).to_have_text("Xin chào <b>")
    await expect(linh.get_by_label("bot đã nhận")).to_be_visible()
    await linh.get_by_role("button", name="✅ Đã nhận 0").click()
    await expect(linh.get_by_role("status")).to_have_text("Đã ghi lần 1")
    await expect(linh.get_by_role("article").last).to_contain_text("Đã bấm 1 lần")
    await expect(linh.get_by_role("article").last).to_contain_text("đã sửa")
    await linh.get_by_role("button", name="Báo động").click()
    alert = linh.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Xin đồng chí chú ý")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_have_count(0)


async def test_keyboards_are_laid_out_as_the_bot_did(page: Page) -> None:
    linh = phone(page, "Trịnh Quang Lĩnh")
    await say(linh, "Xin chào")
    await expect(linh.get_by_role("button", name="Mở lịch")).to_be_visible()
    boxes = [
        await linh.get_by_role("button", name=name).bounding_box()
        for name in ("✅ Đã nhận 0", "Báo động", "Mở lịch")
    ]
    first, second, below = [box for box in boxes if box]
    assert first["y"] == second["y"] < below["y"]
    assert abs(first["width"] - second["width"]) < 1
    assert below["width"] > 1.9 * first["width"]


async def test_start_before_the_first_contact_then_block_and_unblock(page: Page) -> None:
    an = phone(page, "Mạc Thiên Ân")
    await expect(an.get_by_role("textbox")).to_have_count(0)
    await an.get_by_role("button", name="Bắt đầu").click()
    await expect(an.get_by_role("log")).to_contain_text("Đã nghe: /start")
    await an.get_by_role("button", name="Tùy chọn").click()
    await an.get_by_role("menuitem", name="Chặn bot").click()
    await an.get_by_role("button", name="Bỏ chặn").click()
    await expect(an.get_by_role("textbox", name="Tin nhắn")).to_be_visible()


async def test_two_people_see_only_their_own_and_unread_counts_others(
    page: Page, play: Remote
) -> None:
    await say(phone(page, "Trịnh Quang Lĩnh"), "của riêng tôi")
    await expect(phone(page, "Trịnh Quang Lĩnh")).to_contain_text("Đã nghe: của riêng tôi")
    await expect(phone(page, "Mạc Thiên Ân")).not_to_contain_text("của riêng tôi")
    nhi = await Phone.of(play, "Đoàn Thục Hạnh Nhi")
    await nhi.start()
    await nhi.say("nữa")
    row = page.get_by_role("button", name="Đoàn Thục Hạnh Nhi", exact=True)
    await expect(row.get_by_label("2 tin chưa đọc")).to_be_visible()
    await row.click()
    await expect(phone(page, "Đoàn Thục Hạnh Nhi")).to_contain_text("Đã nghe: nữa")
    await expect(row.get_by_label("2 tin chưa đọc")).to_have_count(0)


async def test_files_and_the_menu_of_commands(page: Page, tmp_path: Path) -> None:
    linh = phone(page, "Trịnh Quang Lĩnh")
    (tmp_path / "báo cáo.txt").write_text("nội dung")
    await linh.get_by_label("Chọn tệp").set_input_files(tmp_path / "báo cáo.txt")
    await say(linh, "Gửi đồng chí")
    links = linh.get_by_role("link", name="Tải tệp báo cáo.txt")
    await expect(links).to_have_count(2)
    await linh.get_by_role("button", name="Lệnh").click()
    await linh.get_by_role("menuitem", name="/viec").click()
    await expect(linh.get_by_role("log")).to_contain_text("Đã nghe: /viec")


async def test_reply_edit_and_what_a_message_was_before(page: Page, emulator: Emulator) -> None:
    linh = phone(page, "Trịnh Quang Lĩnh")
    await say(linh, "một")
    await expect(linh.get_by_role("log")).to_contain_text("Đã nghe: một")
    mine = linh.get_by_role("article").first
    await mine.hover()
    await mine.get_by_role("button", name="Thêm").click()
    await linh.get_by_role("menuitem", name="Sửa").click()
    await say(linh, "hai")
    await expect(mine).to_contain_text("đã sửa")
    await mine.hover()
    await mine.get_by_role("button", name="Thêm").click()
    await linh.get_by_role("menuitem", name="Các bản trước").click()
    await expect(page.get_by_role("dialog")).to_contain_text("một")
    await page.get_by_role("button", name="Đóng", exact=True).click()
    await mine.hover()
    await mine.get_by_role("button", name="Thêm").click()
    await linh.get_by_role("menuitem", name="Trả lời").click()
    await say(linh, "ba")
    await expect(linh.get_by_role("log")).to_contain_text("Đã nghe: ba")
    said = [message for message in emulator.messages.of_chat(LINH) if not message.by_bot]
    assert said[-1].data["reply_to_message"]["text"] == "hai"


async def test_the_clock_moves(page: Page, emulator: Emulator) -> None:
    face = page.get_by_role("timer")
    before = await face.inner_text()
    await page.get_by_role("button", name="+1 tuần").click()
    await expect(face).not_to_have_text(before)
    assert emulator.clock.offset == 7 * 86_400
    await page.get_by_role("button", name="Khác Telegram ở đâu").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Đồng hồ đẩy tới được")


async def test_in_the_pocket_there_are_tabs_and_nothing_is_cut(
    chromium: Browser, address: str, play: Remote
) -> None:
    async with echo_bot(address):
        page = await chromium.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
        await page.goto(address)
        await page.get_by_role("searchbox").fill("quang linh")
        await page.get_by_role("button", name="Trịnh Quang Lĩnh", exact=True).tap()
        linh = phone(page, "Trịnh Quang Lĩnh")
        await say(linh, "Xin chào")
        await expect(linh.get_by_role("log")).to_contain_text("Đã nghe: Xin chào")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide == 390
        await page.get_by_role("tab", name="Danh bạ").tap()
        await expect(linh).to_be_hidden()
        await (await Phone.of(play, LINH)).say("nữa")
        tab = page.get_by_role("tab", name="Quang Lĩnh 1")
        await expect(tab).to_be_visible()
        await tab.tap()
        await expect(linh).to_contain_text("Đã nghe: nữa")
        await page.close()


async def test_a_group_with_topics(page: Page, play: Remote, emulator: Emulator) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    group = (await play.add_group("Tổ giúp việc", [LINH, AN], ("Báo cáo", "Hậu cần")))["id"]
    linh = phone(page, "Trịnh Quang Lĩnh")
    await page.get_by_role("tab", name="Quang Lĩnh").click()
    place = linh.get_by_label("Nơi nhắn")
    await place.select_option(f"{group}:2")
    await say(linh, f"@{emulator.bot['username']} chào")
    answer = linh.get_by_role("article").filter(has_text="Đã nghe")
    await expect(answer).to_be_visible()
    await expect(answer).not_to_contain_text("# Báo cáo")
    await place.select_option(f"{group}:3")
    await expect(answer).to_have_count(0)
    await place.select_option(f"{group}:")
    await expect(answer).to_contain_text("# Báo cáo")
    await expect(linh.get_by_role("log")).to_contain_text("Trịnh Quang Lĩnh đã thêm Đôn Đốc")
    await linh.get_by_role("button", name="Tùy chọn").click()
    await page.get_by_role("menuitem", name="Đưa bot ra khỏi nhóm").click()
    await expect(linh.get_by_role("log")).to_contain_text("đã đưa Đôn Đốc ra khỏi nhóm")
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_a_group_moves_under_the_eyes_of_its_people(page: Page, play: Remote) -> None:
    group = (await play.add_group("Tổ giúp việc", [LINH, AN], basic=True))["id"]
    linh = phone(page, "Trịnh Quang Lĩnh")
    place = linh.get_by_label("Nơi nhắn")
    await place.select_option(f"{group}:")
    await say(linh, "trước khi chuyển")
    await linh.get_by_role("button", name="Tùy chọn").click()
    await page.get_by_role("menuitem", name="Nâng thành siêu nhóm").click()
    await expect(linh.get_by_role("log")).to_contain_text("Nhóm đã thành siêu nhóm")
    await expect(linh.get_by_role("article")).to_have_count(0)
    await expect(place.locator("option")).to_have_count(2)
    await say(linh, "sau khi chuyển")
    await expect(linh.get_by_role("article")).to_have_count(1)
