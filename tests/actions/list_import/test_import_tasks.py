"""Lists of tasks as offices keep them: read, doubted, taken in once."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.actions import find
from bot.actions.directives import directives
from bot.actions.list_import import import_tasks, task_file
from bot.actions.list_import.import_tasks import Looked
from bot.chat.archive import export_folder
from bot.chat.list_import import import_words
from bot.readers import sheets
from bot.refusals import No
from storage.history.chain import verify
from tests.actions.list_import.people_list import xlsx_file
from tests.actions.office import MORNING, Staffed, refused

HEADER = "STT,Nội dung công việc,Đơn vị chủ trì,Phối hợp,Thời hạn hoàn thành,Văn bản giao,Tiến độ,Ghi chú,Lãnh đạo"
ROWS = (
    (1, "Soạn báo cáo quý", "Mạc Thiên Ân", "Ông Thị Ngọc Trầm", datetime(2026, 12, 18), "12-CV/TU", 0.6, "chờ số liệu", "x"),
    (2, "Rà soát hồ sơ đảng viên", "Đàm Tú Quyên", "", "01/12/2026", "", "đang làm, 30%", "", "x"),
    (3, "Việc của ai đó", "Nguyễn Văn Không Có", "", "18/12/2026", "", "", "", "x"),
    (4, "Kiểm kê tài sản", "Đàm Tú Quyên", "", "sớm", "", "", "", "x"),
    (5, "Tổ chức hội nghị", "Mạc Thiên Ân", "", "01/12/2026", "", "Đã hoàn thành", "", "x"),
)  # fmt: skip


def file(*rows: tuple[object, ...]) -> bytes:
    """A sheet with the office's name and a title above its headings, and a part's heading below."""
    above = "VĂN PHÒNG THÀNH ỦY"
    return xlsx_file(
        ("DANH SÁCH NHIỆM VỤ",), tuple(HEADER.split(",")), ("I", "Công tác tổ chức"), *rows, header=above
    )  # fmt: skip


async def looked(at_work: Staffed, content: bytes) -> list[Looked]:
    found = task_file.read(sheets.read(content), MORNING)
    batches = import_tasks.look(at_work.office, at_work.who["leader"], found.rows, MORNING)
    return [one async for batch in batches for one in batch]


async def taken(at_work: Staffed, content: bytes, by: str = "leader") -> int:
    ready = [one.row for one in await looked(at_work, content) if one.is_ready]
    batches = import_tasks.take(at_work.office, at_work.who[by], ready, MORNING)
    return sum([count async for count in batches])


async def test_it_is_looked_through_and_nothing_is_kept(at_work: Staffed) -> None:
    before = await at_work.everything()
    seen = await looked(at_work, file(*ROWS))
    assert await at_work.everything() == before
    assert [one.is_ready for one in seen] == [True, True, False, False, False]
    roster = await at_work.office.roster()
    assert import_words.doubts(seen, roster, at_work.office.workdays) == [
        "Dòng 7: cột chủ trì chưa đọc được: “Nguyễn Văn Không Có”; thiếu người chủ trì",
        "Dòng 8: hạn chưa rõ: 07/12 hay 08/12 hay 11/12?",
    ]
    assert import_words.summary(seen, task_file.read(sheets.read(file(*ROWS)), MORNING).unused) == [
        "Sẽ nhập 2 việc trong 5 dòng.",
        "Đã xong, không nhập: 1.",
        "Chưa rõ, không nhập: 2. Sửa tệp rồi nhập lại.",
        "Cột không dùng: Lãnh đạo.",
    ]


async def test_a_row_that_may_carry_a_mark_is_left_out_and_the_others_are_taken(
    at_work: Staffed,
) -> None:
    doubtful = (6, "tim ho so mat cua phong", "Mạc Thiên Ân", "", "18/12/2026", "", "", "", "x")
    content = file(*ROWS, doubtful)
    found = task_file.read(sheets.read(content), MORNING)
    assert len(found.rows) == len(ROWS)
    assert found.doubtful == [len(ROWS) + 5]
    assert "ho so mat" not in str(found)
    assert import_words.not_read(found.doubtful)[0].startswith(
        f"Dòng {len(ROWS) + 5}: có chữ có thể"
    )
    seen = await looked(at_work, content)
    first, *_, doubts, _ = import_words.summary(seen, found.unused, len(found.doubtful))
    assert (first, doubts[:24]) == ("Sẽ nhập 2 việc trong 6 dòng.", "Chưa rõ, không nhập: 3. ")
    assert await taken(at_work, content) == 2


async def test_what_is_clear_is_taken_in_once(at_work: Staffed) -> None:
    assert await taken(at_work, file(*ROWS)) == 2
    first, late = await at_work.db.fetch(
        "SELECT t.title, t.percent, x.body AS note, d.symbol, t.late_from < $1 AS late FROM tasks t"
        " LEFT JOIN texts x ON x.id = t.note_id LEFT JOIN documents d ON d.id = t.document_id"
        " ORDER BY t.id",
        MORNING,
    )
    assert (first["percent"], first["note"], first["symbol"]) == (60, "chờ số liệu", "12-CV/TU")
    assert (late["percent"], late["note"]) == (30, "đang làm, 30%")
    assert (first["late"], late["late"]) == (False, True)
    due = await at_work.db.fetch(
        "SELECT * FROM reminders WHERE settled_at IS NULL AND at <= $1", MORNING
    )
    assert due == []
    assert await at_work.history(2) == [("task.assign", "leader")]
    before = await at_work.everything()
    assert await taken(at_work, file(*ROWS)) == 0
    assert await at_work.everything() == before
    mended = (*ROWS[2][:2], "Mạc Thiên Ân", *ROWS[2][3:])
    assert await taken(at_work, file(*ROWS[:2], mended, ROWS[0])) == 1
    assert await verify(at_work.db) is None


async def test_what_was_cut_off_goes_on(at_work: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_tasks, "BATCH", 1)
    rows = task_file.read(sheets.read(file(*ROWS)), MORNING).rows
    who = at_work.who["leader"]
    assert await anext(import_tasks.take(at_work.office, who, rows, MORNING)) == 1
    assert await taken(at_work, file(*ROWS)) == 1
    titles = await at_work.db.fetch("SELECT title FROM tasks ORDER BY id")
    assert [row["title"] for row in titles] == ["Soạn báo cáo quý", "Rà soát hồ sơ đảng viên"]


async def test_an_admin_sends_it_in_a_leaders_name_and_has_no_part(at_work: Staffed) -> None:
    [giver] = await import_tasks.givers(at_work.office, MORNING)
    assert giver.member.id == at_work.ids["leader"]
    rows = task_file.read(sheets.read(file(*ROWS)), MORNING).rows
    admin = at_work.ids["admin"]
    batches = import_tasks.take(at_work.office, giver.who, rows, MORNING, admin)
    assert [count async for count in batches] == [2]
    task = await at_work.db.fetch_one("SELECT * FROM tasks WHERE id = 1")
    assert task is not None
    leader = at_work.ids["leader"]
    assert (task["assigner_id"], task["entered_by_id"]) == (leader, leader)
    assert await at_work.history(1) == [("task.assign", "admin")]
    await refused(No.NOT_FOUND, at_work, find.task(at_work.office, at_work.who["admin"], 1))


async def test_an_admin_who_sends_it_learns_of_no_document(at_work: Staffed) -> None:
    """Else those that it makes are seen, and those that were there are not."""
    rows = task_file.read(sheets.read(file(*ROWS)), MORNING).rows
    admin = at_work.ids["admin"]
    batches = import_tasks.take(at_work.office, at_work.who["leader"], rows, MORNING, admin)
    assert [count async for count in batches] == [2]
    [made] = (await directives.listed(at_work.office, at_work.who["leader"], MORNING)).documents
    assert (made.symbol, made.entered) == ("12-CV/TU", 1)
    past = await directives.history(at_work.office, at_work.who["leader"], made.id)
    assert [(one.kind, one.actor_id) for one in past] == [("document.begin", admin)]
    seen = await directives.listed(at_work.office, at_work.who["admin"], MORNING)
    assert (seen.documents, seen.total) == ([], 0)
    await refused(
        No.NOT_FOUND,
        at_work,
        directives.document(at_work.office, at_work.who["admin"], made.id),
    )


async def test_who_leads_nobody_takes_no_list_in(at_work: Staffed) -> None:
    await refused(No.NOT_ALLOWED, at_work, taken(at_work, file(*ROWS), by="staff"))


async def test_what_was_written_out_is_taken_in_elsewhere(at_work: Staffed, tmp_path: Path) -> None:
    await at_work.assign(title="- Soạn báo cáo, quý IV")
    await at_work.assign(title="Rà soát số liệu", to="other", due=None)
    await export_folder.write(at_work.office, tmp_path / "xuat", lambda _: None)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET title = 'khác'")
    assert await taken(at_work, (tmp_path / "xuat" / "viec.csv").read_bytes()) == 2
    rows = await at_work.db.fetch(
        "SELECT t.title, t.due_at, t.has_clock, p.person_id, t.assigner_id FROM tasks t"
        " JOIN task_people p ON p.task_id = t.id ORDER BY t.id"
    )
    old, new = rows[:2], rows[2:]
    assert [one["title"] for one in new] == ["- Soạn báo cáo, quý IV", "Rà soát số liệu"]
    assert [dict(one) | {"title": ""} for one in new] == [dict(one) | {"title": ""} for one in old]


async def test_what_no_task_can_be_is_a_doubt_of_its_own_row(at_work: Staffed) -> None:
    rows = [(1, "Soạn báo cáo quý", "Mạc Thiên Ân", "", "18/12/2026", "", "", "")]
    rows += [
        (2, f"Việc hạn {said}", "Mạc Thiên Ân", "", said, "", "", "")
        for said in ("31/12/9999", "2026-13-45")
    ]
    rows += [(3, "Dài " * 2000, "Mạc Thiên Ân", "", "18/12/2026", "", "", "")]
    rows += [(4, "Có ghi chú dài", "Mạc Thiên Ân", "", "18/12/2026", "", "", "x" * 4000)]
    seen = await looked(at_work, file(*rows))
    assert [one.is_ready for one in seen] == [True, False, False, False, False]
    assert await taken(at_work, file(*rows)) == 1
    said = import_words.doubts(seen, await at_work.office.roster(), at_work.office.workdays)
    assert said[2:] == [
        "Dòng 8: nội dung dài quá 500 ký tự",
        "Dòng 9: nội dung dài quá 3500 ký tự",
    ]


def test_a_share_is_read_as_the_cell_shows_it() -> None:
    """Of what is done Excel keeps 1 and shows 100%."""
    book = load_workbook(
        BytesIO(file(*((n, f"Việc {n}", "Ân", "", "18/12/2026") for n in range(4))))
    )
    for line, share in enumerate((1, 0.999, 0.6, 0), 5):
        cell = book.worksheets[0].cell(line, 7, share)
        cell.number_format = "0%"
    content = BytesIO()
    book.save(content)
    rows = task_file.read(sheets.read(content.getvalue()), MORNING).rows
    assert [(one.percent, one.is_over) for one in rows] == [
        (99, True),
        (99, False),
        (60, False),
        (0, False),
    ]
