"""The words before a moment ("marks") that say what it is: a limit, a start, or neither (R2, R3, R12)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from bot.language.moments.context import Present
from bot.language.moments.days import Form, read_day_number
from bot.language.moments.days_in_period import read_new_year
from bot.language.moments.durations import read_counted_from
from bot.language.moments.moments import MOMENT_FIRSTS, Moment, read_moment
from bot.language.moments.periods import read_bare
from bot.language.text.numbers import read_number
from bot.language.text.words import Phrases, Sentence, Word, any_of, vocabulary


class Role(StrEnum):
    BEFORE = "before"
    UNTIL = "until"
    UP_TO = "up_to"
    """"đến", "hết": the end of the work, or of the data that the work is about."""
    WITHIN = "within"
    START = "start"
    DUE = "due"
    """A word such as "xong": the moment after it is when the work is due."""
    HANDED = "handed"
    """A verb such as "nộp": it has the same meaning as DUE but stays in the title."""
    EVE = "eve"
    """"trước lễ 2/9": the last working day before that day."""
    PLAIN = "plain"


_NO_LATER = "|".join(
    f"{no}{may} {later}"
    for no in ("không", "ko", "k", "đừng", "hổng", "chớ")
    for may in ("", " được", " để", " nên")
    for later in ("quá", "trễ hơn", "muộn hơn", "chậm hơn", "trễ quá", "muộn quá", "chậm quá")
)
"""All combinations such as "không quá", "không được muộn hơn", "đừng để trễ quá"."""
_NOT_AFTER = "|".join(
    f"{no} {verb} sau"
    for no in ("đừng", "không", "không được", "ko", "chớ", "đừng để")
    for verb in ("gửi", "nộp", "trình", "gởi", "báo cáo")
)
_MARKS = Phrases(
    {
        Role.BEFORE: "trước|trc|tr|trước thời điểm|trước lúc|xong trước|trước khi",
        Role.UNTIL: (
            f"{_NO_LATER}|{_NOT_AFTER}|"
            "chậm nhất|chậm nhất là|chậm nhất vào|chậm nhất đến|muộn nhất|muộn nhất là|"
            "muộn nhất vào|trễ nhất|trễ nhất là|trước hoặc trong|trước hoặc đúng|vào hoặc trước|"
            "hạn chót|hạn trót|hạn chót là|hạn cuối|hạn cuối là|hạn cuối cùng|hạn|hạn là|"
            "thời hạn|hạn đến|deadline|dl|đến hạn|từ nay đến|từ nay tới|từ nay đến hết|từ giờ đến|từ giờ tới|từ giờ đến hết|từ đây đến|từ đây tới|"
            "từ bây giờ đến|từ bây giờ tới|kịp|"
            "gia hạn đến|gia hạn tới|lùi đến|lùi hạn sang|chuyển hạn sang|dời hạn sang|đổi hạn sang|dời hạn đến|chuyển hạn đến|đổi hạn đến|lùi hạn đến|dời đến|dời sang|lùi sang|"
            "chuyển sang|dời lại|dời qua|lùi qua|lùi lại đến|lùi lại tới|hoãn đến|hoãn sang|hoàn thành đến|thời hạn hoàn thành|hạn hoàn thành|hạn nộp|"
            "thời gian hoàn thành|hạn xử lý|hạn trả lời|trễ lắm là|chậm lắm là|cùng lắm|"
            "gia hạn sang|thời hạn thực hiện|hạn thực hiện|thời hạn xử lý|hạn báo cáo|hạn trình|hạn gửi|thời hạn trả lời|"
            "thời hạn nộp|thời hạn gửi|thời hạn trình|cho đến hết|tối đa đến|trước khi hết"
        ),
        Role.UP_TO: "đến hết|tới hết|hết|đến|cho đến|tới|cho tới",
        Role.WITHIN: (
            "trong|trg|trong vòng|trong thời hạn|trong thời gian|nội trong|thời hạn là|tối đa|"
            "thời gian thực hiện|trong thời gian tối đa|ngay trong|chỉ trong"
        ),
        Role.START: (
            "từ|kể từ|bắt đầu từ|tính từ|sau|từ sau|bắt đầu|bắt đầu vào|kể từ sau|hiệu lực|hết hạn|hết hiệu lực"
        ),
        Role.DUE: (
            "xong|hoàn thành|hoàn tất|phải xong|dời|lùi|đổi thành|sửa thành|xong vào|để|là xong"
        ),
        Role.HANDED: "nộp|gửi|trình|nộp vào|gửi vào|trình vào|gởi|trình ký|ban hành|phát hành",
        Role.EVE: "trước dịp|trước lễ|trước nghỉ lễ|trước dịp lễ|trước kỳ nghỉ lễ|trước kỳ nghỉ|trước dịp nghỉ lễ",
        Role.PLAIN: "vào|khoảng|tầm|vào khoảng|cỡ|chừng|vào tầm|lúc khoảng",
    }
)
_LINK = any_of(
    "là|vào|lúc|:|ngày|ngay|khoảng|trong|-|–|mỗi|là ngày|các|hàng|đến|hôm|ngày hôm|=|thời hạn|là vào|cái|"
    + "|".join(
        f"{sign}|:{sign}" for sign in ("[", "{", "<", "*", "**", '"', "“", "'", "«", "_", "__")
    )
)
_DAYS = any_of("ngày")
_IS_THE_LIMIT = any_of(
    "là hạn cuối|là hạn chót|là hạn|là deadline|là hạn nộp|là hết hạn|là hạn cuối cùng"
)
_ONWARDS = any_of("trở đi|trở về sau|trở lên|đổ đi")
_COUNTED_AFTER = {
    Role.UNTIL: "days",
    Role.UP_TO: "",
    Role.WITHIN: "days hours minutes",
    Role.START: "days",
}
_LONGEST_RUN = 12
_SINCE_FIRSTS = ("ke", "tinh")
_STARTS = _MARKS.firsts | MOMENT_FIRSTS
_NOT_A_LIMIT_BEFORE = vocabulary("qua tre cham gia")
_IN_TIME = "dung"
_DAY = "ngay"
_ARRIVES = vocabulary("den toi")
_GUESTS = vocabulary("đoàn khách xe biểu thợ thầu đoan khach doan tho thau")
_COUNTED_UNITS = vocabulary("ngay tuan thang gio tieng")
_FINISHED = vocabulary("xong thanh tat")
"""Last words of marks that say the work is done by then: "hoàn thành", "hoàn tất"."""
_OF_THE_PRESENT = ("het", "trong")
_ANOTHER_PAIR = frozenset({("doi", "chieu"), ("trinh", "chieu"), ("co", "hieu")})
"""Other words without diacritics: đối chiếu, trình chiếu, có hiệu lực."""
_PERIODS = vocabulary("thang tuan nam quy hom ky lan bua")
_PAST_DAYS = vocabulary("hom bua")
_DAYS_AFTER_EVENING = vocabulary("nay mai mot thu t cn hom")
LIMITS = frozenset({Role.BEFORE, Role.UNTIL, Role.UP_TO, Role.WITHIN})


class Candidate(NamedTuple):
    """A moment with its role; `start` is the place of the first word of its mark."""

    role: Role
    start: int
    moment: Moment

    @property
    def end(self) -> int:
        return self.moment.end


def candidates(
    sentence: Sentence, now: Present, taken: frozenset[int], spans: str = ""
) -> Iterator[Candidate]:
    """Yield the moments among words that are not taken, each with the role that its mark gives it.

    `spans` names the counted units that are a deadline without any mark.
    """
    place = 0
    while place < sentence.length:
        word = sentence.words[place]
        candidate = None
        if (word.value >= 0 or word.folded in _STARTS) and place not in taken:
            candidate = _candidate(sentence.words, place, now, spans)
        if candidate and candidate.moment.day and candidate.moment.day.form is Form.COUNTED:
            candidate = _up_to_names(candidate, taken)
        if candidate and taken.isdisjoint(range(place, candidate.moment.end)):
            yield candidate
            place = candidate.moment.end
        else:
            place += 1


def _up_to_names(one: Candidate, taken: frozenset[int]) -> Candidate:
    """End a counted span before the document from which it counts: "kể từ ngày ký Quyết định số 31-QĐ/TU"."""
    end = next((n for n in range(one.moment.start + 2, one.end) if n in taken), one.end)
    return one._replace(moment=one.moment._replace(end=end))


def _candidate(words: tuple[Word, ...], place: int, now: Present, spans: str) -> Candidate | None:
    word = words[place]
    counted = read_counted_from(words, place, now) if word.folded in _SINCE_FIRSTS else None
    if counted:
        return Candidate(Role.WITHIN, place, Moment(place, counted[1], day=counted[0]))
    if word.folded in _MARKS.firsts and not _is_another_word(words, place):
        marked = _marked(words, place, now)
        if marked:
            return marked
    read = word.value >= 0 or word.folded in MOMENT_FIRSTS
    moment = read_moment(words, place, now, spans) if read else None
    if moment is None:
        return None
    last = _IS_THE_LIMIT.at(words, moment.end)
    if last:
        return Candidate(Role.UNTIL, place, moment._replace(end=last[1]))
    onwards = _ONWARDS.at(words, moment.end)
    return Candidate(Role.START if onwards else Role.PLAIN, place, moment)


def _is_another_word(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether the word is no mark here: "tối mai", "tháng trước", "quá hạn", "đoàn tới"."""
    late = words[place].folded == "han" and _is_late(words, place)
    arrives = words[place].folded in _ARRIVES and words[place - 1].exact in _GUESTS
    if (words[place].exact, words[place + 1].exact) in _ANOTHER_PAIR:
        return True
    return (
        (place > 0 and (late or arrives))
        or _is_evening(words, place)
        or _is_last_month(words, place)
    )


