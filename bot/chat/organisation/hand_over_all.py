"""Handing on everything a person has in hand: choose to whom, see a preview, press once.

person's page -> Bàn giao -> to whom? -> preview -> Bàn giao, all of it at once
"""

from html import escape

from pydantic import BaseModel, ConfigDict

from bot.actions import dialogs
from bot.actions.organisation import hand_over_all, leave
from bot.chat.buttons import button, rows
from bot.chat.choice_buttons import person_label
from bot.chat.messages import Message
from bot.chat.organisation import person
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import Draft

KIND = "hand_all"
SHOWN = 8


class Wanted(BaseModel):
    """Whose work is handed on, and to whom once that is known."""

    model_config = ConfigDict(frozen=True)

    person_id: int
    to_id: int | None = None


async def begin(turn: Turn) -> None:
    """Begin the dialog after "Bàn giao" was pressed on a person's page."""
    shown = await leave.page(turn.office, turn.who, turn.pressed.id, turn.now)
    known = Wanted(person_id=shown.person.id).model_dump(exclude_defaults=True)
    draft = await dialogs.begin(turn.office, turn.who, turn.place, KIND, known, turn.now, turn.key)
    await turn.toast()
    await turn.say(await prompt(turn, draft))


async def prompt(turn: Turn, draft: Draft) -> Message:
    """Return the next question: to whom, or whether the preview is right."""
    wanted = Wanted.model_validate(draft.fields)
    shown = await leave.page(turn.office, turn.who, wanted.person_id, turn.now)
    name, stop = escape(shown.person.name), button("Thôi", "ask.stop", draft.id, draft.version)
    roster = (await turn.office.roster()).by_key
    if wanted.to_id is None or wanted.to_id not in roster:
        heirs = await leave.heirs(turn.office, turn.who, wanted.person_id)
        offered = [
            [
                button(
                    person_label(one.name, roster[one.id].unit),
                    "ask.heir",
                    draft.id,
                    draft.version,
                    str(one.id),
                )
            ]
            for one in heirs[:SHOWN]
            if one.id in roster
        ]
        text = (
            f"Bàn giao toàn bộ việc của đồng chí <b>{name}</b> cho đồng chí nào? "
            "Bấm chọn hoặc gõ họ tên, ví dụ: đồng chí Khiêm."
        )
        return Message(text, rows(*offered, [stop]))
    to = escape(roster[wanted.to_id].name)
    lines = [
        f"<b>Bàn giao từ đồng chí {name} cho đồng chí {to}</b>",
        f"Gồm: {person.in_hand(shown.held)}.",
        "Hạn, tiến độ, tệp và lịch sử giữ nguyên. Mỗi đồng chí liên quan nhận một tin.",
    ]
    yes = button("Bàn giao", "ask.hand_all", draft.id, draft.version)
    other = button("Người khác", "ask.heir", draft.id, draft.version, "0")
    return Message("\n".join(lines), rows([yes, other], [stop]))


async def answered(turn: Turn, draft: Draft) -> None:
    """Take the name that was typed."""
    wanted = Wanted.model_validate(draft.fields)
    to_id = await leave.heir_named(turn.office, turn.who, wanted.person_id, turn.text)
    known = Wanted(person_id=wanted.person_id, to_id=to_id)
    kept = await dialogs.keep(
        turn.office, draft, known.model_dump(exclude_defaults=True), turn.now, turn.key
    )
    await turn.say(await prompt(turn, kept))


async def chosen(turn: Turn) -> None:
    """Take the person that was pressed; "Người khác" asks again."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    wanted = Wanted.model_validate(draft.fields)
    value = turn.pressed.value
    to_id = int(value) if value.isdecimal() else 0
    known = Wanted(person_id=wanted.person_id, to_id=to_id or None)
    kept = await dialogs.keep(
        turn.office, draft, known.model_dump(exclude_defaults=True), turn.now, turn.key
    )
    await turn.show(await prompt(turn, kept))


async def confirm(turn: Turn) -> None:
    """Hand everything on, as the preview said."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    wanted = Wanted.model_validate(draft.fields)
    if wanted.to_id is None:
        raise Refusal(No.STALE)
    count = await hand_over_all.hand_all(
        turn.office, turn.who, wanted.person_id, wanted.to_id, turn.now, turn.key, draft
    )
    to = (await turn.office.roster()).by_key[wanted.to_id]
    said = f"Đã bàn giao {count} việc cho đồng chí {escape(to.name)}."
    await turn.show(await person.page(turn, wanted.person_id, said), "Đã bàn giao")
