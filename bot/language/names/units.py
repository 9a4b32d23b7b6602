"""Units of the office's own tree, found by name, short name or initials: "phòng TH", "P. Tổng hợp"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.folding import fold, nfc
from bot.language.names.names import NameIndex
from bot.language.text.words import Sentence, any_of, vocabulary

_BRACKET = re.compile(r"\([^()]*\)")
_KINDS = {
    "phòng": ("phòng", "p.", "p", "phg", "phg."),
    "ban": ("ban", "b."),
    "văn phòng": ("văn phòng", "vp"),
    "đảng ủy": ("đảng ủy", "đu", "đảng uỷ"),
    "cơ quan": ("cơ quan", "cq", ""),
    "tổ": ("tổ",),
    "trung tâm": ("trung tâm", "tt"),
    "chi bộ": ("chi bộ", "cb"),
}
_SHORTENED = {
    "xây dựng đảng": ("xdđ", "xd đảng", "xdd"),
    "ủy ban kiểm tra": ("ubkt", "ub kiểm tra", "ubktđu"),
    "đảng ủy": ("đu", "du", "đảng bộ"),
    "thành ủy": ("tu", "thành uỷ"),
    "công nghệ thông tin": ("cntt",),
    "chuyển đổi số": ("cđs", "cds"),
    "phường": ("p.", "ph."),
}
_NOT_INITIALS = vocabulary("- – và & , ( )")
_OF = any_of("của|thuộc|,|-")
_ALL_ROOMS = any_of(
    "các phòng|tất cả các phòng|các phòng ban|các phòng chuyên môn|toàn bộ các phòng|các p|các p."
)


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """`parent` is the name of the unit above, or "" at the top.

    A former name still means the unit, unless another unit has that name now.
    """

    key: int
    name: str
    short_names: tuple[str, ...] = ()
    parent: str = ""
    former_names: tuple[str, ...] = ()


class NamedUnits(NamedTuple):
    """The units named at a place (several if it is unclear which one), and the place after."""

    units: tuple[RosterUnit, ...]
    after: int
    all_of_them: bool = False
    """All of them are meant: "các phòng"."""


class UnitIndex:
    """Units by every name that people use for them, and by their name without the kind of unit."""

    def __init__(self, units: Sequence[RosterUnit]) -> None:
        self.by_name: NameIndex[RosterUnit] = NameIndex()
        self.by_core: NameIndex[RosterUnit] = NameIndex()
        self.rooms = tuple(unit for unit in units if fold(unit.name).startswith("phong "))
        for unit in units:
            self.by_name.add_all({*_spoken(unit.name), *unit.short_names}, unit)
            core = _split(unit.name)[1]
            self.by_core.add_all(_cores(core) if core else (), unit)
        self._add_former(units)

    def _add_former(self, units: Sequence[RosterUnit]) -> None:
        now = {fold(unit.name) for unit in units}
        for unit in units:
            for name in unit.former_names:
                if fold(name) not in now:
                    self.by_name.add_all(_spoken(name), unit)

    def at(self, sentence: Sentence, place: int) -> NamedUnits | None:
        """Return the units named at a place; the name of the unit above distinguishes units with the same name."""
        words = sentence.words
        everyone = _ALL_ROOMS.at(words, place) if words[place].starts & _ALL_ROOMS.bit else None
        if everyone and self.rooms and self.by_name.at(sentence.words, place + 1) is None:
            return NamedUnits(self.rooms, everyone[1], all_of_them=True)
        found = self.by_name.at(sentence.words, place)
        return self._narrowed(sentence, *found) if found else None

    def core_at(self, sentence: Sentence, place: int) -> NamedUnits | None:
        """Return the units whose name without its kind ("Tổng hợp", "TH") stands at a place."""
        found = self.by_core.at(sentence.words, place)
        return self._narrowed(sentence, *found) if found else None

    def _narrowed(self, sentence: Sentence, units: list[RosterUnit], after: int) -> NamedUnits:
        of = _OF.at(sentence.words, after)
        for place in (after, of[1]) if of else (after,):
            above = self.by_name.at(sentence.words, place)
            names = {unit.name for unit in above[0]} if above else set()
            within = tuple(unit for unit in units if unit.parent in names)
            if above and within:
                return NamedUnits(within, above[1])
        return NamedUnits(tuple(units), after)


def _split(name: str) -> tuple[str, str]:
    """Return a unit's kind ("phòng") and the rest of its name."""
    name = nfc(_BRACKET.sub("", name)).strip()
    for kind in sorted(_KINDS, key=len, reverse=True):
        if name.lower() == kind:
            return kind, ""
        if name.lower().startswith(f"{kind} "):
            return kind, name[len(kind) + 1 :]
    return "", name


def _spoken(name: str) -> Iterator[str]:
    """Yield the names people use for a unit."""
    kind, core = _split(name)
    if not core:
        yield from _KINDS.get(kind, ())
        return
    if not kind:
        yield from _variants(core)
        return
    for said in _KINDS[kind]:
        for one in _cores(core):
            if said or len(one.split()) > 1 or one.startswith("ub"):
                yield f"{said} {one}"
    yield f"{kind} {core}"
    if kind == "văn phòng":
        yield from _KINDS[kind]
    if kind == "đảng ủy":
        yield from _variants(core)


def _cores(core: str) -> Iterator[str]:
    """Yield forms of a name without its kind: whole, by halves ("Hành chính"), and initials ("TH")."""
    yield from _variants(core)
    halves = [half.strip() for half in re.split(r"\s[-–]\s", core)]
    yield from (
        initials
        for initials in (_initials(core), "-".join(map(_initials, halves)))
        if len(initials) > 1
    )
    first, *others = core.split()
    if len(others) == 1:
        yield first[0] + others[0]  # "qtrị"
    if len(halves) > 1:
        yield " ".join(halves)
        for half in halves:
            yield half
            if len(half.split()) > 1:
                yield _initials(half)
    without_party = re.sub(r"(?i)\s+đảng$", "", core)
    if without_party != core and " " in without_party:
        yield without_party
        yield _initials(without_party)
        yield f"{_initials(without_party)} đảng"
    words = core.split()
    if words[0].lower() in ("phường", "xã", "đặc"):
        yield " ".join(words[1:])


def _variants(text: str) -> Iterator[str]:
    yield text
    lowered = text.lower()
    for whole, shorts in _SHORTENED.items():
        if whole in lowered:
            yield from (lowered.replace(whole, short) for short in shorts)


def _initials(text: str) -> str:
    words = [word for word in re.split(r"[\s-]+", text) if word and word not in _NOT_INITIALS]
    return "".join(word[0] for word in words)
