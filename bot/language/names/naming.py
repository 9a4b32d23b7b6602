"""Find who is named at a place: by full or given name, title, position or @username."""

from typing import NamedTuple

from bot.language.moments.clocks import read_clock
from bot.language.moments.weekdays import WEEKDAY
from bot.language.names.bare_names import NAMES_AS_WORDS, may_stand_alone
from bot.language.names.roster import Roster, RosterPerson, in_unit
from bot.language.text.verbs import VERBS
from bot.language.text.words import Sentence, Word, any_of, vocabulary

_TITLE = any_of(
    "đồng chí|đ/c|đc|đ.c|đ/chí|anh|chị|cô|chú|bác|ông|bà|thầy|cậu|bạn|em|cháu|sếp|thủ trưởng|các đồng chí|"
    "các đ/c|các đc|hai đồng chí|các anh|các chị|các anh chị|anh chị|2 đồng chí|đồng chi|dong chi"
)
_LETTER_TITLE = any_of("a|c|e|b|a.|c.|e.|b.|o.|đ.c.|đc.|ac")
_EVERYONE = any_of(
    "các|các đ/c|các đc|các anh|các chị|các anh chị|tất cả|tất cả các|toàn thể|toàn bộ|các đồng chí|tất cả các đồng chí|mọi"
)
_OFFICER = any_of("cv|chuyên viên|cán bộ|công chức")
NAMING_FIRSTS = _TITLE.firsts | _LETTER_TITLE.firsts | _EVERYONE.firsts | _OFFICER.firsts | {"@"}
_STARTS_A_TIME = vocabulary("sau tu")
"""Names that in small letters before an hour or a date mean "sau", "từ": "goi anh sau 17h"."""
_LONGEST_NAME = 5
_NO_NAMES = vocabulary("tet noel giang chap tw")
_ROMAN = vocabulary("i ii iii iv v vi vii viii ix x xi xii xiii xiv")
_GROUP_BITS = _EVERYONE.bit | _OFFICER.bit
_OF_A_DAY = vocabulary("thu thang ngay / . -")
"""Words before the number in "12/2 đồng chí Ân", "thứ Hai đồng chí Mẫn", which counts no people."""
_TITLE_BITS = _TITLE.bit | _LETTER_TITLE.bit
_NAMING_BITS = _GROUP_BITS | _TITLE_BITS


class Named(NamedTuple):
    """The people named at a place (several if it is unclear which one), or a name not in the roster."""

    people: tuple[RosterPerson, ...]
    start: int
    after: int
    unknown: str | None = None
    all_of_them: bool = False
    """All of them are meant: "các Trưởng phòng", "chuyên viên phòng Quản trị"."""


def name_person(sentence: Sentence, place: int, roster: Roster, slot: bool) -> Named | None:
    """Find who is named at a place; `slot`: the words before it ask for a name ("giao ...")."""
    words = sentence.words
    starts, folded = words[place].starts, words[place].folded
    if folded == "@":
        return _username(sentence, place, roster)
    starts_a_name = starts & _NAMING_BITS or folded in roster.named.firsts
    if not starts_a_name or _ends_a_weekday(words, place):
        return None
    whole = roster.named.by_name.at(words, place)
    if whole and whole[1] - place >= 3:
        return _qualified(sentence, roster, Named(tuple(whole[0]), place, whole[1]))
    group = _group(sentence, place, roster) if starts & _GROUP_BITS else None
    if group:
        return group
    at = title_at(words, place) or place
    office = _by_position(sentence, place, at, roster, slot or at > place)
    if office:
        return office
    found = whole if at == place else roster.named.by_name.at(words, at)
    return _by_name(sentence, place, at, found, roster, slot)


def title_at(words: tuple[Word, ...], place: int) -> int:
    """Return the place after the title at a place, such as "đồng chí"; 0 if no title stands there."""
    if not words[place].starts & _TITLE_BITS:
        return 0
    title = _TITLE.at(words, place) or _LETTER_TITLE.at(words, place)
    return 0 if title is None or _is_no_title(words, place) else title[1]


