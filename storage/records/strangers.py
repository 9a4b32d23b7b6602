"""What people whom the office does not know have tried."""

from storage.records.record import Record


class Tried(Record):
    """Texts with a mark of secrecy, codes that were no invitation, and groups the bot was put into or out of."""

    marked: int = 0
    wrong_codes: int = 0
    group_moves: int = 0
