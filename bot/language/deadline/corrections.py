"""Moments that a sentence takes back: "thôi", "à không", "đính chính", "chứ không phải" (R14)."""

from itertools import pairwise, zip_longest

from bot.language.deadline.clause_position import BREAKS
from bot.language.deadline.event_dates import is_event, moves_event
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.readings import Span
from bot.language.text.words import Sentence, any_of, vocabulary

_CORRECTION = any_of(
    "thôi|à không|nhầm|không phải,|đổi lại|đổi thành|sửa lại|chuyển sang|dời sang|dời lại|lùi sang|"
    "quên|à quên|à nhầm|lộn|à lộn|xin lỗi|đính chính|sửa:|sửa là|sửa thành|nhưng mình|nội bộ|bên mình chốt|mình chốt|ta chốt|nhưng tôi|nhưng em|nhưng anh|nhưng chị|chữa:|chữa lại|chỉnh lại|ý anh là|"
    "ý chị là|ý em là|ý tôi là|ý là|ý mình là|đúng ra là|đúng là|chính xác là|hạn mới|nói nhầm|viết nhầm|"
    "gõ nhầm|ghi nhầm|cập nhật lại|đổi qua|dời qua|lùi qua|lùi lại|mà là"
)
_TAKEN_BACK = any_of(
    "không phải|ko phải|k phải|hổng phải|không phải là|chứ không phải|chứ ko phải|chứ k phải|chứ hổng phải|chứ không|chứ ko|chứ đâu phải|thay vì|"
    "thay cho|chứ không phải là|không còn là|chứ hông phải|chứ chẳng phải|đừng nhầm|đừng nhầm với|không nhầm|đừng lộn|đừng lộn với|chớ nhầm|hạn cũ|hạn cũ là"
)
_NO_MORE = any_of(
    "chưa cần|chưa phải|không cần|ko cần|khỏi cần|chưa vội|bỏ đi|bỏ nhé|là sai|ghi sai|là nhầm|hủy|không dùng nữa|không tính"
)
_TOO_SOON = any_of(
    "chưa gấp|không gấp|ko gấp|hơi gấp|gấp quá|gấp lắm|thì gấp|hơi sớm|sớm quá|thì sớm|hơi căng|căng quá|"
    "không kịp|ko kịp|k kịp|hổng kịp|hông kịp|khỏi|thôi khỏi|không được|ko được|kẹt|anh kẹt|thì thôi|thì khỏi"
)
"""Words after a moment that reject it for a later one: "trong hôm nay hơi gấp, 2 giờ chiều thứ Sáu nhé"."""
_NOT_IN_TIME = any_of("không kịp|ko kịp|k kịp|chưa kịp|hổng kịp|hông kịp|chẳng kịp|sao kịp")
_MOVED_TO = any_of("sang|qua|thành|- >|→|= >")
_REFUSED = any_of(
    "khỏi chờ|khỏi đợi|đừng chờ|đừng đợi|đừng để|đừng kéo|không chờ|không đợi|không để|không kéo|ko chờ|"
    "ko đợi|k chờ|chẳng đợi|khỏi cần|bỏ cái|bỏ hạn|bỏ mốc|bỏ ngày|hủy hạn|hổng chờ|hông chờ|khỏi để|"
    "đừng dồn|khỏi kéo|không cần đợi|không cần chờ"
)
_PUT_OFF = any_of(
    "|".join(
        f"{no}{verb}"
        for no in (
            "khoan",
            "khỏi",
            "khỏi phải",
            "đừng",
            "chưa cần",
            "không cần",
            "ko cần",
            "khoan hãy",
        )
        for verb in ("", " gửi", " nộp", " trình", " làm", " đưa", " xong")
    )
    + "|bỏ"
)
"""Words right before a moment that reject it for a later one: "khoan trong hôm nay, 3h chiều mai nha"."""
_CORRECTING_BITS = (
    _CORRECTION.bit
    | _TAKEN_BACK.bit
    | _NO_MORE.bit
    | _MOVED_TO.bit
    | _REFUSED.bit
    | _PUT_OFF.bit
    | _TOO_SOON.bit
    | _NOT_IN_TIME.bit
)
_PUTTING_OFF_BITS = _PUT_OFF.bit | _TOO_SOON.bit | _NOT_IN_TIME.bit
_ANOTHER_WORD = vocabulary("thoi lon quen")
"""Words that without diacritics far more often mean "thời gian", "lớn", "quen" than a correction."""
_TIME_ENDS = vocabulary("gian diem ky han tiet hieu su")
_HESITATES = vocabulary("à ờ ừm ừ ơ ấy a uh um")
_PAUSES = BREAKS | {"…"}
_STOPS = frozenset(",;.") | vocabulary("quá trễ tre chậm cham muộn trước mà rồi")
_LONGEST_REFUSAL = 6
_LONGEST_PUT_OFF = 4
_OTHERS_ALONE = vocabulary("dung bo")
"""Without diacritics they are far more often "đúng", "bộ"."""
_OTHERS_AFTER = vocabulary("khoan khoi")
_MAKES_OTHERS = vocabulary("tai dieu cac mot can bien noi hoi")
"""Words before "khoan", "khoi" without diacritics: tài khoản, điều khoản, các khối, biên khởi."""
_LONGEST_TAKEN_BACK = 5


