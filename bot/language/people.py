"""People of the office's own roster, by full name, given name, title, @username or mention."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.language.readings import Mentions, Part, PersonReading, Unsure, Why
from bot.language.words import Phrases, Sentence, Word, any_of, words_of


@dataclass(frozen=True, slots=True)
class RosterPerson:
    key: int
    name: str
    position: str = ""
    unit: str = ""
    username: str | None = None
    telegram_id: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """`parent` is the name of the unit above, or "" at the top."""

    key: int
    name: str
    short_names: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True)
class Roster:
    """The people and units a sentence may name; build it once per change of the office."""

    people: tuple[RosterPerson, ...] = ()
    units: tuple[RosterUnit, ...] = ()
    by_words: "NameIndex[RosterPerson]" = field(init=False, repr=False, compare=False)
    by_username: dict[str, RosterPerson] = field(init=False, repr=False, compare=False)
    by_telegram: dict[int, RosterPerson] = field(init=False, repr=False, compare=False)
    by_key: dict[int, RosterPerson] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: NameIndex[RosterPerson] = NameIndex()
        for person in self.people:
            for name in (person.name, *person.aliases):
                index.add_endings(name, person)
        object.__setattr__(self, "by_words", index)
        usernames = {p.username.lstrip("@").lower(): p for p in self.people if p.username}
        object.__setattr__(self, "by_username", usernames)
        telegram = {p.telegram_id: p for p in self.people if p.telegram_id is not None}
        object.__setattr__(self, "by_telegram", telegram)
        object.__setattr__(self, "by_key", {p.key: p for p in self.people})


Owner = TypeVar("Owner")


class NameIndex(Generic[Owner]):
    """Names by their words, found at a place in a sentence, the longest first."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[tuple[str, str], ...], list[Owner]]]] = {}

    def add(self, name: str, owner: Owner) -> None:
        """Add one name."""
        sentence = words_of(name)
        self._add(sentence.words[: sentence.length], owner)

    def add_endings(self, name: str, owner: Owner) -> None:
        """Add a full name and what people call its bearer: its last words, one to all."""
        sentence = words_of(name)
        for start in range(sentence.length):
            self._add(sentence.words[start : sentence.length], owner)

    def _add(self, words: tuple[Word, ...], owner: Owner) -> None:
        if not words:
            return
        pattern = tuple((word.exact, word.folded) for word in words)
        entries = self._by_first.setdefault(pattern[0][1], [])
        for known, owners in entries:
            if known == pattern:
                if owner not in owners:
                    owners.append(owner)
                return
        entries.append((pattern, [owner]))
        entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: tuple[Word, ...], place: int) -> tuple[list[Owner], int] | None:
        """Return the owners of the longest name there, and the place after it."""
        for pattern, owners in self._by_first.get(words[place].folded, ()):
            if all(
                words[place + n].exact == exact
                or (words[place + n].exact == words[place + n].folded == folded)
                for n, (exact, folded) in enumerate(pattern)
            ):
                return owners, place + len(pattern)
        return None


_TITLE = any_of(
    "đồng chí|đ/c|đc|đ.c|đ / c|anh|chị|cô|chú|bác|ông|bà|thầy|cậu|a|c|ac|các đồng chí|các đ/c|"
    "anh chị|hai đồng chí|đ/chí"
)
_POSITION = any_of(
    "chánh văn phòng|phó chánh văn phòng|trưởng phòng|phó trưởng phòng|phó phòng|chuyên viên|"
    "văn thư|bí thư|phó bí thư|chủ nhiệm|cvp|pcvp|tp|ptp|trưởng ban|phó ban"
)
_PART_WORDS = Phrases(
    {
        Part.LEAD: "giao|giao cho|chủ trì|phân công|đề nghị|yêu cầu|nhờ|để|cử|giao nhiệm vụ cho|phân công cho",
        Part.SUPPORT: "phối hợp|phối hợp với|phối hợp cùng|cùng|cùng với|với|ph với|hỗ trợ",
        Part.FOLLOW: "theo dõi|đôn đốc|giám sát",
        Part.REPORT_TO: "báo cáo|trình|gửi|gửi cho|xin ý kiến|báo cáo cho|bc|bc cho|trình cho|nộp|nộp cho|báo|báo cho",
    }
)
_SELF = any_of("tôi|em|mình|tui")
_AND = any_of(",|và|cùng|với|&|+")


