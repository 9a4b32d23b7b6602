"""What people read through a whole story: as it was written, at one look, in full somewhere."""

import pytest

from bot.actions.reminders import fire_reminders
from bot.chat.cards import LIMIT
from bot.renderers import qr
from tests.actions.office import PEOPLE
from tests.chat.talk import Talk
from tests.rules.task import office

HOSTILE = "<b>&\"'</b> <a href='tg://user?id=1'>ai</a> &lt; {0} %s </i>"
LONG = ("Đã trình <lãnh đạo> & chờ ý kiến. " * 120)[:3450]
PICTURE = qr.png("x")
LISTS = ("Lịch sử việc số", "Việc của đồng chí", "Tổng hợp", "Việc hôm nay")


async def a_life(talk: Talk, title: str, words: str) -> None:
    """Play a task's whole life with these words in every place where somebody writes."""
    await talk.at_work.assign(title=title)
    await talk.deliver()
    await talk.press("staff", "Đã nhận")
    for button, said in [
        ("Báo tiến độ", f"60% {words}"),
        ("Vướng mắc", words),
        ("Xin gia hạn", f"đến 25/12/2026 vì {words}"),
    ]:
        await talk.press("staff", button)
        await talk.say("staff", said)
    await talk.press("leader", "Đồng ý gia hạn")
    await talk.press("staff", "Nộp kết quả")
    await talk.say("staff", words)
    await talk.press("leader", "Trả lại")
    await talk.say("leader", words)
    await talk.press("staff", "Nộp kết quả")
    await talk.send_file("staff", f"{HOSTILE[:40]}.txt", b"bytes", words[:900])
    await talk.press("leader", "Nghiệm thu")
    await talk.press("staff", "Lịch sử")


async def test_whatever_people_write_arrives_as_they_wrote_it(talk: Talk) -> None:
    await a_life(talk, HOSTILE, HOSTILE)
    cards = [one for one in talk.heard("staff") if "Chủ trì: " in one.text]
    assert cards
    assert all(HOSTILE in one.text for one in cards)
    assert sum(one.text.count(HOSTILE) > 1 for one in talk.heard("leader")) >= 2
    history = talk.heard("staff")[-1]
    assert history.text.startswith("Lịch sử việc số 1")
    assert history.text.count(HOSTILE) >= 5


@pytest.mark.parametrize("command", ["/viec", "/giaodi", "/quahan", "/tonghop", "/tim ai"])
async def test_lists_show_a_title_as_it_was_written(talk: Talk, command: str) -> None:
    await talk.at_work.assign(by="leader", to="leader", title=HOSTILE)
    talk.now = office(14)
    assert HOSTILE in (await talk.say("leader", command)).text


async def test_a_draft_shows_its_words_as_they_were_written(talk: Talk) -> None:
    draft = await talk.say("leader", f"Giao đồng chí <i>Không Có</i> soạn {HOSTILE}")
    await talk.press("leader", "Bỏ", draft)
    dropped = talk.heard("leader")[-1]
    assert "Đã bỏ, chưa giao: " in dropped.text
    for shown in (draft, dropped):
        assert "<a href='tg://user?id=1'>" in shown.text


async def test_a_long_file_name_is_cut_on_its_button(talk: Talk) -> None:
    await talk.at_work.assign()
    await talk.deliver()
    await talk.press("staff", "Nộp kết quả")
    await talk.send_file("staff", f"{'bao cao ' * 25}.txt", b"bytes")
    await talk.press("staff", "Lịch sử")
    for name in ("leader", "staff"):
        (file_label,) = [one for one in talk.heard(name)[-1].buttons if "bao cao" in one]
        assert len(file_label) <= 40


@pytest.mark.parametrize("title", ["ư" * 500, "&" * 500, "Soạn báo cáo"])
async def test_no_message_is_longer_than_one_look_but_lists(talk: Talk, title: str) -> None:
    await a_life(talk, title, LONG)
    said = [one.text for name in PEOPLE for one in talk.heard(name)]
    assert len(said) > 15
    for text in said:
        assert len(text) <= LIMIT or text.startswith(LISTS), text[:80]


async def test_the_longest_words_can_be_read_in_full_in_the_history(talk: Talk) -> None:
    await talk.at_work.assign(title="&" * 500)
    await talk.deliver()
    await talk.press("staff", "Báo tiến độ")
    await talk.say("staff", "50% " + "ư" * 2900)
    await talk.press("staff", "Lịch sử")
    assert "ư" * 2900 in talk.heard("staff")[-1].text


