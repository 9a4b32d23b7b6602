"""Whoever cites a document out of their sight learns nothing of it: two offices, one answer.

In one office the document that is cited was entered, for people that the attackers have nothing to do with.
In the other another one was. All that an attacker hears is the same, letter for letter: texts, buttons with
their data, toasts, files.
"""

import io
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from bot.actions import find
from bot.chat.messaging import group_card
from bot.chat.routes import BUTTONS
from bot.playground.files import StoredFile
from tests.chat.scribe import CODE
from tests.chat.talk import ACCOUNTS, Talk, talking
from tests.chat.test_buttons import VALUES
from tests.conftest import Databases

CITED, NEVER_CITED = ("77-TB/TU", "phòng chống lụt bão"), ("88-KH/TU", "xây dựng nông thôn mới")
HEAD = "Thông báo {0} ngày 20/11/2026 của Tỉnh ủy về {1}, nhận 04/12, 3 việc"
ITEM = "Đàm Tú Quyên lập danh sách {1}, hạn 11/12"
ENTERED = f"{HEAD}\n{ITEM}"
NOWHERE = 99
"""No document has this number."""

Step = tuple[str, ...]
CITES = "Theo Thông báo 77-TB/TU, "
OWN: list[Step] = [
    ("say", f"{CITES}tôi soạn báo cáo, hạn thứ Sáu"),
    ("press", "Đổi người"),
    ("press", "Quay lại"),
    ("press", "Giao việc"),
    ("press", "Lịch sử"),
    ("say", "Tôi rà soát số liệu theo Thông báo số 77-tb/tu ngày 20/11/2026, hạn thứ Sáu"),
    ("press", "Giao việc"),
    ("say", "Tôi in tài liệu theo Kết luận 12-KL/TU và Thông báo 77-TB/TU, hạn thứ Sáu"),
    ("edit", "Tôi sao tài liệu theo Thông báo 77-TB/TU, hạn thứ Sáu"),
    ("press", "Giao việc"),
    ("forward", f"{CITES}tôi họp giao ban, hạn thứ Sáu"),
    ("press", "Giao thành việc"),
    ("say", "tôi"),
    ("press", "Giao việc"),
    ("say", "Thứ Sáu hằng tuần tôi gửi số liệu theo Thông báo 77-TB/TU"),
    ("say", "tôi"),
    ("press", "Giao việc"),
    ("say", "/viec"),
    ("press", "Việc 2"),
    ("press", "Khác"),
    ("say", "/dinhky"),
    ("press", "Định kỳ 1"),
]
ASKS: list[Step] = [
    ("say", "/vanban"),
    ("say", "/vanban 77-TB/TU"),
    ("say", "/vanban 77-TB/TU ngày 20/11/2026"),
    ("say", "/vanban phòng chống lụt bão"),
    ("say", "/vanban Tỉnh ủy"),
    ("say", "/tim 77-TB/TU"),
    ("say", "/tim phòng chống lụt bão"),
    ("say", '/tim "lụt bão"'),
    ("say", "Thông báo 77-TB/TU ai đang làm, đến đâu?"),
    ("say", "Việc theo Thông báo 77-TB/TU xong chưa?"),
    ("say", "/dulieu"),
    ("say", "/lichviec"),
]
FIGURES: list[Step] = [
    ("say", "/tonghop"),
    ("press", "Theo văn bản"),
    ("say", "/tonghop theo Thông báo 77-TB/TU"),
    ("say", "/baocao"),
    ("press", "Tháng này"),
    ("press", "Excel"),
]
GIVES: list[Step] = [
    ("say", f"{CITES}giao đồng chí Mạc Thiên Ân soạn kế hoạch, hạn thứ Sáu"),
    ("press", "Giao việc"),
    ("press", "Lịch sử"),
]
ENTERS: list[Step] = [
    ("say", ENTERED.format(*CITED).replace("Đàm Tú Quyên", "Ân")),
    ("press", "Giao 1 việc"),
    ("press", "Lịch sử"),
    ("say", "/vanban 77-TB/TU"),
    ("press", "Nhập thêm việc"),
    ("say", "Ân soạn kế hoạch, hạn 11/12"),
    ("press", "Giao 1 việc"),
    ("press", "Việc 2"),
    ("say", "Thông báo 79-TB/TU ngày 20/11/2026, 2 việc"),
    ("press", "Lưu, nhập việc sau"),
    ("press", "Sửa văn bản"),
    ("say", "số 77-TB/TU"),
    ("press", "Thôi"),
    ("say", "Thông báo 80-TB/TU ngày 20/11/2026, 2 việc"),
    ("press", "Lưu, nhập việc sau"),
]
RENAMES: list[Step] = [
    ("say", "Thông báo 79-TB/TU ngày 20/11/2026, 2 việc"),
    ("press", "Lưu, nhập việc sau"),
    ("press", "Sửa văn bản"),
    ("say", "số 77-TB/TU"),
    ("press", "Lịch sử"),
    ("say", HEAD.format(*CITED)),
    ("press", "Bỏ"),
]
BEHALF: list[Step] = [
    (
        "say",
        "Thay mặt đồng chí Hoài Mơ, theo Thông báo 77-TB/TU, giao đồng chí Ân soạn báo cáo, hạn thứ Sáu",
    ),
    ("press", "Giao việc"),
    ("say", ENTERED.format(*CITED).replace("Đàm Tú Quyên", "Ân")),
    ("press", "Giao 1 việc"),
    ("press", "Lịch sử"),
]
FILE = "nội dung,chủ trì,hạn\nTheo Thông báo 77-TB/TU soạn báo cáo,Mạc Thiên Ân,11/12/2026\n"
BY_FILE: list[Step] = [
    ("say", HEAD.format(*CITED)),
    ("file", FILE),
    ("press", "Giao 1 việc"),
    ("press", "Lịch sử"),
]
PEOPLE: list[Step] = [("say", "/nguoi Vượng"), ("say", "/nguoi"), ("say", "/nguoi Ân")]
SCRIPTS: dict[str, tuple[str, list[Step]]] = {
    "own": ("staff", [*OWN, *ASKS]),
    "head_cites": ("head", [*OWN, *GIVES, *ASKS, *FIGURES]),
    "head_enters": ("head", [*ENTERS, *ASKS, *FIGURES]),
    "head_renames": ("head", [*RENAMES, *ASKS]),
    "head_sends_file": ("head", [*BY_FILE, *ASKS]),
    "deputy": ("deputy", [*OWN, *GIVES, *ENTERS, *ASKS, *FIGURES]),
    "clerk": ("clerk", [*OWN, *BEHALF, *ASKS]),
    "admin": ("admin", [*OWN, *ASKS, *PEOPLE]),
}


