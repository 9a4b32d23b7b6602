"""Who does what: lead, support, follow, report to, for the people and units a sentence names."""

from typing import NamedTuple

from bot.language.casting import Casting, Slot, add, has_lead, order, settle_free
from bot.language.naming import NAMES_AS_WORDS, NAMING_FIRSTS, Named, is_verb, name_person
from bot.language.readings import Mentions, Part, PersonReading, Span, UnitReading, Unsure
from bot.language.roster import Roster, RosterPerson
from bot.language.units import NamedUnits, RosterUnit
from bot.language.weekdays import WEEKDAY
from bot.language.words import Phrases, Sentence, any_of, vocabulary, words_of

__all__ = [
    "PeopleFound",
    "Roster",
    "RosterPerson",
    "RosterUnit",
    "find_people",
    "has_lead",
    "read_people",
]

_ASKING = Phrases(
    {
        Part.LEAD: (
            "giao|giao cho|giao việc cho|phân công|phân công cho|đề nghị|yêu cầu|nhờ|cử|chỉ đạo|"
            "giao nhiệm vụ cho|giao nhiệm vụ|giao việc|kính đề nghị|đề nghị giao|nhắc|nhờ cậy|g|"
            "chủ trì là|chủ trì:|đơn vị chủ trì:|người thực hiện:|thực hiện:|phụ trách:|đầu mối:|"
            "giao lại cho|chuyển cho|đổi sang|đổi thành|để cho|người chủ trì:|người làm:|người phụ trách:|yc|đn|kính nhờ|bảo"
        ),
        Part.SUPPORT: (
            "phối hợp|phối hợp với|phối hợp cùng|cùng với|cùng|p/h|p/h với|ph với|hỗ trợ|cùng phối hợp|"
            "phối hợp:|có sự phối hợp của|phối hợp chặt chẽ với|đơn vị phối hợp:|ph"
        ),
        Part.FOLLOW: "theo dõi:|người theo dõi:|theo dõi là",
        Part.REPORT_TO: (
            "báo cáo|báo cáo cho|báo cáo với|báo cáo lên|trình|trình lên|gửi|gửi cho|gửi tới|gửi đến|gửi về|"
            "xin ý kiến|xin ý kiến của|báo|báo cho|bc|bc cho|nộp cho|nộp về|nộp|trình cho|gởi|gởi cho|"
            "chuyển|báo lại|báo lại cho|đưa|đưa cho|trao đổi với|thông tin cho|bc với"
        ),
    }
)
_FOLLOWED_BY = Phrases({Part.FOLLOW: "theo dõi|người theo dõi"})
"""Before a name, where the text is nothing but people: elsewhere one follows things, too."""
_GIVES_A_TASK = any_of("giao việc|giao nhiệm vụ")
_PASSED_ON = any_of("chỉ đạo|nhắc|cử|nhờ")
_NOT_TAKING = any_of(
    "giao ban|giao lưu|giao dịch|giao thông|giao thừa|giao nhận|báo cáo viên|trình bày"
)
_DOING = Phrases(
    {
        Part.LEAD: "chủ trì|làm chủ trì|là chủ trì|phụ trách|làm đầu mối|là đầu mối|chịu trách nhiệm",
        Part.SUPPORT: "phối hợp|cùng phối hợp|hỗ trợ|p/h|phối hợp thực hiện",
        Part.FOLLOW: "theo dõi|theo dõi đôn đốc|giúp theo dõi|giám sát|là người theo dõi",
    }
)
_WITH = any_of("với|cùng|cùng với|chặt chẽ với")
_OR = any_of("hoặc|hoặc là|hay|hay là")
_AND = any_of(",|và|&|+|cùng|với|cùng với|/|;")
_TO = any_of("cho|về|lên|tới|đến|với")
_SENDING = vocabulary("gửi gui gởi báo bao nộp nop trình trinh chuyển chuyen bc đưa")
_NOT_LEAD_AFTER = vocabulary(
    "của cua thay gặp máy với cùng do cho về tại ở bởi theo từ như mặt kiến nhà ngoài trừ hộ giúp "
    "thăm voi tai o xe phòng phong đạo luận nhắc trên dưới là bằng qua"
)
_SELF = any_of("tôi|em|mình|tui|tớ")
_SELF_DOES = vocabulary("làm lam sẽ se phụ lo nhận soạn tự xin")
_SELF_ASKS = vocabulary(
    "cần phải giao nhờ đề cho hỏi nhận báo bc gửi nộp đi họp về đến ra trình mời nghĩ chào"
)
"""What one says of oneself that is no work taken on: reports, requests, being away."""
_FIRSTS = (
    NAMING_FIRSTS
    | _ASKING.firsts
    | _FOLLOWED_BY.firsts
    | _TO.firsts
    | _SELF.firsts
    | frozenset(":-")
)
_NAMEABLE = NAMING_FIRSTS | _SELF.firsts
_BREAKS = frozenset(",;.:()-–!?•*") | {""}
_WANTS = vocabulary("cần muốn chờ đợi hỏi can muon cho doi hoi")
"""After a name: what somebody wants, which another is to do."""
_NOT_DOING = vocabulary("đã vừa mới nghỉ bận vắng ốm đang")
"""After a name at the head of a clause: what it did, or that it is away."""
_ENDS_A_NOTE = frozenset(".;,!")
_SO = vocabulary("thì và để là rồi nhờ thôi va thi de thoi")


