"""The figures of a report as a message."""

from html import escape

from bot.rules.reporting import Report, percent
from bot.rules.standing import Bucket

NAMES = {
    Bucket.DONE_ON_TIME: "🟢 Hoàn thành đúng hạn",
    Bucket.DONE_LATE: "🟠 Hoàn thành quá hạn",
    Bucket.ON_TRACK: "🔵 Trong hạn",
    Bucket.OVERDUE: "🔴 Quá hạn",
    Bucket.NO_DEADLINE: "Không thời hạn",
}


def figures(report: Report) -> str:
    """Return what a report says in a few lines, with the moment it is true for."""
    found = report.counts
    whose = f" · {escape(report.about)}" if report.about else ""
    head = f"<b>Báo cáo {report.period.name}</b>{whose}\nTính đến {report.as_of}"
    if not report.rows:
        return f"{head}\n\nKỳ này không có việc nào."
    lines = [
        f"Tổng số: <b>{found.total}</b> việc (kỳ trước chuyển sang {report.carried}, giao mới {report.assigned})"
    ]
    for bucket, name in NAMES.items():
        count = getattr(found, bucket)
        if count or bucket is not Bucket.NO_DEADLINE:
            lines.append(f"{name}: <b>{count}</b> ({percent(count, found.total)})")
    if found.correcting:
        lines.append(f"✏️ Đang đính chính, ngoài tổng số: <b>{found.correcting}</b>")
    return "\n\n".join([head, "\n".join(lines), "Bấm Word, PDF hoặc Excel để lập tệp dự thảo."])
