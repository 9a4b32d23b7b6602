"""Everything written out: whole, described, and no more memory for more rows."""

import csv
import io
import json
from pathlib import Path

import pytest

from bot.actions.archive import export
from bot.actions.tasks import note
from bot.chat.archive import export_folder
from bot.renderers.export_words import COLUMNS, fields
from storage.archive import exports
from tests.actions.archive.over import eventful, over
from tests.actions.office import Staffed
from tests.rules.task import office


async def written(at_work: Staffed, folder: Path) -> Path:
    """Export the office, and see that what was announced is what came."""
    told: list[int] = []
    announced = await export.count(at_work.office)
    await export_folder.write(at_work.office, folder / "xuat", told.append)
    assert sum(told) == announced
    return folder / "xuat"


def listed(folder: Path, name: str) -> list[dict[str, str]]:
    content = (folder / f"{name}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def kept(folder: Path, table: str) -> list[dict[str, object]]:
    text = (folder / "so-lieu" / f"{table}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n")[:-1]]


async def test_every_row_is_there_and_every_field_described(
    at_work: Staffed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PAGE", 2)
    await eventful(at_work)
    await over(at_work)
    await at_work.assign(title="Còn mở", due=None)
    folder = await written(at_work, tmp_path)
    described = {(one["Bảng"], one["Trường"]) for one in listed(folder, "mo-ta-truong")}
    for table in export.TABLES:
        [counted] = await at_work.db.fetch(f"SELECT COUNT(*) AS rows FROM {table}")
        rows = kept(folder, table)
        assert len(rows) == counted["rows"], table
        assert {name for row in rows for name in row} <= fields(table).keys(), table
        assert {(f"so-lieu/{table}.jsonl", name) for row in rows for name in row} <= described
    for name, columns in COLUMNS.items():
        assert {(f"{name}.csv", column) for column in columns} <= described
        assert all(None not in row and None not in row.values() for row in listed(folder, name))


async def test_a_task_is_a_row_in_words(at_work: Staffed, tmp_path: Path) -> None:
    task = await at_work.assign(title="=SUM(A1) báo cáo quý")
    await note.write(
        at_work.office, at_work.who["staff"], task.id, "Xong dự thảo", (), office(8),
        at_work.update(),
    )  # fmt: skip
    folder = await written(at_work, tmp_path)
    [row] = listed(folder, "viec")
    assert row["Nội dung công việc"] == "'=SUM(A1) báo cáo quý"
    assert (row["Chủ trì"], row["Hạn"]) == ("Mạc Thiên Ân", "11/12/2026")
    assert (row["Người giao"], row["Trạng thái"]) == ("Trịnh Quang Lĩnh", "chờ tiếp nhận")
    [said] = listed(folder, "ghi-chu")
    assert (said["Ai"], said["Nội dung"]) == ("Mạc Thiên Ân", "Xong dự thảo")
    assert listed(folder, "lich-su")[-2]["Sự kiện"] == "giao việc"
    accounts = (folder / "so-lieu" / "people.jsonl").read_text("utf-8")
    assert "telegram" not in accounts


async def test_files_come_with_their_bytes_or_are_named_as_lost(
    at_work: Staffed, tmp_path: Path
) -> None:
    await eventful(at_work)
    folder = await written(at_work, tmp_path)
    [row] = listed(folder, "tep")
    copied = (folder / row["Nơi lưu"]).read_bytes()
    assert len(copied) == int(row["Số byte"])
    (at_work.office.files / row["SHA-256"][:2] / row["SHA-256"]).unlink()
    lost = await export_folder.write(at_work.office, tmp_path / "sau", lambda _: None)
    assert lost == 1
    assert [one["Nơi lưu"] for one in listed(tmp_path / "sau", "tep")] == [""]


async def test_a_folder_that_is_there_is_left_alone(at_work: Staffed, tmp_path: Path) -> None:
    folder = await written(at_work, tmp_path)
    before = sorted(folder.rglob("*"))
    with pytest.raises(FileExistsError):
        await export_folder.write(at_work.office, folder, lambda _: None)
    assert sorted(folder.rglob("*")) == before
    assert not (tmp_path / "xuat.part").exists()
