"""Questions in plain words: a figure, its tasks by number, as of which moment, and who has not updated.

clear question -> its rows     "còn phòng Tổng hợp?" -> the last question, asked of another unit
in general -> the summary or one's own tasks     not understood -> the three nearest questions
"""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from bot.actions.find import PAGE
from bot.actions.focus import ALL, PERSON, UNIT, LookedAt
from bot.actions.privacy.access_log import Read
from bot.actions.reporting import answer_question
from bot.actions.reporting.answer_question import Answer
from bot.chat import deputy_words
from bot.chat.buttons import button, pairs, rows, turns
from bot.chat.cards import clip
from bot.chat.files import papers
from bot.chat.messages import Message
from bot.chat.reporting import command_filters, examples, report, summary
from bot.chat.reporting.inquiry_words import Names, heading
from bot.chat.tasks import division, lists, task
from bot.chat.turn import Turn
from bot.language.questions.inquiry import Asked, Inquiry, Rank, Wanted, settled
from bot.refusals import No, Refusal
from bot.rules.reporting.percentages import ratio

SILENT = 3
"""How many of those who have not updated are named."""


async def followed(turn: Turn) -> bool:
    """Answer words that go on from the last question; False where they do not, or there was no question."""
    return await _followed(
        turn, await answer_question.read(turn.office, turn.who, turn.text, turn.now)
    )


async def summarised(turn: Turn, text: str) -> bool:
    """Show the summary or report that the words ask for, as the commands do; False where they ask for neither.

    "Tổng hợp" alone may go on from the last question instead, as it is also a unit's name.
    """
    wanted = await answer_question.summarised(turn.office, turn.who, text, turn.now)
    if wanted is None:
        return False
    asked = await answer_question.read(turn.office, turn.who, text, turn.now)
    if wanted.names or not await _followed(turn, asked):
        show = report.asked_for if wanted.wanted is Wanted.REPORT else summary.show
        await show(turn, wanted.of)
    return True


async def ask(turn: Turn, text: str) -> None:
    """Answer a question of any kind in plain words."""
    if papers.attached(turn) is None and await summarised(turn, text):
        return
    asked = await answer_question.read(turn.office, turn.who, text, turn.now)
    if await _followed(turn, asked):
        return
    if asked.divides:
        await division.who_has_time(turn, asked.inquiry)
    elif asked.is_general and turn.who.leads_others:
        await summary.show(turn)
    elif asked.is_general:
        await lists.mine_all(turn)
    elif asked.either:
        await _which(turn, [asked.inquiry, asked.either.inquiry])
    elif asked.is_clear:
        await _ask(turn, asked.inquiry, asked.strangers)
    else:
        await turn.say(examples.nearest(text, "Bot chưa rõ đồng chí hỏi gì. Có phải đồng chí hỏi:"))


async def summary_command(turn: Turn) -> None:
    """`/tonghop`: show the summary, or answer a question.

    Words that ask for more than figures can be narrowed by, as "/tonghop quá hạn", are a question.
    """
    asked = (await command_filters.read(turn)).inquiry if turn.who.leads_others else None
    await (_ask(turn, asked) if asked else summary.show(turn))


async def example(turn: Turn) -> None:
    """Ask the example question that was pressed."""
    text = examples.text(turn.pressed.value)
    if text is None:
        raise Refusal(No.STALE)
    await turn.toast()
    await ask(turn, text)


async def meant(turn: Turn) -> None:
    """Ask the one of two possible questions that was pressed."""
    asked = await answer_question.offered(turn.office, turn.who, turn.pressed.id)
    await turn.toast()
    await _ask(turn, asked)


async def turn_page(turn: Turn) -> None:
    """Show another page of an answer; the first where that page is now empty because tasks were closed."""
    number, offset = turn.pressed.id, turn.pressed.version
    asked = await answer_question.kept(turn.office, turn.who, number)
    found = await answer_question.answer(
        turn.office, turn.who, number, asked, turn.now, offset=offset
    )
    if offset and not found.rows:
        offset = 0
        found = await answer_question.answer(turn.office, turn.who, number, asked, turn.now)
    await turn.show(await _message(turn, found, offset))


