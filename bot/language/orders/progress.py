"""Progress in people's words: "60% đã xong dự thảo", "được 60 phần trăm", "xong rồi"."""

from dataclasses import dataclass

from bot.folding import words
from bot.language.orders.requests import task_at
from bot.language.text.numbers import read_number
from bot.language.text.words import Phrases, Sentence, any_of, vocabulary, words_of

_PERCENT = any_of("%|phần trăm|phan tram|pt")
_HALF = Phrases({50: "được một nửa|một nửa|được nửa|nửa chừng"})
_NEGATED = frozenset({"chua", "khong", "ko", "gan", "sap", "cho"})
_DONE = any_of(
    "xong rồi|đã xong|xong hết|đã hoàn thành|hoàn thành rồi|xong việc|đã làm xong|làm xong rồi|"
    "xong|hoàn thành|đã hoàn tất|hoàn tất|done"
)
_SIGNS = " \t\n,;:-–."


@dataclass(frozen=True, slots=True)
class ProgressReading:
    """`percent` is None when the text names none; `note` is the rest, in the writer's words."""

    percent: int | None
    note: str


def read_progress(text: str, task: int | None = None) -> ProgressReading:
    """Read a report of progress. If it begins with the number of `task`, that number is left out of the note."""
    sentence = words_of(text)
    named = task_at(sentence, 0)
    begin = named[1] if named and named[0] == task else 0
    for place in range(begin, sentence.length):
        number = read_number(sentence.words, place)
        sign = _PERCENT.at(sentence.words, number[1]) if number else None
        if number and sign and number[0] <= 100:
            start = place - 1 if place and sentence.words[place - 1].folded == "duoc" else place
            return ProgressReading(number[0], _note(sentence, begin, start, sign[1]))
    half = _HALF.at(sentence.words, begin)
    if half:
        return ProgressReading(half[0], _note(sentence, begin, begin, half[1]))
    return ProgressReading(_done(sentence), sentence.text.strip())


def _done(sentence: Sentence) -> int | None:
    """Return 100 if the text only says that all is done, else None ("đã xong dự thảo" is done in part)."""
    for place in range(sentence.length):
        if sentence.words[place].folded in _NEGATED:
            return None
        done = _DONE.at(sentence.words, place)
        if done:
            rest = [word.folded for word in sentence.words[done[1] : sentence.length]]
            return 100 if all(word in _AFTER_DONE for word in rest) else None
    return None


_AFTER_DONE = vocabulary("roi a nhe ah anh chi em dong chi viec het . , ! nha toan bo")


def _note(sentence: Sentence, begin: int, start: int, end: int) -> str:
    """Return the words from `begin` on, without those from `start` to `end`."""
    first, last = sentence.span(start, end)
    before = sentence.text[sentence.words[begin].start : first].strip(_SIGNS)
    after = sentence.text[last:].strip(_SIGNS)
    note = " ".join(part for part in (before, after) if part)
    return "" if all(word in _AFTER_DONE for word in words(note)) else note
