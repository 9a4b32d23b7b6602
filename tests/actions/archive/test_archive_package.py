"""A package of the archive: read by another's BagIt library, the same from both engines, all described."""

import csv
import io
import json
from pathlib import Path

import bagit
import pytest

from bot.chat.archive.archive_package import Written
from bot.commands.archive.package_verify import verify_package
from bot.renderers.archive.archive_fields import FIELDS
from storage.archive.archived_rows import PARTS
from storage.engine.opening import open_database
from tests.actions.archive.over import SCAN, eventful, over, packed
from tests.actions.office import Staffed, staffed


@pytest.fixture
async def package(at_work: Staffed, tmp_path: Path) -> Path:
    """A package of two tasks, as a folder."""
    await eventful(at_work)
    await over(at_work, "=Lập <dự> toán", to="other")
    _, written = await packed(at_work, tmp_path / "archive")
    return written.path


def lines(package: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (package / "data" / name).read_text().splitlines()]


def table(package: Path, name: str) -> list[list[str]]:
    body = (package / "data" / "danh-muc" / name).read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


async def test_another_s_library_finds_it_valid(package: Path) -> None:
    bag = bagit.Bag(str(package))
    bag.validate()
    assert bag.info["External-Identifier"] == "nam-2026"
    assert {path for path in bag.entries if path.startswith("data/viec")} == {
        "data/viec/0001.jsonl"
    }
    assert not verify_package(package, lambda *_: None).flaws


async def test_every_task_is_data_and_a_page_and_a_line_of_the_list(package: Path) -> None:
    first, second = lines(package, "viec/0001.jsonl")
    heading, *listed = table(package, "viec.csv")
    assert [row[0] for row in listed] == ["1", "2"]
    assert listed[1][heading.index("Nội dung")] == "'=Lập <dự> toán"
    page, _, anchor = listed[0][heading.index("Trang đọc")].partition("#")
    shown = (package / "data" / page).read_text()
    assert f'id="{anchor}"' in shown
    assert "Lập &lt;dự&gt; toán" in shown
    assert "Mạc Thiên Ân nộp kết quả: Đã trình &lt;bản&gt; 1" in shown
    assert [len(first[name]) for name in ("files", "remarks", "check_items")] == [1, 1, 2]  # type: ignore[arg-type]
    assert {"Làm rõ mục 2", "Đã làm rõ", "Thu số liệu"} <= {one["body"] for one in first["texts"]}  # type: ignore[attr-defined]
    assert second["files"] == []


async def test_a_file_lies_under_its_hash(package: Path) -> None:
    heading, row = table(package, "tep.csv")
    assert row[heading.index("Tên tệp")] == "'=bang.PDF"
    path = package / "data" / row[heading.index("Nơi lưu")]
    assert path.read_bytes() == SCAN
    assert path.name == row[heading.index("SHA-256")] + ".pdf"


async def test_a_file_whose_bytes_are_lost_or_others_is_named(
    at_work: Staffed, tmp_path: Path
) -> None:
    task = await eventful(at_work)
    [kept] = [one for one in at_work.office.files.rglob("*") if one.is_file()]
    kept.write_bytes(SCAN[:-1] + b"!")
    _, written = await packed(at_work, tmp_path / "archive")
    assert written.lost_files == 1
    heading, row = table(written.path, "tep.csv")
    assert row[heading.index("Nơi lưu")] == ""
    assert "không còn nội dung" in (written.path / "data/trang/0001.html").read_text()
    assert lines(written.path, "so-lieu/archive.json")[0]["missing_files"] == [kept.name]
    assert task.id == 1
    assert not verify_package(written.path, lambda *_: None).flaws


async def test_every_field_is_described(package: Path) -> None:
    whole = lines(package, "viec/0001.jsonl")[0]
    assert list(FIELDS["task"]) == list(whole["task"])  # type: ignore[call-overload]
    for name in (*PARTS, "texts", "events"):
        rows = whole[name]
        assert isinstance(rows, list)
        assert not rows or list(FIELDS[name]) == list(rows[0])
    for path in (package / "data/so-lieu").iterdir():
        name = "events" if path.name == "document_events.jsonl" else path.name
        assert all(
            list(row) == list(FIELDS[name]) for row in lines(package, f"so-lieu/{path.name}")
        )


async def test_nobody_s_account_is_in_it(package: Path) -> None:
    people = lines(package, "so-lieu/people.jsonl")
    assert {"Trịnh Quang Lĩnh", "Mạc Thiên Ân", "Đàm Tú Quyên"} <= {one["name"] for one in people}
    assert not [one for one in people if "telegram_id" in one or "username" in one]


async def test_both_engines_write_the_same_bytes(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    made: list[Written] = []
    for url in (sqlite_url, postgres_url):
        db = await open_database(url)
        try:
            at_work = await staffed(db, tmp_path / "files")
            await eventful(at_work)
            made.append((await packed(at_work, tmp_path / str(len(made))))[1])
        finally:
            await db.close()
    assert made[0].fingerprint == made[1].fingerprint
