"""The columns of the sheet of tasks, and what each means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.renderers.reporting.overdue_parts import reason
from bot.renderers.tables import BUCKETS
from bot.rules.organisation.standing import Bucket
from bot.rules.reporting.reporting import Report, Row
from storage.records import Quality, Urgency

Value = str | int | float | datetime | None
_URGENCY = {
    Urgency.NORMAL: "Thường",
    Urgency.URGENT: "Khẩn",
    Urgency.VERY_URGENT: "Thượng khẩn",
    Urgency.FLASH: "Hỏa tốc",
}
_GRADES = {
    Quality.FAILED: "Không đạt",
    Quality.PASSED: "Đạt",
    Quality.GOOD: "Đạt tốt",
    Quality.EXCELLENT: "Đạt xuất sắc",
}
CORRECTING = "Đang đính chính"


@dataclass(frozen=True)
class Column:
    """A column: its name, its width in characters, its meaning, and the value for a task's row."""

    name: str
    width: int
    meaning: str
    value: Callable[[Report, Row], Value]


def standing(row: Row) -> str:
    """Return the name of a task's bucket."""
    return BUCKETS[row.bucket] if row.bucket else CORRECTING


def _grade(row: Row) -> str | None:
    return _GRADES.get(row.task.quality) if row.task.quality and row.finished_at else None


def _first(row: Row) -> str | None:
    """Return whether a finished task met its first deadline; None for one unfinished or under correction."""
    if row.finished_at is None or row.bucket is None:
        return None
    return "Quá hạn" if row.was_late_first else "Đúng hạn"


COLUMNS = (
    Column("Việc số", 9, "Số của việc, không đổi; gõ /viec và số để mở.", lambda _, row: row.task.id),
    Column("Nội dung", 60, "Nội dung việc được giao.", lambda _, row: row.task.title),
    Column("Kết quả", 24, "Nhóm của việc tại thời điểm báo cáo.", lambda _, row: standing(row)),
    Column("Đơn vị", 28, "Đơn vị, hoặc cơ quan ngoài, chủ trì.", lambda _, row: row.task.owner),
    Column("Chủ trì", 24, "Người chủ trì.", lambda _, row: row.task.lead),
    Column("Người giao", 24, "Người, hoặc tập thể, giao việc.", lambda _, row: row.task.assigner),
    Column("Văn bản", 20, "Văn bản giao việc.", lambda _, row: row.task.document),
    Column("Độ khẩn", 13, "Độ khẩn của việc.", lambda _, row: _URGENCY[row.task.urgency]),
    Column("Sản phẩm", 16, "Sản phẩm phải có.", lambda _, row: row.task.product),
    Column("Ngày giao", 17, "Lúc giao việc.", lambda _, row: row.task.created_at),
    Column("Hạn ban đầu", 17, "Hạn khi giao, trước mọi lần gia hạn.", lambda _, row: row.task.first_due_at),
    Column("Hạn hiện hành", 17, "Hạn đang áp dụng.", lambda _, row: row.task.due_at),
    Column("Ngày nộp", 17, "Lúc nộp kết quả; căn cứ tính đúng hạn.", lambda _, row: row.submitted_at),
    Column("Ngày nghiệm thu", 17, "Lúc kết quả được nghiệm thu.", lambda _, row: row.finished_at),
    Column("So hạn ban đầu", 15, "Việc đã hoàn thành so với hạn ban đầu.", lambda _, row: _first(row)),
    Column(
        "Số ngày quá hạn", 10, "Số ngày làm việc quá hạn hiện hành.", lambda report, row: report.days_late(row)
    ),
    Column("Tiến độ", 9, "Phần trăm đã báo cáo, từ 0 đến 100.", lambda _, row: row.task.percent),
    Column("Gia hạn", 9, "Số lần được gia hạn.", lambda _, row: row.task.extensions),
    Column("Bị trả lại", 9, "Số lần kết quả bị trả lại.", lambda _, row: row.task.returned),
    Column("Chất lượng", 14, "Đánh giá của người nghiệm thu.", lambda _, row: _grade(row)),
    Column("Minh chứng", 20, "Số, ký hiệu của kết quả.", lambda _, row: row.task.evidence),
    Column("Vướng mắc", 40, "Vướng mắc đã báo, chưa gỡ.", lambda _, row: row.task.blocker),
    Column(
        "Nguyên nhân quá hạn",
        40,
        "Của việc quá hạn chưa hoàn thành: vướng mắc, lý do xin gia hạn, hoặc báo cáo gần nhất.",
        lambda report, row: reason(report, row) if row.bucket is Bucket.OVERDUE else None,
    ),
)  # fmt: skip
DEFINITIONS = {
    "Việc trong kỳ": "Việc còn mở khi kỳ bắt đầu và việc giao trong kỳ; không kể việc đã hủy.",
    BUCKETS[
        Bucket.DONE_ON_TIME
    ]: "Được nghiệm thu trong kỳ; kết quả nộp trước khi hết hạn hiện hành.",
    BUCKETS[Bucket.DONE_LATE]: "Được nghiệm thu trong kỳ; kết quả nộp sau hạn hiện hành.",
    BUCKETS[
        Bucket.ON_TRACK
    ]: "Chưa hoàn thành, chưa đến hạn; hoặc đã nộp trong hạn, chờ nghiệm thu.",
    BUCKETS[Bucket.OVERDUE]: "Chưa hoàn thành và đã quá hạn; hoặc nộp sau hạn, chờ nghiệm thu.",
    BUCKETS[Bucket.NO_DEADLINE]: "Chưa hoàn thành và không có hạn.",
    CORRECTING: "Có số liệu đang đề nghị sửa; để ngoài tổng số cho đến khi được quyết định.",
    "Tổng số": "Năm nhóm trên cộng lại, không kể việc đang đính chính.",
    "Hạn không ghi giờ": "Hết hạn lúc 17:00; quá hạn sau 24:00 ngày đó.",
}
"""What the figures mean, besides the columns."""
