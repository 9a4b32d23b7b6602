"""Decide the part of a named person or unit: by the slot, the words after the name, or its position."""

from bot.language.names.named_at import named_at
from bot.language.names.naming import Named
from bot.language.names.role_walk import BREAKS, Casting, Slot, add, order
from bot.language.names.units import NamedUnits
from bot.language.readings import Part
from bot.language.text.verbs import is_verb
from bot.language.text.words import Phrases, any_of, vocabulary

_DOING = Phrases(
    {
        Part.LEAD: "chủ trì|làm chủ trì|là chủ trì|phụ trách|làm đầu mối|là đầu mối|chịu trách nhiệm",
        Part.SUPPORT: "phối hợp|cùng phối hợp|hỗ trợ|p/h|phối hợp thực hiện",
        Part.FOLLOW: "theo dõi|theo dõi đôn đốc|giúp theo dõi|giám sát|là người theo dõi",
    }
)
_WITH = any_of("với|cùng|cùng với|chặt chẽ với")
_NOT_LEAD_AFTER = vocabulary(
    "của cua thay gặp máy với cùng do cho về tại ở bởi theo từ như mặt kiến nhà ngoài trừ hộ giúp "
    "thăm voi tai o xe phòng phong đạo luận nhắc trên dưới là bằng qua"
)
_WANTS = vocabulary("cần muốn chờ đợi hỏi can muon cho doi hoi")
"""Words after a name for what that person wants, which somebody else is to do."""
_NOT_DOING = vocabulary("đã vừa mới nghỉ bận vắng ốm đang")
"""Words after a name at the start of a clause that say what the person did, or that the person is away."""
_ENDS_A_NOTE = frozenset(".;,!")
_SO = vocabulary("thì và để là rồi nhờ thôi va thi de thoi")


def cast(casting: Casting, named: Named | NamedUnits, place: int, slot: Slot | None) -> int:
    """Give the named person or unit a part, and return the place after the words that name it."""
    words = casting.sentence.words
    after = named.after
    casting.places.update(range(place, after))
    doing = _DOING.at(words, after)
    with_others = doing is not None and doing[0] is Part.SUPPORT and _goes_on(casting, doing[1])
    part = _passed_on(casting, slot, after) if slot else None
    if slot and slot.asks and part is Part.LEAD:
        casting.give_way()
    if doing and not with_others and part is not Part.REPORT_TO:
        said = doing[0]
        if said is not Part.FOLLOW or casting.has_lead:
            part = said
            after = doing[1] if said is not Part.FOLLOW else after
            add(casting, named, part, place, firmly=part is Part.LEAD)
            order(casting, slot.start if slot else place, doing[1])
            casting.last = (part, after)
            return max(after, doing[1])
    if part is None and words[place - 1].exact == "(" and _is_of_the_unit(casting, named, place):
        add(casting, named, Part.LEAD, place, firmly=True)
        return after
    if part is None and words[after].exact in _NOT_DOING and _starts_clause(casting, place):
        if words[after].exact == "đang" and casting.free is None:
            casting.free, casting.free_start = named, place
        casting.last = (None, after)
        return after
    if casting.wants and part is None and is_verb(words[after]) and _starts_clause(casting, place):
        casting.give_way()
    if part is None and _starts_clause(casting, place) and not casting.has_lead:
        part = Part.LEAD
        casting.wants = words[after].exact in _WANTS
        if isinstance(named, Named) and not named.all_of_them:
            casting.unasked = named.people[0].key if named.people else 0
    if part is None:
        if casting.free is None and _may_lead(casting, place, after):
            casting.free, casting.free_start = named, place
        casting.last = (None, after)
        return after
    start = slot.start if slot else place
    if part is not Part.REPORT_TO:
        order(casting, start, after)
    add(casting, named, part, place)
    casting.last = (part, after)
    return after


def _passed_on(casting: Casting, slot: Slot, after: int) -> Part:
    """Return the part of the slot; "Chuyển A xử lý" at the start of a note makes A the lead."""
    words = casting.sentence.words
    joined = casting.has_lead and words[slot.start - 1].exact in _SO
    if words[slot.start].folded == "chuyen" and _starts_clause(casting, slot.start) and not joined:
        ends = after >= casting.sentence.length or words[after].exact in _ENDS_A_NOTE
        handed_on = is_verb(words[after]) or (ends and not casting.has_lead)
        return Part.LEAD if handed_on else slot.part
    return slot.part


def _goes_on(casting: Casting, place: int) -> bool:
    """Tell whether a name follows "phối hợp": in "A phối hợp với B" A leads, in "A phối hợp" A supports."""
    if _WITH.at(casting.sentence.words, place):
        return True
    return named_at(casting, place, in_slot=True) is not None


def _is_of_the_unit(casting: Casting, named: Named | NamedUnits, place: int) -> bool:
    """Tell whether a person leads for a unit: "Phòng Tổng hợp (chị Uyên)"."""
    part, end = casting.last
    return (
        isinstance(named, Named) and part is Part.LEAD and end == place - 1 and not casting.people
    )


def _starts_clause(casting: Casting, place: int) -> bool:
    if place == 0:
        return True
    before = casting.sentence.words[place - 1]
    return before.exact in BREAKS or before.exact in _SO


def _may_lead(casting: Casting, place: int, after: int) -> bool:
    before = casting.sentence.words[place - 1]
    if before.folded == "theo" and casting.sentence.words[place - 2].folded in ("tiep", "ke"):
        return True
    if place == 1 and before.exact == "cho" and casting.sentence.words[after].value >= 0:
        return True
    return before.exact not in _NOT_LEAD_AFTER
