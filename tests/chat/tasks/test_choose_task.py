"""A report that names no task: a press says which, and the words go on without being typed again."""

from datetime import timedelta

import pytest

from tests.chat.talk import ACCOUNTS, Heard, Talk


@pytest.fixture
async def two(talk: Talk) -> Talk:
    """An office in which the staff has two tasks."""
    await talk.at_work.assign()
    await talk.at_work.assign(title="Lập danh mục")
    await talk.deliver()
    return talk


async def events(talk: Talk, number: int) -> list[str]:
    return [kind for kind, _ in await talk.at_work.history(number)]


async def asked(talk: Talk, words: str) -> Heard:
    list_of = await talk.say("staff", words)
    assert "việc số mấy" in list_of.text
    assert words in list_of.text
    return list_of


@pytest.mark.parametrize(
    ("words", "event", "said"),
    [
        ("đã nhận", "task.receive", "Đã ghi nhận"),
        ("được 40% rồi", "task.progress", "Tiến độ: 40%"),
        ("đang vướng mắc: chưa có số liệu", "task.block", "chưa có số liệu"),
        ("xin gia hạn đến thứ Tư tuần sau vì chờ số liệu", "task.request_extension", "16/12"),
        ("đã xong, đã trình 90-BC/VPTU", "task.submit", "Đã nộp kết quả"),
    ],
)
async def test_the_words_go_on_with_the_task_that_is_pressed(
    two: Talk, words: str, event: str, said: str
) -> None:
    list_of = await asked(two, words)
    await two.press("staff", "Việc 2", list_of)
    assert event in await events(two, 2)
    assert event not in await events(two, 1)
    assert said in next(one.text for one in two.heard("staff") if one.id == list_of.id)


@pytest.mark.parametrize(
    ("words", "prompt"),
    [("xong rồi", "Đồng chí gửi kết quả việc số 2"), ("xin gia hạn đến sau Tết", "chọn rõ ngày")],
)
async def test_what_is_lacking_is_asked_for(two: Talk, words: str, prompt: str) -> None:
    await two.press("staff", "Việc 2", await asked(two, words))
    assert prompt in two.heard("staff")[-1].text


async def test_its_file_goes_along(two: Talk) -> None:
    list_of = await two.send_file("staff", "a.pdf", b"a", "xong rồi")
    assert "a.pdf" in list_of.text
    await two.press("staff", "Việc 2", list_of)
    rows = await two.at_work.db.fetch("SELECT task_id, name FROM files")
    assert [(row["task_id"], row["name"]) for row in rows] == [(2, "a.pdf")]
    assert "task.submit" in await events(two, 2)


async def test_files_sent_at_once_with_it_go_along(two: Talk) -> None:
    for name, caption in (("a.pdf", ""), ("b.pdf", "xong rồi"), ("c.pdf", "")):
        what = (ACCOUNTS["staff"], "document", name, "text/plain", name.encode(), caption)
        two.gestures.upload(*what, album="al")
        await two.handle()
    await two.press("staff", "Việc 2")
    rows = await two.at_work.db.fetch("SELECT task_id, name FROM files ORDER BY name")
    assert [(row["task_id"], row["name"]) for row in rows] == [
        (2, "a.pdf"),
        (2, "b.pdf"),
        (2, "c.pdf"),
    ]


async def test_a_second_press_does_nothing(two: Talk) -> None:
    list_of = await asked(two, "được 40% rồi")
    await two.press("staff", "Việc 2", list_of)
    before = await events(two, 2)
    for label in ("Việc 2", "Việc 1"):
        await two.press("staff", label, list_of)
    assert await events(two, 2) == before
    assert "task.progress" not in await events(two, 1)


@pytest.mark.parametrize("words", ["được 40% rồi", "xong rồi", "đã nhận"])
async def test_a_press_handled_again_after_a_restart(two: Talk, words: str) -> None:
    await two.press("staff", "Việc 2", await asked(two, words))
    before = await events(two, 2)
    await two.handle_again()
    assert await events(two, 2) == before
    assert not two.bugs


async def test_the_words_handled_again_are_asked_about_again(two: Talk) -> None:
    await asked(two, "được 40% rồi")
    await two.handle_again()
    await two.press("staff", "Việc 2")
    assert (await events(two, 2)).count("task.progress") == 1


async def test_somebody_elses_press_is_refused(two: Talk) -> None:
    list_of = await asked(two, "được 40% rồi")
    shown = await two.say("leader", "/viec")
    assert "không" in (await two.press_data("leader", list_of.buttons["Việc 2"], shown)).lower()
    assert "task.progress" not in await events(two, 2)


async def test_what_is_no_longer_allowed_leaves_the_choice(two: Talk) -> None:
    list_of = await asked(two, "được 40% rồi")
    await two.press("leader", "Khác", await two.say("leader", "/viec 2"))
    await two.press("leader", "Hủy việc")
    await two.say("leader", "không cần nữa vì đã có công văn thay thế")
    assert "đã hủy" in await two.press("staff", "Việc 2", list_of)
    await two.press("staff", "Việc 1", list_of)
    assert "task.progress" in await events(two, 1)


async def test_no_task_that_one_may_not_see(two: Talk) -> None:
    await two.at_work.assign(to="other", by="other_head")
    list_of = await asked(two, "được 40% rồi")
    forged = list_of.buttons["Việc 2"].rpartition(":")[0]
    toast = await two.press_data("staff", f"{forged}:3", list_of)
    assert "Không tìm thấy việc số 3" in toast
    assert toast.replace("3", "99") == await two.press_data("staff", f"{forged}:99", list_of)


async def test_on_another_day_the_words_are_typed_again(two: Talk) -> None:
    """ "Đến mai" means another day by then."""
    list_of = await asked(two, "xin gia hạn đến mai")
    two.now += timedelta(days=1)
    assert await two.press("staff", "Việc 2", list_of)
    assert "task.request_extension" not in await events(two, 2)


async def test_words_that_were_edited_are_typed_again(two: Talk) -> None:
    list_of = await asked(two, "được 40% rồi")
    two.gestures.edit(ACCOUNTS["staff"], two.said("staff")[-1], "được 50%")
    await two.handle()
    assert await two.press("staff", "Việc 2", list_of)
    assert "task.progress" not in await events(two, 2)


async def test_the_pages_of_the_list(two: Talk) -> None:
    for number in range(3, 13):
        await two.at_work.assign(title=f"Việc thứ {number}")
    await two.deliver()
    list_of = await asked(two, "được 40% rồi")
    await two.press("staff", "Sau ›", list_of)
    turned = next(one for one in two.heard("staff") if one.id == list_of.id)
    assert "được 40% rồi" in turned.text
    await two.press("staff", "Việc 12", turned)
    assert "task.progress" in await events(two, 12)


async def test_who_has_no_task_hears_so(talk: Talk) -> None:
    said = await talk.say("staff", "được 40% rồi")
    assert "Đồng chí không có việc nào đang mở" in said.text
    assert not said.buttons
