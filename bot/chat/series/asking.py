"""Changing a series from its next task on: the bot asks for words, and namesakes are chosen by a press."""

from bot.actions import dialogs
from bot.actions.series import change, dialog, reading
from bot.actions.series import series as known
from bot.actions.series.dialog import Asked
from bot.actions.series.reading import Wish
from bot.chat.buttons import button, rows
from bot.chat.choice_buttons import person_label
from bot.chat.messages import Button, Message
from bot.chat.series import series
from bot.chat.turn import Turn
from storage.records import Draft

DONE = "Đã đổi từ kỳ tới, việc đã giao giữ nguyên"
SHOWN = 8
QUESTION = (
    "Đổi gì từ kỳ tới? Ngày, giờ, người chủ trì hoặc nội dung. Ví dụ:\n"
    "<i>đổi thành thứ Sáu hằng tuần, trước 10h</i>\n"
    "<i>giao đồng chí Trầm</i>\n"
    "<i>nội dung: nộp báo cáo quý</i>"
)
WHO = "Chưa rõ là đồng chí nào. Từ kỳ tới đồng chí nào chủ trì?"


async def ask(turn: Turn) -> None:
    """Ask what to change after "Đổi từ kỳ tới" was pressed."""
    press = turn.pressed
    draft = await dialog.ask(
        turn.office, turn.who, turn.place, press.id, press.version, turn.now, turn.key
    )
    await turn.toast()
    await turn.say(await prompt(turn, draft))


async def prompt(turn: Turn, draft: Draft) -> Message:
    """Return the present question, with the namesakes to choose from."""
    asked = Asked.model_validate(draft.fields)
    stop = [button("Thôi", "ask.unasked", draft.id, draft.version)]
    one = await known.get(turn.office, turn.who, asked.series)
    above = f"Định kỳ số {one.id}. {WHO if asked.choices else QUESTION}"
    return Message(above, rows(*await _people(turn, draft, asked), stop))


async def _people(turn: Turn, draft: Draft, asked: Asked) -> list[list[Button]]:
    by_key = (await turn.office.roster()).by_key
    likely = [by_key[one] for one in asked.choices if one in by_key]
    return [[_choice(draft, person_label(one.name, one.unit), one.key)] for one in likely[:SHOWN]]


def _choice(draft: Draft, label: str, person_id: int) -> Button:
    return button(label, "ask.lead", draft.id, draft.version, str(person_id))


async def answered(turn: Turn, draft: Draft) -> None:
    """Change what the words say, or ask which of the namesakes is meant."""
    asked = Asked.model_validate(draft.fields)
    if dialogs.is_declined(turn.text) and not await turn.names_somebody():
        await dialogs.stop(turn.office, draft, turn.now, turn.key)
        await turn.say(await series.card_for(turn, asked.series, "Đã thôi"))
        return
    wish = await _wish(turn, asked, turn.text)
    if wish.choices:
        kept = asked.model_copy(update={"words": turn.text, "choices": wish.choices})
        fields = kept.model_dump(mode="json")
        going_on = await dialogs.keep(turn.office, draft, fields, turn.now, turn.key)
        await turn.say(await prompt(turn, going_on))
        return
    await _change(turn, draft, asked, wish)
    await turn.say(await series.card_for(turn, asked.series, DONE))


async def chosen(turn: Turn) -> None:
    """Make the change with the namesake that was pressed."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    asked = Asked.model_validate(draft.fields)
    person_id = int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0
    wish = await _wish(turn, asked, asked.words)
    await _change(turn, draft, asked, wish.led_by(person_id))
    await turn.show(await series.card_for(turn, asked.series, DONE), "Đã đổi từ kỳ tới")


async def stop(turn: Turn) -> None:
    """Stop the dialog after "Thôi": nothing is changed."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    asked = Asked.model_validate(draft.fields)
    await turn.show(await series.card_for(turn, asked.series), "Đã thôi")


async def _wish(turn: Turn, asked: Asked, text: str) -> Wish:
    one = await known.get(turn.office, turn.who, asked.series)
    return await reading.read(turn.office, turn.who, one, text, turn.now)


async def _change(turn: Turn, draft: Draft, asked: Asked, wish: Wish) -> None:
    await change.change(turn.office, turn.who, asked.series, wish, turn.now, turn.key, draft)


async def of_draft(turn: Turn, draft: Draft) -> Message:
    """Return what to show for a dialog: its question while it is open, else the series."""
    if draft.ended_at is None and draft.waits_for is not None:
        return await prompt(turn, draft)
    return await series.card_for(turn, Asked.model_validate(draft.fields).series)
