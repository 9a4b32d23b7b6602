"""`/baocao`: choose a period, see its figures at once, and press to make its files.

/baocao -> a period     /baocao tháng 10 -> its figures     /baocao tháng 10 phòng Quản trị -> a unit's
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.actions.focus import ALL, UNIT, LookedAt
from bot.actions.privacy.access_log import Read
from bot.actions.reporting.overview import overview as all_work
from bot.actions.reporting.picture_cache import Pictures
from bot.actions.reporting.report import gather, reported_units
from bot.chat.buttons import Press, button, pairs, rows, short, turns
from bot.chat.cards import clip
from bot.chat.messages import Button, Message
from bot.chat.progress import Progress
from bot.chat.reporting import command_filters, report_files
from bot.chat.reporting.report_files import FORMS
from bot.chat.reporting.report_words import figures
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.reporting.periods import Kind, Period, containing
from bot.rules.reporting.reporting import Report
from storage.records import Unit

FOR_LEADERS = "Báo cáo dành cho lãnh đạo và trưởng phòng. Đồng chí gõ /viec để xem việc của mình."
OF_UNITS = "Báo cáo lập theo đơn vị, không lập riêng một người."
NAMES = {
    Kind.WEEK: ("Tuần này", "Tuần trước"),
    Kind.MONTH: ("Tháng này", "Tháng trước"),
    Kind.QUARTER: ("Quý này", "Quý trước"),
    Kind.YEAR: ("Năm nay", "Năm trước"),
}
EXAMPLE = "Ví dụ: /baocao tháng trước"
OF_ALL_STATES = "Báo cáo gồm việc ở mọi trạng thái, không lọc riêng."
UNITS_SHOWN = 20


PICTURES = Pictures()


async def command(turn: Turn) -> None:
    """`/baocao`: read a period and a unit from the words after it, or ask for them."""
    await asked_for(turn)


async def asked_for(turn: Turn, of: str = "") -> None:
    """Send the figures of a report, or ask for its period; `of` are the words where it is asked in plain words."""
    if not turn.who.leads_others:
        await turn.say(FOR_LEADERS)
        return
    asked = await command_filters.read(turn, of)
    period, named = asked.period, asked.units
    unit_id = named[0] if len(named) == 1 else None
    if period is None:
        shown = _menu(turn, unit_id or 0)
        await turn.say(replace(asked, unread="").told(shown, OF_UNITS if asked.people else ""))
    elif period.first > turn.office.today(turn.now):
        await turn.say(f"{period.name.capitalize()} chưa đến nên chưa có số liệu. {EXAMPLE}")
    elif len(named) > 1:
        known = [unit for unit in await units_of(turn, period) if unit.id in named]
        await turn.say(
            which_unit(known, turn.office.hierarchy.called, pressed_for(period).value, 0)
        )
    else:
        report = await gather(turn.office, turn.who, period, unit_id, turn.now)
        await _reads(turn, unit_id)
        shown = message(report, pressed_for(period, unit_id or 0))
        also = OF_UNITS if asked.people else OF_ALL_STATES if asked.inquiry else ""
        await turn.say(asked.told(shown, also))


async def menu(turn: Turn) -> None:
    """Show the periods to choose from."""
    await turn.show(_menu(turn))


async def show(turn: Turn) -> None:
    """Show the figures of the period and unit that were pressed, with buttons for the files."""
    period, unit_id = _chosen(turn.pressed)
    report = await gather(turn.office, turn.who, period, unit_id, turn.now)
    await _reads(turn, unit_id)
    await turn.show(message(report, turn.pressed))
    report_files.load_soon()


async def units(turn: Turn) -> None:
    """Offer the units that have a report for the period, page by page."""
    value, period = turn.pressed.value, _chosen(turn.pressed)[0]
    known, called = await units_of(turn, period), turn.office.hierarchy.called
    await turn.show(which_unit(known, called, value, turn.pressed.id))


async def units_of(turn: Turn, period: Period) -> list[Unit]:
    """Return the units whose tasks of a period the person may see, and the units above them."""
    return await reported_units(turn.office, turn.who, period, turn.now)


def which_unit(
    known: Sequence[Unit], called: Mapping[int, str], value: str, offset: int
) -> Message:
    """Ask for the unit; `called` has their names, `value` is the period in a button's data."""
    offset = offset if offset < len(known) else 0
    offered = [
        button(short(called.get(unit.id, unit.name), 40), "report.show", unit.id, 0, value)
        for unit in known[offset : offset + UNITS_SHOWN]
    ]
    turning = turns(
        lambda label, at: button(label, "report.units", at, 0, value),
        offset,
        UNITS_SHOWN,
        len(known),
    )
    back = [button("‹ Toàn bộ", "report.show", 0, 0, value)]
    return Message("Báo cáo của đơn vị nào?", rows(*pairs(offered), turning, back))