class Attacker:
    """Somebody at the telephone."""

    def __init__(self, talk: Talk, name: str) -> None:
        self.talk, self.name = talk, name

    async def does(self, step: Step) -> list[Any]:
        """Make one gesture and return what came of it."""
        kind, said = step
        seen, emulator = self.talk.emulator.feed.last, self.talk.emulator
        me = ACCOUNTS[self.name]
        if kind == "say":
            await self.talk.say(self.name, said)
        elif kind == "edit":
            self.talk.gestures.edit(me, self.talk.said(self.name)[-1], said)
            await self.talk.handle()
        elif kind == "forward":
            self.talk.gestures.say(me, said, forward_from="Vụ Tổng hợp")
            await self.talk.handle()
        elif kind == "file":
            await self.talk.send_file(self.name, "viec.csv", said.encode())
        else:
            await self._presses(kind, said)
        came = [self._shown(one) for one in emulator.feed.since(seen) if self._is_mine(one)]
        if said == "Excel":  # how far it is depends on the machine
            came = [one for one in came if one[-1]]
        return came

    async def _presses(self, kind: str, said: str) -> None:
        if kind == "data":
            await self.talk.press_data(self.name, said, self.talk.heard(self.name)[0])
        else:
            await self.talk.press(self.name, said)

    def _is_mine(self, event: dict[str, Any]) -> bool:
        if event["kind"] == "toast":
            return bool(event["person_id"] == ACCOUNTS[self.name])
        return event.get("chat_id") == ACCOUNTS[self.name] and event["kind"] in {"new", "edit"}

    def _shown(self, event: dict[str, Any]) -> Any:
        if event["kind"] == "toast":
            return event["text"]
        message = event["message"]
        keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [(one["text"], one.get("callback_data")) for line in keyboard for one in line]
        file = message.get("document")
        sent = self.talk.emulator.files.by_id(file["file_id"]) if file else None
        said = CODE.sub("...", message.get("text") or message.get("caption", ""))
        return said, buttons, sent and read(sent)


def read(sent: StoredFile) -> tuple[str, list[bytes]]:
    """Return what a file is called and holds; of an archive each of its files."""
    if not is_zipfile(io.BytesIO(sent.content)):
        return sent.name, [sent.content]
    with ZipFile(io.BytesIO(sent.content)) as archive:
        held = [one for one in archive.namelist() if one != "docProps/core.xml"]  # when it was made
        return sent.name, [archive.read(one) for one in held]


