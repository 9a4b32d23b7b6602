"""A command that would ask, where nobody is there to answer, says in one line what to give instead."""

from pathlib import Path

from bot.playground.office import DEMO_OFFICE
from tests.commands.shell import Folder

KEY = Path(__file__).parents[1] / "storage" / "backup.key"
TASKS = "Nội dung công việc;Chủ trì;Hạn\nChép sổ lưu trữ;Mạc Thiên Ân;01/12/2026\n"
LEADER = ("--by", "Trịnh Quang Lĩnh")


async def test_a_passphrase_is_asked_for_at_a_terminal_alone(folder: Folder) -> None:
    settings = {"DONDOC_BACKUP__KEY": str(KEY)}
    await folder.call("people", "import", str(DEMO_OFFICE))
    assert (await folder.call("backup", "copy", **settings)).code == 0
    for command in (
        ("restore", "copy", "--replace"),
        ("verify", "copy"),
        ("backup", "--new-key", "new.key"),
    ):
        ended = await folder.call_with(b"piped words of no terminal\n", *command, **settings)
        assert (ended.code, ended.out) == (2, "")
        assert ended.line == (
            "dondoc: there is no terminal to ask for the passphrase at:"
            " give --passphrase-file FILE, or set DONDOC_BACKUP_PASSPHRASE"
        )
    assert not (folder.path / "new.key").exists()


async def test_what_would_be_confirmed_is_taken_with_yes_or_an_answer(folder: Folder) -> None:
    (folder.path / "viec.csv").write_text(TASKS, encoding="utf-8")
    (folder.path / "don-vi.csv").write_text("đơn vị,biên chế\nPhòng Lưu trữ,3\n", encoding="utf-8")
    await folder.call("seed", "--demo")
    for command in (("import", "viec.csv", *LEADER), ("units", "import", "don-vi.csv")):
        nobody = await folder.call(*command)
        assert nobody.code == 2
        last = nobody.err.splitlines()[-1]
        assert last == "dondoc: nobody answers here: add --yes to go on without being asked"
    refused = await folder.call_with(b"n\n", "import", "viec.csv", *LEADER)
    assert (refused.code, refused.out.splitlines()[-1][-15:]) == (0, "Đã nhập 0 việc.")
    taken = await folder.call_with(b"y\n", "import", "viec.csv", *LEADER)
    assert (taken.code, taken.out.splitlines()[-1][-15:]) == (0, "Đã nhập 1 việc.")


async def test_who_assigns_a_list_is_asked_with_an_example(folder: Folder) -> None:
    (folder.path / "viec.csv").write_text(TASKS, encoding="utf-8")
    lines = "telegram_id,username,name,position,unit,role\n,,An,,Phòng A,staff\n"
    (folder.path / "an.csv").write_text(lines, encoding="utf-8")
    await folder.call("people", "import", "an.csv")
    nobody = await folder.call("import", "viec.csv", "--yes")
    assert nobody.code == 1
    assert nobody.line == (
        "dondoc: Chưa có lãnh đạo nào của toàn cơ quan để đứng tên giao việc: nhập bằng dondoc people"
        ' import, hoặc ghi tên người giao, ví dụ --by "Trịnh Quang Lĩnh".'
    )
    await folder.call("people", "import", str(DEMO_OFFICE))
    several = 'Người giao là ai trong 3 đồng chí lãnh đạo? Ghi tên, ví dụ --by "Trịnh Quang Lĩnh".'
    leaders = await folder.call("import", "viec.csv", "--yes")
    assert (leaders.code, leaders.line) == (1, f"dondoc: {several}")
    unknown = await folder.call("import", "viec.csv", "--yes", "--by", "Trịnh Quang Linh Đan")
    assert unknown.line == (
        "dondoc: Không có ai tên “Trịnh Quang Linh Đan”. Ghi đủ tên như trong danh sách người, ví dụ"
        ' --by "Trịnh Quang Lĩnh".'
    )
