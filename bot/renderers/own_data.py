"""The data held on a person as a ZIP: a page to read, and the same data as JSON."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.renderers.archive.archive_page import page, table

HEADINGS = {
    "person": "Thông tin trong danh sách",
    "roles": "Vai trò",
    "charges": "Đơn vị phụ trách",
    "absences": "Ngày nghỉ đã báo",
    "groups": "Nhóm lãnh đạo",
    "tasks": "Việc có tham gia",
    "assigned": "Việc đã giao hoặc đã nhập",
    "said": "Việc đã làm, lời đã ghi",
    "files": "Tệp đã gửi",
    "drafts": "Tin nháp",
    "questions": "Câu đã hỏi",
    "messages": "Tin bot đã soạn cho đồng chí",
}
Held = Mapping[str, Sequence[Mapping[str, Any]]]


def packed(name: str, held: Held) -> bytes:
    """Return the ZIP."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("du-lieu.html", _page(name, held))
        zipped.writestr("du-lieu.json", json.dumps(held, ensure_ascii=False, indent=1))
    return made.getvalue()


def _page(name: str, held: Held) -> str:
    parts = [f"<h2>{HEADINGS[key]}: {len(rows)}</h2>{_rows(rows)}" for key, rows in held.items()]
    return page(f"Dữ liệu bot lưu về đồng chí {name}", "".join(parts))


def _rows(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return "<p>Không có.</p>"
    cells = [["" if one is None else escape(str(one)) for one in row.values()] for row in rows]
    return table([escape(name) for name in rows[0]], cells)
