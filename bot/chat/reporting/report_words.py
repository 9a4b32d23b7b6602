"""The figures of a report as a message."""

from html import escape

from bot.chat.reporting import shares
from bot.rules.reporting.reporting import Report


def figures(report: Report) -> str:
    """Return a report's figures in a few lines, with the moment as of which they are true."""
    found = report.counts
    whose = f" · {escape(report.about)}" if report.about else ""
    head = f"<b>Báo cáo {report.period.name}</b>{whose}\nTính đến {report.as_of}"
    if not report.rows:
        return f"{head}\n\nKỳ này không có việc nào."
    lines = [
        f"Tổng số: <b>{found.total}</b> việc (kỳ trước chuyển sang {report.carried}, giao mới {report.assigned})"
    ]
    lines += shares.lines(found)
    if found.correcting:
        lines.append(f"✏️ Đang đính chính, ngoài tổng số: <b>{found.correcting}</b>")
    return "\n\n".join([head, "\n".join(lines), "Bấm Word, PDF hoặc Excel để lập tệp dự thảo."])
