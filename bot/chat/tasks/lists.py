"""Lists of tasks: mine, assigned by me, overdue, found by words; in pages, with a button to open each task."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from html import escape

from bot.actions import find
from bot.actions.privacy.access_log import Read
from bot.actions.reporting import search as seek
from bot.chat import dates, deputy_words
from bot.chat.buttons import button, pairs, rows, turns
from bot.chat.cards import disposed, mark
from bot.chat.messages import Button, Message
from bot.chat.tasks import task
from bot.chat.turn import Turn
from bot.folding import fold, words
from bot.refusals import No, Refusal
from bot.rules.reminders.ladder import stale_from
from storage.records import TaskLine

TITLE = 90
MOST_SOUGHT = 200
"""Maximum characters of a search."""


@dataclass(frozen=True)
class Listing:
    """A list: its heading, what to say when it is empty, and the function that returns its pages."""

    heading: str
    empty: str
    page: Callable[[Turn, str, int], Awaitable[find.Page]]
    shows_lead: bool = True
    below: Sequence[Button] = ()


async def _mine(turn: Turn, query: str, offset: int) -> find.Page:
    return await find.mine(turn.office, turn.who, offset)


async def _assigned(turn: Turn, query: str, offset: int) -> find.Page:
    return await find.assigned(turn.office, turn.who, offset)


async def _overdue(turn: Turn, query: str, offset: int) -> find.Page:
    return await find.overdue(turn.office, turn.who, turn.now, offset)


async def _found(turn: Turn, query: str, offset: int) -> find.Page:
    return await seek.by_words(turn.office, turn.who, query, turn.now, offset)


LISTINGS = {
    "mine": Listing(
        "Việc của đồng chí",
        "Đồng chí không có việc nào đang mở.",
        _mine,
        shows_lead=False,
        below=[button("Lịch trên điện thoại", "deadlines.open")],
    ),
    "assigned": Listing(
        "Việc đồng chí đã giao", "Chưa có việc nào đang mở do đồng chí giao.", _assigned
    ),
    "overdue": Listing("Việc quá hạn", "Không có việc quá hạn.", _overdue),
    "found": Listing("Kết quả tìm", "Không tìm thấy việc nào. Đồng chí thử ít từ hơn.", _found),
}


OWN = {"mine", "assigned"}
"""Lists of the person's own tasks. Reading them is not noted in the access log."""


async def mine(turn: Turn) -> None:
    """`/viec`: my tasks; `/viec 12`: that one task."""
    _, _, number = turn.text.partition(" ")
    if number.strip().lstrip("#").isdecimal():
        await task.say_card(turn, int(number.strip().lstrip("#")[:18]))
        return
    await turn.say(await _message(turn, "mine", "", 0))


async def mine_all(turn: Turn) -> None:
    """Send the person's tasks when asked for in plain words."""
    await turn.say(await _message(turn, "mine", "", 0))


async def assigned(turn: Turn) -> None:
    """`/giaodi`: what I assigned."""
    await turn.say(await _message(turn, "assigned", "", 0))


async def overdue(turn: Turn) -> None:
    """`/quahan`: what is overdue among the tasks I may see."""
    await turn.say(await _message(turn, "overdue", "", 0))


async def search(turn: Turn) -> None:
    """`/tim` and words or "phrases", with or without tone marks."""
    query = fold(turn.text.partition(" ")[2]).strip()
    if not words(query):
        await turn.say(
            "Đồng chí gõ từ cần tìm sau /tim, ví dụ: /tim bao cao thang. Cụm từ nguyên vẹn thì để "
            'trong ngoặc kép: /tim "báo cáo tháng"'
        )
        return
    if len(query) > MOST_SOUGHT:
        await turn.say(f"Đồng chí tìm bằng ít từ hơn, nhiều nhất {MOST_SOUGHT} ký tự.")
        return
    await turn.say(await _message(turn, "found", query, 0))


async def turn_page(turn: Turn) -> None:
    """Show another page of a list. For a search, the press's version is the number under which its words are kept."""
    press = turn.pressed
    query = await seek.kept(turn.office, turn.who, press.version) if press.version else ""
    name = press.kind.removeprefix("list.")
    await turn.show(await _message(turn, name, query, press.id, press.version))


async def _message(turn: Turn, name: str, query: str, offset: int, number: int = 0) -> Message:
    listing = LISTINGS.get(name)
    if listing is None:
        raise Refusal(No.STALE)
    shown, total = await listing.page(turn, query, offset)
    if not shown:
        return await _message(turn, name, query, 0, number) if offset else Message(listing.empty)
    if query and not number and total > find.PAGE:
        number = await seek.keep(turn.office, turn.who, turn.place, query, turn.now)
    if name not in OWN:
        await turn.reads(Read.LIST)
    heading = f"<b>{listing.heading}: {total}</b>"
    places = await deputy_words.marks(turn.office, turn.who, [one.id for one in shown])
    lines = [line(turn, one, listing.shows_lead, places.get(one.id, "")) for one in shown]
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in shown]
    turning = turns(
        lambda label, at: button(label, f"list.{name}", at, number), offset, find.PAGE, total
    )
    return Message("\n\n".join([heading, *lines]), rows(*pairs(opened, 4), turning, listing.below))


def line(turn: Turn, one: TaskLine, shows_lead: bool = True, place: str = "") -> str:
    """Return a task in two lines: colour, number and title; then for whom one stands in, the lead, the deadline."""
    if one.disposed_at is not None:
        return disposed(one.id, one.disposed_at, turn.office.workdays)
    title = one.title if len(one.title) <= TITLE else one.title[: TITLE - 1] + "…"
    workdays = turn.office.workdays
    who = [place] if place else []
    who += [escape(one.lead_name)] if shows_lead and one.lead_name else []
    if one.closed_at is None:
        who.append(dates.standing(one, turn.now, workdays))
    who += ["🗄 Đã lưu trữ"] if one.archive_id else []
    stale = stale_from(one, turn.office.ladders, workdays)
    who += ["chưa cập nhật"] if stale is not None and stale <= turn.now else []
    return f"{mark(one, turn.now)} <b>{one.id}</b> {escape(title)}\n{' · '.join(who)}"