async def send(turn: Turn) -> None:
    """Make one file and send it; show the progress where it takes long."""
    kind, _, value = turn.pressed.value.partition("_")
    period, unit_id = _chosen(Press("", turn.pressed.id, 0, value))
    form = FORMS.get(kind)
    if form is None:
        raise Refusal(No.STALE)
    await turn.toast("Đang lập báo cáo…")
    progress = Progress(turn, f"Báo cáo {period.name}, {form.label}", steps=3)
    gathering = gather(turn.office, turn.who, period, unit_id, turn.now)
    report = await progress.through("đọc số liệu", gathering)
    await _reads(turn, unit_id)
    made = asyncio.to_thread(form.make, report)
    content = await progress.through(f"lập {len(report.rows)} việc", made)
    caption = f"DỰ THẢO. Báo cáo {period.name}{_of(report)}, {report.counts.total} việc"
    name = f"bao-cao-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{form.ending}"
    sent = turn.speaker.send_file(turn.place.chat_id, content, name, caption)
    await progress.through("gửi tệp", sent)
    await progress.over()


async def _reads(turn: Turn, unit_id: int | None) -> None:
    await turn.reads(Read.REPORT, LookedAt(UNIT, unit_id) if unit_id else ALL)


async def picture(turn: Turn) -> None:
    """Send the figures as a picture; it is drawn again only when the figures may have changed."""
    period, unit_id = _chosen(turn.pressed)
    await turn.toast("Đang vẽ…")

    async def draw() -> tuple[bytes, datetime]:
        report = await gather(turn.office, turn.who, period, unit_id, turn.now)
        return await asyncio.to_thread(report_files.picture, report), report.holds_until

    await _reads(turn, unit_id)
    what = f"{unit_id} {turn.pressed.value}"
    drawn = await PICTURES.of(turn.office, turn.who, what, turn.now, draw)
    await turn.say(Message(f"Biểu đồ {period.name}", picture=drawn))


async def overview(turn: Turn) -> None:
    """Send a picture of all the work as it stands, with the figures of /tonghop."""
    await turn.toast("Đang vẽ…")

    async def draw() -> tuple[bytes, datetime]:
        found = await all_work(turn.office, turn.who, turn.now)
        return await asyncio.to_thread(report_files.overview, found), found.holds_until

    await turn.reads(Read.SUMMARY)
    drawn = await PICTURES.of(turn.office, turn.who, "overview", turn.now, draw)
    await turn.say(Message("Biểu đồ tổng hợp, số liệu như /tonghop", picture=drawn))


def _menu(turn: Turn, unit_id: int = 0) -> Message:
    """Return the menu of periods: this one and the one before of each kind, of one unit or (0) of all."""
    today = turn.office.today(turn.now)
    offered = []
    for kind, labels in NAMES.items():
        period = containing(kind, today)
        periods = (period, period.before if period else None)
        offered += [_period(*pair, unit_id) for pair in zip(labels, periods, strict=True)]
    term = containing(Kind.TERM, today, turn.office.reading.term_from)
    offered += [_period("Nhiệm kỳ này", term, unit_id)] if term else []
    whole = [button("Ảnh tổng hợp", "report.overview"), button("Gửi định kỳ", "report.plans")]
    unit = turn.office.hierarchy.units.get(unit_id)
    of = f" của {clip(unit.name, 80)}" if unit else ""
    text = f"<b>Báo cáo</b>{of} · đồng chí chọn kỳ, hoặc gõ: /baocao tháng 10 phòng Quản trị"
    return Message(text, rows(*pairs(offered), whole))


def _period(label: str, period: Period | None, unit_id: int) -> Button:
    assert period is not None  # only a term has no period before it
    return button(label, "report.show", unit_id, 0, _value(period))


def _value(period: Period) -> str:
    return f"{period.kind}_{period.first}_{period.last}"


def pressed_for(period: Period, unit_id: int = 0) -> Press:
    """Return the press that asks for a period of a unit, or (0) of all the work."""
    return Press("report.show", unit_id, 0, _value(period))


def message(report: Report, press: Press) -> Message:
    """Return the figures of a report, with buttons for its files; `press` is what asked for the report."""
    files = [
        button(form.label, "report.send", press.id, 0, f"{kind}_{press.value}")
        for kind, form in FORMS.items()
    ]
    other = [
        button("Theo đơn vị", "report.units", 0, 0, press.value),
        button("Kỳ khác", "report.menu"),
    ]
    drawn = [button("Ảnh biểu đồ", "report.picture", press.id, 0, press.value)]
    return Message(figures(report), rows(files, drawn, other) if report.rows else rows(other[1:]))


def _of(report: Report) -> str:
    return f" của {report.about}" if report.about else ""


def _chosen(press: Press) -> tuple[Period, int | None]:
    """Return the period and unit in a button's data; refuses STALE for data without days."""
    try:
        kind, first, last = press.value.split("_")
        period = Period(Kind(kind), date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise Refusal(No.STALE) from None
    return period, press.id or None
