"""Buttons pressed late, twice, by the wrong person, or made up: always answered, never harmful."""

import pytest

from bot.chat.routes import BUTTONS
from storage.history.chain import verify
from tests.chat.talk import Heard, Talk
from tests.rules.task import office

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, chậm nhất 16h thứ Sáu"
VALUES = ["", "x", "-1", "²", "none", "20261301", "overdue", "mine", "title", "9" * 18, "a:b:c"]


async def assigned(talk: Talk) -> Heard:
    """Give Mạc Thiên Ân a task and return their card."""
    await talk.say("leader", SENTENCE)
    await talk.press("leader", "Giao việc")
    return talk.heard("staff")[-1]


@pytest.mark.parametrize("about", sorted({kind.partition(".")[0] for kind in BUTTONS}))
async def test_a_button_nobody_made(talk: Talk, about: str) -> None:
    card = await assigned(talk)
    for kind in (
        *(one for one in BUTTONS if one.startswith(f"{about}.")),
        f"{about}.destroy",
        about,
        "",
    ):
        for number in (0, 1, 77, 10**17):
            for value in VALUES[: 3 if number else None]:
                data = f"{kind}:{number}:1:{value}"[:64]
                await talk.press_data("other", data, card_of(talk, card))
        assert [done for done, _ in await talk.at_work.history(1)] == ["task.assign"], kind
    assert await verify(talk.at_work.db) is None


def card_of(talk: Talk, card: Heard) -> Heard:
    """Return a message in the stranger's chat to press on: any of the bot's will do."""
    mine = talk.heard("other")
    if mine:
        return mine[0]
    data = {"chat": {"id": 108, "type": "private"}, "date": 1, "text": card.text}
    message = talk.emulator.messages.add(108, data | {"from": talk.emulator.bot}, by_bot=True)
    return Heard(message.id, card.text, card.buttons)


@pytest.mark.parametrize("data", [" ", "::::", "task.accept", "\u202e", "a" * 64])
async def test_data_of_no_shape(talk: Talk, data: str) -> None:
    card = await assigned(talk)
    said = await talk.press_data("staff", data, card)
    assert said == "Thẻ này đã cũ hoặc việc vừa thay đổi. Gõ /viec để xem lại."


@pytest.mark.parametrize("kind", ["draft.due", "draft.lead", "draft.ask"])
async def test_every_field_of_a_draft_with_any_value(talk: Talk, kind: str) -> None:
    for number, value in enumerate(VALUES, 1):
        card = await talk.say("leader", SENTENCE)
        assert card.buttons["Giao việc"] == f"draft.confirm:{number}:1:"
        await talk.press_data("leader", f"{kind}:{number}:1:{value}", card)
        assert await talk.press("leader", "Bỏ") == "Đã bỏ"
    rows = await talk.at_work.db.fetch("SELECT id FROM tasks")
    assert rows == []


async def test_a_second_press_shows_the_card_as_it_is_now(talk: Talk) -> None:
    card = await assigned(talk)
    assert await talk.press("staff", "Đã nhận", card) == "Đã ghi nhận"
    assert await talk.press("staff", "Đã nhận", card) == "Thẻ này đã cũ, đây là thẻ mới nhất."
    shown = next(one for one in talk.heard("staff") if one.id == card.id)
    assert "đang thực hiện" in shown.text
    assert "Đã nhận" not in shown.buttons


async def test_a_card_passed_on_opens_nothing(talk: Talk) -> None:
    card = await assigned(talk)
    for label in ("Đã nhận", "Nộp kết quả", "Lịch sử"):
        said = await talk.press_data("other", card.buttons[label], card_of(talk, card))
        assert said.startswith(("Đồng chí không có quyền", "Không tìm thấy"))
    for number in (1, 2):
        told = await talk.press_data("other", f"task.open:{number}:0:", card_of(talk, card))
        assert told == f"Không tìm thấy việc số {number}. Gõ /viec để xem việc của đồng chí."


