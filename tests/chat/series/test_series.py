"""Work that comes back, in the chat: the draft's choice, /dinhky, the card of a series and its news."""

from datetime import datetime

from bot.actions.series import create_due
from storage.history import audit
from storage.organisation import people
from tests.chat.talk import Heard, Talk
from tests.rules.task import WORKDAYS

MONTHLY = "Giao đồng chí Mạc Thiên Ân nộp báo cáo tháng ngày 25 hằng tháng"


def at(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=WORKDAYS.timezone)


async def turn_to(talk: Talk, moment: datetime) -> None:
    talk.now = moment
    while await create_due.look(talk.at_work.office, moment):
        pass
    await talk.deliver()


async def begun(talk: Talk, words: str = MONTHLY) -> None:
    await talk.say("leader", words)
    await talk.press("leader", "Giao việc")


async def opened(talk: Talk, name: str = "leader") -> Heard:
    await talk.say(name, "/dinhky")
    await talk.press(name, "Định kỳ 1")
    return talk.heard(name)[-1]


async def test_a_draft_says_how_often_and_may_be_done_once(talk: Talk) -> None:
    draft = await talk.say("leader", MONTHLY)
    assert "Lặp lại: ngày 25 hằng tháng; kỳ đầu 25/12/2026" in draft.text
    await talk.press("leader", "Chỉ một lần")
    once = talk.heard("leader")[-1]
    assert (once.id, "Lặp lại" in once.text, "Lặp lại" in once.buttons) == (draft.id, False, True)
    await talk.press("leader", "Lặp lại")
    assert talk.heard("leader")[-1].text == draft.text
    await talk.press("leader", "Giao việc")
    assert "Lặp lại: ngày 25 hằng tháng" in talk.heard("staff")[-1].text


async def test_how_often_alone_asks_for_the_first_day(talk: Talk) -> None:
    asked = await talk.say("leader", MONTHLY.replace("ngày 25 hằng tháng", "hằng quý"))
    assert "Lặp lại: 3 tháng một lần" in asked.text
    assert "Các kỳ sau theo ngày của kỳ đầu. Hạn khi nào?" in asked.text
    draft = await talk.say("leader", "15/12")
    assert "Lặp lại: ngày 15, 3 tháng một lần; kỳ đầu 15/12/2026" in draft.text


async def test_each_line_of_a_message_comes_back_by_itself(talk: Talk) -> None:
    await talk.say(
        "leader",
        "Giao đồng chí Ân:\n1. Nộp báo cáo, ngày 25 hằng tháng\n2. Gửi lịch, thứ Sáu hằng tuần",
    )
    first, second = talk.heard("leader")[-2:]
    assert "ngày 25 hằng tháng; kỳ đầu 25/12/2026" in first.text
    assert "thứ Sáu hằng tuần; kỳ đầu 11/12/2026" in second.text


async def test_the_list_of_those_it_concerns(talk: Talk) -> None:
    assert "Đồng chí không có việc định kỳ nào" in (await talk.say("leader", "/dinhky")).text
    await begun(talk)
    line = "ngày 25 hằng tháng · Mạc Thiên Ân, Phòng Tổng hợp\nKỳ tới: hạn thứ Hai, 25/01/2027, giao 11/01/2027"
    for name in ("leader", "staff"):
        assert line in (await talk.say(name, "/dinhky")).text
    assert "không có" in (await talk.say("other", "/dinhky")).text
    assert list((await opened(talk, "staff")).buttons) == ["Việc 1", "Lịch sử"]


async def test_pages_of_the_list(talk: Talk) -> None:
    for day in range(10, 20):
        await begun(talk, MONTHLY.replace("25", str(day)))
    first = await talk.say("leader", "/dinhky")
    assert "Việc định kỳ: 10" in first.text
    await talk.press("leader", "Sau ›", first)
    assert list(talk.heard("leader")[-1].buttons) == ["Định kỳ 9", "Định kỳ 10", "‹ Trước"]
    await talk.press("leader", "‹ Trước")
    assert talk.heard("leader")[-1].text == first.text


