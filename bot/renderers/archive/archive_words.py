"""The words of a package: on its pages, in its lists and in its description."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from bot.renderers.archive.archive_page import page, table
from bot.rules.organisation.standing import Bucket

PUNCTUAL: dict[Bucket | None, str] = {
    Bucket.DONE_ON_TIME: " đúng hạn",
    Bucket.DONE_LATE: " quá hạn",
}
LEAD = "Chủ trì"
UNIT = "Đơn vị"
ASSIGNER = "Người giao"
ENTERED = "Người nhập"
DOCUMENT = "Theo văn bản"
WHOLE = "Phần của việc số"
URGENCY = "Độ khẩn"
PRODUCT = "Sản phẩm"
RECEIVER = "Nơi nhận"
DECIDER = "Cấp quyết"
ASSIGNED = "Giao lúc"
DUE = "Hạn"
EXTENDED = "Gia hạn"
RECEIVED = "Nhận lúc"
SUBMITTED = "Nộp lúc"
EVIDENCE = "Minh chứng"
CLOSED = "Kết thúc lúc"
QUALITY = "Chất lượng"
SAID = "Giao việc nguyên văn"
PROGRESS = "Báo cáo tiến độ"
BLOCKER = "Vướng mắc"
RESULT = "Kết quả"
REASON = "Lý do"
NO_DEADLINE = "không thời hạn"
TASKS = (
    *("Việc số", "Nội dung", "Chủ trì", "Đơn vị", "Người giao", "Theo văn bản", "Giao lúc"),
    *("Hạn", "Nộp lúc", "Kết thúc lúc", "Kết quả", "Chất lượng", "Số tệp"),
    *("Trang đọc", "Dữ liệu", "Dòng"),
)
FILES = ("Việc số", "Tên tệp", "Số byte", "SHA-256", "Nơi lưu")
REGISTERS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "documents": (
        "van-ban",
        ("Số", "Số, ký hiệu", "Loại", "Trích yếu", "Nơi ban hành", "Ngày ban hành"),
        ("id", "symbol", "kind", "title", "issuer", "issued_on"),
    ),
    "people": ("can-bo", ("Số", "Họ tên", "Chức danh"), ("id", "name", "position")),
    "units": ("don-vi", ("Số", "Tên đơn vị", "Đơn vị cấp trên"), ("id", "name", "parent_id")),
}
DESCRIPTION = ("Bảng", "Trường", "Ý nghĩa")
_GUIDE = (
    ("danh-muc/viec.csv", "danh mục việc, mở bằng Excel; mỗi dòng ghi trang để đọc"),
    ("danh-muc/tep.csv", "danh mục tệp"),
    ("danh-muc/van-ban.csv", "văn bản giao việc"),
    ("danh-muc/can-bo.csv", "cán bộ có tên trong hồ sơ"),
    ("danh-muc/don-vi.csv", "đơn vị có tên trong hồ sơ"),
    ("mo-ta-truong.csv", "ý nghĩa từng trường của dữ liệu trong viec/ và so-lieu/"),
)


@dataclass(frozen=True)
class Opening:
    """What the first page says of the package; `year` is None for a unit's package, `sealed` is a moment in words."""

    office: str
    year: int | None
    tasks: int
    files: int
    sealed: str


def title(year: int | None) -> str:
    """Return what a package holds: "Hồ sơ công việc năm 2026"."""
    return f"Hồ sơ công việc năm {year}" if year else "Hồ sơ công việc của đơn vị giải thể"


def described(year: int | None, tasks: int) -> str:
    """Return the description line of bag-info.txt."""
    return f"{title(year)}, {tasks} việc"


def pages(office: str, first: int, last: int) -> str:
    """Return the heading of a page with some tasks."""
    return f"{office}: việc số {first} đến {last}"


def index(opening: Opening, made: Iterable[tuple[str, int, int]]) -> str:
    """Return the first page: where everything is, and which tasks are on which page."""
    lists = "".join(f'<li><a href="{path}">{path}</a>: {what}</li>' for path, what in _GUIDE)
    linked = [(f"{first} đến {last}", f'<a href="{path}">{path}</a>') for path, first, last in made]
    body = (
        f"<p>{opening.tasks} việc, {opening.files} tệp. Niêm lúc {escape(opening.sealed)}.</p>"
        f"<h2>Trong gói có gì</h2><ul>{lists}</ul><p>Gói theo chuẩn BagIt (RFC 8493): "
        "manifest-sha256.txt ghi mã SHA-256 của từng tệp. Kiểm tra gói: <b>dondoc verify</b> và đường "
        f"dẫn tới gói.</p><h2>Các việc</h2>{table(('Việc số', 'Trang'), linked)}"
    )
    return page(f"{opening.office}: {title(opening.year)}", body)
