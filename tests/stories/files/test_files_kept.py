"""What is sent to a task stays when Telegram forgets it: bytes on disk under their hash, sent back."""

import hashlib

import pytest

from bot.playground.phone import Phone
from bot.renderers import qr
from tests.stories.stage import STAFF, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"
PICTURE = qr.png("báo cáo")


@pytest.mark.parametrize(
    ("kind", "sent_as", "kept_as", "content"),
    [
        ("document", "Báo cáo.docx", "Báo cáo.docx", b"noi dung"),
        ("photo", "chup.png", "anh.jpg", PICTURE),
        ("voice", "tieng.ogg", "ghi-am.ogg", b"OggS tieng noi"),
    ],
)
async def test_each_kind_is_kept_with_who_and_when_and_sent_back_when_telegram_lost_it(
    stage: Stage, leader: Phone, staff: Phone, kind: str, sent_as: str, kept_as: str, content: bytes
) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    await staff.send_file(sent_as, content, kind=kind, reply_to=card)
    await staff.expect("Đã nhận tệp vào việc số 1.")
    sha256 = hashlib.sha256(content).hexdigest()
    assert (stage.folder / "files" / sha256[:2] / sha256).read_bytes() == content
    ((name, size, kept, who, when, old_id),) = stage.rows(
        "SELECT f.name, f.size, f.sha256, p.name, f.created_at, f.telegram_file_id"
        " FROM files f JOIN people p ON p.id = f.person_id"
    )
    assert (name, size, kept, who) == (kept_as, len(content), sha256, STAFF)
    assert str(when).startswith("2026-12-07")
    forgotten = stage.emulator.files.forget(str(old_id))
    assert forgotten.content == content
    told = await leader.expect(f"gửi tệp {kept_as}")
    await leader.press("Xem tệp (1)", told)
    await leader.press(kept_as, await leader.expect("Tệp của việc số 1", button=kept_as))
    back = await leader.expect("Việc số 1", edited=False)
    assert back.file is not None
    assert back.file["file_id"] != old_id
    assert await leader.download(back) == content


async def test_limits_are_the_offices_and_what_is_refused_is_not_kept(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await stage.stop_bot()
    await stage.start_bot(DONDOC_FILES__MAX_MB="1", DONDOC_FILES__KINDS="pdf,audio/*")
    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    await staff.send_file("to.pdf", b"x" * (1024 * 1024 + 1), reply_to=card)
    await staff.expect("Tệp lớn hơn 1 MB")
    await staff.send_file("chup.png", PICTURE, kind="photo", reply_to=card)
    await staff.expect("Bot không nhận loại tệp này")
    assert stage.rows("SELECT COUNT(*) FROM files") == [(0,)]
    kept = [*(stage.folder / "files").rglob("*.*"), *(stage.folder / "files").glob("*/*")]
    assert {path.suffix for path in kept} <= {
        ".anchors",
        ".handling",
        ".journal",
        ".look",
        ".seat",
    }, kept
    await staff.send_file("vua.pdf", b"x" * 1024, reply_to=card)
    await staff.expect("Đã nhận tệp vào việc số 1.")
    await staff.send_file("tieng.ogg", b"OggS", kind="voice", reply_to=card)
    await staff.expect("Đã nhận tệp vào việc số 1.", edited=False)
    assert stage.rows("SELECT name FROM files ORDER BY id") == [("vua.pdf",), ("ghi-am.ogg",)]


async def test_a_file_that_is_lost_on_disk_is_said_to_be(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    await staff.send_file("a.pdf", b"a", reply_to=card)
    told = await leader.expect("gửi tệp a.pdf")
    for path in (stage.folder / "files").glob("*/*"):
        path.unlink()
    await leader.press("Xem tệp (1)", told)
    listed = await leader.expect("Tệp của việc số 1", button="a.pdf")
    toast = await leader.press("a.pdf", listed)
    assert "Tệp a.pdf không còn trên máy chủ" in toast.text
