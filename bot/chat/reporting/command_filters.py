"""The words after `/tonghop` and `/baocao`: a period, units, people. Words that are not understood are named."""

from dataclasses import dataclass, replace

from bot.actions.reporting import answer_question
from bot.actions.reporting.periods import KINDS, read_period
from bot.chat.cards import clip
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.folding import fold
from bot.language.names.people import Roster
from bot.language.questions.inquiry import Asked, Basis, Inquiry
from bot.rules.reporting.periods import Period


@dataclass(frozen=True)
class Narrowed:
    """What figures are narrowed down to. `units` and `people` have several where the words could mean several.

    Among several only those the person looks after are kept, if there are any. `unread` are the words left
    over. `inquiry` is set where the words ask for more than figures can be narrowed by: a state, an urgency,
    a document, a task. `either` is the other reading where a name is also a word of time: "/tonghop mai".
    """

    period: Period | None = None
    units: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    unread: str = ""
    inquiry: Inquiry | None = None
    either: "Narrowed | None" = None

    def told(self, shown: Message, also: str = "") -> Message:
        """Return the figures with a note below their heading on words that were not understood, and `also`."""
        said = clip(self.unread, 60)
        note = f"Chưa rõ “{said}”, nên số liệu dưới đây không lọc theo đó." if said else ""
        head, *rest = shown.text.split("\n\n")
        return replace(shown, text="\n\n".join(filter(None, [head, note, also, *rest])))


async def read(turn: Turn, of: str = "") -> Narrowed:
    """Read the words after the command of this turn; if the turn is no command, read `of` instead."""
    said = turn.text.partition(" ")[2].strip() if turn.text.startswith("/") else of
    if not said:
        return Narrowed()
    asked = await answer_question.read(turn.office, turn.who, said, turn.now)
    roster = await turn.office.roster()
    found = _narrowed(turn, asked, roster)
    return replace(found, either=_narrowed(turn, asked.either, roster)) if asked.either else found


def _narrowed(turn: Turn, asked: Asked, roster: Roster) -> Narrowed:
    period, inquiry = read_period(turn.office, asked.unnamed, turn.now), asked.inquiry
    left = [one for one in inquiry.words if period is None or fold(one) not in KINDS]
    units = tuple(one for one in inquiry.units if turn.who.looks_after(one)) or inquiry.units
    near = (one for one in inquiry.people if turn.who.looks_after(roster.by_key[one].unit_key))
    people = tuple(near) or inquiry.people
    narrows = replace(inquiry, units=(), people=(), stretch=None, words=(), basis=Basis.DUE)
    more = inquiry if narrows != Inquiry() else None
    return Narrowed(period, units, people, " ".join(left), more)
