"""Lists that come as files: which they are, how large, how many of their lines a message shows."""

from collections.abc import Sequence

from bot.actions import dialogs
from bot.actions.files import spreadsheet
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.readers.row import Row

ENDINGS = (".csv", ".xlsx")
LIMIT = 5 * 1024 * 1024
SHOWN = 20


def at_most(lines: Sequence[str], last: str) -> str:
    """Return the first lines of a list, how many more there are, and a last line."""
    more = len(lines) - SHOWN
    rest = [f"... và {more} dòng khác."] if more > 0 else []
    return "\n".join([*lines[:SHOWN], *rest, last])


async def rows_of(turn: Turn, file_id: str) -> list[Row]:
    """Return the rows of a file that Telegram keeps.

    Refuses FILE_TOO_LARGE, FILE_GONE, BAD_FILE, FILE_TOO_HEAVY and READERS_BUSY.
    """
    return await spreadsheet.rows(await turn.speaker.download(file_id, LIMIT))


async def stop(turn: Turn) -> None:
    """A list that was laid aside is given up."""
    press = turn.pressed
    draft = await dialogs.current(turn.office, turn.who, press.id, press.version)
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.show(Message("Đã bỏ danh sách, chưa nhập gì."), "Đã bỏ")
