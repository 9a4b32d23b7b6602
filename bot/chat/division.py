"""`/phancong`: who carries what this week and next, and who could take what; a press leads to handing over."""

from html import escape

from bot.actions import find
from bot.actions.readings import Read
from bot.actions.workload import Burden, Division, Proposal, divide
from bot.chat import asking
from bot.chat.busy import in_percent, share
from bot.chat.buttons import button, rows
from bot.chat.cards import clip
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.lifecycle import Move

SHOWN = 12
NEAR_FULL = 80
NOT_FOR_YOU = "Phân công dành cho lãnh đạo và trưởng phòng. Xem việc của mình: /viec"


async def show(turn: Turn) -> None:
    """Say how busy everybody is whose work one divides, and what is proposed."""
    if not turn.who.leads_others:
        await turn.say(NOT_FOR_YOU)
        return
    await turn.reads(Read.LIST)
    division = await divide(turn.office, turn.who, turn.now)
    local = turn.office.workdays.local(turn.now)
    lines = [
        f"<b>Phân công</b> · tính đến {local:%H:%M %d/%m/%Y}",
        f"Mức bận tuần này (đến {division.until:%d/%m}) · tuần sau (đến {division.next_until:%d/%m})",
        "",
        *(_burden(one) for one in division.burdens[:SHOWN]),
    ]
    more = len(division.burdens) - SHOWN
    lines += [f"và {more} đồng chí ít việc hơn"] if more > 0 else []
    lines += ["", "<b>Đề xuất</b>, chưa giao lại:"] if division.proposals else []
    lines += [_proposal(one) for one in division.proposals]
    lines += ["", _left(division)] if _left(division) else []
    offered = [
        button(
            f"Việc {one.task.id}: {one.name}",
            "division.hand",
            one.task.id,
            one.task.version,
            str(one.offer.person_id),
        )
        for one in division.proposals
    ]
    await turn.say(Message("\n".join(lines), rows(*([one] for one in offered))))


async def hand(turn: Turn) -> None:
    """A proposal was pressed: nothing is done before the person says so once more."""
    press = turn.pressed
    known = (await turn.office.roster()).by_key
    to = known.get(int(press.value)) if press.value.isdecimal() else None
    if to is None:
        raise Refusal(No.PERSON_LEFT)
    await find.task(turn.office, turn.who, press.id)
    chosen = {"person_id": to.key, "name": to.name}
    await asking.begin(turn, press.id, press.version, Move.REASSIGN, chosen)


def _left(division: Division) -> str:
    """Return what is said of who has too much and of whose work nothing is proposed; "" for nobody."""
    relieved = {one.task.lead_id for one in division.proposals}
    left = [one for one in division.burdens if one.is_over and one.member.id not in relieved]
    if not division.proposals:
        return "Quá tải nhưng chưa có ai nhận đỡ được." if left else "Không ai quá tải."
    more = f"Còn {len(left)} đồng chí quá tải chưa có đề xuất. Giao lại xong, gõ lại /phancong."
    return more if left else ""


def _burden(one: Burden) -> str:
    """Return "🔴 Mạc Thiên Ân: 140% · 60% · 5 việc"."""
    both = f"{in_percent(one.this_week)} · {in_percent(one.next_week)}"
    leave = one.leave
    away = f" · 🌙 nghỉ {leave.from_day:%d/%m}-{leave.until_day:%d/%m}" if leave else ""
    return f"{_mark(one)} {escape(one.member.name)}: {both} · {one.tasks} việc{away}"


def _mark(one: Burden) -> str:
    if one.is_over:
        return "🔴"
    return "🟡" if 100 * one.worst >= NEAR_FULL else "🟢"


def _proposal(one: Proposal) -> str:
    """Return who could take what, and the reason: practice, and how busy both are to the deadline."""
    done = f"đã làm {one.offer.past} việc loại này" if one.offer.past else "chưa làm việc loại này"
    return (
        f"Việc <b>{one.task.id}</b> {clip(one.task.title, 50)}: "
        f"{escape(one.task.lead_name or '')} → {escape(one.name)}\n"
        f"Vì {done}, nhận thêm thì {share(one.offer.load)} đến hạn, "
        f"người đang chủ trì {share(one.lead)}"
    )
