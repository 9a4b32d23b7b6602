"""A report as a picture."""

from bot.documents.charts import Bar, Chart, png
from bot.documents.report_paper import subject
from bot.rules.reporting import Report


def picture(report: Report) -> bytes:
    """Return the picture of a report as PNG."""
    return png(chart(report))


def chart(report: Report) -> Chart:
    """Return the figures that a report's picture shows."""
    form = "%m/%y" if report.is_long else "%d/%m"
    return Chart(
        title=subject(report),
        at=f"Tính đến {report.as_of}, {report.counts.total} việc",
        units=[Bar(one.name, one.counts) for one in report.units],
        part="tháng" if report.is_long else "tuần",
        weeks=[Bar(f"{one.period.first:{form}}", one.counts) for one in report.trend],
        people=[Bar(one.name, one.counts) for one in report.people],
    )
