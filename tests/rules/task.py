"""A task as the rules and the cards see it, with only what a test cares about named."""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.rules.workdays import Workdays
from storage.records import Reach, Status, TaskView, Urgency

WORKDAYS = Workdays()
MONDAY = date(2026, 12, 7)
ASSIGNER, LEAD, STRANGER = 1, 2, 3


def office(
    day: int, hour: int = 9, minute: int = 0, second: int = 0, *, month: int = 12
) -> datetime:
    """Return a moment of the office's clock in 2026, in UTC; 7 December is a Monday."""
    local = datetime(2026, month, day, hour, minute, second, tzinfo=WORKDAYS.timezone)
    return local.astimezone(UTC)


def due_on(day: date, clock: time | None = None) -> dict[str, Any]:
    """Return the columns of a deadline (domain.md, R1 and R4)."""
    due_at, late_from = WORKDAYS.due(day, clock)
    return {"due_at": due_at, "late_from": late_from, "has_clock": clock is not None}


def task(**known: Any) -> TaskView:
    """Return task 7, assigned by 1 to 2 in unit 5, due Friday without a clock."""
    columns: dict[str, Any] = {
        "id": 7,
        "title": "Soạn báo cáo quý",
        "text_id": None,
        "product": None,
        "urgency": Urgency.NORMAL,
        "status": Status.ASSIGNED,
        "version": 1,
        "assigner_id": ASSIGNER,
        "entered_by_id": ASSIGNER,
        "unit_id": 5,
        **due_on(date(2026, 12, 11)),
        "extensions": 0,
        "percent": 0,
        "note_id": None,
        "blocker_id": None,
        "created_at": office(7),
        "received_at": None,
        "reported_at": None,
        "submitted_at": None,
        "closed_at": None,
        "lead_id": LEAD,
        "lead_name": "Mạc Thiên Ân",
        "lead_position": "Chuyên viên",
        "lead_reach": Reach.REACHABLE,
        "assigner_name": "Trịnh Quang Lĩnh",
        "unit_name": "Phòng Tổng hợp",
        "note": None,
        "blocker": None,
        "request_id": None,
        "request_due_at": None,
        "request_has_clock": None,
        "request_reason": None,
        "others": "[]",
    }
    columns |= known
    columns.setdefault("first_due_at", columns["due_at"])
    columns.setdefault("first_late_from", columns["late_from"])
    return TaskView.model_validate(columns)
