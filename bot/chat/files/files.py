"""The files of a task: their list, and each sent back from our own disk."""

from html import escape

from bot.actions import find
from bot.actions.focus import LookedAt
from bot.actions.privacy.access_log import TASK, Read
from bot.chat import cards, dates
from bot.chat.buttons import button, rows
from bot.chat.messages import Button, Message
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import File

PAGE = 10
_LABEL = 60


async def show(turn: Turn) -> None:
    """A task's files as a new message, the newest first, each with a button."""
    await turn.toast()
    await turn.say(await _page(turn, turn.pressed.id, 0))


async def turn_page(turn: Turn) -> None:
    """Another page of a task's files, in place."""
    offset = int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0
    await turn.show(await _page(turn, turn.pressed.id, offset))


async def send(turn: Turn) -> None:
    """Send a task's file back."""
    path, file = await find.file(turn.office, turn.who, turn.pressed.id)
    if not path.exists():
        raise Refusal(No.FILE_LOST, name=file.name)
    await turn.reads(Read.FILE, LookedAt(TASK, file.task_id))
    await turn.toast()
    await turn.speaker.send_file(turn.place.chat_id, path, file.name, f"Việc số {file.task_id}")


async def _page(turn: Turn, task_id: int, offset: int) -> Message:
    view = await find.task(turn.office, turn.who, task_id)
    kept = (await find.files(turn.office, turn.who, task_id))[::-1]
    shown = kept[offset : offset + PAGE]
    names = await find.senders(turn.office, shown)
    lines = [f"<b>Tệp của việc số {task_id}: {len(kept)}</b>", cards.clip(view.title), ""]
    lines += [_line(turn, file, names[file.person_id]) for file in shown]
    buttons = [[button(_label(file.name), "file.send", file.id)] for file in shown]
    return Message("\n".join(lines), rows(*buttons, _turns(task_id, offset, len(kept))))


def _line(turn: Turn, file: File, name: str) -> str:
    when = dates.short(file.created_at, turn.office.workdays)
    return f"{cards.clip(file.name)} · {size(file.size)} · {escape(name)} · {when}"


def size(count: int) -> str:
    """Return a number of bytes as people read it, with a decimal comma."""
    for unit, bytes_in in (("MB", 1024 * 1024), ("KB", 1024)):
        if count >= bytes_in:
            return f"{count / bytes_in:.1f} {unit}".replace(".", ",")
    return f"{count} byte"


def _label(name: str) -> str:
    """Shorten a name in the middle: its end says what kind of file it is."""
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 13]}...{name[-10:]}"


def _turns(task_id: int, offset: int, count: int) -> list[Button]:
    newer = button("‹ Mới hơn", "file.page", task_id, 0, str(max(0, offset - PAGE)))
    older = button("Cũ hơn ›", "file.page", task_id, 0, str(offset + PAGE))
    return [*([newer] if offset else []), *([older] if offset + PAGE < count else [])]
