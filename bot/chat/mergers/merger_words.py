"""A merger in words: what it is called, what it changes, and what is to be decided or known first."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.actions.mergers.preview import View
from bot.chat.cards import clip
from bot.rules.mergers.wish import BLOCKING, Doubt, Kind, Remark

KINDS = {
    Kind.UNITE: "Hợp nhất",
    Kind.ABSORB: "Sáp nhập",
    Kind.SPLIT: "Tách đơn vị",
    Kind.DISSOLVE: "Giải thể",
    Kind.MOVE: "Chuyển đơn vị",
}
COUNTED = {
    "people": "người",
    "tasks": "việc đang mở",
    "series": "việc định kỳ",
    "parts": "phần phối hợp",
    "charges": "phần phụ trách",
    "invitations": "lời mời chưa dùng",
    "files": "tệp",
    "units": "đơn vị",
}
_REMARKS = {
    Doubt.SAME_UNIT: "⚠️ Một đơn vị không nhập vào chính nó.",
    Doubt.NAME_TAKEN: "⚠️ Tên {0} đang là của đơn vị khác cùng chỗ.",
    Doubt.OUTSIDE: "⚠️ Đơn vị của cơ quan và cơ quan ngoài không gộp được với nhau.",
    Doubt.TWO_HEADS: "⚠️ Có nhiều người đứng đầu: {all}. Đồng chí chọn một.",
    Doubt.NO_HEIR: "⚠️ Chưa có ai nhận việc ở lại. Chọn người đứng đầu trước.",
    Doubt.NO_HEAD: "Chưa có người đứng đầu.",
    Doubt.RENAMED: "Trùng tên: {0} thành {1}.",
    Doubt.LIFTED: "{0} đang trực thuộc đơn vị kết thúc nên chuyển lên cấp trên của đơn vị ấy.",
    Doubt.SHORT_TAKEN: "Tên tắt {0} đang là của đơn vị khác nên không giữ.",
    Doubt.OVERSEES: "Sẽ thấy việc toàn cơ quan: {all}.",
}
SHOWN = 12
"""Remarks: of units with many others of one name below."""
KEPT = "Việc đã xong giữ đơn vị cũ. Số việc, hạn, tệp, lịch sử không đổi. Mỗi người liên quan nhận một tin."


def title(view: View) -> str:
    """Return "Hợp nhất Phòng A, Phòng B thành Phòng C"."""
    wish, known = view.plan.wish, view.units
    names = ", ".join(known[one].name for one in wish.units if one in known)
    to = known[wish.into_id].name if wish.into_id in known and wish.into_id else wish.name
    words = {
        Kind.UNITE: f"Hợp nhất {names} thành {to}",
        Kind.ABSORB: f"Sáp nhập {names} vào {to}",
        Kind.SPLIT: f"Tách {to} từ {names}",
        Kind.DISSOLVE: f"Giải thể {names}, chuyển về {to}",
        Kind.MOVE: f"Chuyển {_people(view)} từ {names} sang {to}",
    }
    return clip(words[wish.kind], 250)


def preview(view: View, copies: bool) -> str:
    """Return all that would change, with what stands in the way; `copies` tells who backs up first."""
    wish = view.plan.wish
    lines = [f"<b>{title(view)}</b>"]
    if view.seen.rows:
        lines.append(f"Gồm: {counted(view.seen.counts)}.")
    lines += _heads(view)
    if wish.kind is Kind.SPLIT:
        lines.append(f"Người chuyển đi: {clip(_people(view), 200)}.")
    lines += _odd(view)
    lines += _remarks(view)
    if not view.plan.is_blocked:
        backup = [] if wish.kind is Kind.MOVE else [_backup(copies)]
        lines += [KEPT, *backup, f"Mã đối chiếu: {view.seen.fingerprint[:8]}"]
    return "\n".join(lines)


def _remarks(view: View) -> list[str]:
    """Return what stands in the way, and what else to know of it as far as there is room."""
    found = view.plan.remarks
    kept = [one for n, one in enumerate(found) if n < SHOWN or one.doubt in BLOCKING]
    more = len(found) - len(kept)
    rest = [f"… và {more} thay đổi khác như trên."] if more > 0 else []
    return [*map(remark, kept), *rest]


def _people(view: View) -> str:
    names = {one.id: one.name for one in view.members}
    return ", ".join(names[one] for one in view.plan.wish.people if one in names)


def _heads(view: View) -> list[str]:
    if len(view.plan.heads) != 1 or view.plan.wish.kind is Kind.MOVE:
        return []
    names = {one.id: one.name for one in view.members}
    return [f"Người đứng đầu: {escape(names.get(view.plan.heads[0], ''))}."]


def _odd(view: View) -> list[str]:
    """Say which work goes another way than its lead."""
    wish = view.plan.wish
    names = {one.id: one.name for one in view.members}
    staying = [one.task_id for one in view.moved if one.to_unit_id == one.unit_id]
    handed = [one.task_id for one in view.moved if one.lead_id != one.to_lead_id]
    coming = [one for one in handed if one not in staying]
    heir = names.get(view.heir_id or 0, "cấp trên")
    found = []
    if staying and wish.kind in {Kind.SPLIT, Kind.MOVE}:
        found.append(f"Ở lại, chuyển đồng chí {escape(heir)} chủ trì: {_numbers(staying)}.")
    if coming:
        found.append(f"Chuyển sang người đứng đầu mới: {_numbers(coming)}.")
    return found


def _numbers(task_ids: Sequence[int]) -> str:
    more = f" và {len(task_ids) - 10} việc khác" if len(task_ids) > 10 else ""
    return f"việc {', '.join(map(str, task_ids[:10]))}{more}"


def _backup(copies: bool) -> str:
    if copies:
        return "Bot chép lại cơ sở dữ liệu trước khi làm."
    return "Cơ sở dữ liệu PostgreSQL: người vận hành chạy dondoc backup trước rồi hãy bấm."


def counted(counts: Mapping[str, int]) -> str:
    """Return "3 người, 12 việc đang mở, 1 việc định kỳ"."""
    return ", ".join(f"{counts[what]} {name}" for what, name in COUNTED.items() if counts.get(what))


def differing(changed: Sequence[tuple[str, int, int]]) -> str:
    """Return what is not as it was seen: "việc đang mở 12, nay 13"."""
    found = [
        f"{COUNTED[what]} {before}, nay {now}" if before != now else f"{COUNTED[what]} đã khác"
        for what, before, now in changed
    ]
    return f"⚠️ Đã thay đổi từ lúc đồng chí xem: {'; '.join(found)}. Xem lại rồi bấm."


def remark(one: Remark) -> str:
    """Return a doubt in words; what is asked for before a preview has none."""
    names = [escape(name) for name in one.names] or [""]
    return _REMARKS.get(one.doubt, "").format(*names, *[""] * 2, all=", ".join(names))


def built_on(built: Mapping[str, Any]) -> str:
    """Return what came since and would be torn down."""
    words = {
        "newer": "lần sắp xếp sau",
        "units": "đơn vị đã sửa",
        "people": "chức vụ, người đã đổi",
        "tasks": "việc mới, đã xong hoặc đổi người",
        "series": "việc định kỳ đã đổi",
    }
    return ", ".join(f"{built[what]} {name}" for what, name in words.items() if built.get(what))
