"""Assigning by one sentence: a draft card that asks what is missing, then one press.

sentence -> draft card --(what is missing is pressed or typed)--> whole card -> Giao việc -> task
"""

from collections.abc import Sequence
from html import escape

from telegram import MessageEntity

from bot.actions import dialogs
from bot.actions.assigning import assign, edit_draft
from bot.actions.assigning.draft import KIND, Fields
from bot.actions.directives import external_bodies
from bot.chat import choice_buttons, dates
from bot.chat.assigning import drafts, forwarded
from bot.chat.messages import Message
from bot.chat.tasks import task
from bot.chat.turn import Turn
from bot.folding import words
from bot.language.readings import Part, Reading, Span
from bot.refusals import No, Refusal
from bot.rules.tasks.clarity import Clear
from storage.records import Draft, TaskView, Urgency

NAMES = {"lead", "follower", "others", Clear.AUTHORITY}
"""Fields that are answered with a name."""
_FEW_WORDS = 4
"""So many syllables about the work go with a mere name: "Trầm làm", "Trầm soạn tờ trình"."""
HOW = (
    "Đồng chí gõ một câu như nói với đồng nghiệp. Ví dụ:\n"
    "<i>Giao đồng chí Mạc Thiên Ân soạn báo cáo tháng, trước 17h thứ Sáu</i>"
)


async def command(turn: Turn) -> None:
    """`/giao` with a sentence behind it, or about the message it replies to; alone, it says how."""
    sentence = ordered(turn.text) or ""
    if not sentence and forwarded.quoted(turn) is None:
        await turn.say(HOW)
        return
    await begin(turn, await read_order(turn, sentence))


def ordered(text: str) -> str | None:
    """Return the sentence behind `/giao`; None for a message that is not that command."""
    command, *rest = text.split(maxsplit=1) or [""]
    if command.partition("@")[0].lower() != "/giao":
        return None
    return rest[0].strip() if rest else ""


async def read(turn: Turn, text: str) -> Reading:
    """Read a sentence of this turn, with the people it mentions by Telegram's own mentions."""
    return await assign.read(turn.office, turn.who, text, turn.now, _mentions(turn, text))


def _mentions(turn: Turn, text: str) -> dict[Span, int]:
    message = turn.message
    found: dict[Span, int] = {}
    named = message.parse_entities([MessageEntity.TEXT_MENTION]) if message else {}
    for entity, said in named.items():
        start = text.find(said)
        if entity.user and start >= 0:
            found[start, start + len(said)] = entity.user.id
    return found


async def read_all(turn: Turn, text: str) -> tuple[Reading, ...]:
    """Read every task of a message of this turn: a list with a line each, or parts with ";"."""
    return await assign.read_all(turn.office, turn.who, text, turn.now, _mentions(turn, text))


async def read_order(turn: Turn, text: str) -> tuple[Reading, ...]:
    """Read every task that words order, with those of the message they reply to, if they do."""
    original = forwarded.quoted(turn)
    said = forwarded.words_of(turn, original) if original else None
    return await assign.read_all(turn.office, turn.who, text, turn.now, _mentions(turn, text), said)


async def begin(turn: Turn, readings: Sequence[Reading]) -> None:
    """Keep what was read as drafts, all or none, and show each."""
    sent = await forwarded.enclosed(turn)
    begun = await assign.begin(
        turn.office,
        turn.who,
        turn.place,
        readings,
        turn.now,
        turn.key,
        sent,
        turn.message.message_id if turn.message else None,
        partial=await forwarded.is_partial(turn, sent),
    )
    for draft in begun:
        await drafts.say(turn, draft)


async def answered(turn: Turn, draft: Draft) -> None:
    """The message answers what the draft asked, gives it up, or is another task."""
    if turn.gives_up and not (draft.waits_for in NAMES and await turn.names_somebody()):
        await _given_up(turn, draft)
        return
    if not turn.text.strip() and await took_files(turn, draft):
        return
    if await began_another(turn, draft.waits_for):
        return
    known = edit_draft.enclose(draft, await forwarded.enclosed(turn))
    changed = await edit_draft.answer(turn.office, turn.who, known, turn.text, turn.now, turn.key)
    await drafts.say(turn, changed)


async def took_files(turn: Turn, draft: Draft) -> bool:
    """Take the files of a message that answers nothing for the task being drafted, and ask again."""
    sent = await forwarded.enclosed(turn)
    if not sent:
        return False
    known = edit_draft.enclose(draft, sent)
    await drafts.say(turn, await edit_draft.keep(turn.office, known, turn.now, turn.key))
    return True


async def _given_up(turn: Turn, draft: Draft) -> None:
    """Give up a draft that still lacks something; of a whole one only the correction, unless it says more."""
    is_whole = Fields.model_validate(draft.fields).missing is None
    if is_whole and not dialogs.is_order_dropped(turn.text):
        whole = await edit_draft.ask(turn.office, draft, "nothing", turn.now, turn.key)
        await drafts.say(turn, whole)
        return
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.say(dropped(draft))


