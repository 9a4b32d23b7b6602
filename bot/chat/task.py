"""One task: its card, its history, and the moves that need no words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any

from bot.actions import answer, correction, decline, extend, find, pause, review, undo, withdraw
from bot.chat import cards, changes, dates, figures, menu, quality
from bot.chat.buttons import button, rows
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules import grading
from bot.rules.lifecycle import Move
from storage.records import File, Quality, TaskView

_DATED = {
    "task.request_extension",
    "task.grant_extension",
    "task.offer_deadline",
    "task.take_offer",
}
_CORRECTING = {"task.request_correction", "task.grant_correction", "task.refuse_correction"}
EVENTS = {
    "task.assign": "giao việc",
    "task.assign.series": "tự giao theo lịch lặp lại",
    "series.skip": "bỏ kỳ",
    "series.unskip": "vẫn giao kỳ",
    "series.stop": "dừng lặp lại",
    "series.change": "đổi từ kỳ tới:",
    "series.hand_over": "bàn giao việc định kỳ",
    "series.missed": "tạm dừng nên không giao kỳ",
    "series.held": "chưa giao được kỳ tới",
    "task.receive": "đã nhận",
    "task.progress": "báo tiến độ",
    "task.block": "báo vướng mắc",
    "task.unblock": "hết vướng mắc",
    "task.submit": "nộp kết quả",
    "task.submit.itself": "xong phần cuối, việc tự nộp kết quả",
    "task.accept": "nghiệm thu",
    "task.return": "trả lại",
    "task.request_extension": "xin gia hạn",
    "task.grant_extension": "đồng ý gia hạn",
    "task.refuse_extension": "từ chối gia hạn",
    "task.offer_deadline": "đề xuất hạn khác",
    "task.take_offer": "nhận hạn được đề xuất",
    "task.withdraw": "rút đề nghị",
    "task.reassign": "giao lại",
    "task.hand_over": "bàn giao",
    "task.decline": "báo ngoài thẩm quyền",
    "task.keep": "giữ phân công",
    "task.cancel": "hủy việc",
    "task.split": "chia phần việc số {task}",
    "task.split.close_itself": "đặt tự nộp khi các phần xong",
    "task.split.close_by_hand": "đặt không tự nộp nữa",
    "task.check.add": "thêm {count} bước",
    "task.check.tick": "xong bước",
    "task.check.untick": "chưa xong bước",
    "task.check.strike_out": "bỏ bước",
    "task.grade": "chấm chất lượng",
    "task.edit": "sửa việc",
    "task.undo": "hoàn tác",
    "task.note": "trao đổi",
    "task.file": "gửi tệp",
    "task.remark": "cho ý kiến chỉ đạo",
    "task.answer_remark": "trả lời ý kiến chỉ đạo",
    "task.request_correction": "đề nghị đính chính",
    "task.grant_correction": "đồng ý đính chính",
    "task.refuse_correction": "từ chối đính chính",
    "task.pause": "tạm dừng",
    "task.resume": "làm tiếp",
    "task.name_part": "cử người phối hợp",
    "task.report_part": "xong phần phối hợp",
}
HANDED = {
    "lead": "chủ trì",
    "support": "phối hợp",
    "follow": "theo dõi",
    "assigner": "người giao",
    "decider": "cấp quyết",
}
"""What somebody was to a task that they passed on."""
MOVES = {
    Move.RECEIVE: answer.receive,
    Move.UNBLOCK: answer.unblock,
    Move.ACCEPT: review.accept,
    Move.GRANT_EXTENSION: extend.grant,
    Move.REFUSE_EXTENSION: extend.refuse,
    Move.TAKE_OFFER: extend.take_offer,
    Move.WITHDRAW: withdraw.withdraw,
    Move.KEEP: decline.keep,
    Move.GRANT_CORRECTION: correction.grant,
    Move.REFUSE_CORRECTION: correction.refuse,
    Move.RESUME: pause.resume,
}
_TOASTS = {
    Move.RECEIVE: "Đã ghi nhận",
    Move.UNBLOCK: "Đã hết vướng mắc",
    Move.ACCEPT: "Đã nghiệm thu",
    Move.GRANT_EXTENSION: "Đã đồng ý gia hạn",
    Move.REFUSE_EXTENSION: "Đã từ chối gia hạn",
    Move.TAKE_OFFER: "Đã nhận hạn mới",
    Move.WITHDRAW: "Đã rút đề nghị",
    Move.KEEP: "Đã giữ phân công",
    Move.GRANT_CORRECTION: "Đã đồng ý đính chính",
    Move.REFUSE_CORRECTION: "Đã từ chối đính chính",
    Move.RESUME: "Đã cho làm tiếp",
}


async def card_for(turn: Turn, task_id: int, heading: str = "") -> Message:
    """Return the card of a task the person may see, as it stands now."""
    view = await find.task(turn.office, turn.who, task_id)
    return await shown(turn, view, heading)


async def shown(turn: Turn, view: TaskView, heading: str = "") -> Message:
    """Return a task's card, with a way to take one's own last step back while there is one."""
    card = cards.card(
        view, turn.who, turn.now, turn.office.workdays, heading, away=turn.office.away
    )
    offered = await undo.offered(turn.office, turn.who, view, turn.now)
    return _undoable(card, view) if offered else card


def assigned(turn: Turn, view: TaskView, heading: str = "") -> Message:
    """Return the card of a task assigned just now; but for a part of another, with the way back."""
    card = cards.card(
        view, turn.who, turn.now, turn.office.workdays, heading, away=turn.office.away
    )
    return card if view.parent_id else _undoable(card, view)


def _undoable(card: Message, view: TaskView) -> Message:
    back = [button("Hoàn tác", "task.undo", view.id, view.version)]
    return replace(card, keyboard=rows(*(card.keyboard or ()), back))


async def move(turn: Turn) -> None:
    """A move that a press makes at once."""
    made = Move(turn.pressed.kind.removeprefix("task."))
    done = await MOVES[made](
        turn.office, turn.who, turn.pressed.id, turn.pressed.version, turn.now, turn.key
    )
    await turn.show(await card_for(turn, done.id), _TOASTS[made])


async def grade(turn: Turn) -> None:
    """The acceptor chose how good the result is."""
    press = turn.pressed
    if press.value not in grading.GRADES:
        raise Refusal(No.STALE)
    graded = Quality(press.value)
    done = await review.grade(
        turn.office, turn.who, press.id, press.version, graded, turn.now, turn.key
    )
    await turn.show(await card_for(turn, done.id), f"Chất lượng: {quality.WORDS[graded]}")


async def more(turn: Turn) -> None:
    """What else can be done: the card with the second page of its buttons."""
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    shown = cards.card(view, turn.who, turn.now, turn.office.workdays, away=turn.office.away)
    await turn.show(replace(shown, keyboard=rows(*menu.lines(view, turn.who))))


async def less(turn: Turn) -> None:
    """Back to the first page of a card's buttons."""
    await turn.show(await card_for(turn, turn.pressed.id))