@pytest.fixture(params=["sqlite", "postgres"])
def urls(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_databases: Databases
) -> Iterator[list[str]]:
    """Addresses of two databases without an office, once on each engine."""
    template = request.getfixturevalue(f"{request.param}_template")
    names = ("here", "elsewhere")
    if request.param == "sqlite":
        yield [f"sqlite:///{shutil.copy(template, tmp_path / f'{name}.db')}" for name in names]
        return
    with ExitStack() as stack:
        yield [stack.enter_context(postgres_databases(name, template)) for name in names]


@pytest.fixture
async def offices(urls: list[str], tmp_path: Path) -> AsyncIterator[tuple[Talk, Talk]]:
    """Two offices alike: in the first the cited document is there, in the second another one is."""
    async with (
        _office(urls[0], tmp_path / "here", CITED) as here,
        _office(urls[1], tmp_path / "elsewhere", NEVER_CITED) as elsewhere,
    ):
        yield here, elsewhere


@asynccontextmanager
async def _office(url: str, files: Path, about: Sequence[str]) -> AsyncIterator[Talk]:
    """An office where a head of another unit entered a document, and a clerk may enter for a deputy."""
    async with talking(url, files) as talk:
        await talk.say("other_head", ENTERED.format(*about))
        await talk.press("other_head", "Giao 1 việc")
        await talk.say("deputy", "/thaymat Giáp Văn Lộc Ninh")
        yield talk


async def pages(talk: Talk) -> list[str]:
    """Return what is told of the document, and then of its history, to who entered it."""
    await talk.say("other_head", "/vanban")
    await talk.press("other_head", "Chưa nhập đủ: 1")
    symbol = next(one for one in talk.heard("other_head")[-1].buttons if "-" in one)
    page = await talk.say("other_head", f"/vanban {symbol}")
    await talk.press("other_head", "Lịch sử", page)
    return [page.text, talk.heard("other_head")[-1].text]


@pytest.mark.parametrize("script", SCRIPTS)
async def test_nothing_tells_whether_it_is_there(offices: tuple[Talk, Talk], script: str) -> None:
    name, steps = SCRIPTS[script]
    here, elsewhere = [Attacker(talk, name) for talk in offices]
    before = [await pages(talk) for talk in offices]
    for step in steps:
        assert await here.does(step) == await elsewhere.does(step), step
    assert [await pages(talk) for talk in offices] == before, (
        "it is moved by what its author cannot see"
    )


LIST: Step = ("data", "doc.list:0:0:")
"""What the message shows before each press: an answer that changes nothing is none."""
FORGED = ("doc.", "entry.", "summary.", "list.")


@pytest.mark.parametrize("name", ["staff", "head", "admin"])
async def test_no_button_made_up_tells(offices: tuple[Talk, Talk], name: str, long: bool) -> None:
    """Of the document's number, of its place in a summary, and of a number that no document has."""
    here, elsewhere = [Attacker(talk, name) for talk in offices]
    kinds = [one for one in BUTTONS if long or one.startswith(FORGED)]
    for one in (here, elsewhere):
        await one.does(("say", "/vanban"))
    for kind in kinds:
        came = []
        for number in (1, NOWHERE):
            for data in _forged(kind, number, (1, 2) if long else (1,)):
                for one in (here, elsewhere):
                    await one.does(LIST)
                heard = await here.does(("data", data))
                assert heard == await elsewhere.does(("data", data)), data
                came.append(str(heard).replace(f"d{number}.", "dN.").replace(f":{number}:", ":N:"))
        if kind.startswith(("doc.", "summary.")):
            half = len(came) // 2
            assert came[:half] == came[half:], kind


def _forged(kind: str, number: int, versions: Sequence[int]) -> list[str]:
    if kind.startswith("summary."):
        before = {"summary.by": "pa", "summary.rows": "o", "summary.turn": "o"}.get(kind, "")
        return [f"{kind}:0:0:{before}d{number}.{days}" for days in ("-", "m20261201")]
    return [f"{kind}:{number}:{version}:{VALUES.get(kind, '')}" for version in versions]


async def test_the_card_of_a_group_is_the_same_in_both(offices: tuple[Talk, Talk]) -> None:
    """Who reads the group may not see the document; who assigned from it reads its symbol by themselves."""
    cards, names = [], []
    for talk in offices:
        await talk.say("leader", f"{CITES}giao đồng chí Ân soạn báo cáo, hạn thứ Sáu")
        await talk.press("leader", "Giao việc")
        names.append("Theo văn bản" in talk.heard("leader")[-1].text)
        task = await find.task(talk.at_work.office, talk.at_work.who["leader"], 2)
        cards.append(await group_card.shown(talk.at_work.office, task, talk.now))
    assert names == [True, False]
    assert cards[0] == cards[1]
