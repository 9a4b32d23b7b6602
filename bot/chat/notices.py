"""What happened, in words, for the person it concerns: worded when it is sent, from the state then."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.actions import albums, moves, notify, pass_on
from bot.actions.notify import Receiver
from bot.actions.office import Office
from bot.chat import (
    absence_news,
    cards,
    dates,
    digest,
    entered,
    handed,
    in_place,
    notes,
    report_plan,
    series_news,
    snooze,
    support,
    undoing,
)
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Button, Delivery, Keyboard, Message
from bot.rules import parts, rights
from bot.rules.lifecycle import WORKING
from bot.rules.reminders import Rung
from storage.records import Outgoing, Part, RequestState, Status, TaskView

HEADINGS = {
    "task.assigned": "Đồng chí được giao việc mới",
    "task.submitted": "Kết quả đã nộp, mời đồng chí nghiệm thu",
    "task.entered": "Việc được giao thay mặt đồng chí",
    "task.accepted": "Kết quả đã được nghiệm thu",
    "task.deadline": "Hạn của việc đã thay đổi",
    "task.returned": "Kết quả được trả lại để làm tiếp",
    "task.blocked": "Việc đang vướng mắc",
    "task.cancelled": "Việc đã hủy, đồng chí không phải làm nữa",
    "parts.done": "Các phần việc đã xong, đồng chí nộp kết quả",
    "parts.submitted": "Các phần việc đã xong, việc đã tự nộp",
    "task.paused": "Việc tạm dừng, bot không nhắc nữa",
    "task.resumed": "Việc làm tiếp",
    "support.asked": "Phòng đồng chí được phối hợp, đồng chí cử ai?",
    "support.reported": "Một phần phối hợp đã xong",
    "support.done": "Các phần phối hợp đã đủ, mời đồng chí nghiệm thu",
    "extension.requested": "Đề nghị gia hạn, mời đồng chí cho ý kiến",
    "decline.requested": "Việc được báo ngoài thẩm quyền",
    "decline.waiting": "Chờ quyết định đã một ngày: việc báo ngoài thẩm quyền",
    "decline.refused": "Người giao giữ nguyên phân công",
    "task.reassigned": "Việc đã đổi người chủ trì",
    "extension.waiting": "Chờ quyết định đã một ngày: đề nghị gia hạn",
    "extension.offered": "Người giao đề xuất hạn khác",
    "remark.asked": "Ý kiến chỉ đạo, mời đồng chí trả lời",
    "remark.answered": "Ý kiến chỉ đạo đã được trả lời",
    "remark.late": "Nhắc: ý kiến chỉ đạo đã đến hạn trả lời",
    "acceptance.waiting": "Chờ nghiệm thu đã một ngày: kết quả đã nộp",
    "correction.requested": "Đề nghị đính chính, mời đồng chí cho ý kiến",
    "correction.granted": "Đề nghị đính chính đã được đồng ý",
    "correction.refused": "Đính chính không được đồng ý, số liệu giữ nguyên",
    "extension.granted": "Đề nghị gia hạn đã được đồng ý",
    "extension.refused": "Đề nghị gia hạn không được đồng ý, hạn giữ nguyên",
}
HEADINGS_BY_PART = {
    ("task.assigned", Part.SUPPORT): "Đồng chí phối hợp việc này",
    ("task.assigned", Part.FOLLOW): "Đồng chí theo dõi việc này",
    ("task.reassigned", Part.LEAD): "Việc được giao lại cho đồng chí",
    ("task.cancelled", Part.FOLLOW): "Việc đã hủy",
    ("task.cancelled", None): "Việc đã hủy",
}
RUNGS = {
    Rung.STALE: "Nhắc: việc chưa cập nhật, đồng chí báo tiến độ",
    Rung.SNOOZE: "Nhắc lại theo yêu cầu của đồng chí",
    Rung.RECEIVE: "Nhắc: việc mới, đồng chí bấm Đã nhận",
    Rung.YELLOW: "VÀNG: sắp đến hạn, chưa có kết quả",
    Rung.BEFORE: "Nhắc: sắp đến hạn",
    Rung.DUE: "Nhắc: đến hạn",
    Rung.RED: "ĐỎ: đã quá hạn",
    Rung.RED_SPECIAL: "ĐỎ ĐẶC BIỆT: quá hạn lâu",
    Rung.HIGHER: "ĐỎ ĐẶC BIỆT: quá hạn lâu, báo cáo cấp trên",
}
FOLLOWS_BODY = "Đồng chí theo dõi việc này của cơ quan ngoài, báo và nộp kết quả thay"
_HOLDS: dict[str, Callable[[TaskView], bool]] = {
    "task.submitted": lambda task: task.status is Status.SUBMITTED,
    "acceptance.waiting": lambda task: task.status is Status.SUBMITTED,
    "remark.asked": lambda task: task.remark_id is not None,
    "remark.late": lambda task: task.remark_id is not None,
    "correction.requested": lambda task: task.in_correction,
    "parts.done": lambda task: task.status in WORKING,
    "task.blocked": lambda task: task.blocker is not None and task.closed_at is None,
    "extension.requested": lambda task: task.request_state is RequestState.OPEN,
    "decline.requested": lambda task: task.decline_id is not None,
    "decline.waiting": lambda task: task.decline_id is not None,
    "extension.waiting": lambda task: task.request_state is RequestState.OPEN,
    "extension.offered": lambda task: task.request_state is RequestState.OFFERED,
    "task.paused": lambda task: task.status is Status.PAUSED,
    "task.resumed": lambda task: task.closed_at is None and task.status is not Status.PAUSED,
    "support.done": lambda task: task.status is Status.SUBMITTED,
}
"""What asks somebody to act is said only while there is something to do; later news tells the rest."""
_REMINDING = {
    "reminder",
    "acceptance.waiting",
    "extension.waiting",
    "decline.waiting",
    "remark.late",
}
"""What brings no news: the digest says it beside the task that it has anyway."""
_PARTINGS = {"task.handed_on", "task.released", "task.undone"}
"""What is told to those as well who may not see the task any more."""
_LABELS = {
    "task.returned": "Lý do",
    "task.cancelled": "Lý do",
    "task.reassigned": "Lý do",
    "task.paused": "Lý do",
    "task.submitted": "Kết quả",
    "extension.offered": "Ý kiến",
    "remark.answered": "Trả lời",
    "support.reported": "Nội dung",
}
_SILENT = frozenset({"task.accepted", "support.reported"})
_NOTE, _DIGEST = "task.note", "digest"
SHOWN = 12
_ROOM = 3700
"""Characters of a digest or list with what else there is to say; what is more is only counted."""


class _Told(NamedTuple):
    """What is told of one task: each thing once, the newest last."""

    task: TaskView
    rows: list[Outgoing]

    @property
    def news(self) -> list[Outgoing]:
        return [row for row in self.rows if row.kind != _NOTE] or self.rows[-1:]


async def word(office: Office, outgoing: Sequence[Outgoing], now: datetime) -> Delivery | None:
    """Word what waits for one person as one message; None when there is no need any more."""
    receiver = await notify.receiver(office, outgoing[0].person_id, now)
    theirs = [row for row in outgoing if not await pass_on.passed_on(office, [row], now)]
    if receiver is None or not theirs:
        return None
    kinds = {row.kind for row in theirs}
    if kinds <= _OWN_WORDS.keys() and _is_one(theirs):
        return await _OWN_WORDS[theirs[0].kind](office, receiver, theirs, now)
    told = await _still_true(office, receiver, theirs)
    besides = await _besides(office, receiver, theirs, now)
    if _DIGEST in kinds:
        message = await _morning(office, receiver, told, now)
        if message is not None:
            return Delivery(receiver.chat_id, _with_besides(message, besides))
    silent = not besides and _SILENT.issuperset(row.kind for one in told for row in one.rows)
    if len(told) == 1 and not besides:
        message = await _notice(office, receiver, told[0], now)
        return Delivery(receiver.chat_id, message, silent=silent)
    if not told and not besides:
        return None
    message = _with_besides(await _list(office, told, now), besides)
    return Delivery(receiver.chat_id, message, silent=silent)


def _is_one(rows_: Sequence[Outgoing]) -> bool:
    """Tell whether rows are of one kind and about one thing."""
    return len({(row.kind, row.task_id if row.task_id else row.id) for row in rows_}) == 1


async def _still_true(
    office: Office, receiver: Receiver, outgoing: Sequence[Outgoing]
) -> list[_Told]:
    """Return each task once, with its news; without what came too late to be true.

    Of a task that was handed on meanwhile, who has it no more hears only that.
    """
    rows_ = [row for row in outgoing if row.kind == _NOTE or row.kind not in _OWN_WORDS]
    views = await notify.tasks_of(office, [row.task_id for row in rows_])
    found: dict[int, _Told] = {}
    for row in rows_:
        view = views.get(row.task_id)
        if view is None or not _holds(row, view):
            continue
        if row.kind in _PARTINGS or rights.may_see(receiver.who, moves.stakes(view)):
            found.setdefault(view.id, _Told(view, [])).rows.append(row)
    return list(found.values())


async def _morning(
    office: Office, receiver: Receiver, told: Sequence[_Told], now: datetime
) -> Message | None:
    """Return the digest with what else is new in it: a reminder of what it names is in it."""
    news = {
        one.task.id: digest.News(
            await _lines(office, one, now, marked=True),
            _label(one.rows[-1], one.task),
            {row.kind for row in one.rows} <= _REMINDING,
        )
        for one in told
    }
    return await digest.message(office, receiver.who, now, news)


async def _besides(
    office: Office, receiver: Receiver, outgoing: Sequence[Outgoing], now: datetime
) -> list[Message]:
    """Return what has words of its own, for a list of all that waited."""
    own = [row for row in outgoing if row.kind in _OWN_WORDS and row.kind not in {_NOTE, _DIGEST}]
    said = [await _OWN_WORDS[row.kind](office, receiver, [row], now) for row in own]
    return [one.message for one in said if one is not None]


def _holds(row: Outgoing, task: TaskView) -> bool:
    """Tell whether what a row says is still so, for the person it is for."""
    if row.kind == "reminder":
        return parts.concerns(task, row.about, above="above" in row.facts)
    if row.kind == "support.asked":
        return row.facts["unit"] in task.units_in(Part.SUPPORT)
    return row.kind not in _HOLDS or _HOLDS[row.kind](task)


async def _digest(
    office: Office, receiver: Receiver, _: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    message = await digest.message(office, receiver.who, now)
    return Delivery(receiver.chat_id, message) if message else None


async def _refresh(
    office: Office, receiver: Receiver, rows: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    row = rows[0]
    place = await notify.card_place(office, row.task_id or 0, receiver.who.person_id)
    views = await notify.tasks_of(office, [row.task_id])
    if place is None or row.task_id not in views:
        return None
    if not rights.may_see(receiver.who, moves.stakes(views[row.task_id])):
        return None
    card = cards.card(views[row.task_id], receiver.who, now, office.workdays, away=office.away)
    return Delivery(place.chat_id, card, place.topic_id, edits=place.message_id)


_OWN_WORDS: dict[
    str, Callable[[Office, Receiver, Sequence[Outgoing], datetime], Awaitable[Delivery | None]]
] = {
    "digest": _digest,
    "card.refresh": _refresh,
    "task.note": notes.notice,
    "files.kept": notes.kept,
    albums.WAITING: notes.waiting,
    "absence.begun": absence_news.begun,
    "absence.over": absence_news.over,
    "absence.back": absence_news.back,
    "absence.noted": absence_news.noted,
    "document.entered": entered.notice,
    "report.due": report_plan.due,
    **series_news.NEWS,
    "work.handed": handed.received,
    "work.passed": handed.passed,
    "work.taken": handed.taken,
}
FOLDED = frozenset({*HEADINGS, "reminder", *_OWN_WORDS})
"""Kinds of which several that wait for one person become one message, mixed or not."""


async def _notice(office: Office, receiver: Receiver, told: _Told, now: datetime) -> Message:
    task, row = told.task, told.news[-1]
    words = await notify.words_of(office, row.facts.get("text"))
    if row.kind in _PARTINGS:
        parting = _handed_on if row.kind == "task.handed_on" else undoing.word
        message = parting(row, task, words or "")
        return replace(message, text=await in_place.above(office, row, message.text))
    said = [f"{_LABELS[row.kind]}: {words}"] if words else []
    said += [await notes.line(office, one) for one in told.rows if one.kind == _NOTE]
    headings = "\n".join(dict.fromkeys(_heading(one, task) for one in told.news))
    heading = await in_place.above(office, row, headings)
    message = cards.card(
        *(task, receiver.who, now, office.workdays, heading, "\n".join(said), office.away)
    )
    if row.kind == "task.submitted":
        files = await notify.files_of(office, task.id)
        more = [[button(f"Tệp: {file.name}"[:40], "file.send", file.id)] for file in files[-3:]]
        message = replace(message, keyboard=_with(message.keyboard, more))
    if row.kind in {"support.asked", "reminder"}:
        offered = await support.choices(office, receiver.who, task)
        later = snooze.buttons(office, task, now) if row.kind == "reminder" else []
        message = replace(message, keyboard=rows(*offered, *(message.keyboard or ()), later))
    return replace(message, reminds=_only_remind([told]))


def _handed_on(_: Outgoing, task: TaskView, reason: str) -> Message:
    """Return what who led a task learns: from now on it is no more theirs to see."""
    lead = cards.clip(task.lead_name or "người khác", 100)
    why = f"\nLý do: {cards.clip(reason, 300)}" if reason else ""
    title = cards.clip(task.title, 300)
    return Message(f"Việc số {task.id} đã chuyển đồng chí {lead} chủ trì.\n{title}{why}")


def _with(keyboard: Keyboard | None, more: list[list[Button]]) -> Keyboard | None:
    return rows(*(keyboard or ()), *more)


def _heading(row: Outgoing, task: TaskView) -> str:
    return f"<b>{_news(row, task)}</b>"


def _news(row: Outgoing, task: TaskView) -> str:
    """Return what happened, in the words for the part the person has."""
    if row.kind == "reminder":
        supports = _part(row, task) is Part.SUPPORT and "above" not in row.facts
        return f"{RUNGS[Rung(row.facts['rung'])]}{' (phần phối hợp)' if supports else ''}"
    if row.kind == "task.assigned" and row.about in task.people_in(Part.FOLLOW) and task.body_id:
        return FOLLOWS_BODY
    by_part = HEADINGS_BY_PART.get((row.kind, _part(row, task)))
    return by_part or HEADINGS.get(row.kind, notes.HEADING)


def _part(row: Outgoing, task: TaskView) -> Part | None:
    """Return the part in a task of the person a row concerns."""
    if row.about == task.lead_id:
        return Part.LEAD
    return next((one.part for one in task.others if one.person_id == row.about), None)


async def _list(office: Office, told: Sequence[_Told], now: datetime) -> Message:
    """Say several things at once, each task with a button to open it."""
    if not told:
        return Message("")
    heading = f"<b>{_list_heading(told)}: {len(told)}</b>"
    in_one_place = len({row.about for one in told for row in one.rows}) == 1
    if in_one_place:
        heading = await in_place.above(office, told[0].rows[0], heading)
    lines = [await _lines(office, one, now, marked=not in_one_place) for one in told[:SHOWN]]
    opened = [button(f"Việc {one.task.id}", "task.open", one.task.id) for one in told[:SHOWN]]
    more = ["Các việc còn lại: /viec"] if len(told) > SHOWN else []
    reminds = _only_remind(told)
    own = [one.task for one in told if any(row.about == row.person_id for row in one.rows)]
    later = snooze.for_all(office, own, now) if reminds else []
    text = "\n\n".join([heading, *lines, *more])
    return Message(text, rows(*pairs(opened, 4), later), reminds=reminds)


def _only_remind(told: Sequence[_Told]) -> bool:
    return {row.kind for one in told for row in one.rows} == {"reminder"}


def _with_besides(message: Message, besides: Sequence[Message]) -> Message:
    """Put what has words of its own before a digest or list, as far as there is room; count the rest.

    Each button stands once.
    """
    shown: list[Message] = []
    for one in besides:
        if sum(len(other.text) for other in (message, *shown, one)) <= _ROOM:
            shown.append(one)
    hidden = len(besides) - len(shown)
    more = [f"Và {hidden} tin khác: /viec, /giaodi"] if hidden else []
    texts = [*(one.text for one in shown), message.text, *more]
    keyboard: list[list[Button]] = []
    met: set[str] = set()
    for line in [line for one in (message, *shown) for line in one.keyboard or ()]:
        keyboard.append([one for one in line if one.data + one.url not in met])
        met |= {one.data + one.url for one in line}
    return replace(
        message,
        text="\n\n".join(filter(None, texts)),
        keyboard=rows(*keyboard),
        reminds=message.reminds and not besides,
    )


def _list_heading(told: Sequence[_Told]) -> str:
    kinds = {row.kind for one in told for row in one.rows}
    if kinds == {"reminder"}:
        return "Nhắc việc"
    if kinds == {"reminder", "task.assigned"}:
        return "Việc mới và nhắc việc"
    return HEADINGS.get(kinds.pop(), notes.HEADING) if len(kinds) == 1 else "Tin mới"


async def _lines(office: Office, told: _Told, now: datetime, *, marked: bool) -> str:
    """Return a task as a list has it: its title, what happened to it, its deadline, what was said.

    `marked` says in whose place the reader hears of it, if in somebody's.
    """
    task = told.task
    if told.rows[-1].kind in _PARTINGS:
        words = await notify.words_of(office, told.rows[-1].facts.get("text"))
        parting = _handed_on if told.rows[-1].kind == "task.handed_on" else undoing.word
        return parting(told.rows[-1], task, words or "").text
    title = f"{cards.mark(task, now)} <b>{task.id}</b> {cards.clip(task.title, 90)}"
    news = dict.fromkeys(_label(row, task) for row in told.rows)
    place = await in_place.mark(office, told.rows[-1]) if marked else ""
    below = " · ".join(filter(None, [place, *news, dates.standing(task, now, office.workdays)]))
    words = await notify.words_of(office, told.news[-1].facts.get("text"))
    kind = told.news[-1].kind
    said = [f"{_LABELS[kind]}: {cards.clip(words, 120)}"] if words and kind in _LABELS else []
    said += [
        cards.clip(await notes.line(office, one), 160)
        for one in told.rows[-3:]
        if one.kind == _NOTE
    ]
    return "\n".join([title, below, *said])


def _label(row: Outgoing, task: TaskView) -> str:
    """Return what a line of the list says besides the deadline: the rung, or a part not the lead's."""
    if row.kind != "task.assigned":
        return _news(row, task)
    part = _part(row, task)
    return f"đồng chí {cards.PARTS[part].lower()}" if part in cards.PARTS else ""
