"""A list that cannot be read: who may send one hears why, and what else to do with the file."""

import pytest

from tests import hostile_files
from tests.chat.talk import Talk

UNREAD = "Không đọc được tệp này. Đồng chí gửi tệp CSV hoặc Excel (.xlsx)."
TOO_HEAVY = "Tệp này quá nặng để đọc."
UNPLACED = "Tệp vừa gửi chưa vào việc nào."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xd8\xff\xe0\x00 a picture", UNREAD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00 locked with a password", UNREAD),
        (hostile_files.numbered(10**15), UNREAD),
        (hostile_files.swollen(), TOO_HEAVY),
    ],
)
async def test_a_leader_hears_why(talk: Talk, data: bytes, why: str) -> None:
    before = len(talk.heard("leader"))
    await talk.send_file("leader", "viec.xlsx", data)
    [said] = talk.heard("leader")[before:]
    assert said.text.startswith(why)
    assert UNPLACED in said.text


async def test_who_sends_no_lists_hears_what_to_do_with_a_file(talk: Talk) -> None:
    said = await talk.send_file("staff", "viec.xlsx", b"\x00 a picture")
    assert said.text.startswith(UNPLACED)


async def test_a_list_of_something_else_is_only_a_file(talk: Talk) -> None:
    said = await talk.send_file("leader", "gia.csv", b"ma,gia\n7,1000\n")
    assert said.text.startswith(UNPLACED)