@dataclass(frozen=True, slots=True)
class PeopleFound:
    people: tuple[PersonReading, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    places: frozenset[int] = frozenset()


def read_people(
    text: str, roster: Roster, speaker: int | None = None, mentions: Mentions | None = None
) -> PeopleFound:
    """Read a text that is nothing but people, such as the answer to "Đổi người"."""
    return find_people(words_of(text), roster, speaker, mentions or {}, alone=True)


@dataclass(frozen=True, slots=True)
class _Named:
    owners: list[RosterPerson]
    start: int
    end: int


def find_people(
    sentence: Sentence,
    roster: Roster,
    speaker: int | None,
    mentions: Mentions,
    alone: bool = False,
) -> PeopleFound:
    """Find the people a sentence names, and what part each has in the task."""
    people: list[PersonReading] = []
    unsure: list[Unsure] = []
    places: set[int] = set()
    place = 0
    part, last_end = Part.LEAD, -9
    while place < sentence.length:
        said = _PART_WORDS.at(sentence.words, place)
        named = _named(sentence, place, roster, speaker, mentions, place - last_end <= 1 or alone)
        if named is None:
            if said:
                part, place = said
                last_end = place if part is not Part.FOLLOW else last_end
            else:
                link = _AND.at(sentence.words, place)
                last_end = place + 1 if link and last_end == place else last_end
                place += 1
            continue
        after = _PART_WORDS.at(sentence.words, named.end)
        given = after[0] if after and after[0] is not Part.REPORT_TO else part
        reading = _reading(named, sentence, given, people)
        if len(named.owners) > 1:
            choices = tuple(
                PersonReading(one.key, one.name, given, reading.span) for one in named.owners
            )
            unsure.append(Unsure("people", Why.NAMESAKES, choices, reading.span))
        people.append(reading)
        places.update(range(named.start, named.end))
        place = last_end = named.end
    return PeopleFound(tuple(people), tuple(unsure), frozenset(places))


def _reading(
    named: _Named, sentence: Sentence, part: Part, before: list[PersonReading]
) -> PersonReading:
    has_lead = any(one.part is Part.LEAD for one in before)
    if part is Part.LEAD and has_lead:
        part = Part.SUPPORT
    person = named.owners[0]
    return PersonReading(person.key, person.name, part, sentence.span(named.start, named.end))


def _named(
    sentence: Sentence,
    place: int,
    roster: Roster,
    speaker: int | None,
    mentions: Mentions,
    slot: bool,
) -> _Named | None:
    words = sentence.words
    word = words[place]
    if word.exact == "@":
        return _by_username(sentence, place, roster)
    for (start, end), telegram_id in mentions.items():
        if start == word.start and telegram_id in roster.by_telegram:
            after = place
            while words[after].end <= end and after < sentence.length:
                after += 1
            return _Named([roster.by_telegram[telegram_id]], place, after)
    title = _TITLE.at(words, place)
    at = title[1] if title else place
    position = _POSITION.at(words, at)
    at = position[1] if position else at
    found = roster.by_words.at(words, at)
    if found is None:
        myself = _SELF.at(words, place) if slot else None
        if myself and speaker in roster.by_key:
            return _Named([roster.by_key[speaker]], place, myself[1])
        return None
    owners, after = found
    licensed = title or position or after - at > 1 or slot or (words[at].capital and place > 0)
    return _Named(owners, place, after) if licensed else None


def _by_username(sentence: Sentence, place: int, roster: Roster) -> _Named | None:
    words = sentence.words
    after = place + 1
    while (
        after < sentence.length
        and words[after].start == words[after - 1].end
        and (words[after].folded.isalnum() or words[after].exact == "_")
    ):
        after += 1
    username = sentence.text[words[place].end : words[after - 1].end].lower()
    person = roster.by_username.get(username)
    return _Named([person], place, after) if person else None
