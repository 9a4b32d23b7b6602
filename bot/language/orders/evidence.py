"""The evidence of a result: "Tờ trình 12-TTr/VPTU ngày 10/12/2026, gửi Thường trực"."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.language.citations.citations import find_documents, last_such_day
from bot.language.citations.symbols import proper
from bot.language.moments.context import Present, present
from bot.language.moments.days import read_date
from bot.language.readings import DEFAULTS, DocumentReading
from bot.language.text.words import Sentence, any_of, vocabulary, words_of
from bot.rules.workdays import Workdays

LONGEST = 80
_SENDING = any_of(
    "gửi|gửi đến|gửi cho|gửi lên|gởi|kính gửi|trình|trình lên|chuyển|chuyển cho|chuyển đến|nộp|nộp cho|"
    "nơi nhận|nơi nhận là|nơi nhận :|báo cáo|ban hành gửi|phát hành gửi|nộp lên|cho"
)
_NO_RECEIVER = vocabulary(
    "ngày hôm lúc chiều sáng trưa tối qua kèm rồi xong bằng theo bản file tệp số và lại đúng trước cho "
    "ngay hom luc chieu trua toi kem roi bang tep so lai dung truoc"
)
_AT_END = vocabulary("roi a nhe xong")
_ENDS = frozenset(",.;()\n:") | {""}
_CITING = vocabulary("theo tai cua can cu thuc hien trien khai tra loi")


@dataclass(frozen=True, slots=True)
class EvidenceReading:
    """The paper as which a result went out; `symbol` is in its official spelling."""

    symbol: str | None = None
    issued_on: date | None = None
    receiver: str | None = None


def read_evidence(text: str, reference: datetime, workdays: Workdays) -> EvidenceReading:
    """Read symbol, date and receiver anywhere in a report; a missing one is None.

    A document that the report only refers to ("theo Thông báo 12-TB/TU") is no evidence.
    """
    sentence = words_of(text)
    now = present(reference, workdays, DEFAULTS)
    cited, taken = find_documents(sentence, now)
    papers = [one for one in cited if not _is_referred_to(sentence, one)]
    if not papers:
        return EvidenceReading(receiver=_receiver(sentence, cited))
    paper = papers[-1]
    issued_on = paper.issued_on or _any_date(sentence, taken, now)
    return EvidenceReading(proper(paper.symbol), issued_on, _receiver(sentence, cited))


def _is_referred_to(sentence: Sentence, paper: DocumentReading) -> bool:
    before = [word for word in sentence.words[: sentence.length] if word.end <= paper.span[0]]
    return bool(before) and before[-1].folded in _CITING


def _any_date(sentence: Sentence, taken: frozenset[int], now: Present) -> date | None:
    """Return a date that stands apart from the symbol: "ngày 10/12 đã trình Tờ trình 12-TTr/VPTU"."""
    place = 0
    while place < sentence.length:
        found = None if place in taken else read_date(sentence.words, place, now)
        if found and found[0].dated:
            return last_such_day(found[0], now)
        place += 1
    return None


def _receiver(sentence: Sentence, cited: tuple[DocumentReading, ...]) -> str | None:
    """Return the receiver that the words name, up to the end of the clause or to the paper itself."""
    words = sentence.words
    for place in _SENDING.places(sentence):
        found = _SENDING.at(words, place)
        if found is None or words[found[1]].exact in _NO_RECEIVER:
            continue
        start = end = words[found[1]].start
        for at in range(found[1], sentence.length):
            word = words[at]
            inside = any(one.span[0] <= word.start < one.span[1] for one in cited)
            broken = "\n" in sentence.text[end : word.start]
            if word.exact in _ENDS or inside or broken or word.exact in _NO_RECEIVER:
                break
            if word.folded not in _AT_END:
                end = word.end
        said = sentence.text[start:end].strip()
        if len(said) > 1 and not said[0].isdigit():
            return said[:LONGEST]
    return None
