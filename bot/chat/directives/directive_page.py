"""One assigning document: what it is, how much of it is entered, its buckets and its tasks."""

from html import escape

from bot.actions import find
from bot.actions.directives import directives
from bot.chat.buttons import button, pairs, rows, turns
from bot.chat.cards import clip
from bot.chat.directives import entry_card
from bot.chat.messages import Button, Message
from bot.chat.tasks import lists
from bot.chat.turn import Turn
from bot.rules import rights
from storage.records import Counts, DocumentView


async def page(turn: Turn, document_id: int, offset: int = 0, done: str = "") -> Message:
    """Return a document with a page of its tasks; `done` is what just happened."""
    view = await directives.document(turn.office, turn.who, document_id)
    counts = await directives.counts(turn.office, turn.who, document_id, turn.now)
    shown, total = await directives.tasks_of(turn.office, turn.who, document_id, offset)
    head = [f"<b>Văn bản {clip(view.symbol, 60)}</b>", *entry_card.about(view)]
    if view.for_name:
        head.append(f"Thay mặt: {clip(view.for_name, 60)}")
    head += [f"Người nhập: {escape(view.entered_by_name)}", entered(view, counts)]
    head += [buckets(counts)] if counts.total or counts.correcting else []
    parts = [*([f"{done}."] if done else []), "\n".join(head)]
    parts += [lists.line(turn, one) for one in shown]
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in shown]
    buttons = [*pairs(opened, 4), _turns(view.id, offset, total), *await _acts(turn, view)]
    return Message("\n\n".join(parts), rows(*buttons))


def entered(view: DocumentView, counts: Counts) -> str:
    """Return "Đã nhập 6 / dự kiến 8, còn 2 việc chưa nhập", and how many of them one may see."""
    planned = f" / dự kiến {view.planned}" if view.planned else " việc"
    lacking = f", <b>còn {view.lacking} việc chưa nhập</b>" if view.lacking else ""
    part = seen_of(counts.total + counts.correcting, view.entered)
    return f"Đã nhập {view.entered}{planned}{lacking}{part}"


def seen_of(seen: int, every: int) -> str:
    """Return how many of all tasks somebody may see, where these are not all."""
    return f" · đồng chí xem được {seen}" if seen < every else ""


def buckets(counts: Counts) -> str:
    """Return the four buckets in short, and what stands beside them."""
    short = (
        f"🟢 {counts.done_on_time} · 🟠 {counts.done_late} · 🔵 {counts.on_track} · "
        f"🔴 {counts.overdue}"
    )
    short += f" · không thời hạn {counts.no_deadline}" if counts.no_deadline else ""
    return short + (f" · ✏️ {counts.correcting}" if counts.correcting else "")


def _turns(document_id: int, offset: int, total: int) -> list[Button]:
    def opens(label: str, at: int) -> Button:
        return button(label, "doc.open", document_id, 0, str(at))

    return turns(opens, offset, find.PAGE, total)


async def _acts(turn: Turn, view: DocumentView) -> list[list[Button]]:
    acts = []
    if await directives.may_enter(turn.office.db, turn.who):
        acts.append(button("Nhập thêm việc", "doc.more", view.id))
    if rights.may_correct_document(turn.who, view):
        acts.append(button("Sửa văn bản", "doc.edit", view.id))
    last = [button("Lịch sử", "doc.history", view.id), button("‹ Văn bản", "doc.list")]
    return [acts, last]
