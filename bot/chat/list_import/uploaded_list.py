"""A list sent as a file, by its headings: of days, units or people (an admin's), or of tasks."""

from collections.abc import Sequence
from html import escape

from bot.actions.list_import import import_tasks, task_file, units_file
from bot.actions.list_import.import_people import enrol
from bot.actions.office_days import calendar_file
from bot.chat.list_import import import_tasks as tasks
from bot.chat.list_import import units_import
from bot.chat.list_import.list_files import ENDINGS, rows_of
from bot.chat.list_import.people_file import change_lines, problem_lines, summary
from bot.chat.messages import Message
from bot.chat.office_days import office_days
from bot.chat.turn import Turn
from bot.readers.row import Row
from bot.refusals import No, Refusal
from bot.rules import access

SHOWN = 25
_NO_LIST = {No.BAD_FILE, No.FILE_TOO_HEAVY}


async def received(turn: Turn, asked: bool) -> bool:
    """Take a list from somebody who may send it; False for any other message.

    Who leads the office sends tasks: a file with words is no list, nor one while something is `asked`.
    """
    sent = turn.message.document if turn.message else None
    if sent is None or not (sent.file_name or "").lower().endswith(ENDINGS):
        return False
    admin = access.is_admin(turn.member)
    if not admin and (asked or turn.text.strip() or not import_tasks.may_send(turn.who)):
        return False
    try:
        rows = await rows_of(turn, sent.file_id)
    except Refusal as refusal:
        if admin or refusal.kind not in _NO_LIST:
            raise
        turn.file.unread = refusal
        return False
    has_tasks = task_file.fits(rows)
    if not (admin or has_tasks):
        return False
    turn.file.settled = True
    if has_tasks:
        await tasks.received(turn, rows, sent.file_id)
    elif calendar_file.fits(rows):
        await office_days.received(turn, rows)
    elif units_file.fits(rows):
        await units_import.received(turn, rows, sent.file_id)
    else:
        await _people(turn, rows)
    return True


async def _people(turn: Turn, rows: Sequence[Row]) -> None:
    """Take a list of people in and say what came of it, line by line."""
    done = await enrol(turn.office.db, rows, turn.now, turn.member, turn.key)
    if done.problems:
        lines = [
            *problem_lines(done.problems[:SHOWN]),
            "Chưa nhập dòng nào. Đồng chí sửa rồi gửi lại tệp.",
        ]
        if len(done.problems) > SHOWN:
            lines.insert(-1, f"... và {len(done.problems) - SHOWN} lỗi khác.")
    else:
        lines = [summary(done), *change_lines(done.outcomes)[:SHOWN], "Mời người chưa vào: /moi"]
    await turn.say(Message(escape("\n".join(lines))))