async def gave_up(turn: Turn) -> bool:
    """Give up the newest draft of this chat where it only waits for its press; tell whether there was one."""
    draft = await dialogs.latest(turn.office, turn.who, turn.place)
    if draft is None or draft.kind != KIND or draft.ended_at is not None:
        return False
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.say(dropped(draft))
    return True


async def began_another(turn: Turn, asked: str | None = None) -> bool:
    """Begin a new task if that is what a message says in the middle of another dialog.

    `asked` is the field that a draft waits for.
    """
    readings = await read_all(turn, turn.text)
    about = forwarded.quoted(turn) is not None
    if not _is_another_task(readings[0], about, asked):
        return False
    await begin(turn, await read_order(turn, turn.text) if about else readings)
    return True


def _is_another_task(reading: Reading, about: bool, asked: str | None) -> bool:
    """Tell whether somebody is told to do something: no answer to "who?" or "by when?" is that.

    What is to be done may be said by the message that this one is `about`. "Trầm rà số liệu, thứ Tư"
    answers "by when?" no less than it says who and what: it is read as what it says. So is an answer to
    "who?" with a date and more work in it than "Trầm làm", and one to "by when?" with a date that has to be asked.
    """
    dated = bool(reading.deadline or reading.recurrence)
    doubtful = any(one.field == "deadline" for one in reading.unsure)
    whole = (dated or doubtful) and len(words(reading.title)) > _FEW_WORDS
    ordered = (
        words(reading.text)[:1] == ["giao"]
        or (asked == "deadline" and (dated or whole))
        or (asked == "lead" and whole)
    )
    named = any(person.part is Part.LEAD for person in reading.people)
    return ordered and named and (about or bool(reading.title.strip()))


async def ask(turn: Turn) -> None:
    """A button asks to correct one field; the others stay as they are."""
    draft = await current(turn)
    changed = await edit_draft.ask(turn.office, draft, turn.pressed.value, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def choose_deadline(turn: Turn) -> None:
    """A deadline was pressed."""
    draft = await current(turn)
    value, workdays = turn.pressed.value, turn.office.workdays
    try:
        chosen = (
            None
            if value == choice_buttons.OPEN_ENDED
            else choice_buttons.chosen_deadline(value, workdays)
        )
    except (ValueError, OverflowError):
        raise Refusal(No.STALE) from None
    changed = await edit_draft.choose_deadline(turn.office, draft, chosen, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def choose_lead(turn: Turn) -> None:
    """A person was pressed."""
    draft = await current(turn)
    lead_id = int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0
    changed = await edit_draft.choose_lead(turn.office, draft, lead_id, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def choose_follower(turn: Turn) -> None:
    """Who follows a body outside was pressed."""
    draft = await current(turn)
    follower = int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0
    changed = await edit_draft.choose_follower(turn.office, draft, follower, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def enter_body(turn: Turn) -> None:
    """The offered body outside was pressed: from now on sentences may name it."""
    draft = await current(turn)
    changed = await external_bodies.enter(turn.office, turn.who, draft, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def switch(turn: Turn) -> None:
    """Wait for every supporting part, or not."""
    draft = await current(turn)
    changed = await edit_draft.switch(turn.office, draft, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def repeat_or_not(turn: Turn) -> None:
    """The task is to be done once only, or to come back after all."""
    draft = await current(turn)
    changed = await edit_draft.repeat_or_not(turn.office, draft, turn.now, turn.key)
    await turn.show(await drafts.card(turn, changed))


async def current(turn: Turn) -> Draft:
    """Return the draft that the pressed button belongs to, if it is still as the button shows it."""
    return await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)


async def confirm(turn: Turn) -> None:
    """One press, and the task is on its way."""
    done = await assign.confirm(
        turn.office,
        turn.who,
        turn.pressed.id,
        turn.pressed.version,
        turn.card,
        turn.now,
        turn.key,
    )
    card = task.assigned(turn, done, _told_when(turn, done))
    await turn.show(card, f"Đã giao việc số {done.id}")


def _told_when(turn: Turn, done: TaskView) -> str:
    """Say when others learn of a task that was assigned while they are left in peace."""
    workdays = turn.office.workdays
    others = {done.lead_id, *(one.person_id for one in done.others)} - {turn.who.person_id}
    if workdays.is_awake(turn.now) or done.urgency is Urgency.FLASH or not others:
        return ""
    when = dates.deadline(workdays.next_awake(turn.now), workdays)
    return f"Ngoài giờ làm việc: người nhận được báo lúc {when}"


async def drop(turn: Turn) -> None:
    """The draft is given up; what was written stays readable."""
    draft = await current(turn)
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.show(dropped(draft), "Đã bỏ")


def dropped(draft: Draft) -> Message:
    """Return what is left of a draft that was given up: its title, while what was typed is kept."""
    return Message(f"Đã bỏ, chưa giao: {escape(draft.fields.get('title', '…'))}")
