"""What a list of units would change, did, or has wrong, in words."""

from collections.abc import Iterable, Mapping

from bot.actions.list_import.units_file import Problem, Wrong
from bot.actions.list_import.units_plan import UnitChange, UnitsPlan
from bot.chat.cards import clip

_WRONG = {
    Wrong.DOUBTFUL: "có chữ có thể là dấu Mật. Gõ đủ dấu tiếng Việt ở dòng này",
    Wrong.EMPTY: "dưới tiêu đề chưa có đơn vị nào",
    Wrong.UNKNOWN_COLUMN: "không có cột nào tên “{said}”. Các cột: đơn vị, tên tắt, tên cũ, đơn vị trên, người đứng đầu, cấp phó, biên chế",
    Wrong.MISSING: "chưa ghi tên đơn vị",
    Wrong.UNNAMED: "“{said}” chưa phải tên đơn vị",
    Wrong.TOO_LONG: "tên đơn vị “{said}” dài quá, hoặc quá 20 tên tắt",
    Wrong.BAD_COUNT: "biên chế “{said}” không phải số. Ví dụ: 8",
    Wrong.NO_SUCH_UNIT: "chưa có đơn vị “{said}”; thêm một dòng cho đơn vị ấy",
    Wrong.WHICH_UNIT: "có nhiều đơn vị tên “{said}”. Ghi cả đơn vị trên, ví dụ: Đảng ủy phường A > Văn phòng",
    Wrong.UNIT_LOOP: "“{said}” không thể trực thuộc chính nó",
    Wrong.UNIT_TWICE: "“{said}” có hai dòng",
    Wrong.PLACE_TAKEN: "“{said}”: nơi ấy đã có đơn vị tên này",
    Wrong.SHORT_TAKEN: "tên tắt “{said}” đang là của đơn vị khác",
    Wrong.NO_SUCH_PERSON: "chưa có đồng chí “{said}”. Nhập danh sách người trước",
    Wrong.WHICH_PERSON: "có nhiều đồng chí {said} trong đơn vị",
    Wrong.NOT_IN_UNIT: "đồng chí {said} chưa ở đơn vị này. Chuyển bằng /nguoi rồi nhập lại",
    Wrong.NOT_DEPUTY: "đồng chí {said} chưa có chức vụ cấp phó. Sửa chức vụ bằng /nguoi",
}


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Return one sentence for each problem."""
    return [
        f"Dòng {one.line}: {_WRONG[one.kind].format(said=clip(one.said, 60))}." for one in problems
    ]


def change_lines(plan: UnitsPlan, names: Mapping[int, str]) -> list[str]:
    """Return a line for each unit that is new or changes; `names` are those of living units."""
    names = {**names, **{one.unit_id: one.name for one in plan.changes}}
    return [_line(one, names) for one in plan.changes]


def summary(plan: UnitsPlan) -> str:
    """Return the counts: "thêm 3 đơn vị, sửa 2, giữ nguyên 14"."""
    new = sum(one.is_new for one in plan.changes)
    return f"thêm {new} đơn vị, sửa {len(plan.changes) - new}, giữ nguyên {plan.unchanged}"


def _line(one: UnitChange, names: Mapping[int, str]) -> str:
    above = f"dưới {names[one.parent_id]}" if one.parent_id is not None else "ở đầu cây"
    what = [f"thêm {above}"] if one.is_new else []
    what += ["tên mới"] if "name" in one.changed else []
    what += [f"chuyển về {above}"] if "above" in one.changed else []
    what += [f"tên tắt {', '.join(one.short_names)}"] if one.short_names else []
    what += [f"biên chế {one.posts}"] if one.posts is not None else []
    what += [f"đứng đầu {one.led.head.name}"] if one.led.head else []
    what += [
        f"{person.name} phụ trách {', '.join(names[unit] for unit in charges) or '(không)'}"
        for person, charges in one.led.charges.items()
    ]
    doubt = " ⚠️ nơi khác đã có tên này; nếu là chuyển đi, ghi chỗ cũ vào cột tên cũ"
    return f"Dòng {one.line}: {clip(one.name, 60)}: {clip('; '.join(what), 160)}{doubt * one.elsewhere}"
