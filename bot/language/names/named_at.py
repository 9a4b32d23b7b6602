"""Who is named at a place: a person, one of two, a Telegram mention, a unit, or the speaker."""

from bot.language.names.naming import Named, name_person
from bot.language.names.role_walk import Casting
from bot.language.names.units import NamedUnits
from bot.language.text.words import any_of, vocabulary

SELF = any_of("tôi|em|mình|tui|tớ")
_SELF_DOES = vocabulary("làm lam sẽ se phụ lo nhận soạn tự xin")
_OR = any_of("hoặc|hoặc là|hay|hay là")


def named_at(casting: Casting, place: int, in_slot: bool) -> Named | NamedUnits | None:
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
    """Read "Trầm hoặc Mẫn" as one of the two. The bot asks which one, as for a name that two people have."""
    joined = _OR.at(casting.sentence.words, named.after)
    other = joined and name_person(casting.sentence, joined[1], casting.roster, slot=True)
    if not other or any(one.unknown or one.all_of_them for one in (named, other)):
        return named
    people = {one.key: one for one in (*named.people, *other.people)}
    return Named(tuple(people.values()), named.start, other.after)


def _is_common(casting: Casting, units: NamedUnits, place: int, in_slot: bool) -> bool:
    """Tell whether the word for a unit is used in its common sense: "văn phòng phẩm", "phòng 205"."""
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
    """Read "tôi", "em" as the speaker, if a slot asks for a name or the speaker does something."""
    words = casting.sentence.words
    if casting.speaker is None or not words[place].starts & SELF.bit or not SELF.at(words, place):
        return None
    does = words[place + 1].exact in _SELF_DOES
    if in_slot or (does and not casting.has_lead and words[place].folded != "minh"):
        return Named((casting.speaker,), place, place + 1)
    return None