async def test_skipped_changed_and_stopped(talk: Talk) -> None:
    await begun(talk)
    card = await opened(talk)
    assert list(card.buttons) == ["Bỏ kỳ tới", "Đổi từ kỳ tới", "Dừng", "Việc 1", "Lịch sử"]
    assert await talk.press("leader", "Bỏ kỳ tới") == "Đã bỏ kỳ tới"
    assert "Đã bỏ kỳ: 25/01/2027" in talk.heard("leader")[-1].text
    told = talk.heard("staff")[-1]
    assert "Bỏ kỳ 25/01/2027" in told.text
    assert "Người đổi: Trịnh Quang Lĩnh" in told.text
    assert await talk.press("leader", "Bỏ kỳ tới", card) == "Thẻ này đã cũ, đây là thẻ mới nhất."
    assert await talk.press("leader", "Vẫn giao kỳ 25/01") == "Kỳ này vẫn giao"
    await talk.press("leader", "Đổi từ kỳ tới")
    assert "Đổi gì từ kỳ tới?" in talk.heard("leader")[-1].text
    assert "Chưa rõ cần đổi gì" in (await talk.say("leader", "linh tinh")).text
    changed = await talk.say(
        "leader", "thứ Sáu hằng tuần trước 10h, giao đồng chí Trầm, nội dung: gửi lịch tuần"
    )
    assert "Kỳ tới: hạn 10:00 thứ Sáu, 01/01/2027" not in changed.text
    assert "Kỳ tới: hạn 10:00 thứ Năm, 31/12/2026, giao 28/12/2026" in changed.text
    for name in ("staff", "mate"):
        assert "Chủ trì: Mạc Thiên Ân → Ông Thị Ngọc Trầm" in talk.heard(name)[-1].text
    assert talk.heard("staff")[-1].buttons == {}
    await turn_to(talk, at(2026, 12, 28))
    assert "gửi lịch tuần" in talk.heard("mate")[-1].text
    await talk.press("leader", "Dừng")
    assert "Dừng hẳn?" in talk.heard("leader")[-1].text
    await talk.press("leader", "Thôi")
    await talk.press("leader", "Dừng")
    assert await talk.press("leader", "Dừng hẳn") == "Đã dừng lặp lại"
    assert list(talk.heard("leader")[-1].buttons) == ["Việc 2", "Lịch sử"]
    assert "Đã dừng lặp lại" in talk.heard("mate")[-1].text
    await talk.press("leader", "Lịch sử")
    history = talk.heard("leader")[-1].text
    for line in (
        "Trịnh Quang Lĩnh giao việc kỳ 25/12/2026, việc số 1",
        "Trịnh Quang Lĩnh bỏ kỳ 25/01/2027",
        "Trịnh Quang Lĩnh vẫn giao kỳ 25/01/2027",
        "đổi từ kỳ tới: lặp lại: ngày 25 hằng tháng → thứ Sáu hằng tuần; giờ: hết ngày → 10:00",
        "Bot tự giao theo lịch lặp lại kỳ 01/01/2027, việc số 2",
        "Trịnh Quang Lĩnh dừng lặp lại",
    ):
        assert line in history


async def test_a_change_of_mind(talk: Talk) -> None:
    await begun(talk)
    card = await opened(talk)
    await talk.press("leader", "Đổi từ kỳ tới", card)
    assert "Đã thôi" in (await talk.say("leader", "thôi")).text
    await talk.press("leader", "Đổi từ kỳ tới", card)
    assert await talk.press("leader", "Thôi") == "Đã thôi"
    assert "Định kỳ số 1" in talk.heard("leader")[-1].text


async def test_the_series_of_a_task_is_behind_its_card(talk: Talk) -> None:
    await begun(talk)
    await talk.press("staff", "Khác")
    await talk.press("staff", "Việc định kỳ")
    assert "Định kỳ số 1" in talk.heard("staff")[-1].text


async def test_a_stop_of_the_program_is_told(talk: Talk) -> None:
    await begun(talk)
    await turn_to(talk, at(2027, 4, 15))
    told = talk.heard("leader")[-1]
    assert "Chưa giao vì bot tạm dừng" in told.text
    assert "Kỳ: 25/01/2027, 25/02/2027, 25/03/2027" in told.text
    await talk.press("leader", "Xem", told)
    assert "Kỳ tới: hạn thứ Ba, 25/05/2027" in talk.heard("leader")[-1].text


async def test_who_cannot_be_assigned_to_any_more_is_told(talk: Talk) -> None:
    await begun(talk)
    async with talk.at_work.db.transaction() as tx:
        left = at(2026, 12, 8)
        await people.change(tx, talk.at_work.ids["staff"], {"ended_at": left})
        await audit.append(tx, left, "person.ended", person_id=talk.at_work.ids["staff"])
    await turn_to(talk, at(2027, 1, 11))
    told = talk.heard("leader")[-1]
    assert "Chưa giao được kỳ tới" in told.text
    assert "có đồng chí không còn công tác" in told.text
    await talk.press("leader", "Xem", told)
    await talk.press("leader", "Đổi từ kỳ tới")
    await talk.say("leader", "giao đồng chí Trầm")
    await turn_to(talk, at(2027, 1, 11, 9))
    assert "Đồng chí được giao việc mới" in talk.heard("mate")[-1].text


async def test_calling_one_off_says_that_the_others_come(talk: Talk) -> None:
    await begun(talk)
    await talk.press("leader", "Khác")
    await talk.press("leader", "Hủy việc")
    assert "Chỉ hủy kỳ này, các kỳ sau vẫn giao" in talk.heard("leader")[-1].text
    await talk.say("leader", "lần này không cần")
    await turn_to(talk, at(2027, 1, 11))
    assert "Việc số 2" in talk.heard("staff")[-1].text
