"""Deadlines in words: hour, weekday, date, and the working days left."""

from datetime import date, datetime

from bot.rules.organisation.standing import Dated, days_late, is_late
from bot.rules.workdays import Workdays
from storage.records import Task

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_NEAR = {-1: "hôm qua", 0: "hôm nay", 1: "ngày mai"}


def day(moment: datetime, workdays: Workdays) -> str:
    """Return "thứ Sáu, 11/12/2026" in the office's zone."""
    return written(workdays.local(moment))


def deadline(due_at: datetime, workdays: Workdays) -> str:
    """Return "17:00 thứ Sáu, 11/12/2026" in the office's zone."""
    local = workdays.local(due_at)
    return f"{local.hour:02}:{local.minute:02} {written(local)}"


def written(local: date) -> str:
    """Return "thứ Sáu, 11/12/2026"."""
    return f"{WEEKDAYS[local.weekday()]}, {local.day:02}/{local.month:02}/{local.year}"


def short(moment: datetime, workdays: Workdays) -> str:
    """Return "17:00 11/12" in the office's zone."""
    return f"{workdays.local(moment):%H:%M %d/%m}"


def left(due_at: datetime, now: datetime, workdays: Workdays) -> str:
    """Return how far a deadline is from now, ahead or past, in everyday words."""
    due, today = workdays.local(due_at).date(), workdays.local(now).date()
    ahead = (due - today).days
    if ahead in _NEAR:
        return _NEAR[ahead]
    if ahead < 0:
        return f"{-ahead} ngày trước"
    days = workdays.count(today, due)
    return f"còn {days} ngày làm việc" if days else "trong ngày nghỉ"


def first(task: Task, workdays: Workdays) -> str:
    """Return "hạn đầu 11/12/2026, gia hạn 2 lần" for a task whose deadline was extended."""
    day = workdays.local(task.first_due_at or task.due_at or task.created_at)
    return f"hạn đầu {day:%d/%m/%Y}, gia hạn {task.extensions} lần"


def standing(task: Dated, now: datetime, workdays: Workdays) -> str:
    """Return the deadline of an open task with the time left, or with how late the task is."""
    if task.due_at is None:
        return "không thời hạn"
    text = deadline(task.due_at, workdays)
    if is_late(task, now):
        return f"{text} ({late(task, now, workdays)})"
    return text if task.submitted_at else f"{text} ({left(task.due_at, now, workdays)})"


def late(task: Dated, now: datetime, workdays: Workdays) -> str:
    """Return "quá hạn 3 ngày làm việc", or "" for a task that is not late.

    On the day of the deadline it counts no days: "vừa quá hạn".
    """
    if not is_late(task, now) or task.due_at is None:
        return ""
    if workdays.local(task.submitted_at or now).date() == workdays.local(task.due_at).date():
        return "vừa quá hạn"
    return f"quá hạn {days_late(task, now, workdays)} ngày làm việc"


def span(first: date, last: date) -> str:
    """Return "từ 09/12 đến 12/12/2026", or "ngày 09/12/2026"."""
    if first == last:
        return f"ngày {last:%d/%m/%Y}"
    return f"từ {first:%d/%m} đến {last:%d/%m/%Y}"


def days(first: date, last: date, workdays: Workdays) -> str:
    """Return the period from the first to the last day in words, with its number of working days."""
    count = workdays.count(first, last) + workdays.is_working(first)
    worked = f" ({count} ngày làm việc)" if count else " (ngày nghỉ)"
    if first == last:
        return f"Ngày {written(first)}{worked}"
    return f"Từ {written(first)} đến {written(last)}{worked}"
