"""`/tonghop`: buckets that add up, then what needs a decision, then who has not updated.

/tonghop -> all that one may see     /tonghop tháng 10, /tonghop 01/10 - 15/11/2026 -> that period
/tonghop phòng Quản trị, /tonghop tháng 10 phòng Quản trị -> that unit
Its buttons open the list behind each figure, breakdowns (`summary_breakdown`) and periods (`period_page`).
"""

from collections.abc import Sequence
from html import escape

from bot.actions.focus import PERSON, UNIT
from bot.actions.privacy.access_log import Read
from bot.actions.reporting.figures import SILENT, UNDECIDED, WAITING
from bot.actions.reporting.summarise import Summary, summarise
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import clip
from bot.chat.history.history_changes import PRODUCTS
from bot.chat.messages import Button, Message
from bot.chat.reporting import (
    command_filters,
    date_range_words,
    figure_list,
    period_page,
    report_files,
    shares,
    summary_breakdown,
    summary_view,
)
from bot.chat.reporting.command_filters import Narrowed
from bot.chat.reporting.summary_view import View
from bot.chat.tasks.lists import line
from bot.chat.turn import Turn
from bot.language.moments.date_range import Stretch
from bot.language.names.people import Roster
from bot.rules.organisation.standing import Bucket
from storage.records import Group, Status, TaskLine

FOR_LEADING = "Tổng hợp dành cho lãnh đạo và trưởng phòng. Đồng chí gõ /viec để xem việc của mình."
UNITS_SHOWN = 6
NAMED = 3
_WHICH = {
    UNIT: "Tổng hợp của đơn vị nào?",
    PERSON: "Tổng hợp của đồng chí nào?",
    "": "Đồng chí xem tổng hợp nào?",
}


async def show(turn: Turn, of: str = "") -> None:
    """Send the summary from our own data; `of` are the words where it is asked for in plain words."""
    if not turn.who.leads_others:
        await turn.say(FOR_LEADING)
        return
    asked = await command_filters.read(turn, of)
    abouts = [*_abouts(asked), *(_abouts(asked.either) if asked.either else ())]
    if len(abouts) > 1:
        await turn.say(await _which(turn, abouts[:UNITS_SHOWN]))
        return
    await turn.say(asked.told(await page(turn, abouts[0])))
    report_files.load_soon()


def _abouts(asked: Narrowed) -> list[View]:
    """Return what the summary may be about: several where several have the same name."""
    views = [View(UNIT, one, asked.period) for one in asked.units]
    views = views or [View(PERSON, one, asked.period) for one in asked.people]
    return views or [View(period=asked.period)]


async def _which(turn: Turn, abouts: Sequence[View]) -> Message:
    """Ask which one is meant where a name fits several: units, people with their unit, or a period."""
    roster = await turn.office.roster()
    lines, offered = [], []
    for place, about in enumerate(abouts, 1):
        name, label = _called(turn, about, roster)
        lines.append(f"{place}. {escape(name)}")
        offered.append(summary_view.opens(f"{place}. {label}", "open", about))
    kinds = {about.kind for about in abouts}
    asks = _WHICH[kinds.pop()] if len(kinds) == 1 else _WHICH[""]
    return Message("\n".join([asks, *lines]), rows(*pairs(offered)))


def _called(turn: Turn, about: View, roster: Roster) -> tuple[str, str]:
    """Return the name of what is shown (a person with the unit), and the label of its button."""
    office, person = turn.office.hierarchy, roster.by_key.get(about.id)
    if about.kind == UNIT and about.id in office.units:
        return office.called[about.id], office.units[about.id].name
    if about.kind == PERSON and person is not None:
        unit = office.called.get(person.unit_key or 0)
        return f"{person.name}, {unit}" if unit else person.name, person.name
    if about.period is None:
        return "Toàn bộ", "Toàn bộ"
    days = Stretch(about.period.first, about.period.last)
    said = date_range_words.words(days, turn.office.today(turn.now))
    name = said[0].upper() + said[1:]
    return name, name.removesuffix(f"/{about.period.last.year}")


async def open_page(turn: Turn) -> None:
    """Show the summary that was pressed: of a unit, a person or another view, or of the whole again."""
    await turn.show(await page(turn, summary_view.read(turn.pressed.value)))


async def page(turn: Turn, about: View) -> Message:
    """Return the state of all that the view is about, or of a period of it."""
    if about.period is not None:
        return await period_page.page(turn, about)
    await turn.reads(Read.SUMMARY, about.looked_at)
    focus = await about.looked_at.focus(turn.office)
    state = await summarise(turn.office, turn.who, turn.now, focus)
    name = await about.name(turn.office, turn.who)
    if not (state.total or state.counts.correcting):
        nothing = f"{name}: không có việc nào đồng chí được xem."
        return Message(nothing if name else "Chưa có việc nào được giao.")
    parts = [_head(turn, name), "\n".join(_totals(state)), *_notes(state)]
    if state.decisions:
        parts.append(f"<b>Cần xử lý: {shares.number(state.waiting)}</b>")
        parts += [
            f"{line(turn, one)}\n{_decision(one, state.deciders.get(one.id))}"
            for one in state.decisions
        ]
        parts += _unseen(state)
    units = summary_breakdown.of_units(turn, state.units, about) if about.kind in {"", UNIT} else []
    if len(units) > 1:
        parts.append("\n".join(["<b>Theo đơn vị</b>", *of_units(units)]))
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in state.decisions]
    return Message("\n\n".join(parts), rows(*pairs(opened, 5), *_buttons(state, about)))


