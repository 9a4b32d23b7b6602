"""An admin puts units together or apart: what is missing is asked for, then a preview, then one press.

a unit's page -> Sắp xếp -> Hợp nhất -> with which? -> its name? -> preview -> Hợp nhất
                         -> Sáp nhập, Giải thể -> into which? -> preview
                         -> Tách -> who goes? -> its name? -> preview -> Việc đi riêng -> numbers
/nguoi Ân -> Chuyển đơn vị -> to which? -> preview
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.actions import dialogs
from bot.actions.mergers import merger as making
from bot.actions.mergers.preview import View
from bot.actions.organisation import unit_pages
from bot.chat.buttons import button, pairs, rows, short
from bot.chat.mergers import merger_pages, merger_words
from bot.chat.mergers.merger_words import KINDS
from bot.chat.messages import Button, Message
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules import access
from bot.rules.mergers.wish import Kind, Wish
from storage.records import Draft, Member

KIND = "merger"
SHOWN = 12
NUMBERS = "numbers"
_ASKED = {
    "units": "Hợp nhất {unit} với đơn vị nào? Bấm chọn hoặc gõ tên, nhiều đơn vị cách nhau dấu phẩy.",
    "into": "{kind} {unit} vào đơn vị nào? Bấm chọn hoặc gõ tên, ví dụ: Phòng Tổng hợp.",
    "people": "Những đồng chí nào của {unit} sang đơn vị mới? Bấm từng tên rồi bấm Xong.",
    "name": "Tên đơn vị mới? Ví dụ: Phòng Tổng hợp - Quản trị.",
    "numbers": (
        "Mặc định việc đi theo người chủ trì. Gõ số những việc làm ngược lại, ví dụ: 12, 15. "
        "Gõ 0 để bỏ hết."
    ),
}


class Known(BaseModel):
    """What is known so far, what of it is settled, and what whoever decides has seen."""

    model_config = ConfigDict(frozen=True)

    wish: Wish
    chosen: bool = False
    """Whether all the people are named who go."""
    asks: str = ""
    seen: Mapping[str, Any] = {}

    @property
    def missing(self) -> str | None:
        """What is asked for next; None when the preview is due."""
        wish = self.wish
        if self.asks:
            return self.asks
        if wish.kind is Kind.UNITE and len(wish.units) < 2:
            return "units"
        if wish.kind is Kind.SPLIT and not self.chosen:
            return "people"
        if wish.kind in {Kind.UNITE, Kind.SPLIT}:
            return None if wish.name else "name"
        return None if wish.into_id is not None else "into"


async def kinds(turn: Turn) -> None:
    """ "Sắp xếp" was pressed on a unit's page."""
    _check(turn)
    shown = await unit_pages.page(turn.office, turn.pressed.id)
    offered = [
        button(KINDS[kind], "merger.begin", shown.unit.id, 0, kind)
        for kind in (Kind.UNITE, Kind.ABSORB, Kind.SPLIT, Kind.DISSOLVE)
        if kind is not Kind.SPLIT or not shown.unit.outside
    ]
    back = button("‹ Trở lại", "unit.open", shown.unit.id)
    text = (
        f"Sắp xếp <b>{escape(shown.unit.name)}</b>: hợp nhất thành đơn vị mới, sáp nhập vào đơn vị khác, "
        "tách bớt người và việc, hay giải thể? Bot cho xem trước, chưa làm gì."
    )
    await turn.show(Message(text, rows(*pairs(offered), [back])))


async def begin(turn: Turn) -> None:
    """One of the four was pressed."""
    _check(turn)
    value = turn.pressed.value
    if value not in set(Kind) - {Kind.MOVE}:
        raise Refusal(No.STALE)
    shown = await unit_pages.page(turn.office, turn.pressed.id)
    await _begin(turn, Wish(kind=Kind(value), units=(shown.unit.id,)))


