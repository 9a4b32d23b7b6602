"""`/phancong`: how busy people are this week and next, and who could take which task; a press begins the handing over.

/phancong phòng Quản trị, /phancong chị Trầm, /phancong tuần sau -> only these people, only that week
"ai đang rảnh?" -> the least busy first
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions import find
from bot.actions.privacy.access_log import Read
from bot.actions.reporting import answer_question, query_filters
from bot.actions.tasks.workload import Burden, Proposal, divide
from bot.chat.buttons import button, rows
from bot.chat.cards import clip
from bot.chat.messages import Button, Message
from bot.chat.tasks import asking, division_words
from bot.chat.turn import Turn
from bot.language.questions.inquiry import Inquiry
from bot.refusals import No, Refusal
from bot.rules.tasks.lifecycle import Move

ALL = Inquiry()
NOT_FOR_YOU = "Phân công dành cho lãnh đạo và trưởng phòng. Xem việc của mình: /viec"


async def show(turn: Turn) -> None:
    """Send how busy the people are whose work the person divides, with proposals.

    A unit, a person or a week after the command narrows it down.
    """
    said = turn.text.partition(" ")[2] if turn.text.startswith("/") else ""
    asked = (
        (await answer_question.read(turn.office, turn.who, said, turn.now)).inquiry if said else ALL
    )
    await _show(turn, asked)


async def who_has_time(turn: Turn, asked: Inquiry) -> None:
    """Answer "ai đang rảnh?": the least busy first, without those who are away."""
    await _show(turn, asked, least=True)


async def _show(turn: Turn, asked: Inquiry, *, least: bool = False) -> None:
    if not turn.who.leads_others:
        await turn.say(NOT_FOR_YOU)
        return
    await turn.reads(Read.LIST)
    division = await divide(turn.office, turn.who, turn.now)
    weeks, note = division_words.weeks(turn, division, asked.stretch)
    below = await query_filters.below(turn.office, asked)
    burdens = [one for one in division.burdens if _is_asked(one, asked, below)]
    shown = {one.member.id for one in burdens}
    proposals = [] if least else [o for o in division.proposals if o.task.lead_id in shown]
    if least:
        burdens = [one for one in burdens if weeks[0].load(one).capacity]
        burdens.sort(key=lambda one: (weeks[0].load(one).share, one.tasks, one.member.folded))
    narrowed = replace(division, burdens=burdens, proposals=proposals)
    text = division_words.text(turn, narrowed, weeks, (_unread(asked), note), least)
    await turn.say(Message(text, rows(*([_offered(one)] for one in proposals))))


def _is_asked(one: Burden, asked: Inquiry, below: Sequence[int]) -> bool:
    """Tell whether a person is among the people, or in the units, that are asked about."""
    if asked.people and one.member.id not in asked.people:
        return False
    return not asked.units or any(post.unit_id in below for post in one.member.roles)


def _unread(asked: Inquiry) -> str:
    return f"Chưa rõ “{clip(' '.join(asked.words), 60)}”." if asked.words else ""


def _offered(one: Proposal) -> Button:
    label, task = f"Việc {one.task.id}: {one.name}", one.task
    return button(label, "division.hand", task.id, task.version, str(one.offer.person_id))


async def hand(turn: Turn) -> None:
    """Begin to hand the task to the proposed person; nothing is done before the next answer."""
    press = turn.pressed
    known = (await turn.office.roster()).by_key
    to = known.get(int(press.value)) if press.value.isdecimal() else None
    if to is None:
        raise Refusal(No.PERSON_LEFT)
    await find.task(turn.office, turn.who, press.id)
    chosen = {"person_id": to.key, "name": to.name}
    await asking.begin(turn, press.id, press.version, Move.REASSIGN, chosen)
