"""A request in words for a summary or a report.

"tổng hợp phòng Hành chính - Lưu trữ", "báo cáo tháng 10 phòng Quản trị". It may only say whom and when:
"tổng hợp kiến nghị của các phường" is work.
"""

import re
from collections.abc import Sequence
from datetime import date

from bot.folding import fold, nfc, words
from bot.language.moments.date_range_forms import find_stretch
from bot.language.names.mentions import Mention
from bot.language.names.name_or_word import find_named, masked
from bot.language.names.people import Roster
from bot.language.questions.inquiry import SummaryRequest, Wanted
from bot.language.questions.inquiry_forms import OWN_UNIT, WHOLE_UNIT
from bot.language.text.courtesy import bare, form
from bot.language.text.unread import Unread
from bot.language.text.words import Sentence, vocabulary, words_of

_ME = "(?:toi|anh|chi|minh|em)"
_FOR_ME = (
    rf"(?:(?:cho|gui|dua) {_ME}(?: (?:xem|biet|xin))?|xem|{_ME} (?:can|muon)(?: (?:xem|co|biet))?)"
)
_HOW = rf"(?: (?:nhanh|lai|ngan gon|so bo|chung|(?:giup|ho|dum|gium|cho)(?: {_ME})?))*"
_STATE = "tinh hinh|tien do|so lieu|cong viec"
_WORK = f"(?: (?:chung|{_STATE}|ket qua|cong tac|hoat dong|(?:trien khai )?thuc hien(?: nhiem vu)?|so (?:luong )?(?:viec|nhiem vu)))*"
_HEADS = {
    Wanted.SUMMARY: f"(?:ban |bang )?(?:tong hop|thong ke|tom tat|so lieu|ket qua){_HOW}{_WORK}",
    Wanted.REPORT: f"bao cao{_HOW}(?: (?:{_STATE}))*",
}
_SAID = {
    wanted: re.compile(rf"\W*(?:{_FOR_ME} )?({head})(?!\w)".replace(" ", r"\s+"))
    for wanted, head in _HEADS.items()
}
_FIRSTS = vocabulary("tong bao thong tom so ket")
_ALL = re.compile(rf"(?:ban |bang )?tong hop{_HOW}(?: (?:chung|tinh hinh|tien do|cong viec))*")
"""After these words no name is needed: everything that the asker may see is meant."""
_EVERYBODY = form("(?:ca|toan)(?: bo)? (?:co quan|van phong)")
_OF = vocabulary(
    "cua cho ve o tai theo va voi cac nhung toan don vi nguoi ca hien nay den gio & , / : - –"
)
_TITLES = vocabulary("dong chi d c dc anh ong ba co chu bac")
_CONSENT = vocabulary("nhe nha di em dum gium giup voi")
_CLOSING = _CONSENT | vocabulary(". ? ! a nhi dc duoc khong ko nao")


def may_be_summary(sentence: Sentence) -> bool:
    """Tell quickly, by its words alone, whether a sentence may ask for a summary or a report."""
    return not sentence.folds.isdisjoint(_FIRSTS)


def find_summary(
    text: str, roster: Roster, today: date, term_from: date | None = None
) -> SummaryRequest | None:
    """Return the summary or report that a text asks for; None if it says anything else."""
    said = bare(nfc(text))
    for wanted, opening in _SAID.items():
        head = opening.match(fold(said))
        if head is None:
            continue
        rest = words_of(said[head.end() :])
        named = find_named(rest, roster, (), today, term_from)
        mentions = [*named.mentions, *([named.doubtful] if named.doubtful else [])]
        everything = wanted is Wanted.SUMMARY and _ALL.fullmatch(" ".join(head[1].split()))
        own = OWN_UNIT.search(fold(rest.text)) or WHOLE_UNIT.search(fold(rest.text))
        if not (mentions or own or everything) or not _says_no_more(rest, mentions, today):
            return None
        to_somebody = wanted is Wanted.REPORT and not _of_units(mentions, roster)
        if to_somebody or _is_spoken_to(head[1], text, mentions):
            return None
        return SummaryRequest(wanted, rest.text.strip(" .?!"), bool(mentions or own))
    return None


def _says_no_more(rest: Sentence, mentions: Sequence[Mention], today: date) -> bool:
    """Tell whether only names and days up to now are left; a day to come would make it work to do."""
    if rest.words[0].exact == ",":
        return False  # "Tổng hợp, phòng Quản trị nhé"
    left = Unread(masked(rest, mentions))
    days = find_stretch(left.text, today)
    if days and days[0].first is not None and days[0].first > today:
        return False
    if days:
        left.drop(*days[1])
    left.take_all(OWN_UNIT)
    left.take_all(WHOLE_UNIT)
    left.take_all(_EVERYBODY)
    return set(_spare(left.folded)) <= _OF | _TITLES


def _spare(left: str) -> list[str]:
    """Return the words left, without the closing words of a request."""
    spare = left.replace("|", " ").replace(",", " , ").split()
    spare = [word for one in spare for word in re.findall(r"\w+|[^\w\s]", one)]
    while spare and spare[-1] in _CLOSING:
        spare.pop()
    return spare


def _of_units(mentions: Sequence[Mention], roster: Roster) -> bool:
    """Tell whether a report is about units.

    A report with a person, or with the body above all others, is a report made to them.
    """
    parents = {unit.parent for unit in roster.units}
    units = [roster.unit_by_key[key] for one in mentions for key in one.units]
    above = any(not unit.parent and unit.name in parents for unit in units)
    return not above and not any(one.people or one.is_stranger for one in mentions)


def _is_spoken_to(head: str, text: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether the person named is asked to do it, or it is done for them, and it is no summary of them.

    "tổng hợp chị Mai nhé", "tổng hợp giúp chị Mai".
    """
    people = [one for one in mentions if one.people or one.is_stranger]
    if not people:
        return False
    for_them = people[0].start == 0 and fold(head).split()[-1] in _TITLES | {"chi", "em", "cho"}
    return for_them or words(text)[-1] in _CONSENT
