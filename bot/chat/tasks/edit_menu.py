"""The pages of "Sửa việc": the fields, and the values that can be pressed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.actions import find
from bot.actions.tasks import edit_task
from bot.chat import cards
from bot.chat.buttons import button, pairs, rows
from bot.chat.history import history_changes
from bot.chat.messages import Button
from bot.chat.tasks import asking, editing, evidence_words, task
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.tasks.lifecycle import Move
from storage.records import TaskView

FIELDS = {
    "title": "Nội dung",
    "deadline": "Hạn",
    "product": "Sản phẩm",
    "evidence": "Minh chứng",
    "urgency": "Độ khẩn",
    "effort": "Ngày công",
    "receiver": "Nơi nhận",
    "decider": "Cấp quyết",
    "people": "Người tham gia",
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "product": dict(zip(history_changes.PRODUCTS, history_changes.PRODUCTS, strict=True)),
    "urgency": history_changes.URGENCIES,
    "evidence": evidence_words.CHOICES,
}
_ADD = {"support": "Thêm phối hợp", "follow": "Thêm theo dõi"}


async def show(turn: Turn) -> None:
    """Show the fields that can be corrected, in place of the card's buttons."""
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    await _page(turn, view, [_field(view, name, label) for name, label in FIELDS.items()])


async def choose(turn: Turn) -> None:
    """Offer the values of the field that was pressed, or ask for words."""
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    field = turn.pressed.value
    if field in CHOICES:
        offered = enumerate(CHOICES[field].values())
        await _page(turn, view, [_value(view, field, n, label) for n, label in offered])
    elif field == "people":
        added = [_field(view, name, label) for name, label in _ADD.items()]
        await _page(turn, view, [*_present(view), *added])
    elif field in editing.QUESTIONS:
        await asking.begin(turn, view.id, turn.pressed.version, Move.EDIT, {"field": field})
    else:
        raise Refusal(No.STALE)


async def pick(turn: Turn) -> None:
    """Set the value that was pressed."""
    field, _, number = turn.pressed.value.partition(".")
    values = list(CHOICES.get(field, ()))
    if not number.isdecimal() or int(number) >= len(values):
        raise Refusal(No.STALE)
    press, columns = turn.pressed, {field: values[int(number)]}
    done = await edit_task.fields(
        turn.office, turn.who, press.id, press.version, columns, turn.now, turn.key
    )
    await turn.show(await task.card_for(turn, done.id), editing.DONE)


async def drop(turn: Turn) -> None:
    """Remove the supporting or following person that was pressed."""
    press = turn.pressed
    person_id = int(press.value) if press.value.isdecimal() else 0
    done = await edit_task.drop(
        turn.office, turn.who, press.id, press.version, person_id, turn.now, turn.key
    )
    await turn.show(await task.card_for(turn, done.id), editing.DONE)


async def open_ended(turn: Turn) -> None:
    """Remove the deadline."""
    done = await editing.open_ended(turn)
    await turn.show(await task.card_for(turn, done.id), editing.DONE)


async def decider(turn: Turn) -> None:
    """Set the decider that was pressed."""
    done = await editing.decider(turn)
    await turn.show(await task.card_for(turn, done.id), editing.DONE)


async def _page(turn: Turn, view: TaskView, buttons: Sequence[Button]) -> None:
    shown = cards.card(view, turn.who, turn.now, turn.office.workdays, away=turn.office.away)
    back = [button("‹ Thẻ việc", "task.less", view.id, view.version)]
    await turn.show(replace(shown, keyboard=rows(*pairs(buttons), back)))


def _field(view: TaskView, name: str, label: str) -> Button:
    return button(label, "edit.field", view.id, view.version, name)


def _value(view: TaskView, field: str, number: int, label: str) -> Button:
    return button(label, "edit.set", view.id, view.version, f"{field}.{number}")


def _present(view: TaskView) -> list[Button]:
    return [
        button(f"Bỏ: {one.name}", "edit.drop", view.id, view.version, str(one.person_id))
        for one in view.others
        if one.person_id
    ]
