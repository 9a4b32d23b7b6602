"""Giao ban: the leader asks for a report, reads its figures on the phone and gets the files."""

from io import BytesIO

from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.playground.phone import Phone
from tests.stories.stage import Stage


async def given_task(leader: Phone, staff: Phone, title: str) -> None:
    await leader.say(f"Giao đồng chí Mạc Thiên Ân {title}, trước 17h thứ Sáu")
    await leader.press("Giao việc", await leader.expect(title, button="Giao việc"))
    await staff.expect(title, button="Đã nhận")
    await leader.catch_up()


async def test_a_report_is_read_on_the_phone_and_sent_as_files(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await given_task(leader, staff, "soạn báo cáo tổng kết năm")
    await given_task(leader, staff, "rà soát dữ liệu đảng viên")
    await stage.at(14)
    await leader.say("/baocao")
    asked = await leader.expect("chọn kỳ", button="Tháng này")
    await leader.press("Tháng này", asked)
    shown = await leader.expect("Báo cáo tháng 12 năm 2026", button="Word", edited=True)
    assert "Tổng số: 2 việc (kỳ trước chuyển sang 0, giao mới 2)" in shown.text
    assert "Quá hạn: 2 (100,00%)" in shown.text

    await leader.press("Word", shown)
    sent = await leader.expect("DỰ THẢO. Báo cáo tháng 12 năm 2026, 2 việc", timeout=40)
    text = [one.text for one in Document(BytesIO(await leader.download(sent))).paragraphs]
    assert "- Quá hạn chưa hoàn thành: 2 nhiệm vụ (100,00%)." in text

    await leader.press("PDF", shown)
    sent = await leader.expect("DỰ THẢO. Báo cáo tháng 12 năm 2026, 2 việc", timeout=40)
    pages = PdfReader(BytesIO(await leader.download(sent))).pages
    assert "2 nhiệm vụ (100,00%)" in pages[0].extract_text()

    await leader.press("Excel", shown)
    sent = await leader.expect("DỰ THẢO. Báo cáo tháng 12 năm 2026, 2 việc", timeout=40)
    rows = load_workbook(BytesIO(await leader.download(sent)))["Nhiệm vụ"].values
    assert [row[0] for row in rows] == ["Việc số", 1, 2]

    await leader.press("Ảnh biểu đồ", shown)
    picture = await leader.expect("Biểu đồ tháng 12 năm 2026", timeout=40)
    assert (await leader.download(picture)).startswith(b"\x89PNG")


async def test_a_report_of_one_unit(stage: Stage, leader: Phone, staff: Phone) -> None:
    await given_task(leader, staff, "soạn báo cáo tổng kết năm")
    await leader.say("/baocao")
    await leader.press("Tuần này", await leader.expect("chọn kỳ"))
    await leader.press("Theo đơn vị", await leader.expect(button="Theo đơn vị", edited=True))
    await leader.press("Phòng Tổng hợp", await leader.expect("đơn vị nào", edited=True))
    shown = await leader.expect("Báo cáo tuần từ 07/12/2026 đến 13/12/2026", edited=True)
    assert "Phòng Tổng hợp" in shown.text
    assert "Trong hạn: 1 (100,00%)" in shown.text


async def test_staff_are_told_what_they_have_instead(staff: Phone) -> None:
    await staff.say("/baocao")
    await staff.expect("Báo cáo dành cho lãnh đạo")