def corrected(sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Drop the moments that "thôi", "à không", "đính chính", "chứ không phải" take back (R14)."""
    if not sentence.starts & _CORRECTING_BITS:
        return _thought_over(sentence, found)
    if _REFUSED.may_be_in(sentence):
        found = [one for one in found if not _is_refused(sentence, one)] or found
    if sentence.starts & _PUTTING_OFF_BITS:
        found = _without_put_off(sentence, found)
    if _TAKEN_BACK.may_be_in(sentence) or _NO_MORE.may_be_in(sentence):
        found = _without_taken_back(sentence, found)
    if not (_CORRECTION.may_be_in(sentence) or _MOVED_TO.may_be_in(sentence)):
        return _thought_over(sentence, found)
    first = 0
    found = list(found)
    for place, (earlier, later) in enumerate(pairwise(list(found)), 1):
        if moves_event(sentence, later):
            continue
        between = range(earlier.end, later.end - 1)
        taken_back = any(_takes_back(sentence, word, earlier, later) for word in between)
        corrects = _CORRECTION.at(sentence.words, later.start)
        hesitates = _is_thought_over(sentence, earlier, later)
        if taken_back or corrects or hesitates or _is_moved_to(sentence, later):
            first = place
            found[place] = _with_the_rest(earlier, later)
    return found[first:]


def _takes_back(sentence: Sentence, place: int, earlier: Candidate, later: Candidate) -> bool:
    """Tell whether a word of correction stands at the place.

    Without diacritics "lon" counts in "lon, mot nop" (lộn) but not in "hoi truong lon"; "thoi" (thôi) does
    not count in "thoi gian".
    """
    said, word = _CORRECTION.at(sentence.words, place), sentence.words[place].exact
    if said is None or word not in _ANOTHER_WORD or said[1] > place + 1:
        return said is not None
    if sentence.words[place + 1].folded in _TIME_ENDS:
        return False
    before, after = sentence.words[place - 1].exact, sentence.words[place + 1].exact
    apart = before in BREAKS or before in _HESITATES or (word == "thoi" and after in BREAKS)
    return apart or place == earlier.end or place + 1 == later.start


def _thought_over(sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Drop the moments before the last "... à": "thứ Năm... à thứ Sáu nộp"."""
    if len(found) < 2:
        return found
    kept = list(found)
    first = 0
    for place, (earlier, later) in enumerate(pairwise(found), 1):
        if _is_thought_over(sentence, earlier, later):
            first = place
            kept[place] = _with_the_rest(earlier, later)
    return kept[first:]


def _is_thought_over(sentence: Sentence, earlier: Candidate, later: Candidate) -> bool:
    """Tell whether only a pause and a word of hesitation stand between two moments: "thứ Năm... à thứ Sáu"."""
    if sentence.words[later.start - 1].exact not in _HESITATES:
        return False
    between = [word.exact for word in sentence.words[earlier.end : later.start]]
    if len(between) < 2 or between[0] not in _PAUSES:
        return False
    thinks = all(word in _PAUSES or word in _HESITATES for word in between)
    return thinks and (is_event(sentence, earlier) or not is_event(sentence, later))


def spans_taken_back(
    sentence: Sentence, found: list[Candidate], kept: list[Candidate]
) -> tuple[Span, ...]:
    """Return the spans of the dropped moments and of the words that take them back, to be cut from the title."""
    starts = {one.start for one in kept}
    dropped = [one for one in found if one.start not in starts]
    if not dropped:
        return ()
    first = min(one.start for one in dropped)
    last = max(one.end for one in found)
    words = [(one.start, one.end) for one in dropped]
    for phrases in (_CORRECTION, _TAKEN_BACK, _NO_MORE):
        for place in phrases.places(sentence):
            said = phrases.at(sentence.words, place)
            if said and first - _LONGEST_TAKEN_BACK <= place <= last:
                words.append((place, said[1]))
    return tuple(sentence.span(*each) for each in words)


def _is_moved_to(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the moment is the new date in "từ 15/12 sang 18/12", "15/12 -> 18/12"."""
    places = (one.start - 1, max(0, one.start - 2))
    refused = range(max(0, one.start - _LONGEST_TAKEN_BACK), max(0, one.start))
    if any(_REFUSED.at(sentence.words, place) for place in refused):
        return False
    return any(
        said is not None and said[1] == one.start
        for place in places
        if (said := _MOVED_TO.at(sentence.words, place))
    )


def _with_the_rest(earlier: Candidate, later: Candidate) -> Candidate:
    """Complete a correction with the day or the hour that it leaves out.

    "8h mai, à không, 7h30", "17h mai, à thôi, mốt".
    """
    one, other = earlier.moment, later.moment
    if other.day is None and one.day and one.day.moment is None:
        return later._replace(moment=other._replace(day=one.day))
    timed = other.clock or other.part or (other.day and other.day.moment)
    if one.clock and not timed:
        return later._replace(moment=other._replace(clock=one.clock))
    return later


def _without_taken_back(sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Drop the moment after "chứ không phải".

    If the kept moment before it has an hour but no day, it gets the day of the dropped one.
    """
    kept: list[Candidate] = []
    for one in found:
        if not _is_taken_back(sentence, one):
            kept.append(one)
        elif kept and kept[-1].moment.day is None and kept[-1].moment.clock:
            kept[-1] = kept[-1]._replace(moment=kept[-1].moment._replace(day=one.moment.day))
    return kept


def _is_refused(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the moment is refused: "khỏi chờ tới thứ Sáu", "bỏ cái hạn 5/12 đi".

    False for "đừng để quá thứ Sáu".
    """
    first = max(0, one.moment.start - _LONGEST_REFUSAL)
    stops = _STOPS | {"qua"} if sentence.plain else _STOPS
    for place in range(first, one.moment.start):
        said = _REFUSED.at(sentence.words, place)
        between = sentence.words[said[1] : one.moment.start] if said else ()
        if said and not any(word.exact in stops for word in between):
            return True
    return False


def _without_put_off(sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """Drop moments put off in favour of a later one. The later one takes over an hour named between the two days."""
    kept: list[Candidate] = []
    for one, later in zip_longest(found, found[1:]):
        last = later is None and (not kept or not _is_refused_beside(sentence, one))
        if last or not _is_put_off(sentence, one):
            kept.append(one)
        elif later is None:
            continue
        elif later.start == one.end + 1 and later.moment.clock is None and one.moment.clock:
            found[found.index(later)] = later._replace(
                moment=later.moment._replace(clock=one.moment.clock)
            )
    return kept


def _is_put_off(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the moment is put off: "khoan trong hôm nay".

    False for "tai khoan hom nay" and "đừng gửi trước ngày 10/12".
    """
    before = {max(0, one.start - 1), max(0, one.moment.start - 2)}
    if _TOO_SOON.at(sentence.words, one.end) or any(
        _NOT_IN_TIME.at(sentence.words, place) for place in before
    ):
        return not _has_another_way(sentence, one.end)
    return _is_refused_beside(sentence, one)


def _is_refused_beside(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a word of putting off stands right before the moment: "khỏi nộp thứ Năm", "khoan trong hôm nay".

    False for "tai khoan hom nay".
    """
    if one.role is Role.BEFORE:
        return False
    for place in range(max(0, one.start - _LONGEST_PUT_OFF), one.start):
        said = _PUT_OFF.at(sentence.words, place)
        beside = said is not None and said[1] in (one.start, one.moment.start)
        if beside and not _is_no_word_of_putting_off(sentence, place, one):
            return True
    return False


def _is_no_word_of_putting_off(sentence: Sentence, place: int, one: Candidate) -> bool:
    """Tell whether the word is another one without diacritics.

    "tai khoan hom nay", "cac khoi", "dung 15h", "30 bo trong hom nay".
    """
    word, before = sentence.words[place], sentence.words[place - 1] if place else None
    if word.exact in _OTHERS_ALONE and place + 1 in (one.start, one.moment.start):
        return True
    return word.exact in _OTHERS_AFTER and before is not None and before.folded in _MAKES_OTHERS


def _has_another_way(sentence: Sentence, place: int) -> bool:
    """Tell whether both days are possible: "không kịp mai thì mốt"."""
    said = _TOO_SOON.at(sentence.words, place)
    return sentence.words[said[1] if said else place].folded == "thi"


def _is_taken_back(sentence: Sentence, one: Candidate) -> bool:
    if _NO_MORE.at(sentence.words, one.end):
        return True
    for place in range(max(0, one.start - _LONGEST_TAKEN_BACK), one.end):
        said = _TAKEN_BACK.at(sentence.words, place)
        if said and one.start <= said[1] <= one.moment.start:
            return True
    return False
