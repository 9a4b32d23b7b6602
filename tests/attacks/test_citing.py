"""Somebody cites a document that is none of theirs, by words, entries and made-up buttons: nothing is learned.

Two offices run side by side. In the first the cited document is there, entered by the head of another unit; in
the second another one is. What an attacker hears in both is the same, letter for letter.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, STAFF, Stage, staged

THERE, ABSENT = "77-TB/TU", "88-KH/TU"
AUTHOR, GIVEN, ADMIN = "Thân Đức Vượng", "Đàm Tú Quyên", "Vương Hải Đăng"
ENTRY = "Thông báo {} ngày 20/11/2026 của Tỉnh ủy về phòng dịch, nhận 04/12, 3 việc\n{} lập danh sách, hạn 11/12"
CITES = (
    "Theo Thông báo 77-TB/TU, tôi soạn báo cáo, hạn thứ Sáu",
    "Tôi in tài liệu theo Thông báo số 77-tb/tu ngày 20/11/2026, hạn thứ Sáu",
)
CITES_MORE = (
    "Căn cứ Kế hoạch 77-KH/TU và Thông báo 77-TB/TU, tôi soạn tờ trình, hạn thứ Sáu",
    "Tôi soạn công văn trả lời TB số 77-TB/TU, hạn 11/12",
    "Tôi sao Thông báo 077-TB/TU, hạn 11/12",
    "Theo Thông báo 77–TB/TU ngày 20/11, tôi lập kế hoạch, hạn 11/12",
)
ASKS = (
    *("/vanban", "/vanban 77-TB/TU", "/vanban phòng dịch", "/tim 77-TB/TU", "/tim phòng dịch"),
    *("Thông báo 77-TB/TU ai đang làm, đến đâu?", "/viec 2", "/lichviec"),
)
FORGED = (
    *("doc.open:1:0:", "doc.more:1:0:", "doc.edit:1:0:", "doc.history:1:0:"),
    *("summary.open:0:0:d1.-", "summary.by:0:0:pad1.-", "summary.rows:0:0:od1.-"),
    "entry.new:0:0:77-TB/TU",
)
QUIET = "SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'"
Heard = list[tuple[str, list[tuple[str, str]]]]


class Attacker:
    """Somebody at the telephone of one office; each gesture has been handled when it returns."""

    def __init__(self, stage: Stage, phone: Phone) -> None:
        self.stage, self.phone = stage, phone

    async def says(self, text: str) -> None:
        before = await self._handled()
        await self.phone.say(text)
        await self._until(before + 1)

    async def presses(self, label: str) -> str:
        before = await self._handled()
        toast = await self.phone.press(label)
        await self._until(before + 1)
        return toast.text

    async def forges(self, data: str) -> None:
        """Press a button that is on no message."""
        before, card = await self._handled(), (await self.phone.messages())[-1]
        place = {"message_id": card.id, "chat_id": card.chat_id, "person_id": self.phone.id}
        await self.stage.play.batch(("press", {**place, "data": data, "label": "-"}))
        await self._until(before + 1)

    async def heard(self) -> Heard:
        """Return the chat as it stands."""
        return [
            (one.text, [(button.label, button.data) for button in one.buttons])
            for one in await self.phone.messages()
        ]

    async def _handled(self) -> int:
        """Count what was handled, once nothing waits: what was answered may not be marked yet."""
        await self.stage.until(QUIET)
        [[many]] = self.stage.rows("SELECT COUNT(*) FROM inbox WHERE state <> 'waiting'")
        return int(str(many))

    async def _until(self, many: int) -> None:
        await self.stage.until(f"SELECT COUNT(*) >= {many} FROM inbox WHERE state <> 'waiting'")
        await self.stage.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'")


@asynccontextmanager
async def two_offices(folder: Path, office_file: Path) -> AsyncIterator[list[Stage]]:
    """Two offices at work, the cited document in the first alone."""
    for name in ("there", "absent"):
        (folder / name).mkdir()
    async with (
        staged(folder / "there", office_file) as there,
        staged(folder / "absent", office_file) as absent,
    ):
        for stage, symbol in ((there, THERE), (absent, ABSENT)):
            await stage.start_bot()
            author = await stage.phone(AUTHOR)
            await author.say(ENTRY.format(symbol, GIVEN))
            await author.press("Giao 1 việc", await author.expect(button="Giao 1 việc"))
            await author.expect("Đã nhập 1 / dự kiến 3", edited=True)
        yield [there, absent]


async def attackers(offices: Sequence[Stage], name: str) -> list[Attacker]:
    return [Attacker(stage, await stage.phone(name)) for stage in offices]


async def same(pair: Sequence[Attacker], what: str) -> None:
    """See that both hear the same so far."""
    here, elsewhere = [await one.heard() for one in pair]
    assert here == elsewhere, what


async def looks(pair: Sequence[Attacker]) -> None:
    """Ask everywhere, and press what was made up."""
    for text in ASKS:
        for one in pair:
            await one.says(text)
        await same(pair, text)
    for data in FORGED:
        for one in pair:
            await one.forges(data)
        await same(pair, data)


async def page(stage: Stage) -> str:
    """Return what who entered the document reads of it."""
    phone = await stage.phone(AUTHOR, started=False)
    await phone.catch_up()
    await phone.say(f"/vanban {THERE}")
    return (await phone.expect(f"Văn bản {THERE}", edited=False)).text


async def test_a_citation_tells_nobody_whether_it_is_there(
    tmp_path: Path, office_file: Path, long: bool
) -> None:
    async with two_offices(tmp_path, office_file) as offices:
        before = await page(offices[0])
        await page_of_the_other(offices[1])
        for name in (STAFF, HEAD, ADMIN) if long else (STAFF,):
            pair = await attackers(offices, name)
            for text in (*CITES, *CITES_MORE) if long else CITES:
                for one in pair:
                    await one.says(text)
                await same(pair, text)
                if "Giao việc" in (await pair[0].phone.last_card()).labels:
                    toasts = [await one.presses("Giao việc") for one in pair]
                    assert toasts[0] == toasts[1]
                await same(pair, text)
            await looks(pair)
        assert await page(offices[0]) == before
        assert offices[0].rows("SELECT id FROM tasks WHERE document_id IS NOT NULL") == [(1,)]
        assert int(str(offices[0].rows("SELECT COUNT(*) FROM tasks")[0][0])) > 2


async def page_of_the_other(stage: Stage) -> None:
    """Let the second office hear as many messages as the first: they are numbered."""
    phone = await stage.phone(AUTHOR, started=False)
    await phone.say(f"/vanban {ABSENT}")
    await phone.expect(f"Văn bản {ABSENT}", edited=False)


async def test_who_enters_it_too_enters_their_own(tmp_path: Path, office_file: Path) -> None:
    async with two_offices(tmp_path, office_file) as offices:
        before = await page(offices[0])
        await page_of_the_other(offices[1])
        pair = await attackers(offices, HEAD)
        for one in pair:
            await one.says(ENTRY.format(THERE, "Mạc Thiên Ân"))
        await same(pair, "the entry")
        assert len({await one.presses("Giao 1 việc") for one in pair}) == 1
        for one in pair:
            await one.presses("Lịch sử")
        await same(pair, "its page and its history")
        await looks(pair)
        assert await page(offices[0]) == before
        symbols = offices[0].rows("SELECT symbol, entered_by_id FROM documents ORDER BY id")
        assert [symbol for symbol, _ in symbols] == [THERE, THERE]
        assert len({who for _, who in symbols}) == 2
