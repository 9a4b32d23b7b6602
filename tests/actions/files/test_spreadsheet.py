"""The rows of a list handed in: what cannot be read is refused in words, whatever the reason."""

import pytest

from bot.actions.files import spreadsheet
from bot.readers import door
from bot.refusals import No, Refusal
from tests import hostile_files


@pytest.mark.parametrize(
    ("content", "kind", "facts"),
    [
        (b"\x00\x01", No.BAD_FILE, {"line": 0}),
        (b'a,b\n7,"An"x\n', No.BAD_FILE, {"line": 2}),
        (hostile_files.swollen(), No.FILE_TOO_HEAVY, {}),
    ],
)
async def test_what_cannot_be_read_is_refused(
    content: bytes, kind: No, facts: dict[str, int]
) -> None:
    with pytest.raises(Refusal) as caught:
        await spreadsheet.rows(content)
    assert (caught.value.kind, caught.value.facts) == (kind, facts)


async def test_who_gets_no_place_in_time_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(door, "PLACE_SECONDS", 0.01)
    monkeypatch.setattr(door, "PROCESSES", 0)
    with pytest.raises(Refusal) as caught:
        await spreadsheet.rows(b"a,b")
    assert caught.value.kind is No.READERS_BUSY
