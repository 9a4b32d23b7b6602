"""An admin's way with people: a page without titles of tasks, ended by mistake, taken in again."""

from tests.actions.office import PEOPLE
from tests.chat.talk import Talk

NAME = PEOPLE["staff"][0]


async def test_ended_by_mistake_and_taken_in_again(talk: Talk) -> None:
    page = await talk.say("admin", f"/nguoi {NAME}")
    assert f"{NAME}\nchuyên viên, Phòng Tổng hợp" in page.text
    await talk.press("admin", "Kết thúc", page)
    assert await talk.press("admin", "Kết thúc công tác") == "Đã kết thúc"
    stranger = await talk.say("staff", "/viec")
    assert "chưa có tên đồng chí trong danh sách" in stranger.text
    found = await talk.say("admin", "/nguoi Ân")
    assert f"{NAME}: đã kết thúc công tác thứ Hai, 07/12/2026" in found.text
    assert await talk.press("admin", f"Nhận lại: {NAME}", found) == "Đã nhận lại"
    known = await talk.say("staff", "/viec")
    assert "không có việc nào đang mở" in known.text


async def test_an_admin_reads_counts_and_no_titles(talk: Talk) -> None:
    await talk.at_work.assign(title="Soạn báo cáo quý")
    page = await talk.say("admin", f"/nguoi {NAME}")
    assert "Đang giữ: chủ trì 1" in page.text
    assert "Soạn báo cáo quý" not in page.text
    await talk.press("admin", "Kết thúc", page)
    refused = talk.heard("admin")[-1]
    assert "Chưa kết thúc được, còn: chủ trì 1" in refused.text
    last = await talk.say("admin", f"/nguoi {PEOPLE['admin'][0]}")
    await talk.press("admin", "Kết thúc", last)
    assert "quản trị cuối cùng" in await talk.press("admin", "Kết thúc công tác")