async def test_a_history_too_long_for_a_message_keeps_its_newest_lines(talk: Talk) -> None:
    await talk.at_work.assign(title="Soạn báo cáo")
    await talk.deliver()
    for number in range(8):
        await talk.press("staff", "Báo tiến độ")
        await talk.say("staff", f"{number + 10}% lần {number} " + "<" * 900)
    await talk.press("staff", "Lịch sử")
    shown = talk.heard("staff")[-1].text
    assert "báo tiến độ 17%: lần 7" in shown
    assert "lần 0" not in shown


async def test_the_draft_of_the_longest_title(talk: Talk) -> None:
    draft = await talk.say("leader", "Giao việc " + "&" * 480)
    assert len(draft.text) <= LIMIT
    long = await talk.say("leader", "Giao đồng chí Mạc Thiên Ân " + "rà soát hồ sơ " * 60)
    assert len(long.text) <= LIMIT


async def test_the_digest_of_a_busy_person(talk: Talk) -> None:
    for _ in range(20):
        await talk.at_work.assign(title=HOSTILE * 5)
    talk.now = office(14, 7, 30)
    async with talk.at_work.db.transaction() as tx:
        await tx.execute("UPDATE outbox SET state = 'never'")
    await fire_reminders.digest(talk.at_work.office, talk.now)
    await talk.deliver()
    digest = talk.heard("staff")[-1]
    assert digest.text.startswith("Việc hôm nay, thứ Hai, 14/12/2026")
    assert "Quá hạn: 20" in digest.text
    assert HOSTILE in digest.text
    assert len(digest.buttons) == 7


async def test_reminders_missed_together_come_as_one_message(talk: Talk) -> None:
    for _ in range(14):
        await talk.at_work.assign(title=HOSTILE * 5)
    await talk.deliver()
    assert "Đồng chí được giao việc mới: 14" in talk.heard("staff")[-1].text
    talk.now = office(16, 9)
    await fire_reminders.look(talk.at_work.office, talk.now)
    await talk.deliver()
    told = talk.heard("staff")[-1]
    assert told.text.startswith("Nhắc việc: 14")
    assert told.text.count("ĐỎ ĐẶC BIỆT") == 12
    assert "Các việc còn lại: /viec" in told.text


async def test_the_assigner_reads_the_result_in_the_notice(talk: Talk) -> None:
    await talk.at_work.assign()
    await talk.deliver()
    await talk.press("staff", "Nộp kết quả")
    await talk.say("staff", "Đã trình Báo cáo 88-BC/VPTU")
    notice = talk.heard("leader")[-1]
    assert notice.text.startswith("Kết quả đã nộp, mời đồng chí nghiệm thu")
    assert "Kết quả: Đã trình Báo cáo 88-BC/VPTU" in notice.text
    assert {"Nghiệm thu", "Trả lại"} <= set(notice.buttons)


@pytest.mark.parametrize("kind", ["document", "photo", "voice"])
@pytest.mark.parametrize("name", ["staff", "leader", "admin"])
@pytest.mark.parametrize("caption", ["", "xin cảm ơn"])
async def test_a_file_nobody_asked_for(talk: Talk, name: str, kind: str, caption: str) -> None:
    told = await talk.send_file(name, "ketqua.pdf", PICTURE, caption, kind)
    assert "chưa vào việc nào" in told.text
    assert "kết quả việc 12" in told.text


async def test_a_file_that_was_asked_for_is_the_result(talk: Talk) -> None:
    await talk.at_work.assign()
    await talk.deliver()
    await talk.press("staff", "Nộp kết quả")
    told = await talk.send_file("staff", "ketqua.png", PICTURE, kind="photo")
    assert told.text.startswith("Đã nộp kết quả.")


async def test_a_file_beside_an_order_is_read_as_the_order(talk: Talk) -> None:
    told = await talk.send_file("leader", "cv.pdf", b"bytes", "Giao đồng chí Ân soạn báo cáo")
    assert "Hạn khi nào?" in told.text


SAID = [
    "/start", "/trogiup", "/viec", "/giaodi", "/quahan", "/tonghop", "/moi", "/thuhoi", "/tim",
    "/tim ,", "/tim báo cáo", "/viec 9", "/viec ²", "/viec " + "9" * 40, "/khongco", "/", "chào",
    "/giao", "60%", "không", "<b>", "\u202e",
]  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
async def test_everything_said_is_answered_at_one_look(talk: Talk, name: str) -> None:
    for said in SAID:
        before = len(talk.heard(name))
        answer = await talk.say(name, said)
        assert len(talk.heard(name)) == before + 1, said
        assert 10 < len(answer.text) <= LIMIT
