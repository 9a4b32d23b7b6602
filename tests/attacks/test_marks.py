"""Marks of state secrecy in every disguise: the sender is told, and no file of the program has the words.

In the long form every marked row of the tables of tests/rules/secrecy is sent.
"""

import json
import unicodedata

import pytest

from bot.playground.phone import Phone
from tests.rules.test_secrecy_tables import OWN, TABLES, lines
from tests.stories.stage import LEADER, STAFF, Stage

WORD = "phòng thủ khu vực Z9"
TOLD, ASKED = "dấu hiệu bí mật nhà nước", "Tin này có dấu Mật không?"
TEXTS = (
    f"Số 12-BC/TU\nTUYỆT\nMẬT\n{WORD}",
    f"công văn\tmật\fsố 5 {WORD}",
    f"TỐI\u00a0MẬT {WORD}",
    f"M Ậ T\n{WORD}",
    f"tài liệu m*ậ*t {WORD}",
    f"Hỏa tốc, Mật: {WORD}",
    f"(Khẩn - Mật) {WORD}",
    f"công văn số 12 mật {WORD}",
    f"văn bản đến mật số 7 {WORD}",
    f"〔Mật〕 {WORD}",
    f"CONG VAN DONG DAU MAT, {WORD}",
    f"văn bản tuyêt mật {WORD}",
    f"tài liệu tối mât {WORD}",
    f"m\u200bậ\ufe0ft: {WORD}",
    f"\u041cẬ\u0422: {WORD}",
    f"𝐓ố𝐢 𝐦ậ𝐭: {WORD}",
    f"tai lieu maatj {WORD}",
    f"M%E1%BA%ADt: {WORD}",
    f"<b>M&#7852;T</b> {WORD}",
)
DOUBTFUL = (f"ho so mat, {WORD}", f"cong van mat cua phong: {WORD}")
NAMES = (
    f"CongVanMat12_{WORD}.pdf",
    f"KH05_TOIMAT_{WORD}.docx",
    f"tuyet-mat_{WORD}.pdf",
    f"HOATOC_MAT_{WORD}.pdf",
    f"{unicodedata.normalize('NFD', 'Báo cáo mật')} {WORD}.pdf",
    f"HoSoMat_{WORD}.pdf",
)


@pytest.fixture
async def leader(stage: Stage) -> Phone:
    await stage.start_bot()
    return await stage.phone(LEADER)


def in_files(stage: Stage, words: list[str]) -> list[tuple[str, str]]:
    """Return which words stand in which file of the program, however they are written down."""
    forms = {
        (word, written.encode("utf-8", "replace"))
        for word in words
        for form in (word, *(unicodedata.normalize(one, word) for one in ("NFC", "NFD")))
        for written in (form, json.dumps(form)[1:-1], json.dumps(form, ensure_ascii=False)[1:-1])
    }
    kept = stage.kept()
    return [(file, word) for word, form in forms for file, has in kept.items() if form in has]


async def told(leader: Phone, of: str) -> None:
    heard = await leader.expect("", edited=False)
    assert TOLD in heard.text or ASKED in heard.text, (of, heard.text)


async def test_no_word_of_a_marked_text_or_name_is_kept(
    stage: Stage, leader: Phone, long: bool
) -> None:
    rows = [one for path in (*TABLES, OWN) for one in lines(path) if one.label == "marked"]
    tabled = rows if long else []
    texts = [*TEXTS, *DOUBTFUL, *(one.text.strip() for one in tabled if one.kind == "text")]
    named = [one.text for one in tabled if one.kind == "file"]
    names = [*NAMES, *(one for one in named if "\\" not in one)]  # Telegram gives no path
    for text in texts:
        await leader.say(text)
        await told(leader, text)
    for name in names:
        await leader.send_file(name, b"%PDF")
        await told(leader, name)
        await leader.send_file("a.pdf", b"%PDF", caption=name)
        await told(leader, name)
    await stage.stop_bot()
    long_enough = [max(one.split("\n"), key=len) for one in (*texts, *names)]
    words = [WORD, *(one for one in long_enough if len(one) > 8 and "mật nhà nước" not in one)]
    assert in_files(stage, words) == []


async def test_of_what_may_be_marked_nothing_is_kept_until_one_press(
    stage: Stage, leader: Phone, long: bool
) -> None:
    staff = await stage.phone(STAFF)
    group = (await stage.play.add_group("Tổ công tác", [leader.id, staff.id]))["id"]
    await leader.expect("Đôn Đốc giao việc", chat=group)
    order = "giao dong chi Mac Thien An tim ho so mat"
    for number in range(20 if long else 2):
        for chat, command in ((None, ""), (group, "/")):
            word = f"{WORD}{number}{command}"
            await leader.catch_up(chat)
            await leader.say(f"{command}{order} {word}, truoc 17h thu Sau", chat=chat)
            asked = await leader.expect(ASKED, chat=chat, edited=False)
            await (stage.kill_bot() if number % 2 else stage.stop_bot())
            assert in_files(stage, [word]) == []
            await stage.start_bot()
            if chat:
                refused = await staff.press("Không, xử lý tiếp", asked)
                assert "chỉ đồng chí ấy bấm" in refused.text
                assert in_files(stage, [word]) == []
            await leader.press("Không, xử lý tiếp", asked)
            again = await leader.press("Không, xử lý tiếp", asked)
            assert "đã được ghi nhận" in again.text
            card = await leader.expect(word, chat=chat, button="Giao việc")
            await leader.press("Bỏ", card)
            await leader.expect("Đã bỏ", chat=chat, edited=True)
    begun = stage.rows("SELECT COUNT(*) FROM drafts WHERE kind = 'assign'")
    assert begun == [((20 if long else 2) * 2,)]


async def test_a_press_made_up_brings_no_text_in(stage: Stage, leader: Phone) -> None:
    """Whoever writes their own client may press what was never offered, on any message of the bot."""
    await leader.say(DOUBTFUL[0])
    asked = await leader.expect(ASKED)
    await stage.phone(STAFF)
    for data in (
        "task.open:1:1:",
        "doubt.mark:99:0:",
        "doubt.clear:99:0:",
        "doubt.clear:x",
        "doubt.clear",
    ):
        await stage.play.post(
            "press", {"person_id": leader.id, "message_id": asked.id, "data": data}
        )
        await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'")
    await leader.say("/viec")
    await leader.expect("việc")
    await stage.stop_bot()
    assert stage.rows("SELECT COUNT(*) FROM drafts WHERE fields LIKE '%Z9%'") == [(0,)]
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == [(0,)]
