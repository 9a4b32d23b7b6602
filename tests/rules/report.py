"""A report as documents get it, with only what a test cares about named."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.rules.letterhead import Letterhead
from bot.rules.reporting.periods import Kind, Period
from bot.rules.reporting.reporting import Report
from storage.records import ReportLine, Status, Urgency
from tests.rules.task import WORKDAYS, office

DECEMBER = Period(Kind.MONTH, date(2026, 12, 1), date(2026, 12, 31))
HEAD = Letterhead(
    body="Văn phòng Thành ủy",
    above="Thành ủy Thành phố Hồ Chí Minh",
    place="TP. Hồ Chí Minh",
    symbol="VPTU",
    signer="Trịnh Quang Lĩnh",
)


def line(number: int, **known: Any) -> ReportLine:
    """Return a task of Mạc Thiên Ân that was assigned on 1 December and is due on the 11th."""
    columns: dict[str, Any] = {
        "id": number,
        "title": "Soạn báo cáo quý",
        "product": "Báo cáo",
        "urgency": Urgency.NORMAL,
        "status": Status.IN_PROGRESS,
        "in_correction": False,
        "owner_id": 3,
        "owner": "Phòng Tổng hợp",
        "above": "Thành ủy",
        "lead_id": 7,
        "lead": "Mạc Thiên Ân",
        "assigner": "Trịnh Quang Lĩnh",
        "created_at": office(1),
        "due_at": office(11, 17),
        "late_from": office(12, 0),
        "has_clock": False,
        "percent": 0,
        "extensions": 0,
        "returned": 0,
        "submitted_at": None,
        "closed_at": None,
        **dict.fromkeys(("decider", "document", "quality", "evidence")),
        **dict.fromkeys(("blocker", "reported", "asked")),
    }
    columns |= known
    columns.setdefault("first_due_at", columns["due_at"])
    columns.setdefault("first_late_from", columns["late_from"])
    return ReportLine.model_validate(columns)


def done(number: int, at: datetime, **known: Any) -> ReportLine:
    """Return a task that was handed in and accepted at a moment."""
    return line(number, status=Status.DONE, submitted_at=at, closed_at=at, **known)


def report(
    lines: Sequence[ReportLine],
    *,
    period: Period | None = None,
    now: datetime | None = None,
    about: str | None = None,
) -> Report:
    """Return the report of December 2026, as it is on the 14th."""
    period, now = period or DECEMBER, now or office(14)
    _, until = period.moments(WORKDAYS)
    return Report(HEAD, now, about, period, min(now, until), WORKDAYS, lines)