async def overdue(turn: Turn) -> None:
    """Show which of the tasks asked about are overdue."""
    asked = await answer_question.kept(turn.office, turn.who, turn.pressed.id)
    late = answer_question.overdue(asked, turn.office.today(turn.now))
    if late is None:
        raise Refusal(No.STALE)
    await turn.toast()
    await _ask(turn, late)


async def _followed(turn: Turn, asked: Asked) -> bool:
    """Answer words that go on from the last question; False where they do not, or there was no question."""
    if not asked.follows:
        return False
    before = await answer_question.before(turn.office, turn.who, turn.place, turn.now)
    if before is None:
        return False
    said = asked.inquiry
    if asked.widens and (wider := await _wider(turn, before)):
        said = replace(said, units=wider)
    if asked.either:
        either = asked.either.inquiry.follows(before)
        await _which(turn, [said.follows(before), either])
    else:
        await _ask(turn, said.follows(before), asked.strangers)
    return True


async def _which(turn: Turn, asked: Sequence[Inquiry]) -> None:
    """Ask which of two questions is meant where a name is also a word of time: "Mai có việc gì"."""
    names, lines, offered = await _names(turn), [], []
    for place, one in enumerate(asked, 1):
        number = await answer_question.offer(turn.office, turn.who, turn.place, one, turn.now)
        lines.append(f"{place}. {heading(settled(one), names)}")
        offered.append(button(str(place), "ask.meant", number))
    await turn.say(Message("\n".join(["Đồng chí hỏi:", *lines]), rows(offered)))


async def _wider(turn: Turn, before: Inquiry) -> tuple[int, ...]:
    """Return the units of the people asked about before, else the units asked about; () where neither was."""
    roster = await turn.office.roster()
    found = [one.unit_key for key in before.people if (one := roster.by_key.get(key))]
    return tuple(dict.fromkeys(unit for unit in found if unit is not None)) or before.units


async def _ask(turn: Turn, asked: Inquiry, strangers: Sequence[str] = ()) -> None:
    """Answer a question; where it says nothing but words that no task has, offer other questions.

    Words that no task has are not kept: the next question would be narrowed by them again. `strangers` are
    names that nobody in the office has. Where tasks of such a person are asked for, other questions are
    offered, and nobody else's tasks are shown.
    """
    found = await answer_question.answer(turn.office, turn.who, 0, asked, turn.now)
    unknown = strangers and (found.lacking or not found.total)
    if unknown or (asked == Inquiry(words=asked.words) and not found.total):
        lacking = _unknown(strangers) if unknown else _lacking(asked.words)
        await turn.say(examples.nearest(turn.text, f"{lacking}. Có phải đồng chí hỏi:"))
        return
    kept = replace(asked, words=()) if found.lacking else asked
    number = await answer_question.keep(turn.office, turn.who, turn.place, kept, turn.now)
    found = replace(found, number=number)
    if asked.task is not None or (found.total == 1 and found.inquiry.is_of_one):
        top = f"{heading(found.inquiry, await _names(turn))}\n{_as_of(turn, found)}"
        shown = found.rows[0].id if found.rows else asked.task
        await task.say_card(turn, shown or 0, top)
    else:
        await turn.say(await _message(turn, found, 0))


def _about(asked: Inquiry) -> LookedAt:
    """Return the one person or unit that is asked about; ALL where it is not exactly one."""
    if len(asked.people) == 1:
        return LookedAt(PERSON, asked.people[0])
    return LookedAt(UNIT, asked.units[0]) if len(asked.units) == 1 else ALL


def _unknown(names: Sequence[str]) -> str:
    return f"Cơ quan không có đồng chí nào tên “{clip(', '.join(names), 60)}”"


def _lacking(said: Sequence[str]) -> str:
    return f"Không có việc nào có chữ “{clip(' '.join(said), 60)}”"


