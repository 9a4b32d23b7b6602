"""An admin sends a list as a file, of people or of days: it is taken whole, or every problem is named."""

from html import escape

from bot.actions import calendar_file
from bot.actions.enrol import enrol
from bot.chat import calendar
from bot.chat.messages import Message
from bot.chat.people_file import change_lines, problem_lines, summary
from bot.chat.turn import Turn
from bot.rules import access

ENDINGS = (".csv", ".xlsx")
LIMIT = 5 * 1024 * 1024
SHOWN = 25


def fits(turn: Turn) -> bool:
    """Tell whether a message is a list from somebody who may change people and calendar."""
    message = turn.message
    sent = message.document if message else None
    name = (sent.file_name or "").lower() if sent else ""
    return name.endswith(ENDINGS) and access.is_admin(turn.member)


async def received(turn: Turn) -> None:
    """Take the list in and say what came of it, line by line."""
    sent = turn.message.document if turn.message else None
    if sent is None:
        return
    content = await turn.speaker.download(sent.file_id, LIMIT)
    if calendar_file.fits(content):
        await calendar.received(turn, content)
        return
    done = await enrol(turn.office.db, content, turn.now, turn.member, turn.key)
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
