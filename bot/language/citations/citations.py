"""Documents cited by their symbol ("12-TB/TU"), whose dates are never deadlines (R12)."""

import datetime as dt

from bot.folding import fold
from bot.language.moments.context import Present, real_date
from bot.language.moments.days import Day, read_date
from bot.language.moments.relative_days import read_relative
from bot.language.readings import DocumentReading, Why
from bot.language.text.words import Sentence, any_of, vocabulary

_TYPES = vocabulary(
    "nq qđ qd ct kl qc tb bc kh ctr cthđ cthd ctrhđ ctrhd đa da pa ttr cv bb hd tt bs lct gm nđ nd "
    "tlt nqlt ttg ubnd hđnd hdnd vp tc bn qt qh ttlt cđ cd gb tw"
)
_BODIES = vocabulary(
    "tw tu đu du cb vptu vpđu vpdu vptw ubkttu ubktđu ubktdu btctu btgdvtu bnctu cp ttg ubnd bnv "
    "hđnd hdnd bctđ btc qh vpcp bch btv bcđ mttq bxdđ"
)
_KIND = any_of(
    "công văn|văn bản|kết luận|thông báo|thông báo kết luận|chỉ thị|nghị quyết|quyết định|kế hoạch|công điện|báo cáo|"
    "tờ trình|hướng dẫn|quy định|quy chế|nghị định|thông tư|chương trình|chương trình hành động|"
    "đề án|cv|tb|kh|bc|qđ|nq|kl|ct|luật|lịch công tác|giấy mời|biên bản|phiếu chuyển|ttr"
)
_NUMBER = any_of("số|số:|so")
_CITING = vocabulary(
    "theo thực thuc triển trien trả tra căn can tại tai về ve cứ cu hiện hien khai lời loi tham góp gop "
    "tiếp tiep kèm kem nhận nhan"
)
_BEFORE_DATE = any_of("ngày|, ngày|ký ngày|ban hành ngày|, ký ngày|đề ngày|ra ngày|(ngày")
_SHORT = {
    "cv": "Công văn",
    "tb": "Thông báo",
    "kh": "Kế hoạch",
    "bc": "Báo cáo",
    "qd": "Quyết định",
    "nq": "Nghị quyết",
    "kl": "Kết luận",
    "ct": "Chỉ thị",
    "ttr": "Tờ trình",
}
_BEFORE_RECEIPT = any_of(
    "nhận|, nhận|(nhận|đã nhận|, đã nhận|(đã nhận|nhận được|, nhận được|tiếp nhận|, tiếp nhận|"
    "(tiếp nhận|văn phòng nhận|, văn phòng nhận|(văn phòng nhận"
)
_ABOUT_TO_BE_SIGNED = dt.timedelta(days=14)
_JOINS = frozenset("-/.–")
_LONGEST = 9


def find_documents(
    sentence: Sentence, now: Present
) -> tuple[tuple[DocumentReading, ...], frozenset[int]]:
    """Return the cited documents, and the places of their words and dates."""
    found: list[DocumentReading] = []
    taken: set[int] = set()
    place = 0
    for at in sorted({*sentence.numbers, *_KIND.places(sentence)}):
        if at < place:
            continue
        place = at
        after = _symbol_end(sentence, place) if sentence.words[place].value >= 0 else place
        if after > place:
            start = _citation_start(sentence, place)
            issued, end = issued_at(sentence, after, now)
            received, end = received_at(sentence, end, now)
            symbol = sentence.text[sentence.words[place].start : sentence.words[after - 1].end]
            named = _kind(sentence, start, place)
            span = sentence.span(start, end)
            found.append(DocumentReading(symbol, span, named, issued, received))
            taken.update(range(start, end))
            place = end
            continue
        if not sentence.openings[place] & _KIND.bit:
            continue
        end = _numbered_end(sentence, place, now)
        taken.update(range(place, end))
        place = max(end, place + 1)
    return tuple(found), frozenset(taken)


