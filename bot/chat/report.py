"""`/baocao`: a period is chosen, its figures are said at once, and its files are made on a press."""

import asyncio
from datetime import date, datetime

from bot.actions.overview import overview as all_work
from bot.actions.periods import read_period
from bot.actions.pictures import Pictures
from bot.actions.report import gather, reported_units
from bot.chat import report_files
from bot.chat.buttons import Press, button, pairs, rows
from bot.chat.cards import clip
from bot.chat.messages import Button, Message
from bot.chat.progress import Progress
from bot.chat.report_files import FORMS
from bot.chat.report_words import figures
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.periods import Kind, Period, containing
from bot.rules.reporting import Report

FOR_LEADERS = "Báo cáo dành cho lãnh đạo và trưởng phòng. Đồng chí gõ /viec để xem việc của mình."
NAMES = {
    Kind.WEEK: ("Tuần này", "Tuần trước"),
    Kind.MONTH: ("Tháng này", "Tháng trước"),
    Kind.QUARTER: ("Quý này", "Quý trước"),
    Kind.YEAR: ("Năm nay", "Năm trước"),
}
MOST_UNITS = 40


PICTURES = Pictures()


async def command(turn: Turn) -> None:
    """`/baocao`, with a period in words or asking for which."""
    if not turn.who.leads_others:
        await turn.say(FOR_LEADERS)
        return
    said = turn.text.partition(" ")[2].strip()
    period = read_period(turn.office, said, turn.now) if said else None
    if period is None:
        await turn.say(_menu(turn))
        return
    report = await gather(turn.office, turn.who, period, None, turn.now)
    await turn.say(message(report, pressed_for(period)))


async def menu(turn: Turn) -> None:
    """Another period is wanted."""
    await turn.show(_menu(turn))


async def show(turn: Turn) -> None:
    """A period, or a unit, was chosen: say its figures, and offer the files."""
    period, unit_id = _chosen(turn.pressed)
    report = await gather(turn.office, turn.who, period, unit_id, turn.now)
    await turn.show(message(report, turn.pressed))
    asyncio.get_running_loop().run_in_executor(None, report_files.load)


async def units(turn: Turn) -> None:
    """Offer the units of which a report can be made."""
    period, _ = _chosen(turn.pressed)
    known = await reported_units(turn.office, turn.who, period, turn.now)
    offered = [
        button(clip(unit.name, 40), "report.show", unit.id, 0, turn.pressed.value)
        for unit in known[:MOST_UNITS]
    ]
    back = [button("‹ Toàn bộ", "report.show", 0, 0, turn.pressed.value)]
    await turn.show(Message("Báo cáo của đơn vị nào?", rows(*pairs(offered), back)))


async def send(turn: Turn) -> None:
    """Make one file and send it, saying how far it is where that takes long."""
    kind, _, value = turn.pressed.value.partition("_")
    period, unit_id = _chosen(Press("", turn.pressed.id, 0, value))
    form = FORMS.get(kind)
    if form is None:
        raise Refusal(No.STALE)
    await turn.toast("Đang lập báo cáo…")
    progress = Progress(turn, f"Báo cáo {period.name}, {form.label}", steps=3)
    gathering = gather(turn.office, turn.who, period, unit_id, turn.now)
    report = await progress.through("đọc số liệu", gathering)
    made = asyncio.to_thread(form.make, report)
    content = await progress.through(f"lập {len(report.rows)} việc", made)
    caption = f"DỰ THẢO. Báo cáo {period.name}{_of(report)}, {report.counts.total} việc"
    name = f"bao-cao-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{form.ending}"
    sent = turn.speaker.send_file(turn.place.chat_id, content, name, caption)
    await progress.through("gửi tệp", sent)
    await progress.over()


async def picture(turn: Turn) -> None:
    """Show the figures as a picture; the same one as long as they hold."""
    period, unit_id = _chosen(turn.pressed)
    await turn.toast("Đang vẽ…")

    async def draw() -> tuple[bytes, datetime]:
        report = await gather(turn.office, turn.who, period, unit_id, turn.now)
        return await asyncio.to_thread(report_files.picture, report), report.holds_until

    what = f"{unit_id} {turn.pressed.value}"
    drawn = await PICTURES.of(turn.office, turn.who, what, turn.now, draw)
    await turn.say(Message(f"Biểu đồ {period.name}", picture=drawn))


async def overview(turn: Turn) -> None:
    """Show all the work as it stands as a picture: the figures of /tonghop."""
    await turn.toast("Đang vẽ…")

    async def draw() -> tuple[bytes, datetime]:
        found = await all_work(turn.office, turn.who, turn.now)
        return await asyncio.to_thread(report_files.overview, found), found.recent.holds_until

    drawn = await PICTURES.of(turn.office, turn.who, "overview", turn.now, draw)
    await turn.say(Message("Biểu đồ tổng hợp, số liệu như /tonghop", picture=drawn))


def _menu(turn: Turn) -> Message:
    """Return the periods up to now, this one and the one before of each kind."""
    today = turn.office.today(turn.now)
    offered = []
    for kind, labels in NAMES.items():
        period = containing(kind, today)
        periods = (period, period.before if period else None)
        offered += [_period(*pair) for pair in zip(labels, periods, strict=True)]
    term = containing(Kind.TERM, today, turn.office.reading.term_from)
    offered += [_period("Nhiệm kỳ này", term)] if term else []
    whole = [button("Ảnh tổng hợp", "report.overview"), button("Gửi định kỳ", "report.plans")]
    text = "<b>Báo cáo</b> · đồng chí chọn kỳ, hoặc gõ: /baocao tháng 10"
    return Message(text, rows(*pairs(offered), whole))


def _period(label: str, period: Period | None) -> Button:
    assert period is not None  # only a term has none before it
    return button(label, "report.show", 0, 0, _value(period))


def _value(period: Period) -> str:
    return f"{period.kind}_{period.first}_{period.last}"


def pressed_for(period: Period) -> Press:
    """Return the press that asks for a period of all the work."""
    return Press("report.show", 0, 0, _value(period))


def message(report: Report, press: Press) -> Message:
    """Return the figures of a report, with buttons for its files; `press` asked for it."""
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
    """Return what a button of ours names; refuses STALE for one that names no days."""
    try:
        kind, first, last = press.value.split("_")
        period = Period(Kind(kind), date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise Refusal(No.STALE) from None
    return period, press.id or None
