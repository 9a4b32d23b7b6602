"""A period of the summary: its four lists, counted by the same rules, compared with the period before."""

from datetime import date

from bot.actions.privacy.access_log import Read
from bot.actions.reporting import figures
from bot.actions.reporting.figures import PeriodFigures, When
from bot.chat.buttons import pairs, rows
from bot.chat.messages import Button, Message
from bot.chat.reporting import figure_list, shares, summary_breakdown, summary_view
from bot.chat.reporting.summary_view import View
from bot.chat.turn import Turn
from bot.rules.reporting.percentages import ratio
from bot.rules.reporting.periods import Kind, Period, containing

KINDS = {
    Kind.WEEK: "Tuần này",
    Kind.MONTH: "Tháng này",
    Kind.QUARTER: "Quý này",
    Kind.YEAR: "Năm nay",
    Kind.TERM: "Nhiệm kỳ này",
}


def opens(label: str, about: View, period: Period | None = None) -> Button:
    """Return a button to a period of what is shown; without a period it leads to a choice."""
    return summary_view.opens(label, "period", View(about.kind, about.id, period))


async def choose(turn: Turn) -> None:
    """Show the period that was pressed; without one show this month, with buttons for the others."""
    about = summary_view.read(turn.pressed.value)
    if about.period is None:
        month = containing(Kind.MONTH, turn.office.today(turn.now))
        about = View(about.kind, about.id, month)
    await turn.show(await page(turn, about))


async def page(turn: Turn, about: View) -> Message:
    """Return the four figures of a period, their change against the period before, and buttons to go on."""
    period = about.period
    assert period is not None
    await turn.reads(Read.SUMMARY, about.looked_at)
    office, who, now, today = turn.office, turn.who, turn.now, turn.office.today(turn.now)
    focus = await about.looked_at.focus(office)
    counted = await figures.of_period(office, who, now, period, focus)
    compared = period.compared(today)
    before = await figures.of_period(office, who, now, compared, focus) if compared else None
    name = await about.name(office, turn.who)
    local = office.workdays.local(now)
    head = " · ".join(filter(None, [f"<b>{summary_view.named(period)}</b>", name]))
    parts = [f"{head}\nTính đến {local:%H:%M %d/%m/%Y}", *_figures(period, counted, before, today)]
    if compared:
        last = f"{compared.last:%d/%m/%Y}"
        days = last if compared.length == 1 else f"{compared.first:%d/%m} - {last}"
        parts.append(f"Trong ngoặc: tăng, giảm so với {days}")
    return Message("\n\n".join(parts), rows(*_buttons(turn, about, counted, today)))


def _figures(
    period: Period, counted: PeriodFigures, before: PeriodFigures | None, today: date
) -> list[str]:
    on_time = ratio(counted.finished.done_on_time, counted.finished.total)
    end = "Chưa xong cuối kỳ" if period.last < today else "Chưa xong lúc này"
    last = before or counted
    changed = [
        counted.assigned.total - last.assigned.total,
        counted.finished.total - last.finished.total,
        counted.due.total - last.due.total,
        counted.open_at_end - last.open_at_end,
    ]
    beside = [f" ({change:+d})" if before and change else "" for change in changed]
    done = shares.marks(counted.finished)
    done += f" · đúng hạn {on_time}" if done else ""
    return [
        _figure("Giao trong kỳ", counted.assigned.total, beside[0], shares.marks(counted.assigned)),
        _figure("Hoàn thành trong kỳ", counted.finished.total, beside[1], done),
        _figure("Đến hạn trong kỳ", counted.due.total, beside[2], shares.marks(counted.due)),
        _figure(end, counted.open_at_end, beside[3], ""),
    ]


def _figure(name: str, count: int, beside: str, marks: str) -> str:
    return f"{name}: <b>{shares.number(count)}</b>{beside}" + (f"\n{marks}" if marks else "")


def _buttons(turn: Turn, about: View, counted: PeriodFigures, today: date) -> list[list[Button]]:
    period = about.period
    assert period is not None
    lists = [
        figure_list.opens(f"{label}: {count}", which, about)
        for which, label, count in [
            (When.ASSIGNED, "Giao", counted.assigned.total),
            (When.FINISHED, "Xong", counted.finished.total),
            (When.DUE, "Đến hạn", counted.due.total),
            (figures.OPEN, "Chưa xong", counted.open_at_end),
        ]
        if count
    ]
    near = [f"‹ {summary_view.short(period.before)}"] if period.before else []
    turning = [opens(near[0], about, period.before)] if near else []
    if period.next and period.next.first <= today:
        turning.append(opens(f"{summary_view.short(period.next)} ›", about, period.next))
    others = [
        opens(label, about, other)
        for kind, label in KINDS.items()
        if (other := containing(kind, today, turn.office.reading.term_from)) and other != period
    ]
    back = [summary_view.opens("‹ Tổng hợp", "open", View(about.kind, about.id))]
    return [*pairs(lists), *pairs(summary_breakdown.ways(about)), turning, *pairs(others, 3), back]
