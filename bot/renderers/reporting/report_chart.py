"""A report, or the present state of all work, as a picture."""

from bot.renderers.reporting.charts import Bar, Chart, png
from bot.renderers.reporting.report_paper import subject
from bot.rules.reporting.overview import Overview
from bot.rules.reporting.reporting import Report
from storage.records import Counts, Group


def picture(report: Report) -> bytes:
    """Return the picture of a report as PNG."""
    return png(chart(report))


def chart(report: Report) -> Chart:
    """Return the figures for a report's picture."""
    return Chart(
        title=subject(report),
        at=f"Tính đến {report.as_of}, {report.counts.total} việc",
        units=[Bar(one.name, one.counts) for one in report.units],
        part="tháng" if report.is_long else "tuần",
        weeks=_trend(report),
        people=[Bar(one.name, one.counts) for one in report.people],
    )


def overview_chart(found: Overview) -> Chart:
    """Return the figures of the summary, with the trend of the last weeks."""
    total = sum(one.total for one in found.units)
    return Chart(
        title=f"Tổng hợp nhiệm vụ, {found.body}",
        at=f"Tính đến {found.at:%H:%M ngày %d/%m/%Y}, {total} việc",
        units=[Bar(one.name or "Chưa rõ đơn vị", _counts(one)) for one in found.units],
        part="tuần",
        weeks=[Bar(f"{monday:%d/%m}", counts) for monday, counts in found.weeks],
        people=[Bar(one.name, _counts(one)) for one in found.people if one.name],
    )


def _trend(report: Report) -> list[Bar]:
    form = "%m/%y" if report.is_long else "%d/%m"
    return [Bar(f"{one.period.first:{form}}", one.counts) for one in report.trend]


def _counts(group: Group) -> Counts:
    return Counts(**{name: getattr(group, name) for name in Counts.model_fields})