def _unseen(state: Summary) -> list[str]:
    """Say how many more tasks wait, and how to see them."""
    more = state.waiting - len(state.decisions)
    return [f"Còn {shares.number(more)} việc nữa, bấm {_all_waiting(state)}."] if more else []


def _all_waiting(state: Summary) -> str:
    return f"Cần xử lý: {shares.number(state.waiting)}"


def of_units(units: list[Group]) -> list[str]:
    """Return a line for each of the first units, and how many more there are."""
    lines = [summary_breakdown.line(one) for one in units[:UNITS_SHOWN]]
    more = len(units) - UNITS_SHOWN
    return [*lines, *([f"Còn {more} đơn vị nữa, bấm Theo đơn vị."] if more > 0 else [])]


def as_of(turn: Turn) -> str:
    """Return "Tính đến 14:05 25/11/2026"."""
    return f"Tính đến {turn.office.workdays.local(turn.now):%H:%M %d/%m/%Y}"


def _head(turn: Turn, name: str) -> str:
    return f"<b>Tổng hợp{f' · {name}' if name else ''}</b>\n{as_of(turn)}"


def _totals(state: Summary) -> list[str]:
    return [f"Tổng số: <b>{shares.number(state.total)}</b> việc", *shares.lines(state.counts)]


def _notes(state: Summary) -> list[str]:
    """Return the lines below the buckets: corrections, late acceptance, who has not updated."""
    lines = []
    if state.counts.correcting:
        lines.append(f"✏️ Đang đính chính, ngoài tổng số: <b>{state.counts.correcting}</b>")
    if state.accepted_late:
        lines.append(f"Chờ nghiệm thu quá hạn: {_named(state.accepted_late)}")
    if state.undecided:
        lines.append(f"{shares.number(state.undecided)} việc đỏ chưa rõ cấp quyết")
    if state.silent:
        lines.append(f"Chưa cập nhật: {_named(state.silent)}")
    return ["\n".join(lines)] if lines else []


def _named(counted: list[tuple[str, int]]) -> str:
    """Return "Mạc Thiên Ân 3, Ông Thị Ngọc Trầm 1", and how many more there are."""
    said = ", ".join(f"{clip(name, 40)} {count}" for name, count in counted[:NAMED])
    more = len(counted) - NAMED
    return f"{said} và {shares.number(more)} nơi khác" if more > 0 else said


def lacks(task: TaskLine) -> str:
    """Return "chưa có Báo cáo"; for a product without its own name "chưa có kết quả"."""
    named = task.product if task.product != PRODUCTS[-1] else None
    return f"chưa có {escape(named or 'kết quả')}"


def _decision(task: TaskLine, decider: str | None) -> str:
    """Return why a task waits and who decides; of a blocker, the decider who was named for it."""
    named = task.assigner_name
    if task.status is Status.SUBMITTED:
        why = "chờ nghiệm thu"
    elif task.request_id is not None:
        why = "xin gia hạn"
    elif task.blocker:
        why, named = f"vướng mắc: {clip(task.blocker, 80)}", decider or named
    else:
        why, named = lacks(task), decider or named
    return f"{why} · {escape(named)} quyết định"


def _buttons(state: Summary, about: View) -> list[list[Button]]:
    """Return the buttons for the lists behind the figures, then for breakdowns, then for periods."""
    unseen = state.waiting > len(state.decisions)
    waiting = [figure_list.opens(_all_waiting(state), WAITING, about)] if unseen else []
    behind = {
        Bucket.OVERDUE: ("Quá hạn", state.counts.overdue),
        Bucket.ON_TRACK: ("Trong hạn", state.counts.on_track),
        Bucket.DONE_ON_TIME: ("Đúng hạn", state.counts.done_on_time),
        Bucket.DONE_LATE: ("Xong muộn", state.counts.done_late),
        Bucket.NO_DEADLINE: ("Không hạn", state.counts.no_deadline),
        "correcting": ("Đính chính", state.counts.correcting),
        UNDECIDED: ("Thiếu cấp quyết", state.undecided),
        SILENT: ("Chưa cập nhật", sum(count for _, count in state.silent)),
    }
    lists = [
        figure_list.opens(f"{label}: {count}", which, about)
        for which, (label, count) in behind.items()
        if count
    ]
    drawn = [button("Ảnh tổng hợp", "report.overview")] if about == View() else []
    last = [period_page.opens("Theo kỳ", about), *drawn]
    return [waiting, *pairs(lists), *pairs(summary_breakdown.ways(about)), last]
