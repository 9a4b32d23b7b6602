"""A state secret is stopped at every way in: told courteously, kept nowhere, noted without content."""

import json
from typing import Any

from bot.playground.phone import Phone
from tests.stories.nursery import dondoc, ended
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"
WORD = "phòng thủ khu vực Z9"
MARKED = f"công văn TUYỆT MẬT {WORD}"
TOLD = "dấu hiệu bí mật nhà nước"


async def nowhere(stage: Stage) -> None:
    """See that nothing of the program has the words: database, WAL, log, kept files."""
    looked = stage.kept()
    assert {"dondoc.db" if stage.engine == "sqlite" else "table inbox", "log"} <= {*looked}
    for file, content in looked.items():
        for text in (WORD, WORD.upper(), "tham mưu X7"):
            assert text.encode() not in content, file
            assert json.dumps(text)[1:-1].encode() not in content, file


def noted(stage: Stage) -> list[tuple[Any, ...]]:
    return stage.rows("SELECT facts, text_id FROM events WHERE kind = 'secrecy.refused'")


async def test_every_way_in(stage: Stage, leader: Phone) -> None:
    ways = 0

    async def stopped() -> None:
        nonlocal ways
        ways += 1
        await leader.expect(TOLD, edited=False)
        await leader.catch_up()
        await nowhere(stage)
        assert noted(stage) == [('{"rule":"Tuyệt mật"}', None)] * ways

    await leader.say(f"Giao đồng chí Ân xử lý {MARKED}, hạn thứ Sáu")
    await stopped()
    secret = await leader.say(MARKED)
    await stopped()
    await leader.say("Giao đồng chí Ân, hạn thứ Sáu", reply_to=secret)
    await stopped()
    await leader.say(MARKED, forward_from="Tạ Thị Hoài Mơ")
    await stopped()
    await leader.send_file("a.pdf", b"%PDF", caption=MARKED)
    await stopped()
    await leader.send_file(f"{MARKED}.pdf", b"%PDF")
    await stopped()
    await leader.say(f"/tim {MARKED}")
    await stopped()
    await leader.say(f"/giao {MARKED}")
    await stopped()

    who = {"id": leader.id, "is_bot": False, "first_name": "Lĩnh"}
    place = {
        "message_id": 900, "date": 1, "from": who, "chat": {"id": leader.id, "type": "private"},
    }  # fmt: skip
    for content in (
        {"contact": {"phone_number": "1", "first_name": "Hồ sơ tuyệt mật", "last_name": WORD}},
        {"contact": {"phone_number": "1", "first_name": "An", "vcard": f"NOTE:{MARKED}"}},
        {"poll": {"id": "1", "question": MARKED, "options": [{"text": "a"}]}},
        {"poll": {"id": "1", "question": "Chọn", "options": [{"text": MARKED, "voter_count": 0}]}},
        {"venue": {"title": MARKED, "address": "x"}},
        {"text": "như trên", "quote": {"text": MARKED, "position": 0}},
        {"text": "như trên", "external_reply": {"document": {"file_name": MARKED}}},
        {"audio": {"file_id": "1", "file_unique_id": "1", "title": MARKED}},
        {"checklist": {"title": "việc", "tasks": [{"id": 1, "text": MARKED}]}},
    ):
        await stage.play.inject({"message": place | content})
        await stopped()
    await stage.stop_bot()
    await nowhere(stage)


async def test_what_may_be_marked_waits_for_one_press_over_restarts(
    stage: Stage, leader: Phone
) -> None:
    order = f"giao dong chi Mac Thien An tim ho so mat {WORD}, truoc 17h thu Sau"
    await leader.say(order)
    asked = await leader.expect("Tin này có dấu Mật không?")
    await stage.kill_bot()
    await nowhere(stage)
    await stage.start_bot()
    await leader.press("Không, xử lý tiếp", asked)
    draft = await leader.expect(WORD, button="Giao việc")
    again = await leader.press("Không, xử lý tiếp", asked)
    assert again.text == "Bước này đã được ghi nhận."
    await leader.press("Giao việc", draft)
    await leader.expect("Việc số 1", edited=True)
    await leader.catch_up()
    await leader.say(order)
    await leader.press("Có dấu Mật", await leader.expect("Tin này có dấu Mật không?", edited=False))
    await leader.expect(TOLD, edited=True)
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(1,)]
    assert noted(stage) == [('{"rule":"Mật"}', None)]


async def test_a_marked_edit_changes_nothing(stage: Stage, leader: Phone) -> None:
    said = await leader.say(SENTENCE)
    draft = await leader.expect("soạn báo cáo quý", button="Giao việc")
    await leader.edit(said, f"{SENTENCE}, kèm {MARKED}")
    await leader.expect(TOLD)
    await leader.press("Giao việc", draft)
    await leader.expect("Việc số 1", edited=True)
    assert len(noted(stage)) == 1
    await stage.stop_bot()
    await nowhere(stage)


async def test_in_a_dialog_what_was_asked_still_waits(stage: Stage, leader: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await leader.press("Khác", await leader.expect("Việc số 1", button="Khác", edited=True))
    await leader.press("Hủy việc")
    await leader.expect("vì sao?")
    await leader.say(f"vì có {MARKED}")
    await leader.expect(TOLD)
    await leader.say("đã có công văn thay thế")
    await leader.expect("Đã hủy việc")
    await stage.stop_bot()
    await nowhere(stage)


async def test_a_list_of_people(stage: Stage) -> None:
    rows = [
        "telegram_id,username,name,position,unit,role",
        f",,Lê Văn An,Giữ hồ sơ tuyệt mật {WORD},Phòng Tổng hợp,staff",
        ",,Nguyễn Văn Mật,Chuyên viên,Phòng Tổng hợp,staff",
    ]
    file = stage.folder.parent / "list.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    command = ("people", "import", str(file), "--config", str(stage.config))
    assert await ended(dondoc(*command, log=stage.folder / "log")) == 1
    assert "Dòng 2: có dấu hiệu bí mật nhà nước" in stage.log()
    assert noted(stage) == [('{"rule":"Tuyệt mật"}', None)]
    assert stage.rows("SELECT COUNT(*) FROM people WHERE name = 'Nguyễn Văn Mật'") == [(0,)]
    await nowhere(stage)


async def test_in_a_group_and_by_its_name(stage: Stage, leader: Phone, staff: Phone) -> None:
    group = (await stage.play.add_group("Tổ công tác", [leader.id, staff.id]))["id"]
    await leader.expect("Đôn Đốc giao việc", chat=group)
    await leader.say(f"/giao {MARKED}", chat=group)
    await leader.expect(TOLD, chat=group)
    named = (await stage.play.add_group(f"Tổ giúp việc {MARKED}", [leader.id]))["id"]
    await leader.expect(TOLD, chat=named)
    await leader.say("/viec", chat=named)
    await leader.expect(TOLD, chat=named)
    assert len(noted(stage)) == 3  # the bot was put into it, and spoken to
    await stage.stop_bot()
    await nowhere(stage)
