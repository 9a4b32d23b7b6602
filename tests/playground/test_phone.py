"""A phone talks to a real bot, and says clearly what it did not hear."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.playground.phone import Phone, Unanswered
from bot.playground.remote import Remote, WrongMove
from tests.playground.conftest import AN, LINH
from tests.playground.peer import echo_bot


@pytest.fixture
async def linh(address: str, play: Remote) -> AsyncIterator[Phone]:
    """Trịnh Quang Lĩnh's phone, with the echo bot at the other end."""
    async with echo_bot(address):
        yield await Phone.of(play, "Trịnh Quang Lĩnh")


async def test_a_conversation(linh: Phone) -> None:
    await linh.say("Xin chào")
    answer = await linh.expect("Đã nghe: Xin chào", button="Đã nhận")
    assert not answer.edited
    toast = await linh.press("Đã nhận", answer)
    assert (toast.text, toast.alert) == ("Đã ghi lần 1", False)
    changed = await linh.expect(re.compile(r"Đã bấm \d lần"))
    assert changed.edited
    assert changed.id == answer.id
    assert changed.labels == ["✅ Đã nhận 1", "Báo động", "Mở lịch"]
    alert = await linh.press("Báo động")
    assert alert.alert


async def test_a_stale_button_is_pressed_as_it_was_seen(linh: Phone) -> None:
    await linh.say("Xin chào")
    answer = await linh.expect(button="Đã nhận")
    await linh.press("Đã nhận", answer)
    await linh.expect("Đã bấm 1 lần")
    await linh.press("Đã nhận", await linh.last_card())
    await linh.expect("Đã bấm 2 lần")
    await linh.press("Đã nhận", answer)
    assert (await linh.expect("Đã bấm 1 lần")).edited


async def test_a_file_goes_and_comes_back(linh: Phone) -> None:
    await linh.send_file("báo cáo.txt", "nội dung".encode(), caption="Gửi đồng chí")
    back = await linh.expect("Tệp đây")
    assert back.file
    assert back.file["file_name"] == "báo cáo.txt"
    assert await linh.download(back) == "nội dung".encode()


async def test_what_was_not_heard_fails_with_the_transcript(linh: Phone) -> None:
    await linh.say("Một hai ba")
    await linh.expect("Đã nghe")
    with pytest.raises(Unanswered) as failed:
        await linh.expect("không bao giờ", timeout=0.05)
    assert "never heard 'không bao giờ' in 0.05 s" in str(failed.value)
    assert "Trịnh Quang Lĩnh: Một hai ba" in str(failed.value)
    assert "[✅ Đã nhận 0] [Báo động]" in str(failed.value)


async def test_two_people_hear_their_own_chat_alone(linh: Phone, play: Remote) -> None:
    an = await Phone.of(play, AN)
    await an.start()
    await linh.say("của Lĩnh")
    await an.expect("Đã nghe: /start")
    await linh.expect("của Lĩnh")
    assert all("Lĩnh" not in one.text for one in await an.messages())
    assert linh.id == LINH


async def test_the_menu_and_a_stranger(linh: Phone, play: Remote) -> None:
    assert await linh.menu() == ["viec", "trogiup"]
    stranger = await Phone.of_stranger(play, "Người Qua Đường")
    await stranger.start("loi-moi")
    assert (await stranger.expect("/start loi-moi")).by_bot


async def test_who_blocked_the_bot_cannot_write(linh: Phone) -> None:
    await linh.block()
    with pytest.raises(WrongMove, match="blocked"):
        await linh.say("có ai không?")
    await linh.unblock()
    await linh.say("có ai không?")
    await linh.expect("có ai không")
