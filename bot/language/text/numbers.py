"""Numbers in digits and in words: "15", "mười lăm", "05 (năm)", "hai (2)"."""

from bot.language.text.words import Phrases, Word, any_of

_UNITS = Phrases(
    {
        0: "không",
        1: "một",
        2: "hai",
        3: "ba",
        4: "bốn|tư",
        5: "năm",
        6: "sáu",
        7: "bảy|bẩy",
        8: "tám",
        9: "chín",
    }
)
_LAST_UNITS = Phrases(
    {
        1: "mốt|một",
        2: "hai",
        3: "ba",
        4: "bốn|tư",
        5: "lăm|nhăm|năm",
        6: "sáu",
        7: "bảy|bẩy",
        8: "tám",
        9: "chín",
    }
)
_TEN_YEARS = 10
_TENS = Phrases({1: "mươi|chục"})
_TEN = Phrases({10: "mười|mừơi", 20: "hăm", 30: "băm"})

_THOUSANDS = any_of("hai nghìn|hai ngàn")
_HUNDREDS = any_of("không trăm|không trăm lẻ|không trăm linh|không")
_DIGIT_BY_DIGIT = any_of("hai không")

NUMBER_FIRSTS = _UNITS.firsts | _TEN.firsts


def read_number(words: tuple[Word, ...], at: int) -> tuple[int, int] | None:
    """Return the number at a place and the place after it, past a bracket that repeats the number."""
    value = words[at].value
    number = (value, at + 1) if value >= 0 else read_number_words(words, at)
    if number is None or words[number[1]].exact != "(":
        return number
    value, after = number
    return value, _after_bracket(words, after, value)


def read_number_words(words: tuple[Word, ...], at: int) -> tuple[int, int] | None:
    """Return the number below 100 written in words at a place, and the place after it."""
    if words[at].folded not in NUMBER_FIRSTS:
        return None
    ten = _TEN.at(words, at)
    if ten:
        last = _LAST_UNITS.at(words, ten[1])
        return (ten[0] + last[0], last[1]) if last else ten
    unit = _UNITS.at(words, at)
    if not unit:
        return None
    tens = _TENS.at(words, unit[1])
    last = _LAST_UNITS.at(words, tens[1] if tens else unit[1])
    if tens:
        return (unit[0] * 10 + last[0], last[1]) if last else (unit[0] * 10, tens[1])
    if last and words[unit[1]].exact in ("mốt", "lăm", "nhăm"):
        return unit[0] * 10 + last[0], last[1]
    return unit


def read_year_words(words: tuple[Word, ...], at: int) -> tuple[int, int] | None:
    """Return the year written in words at a place, and the place after it.

    "hai nghìn không trăm hai mươi bảy", "hai không hai bảy".
    """
    century = _THOUSANDS.at(words, at)
    none = _HUNDREDS.at(words, century[1]) if century else _DIGIT_BY_DIGIT.at(words, at)
    start = none[1] if none else century[1] if century else at
    if start == at:
        return None
    rest = read_number_words(words, start)
    digit = read_number_words(words, rest[1]) if rest and rest[0] < _TEN_YEARS else None
    if rest and digit and digit[0] < _TEN_YEARS:
        return 2000 + rest[0] * 10 + digit[0], digit[1]
    return (2000 + rest[0], rest[1]) if rest else None


def _after_bracket(words: tuple[Word, ...], at: int, value: int) -> int:
    digits = words[at + 1].value
    inside = (digits, at + 2) if digits >= 0 else read_number_words(words, at + 1)
    if inside and inside[0] == value and words[inside[1]].exact == ")":
        return inside[1] + 1
    return at
