"""Typing slips in the words a deadline is made of: a letter wrong or twice, a mark left out.

Slips that are no syllable of the language are made from the words by rule: two letters swapped, one
doubled or dropped, a tone mark on another vowel or missing, the keys of Telex left as typed.
"""

import unicodedata
from collections.abc import Iterator

from bot.folding import fold
from bot.language.text.syllables import TONES, is_syllable, untoned

_MEANT = {
    "thứ": "thừ thú thử thư",
    "sáu": "sáuu saú sấu",
    "bảy": "bảyy baỷ",
    "tuần": "tuàn tuân tuầ tuầnn tần tuẩn tuuần tuầm",
    "chiều": "chìều chièu chiêu chiêù chìu chiềuu chiều chiểu chiề chuiều chiueef chieeuf",
    "nay": "nây naỵ",
    "trước": "trứơc truớc trươc trướcc trưóc trướ trớc trướv trc trứoc trưỡc trượt",
    "ngày": "ngaỳ ngàyy nagỳ gnày ngầy ngảy ngãy ngạy",
    "tháng": "thángg thág tahnsg thnáng thàng tháng",
    "sáng": "sángg sánng ság",
    "chậm": "châm chạm chậmm",
    "nhất": "nhât nhấtt nhấ",
    "hạn": "hạnn",
    "hôm": "hôn hômm",
    "xong": "xog xongg xonng",
    "cuối": "cuôi cuốii cưối",
    "khẩn": "khẫn",
    "gấp": "gâp",
    "quý": "quí",
    "hoàn": "hòan",
    "nữa": "nưa",
}
_NOT_ALONE = {
    "thử",
    "thư",
    "thú",
    "chạm",
    "châm",
    "hôn",
    "chiêu",
    "sấu",
    "tần",
    "trượt",
    "tuân",
    "thàng",
}
_RULED = (
    "thứ sáu bảy năm tuần chiều trước ngày tháng sáng trưa chậm nhất muộn trễ hạn xong đầu giữa cuối "
    "nữa việc làm trong vòng hết nhật chủ quý giờ hôm nộp gửi trình hoàn thành không của"
)
_VOWELS = frozenset("aeiouy")
_SHORTEST_DOUBLED = 4
_SHORTEST_CUT = 4
_SHORTEST_BARE = 4
_KEYS_BESIDE = {
    "c": "xvdf", "h": "gjbnyu", "i": "uok", "m": "nkj", "n": "bmhj", "p": "ol", "r": "etdf",
    "t": "rygf", "g": "fhvbt", "u": "yij", "y": "tuh", "x": "zcsd", "s": "adwxz", "b": "vnhg",
}  # fmt: skip
_TYPED = {"\u0302": "", "\u031b": "w", "\u0306": "w"}
"""The key of each mark of a vowel in Telex; a circumflex doubles the vowel."""


def _swapped(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _doubled(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        yield word[:at] + letter + word[at:]


def _cut(word: str) -> Iterator[str]:
    if len(word) >= _SHORTEST_CUT:
        for at in range(1, len(word)):
            yield word[:at] + word[at + 1 :]


def _retoned(word: str) -> Iterator[str]:
    """Give the word with its tone mark missing, and typed as a letter at the end."""
    bare, tone = untoned(word)
    if tone:
        yield bare
        yield bare + TONES[tone]


def _with_tone(bare: str, tone: str) -> Iterator[str]:
    """Give a word without a tone mark with this one on each of its vowels."""
    for at, letter in enumerate(bare):
        if fold(letter) in _VOWELS:
            yield unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def _tone_elsewhere(word: str) -> Iterator[str]:
    bare, tone = untoned(word)
    if tone:
        yield from _with_tone(bare, tone)


def _telex(word: str) -> Iterator[str]:
    """Give the keys that type the word, the tone's last or beside its vowel."""
    bare, tone = untoned(word)
    keys = "".join(_key(letter) for letter in bare)
    marked = next(
        (at for at, (one, two) in enumerate(zip(word, bare, strict=True)) if one != two), 0
    )
    beside = "".join(_key(letter) for letter in bare[: marked + 1]) + TONES.get(tone, "")
    yield keys + TONES.get(tone, "")
    yield keys.replace("uwow", "uow") + TONES.get(tone, "")
    yield keys.replace("uwow", "uwo") + TONES.get(tone, "")
    yield beside + "".join(_key(letter) for letter in bare[marked + 1 :])


def _beside(word: str) -> Iterator[str]:
    """Give a word written with marks with one of its other letters typed on the key beside it."""
    for at, letter in enumerate(word):
        yield from (word[:at] + key + word[at + 1 :] for key in _KEYS_BESIDE.get(letter, ""))


def _key(letter: str) -> str:
    if letter == "đ":
        return "dd"
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] + "".join(_TYPED.get(mark) or parts[0] for mark in parts[1:])


def _slips(word: str) -> Iterator[tuple[str, str]]:
    """Give slips of a word, with and without its marks, and what each stands for."""
    for meant in (word, fold(word)):
        if len(meant) >= _SHORTEST_BARE or meant == word:
            for rule in (_swapped, _doubled, _cut):
                yield from ((slip, meant) for slip in rule(meant))
    for rule in (_retoned, _telex):
        yield from ((slip, word) for slip in rule(word))
    if fold(word) != word:
        yield from ((slip, word) for slip in _beside(word))


def slips_of(words: str) -> dict[str, str]:
    """Return the slips of words made by rule, without those that stand for two words."""
    found: dict[str, str] = {}
    twice = set()
    for word in words.split():
        for slip, meant in _slips(word):
            if is_syllable(slip):
                continue
            known = found.setdefault(slip, meant)
            if fold(known) != fold(meant):
                twice.add(slip)
            elif known == fold(known):
                found[slip] = meant
    sure = {slip: meant for slip, meant in found.items() if slip not in twice}
    for word in words.split():
        sure |= {slip: word for slip in _tone_elsewhere(word) if slip != word}
    return sure


_NEXT_KEYS = {
    key: keys
    for line in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for at, key in enumerate(line)
    if (keys := line[max(0, at - 1) : at] + line[at + 1 : at + 2])
}
_NEXT_KEYS = {**_NEXT_KEYS, "a": "sq", "i": "uok", "u": "yij", "o": "ipl", "e": "wrd"}


def one_letter_amiss(word: str) -> Iterator[str]:
    """Give the word with one letter twice, left out, swapped, of the next key or of another tone.

    With its marks and, where that is another word, without them.
    """
    bare, tone = untoned(word)
    for mark in ("", *TONES):
        if tone and mark != tone:
            yield from _with_tone(bare, mark)
    for written in {word, fold(word)}:
        for rule in (_swapped, _doubled):
            yield from rule(written)
        for at, letter in enumerate(written):
            yield written[:at] + written[at + 1 :]
            yield from (
                written[:at] + key + written[at + 1 :] for key in _NEXT_KEYS.get(fold(letter), "")
            )


_MENDED = slips_of(_RULED) | {
    slip: word
    for word, slips in _MEANT.items()
    for slip in slips.split()
    if slip not in _NOT_ALONE and slip != word
}


def mend(word: str) -> str:
    """Return the word meant by a known slip ("trứơc"), or by a last letter held down ("nămm")."""
    mended = _MENDED.get(word)
    if mended:
        return mended
    if len(word) >= _SHORTEST_DOUBLED and word[-1] == word[-2] and word[-1].isalpha():
        return _undoubled(word)
    return word


def _undoubled(word: str) -> str:
    short = word.rstrip(word[-1]) + word[-1]
    return short if _VOWELS & set(fold(short)) and len(short) > 1 else word
