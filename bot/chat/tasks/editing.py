"""Correcting a task in words: a new title, deadline or receiver, or people to add.

"Sửa việc" -> fields -> fields with few values are pressed (edit_menu), the others are typed here
"""

from bot.actions import dialogs
from bot.actions.tasks import edit_task, extend
from bot.chat.buttons import button, pairs
from bot.chat.messages import Button
from bot.chat.turn import Turn
from bot.folding import words
from bot.refusals import No, Refusal
from storage.records import Draft, Part, Task

DONE = "Đã sửa việc."
QUESTIONS = {
    "title": "Nội dung mới của việc số {n} là gì? Ví dụ: soạn báo cáo quý IV.",
    "deadline": "Hạn mới của việc số {n}, vì sao đổi? Ví dụ: thứ Sáu tuần sau vì lùi cuộc họp.",
    "effort": "Việc số {n} cần khoảng bao nhiêu ngày công? Ví dụ: 2 ngày công, nửa ngày, 3 giờ.",
    "receiver": "Sản phẩm việc số {n} gửi ai? Ví dụ: Thường trực Thành ủy.",
    "decider": (
        "Việc số {n} vướng hoặc quá hạn thì ai quyết? Bấm chọn hoặc gõ, ví dụ: đồng chí Lĩnh."
    ),
    "support": "Thêm ai phối hợp việc số {n}? Ví dụ: đồng chí Ngọc Trầm, đồng chí Mẫn.",
    "follow": "Thêm ai theo dõi việc số {n}? Ví dụ: đồng chí Ngọc Trầm.",
}
LEADERS = 6
_OPEN_ENDED = "khong thoi han"


def question(draft: Draft) -> str:
    """Return the dialog's question."""
    return QUESTIONS[draft.fields["field"]]


async def quick(turn: Turn, draft: Draft) -> list[list[Button]]:
    """Return the answers that can be pressed."""
    if draft.fields["field"] == "decider":
        leaders = (await turn.office.leaders())[:LEADERS]
        return [
            [button(one.name, "edit.decider", draft.id, draft.version, str(one.key))]
            for one in leaders
        ]
    if draft.fields["field"] != "deadline":
        return []
    return pairs([button("Không thời hạn", "edit.open", draft.id, draft.version)])


async def answered(turn: Turn, draft: Draft, task_id: int) -> Task:
    """Make the correction that the words say."""
    field, said = draft.fields["field"], turn.text.strip()
    if not said:
        raise Refusal(No.EMPTY)
    what = (turn.office, turn.who, task_id)
    if field in {"support", "follow"}:
        return await edit_task.add(*what, said, Part(field), turn.now, turn.key, draft)
    if field == "deadline":
        return await _deadline(turn, draft, task_id, said)
    if field == "effort":
        return await edit_task.sized(*what, said, turn.now, turn.key, draft)
    if field == "decider":
        return await edit_task.decided_by(*what, said, turn.now, turn.key, draft)
    return await edit_task.fields(*what, None, {field: said}, turn.now, turn.key, draft)


async def _deadline(turn: Turn, draft: Draft, task_id: int, said: str) -> Task:
    deadline = extend.read(turn.office, said, turn.now).deadline
    open_ended = " ".join(words(said)).startswith(_OPEN_ENDED)
    if deadline is None and not open_ended:
        raise Refusal(No.NO_DEADLINE_READ)
    columns = edit_task.due(None if open_ended else deadline)
    return await edit_task.fields(
        turn.office, turn.who, task_id, None, columns, turn.now, turn.key, draft, said
    )


async def decider(turn: Turn) -> Task:
    """Set the decider that was pressed instead of typed."""
    press = turn.pressed
    draft = await dialogs.current(turn.office, turn.who, press.id, press.version)
    columns = {"decider_id": int(press.value) if press.value.isdecimal() else 0}
    return await edit_task.fields(
        turn.office, turn.who, draft.task_id or 0, None, columns, turn.now, turn.key, draft
    )


async def open_ended(turn: Turn) -> Task:
    """Remove the deadline after "Không thời hạn" was pressed instead of typed."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    return await edit_task.fields(
        turn.office,
        turn.who,
        draft.task_id or 0,
        None,
        edit_task.due(None),
        turn.now,
        turn.key,
        draft,
    )