class PeopleFound(NamedTuple):
    """People and units with their parts, what to ask, the places of all names, the spans of orders.

    `orders` are the words that only say who does it ("Giao đồng chí A", "B phối hợp").
    """

    people: tuple[PersonReading, ...] = ()
    units: tuple[UnitReading, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    places: frozenset[int] = frozenset()
    orders: tuple[Span, ...] = ()


def read_people(
    text: str, roster: Roster, speaker: int | None = None, mentions: Mentions | None = None
) -> PeopleFound:
    """Read a text that is nothing but people, such as the answer to "Đổi người"."""
    return find_people(words_of(text), roster, speaker, mentions, alone=True)


def read_others(text: str, roster: Roster, speaker: int | None = None) -> PeopleFound:
    """Read who supports and follows a task that has its lead: "phòng Quản trị; theo dõi: Lộc"."""
    return find_people(words_of(text), roster, speaker, alone=True, is_led=True)


def find_people(
    sentence: Sentence,
    roster: Roster,
    speaker: int | None = None,
    mentions: Mentions | None = None,
    taken: frozenset[int] = frozenset(),
    alone: bool = False,
    is_led: bool = False,
) -> PeopleFound:
    """Find the people and units a sentence names, and what part each has in the task.

    `alone`: it is nothing but people; `is_led`: who leads is known, so it is none of them.
    """
    known = roster.by_key.get(speaker) if speaker is not None else None
    casting = Casting(sentence, roster, known, mentions or {}, alone, is_led)
    first = Part.SUPPORT if is_led else Part.LEAD
    slot: Slot | None = Slot(first, 0, 0) if alone else None
    _walk(casting, slot, taken)
    settle_free(casting)
    if not casting.has_lead and not alone:
        _settle_self(casting)
    return PeopleFound(
        tuple(casting.people),
        tuple(casting.units),
        tuple(casting.unsure),
        frozenset(casting.places),
        tuple(casting.orders),
    )


def _settle_self(casting: Casting) -> None:
    """Let who speaks lead what they say they do and nobody else is named for: "tôi rà soát hồ sơ"."""
    words = casting.sentence.words
    if casting.speaker is None or casting.people or casting.units or not _SELF.at(words, 0):
        return
    if is_verb(words[1]) and words[1].exact not in _SELF_ASKS and not WEEKDAY.at(words, 1):
        add(casting, Named((casting.speaker,), 0, 1), Part.LEAD, 0)
        order(casting, 0, 1)


def _walk(casting: Casting, slot: Slot | None, taken: frozenset[int]) -> None:
    """Go over the words; of most of them their first letters tell that they name nobody."""
    words, firsts, mentions = casting.sentence.words, casting.roster.firsts, casting.mentions
    place = 0
    while place < casting.sentence.length:
        folded = words[place].folded
        if place in taken:
            slot, place = None, place + 1
        elif folded in _FIRSTS or folded in firsts or mentions:
            slot, place = _step(casting, slot, place, folded)
        else:
            slot, place = slot and _hold(slot, place), place + 1


def _step(casting: Casting, slot: Slot | None, place: int, folded: str) -> tuple[Slot | None, int]:
    if folded not in _NAMEABLE and folded not in casting.roster.firsts and not casting.mentions:
        return _ask(casting, slot, place)
    in_slot = slot is not None and slot.at == place
    asked = in_slot and not (slot and slot.part is Part.REPORT_TO and folded in NAMES_AS_WORDS)
    named = _named(casting, place, asked)
    if named:
        after = _cast(casting, named, place, slot if in_slot else None)
        return _listed(casting, slot if in_slot else None, after), after
    return _ask(casting, slot, place)


def _ask(casting: Casting, slot: Slot | None, place: int) -> tuple[Slot | None, int]:
    """Go past one word that names nobody; it may open a slot, or keep one open."""
    words = casting.sentence.words
    starts = words[place].starts
    asks = starts & _ASKING.bit and not (starts & _NOT_TAKING.bit and _is_other(casting, place))
    asking = _ASKING.at(words, place) if asks else None
    if casting.is_led and asking is None:
        asking = _FOLLOWED_BY.at(words, place)
    if asking and not (casting.has_lead and _PASSED_ON.at(words, place)):
        part, after = asking
        if part is Part.REPORT_TO and _hands_over(casting, after - 1):
            return Slot(Part.LEAD, after - 1, after), after
        to = _TO.at(words, after) if part is Part.REPORT_TO else None
        return Slot(part, place, to[1] if to else after), after
    if slot and slot.at == place and words[place].exact in (":", "cho", "-"):
        return Slot(slot.part, slot.start, place + 1), place + 1
    to = _TO.at(words, place) if starts & _TO.bit else None
    if to and _hands_over(casting, place):
        return Slot(Part.LEAD, place, to[1]), place + 1
    if to and _sends(casting.sentence, place):
        return Slot(Part.REPORT_TO, place, to[1]), place + 1
    return _hold(slot, place), place + 1


def _is_other(casting: Casting, place: int) -> bool:
    """Tell "giao ban" and the like, but not "giao Ban Tổ chức"."""
    if _NOT_TAKING.at(casting.sentence.words, place) is None:
        return False
    return casting.roster.unit_names.at(casting.sentence, place + 1) is None


def _hold(slot: Slot | None, place: int) -> Slot | None:
    """Keep a slot open over the words between its own and the name."""
    return slot if slot and slot.at > place else None


def _listed(casting: Casting, slot: Slot | None, after: int) -> Slot | None:
    """Let a list go on: "chị Uyên, anh Mẫn và chị Vy" share a part."""
    part = casting.last[0]
    if part is not None and casting.sentence.words[after].exact == "@":
        return Slot(part, after, after, asks=False)
    joined = _AND.at(casting.sentence.words, after)
    if joined is None or part is None:
        return None
    if casting.sentence.words[after].exact in ("cùng", "với", "cung", "voi"):
        part = Part.SUPPORT
    return Slot(part, after, joined[1], asks=False)


def _hands_over(casting: Casting, place: int) -> bool:
    """Tell the "cho" of "giao việc ... cho A", whom the task is for, from that of "gửi ... cho A"."""
    words = casting.sentence.words
    return (
        words[place].exact == "cho"
        and not casting.has_lead
        and _GIVES_A_TASK.at(words, 0) is not None
        and not any(one.exact in _BREAKS for one in words[:place])
    )


def _sends(sentence: Sentence, place: int) -> bool:
    """Tell whether the clause before "cho", "về" has a verb of sending."""
    for before in range(place - 1, max(-1, place - 9), -1):
        word = sentence.words[before]
        if word.exact in (",", ";", "."):
            return False
        if word.exact in _SENDING:
            return True
    return False


def _named(casting: Casting, place: int, in_slot: bool) -> Named | NamedUnits | None:
    mentioned = _mentioned(casting, place) if casting.mentions else None
    if mentioned:
        return mentioned
    in_slot = in_slot or casting.alone
    person = name_person(casting.sentence, place, casting.roster, in_slot)
    if person:
        return _one_of(casting, person)
    units = casting.roster.unit_names.at(casting.sentence, place)
    if units and not _is_common(casting, units, place, in_slot):
        return units
    return _speaker(casting, place, in_slot)


def _one_of(casting: Casting, named: Named) -> Named:
    """Read "Trầm hoặc Mẫn" as one of the two, who is to be asked for like a name that two bear."""
    joined = _OR.at(casting.sentence.words, named.after)
    other = joined and name_person(casting.sentence, joined[1], casting.roster, slot=True)
    if not other or any(one.unknown or one.all_of_them for one in (named, other)):
        return named
    people = {one.key: one for one in (*named.people, *other.people)}
    return Named(tuple(people.values()), named.start, other.after)


def _is_common(casting: Casting, units: NamedUnits, place: int, in_slot: bool) -> bool:
    """Tell a unit from the same word in common use: "văn phòng phẩm", "phòng 205"."""
    if units.after - place > 2 or units.all_of_them:
        return False
    follows = casting.sentence.words[units.after]
    one_word = units.after - place == 1
    if follows.folded in ("pham", "ao"):
        return True
    return one_word and not (in_slot or place == 0 or casting.sentence.words[place].capital)


def _mentioned(casting: Casting, place: int) -> Named | None:
    word = casting.sentence.words[place]
    for (start, end), telegram_id in casting.mentions.items():
        person = casting.roster.named.by_telegram.get(telegram_id)
        if start == word.start and person:
            after = place + 1
            while after < casting.sentence.length and casting.sentence.words[after].end <= end:
                after += 1
            return Named((person,), place, after)
    return None


def _speaker(casting: Casting, place: int, in_slot: bool) -> Named | None:
    """Read "tôi", "em" as who speaks, where a doer is asked for or does something."""
    words = casting.sentence.words
    if casting.speaker is None or not words[place].starts & _SELF.bit or not _SELF.at(words, place):
        return None
    does = words[place + 1].exact in _SELF_DOES
    if in_slot or (does and not casting.has_lead and words[place].folded != "minh"):
        return Named((casting.speaker,), place, place + 1)
    return None


def _cast(casting: Casting, named: Named | NamedUnits, place: int, slot: Slot | None) -> int:
    """Give who is named a part, and return the place after the words that say so."""
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
    """Return the slot's part; "Chuyển A xử lý" at the head of a note gives A the lead."""
    words = casting.sentence.words
    joined = casting.has_lead and words[slot.start - 1].exact in _SO
    if words[slot.start].folded == "chuyen" and _starts_clause(casting, slot.start) and not joined:
        ends = after >= casting.sentence.length or words[after].exact in _ENDS_A_NOTE
        handed_on = is_verb(words[after]) or (ends and not casting.has_lead)
        return Part.LEAD if handed_on else slot.part
    return slot.part


def _goes_on(casting: Casting, place: int) -> bool:
    """Tell "A phối hợp với B", where A leads, from "A phối hợp"."""
    if _WITH.at(casting.sentence.words, place):
        return True
    return _named(casting, place, in_slot=True) is not None


def _is_of_the_unit(casting: Casting, named: Named | NamedUnits, place: int) -> bool:
    """Tell "Phòng Tổng hợp (chị Uyên)", where the unit leads through the person."""
    part, end = casting.last
    return (
        isinstance(named, Named) and part is Part.LEAD and end == place - 1 and not casting.people
    )


def _starts_clause(casting: Casting, place: int) -> bool:
    if place == 0:
        return True
    before = casting.sentence.words[place - 1]
    return before.exact in _BREAKS or before.exact in _SO


def _may_lead(casting: Casting, place: int, after: int) -> bool:
    before = casting.sentence.words[place - 1]
    if before.folded == "theo" and casting.sentence.words[place - 2].folded in ("tiep", "ke"):
        return True
    if place == 1 and before.exact == "cho" and casting.sentence.words[after].value >= 0:
        return True
    return before.exact not in _NOT_LEAD_AFTER
