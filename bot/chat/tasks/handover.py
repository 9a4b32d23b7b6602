"""Giving a task to another lead: the person by button or name, the reason in words or left out.

press -> "cho đồng chí nào, vì sao?" --(words that name one)----------------> handed on
                                     --(several)----> choose --(pressed)----> handed on
                                     --(a person pressed)--> "vì sao?" -----> handed on
"""

from html import escape

from pydantic import BaseModel, ConfigDict

from bot.actions import dialogs, find
from bot.actions.tasks import handover
from bot.chat import busy
from bot.chat.buttons import button, rows
from bot.chat.messages import Button, Message
from bot.chat.tasks import task
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import Draft, Task

DONE = "Đã giao người khác chủ trì."
SHOWN = 8


class Wanted(BaseModel):
    """What is known so far: the person chosen with their name, or words that could name several."""

    model_config = ConfigDict(frozen=True)

    person_id: int | None = None
    name: str = ""
    words: str = ""
    choices: tuple[int, ...] = ()


def question(draft: Draft) -> str:
    """Return the dialog's present question."""
    wanted = Wanted.model_validate(draft.fields)
    if wanted.person_id:
        to = f" cho đồng chí <b>{_shown(wanted.name)}</b>" if wanted.name else ""
        return f"Giao lại việc số {{n}}{to} vì sao? Ví dụ: đồng chí Ân đi học."
    if wanted.choices:
        return "Chưa rõ là đồng chí nào. Giao việc số {n} cho ai?"
    return (
        "Giao việc số {n} cho đồng chí nào, vì sao? Bấm chọn hoặc gõ, "
        "ví dụ: đồng chí Trầm vì đồng chí Ân đi học."
    )


def _shown(name: str) -> str:
    """Return a name that is safe in HTML and in `str.format`, which later puts the task's number in."""
    return escape(name).replace("{", "{{").replace("}", "}}")


async def quick(turn: Turn, draft: Draft) -> list[list[Button]]:
    """Return the answers that can be pressed: likely people, or "no reason"."""
    wanted = Wanted.model_validate(draft.fields)
    if wanted.person_id:
        return [[button("Không nêu", "handover.plain", draft.id, draft.version)]]
    known = (await turn.office.roster()).by_key
    view = await find.task(turn.office, turn.who, draft.task_id or 0)
    often = await find.often_assigned(turn.office, turn.who)
    likely = [known[one] for one in wanted.choices if one in known] or [
        one for one in often if one.key != view.lead_id
    ]
    labels = await busy.labels(turn, likely[:SHOWN], view.due_at)
    return [
        [
            button(
                labels[one.key],
                "handover.person",
                draft.id,
                draft.version,
                str(one.key),
            )
        ]
        for one in likely[:SHOWN]
    ]


async def answered(turn: Turn, draft: Draft, task_id: int) -> Task | None:
    """Take the words: the reason, or the person and the reason; None where several people have the name."""
    wanted = Wanted.model_validate(draft.fields)
    if wanted.person_id:
        return await _make(turn, draft, wanted.person_id, turn.text)
    found, is_sure = await handover.named(turn.office, turn.who, turn.text)
    if not found:
        raise Refusal(No.NO_PERSON_READ)
    if is_sure:
        return await _make(turn, draft, found[0], turn.text)
    known = Wanted(words=turn.text, choices=tuple(found)).model_dump(mode="json")
    await dialogs.keep(turn.office, draft, known, turn.now, turn.key)
    return None


async def chosen(turn: Turn) -> None:
    """Take the person that was pressed: hand on at once if words were said, else ask for the reason."""
    draft = await _current(turn)
    person_id = int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0
    words = Wanted.model_validate(draft.fields).words
    if words:
        await _show(turn, draft, person_id, words)
        return
    one = (await turn.office.roster()).by_key.get(person_id)
    wanted = Wanted(person_id=person_id, name=one.name if one else "")
    known = wanted.model_dump(mode="json", exclude_defaults=True)
    kept = await dialogs.keep(turn.office, draft, known, turn.now, turn.key)
    stop = button("Thôi", "ask.stop", kept.id, kept.version)
    text = question(kept).format(n=kept.task_id)
    await turn.show(Message(text, rows(*await quick(turn, kept), [stop])))


async def without_reason(turn: Turn) -> None:
    """Hand the task to the chosen person without a reason."""
    draft = await _current(turn)
    await _show(turn, draft, Wanted.model_validate(draft.fields).person_id or 0, "")


async def give(turn: Turn) -> None:
    """Hand the task to the person proposed by the lead who reported it as outside their authority."""
    press = turn.pressed
    person_id = int(press.value) if press.value.isdecimal() else 0
    done = await handover.reassign(
        turn.office, turn.who, press.id, press.version, person_id, "", turn.now, turn.key
    )
    await turn.show(await task.card_for(turn, done.id, DONE), "Đã giao lại")


async def _current(turn: Turn) -> Draft:
    return await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)


async def _show(turn: Turn, draft: Draft, person_id: int, words: str) -> None:
    done = await _make(turn, draft, person_id, words)
    await turn.show(await task.card_for(turn, done.id, DONE), "Đã giao lại")


async def _make(turn: Turn, draft: Draft, person_id: int, words: str) -> Task:
    return await handover.reassign(
        turn.office,
        turn.who,
        draft.task_id or 0,
        None,
        person_id,
        words,
        turn.now,
        turn.key,
        draft,
    )
