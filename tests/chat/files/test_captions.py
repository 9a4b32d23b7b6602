"""A file with words: it is kept with the task they are about, or a sentence says what to do with it."""

import pytest

from tests.chat.talk import Heard, Talk

UNPLACED = "Tệp vừa gửi chưa vào việc nào"


async def files(talk: Talk) -> list[tuple[int, str]]:
    rows = await talk.at_work.db.fetch("SELECT task_id, name FROM files ORDER BY id")
    return [(row["task_id"], row["name"]) for row in rows]


async def texts(talk: Talk) -> list[str]:
    rows = await talk.at_work.db.fetch("SELECT body FROM texts ORDER BY id")
    return [row["body"] for row in rows]


async def send(talk: Talk, caption: str = "", name: str = "a.pdf") -> Heard:
    return await talk.send_file("staff", name, name.encode(), caption)


async def assigned(talk: Talk) -> None:
    await talk.at_work.assign()
    await talk.deliver()


async def status(talk: Talk, number: int) -> str:
    row = await talk.at_work.db.fetch_one("SELECT status FROM tasks WHERE id = $1", number)
    assert row is not None
    return str(row["status"])


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("đã nhận việc 1", "Đã ghi nhận"),
        ("việc 1 được 40%, gửi kèm dự thảo", "Tiến độ: 40%"),
        ("việc 1 vướng mắc: chưa có số liệu", "chưa có số liệu"),
        ("xin gia hạn việc 1 đến thứ Tư tuần sau vì chờ số liệu", "Đã ghi nhận"),
        ("xin gia hạn việc 1 đến sau Tết", "chọn rõ ngày"),
    ],
)
async def test_a_report_keeps_its_file(talk: Talk, caption: str, said: str) -> None:
    await assigned(talk)
    assert said in (await send(talk, caption)).text
    assert await files(talk) == [(1, "a.pdf")]


@pytest.mark.parametrize(
    "caption",
    [
        "việc 1 xong rồi, gửi kết quả",
        "đã xong việc 1, đã trình 90-BC/VPTU",
        "kết quả việc 1",
        "nộp kết quả việc số 1",
        "Việc 1: kết quả",
    ],
)
async def test_a_result_is_handed_in_with_its_file(talk: Talk, caption: str) -> None:
    await assigned(talk)
    assert "Đã nộp kết quả" in (await send(talk, caption)).text
    assert await files(talk) == [(1, "a.pdf")]
    assert await status(talk, 1) == "submitted"


@pytest.mark.parametrize("caption", ["việc 1", "việc 1 danh sách khách mời", "báo cáo việc 1"])
async def test_other_words_on_a_task_are_a_note_with_the_file(talk: Talk, caption: str) -> None:
    await assigned(talk)
    assert "Đã ghi trao đổi và tệp vào việc số 1." in (await send(talk, caption)).text
    assert await files(talk) == [(1, "a.pdf")]
    assert caption in await texts(talk)


@pytest.mark.parametrize(
    "caption",
    [
        "việc nào quá hạn?",
        "việc 1 đến đâu rồi?",
        "tôi nghỉ từ thứ Tư đến thứ Sáu",
        "Giao anh Ân soạn báo cáo chưa?",
    ],
)
async def test_what_is_about_no_task_says_what_to_do_with_the_file(
    talk: Talk, caption: str
) -> None:
    await assigned(talk)
    assert UNPLACED in (await send(talk, caption)).text
    assert await files(talk) == []


async def test_a_reply_to_the_file_puts_it_to_the_task(talk: Talk) -> None:
    await assigned(talk)
    await send(talk, "việc nào quá hạn?")
    sent = talk.said("staff")[-1]
    assert "Đã ghi trao đổi và tệp" in (await talk.say("staff", "việc 1", reply_to=sent)).text
    assert await files(talk) == [(1, "a.pdf")]
    await talk.say("staff", "việc 1 được 60%", reply_to=sent)
    assert await files(talk) == [(1, "a.pdf")]


async def test_what_is_said_to_do_with_a_file_hands_it_in(talk: Talk) -> None:
    await assigned(talk)
    assert "kết quả việc 12" in (await send(talk)).text
    sent = talk.said("staff")[-1]
    assert "Đã nộp kết quả" in (await talk.say("staff", "kết quả việc 1", reply_to=sent)).text
    assert await files(talk) == [(1, "a.pdf")]


