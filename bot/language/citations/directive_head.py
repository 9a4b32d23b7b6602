"""Read one sentence about an assigning document: symbol, dates, issuer, subject, number of tasks.

"Thông báo kết luận 12-TB/VPTU ngày 20/11/2026 của Văn phòng Thành ủy về giao ban, nhận 21/11, 8 việc"
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.folding import fold
from bot.language.citations.citations import find_documents, issued_at, received_at
from bot.language.citations.symbols import proper
from bot.language.moments.context import present
from bot.language.readings import DEFAULTS, DocumentHead, ReadingSettings
from bot.language.text.numbers import read_number
from bot.language.text.words import Phrases, Sentence, any_of, words_of
from bot.rules.workdays import Workdays

_COUNTED = any_of("việc|đầu việc|nhiệm vụ|đầu mối việc|nội dung|đầu mục")
_PLANNED = any_of(
    "dự kiến|dự kiến giao|dự kiến nhập|gồm|gồm có|có|tổng số|tổng cộng|giao|tất cả|số việc|số việc dự kiến|"
    "số nhiệm vụ"
)
_EXPECTED = any_of("dự kiến|số việc|số việc dự kiến|số nhiệm vụ|dự kiến giao")
_ENDS = frozenset(",;.") | {""}
_OF = any_of("của|do|cơ quan ban hành|nơi ban hành")
_ABOUT = any_of("về việc|v/v|về|trích yếu|nội dung|trích yếu:|nội dung:")
_ENTERING = any_of("nhập|nhập việc|nhập văn bản|văn bản|nhập việc từ|nhập việc theo|theo")
_KINDS = {
    fold(kind): kind
    for kind in [
        "Nghị quyết",
        "Quyết định",
        "Chỉ thị",
        "Kết luận",
        "Thông báo",
        "Thông báo kết luận",
        "Công văn",
        "Kế hoạch",
        "Báo cáo",
        "Tờ trình",
        "Chương trình",
        "Hướng dẫn",
        "Đề án",
        "Công điện",
        "Chương trình hành động",
        "Văn bản",
        "Phiếu chuyển",
    ]
}
_SIGNS = " \t\n,;:.-–()"
_ENDS_ISSUER = any_of("về việc|v/v|về|trích yếu|nội dung|,|;|.")
_ENDS_TITLE = any_of(";")
_MOST = 200
_MOST_TASKS = 1000


def read_head(
    text: str, reference: datetime, workdays: Workdays, settings: ReadingSettings = DEFAULTS
) -> DocumentHead:
    """Read a sentence about one document; a day without a year is the last such day."""
    sentence = words_of(text)
    now = present(reference, workdays, settings)
    documents, cited = find_documents(sentence, now)
    places = _Places(sentence, set())
    first = documents[0] if documents else None
    issued, received = (first.issued_on, first.received_on) if first else (None, None)
    places.taken |= cited
    for place in places.free():
        if received is None:
            received, end = received_at(sentence, place, now)
            places.take(place, end)
        if issued is None and place not in places.taken:
            issued, end = issued_at(sentence, place, now)
            places.take(place, end)
    planned = _planned(places)
    issuer, title = _issuer(places), _title(places)
    return DocumentHead(
        symbol=proper(first.symbol) if first else None,
        kind=_KINDS.get(fold(first.kind), first.kind) if first else "",
        title=title,
        issuer=issuer,
        issued_on=issued,
        received_on=received,
        planned=planned,
        rest=places.rest(),
    )


@dataclass
class _Places:
    """Which words of a sentence have been read so far."""

    sentence: Sentence
    taken: set[int]

    def free(self) -> Iterator[int]:
        """Yield the places of words that have not been read yet."""
        return (n for n in range(self.sentence.length) if n not in self.taken)

    def take(self, start: int, end: int) -> None:
        self.taken.update(range(start, end))

    def said(self, start: int, end: int) -> str:
        first, last = self.sentence.span(start, end)
        return self.sentence.text[first:last].strip(_SIGNS)[:_MOST]

    def rest(self) -> str:
        """Return the words that were not read, without those that only introduce a document."""
        entering = _ENTERING.at(self.sentence.words, 0)
        if entering:
            self.take(0, entering[1])
        return " ".join(filter(None, (self.said(n, n + 1) for n in self.free())))


def _planned(places: _Places) -> int | None:
    """Read "8 việc", "dự kiến 8 nhiệm vụ"; a number of anything else is not read."""
    words = places.sentence.words
    for place in places.free():
        leading = _PLANNED.at(words, place)
        number = read_number(words, leading[1] if leading else place)
        if number is None or not 0 < number[0] < _MOST_TASKS:
            continue
        counted = _COUNTED.at(words, number[1])
        alone = _EXPECTED.at(words, place) and words[number[1]].exact in _ENDS
        if counted or alone:
            places.take(place, counted[1] if counted else number[1])
            return number[0]
    return None


def _issuer(places: _Places) -> str | None:
    """Read "của Văn phòng Thành ủy"; after "về" the word "của" names no issuer."""
    words = places.sentence.words
    for place in places.free():
        if _ABOUT.at(words, place):
            return None
        mark = _OF.at(words, place)
        if mark and mark[1] not in places.taken:
            return _up_to(places, place, mark[1], _ENDS_ISSUER)
    return None


def _title(places: _Places) -> str | None:
    words = places.sentence.words
    for place in places.free():
        mark = _ABOUT.at(words, place)
        if mark and mark[1] not in places.taken:
            return _up_to(places, place, mark[1], _ENDS_TITLE)
    return None


def _up_to(places: _Places, start: int, first: int, stops: Phrases[bool]) -> str | None:
    """Return the words from `first` up to a stop or to words already read, and mark them as read from `start`."""
    words, length = places.sentence.words, places.sentence.length
    ends = (n for n in range(first, length) if n in places.taken or stops.at(words, n))
    end = next(ends, length)
    places.take(start, end)
    return (places.said(first, end) or None) if end > first else None