def _symbol_end(sentence: Sentence, place: int) -> int:
    """Return the place after a symbol that starts with the number at a place, or the place itself if none does."""
    words = sentence.words
    after = place + 1
    letters: list[int] = []
    slashed = False
    while after - place < _LONGEST and words[after].exact in _JOINS:
        joined = words[after - 1].end == words[after].start
        follows = words[after + 1]
        if not joined or words[after].end != follows.start or not follows.folded.isalnum():
            break
        if follows.value < 0:
            letters.append(after + 1)
            glued = words[after + 2]
            if glued.value >= 0 and glued.start == follows.end:
                after += 1
        elif words[after].exact == "." or follows.end - follows.start != 4:
            break
        slashed = slashed or words[after].exact == "/"
        after += 2
    known = letters and (
        words[letters[0]].exact in _TYPES
        or words[letters[-1]].exact in _BODIES
        or all(_is_upper(sentence, n) for n in letters)
    )
    two_known = len(letters) > 1 or (letters and words[letters[0]].exact in _TYPES)
    return after if known and (slashed or two_known) else place


def _is_upper(sentence: Sentence, place: int) -> bool:
    word = sentence.words[place]
    return sentence.text[word.start : word.end].isupper() and word.end - word.start > 1


def _citation_start(sentence: Sentence, place: int) -> int:
    """Return the place where a citation starts, before words such as "Công văn số"."""
    start = place
    if start and _NUMBER.at(sentence.words, start - 1):
        start -= 1
    for length in (4, 3, 2, 1):
        at = start - length
        kind = _KIND.at(sentence.words, at) if at >= 0 else None
        if kind and kind[1] == start:
            return at
    return start


def _kind(sentence: Sentence, start: int, number: int) -> str:
    """Return the words before a number that name the type of the document: "Thông báo kết luận"."""
    end = number - 1 if number and _NUMBER.at(sentence.words, number - 1) else number
    if start >= end:
        return ""
    first, last = sentence.span(start, end)
    said = " ".join(sentence.text[first:last].split())
    return _SHORT.get(fold(said)) or said[:1].upper() + said[1:]


def issued_at(sentence: Sentence, place: int, now: Present) -> tuple[dt.date | None, int]:
    """Read the date of issue after a citation (", ngày 03/4/2026"), and return it and the place after it.

    Without a year it is the last such day, or one at most 14 days ahead. The date is None if there is none.
    """
    words = sentence.words
    said = _BEFORE_DATE.at(words, place)
    date = read_date(words, said[1] - 1, now) if said else None
    if date is None or not date[0].dated:
        return None, place
    return last_such_day(date[0], now), _bracket_end(sentence, place, date[1])


def received_at(sentence: Sentence, place: int, now: Present) -> tuple[dt.date | None, int]:
    """Read the date of receipt after a citation (", nhận ngày 06/4"), and return it and the place after it."""
    words = sentence.words
    said = _BEFORE_RECEIPT.at(words, place)
    date = said and (read_date(words, said[1], now) or read_relative(words, said[1], now))
    day = last_such_day(date[0], now) if date else None
    if not date or day is None or day > now.today:
        return None, place
    return day, _bracket_end(sentence, place, date[1])


def _bracket_end(sentence: Sentence, place: int, end: int) -> int:
    words = sentence.words
    return end + (words[end].exact == ")" and words[place].exact == "(")


def last_such_day(day: Day, now: Present) -> dt.date | None:
    """Return a date as a paper means it: without a year the last one, or one at most 14 days ahead.

    None if the calendar has no such day.
    """
    if day.doubt is Why.IMPOSSIBLE:
        return None
    if day.has_year or day.date <= now.today + _ABOUT_TO_BE_SIGNED or not day.dated:
        return day.date
    return real_date(day.date.year - 1, day.date.month, day.date.day)


def _date_end(sentence: Sentence, place: int, now: Present) -> int:
    return issued_at(sentence, place, now)[1]


def _numbered_end(sentence: Sentence, place: int, now: Present) -> int:
    """Return the place after "Thông báo số 15 ngày 2/12", or after "Kết luận ngày 2/12" that follows "theo".

    Return the place itself if it is no such citation.
    """
    words = sentence.words
    kind = _KIND.at(words, place)
    if kind is None:
        return place
    number = _NUMBER.at(words, kind[1])
    numbered = number is not None and words[number[1]].value >= 0
    cited = place > 0 and words[place - 1].exact in _CITING
    if not (numbered or cited):
        return place
    after = number[1] + 1 if number and numbered else kind[1]
    end = _date_end(sentence, after, now)
    return end if end > after else place
