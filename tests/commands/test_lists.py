"""Lists of people, units and tasks are taken in, and written out."""

from bot.playground.office import DEMO_OFFICE
from tests.commands.shell import Folder


async def test_people_come_in_from_a_list(folder: Folder) -> None:
    first = await folder.call("people", "import", str(DEMO_OFFICE))
    assert (first.code, first.err) == (0, "")
    assert first.out == (
        "Đã nhận danh sách: thêm 37 người, cập nhật 0, giữ nguyên 0, thêm 15 đơn vị.\n"
    )
    again = await folder.call("people", "import", str(DEMO_OFFICE))
    assert "giữ nguyên 37" in again.out
    shown = await folder.call("people", "list")
    assert shown.out.count("never started") == 37
    assert "Đoàn Thục Hạnh Nhi" in shown.out


async def test_a_list_with_mistakes_is_not_taken(folder: Folder) -> None:
    bad = folder.path / "list.csv"
    bad.write_text(
        "telegram_id,username,name,position,unit,role\n7,,An,,A,staff\nx,,Bo,,A,boss\n",
        encoding="utf-8",
    )
    ended = await folder.call("people", "import", "list.csv")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "Dòng 3: vai trò “boss” không có. Các vai trò: admin, leader, head, staff.",
        "Dòng 3: telegram_id “x” không phải số Telegram. Ví dụ: 123456789.",
        "Chưa nhập dòng nào.",
    ]
    assert " An " not in (await folder.call("people", "list")).out
    missing = await folder.call("people", "import", "nowhere.csv")
    assert (missing.code, "nowhere.csv: cannot be read" in missing.line) == (1, True)


async def test_a_list_of_tasks_is_taken_in_once_and_written_out(folder: Folder) -> None:
    made = await folder.call("seed", "--demo")
    assert made.code == 0
    (folder.path / "viec.csv").write_text(
        "STT;Nội dung công việc;Chủ trì;Hạn\n1;Chép sổ lưu trữ;Mạc Thiên Ân;01/12/2026\n"
        "2;Lập dự toán;ai đó;01/12/2026\n",
        encoding="utf-8",
    )
    command = ("import", "viec.csv", "--by", "Trịnh Quang Lĩnh", "--yes")
    first, second = await folder.call(*command), await folder.call(*command)
    assert "Sẽ nhập 1 việc trong 2 dòng." in first.out
    assert "Dòng 3: cột chủ trì chưa đọc được: “ai đó”" in first.out
    assert (first.code, first.out.splitlines()[-1]) == (0, "Đã nhập 1 việc.")
    assert (second.code, second.out.splitlines()[-1]) == (0, "Đã nhập 0 việc.")
    lines = "đơn vị,biên chế,đơn vị trên\nPhòng Lưu trữ,3,Văn phòng Thành ủy (demo)\n"
    (folder.path / "don-vi.csv").write_text(lines, encoding="utf-8")
    units = await folder.call("units", "import", "don-vi.csv", "--yes")
    assert (units.code, units.out.splitlines()) == (
        0,
        [
            "Dòng 2: Phòng Lưu trữ: thêm dưới Văn phòng Thành ủy (demo); biên chế 3",
            "Đã nhập: thêm 1 đơn vị, sửa 0, giữ nguyên 0.",
        ],
    )
    (folder.path / "khac.csv").write_text("tên,biên chế\nPhòng Lưu trữ,3\n", encoding="utf-8")
    other = await folder.call("units", "import", "khac.csv", "--yes")
    assert (other.code, "Tệp cần cột “đơn vị”" in other.err) == (1, True)
    written = await folder.call("export", "xuat")
    assert written.code == 0
    assert (folder.path / "xuat" / "viec.csv").read_text("utf-8").count("Chép sổ lưu trữ") == 1
