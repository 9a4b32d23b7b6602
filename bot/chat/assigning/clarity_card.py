"""6 rõ on a draft's card: what is missing of the six, asked for by button, once.

"Giao việc" stands beside it: a leader can always assign as it is.
"""

from bot.actions.assigning.draft import Fields
from bot.chat.buttons import button, pairs
from bot.chat.history import history_changes
from bot.chat.messages import Button
from bot.chat.turn import Turn
from bot.language.names.people import RosterPerson
from bot.rules.tasks.clarity import Clear
from storage.records import Draft

LEADERS = 6
WORDS = {
    Clear.PERSON: "người",
    Clear.TASK: "việc",
    Clear.TIME: "thời gian",
    Clear.DUTY: "trách nhiệm",
    Clear.PRODUCT: "sản phẩm",
    Clear.AUTHORITY: "cấp quyết",
}
QUESTIONS: dict[str, str] = {
    Clear.PRODUCT: "Sản phẩm là gì? Bấm chọn hoặc gõ, ví dụ: báo cáo.",
    Clear.AUTHORITY: "Việc vướng hoặc quá hạn thì ai quyết? Bấm chọn hoặc gõ họ tên.",
}


def applies(fields: Fields, turn: Turn) -> bool:
    """Tell whether a draft says what it lacks: not what one assigns to oneself, nor once it was asked."""
    own = fields.lead_id == turn.who.person_id and fields.for_group_id is None
    return not own and bool(fields.missing or fields.to_ask)


def asks(fields: Fields, turn: Turn) -> bool:
    """Tell whether something is asked for by button."""
    return applies(fields, turn) and fields.missing is None


def line(fields: Fields) -> str:
    """Return which of the six are missing."""
    return f"6 rõ, còn thiếu: {', '.join(WORDS[one] for one in fields.unclear)}"


async def buttons(
    turn: Turn, draft: Draft, fields: Fields, _: dict[int, RosterPerson]
) -> list[list[Button]]:
    """Return the answers to what is asked, and how to leave it open or assign at once."""
    if draft.waits_for == Clear.PRODUCT:
        named = enumerate(history_changes.PRODUCTS)
        offered = pairs([_choice(draft, "product", label, str(n)) for n, label in named])
    else:
        leaders = [one for one in await turn.office.leaders() if one.key != fields.lead_id]
        offered = [[_choice(draft, "decider", one.name, str(one.key))] for one in leaders[:LEADERS]]
    at_once = button("Giao luôn", "draft.confirm", draft.id, draft.version)
    drop = button("Bỏ", "draft.drop", draft.id, draft.version)
    return [*offered, [_choice(draft, "pass", "Bỏ qua", ""), at_once], [drop]]


def _choice(draft: Draft, act: str, label: str, value: str) -> Button:
    return button(label, f"draft.{act}", draft.id, draft.version, value)
