"""The rows of a list that somebody handed in."""

from bot.readers.door import read_sheet
from bot.readers.row import NoPlace, Row, TooHeavy, Unreadable
from bot.refusals import No, Refusal


async def rows(content: bytes) -> list[Row]:
    """Return the rows of a CSV or XLSX file that hold anything, of a workbook those of its first sheet.

    Refuses BAD_FILE, with the line where that is known, FILE_TOO_HEAVY, and READERS_BUSY.
    """
    try:
        return await read_sheet(content)
    except Unreadable as why:
        raise Refusal(No.BAD_FILE, line=why.line) from None
    except TooHeavy:
        raise Refusal(No.FILE_TOO_HEAVY) from None
    except NoPlace:
        raise Refusal(No.READERS_BUSY) from None
