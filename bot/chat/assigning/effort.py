"""How much work a task is, in words: "2 ngày công"."""

from bot.rules.workdays import HOURS_A_DAY


def in_words(hours: int) -> str:
    """Return hours of work as whole or half days, or as hours."""
    if hours == HOURS_A_DAY // 2:
        return "nửa ngày công"
    if hours % (HOURS_A_DAY // 2):
        return f"{hours} giờ công"
    return f"{hours / HOURS_A_DAY:g} ngày công".replace(".", ",")


def beside(hours: int | None) -> str:
    """Return what stands behind a deadline; nothing where nobody said it."""
    return f" · khoảng {in_words(hours)}" if hours else ""
