"""What an import of people did, or what is wrong in the list, in words."""

from collections.abc import Iterable, Sequence

from bot.actions.list_import.import_people import Effect, Enrolment, Outcome
from bot.actions.list_import.people_file import Problem, Wrong

_WORDS = {
    Wrong.SECRET: "có dấu hiệu bí mật nhà nước nên danh sách không được đọc. Đồng chí bỏ nội dung đó rồi gửi lại",
    Wrong.DOUBTFUL: "có chữ có thể là dấu Mật. Đồng chí gõ đủ dấu tiếng Việt ở dòng này rồi gửi lại",
    Wrong.EMPTY: "danh sách chưa có ai",
    Wrong.NO_COLUMN: "thiếu cột “{column}”",
    Wrong.UNKNOWN_COLUMN: "không có cột nào tên “{column}”. Các cột dùng được: {allowed}",
    Wrong.COLUMN_TWICE: "cột “{column}” có hai lần",
    Wrong.TOO_MANY_CELLS: "nhiều ô hơn tiêu đề ({count} cột); có thể thiếu dấu ngoặc kép quanh dấu phẩy",
    Wrong.MISSING: "chưa ghi “{column}”",
    Wrong.TOO_LONG: "“{column}” dài quá {limit} ký tự",
    Wrong.GARBLED: "“{value}” bị mất chữ khi lưu tệp. Đồng chí lưu lại thành Excel (.xlsx) hoặc CSV UTF-8",
    Wrong.BAD_ID: "telegram_id “{value}” không phải số Telegram. Ví dụ: 123456789",
    Wrong.BAD_USERNAME: "username “{value}” không hợp lệ. Ví dụ: nguyenvana",
    Wrong.BAD_ROLE: "vai trò “{value}” không có. Các vai trò: {allowed}",
    Wrong.ID_TWICE: "telegram_id {value} đã có ở dòng {first}",
    Wrong.USERNAME_TWICE: "username “{value}” đã có ở dòng {first}",
    Wrong.PERSON_TWICE: "đồng chí {name} đã có ở dòng {first}, cùng đơn vị. Nếu là hai người cùng tên, ghi telegram_id cho cả hai",
    Wrong.ID_TAKEN: "telegram_id {value} đang là của đồng chí {name}",
    Wrong.USERNAME_TAKEN: "username “{value}” đang là của đồng chí {name}",
    Wrong.OTHER_ACCOUNT: "đồng chí {name} trong đơn vị này đã có tài khoản Telegram khác. Nếu đổi điện thoại, gửi liên kết mời; nếu là người khác cùng tên, ghi cả hai dòng với telegram_id",
    Wrong.WHICH_PERSON: "có nhiều đồng chí {name} trong đơn vị này, chưa rõ là ai. Ghi telegram_id hoặc username",
    Wrong.WHICH_UNIT: "có nhiều đơn vị tên “{unit}”. Ghi cả đơn vị trên, ví dụ: Đảng ủy phường A > Văn phòng",
    Wrong.NO_SUCH_UNIT: "chưa có đơn vị “{unit}” để phụ trách",
    Wrong.UNIT_LOOP: "đơn vị “{unit}” không thể trực thuộc chính nó",
    Wrong.UNIT_UNNAMED: "đơn vị “{unit}” chưa có tên. Ví dụ: Phòng Tổng hợp, hoặc Đảng ủy phường A > Văn phòng",
}
_COLUMNS = {
    "name": "họ tên",
    "position": "chức vụ",
    "telegram_id": "tài khoản Telegram",
    "username": "username",
    "aliases": "tên gọi khác",
    "role": "vai trò",
    "unit": "đơn vị",
    "in_charge": "đơn vị phụ trách",
}


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Return one sentence for each problem."""
    return [_problem(problem) for problem in problems]


def summary(done: Enrolment) -> str:
    """Return what an import did, in one sentence."""
    counts = [
        f"thêm {done.count(Effect.ADDED)} người",
        f"cập nhật {done.count(Effect.CHANGED)}",
        f"giữ nguyên {done.count(Effect.SAME)}",
        f"thêm {done.units_added} đơn vị",
    ]
    return f"Đã nhận danh sách: {', '.join(counts)}."


def change_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Return one line for each person that was known and is changed."""
    return [
        f"Dòng {one.line}: {one.name}: đổi {', '.join(_COLUMNS[name] for name in one.changed)}."
        for one in outcomes
        if one.effect is Effect.CHANGED
    ]


def _problem(problem: Problem) -> str:
    where = f"Dòng {problem.line}" if problem.line else "Tệp"
    return f"{where}: {_WORDS[problem.kind].format(**problem.facts)}."
