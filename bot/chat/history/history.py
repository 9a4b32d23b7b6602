"""The history of a task in words: one line for each event."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from bot.chat import cards, dates
from bot.chat.history import history_changes
from bot.chat.tasks import figures
from bot.rules.workdays import Workdays
from storage.records import File

SAID = 3000
"""Characters of what was said that are shown in a message."""
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
    "series.moved": "chuyển việc định kỳ theo đơn vị",
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


def line(
    workdays: Workdays,
    event: Any,
    names: Mapping[int, str],
    texts: Mapping[int, str],
    *,
    shown: Callable[[datetime, Workdays], str] = dates.short,
    room: int = SAID,
) -> str:
    """Return one line of a history in HTML; nobody pressed what the bot did by itself.

    An archive says the moment with its year (`shown`) and what was said in full (`room`).
    """
    when = shown(event.at, workdays)
    did = what(event)
    percent = event.facts.get("percent") if event.kind == "task.progress" else None
    share = f" {percent}%" if percent else ""
    did += _between(event, names)
    until = f" đến {_deadline(workdays, event.facts['due_at'])}" if event.kind in _DATED else ""
    until += history_changes.told(workdays, event, names, texts)
    fixed = f" {_figure(workdays, event)}" if event.kind in _CORRECTING else ""
    said = f": {cards.clip(event.text, room)}" if event.text else ""
    actor = escape(event.actor_name or "Bot") + _in_place(event, names)
    return f"{when} · {actor} {did}{share}{until}{fixed}{said}"


def _in_place(event: Any, names: Mapping[int, str]) -> str:
    """Return for whom somebody acted who was away."""
    name = names.get(event.facts.get("for") or 0, "")
    return f" (thay {escape(name)})" if name else ""


def _figure(workdays: Workdays, event: Any) -> str:
    return figures.change(event.facts, workdays)


def with_files(event: Any, files: Sequence[File]) -> str:
    sent = [file.name for file in files if file.id in event.facts.get("files", ())]
    return f" (tệp {cards.clip(', '.join(sent), 300)})" if sent else ""


def what(event: Any) -> str:
    """Return what happened; where a move does one of several things, its facts say which."""
    if event.kind == "task.undo":
        return f"{EVENTS[event.kind]} “{EVENTS['task.' + event.facts['move']]}”"
    special = f"{event.kind}.{event.facts.get('did')}"
    named = EVENTS.get(special) or EVENTS.get(event.kind, event.kind)
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


def _deadline(workdays: Workdays, iso: str) -> str:
    return dates.deadline(datetime.fromisoformat(iso), workdays)


def fit(lines: list[str], limit: int = 4000) -> str:
    """Keep the heading and as many of the newest lines as one message holds."""
    head, tail = lines[:2], lines[2:]
    while len(tail) > 1 and sum(map(cards.read_length, head + tail)) + len(tail) > limit:
        tail = tail[1:]
    return "\n".join(head + tail)
