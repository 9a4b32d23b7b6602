"""The words of an export: its lists, their columns, and what each column means."""

from bot.renderers.archive.archive_fields import FIELDS

NO_DEADLINE = "không thời hạn"
COLUMNS: dict[str, dict[str, str]] = {
    "viec": {
        "Việc số": "số của việc, không bao giờ đổi",
        "Nội dung công việc": "nội dung việc được giao",
        "Chủ trì": "người, hoặc cơ quan ngoài, chủ trì",
        "Đơn vị": "đơn vị của người chủ trì",
        "Phối hợp": "người và đơn vị phối hợp",
        "Theo dõi": "người theo dõi",
        "Hạn": "hạn đang áp dụng; không ghi giờ là cuối ngày làm việc",
        "Văn bản giao": "số, ký hiệu văn bản giao việc",
        "Độ khẩn": "độ khẩn",
        "Sản phẩm": "sản phẩm phải nộp",
        "Nơi nhận": "nơi nhận sản phẩm",
        "Cấp quyết": "ai quyết khi vướng",
        "Người giao": "người, hoặc tập thể, giao việc",
        "Trạng thái": "việc đang ở đâu, lúc xuất",
        "Tiến độ": "phần trăm đã báo",
        "Ngày giao": "lúc giao",
        "Ngày nộp": "lúc nộp kết quả",
        "Ngày kết thúc": "lúc nghiệm thu hoặc hủy",
        "Ghi chú": "báo cáo tiến độ gần nhất",
        "Vướng mắc": "vướng mắc đã báo, chưa gỡ",
    },
    "van-ban": {
        "Số": "số thứ tự",
        "Số, ký hiệu": "số, ký hiệu",
        "Loại": "loại văn bản",
        "Trích yếu": "trích yếu",
        "Nơi ban hành": "nơi ban hành",
        "Ngày ban hành": "ngày ban hành",
        "Ngày nhận": "ngày nhận",
    },
    "don-vi": {
        "Số": "số thứ tự",
        "Tên đơn vị": "tên đơn vị",
        "Thuộc đơn vị số": "đơn vị cấp trên",
        "Giải thể lúc": "trống là đang hoạt động",
    },
    "can-bo": {
        "Số": "số thứ tự",
        "Họ tên": "họ tên",
        "Chức danh": "chức danh",
        "Thôi lúc": "trống là đang công tác",
    },
    "lich-su": {
        "Số": "số thứ tự của sự kiện",
        "Lúc": "giờ của cơ quan",
        "Việc số": "việc liên quan",
        "Văn bản": "văn bản liên quan, số trong van-ban.csv",
        "Ai": "ai làm; Bot là hệ thống tự làm",
        "Sự kiện": "việc gì xảy ra",
        "Về ai": "ai được nói tới",
        "Lời kèm": "nguyên văn lời kèm theo",
    },
    "ghi-chu": {
        "Số": "số thứ tự của sự kiện trong lich-su.csv",
        "Lúc": "giờ của cơ quan",
        "Việc số": "việc được trao đổi",
        "Ai": "ai viết",
        "Nội dung": "nguyên văn",
    },
    "tep": {
        "Việc số": "việc có tệp",
        "Tên tệp": "tên khi gửi",
        "Số byte": "cỡ tệp",
        "SHA-256": "mã của nội dung",
        "Nơi lưu": "đường dẫn trong thư mục xuất; trống là nội dung không còn",
    },
}
"""For each list: its columns and their meaning, in the order of the cells."""
REGISTERS = {
    "documents": (
        "van-ban",
        ("id", "symbol", "kind", "title", "issuer", "issued_on", "received_on"),
    ),
    "units": ("don-vi", ("id", "name", "parent_id", "ended_at")),
    "people": ("can-bo", ("id", "name", "position", "ended_at")),
}
"""For each table: the name of its list, and the fields in its columns."""
_NAMED = {"tasks": "task", "task_people": "people"} | {
    table: f"{table}.jsonl" for table in ("people", "units", "leader_groups", "series", "documents")
}


def fields(table: str) -> dict[str, str]:
    """Return what each field of a table means."""
    return FIELDS[_NAMED.get(table, table)]