def _ends_a_weekday(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether the word ends a weekday, as the "Ba" of "thứ Ba", and is no name."""
    said = place > 0 and words[place - 1].folded == "thu"
    weekday = WEEKDAY.at(words, place - 1) if said else None
    return weekday is not None and weekday[1] == place + 1


def _is_no_title(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether the word is no title: "thu ba Tuong", "nop ban thao" (bản thảo), ", a thu nam" (à)."""
    word = words[place]
    if word.exact == "a" and not words[place + 1].capital and WEEKDAY.at(words, place + 1):
        return True
    if word.exact == "ba":
        return place > 0 and words[place - 1].exact in ("thu", "thang")
    if word.value >= 0 or word.folded == "hai":
        return place > 0 and words[place - 1].folded in _OF_A_DAY
    return word.exact == "ban" and not words[place + 1].capital


def _username(sentence: Sentence, place: int, roster: Roster) -> Named | None:
    words = sentence.words
    after = place + 1
    while words[after].start == words[after - 1].end and (
        words[after].folded.isalnum() or words[after].exact == "_"
    ):
        after += 1
    username = sentence.text[words[place].end : words[after - 1].end]
    person = roster.named.by_username.get(username.lower())
    if person:
        return Named((person,), place, after)
    return Named((), place, after, unknown=f"@{username}") if username else None


def _group(sentence: Sentence, place: int, roster: Roster) -> Named | None:
    """Read "các Trưởng phòng" and "tất cả chuyên viên phòng Quản trị"."""
    words = sentence.words
    every = _EVERYONE.at(words, place)
    at = every[1] if every else place
    officers = _OFFICER.at(words, at)
    unit = roster.unit_names.at(sentence, officers[1]) if officers else None
    if officers and unit and not unit.all_of_them:
        people = tuple(
            p
            for p in roster.people
            if in_unit(p, unit.units[0], roster) and p.position.lower() == "chuyên viên"
        )
        return Named(people, place, unit.after, all_of_them=True) if people else None
    position = roster.named.by_position.at(words, at) if every else None
    if position is None or len(position[0]) < 2:
        return None
    return Named(tuple(position[0]), place, position[1], all_of_them=True)


def _by_position(
    sentence: Sentence, place: int, at: int, roster: Roster, slot: bool
) -> Named | None:
    """Read a position followed by its unit or by the name of its holder."""
    words = sentence.words
    found = roster.named.by_position.at(words, at)
    if found is None:
        return None
    holders, after = found
    name = roster.named.by_name.at(words, after)
    if name is None or not set(name[0]) & set(holders):
        unit = roster.unit_names.at(sentence, after) or roster.unit_names.core_at(sentence, after)
        if unit:
            within = [p for p in holders if any(in_unit(p, u, roster) for u in unit.units)]
            holders, after = within or holders, unit.after if within else after
            name = roster.named.by_name.at(words, after)
            if not within:
                return None
    if name:
        both = tuple(p for p in name[0] if p in holders)
        return Named(both, place, name[1]) if both else None
    if len(holders) == 1:
        return Named(tuple(holders), place, after)
    plain = holders[0].position.lower() == "chuyên viên" or after - at < 2
    return Named(tuple(holders), place, after) if slot and not plain else None


def _by_name(
    sentence: Sentence,
    place: int,
    at: int,
    found: tuple[list[RosterPerson], int] | None,
    roster: Roster,
    slot: bool,
) -> Named | None:
    words = sentence.words
    titled = at > place
    timed = titled and _starts_a_time(words, at)
    if found and (timed or _runs_on(sentence, at, found[1], titled)):
        found = None
    if found is None:
        return _unknown(sentence, place, at, slot) if titled and at - place != 0 else None
    people, after = found
    if not titled and after - at == 1 and (WEEKDAY.at(words, at) or _asks_who(words, at)):
        return None
    if titled and words[place].exact in ("em", "e") and words[at].exact in ("lam", "dang"):
        return None
    if not titled and not may_stand_alone(sentence, place, after, slot):
        return None
    return _qualified(sentence, roster, Named(tuple(people), place, after))


def _asks_who(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "ai" means "who", as in "ai giao việc", and is not the name Ái.

    At the start of a sentence it means "who" even with a capital.
    """
    return words[at].exact == "ai" and not (words[at].capital and at > 0)


def _runs_on(sentence: Sentence, at: int, after: int, titled: bool) -> bool:
    """Tell whether the name is part of a longer one that is not in the roster."""
    words = sentence.words
    if after - at >= 3:
        return False
    if words[after].exact == "lịch" and words[at].exact == "dương":
        return True
    follows, before = words[after], words[at - 1] if at else words[at]
    joined = words[after - 1].end + 1 == follows.start
    longer = follows.capital and joined and follows.folded not in ("phong", "ban", "vp", "p", "van")
    longer = longer and not is_acronym(sentence, follows)
    inside = not titled and at > 1 and before.capital and before.exact not in VERBS
    inside = inside and before.folded not in _NO_NAMES and not is_acronym(sentence, before)
    weekday = at > 1 and WEEKDAY.at(words, at - 2)
    if weekday and weekday[1] == at:
        return longer
    if before.exact in _ROMAN:
        return longer
    lead_in = before.folded in ("giao", "chi", "anh", "cho", "cung", "voi", "nho")
    return longer or (inside and not lead_in)


def is_acronym(sentence: Sentence, word: Word) -> bool:
    """Tell whether a word is an acronym ("HĐND", "BC") and no part of a name."""
    return word.end - word.start > 1 and sentence.text[word.start : word.end].isupper()


def _unknown(sentence: Sentence, place: int, at: int, slot: bool) -> Named | None:
    """Read a name that is not in the roster: capitals after a title, or "chị mai" after "giao"."""
    words = sentence.words
    if _LETTER_TITLE.at(words, place) and not _TITLE.at(words, place):
        return None
    after = at
    while after < sentence.length and after - at < _LONGEST_NAME and words[after].capital:
        if after > at and is_acronym(sentence, words[after]):
            break
        after += 1
    if after == at and _starts_a_time(words, at):
        return None
    if after == at and words[at].folded in NAMES_AS_WORDS and (slot or sentence.plain):
        after = at + 1
    if after == at + 1 and len(words[at].folded) == 1 and sentence.length > after:
        return None
    if after == at or words[at].folded in ("phong", "ban", "van", "bi", "chanh", "truong", "pho"):
        return None
    return Named((), place, after, unknown=sentence.text[words[at].start : words[after - 1].end])


def _starts_a_time(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "sau" or "từ" starts a time: "goi anh sau 17h", "goi anh sau ngay 15/12".

    False for the name in "gui anh sau truoc 17h".
    """
    if words[at].exact not in _STARTS_A_TIME:
        return False
    dated = words[at + 1].folded == "ngay" and words[at + 2].value >= 0
    return dated or read_clock(words, at + 1) is not None


def _qualified(sentence: Sentence, roster: Roster, named: Named) -> Named:
    """Narrow namesakes down by the unit or position beside the name: "chị Thảo phòng HC", "Thảo (HC)"."""
    words = sentence.words
    start = named.after + 1 if words[named.after].exact in ("(", "-", "–") else named.after
    position = roster.named.by_position.at(words, start) if start > named.after else None
    if position and set(position[0]) & set(named.people):
        held = tuple(p for p in named.people if p in position[0])
        return Named(held, named.start, position[1] + (words[position[1]].exact == ")"))
    unit = roster.unit_names.at(sentence, start)
    if unit is None or unit.all_of_them:
        return named
    within = tuple(p for p in named.people if any(in_unit(p, u, roster) for u in unit.units))
    if not within:
        return named
    after = unit.after + (words[unit.after].exact == ")" and start > named.after)
    return Named(within, named.start, after)