def _is_late(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether "hạn" is part of "quá hạn", "trễ hạn", "gia hạn" or "đúng hạn".

    It is a mark if a number follows "đúng hạn": "đúng hạn 19/12".
    """
    before = words[place - 1].folded
    return before in _NOT_A_LIMIT_BEFORE or (before == _IN_TIME and words[place + 1].value < 0)


def _is_last_month(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether "trước" means the last one, as in "tháng trước", but not in "báo cáo tháng trước ngày 5"."""
    if words[place].folded != "truoc" or place == 0 or words[place - 1].folded not in _PERIODS:
        return False
    if words[place - 1].folded in _PAST_DAYS:
        return True
    follows = words[place + 1]
    return follows.value < 0 and follows.folded not in MOMENT_FIRSTS


def _is_evening(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether "toi" without diacritics is "tối", as in "toi mai" (tối mai), and not "tới"."""
    return words[place].exact == "toi" and words[place + 1].folded in _DAYS_AFTER_EVENING


def _of_so_many_days(words: tuple[Word, ...], at: int, now: Present) -> Moment | None:
    """Read "trong 2 ngày 27 và 28/11", "trong hai ngày 5, 6 tháng 12" as the last of these days."""
    number = read_number(words, at)
    days = _DAYS.at(words, number[1]) if number else None
    if number is None or days is None or words[days[1]].value < 0:
        return None
    return read_moment(words, days[1] - 1, now, "")


def _is_two_days(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether two days stand here, as the "6 - 9/10" of "từ 6 - 9/10", which is read as the later one."""
    start = at + 1 if words[at].folded == _DAY else at
    dash = words[start].value >= 0 and words[start + 1].exact in ("-", "–")
    return dash and words[start + 2].value >= 0 and words[start + 3].exact in ("/", ".")


def _is_clear(words: tuple[Word, ...], moment: Moment) -> bool:
    """Tell whether "trong sang" is "trong sáng", as in "trong sang minh bach", but not in "trong sang mai"."""
    alone = moment.end == moment.start + 1 and words[moment.start].exact == "sang"
    return alone and words[moment.end].exact in ("minh", "cua", "ve", "trong")


class _Run(NamedTuple):
    """A run of marks: its role, the place from which the title leaves words out, and the place after it."""

    role: Role
    start: int
    after: int


def _run(words: tuple[Word, ...], place: int) -> _Run | None:
    """Read a run of marks ("chậm nhất trước ngày"); the strongest mark decides."""
    role: Role | None = None
    start = at = place
    mark = _MARKS.at(words, at)
    while mark and at - place < _LONGEST_RUN:
        said, after = mark
        if role is Role.WITHIN and said is Role.START and words[after - 1].folded == "sau":
            break
        if role is Role.UP_TO and said is Role.WITHIN:
            return None
        if role and _is_a_number(words, at):
            break
        start = after if said is Role.HANDED else start
        finished = words[at - 1].folded in _FINISHED
        role = _together(role, said, finished) if role else said
        at = after
        link = _LINK.at(words, at)
        mark = _MARKS.at(words, at) or (_MARKS.at(words, link[1]) if link else None)
    return _Run(role, start, at) if role else None


def _is_a_number(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "tam" or "sau" is a number before a unit: "trong tam ngay" (tám), "han sau ngay lam viec" (sáu).

    False for "tầm" and for "sau ngày 15".
    """
    counted = words[at].exact in ("tam", "sau") and words[at + 1].folded in _COUNTED_UNITS
    return counted and words[at + 2].value < 0


def _together(role: Role, said: Role, finished: bool) -> Role:
    """Return the role of two marks together: "xong trước", "trong thời gian từ", "(chuyển) đến từ", "xong hết"."""
    if role is Role.DUE and said is Role.UP_TO and finished:
        return Role.UNTIL
    if said is Role.START and role in (Role.WITHIN, Role.UP_TO):
        return said
    later = role not in LIMITS or said in LIMITS - {Role.UP_TO, Role.WITHIN}
    return said if later else role


def _marked(words: tuple[Word, ...], place: int, now: Present) -> Candidate | None:
    """Read marks with the moment after them. The eve of a holiday becomes a limit."""
    run = _run(words, place)
    moment = _after_marks(words, run, now) if run else None
    if run is None or moment is None:
        return None
    role = run.role
    if role is Role.EVE and moment.day:
        eve = now.workdays.add(moment.day.date, -1)
        return Candidate(Role.UNTIL, run.start, moment._replace(day=moment.day._replace(date=eve)))
    if role is Role.START and (moment.ranged or _is_two_days(words, moment.start)):
        role = Role.UP_TO
    return Candidate(role, run.start, moment)


def _after_marks(words: tuple[Word, ...], run: _Run, now: Present) -> Moment | None:
    role, at = run.role, run.after
    spans = _COUNTED_AFTER.get(role, "")
    link = _LINK.at(words, at)
    if link and words[link[1] - 1].folded == _DAY and link[1] > at + 1:
        link = link[0], link[1] - 1
    moment = read_moment(words, at, now, spans) or (
        read_moment(words, link[1], now, spans) if link else None
    )
    if moment:
        return None if role is Role.WITHIN and _is_clear(words, moment) else moment
    return _only_after_marks(words, role, at, now)


def _only_after_marks(words: tuple[Word, ...], role: Role, at: int, now: Present) -> Moment | None:
    """Read words that are a moment only after marks: "hạn 25", "trước Tết Dương lịch", "trong tuần"."""
    found = None
    if role is Role.WITHIN:
        days = _of_so_many_days(words, at, now)
        if days:
            return days
    if role in (Role.BEFORE, Role.UNTIL):
        found = read_day_number(words, at, now, is_hour_too=role is Role.BEFORE)
    if found is None and role in (Role.BEFORE, Role.EVE):
        found = read_new_year(words, at, now)
    if found is None and words[at - 1].folded in _OF_THE_PRESENT:
        found = read_bare(words, at, now)
    return Moment(at, found[1], day=found[0]) if found else None
