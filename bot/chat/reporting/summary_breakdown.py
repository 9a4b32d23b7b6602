"""The summary broken down by unit (one level at a time), person, urgency or document; in pages."""

from html import escape

from bot.actions import find
from bot.actions import focus as looked_at
from bot.actions.privacy.access_log import Read
from bot.actions.reporting import figures
from bot.actions.reporting.figures import By, Groups, When
from bot.chat.buttons import pairs, rows
from bot.chat.cards import clip
from bot.chat.history.history_changes import URGENCIES
from bot.chat.messages import Button, Message
from bot.chat.reporting import shares, summary_view
from bot.chat.reporting.summary_view import View
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.organisation import unit_rollup
from storage.records import Group, Urgency

PAGE = 8
WAYS = {
    "u": (By.UNIT, "Theo đơn vị", looked_at.UNIT),
    "p": (By.PERSON, "Theo người", looked_at.PERSON),
    "k": (By.URGENCY, "Theo độ khẩn", looked_at.URGENCY),
    "d": (By.DOCUMENT, "Theo văn bản", looked_at.DOCUMENT),
}
WHENS = {
    "a": (When.ASSIGNED, "Giao trong kỳ"),
    "f": (When.FINISHED, "Xong trong kỳ"),
    "e": (When.DUE, "Đến hạn trong kỳ"),
}
_NOBODY = {
    By.UNIT: "Chưa rõ đơn vị",
    By.PERSON: "Cơ quan ngoài chủ trì",
    By.DOCUMENT: "Không theo văn bản",
}


def ways(about: View, when: str = "a") -> list[Button]:
    """Return a button for each breakdown that still makes sense for what is shown."""
    skipped = {looked_at.PERSON: "up", looked_at.URGENCY: "k", looked_at.DOCUMENT: "d"}.get(
        about.kind, ""
    )
    return [
        summary_view.opens(label, "by", about, before=f"{letter}{when}")
        for letter, (_, label, _) in WAYS.items()
        if letter not in skipped
    ]


def of_units(turn: Turn, groups: list[Group], about: View) -> list[Group]:
    """Return a group for each unit one level below what is shown, those with the most overdue tasks first."""
    under = about.id if about.kind == looked_at.UNIT else None
    known = turn.office.hierarchy.units
    lifted = unit_rollup.at_level(groups, known, under, find.scope_of(turn.who).units)
    return sorted(lifted, key=_worst_first)


async def turn_page(turn: Turn) -> None:
    """Show the breakdown that was pressed, another page of it, or another list of the period."""
    code = turn.pressed.value
    if code[:1] not in WAYS or code[1:2] not in WHENS:
        raise Refusal(No.STALE)
    about = summary_view.read(code[2:])
    await turn.show(await page(turn, about, code[0], code[1], turn.pressed.id))


async def page(turn: Turn, about: View, letter: str, when: str, offset: int) -> Message:
    """Return a page of groups, with a button to each group's own summary."""
    by, label, kind = WAYS[letter]
    within = figures.span(turn.office, about.period, WHENS[when][0]) if about.period else None
    await turn.reads(Read.SUMMARY, about.looked_at)
    focus = await about.looked_at.focus(turn.office)
    if by is By.UNIT:
        found = await figures.groups(turn.office, turn.who, turn.now, by, focus, within)
        groups = figures.paged(of_units(turn, found, about), offset, PAGE)
    else:
        groups = await figures.worst_first(
            turn.office, turn.who, turn.now, by, focus, within, offset, PAGE
        )
    name = await about.name(turn.office, turn.who)
    what = f"{summary_view.named(about.period)}: {WHENS[when][1].lower()}" if about.period else ""
    local = turn.office.workdays.local(turn.now)
    head = " · ".join(filter(None, [f"<b>{label}</b>", name, what]))
    counts = groups.counts
    lines = [line(one, by) for one in groups.page] or ["Không có việc nào."]
    total = f"Cộng: <b>{shares.number(counts.total)}</b> · {shares.marks(counts)}"
    text = "\n\n".join([f"{head}\nTính đến {local:%H:%M %d/%m/%Y}", "\n".join(lines), total])
    return Message(text, rows(*_buttons(about, letter, when, groups, kind)))


def line(one: Group, by: By = By.UNIT) -> str:
    """Return a group in one line: its name, its total, and the buckets that have tasks."""
    beside = f" · ✏️ {one.correcting}" if one.correcting else ""
    name = escape(_name(one, by))
    return f"{name}: {shares.number(one.total)} · {shares.marks(one)}{beside}"


def _name(one: Group, by: By) -> str:
    if by is By.URGENCY:
        return URGENCIES[str(one.key)]
    if one.name is None:
        return _NOBODY[by]
    return one.name if len(one.name) <= 60 else f"{one.name[:59]}…"


def _buttons(about: View, letter: str, when: str, groups: Groups, kind: str) -> list[list[Button]]:
    by = WAYS[letter][0]
    opened = [
        summary_view.opens(clip(_name(one, by), 20), "open", View(kind, _id(one), about.period))
        for one in groups.page
        if one.key is not None and (kind, one.key) != (about.kind, about.id)
    ]
    code, offset, turning = f"{letter}{when}", groups.offset, []
    if offset:
        turning.append(summary_view.opens("‹ Trước", "by", about, max(0, offset - PAGE), code))
    if groups.more:
        turning.append(summary_view.opens("Sau ›", "by", about, offset + PAGE, code))
    lists = [
        summary_view.opens(label, "by", about, before=f"{letter}{other}")
        for other, (_, label) in WHENS.items()
        if about.period and other != when
    ]
    return [*pairs(opened), turning, lists, [summary_view.opens("‹ Tổng hợp", "open", about)]]


def _id(one: Group) -> int:
    return list(Urgency).index(Urgency(one.key)) if isinstance(one.key, str) else one.key or 0


def _worst_first(one: Group) -> tuple[int, int, str]:
    return -one.overdue, -one.open, one.name or ""