async def open_one(turn: Turn) -> None:
    """A task was chosen from a list."""
    card = await card_for(turn, turn.pressed.id)
    await turn.toast()
    await turn.say(card)


async def history(turn: Turn) -> None:
    """Everything that happened to a task, the newest last."""
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    past = await find.history(turn.office, turn.who, turn.pressed.id)
    first = "\n" + dates.first(view, turn.office.workdays) if view.extensions else ""
    lines = [f"<b>Lịch sử việc số {view.id}</b>\n{escape(view.title)}{first}", ""]
    names = await find.names(turn.office, past)
    files = await find.files(turn.office, turn.who, view.id)
    texts = await find.texts(turn.office, changes.text_ids(past))
    lines += [line(turn, event, names, texts) + _with_files(event, files) for event in past]
    sent = [button(_file_label(file.name), "file.send", file.id) for file in files[-5:]]
    await turn.toast()
    await turn.say(Message(fit(lines), rows(*[[one] for one in sent])))


def line(turn: Turn, event: Any, names: Mapping[int, str], texts: Mapping[int, str]) -> str:
    """Return one line of a history; nobody pressed what the bot did by itself."""
    when = dates.short(event.at, turn.office.workdays)
    what = _what(event)
    percent = event.facts.get("percent") if event.kind == "task.progress" else None
    share = f" {percent}%" if percent else ""
    what += _between(event, names)
    until = f" đến {_deadline(turn, event.facts['due_at'])}" if event.kind in _DATED else ""
    until += changes.told(turn.office.workdays, event, names, texts)
    fixed = f" {_figure(turn, event)}" if event.kind in _CORRECTING else ""
    said = f": {cards.clip(event.text, 3000)}" if event.text else ""
    actor = escape(event.actor_name or "Bot") + _in_place(event, names)
    return f"{when} · {actor} {what}{share}{until}{fixed}{said}"


def _in_place(event: Any, names: Mapping[int, str]) -> str:
    """Return for whom somebody acted who was away."""
    name = names.get(event.facts.get("for") or 0, "")
    return f" (thay {escape(name)})" if name else ""


def _figure(turn: Turn, event: Any) -> str:
    return figures.change(event.facts, turn.office.workdays)


def _with_files(event: Any, files: Sequence[File]) -> str:
    sent = [file.name for file in files if file.id in event.facts.get("files", ())]
    return f" (tệp {cards.clip(', '.join(sent), 300)})" if sent else ""


def _what(event: Any) -> str:
    """Return what happened; where a move does one of several things, its facts say which."""
    if event.kind == "task.undo":
        return f"{EVENTS[event.kind]} “{EVENTS['task.' + event.facts['move']]}”"
    did = f"{event.kind}.{event.facts.get('did')}"
    named = EVENTS.get(did) or EVENTS.get(event.kind, event.kind)
    return named.format(**event.facts)


def _between(event: Any, names: Mapping[int, str]) -> str:
    """Return the people a line of history is about, besides who acted."""
    lead, before = (names.get(event.facts.get(key) or 0, "") for key in ("to", "from"))
    if event.kind in {"task.reassign", "series.hand_over"}:
        return f" từ {escape(before or 'chưa có')} sang {escape(lead)}"
    if event.kind == "task.hand_over":
        parts = ", ".join(HANDED[part] for part in event.facts["parts"])
        return f" từ {escape(before)} sang {escape(lead)} ({parts})"
    if event.kind in {"task.name_part", "task.report_part"} and event.person_id != event.actor_id:
        return f" {escape(lead)}"
    return ""


def _deadline(turn: Turn, iso: str) -> str:
    return dates.deadline(datetime.fromisoformat(iso), turn.office.workdays)


def _file_label(name: str) -> str:
    return name if len(name) <= 30 else name[:27] + "..."


def fit(lines: list[str], limit: int = 4000) -> str:
    """Keep the heading and as many of the newest lines as one message holds."""
    head, tail = lines[:2], lines[2:]
    while len(tail) > 1 and sum(map(cards.read_length, head + tail)) + len(tail) > limit:
        tail = tail[1:]
    return "\n".join(head + tail)
