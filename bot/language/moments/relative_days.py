"""Days counted from today: "hôm nay", "mai", "ngày kia", "ngày làm việc kế tiếp", "ngày hôm sau"."""

from datetime import timedelta

from bot.language.moments.context import Present
from bot.language.moments.days import Day, Form, Found, separated
from bot.language.text.words import Phrases, Word, any_of, vocabulary

_RELATIVE = Phrases(
    {
        0: "today|hôm nay|ngày hôm nay|hnay|hm nay|hn nay|bữa nay|trong ngày|trong ngày hôm nay|hôm ni|bữa ni|h.nay",
        1: "tomorrow|mai|ngày mai|hôm sau|ngày hôm sau|bữa mai|ngày hôm mai|ng mai|ngay mai|mơi|ngày mại|ngày mãi|ngày mài",
        2: "mốt|ngày mốt|ngày kia|bữa mốt|ng mốt|ng kia",
        -1: "hôm qua|ngày hôm qua|hqua|đêm qua|tối qua|chiều qua|sáng qua|trưa qua|khuya qua",
    }
)
_TODAY_AFTER_A_PART = Phrases({0: "nay|ni|hôm nay|ngày hôm nay|ngày nay", -1: "hôm qua"})
_DAY_AFTER = any_of(
    "hôm sau|ngày hôm sau|ngày kế|ngày kế sau|ngày liền sau|ngày sau|bữa sau|ngày kế tiếp|sau một ngày"
)
_BETWEEN_DAYS = vocabulary(
    "của ngày hôm buổi khai mạc họp hội nghị lễ đại bế sau là cua ngay hom buoi"
)
_LONGEST_BETWEEN = 5
_NIGHTS = vocabulary("dem khuya")
_PARTS = _NIGHTS | vocabulary("sang trua chieu toi")
_ENDS = vocabulary(", . ; ) ! rồi roi ạ") | {""}
_MOT = "mot"
_MOI = "moi"
_THAT = vocabulary("do ay")
"""Words after "trong ngày" that refer to a day named before, not to today."""
_TENS = vocabulary("ham bam muoi")
_BEFORE_MOT = vocabulary("sang trua chieu toi de den truoc la")
_HOUR_BEFORE_MOT = vocabulary("h g gio ruoi")
_ELDERS = vocabulary("cu di bac ong")
_PEERS = vocabulary("chi anh co")
_AFTER_A_NAME = vocabulary("o ben de theo va xin nho chi anh cua phong")
"""Words after "chị mai" that show that it is a person's name."""
_COUNTED_ONE = vocabulary("tuan ngay thang buoi tieng gio phut hom lan ban so nam")
"""Words after "mot" without diacritics that show that it means "một": một tuần, một bản."""
_AFTER_MOT = vocabulary("cung nop gui xong trinh bao nhe nha truoc luc phai a , . ; )") | {""}
_BEFORE_TOMORROW = vocabulary(
    "sang trua chieu toi dem som ngay hom bua truoc den het nhat vao han luc xong trong kip la gio h"
)
"""Words before a capital "Mai" that show that it means tomorrow and is no name like "đường Mai Chí Thọ"."""
_NOT_TOMORROW_AFTER = vocabulary("duong thuong khuyen hoa mia san choi") | {"dự"}
_NEXT_WORKDAY = any_of(
    "ngày làm việc kế tiếp|ngày làm việc tiếp theo|ngày làm việc liền kề|ngày làm việc kế|"
    "ngày làm việc sau|ngày làm việc tới|ngày làm việc gần nhất|ngày làm việc liền sau"
)
RELATIVE_FIRSTS = _RELATIVE.firsts | _DAY_AFTER.firsts | _NEXT_WORKDAY.firsts


def read_relative(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "hôm nay", "mai", "ngày kia", "ngày làm việc kế tiếp"."""
    worked = _NEXT_WORKDAY.at(words, at)
    counts = worked is not None and words[worked[1]].folded == "tu"
    if worked and not counts:
        return Day(now.workdays.add(now.today, 1), Form.RELATIVE), worked[1]
    found = _day_after(words, at, now)
    if found:
        return found
    said = _RELATIVE.at(words, at)
    if said is None:
        return None
    offset, after = said
    that_day = words[at].folded == "trong" and words[after].folded in _THAT
    if that_day or (words[after].folded == "thang" and words[after - 1].exact == _MOT):
        return None
    if after == at + 1 and not _is_a_day(words, at):
        return None
    return Day(now.today + timedelta(days=offset), Form.RELATIVE), after


def _day_after(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "ngày hôm sau khai mạc 24/9" as the day after the date named with it."""
    said = _DAY_AFTER.at(words, at)
    if said is None:
        return None
    place = said[1]
    while place < said[1] + _LONGEST_BETWEEN and words[place].exact in _BETWEEN_DAYS:
        place += 1
    found = separated(words, place, now)
    if found is None:
        return None
    return found[0]._replace(date=found[0].date + timedelta(days=1)), found[1]


def read_today(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read the "nay" of "chiều nay", which alone means nowadays, and the "qua" of "đêm qua"."""
    ends = words[at + 1].exact in _ENDS
    if words[at].exact == "qua" and at and words[at - 1].folded in (_PARTS if ends else _NIGHTS):
        return Day(now.today - timedelta(days=1), Form.RELATIVE), at + 1
    found = _TODAY_AFTER_A_PART.at(words, at)
    if found is None:
        return None
    return Day(now.today + timedelta(days=found[0]), Form.RELATIVE), found[1]


def _is_a_day(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "mai", "mốt", "mơi" is a day.

    False for "thuong mai", for "mot" that means "một", and for "moi" that means "mới".
    """
    word = words[at]
    if _is_somebody(words, at) or (word.folded == _MOT and words[at - 1].folded in _TENS):
        return False
    if word.exact == _MOT:
        return _is_bare_mot_a_day(words, at)
    if word.folded == _MOI:
        return word.exact == "mơi"
    return at == 0 or words[at - 1].folded not in _NOT_TOMORROW_AFTER


def _is_somebody(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "mai" is a person's name: "chị Mai", "cụ mai", "chị mai ở Ban Tổ chức"."""
    before = words[at - 1].folded if at else ""
    if words[at].capital and before.isalpha() and before not in _BEFORE_TOMORROW:
        return True
    return before in _ELDERS or (before in _PEERS and words[at + 1].folded in _AFTER_A_NAME)


def _is_bare_mot_a_day(words: tuple[Word, ...], at: int) -> bool:
    before, follows = words[at - 1].folded if at else "", words[at + 1]
    if follows.folded in _COUNTED_ONE:
        return False
    if (follows.folded, words[at + 2].folded) == ("bao", "cao") and at:
        return before in _BEFORE_MOT
    timed = before in _HOUR_BEFORE_MOT or (
        at > 1 and words[at - 1].value >= 0 and _ends_a_clock(words, at)
    )
    timed = timed or (follows.value >= 0 and words[at + 2].exact in _HOUR_BEFORE_MOT)
    return follows.folded in _AFTER_MOT or follows.capital or before in _BEFORE_MOT or timed


def _ends_a_clock(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether an hour such as "16:00", "16h30" ends before "mot"."""
    return words[at - 2].exact in (":", "h", "g")
