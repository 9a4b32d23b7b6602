"""How busy people are, in words: a line each for this week and the next, and the proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from bot.actions.tasks.workload import WEEK, Burden, Division, Proposal
from bot.chat.busy import in_percent, share
from bot.chat.cards import clip
from bot.chat.turn import Turn
from bot.language.moments.date_range import Stretch
from bot.rules.tasks.workload import Load

SHOWN = 12
NEAR_FULL = 80
_WEEKS = ("tuần này", "tuần sau", "tuần sau nữa")


@dataclass(frozen=True)
class Week:
    """One of the two weeks that are counted: its name today, its last day, and whether it is the first."""

    name: str
    until: date
    first: bool

    def load(self, one: Burden) -> Load:
        return one.this_week if self.first else one.next_week


def weeks(turn: Turn, division: Division, asked: Stretch | None) -> tuple[list[Week], str]:
    """Return the weeks to show, and a note on them. These are the weeks asked for, if they are counted.

    After the last working hour of a week, counting begins with the next week.
    """
    today = turn.office.today(turn.now)
    over = division.until - today >= WEEK
    both = [
        Week(_WEEKS[over], division.until, first=True),
        Week(_WEEKS[1 + over], division.next_until, first=False),
    ]
    note = "Tuần này đã hết giờ làm việc." if over else ""
    if asked is None:
        return both, note
    days = (asked.first or today, asked.last or division.next_until)
    named = [one for one in both if days[0] <= one.until and days[1] > one.until - WEEK]
    if over and days[1] <= division.until - WEEK:
        return both, note
    return (named, note) if named else (both, "Chỉ tính được tuần này và tuần sau.")


def text(
    turn: Turn, division: Division, shown: Sequence[Week], notes: Sequence[str], least: bool
) -> str:
    """Return the message: heading, notes, a line for each person, proposals, and who still has too much."""
    local = turn.office.workdays.local(turn.now)
    title = "Ai đang rảnh" if least else "Phân công"
    named = " · ".join(f"{one.name} (đến {one.until:%d/%m})" for one in shown)
    lines = [f"<b>{title}</b> · tính đến {local:%H:%M %d/%m/%Y}", *filter(None, notes)]
    lines += [f"Mức bận {named}", "", *(_burden(one, shown) for one in division.burdens[:SHOWN])]
    if not division.burdens:
        lines.append("Không có ai trong số đồng chí được phân công việc.")
    more = len(division.burdens) - SHOWN
    rest = "bận" if least else "ít việc"
    lines += [f"và {more} đồng chí {rest} hơn"] if more > 0 else []
    lines += ["", "<b>Đề xuất</b>, chưa giao lại:"] if division.proposals else []
    lines += [_proposal(one) for one in division.proposals]
    if not least and division.burdens and (left := _left(division)):
        lines += ["", left]
    return "\n".join(lines)


def _left(division: Division) -> str:
    """Return a sentence on those who have too much and for whom nothing is proposed.

    Without any proposals it may say that nobody has too much; "" where the proposals help everybody.
    """
    relieved = {one.task.lead_id for one in division.proposals}
    left = [one for one in division.burdens if one.is_over and one.member.id not in relieved]
    if not division.proposals:
        return "Quá tải nhưng chưa có ai nhận đỡ được." if left else "Không ai quá tải."
    more = f"Còn {len(left)} đồng chí quá tải chưa có đề xuất. Giao lại xong, gõ lại /phancong."
    return more if left else ""


def _burden(one: Burden, shown: Sequence[Week]) -> str:
    """Return "🔴 Mạc Thiên Ân: 140% · 60% · 5 việc"."""
    loads = " · ".join(in_percent(week.load(one)) for week in shown)
    leave = one.leave
    away = f" · 🌙 nghỉ {leave.from_day:%d/%m}-{leave.until_day:%d/%m}" if leave else ""
    return f"{_mark(one, shown)} {escape(one.member.name)}: {loads} · {one.tasks} việc{away}"


def _mark(one: Burden, shown: Sequence[Week]) -> str:
    loads = [week.load(one) for week in shown]
    over = one.is_over if len(shown) > 1 else loads[0].is_over
    if over:
        return "🔴"
    return "🟡" if 100 * max(load.share for load in loads) >= NEAR_FULL else "🟢"


def _proposal(one: Proposal) -> str:
    """Return who could take which task and why: practice, and how busy both are up to the deadline."""
    done = f"đã làm {one.offer.past} việc loại này" if one.offer.past else "chưa làm việc loại này"
    return (
        f"Việc <b>{one.task.id}</b> {clip(one.task.title, 50)}: "
        f"{escape(one.task.lead_name or '')} → {escape(one.name)}\n"
        f"Vì {done}, nhận thêm thì {share(one.offer.load)} đến hạn, "
        f"người đang chủ trì {share(one.lead)}"
    )
