"""What an office's list of tasks would become, in words: a line for each doubt, and the counts."""

from collections.abc import Iterable, Sequence
from html import unescape

from bot.actions.list_import.import_tasks import Looked
from bot.chat.cards import clip
from bot.chat.directives.entry_card import WRONG
from bot.language.names.people import Roster
from bot.rules.workdays import Workdays

_MAY_BE_MARKED = "có chữ có thể là dấu Mật nên không đọc; gõ đủ dấu tiếng Việt"


def not_read(lines: Iterable[int]) -> list[str]:
    """Return a line for each row that was not read since it may carry a mark of secrecy."""
    return [f"Dòng {line}: {_MAY_BE_MARKED}" for line in lines]


def doubts(looked: Iterable[Looked], roster: Roster, workdays: Workdays) -> list[str]:
    """Return a line for each row that is not taken in for a doubt: "Dòng 7: thiếu hạn"."""
    lines = []
    for one in looked:
        said = [WRONG[fault.kind](fault.facts, roster, workdays) for fault in one.doubts]
        said += [f"văn bản chưa đọc được: “{clip(one.row.document, 40)}”"] * one.document_unread
        said += [f"trùng dòng {one.same_as}"] if one.same_as else []
        if said and not (one.task_id or one.row.is_over):
            lines.append(unescape(f"Dòng {one.row.line}: {'; '.join(said)}"))
    return lines


def who_assigns(by: str | None, found: int, leaders: Sequence[str]) -> str:
    """Return which name is wanted after --by, of several leaders of the whole office, of none, or of who it names.

    `found` is how many that is.
    """
    example = f'ví dụ --by "{next(iter(leaders), "Trịnh Quang Lĩnh")}".'
    if by is not None and found:
        return f"Có {found} đồng chí tên “{by}”: đổi tên một người trong danh sách, hoặc ghi tên khác, {example}"
    if by is not None:
        return f"Không có ai tên “{by}”. Ghi đủ tên như trong danh sách người, {example}"
    if leaders:
        return f"Người giao là ai trong {len(leaders)} đồng chí lãnh đạo? Ghi tên, {example}"
    none = "Chưa có lãnh đạo nào của toàn cơ quan để đứng tên giao việc"
    return f"{none}: nhập bằng dondoc people import, hoặc ghi tên người giao, {example}"


def summary(looked: Sequence[Looked], unused: Sequence[str], not_read: int = 0) -> list[str]:
    """Return what would be taken in and what not; so many rows more were `not_read`."""
    known = sum(one.task_id is not None for one in looked)
    over = sum(one.row.is_over and one.task_id is None for one in looked)
    ready = sum(one.is_ready for one in looked)
    total = len(looked) + not_read
    lines = [f"Sẽ nhập {ready} việc trong {total} dòng."]
    lines += [f"Đã nhập trước đây: {known}."] if known else []
    lines += [f"Đã xong, không nhập: {over}."] if over else []
    doubtful = total - known - over - ready
    lines += [f"Chưa rõ, không nhập: {doubtful}. Sửa tệp rồi nhập lại."] if doubtful else []
    lines += [f"Cột không dùng: {', '.join(unused)}."] if unused else []
    return lines
