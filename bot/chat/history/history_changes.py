"""What a line of history says of a change: what was before, and what is now."""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from bot.chat import dates, quality
from bot.chat.assigning import effort
from bot.chat.tasks import evidence_words
from bot.rules import recurrence
from bot.rules.workdays import Workdays
from storage.records import Quality, Urgency

PRODUCTS = ("Tờ trình", "Dự thảo", "Báo cáo", "Kế hoạch", "Quyết định", "Công văn", "Khác")
URGENCIES: dict[str, str] = {
    Urgency.NORMAL: "Thường",
    Urgency.URGENT: "Khẩn",
    Urgency.VERY_URGENT: "Thượng khẩn",
    Urgency.FLASH: "Hỏa tốc",
}
_FIELDS = {
    "title": "nội dung",
    "due_at": "hạn",
    "product": "sản phẩm",
    "urgency": "độ khẩn",
    "effort": "ngày công",
    "receiver": "nơi nhận",
    "evidence": "minh chứng",
    "decider_id": "cấp quyết",
}
_OF_SERIES = {"rule": "lặp lại", "clock": "giờ", "lead_id": "chủ trì", "title": "nội dung"}
_PARTS = {"support": "phối hợp", "follow": "theo dõi"}
_LONGEST = 150


def told(workdays: Workdays, event: Any, names: Mapping[int, str], texts: Mapping[int, str]) -> str:
    """Return what an event changed; `names` and `texts` are those its facts point to."""
    if event.kind == "task.grade":
        old, new = (quality.WORDS[Quality(event.facts[key])] for key in ("old", "new"))
        return f": {old} → {new}"
    if event.kind == "task.assign" and "day" in event.facts:
        return f" kỳ {_day(event.facts['day'])}"
    if event.kind.startswith("series."):
        return _told_of_series(event.facts, names, texts)
    if event.kind != "task.edit":
        return ""
    said = [
        f"{_FIELDS[field]}: {_value(field, old, workdays, _pointed(field, names, texts))}"
        f" → {_value(field, new, workdays, _pointed(field, names, texts))}"
        for field, (old, new) in event.facts.get("changes", {}).items()
    ]
    added = ", ".join(names.get(one, "") for one in event.facts.get("added", ()))
    removed = ", ".join(names.get(one, "") for one in event.facts.get("removed", ()))
    said += [f"thêm {_PARTS[event.facts['part']]} {escape(added)}"] if added else []
    said += [f"bỏ {escape(removed)}"] if removed else []
    return f", {'; '.join(said)}"


def _told_of_series(
    facts: Mapping[str, Any], names: Mapping[int, str], texts: Mapping[int, str]
) -> str:
    """Return the days that were skipped or missed, or what comes otherwise from here on."""
    days = [facts["day"]] if "day" in facts else facts.get("days", ())
    said = ", ".join(map(_day, days))
    changed = "; ".join(series_lines(facts, names, texts))
    return f" {said or changed}".rstrip()


def series_lines(
    facts: Mapping[str, Any], names: Mapping[int, str], texts: Mapping[int, str]
) -> list[str]:
    """Return what is otherwise of a series from its next task on, one line each."""
    changed, order = facts.get("changes", {}), list(_OF_SERIES)
    return [
        f"{_OF_SERIES[field]}: {_series_value(field, old, names, texts)}"
        f" → {_series_value(field, new, names, texts)}"
        for field, (old, new) in sorted(changed.items(), key=lambda one: order.index(one[0]))
    ]


def _series_value(
    field: str, value: Any, names: Mapping[int, str], texts: Mapping[int, str]
) -> str:
    if field == "rule":
        return recurrence.in_words(value)
    if field == "clock":
        return value or "hết ngày"
    return escape((names if field == "lead_id" else texts).get(value, "")[:_LONGEST])


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def text_ids(events: Any) -> set[int]:
    """Return the texts that changes point to."""
    return {
        one
        for event in events
        for field, both in event.facts.get("changes", {}).items()
        if field in {"title", "receiver"}
        for one in both
        if one is not None
    }


def _pointed(field: str, names: Mapping[int, str], texts: Mapping[int, str]) -> Mapping[int, str]:
    """Return what the numbers in a field's values point to: people, or texts."""
    return names if field == "decider_id" else texts


def _value(field: str, value: Any, workdays: Workdays, texts: Mapping[int, str]) -> str:
    if field == "due_at":
        return (
            dates.deadline(datetime.fromisoformat(value), workdays) if value else "không thời hạn"
        )
    if value is None:
        return "chưa có"
    if field == "urgency":
        return URGENCIES[Urgency(value)]
    if field == "effort":
        return effort.in_words(value)
    if field == "evidence":
        return evidence_words.CHOICES[value].lower()
    text = texts.get(value, "") if isinstance(value, int) else str(value)
    return escape(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
