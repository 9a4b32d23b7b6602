"""`/tonghop`: the buckets that add up, what needs a decision first, and each unit."""

from collections import Counter
from html import escape

from bot.actions.summarise import Summary, summarise
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import clip
from bot.chat.changes import PRODUCTS
from bot.chat.lists import line
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.rules.standing import Bucket
from storage.records import Group, Status, TaskLine

NAMES = {
    Bucket.DONE_ON_TIME: "🟢 Hoàn thành đúng hạn",
    Bucket.DONE_LATE: "🟠 Hoàn thành quá hạn",
    Bucket.ON_TRACK: "🔵 Trong hạn",
    Bucket.OVERDUE: "🔴 Quá hạn",
    Bucket.NO_DEADLINE: "Không thời hạn",
}
UNITS_SHOWN = 15


async def show(turn: Turn) -> None:
    """Answer at once, from our own data, with the moment it is true for."""
    if not turn.who.leads_others:
        await turn.say(
            "Tổng hợp dành cho lãnh đạo và trưởng phòng. Đồng chí gõ /viec để xem việc của mình."
        )
        return
    state = await summarise(turn.office, turn.who, turn.now)
    if not (state.total or state.count("correcting")):
        await turn.say("Chưa có việc nào được giao.")
        return
    await turn.say(_message(turn, state))


def _message(turn: Turn, state: Summary) -> Message:
    local = turn.office.workdays.local(turn.now)
    parts = [f"<b>Tổng hợp</b> · tính đến {local:%H:%M %d/%m/%Y}", _totals(state)]
    parts += _notes(state)
    if state.decisions:
        parts.append(f"<b>Cần xử lý: {state.waiting}</b>")
        parts += [
            f"{line(turn, one)}\n{_decision(one, state.deciders.get(one.id))}"
            for one in state.decisions
        ]
    if len(state.units) > 1:
        parts.append("\n".join(["<b>Theo đơn vị</b>", *_units(state)]))
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in state.decisions]
    counted = {
        "overdue": ("Quá hạn", state.count(Bucket.OVERDUE)),
        "undecided": ("Thiếu cấp quyết", state.undecided),
    }
    lists = [
        [button(f"{label}: {count}", "summary.list", 0, 0, name)]
        for name, (label, count) in counted.items()
        if count
    ]
    return Message("\n\n".join(parts), rows(*pairs(opened, 4), *lists))


def _totals(state: Summary) -> str:
    lines = [f"Tổng số: <b>{state.total}</b> việc"]
    for bucket, name in NAMES.items():
        count = state.count(bucket)
        if count or bucket is not Bucket.NO_DEADLINE:
            lines.append(f"{name}: <b>{count}</b> ({percent(count, state.total)})")
    return "\n".join(lines)


def _notes(state: Summary) -> list[str]:
    """Return what stands beside the buckets: corrections, late acceptance, nobody to decide."""
    lines = []
    if state.count("correcting"):
        lines.append(f"✏️ Đang đính chính, ngoài tổng số: <b>{state.count('correcting')}</b>")
    if state.accepted_late:
        who = ", ".join(f"{clip(name, 40)} {count}" for name, count in state.accepted_late[:5])
        lines.append(f"Chờ nghiệm thu quá hạn: {who}")
    if state.undecided:
        lines.append(f"{state.undecided} việc đỏ chưa rõ cấp quyết")
    return ["\n".join(lines)] if lines else []


def percent(part: int, total: int) -> str:
    """Return a share with two decimals and a decimal comma (domain.md, section 2)."""
    return f"{100 * part / max(total, 1):.2f}%".replace(".", ",")


def lacks(task: TaskLine) -> str:
    """Return "chưa có Báo cáo"; where the product has no name of its own, "chưa có kết quả"."""
    named = task.product if task.product != PRODUCTS[-1] else None
    return f"chưa có {escape(named or 'kết quả')}"


def _decision(task: TaskLine, decider: str | None) -> str:
    """Return why a task waits, and who decides it: of a knot, who was named to undo it."""
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


def _units(state: Summary) -> list[str]:
    """Return a line for each unit, the most overdue first; of one name, with the unit above."""
    names = Counter(unit.name for unit in state.units)
    worst = sorted(state.units, key=lambda unit: -unit.overdue)[:UNITS_SHOWN]
    return [_unit(unit, names[unit.name] > 1) for unit in worst]


def _unit(unit: Group, with_above: bool) -> str:
    name = unit.name or "Chưa rõ đơn vị"
    if with_above and unit.above:
        name += f", {unit.above}"
    marks = [
        f"🟢{unit.done_on_time}" if unit.done_on_time else "",
        f"🟠{unit.done_late}" if unit.done_late else "",
        f"🔵{unit.on_track}" if unit.on_track else "",
        f"🔴{unit.overdue}" if unit.overdue else "",
        f"không thời hạn {unit.no_deadline}" if unit.no_deadline else "",
    ]
    return f"{escape(name)}: {unit.total} · " + " ".join(filter(None, marks))
