"""Where a name is asked for, one that reads like a word to stop or to ask is the name of who bears it."""

import pytest

from bot.folding import fold
from tests.chat.talk import Talk

NAMES = {
    "Huy": ("Huy", "huy", "em Huy", "Huy làm nhé", "Huy đi", "đồng chí Huy"),
    "Khôi": ("Khôi", "Khoi", "khoi", "em Khoi"),
    "Thời": ("Thời", "Thoi"),
    "Khổng": ("Khổng", "Khong"),
    "Bộ": ("Bộ", "Bo"),
    "Hân": ("Hân", "Han", "han"),
    "Hoan": ("Hoan", "hoan"),
    "Hoàn": ("Hoàn", "Hoan"),
    "Xong": ("Xong",),
    "Lưu": ("Lưu", "Luu"),
    "Thêm": ("Thêm", "Them"),
    "Vương": ("Vương",),
    "Sửu": ("Sửu", "Suu"),
    "Ái": ("Ái",),
    "Nghi": ("Nghi", "nghi"),
    "Tiến": ("Tiến", "Tien"),
    "Thu Trang": ("Trang", "Thu Trang"),
}


async def named(talk: Talk, name: str) -> None:
    """Let the mate be called so."""
    full = f"Quách Gia {name}"
    async with talk.at_work.db.transaction() as tx:
        mate = talk.at_work.ids["mate"]
        await tx.execute(
            "UPDATE people SET name = $2, folded = $3 WHERE id = $1", mate, full, fold(full)
        )
    talk.at_work.office._version = -1


@pytest.mark.parametrize("name", NAMES)
async def test_who_leads_a_draft(talk: Talk, name: str) -> None:
    await named(talk, name)
    for typed in NAMES[name]:
        await talk.say("leader", "Giao việc soạn báo cáo quý trước thứ Sáu")
        told = await talk.say("leader", typed)
        assert "Đã bỏ" not in told.text, typed
        assert f"Chủ trì: Quách Gia {name}" in told.text, typed
        await talk.press("leader", "Bỏ")


@pytest.mark.parametrize("name", ["Huy", "Khôi", "Khổng"])
async def test_who_takes_a_task_over(talk: Talk, name: str) -> None:
    await talk.at_work.assign()
    await talk.deliver()
    await named(talk, name)
    await talk.press("leader", "Khác", await talk.say("leader", "/viec 1"))
    await talk.press("leader", "Giao người khác")
    told = await talk.say("leader", fold(name).capitalize())
    assert "Đã thôi" not in told.text
    assert name in told.text


async def test_nobody_is_called_so(talk: Talk) -> None:
    await talk.say("leader", "Giao việc soạn báo cáo quý trước thứ Sáu")
    assert "Đã bỏ" not in (await talk.say("leader", "Huy")).text
    assert "Đã bỏ" in (await talk.say("leader", "thoi")).text


@pytest.mark.parametrize("words", ["hủy", "Hủy", "thôi", "Thôi", "bỏ đi", "Khỏi", "Thoi"])
async def test_words_that_stop_stop(talk: Talk, words: str) -> None:
    await named(talk, "Huy")
    await talk.say("leader", "Giao việc soạn báo cáo quý trước thứ Sáu")
    assert "Đã bỏ" in (await talk.say("leader", words)).text


@pytest.mark.parametrize("words", ["Huy", "huy"])
async def test_where_no_name_is_asked_for(talk: Talk, words: str) -> None:
    await named(talk, "Huy")
    await talk.say("leader", "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý")
    assert "Đã bỏ" in (await talk.say("leader", words)).text
