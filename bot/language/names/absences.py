"""An absence in words: who is away, from when until when, and who stands in.

"nghỉ từ 9/12 đến 12/12, đồng chí Khiêm xử lý thay"    "đồng chí Ân nghỉ phép 3 ngày từ thứ Tư, Trầm thay"
"""

import re
from datetime import datetime

from bot.folding import nfc
from bot.language.moments.context import present
from bot.language.names.absence_days import blank, read_days
from bot.language.names.people import PeopleFound, Roster, find_people
from bot.language.readings import DEFAULTS, AbsenceReading, PersonReading, ReadingSettings, Span
from bot.language.text.words import Sentence, any_of, vocabulary, words_of
from bot.rules.workdays import Workdays

_AWAY = any_of(
    "nghỉ|nghỉ phép|nghỉ ốm|nghỉ bệnh|nghỉ việc riêng|nghỉ chế độ|nghỉ thai sản|nghỉ bù|đi vắng|vắng mặt|"
    "vắng|đi công tác|đi học|đi phép|báo nghỉ|xin nghỉ|xin nghỉ phép|nghỉ làm"
)
_INSTEAD = any_of(
    "xử lý thay|làm thay|giải quyết thay|xử lý giúp|thay|thay cho|trực thay|làm thay cho"
)
_PLACE = re.compile(
    r"\s+(?:(?:ở|tại|ra|vào|về|lên|xuống|sang)\s+)?(?:(?:tỉnh|thành phố|xã|phường|đặc khu)\s+)?"
    r"(?:[^\W\d_a-zà-ỹ]\w*\.?(?:\s+|(?=[,.;])|$))+"
)
_FILLERS = vocabulary(
    "xin sẽ được cả nguyên suốt vì do bị bệnh việc riêng làm ở nhà báo tôi em mình tui nhé ạ nha a "
    "và giao cho nhờ ủy quyền đồng chí đ c đc anh chị để người xử lý giải quyết trực thay giúp hộ là "
    "trong thời gian này khi đó từ đến hết tới ngày sáng chiều buổi kể phép ốm , . ; : - – / ! ( )"
)
_FOLDED_FILLERS = vocabulary(
    "xin se duoc ca nguyen suot vi do bi benh viec rieng lam o nha bao toi em minh nhe a va giao cho "
    "nho uy quyen dong chi dc anh chi de nguoi xu ly giai quyet truc thay giup ho la tu den het toi ngay"
)


def read_absence(
    text: str,
    roster: Roster,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
    speaker: int | None = None,
) -> AbsenceReading:
    """Read a text that tells of an absence, or that answers when or who; `person_id` None is the speaker."""
    text = nfc(text)
    now = present(reference, workdays, settings)
    said = _said(words_of(text))
    first, last, rest = read_days(text, now)
    is_reversed = first is not None and last is not None and first > last
    person_id: int | None = speaker

    def named(part: str) -> PeopleFound:
        return find_people(words_of(part), roster, speaker, alone=True)

    found = named(rest)
    subject = PeopleFound()
    if said is not None:
        word, is_away = said
        before, after = named(rest[: word[0]]), named(" " * word[1] + rest[word[1] :])
        rest = blank(rest, *word)
        rest = _without_place(rest, word[1], roster) if _has_deputy(text) else rest
        subject, found = (before, after) if is_away else (after, before)
        person_id = _one(subject) or speaker
    deputies = [one.key for one in found.people if one.key not in {None, person_id}]
    names = [
        choice.key
        for doubt in found.unsure
        for choice in doubt.choices
        if isinstance(choice, PersonReading) and choice.key is not None
    ]
    sure = [one for one in deputies if one not in names]
    doubtful = bool(subject.unsure) or any(one.key is None for one in found.people + subject.people)
    whole = said is not None and (first or last) is not None and _is_empty(rest, roster, speaker)
    deputy_id = sure[0] if sure else None
    return AbsenceReading(
        None if person_id == speaker else person_id,
        None if is_reversed else first,
        None if is_reversed else last,
        deputy_id,
        tuple(one for one in names if one is not None) if deputy_id is None else (),
        whole and not doubtful,
        doubtful,
        is_reversed,
    )


def _said(sentence: Sentence) -> tuple[Span, bool] | None:
    """Return the span of the words that say that somebody is away (True) or stands in for another (False)."""
    for phrases, is_away in ((_AWAY, True), (_INSTEAD, False)):
        for place in range(sentence.length):
            if found := phrases.at(sentence.words, place):
                return sentence.span(place, found[1]), is_away
    return None


def _has_deputy(text: str) -> bool:
    """Tell whether the words name a deputy; "Ân đi công tác Hà Nội ngày 9/12" alone may be an order."""
    sentence = words_of(text)
    return any(_INSTEAD.at(sentence.words, place) for place in range(sentence.length))


def _without_place(rest: str, start: int, roster: Roster) -> str:
    """Blank the place somebody goes to: "đi công tác Hà Nội", "đi học ở Cần Thơ"; a person's name is no place."""
    found = _PLACE.match(rest, start)
    if found is None or find_people(words_of(found[0]), roster, None, alone=True).people:
        return rest
    return blank(rest, *found.span())


def _one(found: PeopleFound) -> int | None:
    return next((one.key for one in found.people if one.key is not None), None)


def _is_empty(rest: str, roster: Roster, speaker: int | None) -> bool:
    """Tell whether only names and filler words are left."""
    sentence = words_of(rest)
    named = find_people(sentence, roster, speaker, alone=True)
    return all(
        place in named.places
        or word.exact in _FILLERS
        or (word.loose and word.folded in _FOLDED_FILLERS)
        for place, word in enumerate(sentence.words[: sentence.length])
    )