async def test_a_stale_dialog_button_after_its_answer(talk: Talk) -> None:
    card = await assigned(talk)
    await talk.press("staff", "Báo tiến độ", card)
    asked = talk.heard("staff")[-1]
    await talk.say("staff", "60% đã xong dự thảo")
    assert "đã cũ" in await talk.press("staff", "25%", asked)
    assert "đã cũ" in await talk.press("staff", "Thôi", asked)
    assert (await talk.at_work.history(1))[-1] == ("task.progress", "staff")
    for name in ("staff", "leader"):
        view = await talk.say(name, "/viec 1")
        assert "Tiến độ: 60% · đã xong dự thảo" in view.text


@pytest.mark.parametrize("share", ["1000", "-5", "abc", "", "100 xong"])
async def test_a_share_that_was_not_offered(talk: Talk, share: str) -> None:
    card = await assigned(talk)
    await talk.press("staff", "Báo tiến độ", card)
    asked = talk.heard("staff")[-1]
    await talk.press_data("staff", f"ask.percent:2:1:{share}", asked)
    row = await talk.at_work.db.fetch_one("SELECT percent FROM tasks")
    assert row is not None
    assert 0 <= row["percent"] <= 100


async def test_a_page_that_is_no_longer_there(talk: Talk) -> None:
    """Tasks were closed meanwhile: the page after the last one shows the first one again."""
    for number in range(10):
        await talk.at_work.assign(title=f"Việc thứ {number}")
    await talk.deliver()
    listed = await talk.say("staff", "/viec")
    assert "Việc của đồng chí: 10" in listed.text
    await talk.press("staff", "Sau ›", listed)
    second = talk.heard("staff")[-1]
    assert second.id == listed.id
    async with talk.at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET closed_at = $1 WHERE id > 7", office(7))
    await talk.press_data("staff", listed.buttons["Sau ›"], listed)
    assert "Việc của đồng chí: 7" in talk.heard("staff")[-1].text


@pytest.mark.parametrize("words", ["三" * 40, "ж" * 60, "báo cáo " * 20, "x" * 200])
async def test_a_long_search_turns_its_pages(talk: Talk, words: str) -> None:
    for _ in range(9):
        await talk.at_work.assign(title=words)
    await talk.deliver()
    found = await talk.say("staff", f"/tim {words}")
    assert "Kết quả tìm: 9" in found.text
    await talk.press("staff", "Sau ›", found)
    assert "‹ Trước" in talk.heard("staff")[-1].buttons


async def test_the_pages_of_a_search_are_of_all_its_words(talk: Talk) -> None:
    begins = "rà soát hồ sơ đảng viên chuyển sinh hoạt của các chi bộ"
    for number in range(9):
        await talk.at_work.assign(title=f"{begins} quý một {number}")
    await talk.at_work.assign(title=f"{begins} quý hai")
    await talk.deliver()
    found = await talk.say("staff", f"/tim {begins} quý một")
    assert "Kết quả tìm: 9" in found.text
    other = await talk.say("staff", f"/tim {begins}")
    assert "Kết quả tìm: 10" in other.text
    await talk.press("staff", "Sau ›", found)
    shown = {one.id: one.text for one in talk.heard("staff")}
    assert shown[found.id].startswith("Kết quả tìm: 9")
    said = await talk.press_data(
        "leader", found.buttons["Sau ›"], await talk.say("leader", "/viec")
    )
    assert said.startswith("Thẻ này đã cũ")


async def test_a_search_without_end_is_to_be_shorter(talk: Talk) -> None:
    said = (await talk.say("staff", "/tim " + "báo cáo " * 60)).text
    assert said == "Đồng chí tìm bằng ít từ hơn, nhiều nhất 200 ký tự."


async def test_a_search_between_is_no_question_to_go_on_from(talk: Talk) -> None:
    for number in range(9):
        await talk.at_work.assign(title=f"Lập dự toán {number}")
    await talk.deliver()
    asked = await talk.say("leader", "việc nào của phòng Tổng hợp quá hạn?")
    await talk.say("leader", "/tim dự toán")
    assert (await talk.say("leader", "còn phòng Quản trị?")).text != asked.text
    assert "Quản trị" in talk.heard("leader")[-1].text