async def move(turn: Turn) -> None:
    """ "Chuyển đơn vị" was pressed on somebody's page."""
    _check(turn)
    person = (await turn.office.roster()).by_key.get(turn.pressed.id)
    if person is None or person.unit_key is None:
        raise Refusal(No.PERSON_LEFT)
    await _begin(turn, Wish(kind=Kind.MOVE, units=(person.unit_key,), people=(person.key,)))


async def _begin(turn: Turn, wish: Wish) -> None:
    known = Known(wish=wish).model_dump(mode="json")
    draft = await dialogs.begin(turn.office, turn.who, turn.place, KIND, known, turn.now, turn.key)
    await turn.toast()
    await turn.say(await prompt(turn, draft))


async def prompt(turn: Turn, draft: Draft) -> Message:
    """Return what is asked now: a unit, people, a name, numbers, or whether the preview is right."""
    known = Known.model_validate(draft.fields)
    if known.missing is None:
        view = await making.look(turn.office, turn.who, known.wish, turn.now)
        return _preview(turn, draft, known, view)
    page = await unit_pages.page(turn.office, known.wish.units[0])
    unit = f"<b>{escape(page.unit.name)}</b>"
    text = _ASKED[known.missing].format(unit=unit, kind=KINDS[known.wish.kind])
    stop = button("Thôi", "ask.stop", draft.id, draft.version)
    if known.missing in {"units", "into"}:
        offered = await _near(turn, page, draft)
        return Message(text, rows(*pairs(offered, 1), [stop]))
    if known.missing == "people":
        ready = [_chooses("Xong", draft, "done")] if known.wish.people else []
        offered = await _people(turn, draft, known.wish)
        return Message(text, rows(*pairs(offered, 1), [*ready, stop]))
    return Message(text, rows([stop]))


async def answered(turn: Turn, draft: Draft) -> None:
    """Words came: names of units, the new unit's name, or numbers of tasks."""
    _check(turn)
    known = Known.model_validate(draft.fields)
    wish, said = known.wish, turn.text.strip()
    match known.missing:
        case "units":
            found = [await unit_pages.one_named(turn.office, one) for one in said.split(",")]
            more = tuple(one.id for one in found if one.id not in wish.units)
            after = wish.model_copy(update={"units": (*wish.units, *more)})
        case "into":
            unit = await unit_pages.one_named(turn.office, said)
            after = wish.model_copy(update={"into_id": unit.id})
        case "name":
            after = wish.model_copy(update={"name": making.checked_name(said)})
        case "numbers":
            after = wish.model_copy(update={"odd": making.numbers_in(said)})
        case _:
            raise Refusal(No.NO_PERSON_READ if known.missing == "people" else No.NOTHING_ASKED)
    changed = known.model_copy(update={"wish": after, "asks": ""})
    await turn.say(await _go_on(turn, draft, changed))


async def chosen(turn: Turn) -> None:
    """A unit, somebody, or what is to be otherwise was pressed."""
    _check(turn)
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    known = Known.model_validate(draft.fields)
    await turn.show(await _go_on(turn, draft, _with(known, turn.pressed.value)))


def _with(known: Known, value: str) -> Known:
    """Return what is known with a press: "u3" a unit, "p3" somebody in or out, "h3" who heads."""
    wish, what, number = known.wish, value[:1], value[1:]
    if value in {"done", NUMBERS}:
        return known.model_copy(
            update={"chosen": True, "asks": NUMBERS if value == NUMBERS else ""}
        )
    if value == "stay":
        wish = wish.model_copy(update={"work_stays": not wish.work_stays})
    elif not number.isdecimal():
        raise Refusal(No.STALE)
    elif what == "p":
        wish = wish.model_copy(update={"people": _toggled(wish.people, int(number))})
    elif what == "h":
        head = None if wish.head_id == int(number) else int(number)
        wish = wish.model_copy(update={"head_id": head})
    elif wish.kind is Kind.UNITE:
        wish = wish.model_copy(update={"units": (*wish.units, int(number))})
    else:
        wish = wish.model_copy(update={"into_id": int(number)})
    return known.model_copy(update={"wish": wish})


