"""How a sentence is read, shown for one and answered for each of many lines."""

import json

from tests.commands.shell import Folder


async def test_understand_shows_how_a_sentence_is_read(folder: Folder) -> None:
    (folder.path / "config.toml").unlink()
    ended = await folder.call("understand", "soạn báo cáo quý, chậm nhất 17h ngày 25/12/2030")
    assert ended.code == 0
    assert "25/12/2030 17:00" in ended.out
    assert "soạn báo cáo quý" in ended.out


async def test_understand_answers_each_line_in_its_place(folder: Folder) -> None:
    asked = {
        "text": "Giao đồng chí Mạc Thiên Ân nộp báo cáo trước 17h thứ Sáu",
        "reference": "2026-12-07T09:00:00+07:00",
        "roster": [{"name": "Mạc Thiên Ân", "unit": "Phòng Tổng hợp"}],
    }
    lines = [json.dumps(asked).encode(), b"{not json", b"\xff\xfe", json.dumps(asked).encode()]
    ended = await folder.call_with(b"\n".join(lines), "understand")
    first, second, third, last = map(json.loads, ended.out.splitlines())
    assert first == last
    assert first["deadline"] == "2026-12-11T17:00:00+07:00"
    assert first["people"] == [{"name": "Mạc Thiên Ân", "part": "lead"}]
    assert "error" in second
    assert "error" in third
