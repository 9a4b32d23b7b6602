"""A figure under correction in words: "ngày nộp từ 17:00 14/12 thành 17:00 10/12"."""

from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from bot.chat import dates
from bot.rules.workdays import Workdays
from storage.records import Quality

_NAMES = {
    "submitted_at": "ngày nộp",
    "percent": "tiến độ",
    "quality": "chất lượng",
    "product": "sản phẩm",
}
_GRADES = {
    Quality.FAILED: "Không đạt",
    Quality.PASSED: "Đạt",
    Quality.GOOD: "Đạt tốt",
    Quality.EXCELLENT: "Đạt xuất sắc",
}
_WORDS: dict[str, Callable[[Any, Workdays], str]] = {
    "submitted_at": lambda value, days: dates.short(datetime.fromisoformat(value), days),
    "percent": lambda value, days: f"{value}%",
    "quality": lambda value, days: _GRADES[Quality(value)],
    "product": lambda value, days: escape(str(value)),
}


def change(facts: Mapping[str, Any], workdays: Workdays) -> str:
    """Return which figure changes from what to what, safe in HTML."""
    words = _WORDS[facts["field"]]
    before = f" từ {words(facts['from'], workdays)}" if facts["from"] is not None else ""
    return f"{_NAMES[facts['field']]}{before} thành {words(facts['to'], workdays)}"