def _toggled(ids: tuple[int, ...], one: int) -> tuple[int, ...]:
    return tuple(id_ for id_ in ids if id_ != one) if one in ids else (*ids, one)


async def confirm(turn: Turn) -> None:
    """The preview was confirmed; what changed since it was seen shows it once more."""
    _check(turn)
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    known = Known.model_validate(draft.fields)
    await turn.toast("Đang làm…")
    try:
        made = await making.make(
            turn.office, turn.who, known.wish, known.seen, turn.now, turn.key, draft
        )
    except Refusal as refusal:
        if refusal.kind not in {No.MERGER_CHANGED, No.MERGER_BLOCKED}:
            raise
        changed = refusal.facts.get("changed")
        heading = merger_words.differing(changed) if isinstance(changed, list) else ""
        shown = await _go_on(turn, draft, known)
        await turn.show(Message("\n".join(filter(None, [heading, shown.text])), shown.keyboard))
        return
    await turn.show(await merger_pages.page(turn, made.id, "Đã xong."))


async def _go_on(turn: Turn, draft: Draft, known: Known) -> Message:
    """Keep what is known, with what is seen in the preview, and ask what is next."""
    view = None
    if known.missing is None:
        view = await making.look(turn.office, turn.who, known.wish, turn.now)
        known = known.model_copy(update={"seen": view.seen.prints})
    kept = await dialogs.keep(turn.office, draft, known.model_dump(mode="json"), turn.now, None)
    return _preview(turn, kept, known, view) if view else await prompt(turn, kept)


def _preview(turn: Turn, draft: Draft, known: Known, view: View) -> Message:
    wish, plan = known.wish, view.plan
    name = {one.id: one.name for one in view.members}
    offered = plan.heads if len(plan.heads) > 1 else ()
    if wish.kind is Kind.SPLIT:
        offered = tuple(one for one in wish.people if one in name)
    if wish.kind is Kind.MOVE:
        offered = wish.people
    heads = [
        _chooses(f"{'✓ ' if wish.head_id == one else ''}Đứng đầu: {name[one]}", draft, f"h{one}")
        for one in offered[:SHOWN]
        if one in name
    ]
    if wish.kind in {Kind.UNITE, Kind.ABSORB} and wish.head_id in name and wish.head_id:
        heads = [_chooses("Đổi người đứng đầu", draft, f"h{wish.head_id}")]
    ways = [_chooses("Việc đi riêng", draft, NUMBERS)] if wish.kind is Kind.SPLIT else []
    if wish.kind is Kind.MOVE:
        label = "Mang việc theo" if wish.work_stays else "Để lại việc"
        ways = [_chooses(label, draft, "stay")]
    yes = [button(KINDS[wish.kind], "ask.merge", draft.id, draft.version)]
    stop = button("Thôi", "ask.stop", draft.id, draft.version)
    text = merger_words.preview(view, turn.office.copy is not None)
    return Message(text, rows(*pairs(heads, 1), ways, [*([] if plan.is_blocked else yes), stop]))


async def _near(turn: Turn, page: unit_pages.UnitPage, draft: Draft) -> list[Button]:
    """Offer the units beside one, and the one above."""
    above = page.above[-1:] if page.above else ()
    beside = await unit_pages.beside(turn.office, page.unit)
    return [_chooses(short(one.name, 40), draft, f"u{one.id}") for one in (*beside[:SHOWN], *above)]


async def _people(turn: Turn, draft: Draft, wish: Wish) -> list[Button]:
    members: list[Member] = await unit_pages.people_of(turn.office, wish.units[0])
    return [
        _chooses(f"{'✓ ' if one.id in wish.people else ''}{one.name}", draft, f"p{one.id}")
        for one in members[:40]
    ]


def _chooses(label: str, draft: Draft, value: str) -> Button:
    return button(label, "ask.merger", draft.id, draft.version, value)


def _check(turn: Turn) -> None:
    if not access.is_admin(turn.member):
        raise Refusal(No.NOT_ALLOWED)
