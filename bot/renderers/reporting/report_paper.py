"""A report as a paper: its head and end; the parts between are in `report_parts`."""

from datetime import datetime

from bot.renderers.reporting.overdue_parts import annex
from bot.renderers.reporting.paper import Annex, Block, Paper
from bot.renderers.reporting.report_parts import parts
from bot.rules.letterhead import Letterhead
from bot.rules.reporting.reporting import Report


def paper(report: Report) -> Paper:
    """Return the draft of a report; the office fills in its number, and the signer is that of the letterhead."""
    head = report.head
    local = report.workdays.local(report.made_at)
    listed = annex(report)
    overdue: list[Block] = [
        Annex(f"Nhiệm vụ quá hạn, nguyên nhân (tính đến {report.as_of})"),
        *listed,
    ]
    return Paper(
        above=head.above.upper(),
        body=head.body.upper(),
        symbol=f"Số        -BC/{head.symbol or '......'}",
        dated=f"{head.place or '..................'}, {dated(local)}",
        title="BÁO CÁO",
        subject=subject(report),
        blocks=parts(report),
        annex=overdue if listed else [],
        recipients=_recipients(head),
        authority=head.authority.upper(),
        signs=head.title.upper(),
        signer=head.signer,
        made=f"Lập lúc {local:%H:%M %d/%m/%Y}",
    )


def subject(report: Report) -> str:
    """Return the subject of a report: "Tình hình thực hiện nhiệm vụ tháng 11 năm 2026"."""
    of = f" của {report.about}" if report.about else ""
    what = "Tổng kết việc thực hiện" if report.is_review else "Tình hình thực hiện"
    return f"{what} nhiệm vụ được giao{of} {report.period.name}"


def _recipients(head: Letterhead) -> list[str]:
    above = [f"- {head.above} (để báo cáo),"] if head.above else []
    return [*above, f"- Lãnh đạo {head.body},", f"- Lưu {head.symbol or head.body}."]


def dated(day: datetime) -> str:
    """Write a date as official papers do: days below 10 and the months 1 and 2 with a leading 0."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"