async def test_a_question_about_a_task_takes_the_file_it_is_answered_with(talk: Talk) -> None:
    await assigned(talk)
    card = await talk.say("staff", "/viec 1")
    await talk.press("staff", "Xin gia hạn", card)
    await send(talk, "đến thứ Tư tuần sau vì chờ số liệu")
    assert await files(talk) == [(1, "a.pdf")]


async def test_a_draft_that_asks_takes_the_file_it_is_answered_with(talk: Talk) -> None:
    await talk.say("staff", "tôi soạn tờ trình")
    assert "a.pdf" in (await send(talk)).text
    assert "b.pdf" in (await send(talk, "thứ Sáu", "b.pdf")).text
    await talk.press("staff", "Giao việc")
    assert await files(talk) == [(1, "a.pdf"), (1, "b.pdf")]


async def handed_in(talk: Talk) -> None:
    """Hand in the result of the first of two tasks."""
    await talk.at_work.assign()
    await talk.at_work.assign(title="Lập danh mục")
    await talk.deliver()
    card = await talk.say("staff", "/viec 1")
    await talk.press("staff", "Nộp kết quả", card)
    assert "Đã nộp kết quả" in (await send(talk)).text


@pytest.mark.parametrize("caption", ["", "phụ lục 2", "bản scan có dấu", "danh sách kèm theo"])
async def test_more_files_of_a_result_go_with_it(talk: Talk, caption: str) -> None:
    await handed_in(talk)
    assert "vào việc số 1" in (await send(talk, caption, "b.pdf")).text
    assert await files(talk) == [(1, "a.pdf"), (1, "b.pdf")]
    assert not caption or caption in await texts(talk)


async def test_a_caption_that_names_another_task_wins(talk: Talk) -> None:
    await handed_in(talk)
    told = await send(talk, "việc 2 được 77%, đang chờ số liệu", "b.pdf")
    assert "Tiến độ: 77%" in told.text
    assert await files(talk) == [(1, "a.pdf"), (2, "b.pdf")]


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("việc nào quá hạn?", UNPLACED),
        ("xin gia hạn đến thứ Tư tuần sau", "Tệp: b.pdf"),
        ("mai tôi nghỉ cả ngày", UNPLACED),
    ],
)
async def test_a_caption_that_says_something_else_wins(talk: Talk, caption: str, said: str) -> None:
    await handed_in(talk)
    assert said in (await send(talk, caption, "b.pdf")).text
    assert await files(talk) == [(1, "a.pdf")]


async def test_an_order_with_a_file_after_a_result_is_an_order(talk: Talk) -> None:
    await handed_in(talk)
    draft = await send(talk, "Tôi soạn tờ trình mua sắm, hạn thứ Sáu", "b.pdf")
    assert "Giao việc" in draft.buttons
    assert "b.pdf" in draft.text
    assert await files(talk) == [(1, "a.pdf")]


async def test_no_file_follows_a_result_that_was_not_handed_in(talk: Talk) -> None:
    await assigned(talk)
    card = await talk.say("staff", "/viec 1")
    await talk.press("staff", "Nộp kết quả", card)
    await talk.press("staff", "Thôi")
    assert UNPLACED in (await send(talk)).text
    assert await files(talk) == []


async def test_who_gives_a_draft_up_with_a_file_hears_where_the_file_is(talk: Talk) -> None:
    await talk.say("staff", "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý")
    await send(talk, "thôi")
    assert UNPLACED in talk.heard("staff")[-1].text


@pytest.mark.parametrize("caption", ["việc 99 được 40%", "đã nhận việc 99"])
async def test_a_report_that_is_refused_says_what_to_do_with_its_file(
    talk: Talk, caption: str
) -> None:
    await send(talk, caption)
    said = [one.text for one in talk.heard("staff")]
    assert "Không tìm thấy việc số 99" in said[-2]
    assert UNPLACED in said[-1]
    assert await files(talk) == []


async def test_what_changes_a_series_takes_no_file(talk: Talk) -> None:
    await talk.say("leader", "ngày 25 hằng tháng Ân nộp báo cáo tháng")
    await talk.press("leader", "Giao việc")
    await talk.say("leader", "/dinhky")
    await talk.press("leader", "Định kỳ 1")
    await talk.press("leader", "Đổi từ kỳ tới")
    await talk.send_file("leader", "a.pdf", b"a", "đổi thành ngày 20 hằng tháng")
    said = [one.text for one in talk.heard("leader")]
    assert "ngày 20" in said[-2]
    assert UNPLACED in said[-1]