async def _names(turn: Turn) -> Names:
    today = turn.office.today(turn.now)
    return Names.of(await turn.office.roster(), turn.who.person_id, today)


async def _message(turn: Turn, found: Answer, offset: int) -> Message:
    await turn.reads(Read.LIST, _about(found.inquiry))
    names = await _names(turn)
    of = found.out_of
    counted = f"{found.total} trên {of} việc ({ratio(found.total, of)})" if of else found.total
    title = f"<b>{heading(found.inquiry, names)}: {counted}</b>"
    if found.inquiry.rank is not None:
        title = f"<b>{heading(found.inquiry, names)}</b>"
    shown = found.rows
    places = await deputy_words.marks(turn.office, turn.who, [one.id for one in shown])
    lines = [lists.line(turn, one, place=places.get(one.id, "")) for one in shown]
    if not lines:
        lines = ["Không có việc nào."]
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in shown]
    turning = turns(
        lambda label, at: button(label, "ask.page", found.number, at), offset, PAGE, found.total
    )
    note = f"{_lacking(found.lacking)}; tính cả các việc khác." if found.lacking else ""
    parts = [
        title,
        await _beyond(turn, found.inquiry),
        note,
        *ranking(found, names),
        *lines,
        f"Đang quá hạn: <b>{found.overdue}</b> việc." if found.overdue else "",
        _as_of(turn, found),
    ]
    late = [button(f"Quá hạn: {found.overdue}", "ask.overdue", found.number)]
    below = (turning, late if found.overdue else [])
    return Message("\n\n".join(filter(None, parts)), rows(*pairs(opened, 4), *below))


async def _beyond(turn: Turn, asked: Inquiry) -> str:
    """Return the note that only visible tasks are counted; "" where it is not needed.

    It is needed where the asker does not look after all people and units that are asked about or compared.
    """
    roster = await turn.office.roster()
    others = [one for key in asked.people if (one := roster.by_key.get(key))]
    theirs = [one.unit_key for one in others if one.key != turn.who.person_id]
    compared = [one.key for one in roster.units] if asked.rank and not asked.units else ()
    if all(turn.who.looks_after(one) for one in (*asked.units, *theirs, *compared)):
        return ""
    return "Chỉ tính những việc đồng chí được xem."


def ranking(found: Answer, names: Names) -> list[str]:
    """Return the top of a ranking, each with its count and what it is out of, and whose tasks follow."""
    if not found.ranked:
        return []
    called = names.units if found.inquiry.rank is Rank.UNITS else names.people
    tied = found.places.count(1)
    shown = max(answer_question.RANKED, min(tied, answer_question.MOST_TIED))
    lines = [
        f"{place}. {escape(called.get(key, name))}: <b>{many}</b>{_share(many, found.of.get(key, many), found.inquiry.share)}"
        for place, (key, name, many) in zip(found.places[:shown], found.ranked, strict=False)
    ]
    noun = "đơn vị" if found.inquiry.rank is Rank.UNITS else "đồng chí"
    if tied > shown:
        lines.append(f"... và {tied - shown} {noun} khác cùng đứng đầu.")
    told = f"{min(tied, shown)} {noun}" if tied > 1 else noun
    return ["\n".join(lines), f"Việc của {told} đứng đầu: {found.total}"]


def _share(many: int, of: int, share: bool) -> str:
    return f" trên {of} việc ({ratio(many, of)})" if of > many or share else " việc"


def _as_of(turn: Turn, found: Answer) -> str:
    """Return the moment for which the answer is true, and who has not updated their tasks."""
    local = turn.office.workdays.local(turn.now)
    return f"Tính đến {local:%H:%M %d/%m/%Y}.\nChưa cập nhật: {_silent(found.unheard)}."


def _silent(unheard: Sequence[answer_question.Counted]) -> str:
    if not unheard:
        return "không có"
    named = ", ".join(f"{escape(name)} {many}" for _, name, many in unheard[:SILENT])
    rest = sum(many for _, _, many in unheard[SILENT:])
    return named + (f", các đồng chí khác {rest}" if rest else "")
