"""Words that mean soon, or after some event. No date is guessed; dates are offered (R10)."""

from typing import NamedTuple

from bot.language.deadline.clause_position import BREAKS, clause_end, clause_start
from bot.language.moments.clocks import read_part
from bot.language.moments.moments import MOMENT_FIRSTS
from bot.language.orders.urgency import hurries
from bot.language.readings import Why
from bot.language.text.numbers import read_number
from bot.language.text.words import Phrases, Sentence, any_of, vocabulary

_FEW = "vài mấy dăm ít đôi đôi+ba vài+ba dăm+ba một+vài một+hai hai+ba ba+bốn"
_UNITS = "ngày hôm bữa tuần tháng tiếng giờ phút buổi"
_COUNTS = "|".join(
    f"{few.replace('+', ' ')} {unit} {tail}"
    for few in _FEW.split()
    for unit in _UNITS.split()
    for tail in ("nữa", "tới")
) + "".join(
    f"|{more} {few.replace('+', ' ')} {unit}"
    for more in ("thêm", "lại", "hạn", "đến", "sau")
    for few in _FEW.split()
    for unit in _UNITS.split()
)
_PHRASES = Phrases(
    {
        Why.VAGUE: (
            _COUNTS
            + "|lát nữa|chút nữa|tí nữa|xíu nữa|chốc nữa|lúc nào tiện|khi nào tiện|bữa nào|hôm nào|"
            "khi nào rảnh|liền đi|liền nha|liền nhé|liền nghe|làm liền|gửi liền|nộp liền|báo liền|"
            "tức tốc|làm nhanh|nhanh giùm|nhanh lên|tranh thủ|luôn bây giờ|ngay bây giờ|làm lẹ|lúc nào cũng được|khi nào cũng được|hôm nào rảnh|bữa nào rảnh|khi rảnh|khi tiện|"
            "gấp|khẩn trương|càng sớm càng tốt|càng nhanh càng tốt|nhanh chóng|sớm|asap|bữa kia|mai mốt|ngay lập tức|ngày kìa|"
            "ngày kia nữa|vài ngày nữa|mấy ngày nữa|ít hôm nữa|nay mai|gấp rút|sớm nhất|lẹ|"
            "nhanh nhất có thể|trong thời gian sớm nhất|thời gian ngắn nhất|thời gian nhanh nhất|thời gian gần nhất|"
            "một thời gian ngắn|sớm nhất có thể|thời gian tới|tức thì|mấy hôm nữa|"
            "vài hôm nữa|trung tuần|thượng tuần|hạ tuần|trong tuần hoặc|lúc nào rảnh|tuần này hoặc tuần sau|trước hn|trong hn|những ngày tới"
        ),
        Why.EVENT: (
            "sau tết|trước tết|đến tết|tới tết|trước và sau tết|trong tết|ra giêng|trước hội nghị|trước đại hội|trước kỳ họp|trước cuộc họp|"
            "trước giao ban|trước giờ họp|sau hội nghị|sau cuộc họp|trước buổi họp|qua tết|ra tết|"
            "trước phiên họp|sau đại hội|sau kỳ nghỉ tết|sau nghỉ tết|sau kỳ họp|trước khi họp|"
            "trước họp|sau khi họp|sau họp|sau lễ|sau nghỉ lễ|qua lễ|trước nghỉ tết|giáp tết|"
            "trước kỳ nghỉ tết|dịp tết|trước hội thảo|trước buổi làm việc|sau giao ban|đầu năm mới|"
            "trước khi đại hội|trước phiên|sau buổi họp|trước giờ giao ban|tại phiên họp|"
            "sau khi có kết luận|trước quốc khánh|trước giỗ tổ|trước giáng sinh|trước noel|trước ngày thành lập|"
            "khi nào có|bao giờ có|trong tháng giêng|đầu tháng giêng|qua tháng giêng|sau rằm|qua rằm|trước lễ giỗ tổ|sau quốc khánh|"
            "sau khi có|sau khi được|khi có kết luận|trước bầu cử|trước lễ|trước kỳ nghỉ|trước nghỉ lễ|"
            "trước dịp lễ|tết tây xong|tết xong|lễ xong|xong lễ|xong tết|qua tết tây|ăn tết xong"
        ),
    }
)
_AT_ONCE = any_of("ngay")
_WAITING = any_of(
    "trước khi|trước lúc|sau khi|ngay khi|ngay sau khi|đợi|chờ|khi nào|khi|lúc nào|chừng nào|bao giờ|đến khi|tới khi"
)
_HAPPENS = vocabulary(
    "về ve xong duyệt duyet ký ky có co được duoc họp hop nhận nhan kết ket thống chốt chot ban hành "
    "đồng ý phê phe đủ du qua bế be thông cho rồi gật tới đến"
)
_AROUND = any_of(
    "trước|sau|trước ngày|sau ngày|ngay sau|trước giờ|trước đợt|sau đợt|trước buổi|sau buổi|trước cuộc|"
    "sau cuộc|trước lễ|sau lễ|trước hôm|sau hôm|trước kỳ|sau kỳ|trước mùa|sau mùa|trước dịp|sau dịp|trước phiên|sau phiên|trước lúc"
)
_PERIODS = vocabulary("tuan thang quy nam")
_OCCASIONS = vocabulary("dot dip mua")
_HELD = any_of(
    "bầu cử|khai mạc|bế mạc|tập huấn|hội nghị|đại hội|họp|giao ban|hội thảo|sơ kết|tổng kết|kiểm tra|"
    "thanh tra|giám sát|khánh thành|khởi công|ra quân|kỷ niệm|ra mắt|bàn giao|cưới|thi|diễn tập|tổng duyệt|"
    "sơ duyệt|tiếp đoàn|đoàn đến|đoàn về|tiếp xúc cử tri|chất vấn|chuyến công tác|công tác|giỗ|nghỉ lễ|nghỉ hè|"
    "chi bộ|ban thường vụ|thường vụ|thường trực|ban chấp hành|tọa đàm|đối thoại|truyền thống|thành lập"
)
_WHEN = vocabulary("khi lúc")
_COMES = vocabulary("về duyệt ký họp duyet phê")
_ITS_OWN_END = vocabulary("xong rồi roi")
_OWN_ACTS = vocabulary(
    "trình gửi gởi nộp ký in ban phát đưa chuyển làm báo duyệt lưu đóng đăng triển thực tiến scan photo "
    "trinh gui nop ky dua chuyen lam bao duyet luu dong dang trien thuc tien phat về ve hết het tan ra bắt bat"
)
"""Words after "trước khi" for one's own acts, or for a time: "trước khi hết giờ"."""
_BEFORE_A_LIMIT = vocabulary(
    ", ; . xong thành nộp gửi có trình thanh nop gui co trinh tất tat phải phai"
)
_MUST_BE = any_of(
    "phải xong|là phải|thì phải|là xong|phải có|phải hoàn|phải đủ|phải sẵn|phải nộp|phải gửi|phải trình"
)
_LEAVES = ("đi", "nghỉ")
_THEN = ("la", "thi")
_ARRIVES = vocabulary("vao ve den toi hop qua xuong")
_LONGEST_ARRIVAL = 14
_THAT = vocabulary("do ay nay")
_LONGEST_WAIT = 6
_DONE_FIRST = any_of(
    "họp xong|đi công tác về|công tác về|đi họp về|họp về|hội nghị xong|làm việc xong|tiếp đoàn xong|"
    "giao ban xong|đi về|tan họp|xong hội nghị|xong việc này|xong cái này"
)
_WHENEVER = any_of("khi nào|lúc nào|chừng nào|bao giờ")
_TELLS = vocabulary("báo bao nhắn nhan gọi goi hú hu alo ới nói noi")
_WHO_IS_TOLD = vocabulary(
    "anh chị chi em tôi toi mình minh a c e sếp sep cô co chú chu bác bac cho với voi lại lai tin ngay"
)
_LONGEST_NEWS = 16
_LONGEST_DOER = 4
_MEETINGS = any_of(
    "họp|hội nghị|giao ban|đi công tác|tiếp đoàn|làm việc với|dự họp|dự hội|dự lễ|dự đại|dự buổi|dự lớp|dự tập|"
    "tiếp|công tác|đi họp|đi dự|nghỉ"
)
_LONGEST_MEETING = 6
_STILL_TO_DO = vocabulary("trước truoc việc hồ")
_POLITE = vocabulary("nhe nha nghe nghen di giup gium giùm a")
_NOT_AT_ONCE_BEFORE = vocabulary("từ cả trong sau tại trước hôm khi đầu lúc lập ngắn thẳng")
_MEET = "gap"
_EARLY_BEFORE = vocabulary("sang tu")


class Vague(NamedTuple):
    """Why no date can be read, and the places of the words that cause it."""

    why: Why
    start: int
    end: int


_UNIT_WORDS = any_of("ngày|hôm|bữa|tuần|tháng|tiếng|ngày làm việc|buổi")
_TO_ANOTHER = any_of("-|–|,|đến|tới|hoặc|hay")
_STILL = any_of("nữa|tới")
_MORE = "them"
_RANGES_AT_MOST = 31


def _about(sentence: Sentence) -> Vague | None:
    """Find a count with two ends ("2-3 ngày nữa"), or from an unknown day ("xin thêm 2 ngày")."""
    words = sentence.words
    more = _MORE in sentence.folds
    for place in range(sentence.length) if more else sentence.numbers:
        if words[place].value < 0 and words[place].folded != _MORE:
            continue
        start = place + 1 if words[place].folded == _MORE else place
        first = read_number(words, start)
        joined = _TO_ANOTHER.at(words, first[1]) if first else None
        last = read_number(words, joined[1]) if joined else None
        number = last or first
        unit = _UNIT_WORDS.at(words, number[1]) if number else None
        if first is None or number is None or unit is None:
            continue
        ranged = last is not None and first[0] < last[0] <= _RANGES_AT_MOST
        if start > place or (ranged and _STILL.at(words, unit[1])):
            return Vague(Why.VAGUE, place, unit[1])
    return None


def find_vague(sentence: Sentence) -> Vague | None:
    """Find the first words that mean soon, or some time before or after an event."""
    for place in sentence.opened_by(_PHRASES.bit | _AT_ONCE.bit):
        word = sentence.words[place]
        if word.exact == "ngay" and _is_at_once(sentence, place):
            return Vague(Why.VAGUE, place, place + 1)
        told = _is_only_told(sentence, place)
        passed_over = told or _is_of_a_period(sentence, place)
        found = None if passed_over else _PHRASES.at(sentence.words, place)
        if (
            found
            and word.folded == "truoc"
            and sentence.words[found[1] - 1].folded == "le"
            and sentence.words[found[1]].value >= 0
        ):
            continue
        if (
            found
            and word.folded == "ngay"
            and found[1] == place + 2
            and (sentence.words[place + 1].exact == "kia")
        ):
            continue
        if found and (found[1] > place + 1 or _is_meant(sentence, place)):
            return Vague(found[0], place, found[1])
    return _about(sentence) or _dependent(sentence)


def _dependent(sentence: Sentence) -> Vague | None:
    """Find work that waits for something: "sau khi anh Lĩnh duyệt", "họp xong gửi biên bản"."""
    for place in _WAITING.places(sentence):
        said = _WAITING.at(sentence.words, place)
        mid = sentence.words[place].exact in _WHEN and place > 1
        starts = place == 0 or sentence.words[place - 1].exact in ",;.:"
        after = sentence.words[place].folded in ("sau", "truoc") and not _is_counted(
            sentence, place
        )
        if said is None or not (starts or after or mid) or read_part(sentence.words, said[1] - 1):
            continue
        if _is_only_told(sentence, place):
            continue
        if _is_before_it(sentence, place, said[1]):
            return Vague(Why.EVENT, place, said[1])
        happens = (
            _HAPPENS - _ITS_OWN_END if sentence.words[said[1] - 1].folded == "nao" else _HAPPENS
        )
        happens = happens if starts or after else _COMES
        for at in range(said[1], min(said[1] + _LONGEST_WAIT, sentence.length)):
            if sentence.words[place].exact == "cho" and _is_a_span(sentence, at):
                break
            leaves = at > said[1] and after and sentence.words[at].exact in _LEAVES
            if sentence.words[at].exact in happens or leaves:
                return Vague(Why.EVENT, place, at + 1)
    return _arrival(sentence) or _done_first(sentence) or _around(sentence)


def _is_only_told(sentence: Sentence, place: int) -> bool:
    """Tell whether somebody is only to tell the news: "khi nào có số liệu thì báo chị", but not "... thì gửi".

    No work waits for that event.
    """
    words = sentence.words
    if _WHENEVER.at(words, place) is None:
        return False
    news = range(place + 2, min(place + _LONGEST_NEWS, sentence.length))
    then = next((n for n in news if words[n].folded == "thi"), None)
    if then is None:
        return False
    for at in range(then + 1, then + 1 + _LONGEST_DOER):
        if words[at].exact in _TELLS:
            return words[at + 1].exact in _WHO_IS_TOLD
    return False


def _is_a_span(sentence: Sentence, place: int) -> bool:
    """Tell whether a span of time starts here: the "1 tuan" of "cho Kha 1 tuan nua de xong" (cho).

    False in "cho xa gui du" (chờ).
    """
    number = read_number(sentence.words, place)
    return number is not None and _UNIT_WORDS.at(sentence.words, number[1]) is not None


def _arrival(sentence: Sentence) -> Vague | None:
    """Find a deadline at somebody's arrival: "đoàn vào là phải xong", "sếp về là phải có số liệu"."""
    for place in _MUST_BE.places(sentence):
        said = _MUST_BE.at(sentence.words, place)
        if said is None or place < 2 or sentence.words[place].folded not in _THEN:
            continue
        who, arrives = sentence.words[place - 2 : place]
        if arrives.folded in _ARRIVES and who.value < 0 and who.folded not in _PERIODS:
            return Vague(Why.EVENT, place - 1, said[1])
    return None


def _is_before_it(sentence: Sentence, place: int, after: int) -> bool:
    """Tell whether the work must be done before an act of others: "xong trước khi đoàn về".

    False for one's own act: "rà lại trước khi gửi".
    """
    words = sentence.words
    if words[place].folded != "truoc" or words[after].exact in _OWN_ACTS or words[after].value >= 0:
        return False
    return place == 0 or words[place - 1].exact in _BEFORE_A_LIMIT or _has_to(sentence, after)


def _has_to(sentence: Sentence, after: int) -> bool:
    """Tell whether the clause continues with what must be done: "kê bàn ghế trước khi đoàn vào là phải xong"."""
    for place in range(after + 1, min(after + _LONGEST_ARRIVAL, sentence.length)):
        if sentence.words[place].exact in BREAKS:
            return False
        if _MUST_BE.at(sentence.words, place):
            return True
    return False


def _around(sentence: Sentence) -> Vague | None:
    """Find "trước ngày bầu cử", "sau đợt tập huấn" if a clause starts or ends there."""
    for place in _AROUND.places(sentence):
        said = None if _is_of_a_period(sentence, place) else _AROUND.at(sentence.words, place)
        if said and _names_a_day(sentence, place, said[1]):
            return Vague(Why.EVENT, place, said[1])
        if said and sentence.words[said[1] - 1].folded in _OCCASIONS:
            return Vague(Why.EVENT, place, said[1])
        event = _HELD.at(sentence.words, said[1]) if said else None
        if event and (clause_start(sentence, place) or clause_end(sentence, event[1])):
            return Vague(Why.EVENT, place, event[1])
    return None


def _is_of_a_period(sentence: Sentence, place: int) -> bool:
    """Tell whether "sau" belongs to a period: "tuần sau bàn giao", but not "sau bàn giao", "2 tuần sau bàn giao"."""
    words = sentence.words
    if words[place].folded != "sau" or place == 0 or words[place - 1].folded not in _PERIODS:
        return False
    return place < 2 or words[place - 2].value < 0


def _names_a_day(sentence: Sentence, place: int, after: int) -> bool:
    """Tell whether an event names the day: "trước ngày khai trương trụ sở", not "trước ngày 15", "trước ngày mai"."""
    words, follows = sentence.words, sentence.words[after]
    day = words[place].folded == "truoc" and words[after - 1].folded in ("ngay", "hom")
    said = follows.value < 0 and follows.folded not in MOMENT_FIRSTS and follows.exact.isalpha()
    starts = clause_start(sentence, place) or words[place - 1].exact in _BEFORE_A_LIMIT
    return day and said and starts and follows.folded not in _THAT


def _is_counted(sentence: Sentence, place: int) -> bool:
    """Tell whether a count stands before the place: "3 ngày sau khi nhận văn bản"."""
    before = sentence.words[place - 1].folded if place else ""
    return before in ("ngay", "viec", "tuan", "thang", "gio", "tieng", "phut", "hom")


def _done_first(sentence: Sentence) -> Vague | None:
    if not sentence.starts & (_MEETINGS.bit | _DONE_FIRST.bit):
        return None
    for place in _MEETINGS.places(sentence):
        met = _MEETINGS.at(sentence.words, place)
        starts = place == 0 or sentence.words[place - 1].exact in ",;.:"
        if met is None or not starts:
            continue
        for at in range(met[1], min(met[1] + _LONGEST_MEETING, sentence.length)):
            if sentence.words[at].exact in ",;.:":
                break
            if (
                sentence.words[at].folded in ("xong", "ve")
                and sentence.words[at + 1].exact not in _STILL_TO_DO
            ):
                return Vague(Why.EVENT, place, at + 1)
    for place in _DONE_FIRST.places(sentence):
        done = _DONE_FIRST.at(sentence.words, place)
        starts = place == 0 or sentence.words[place - 1].exact in ",;.:"
        if done and starts and done[1] < sentence.length:
            return Vague(Why.EVENT, place, done[1])
    return None


def _is_at_once(sentence: Sentence, place: int) -> bool:
    """Tell whether "ngay" means at once: "làm ngay", but not "ngay từ đầu" or "ngay" typed for "ngày"."""
    after = sentence.words[place + 1]
    ends = place + 1 >= sentence.length or after.exact in ".,;!"
    if sentence.plain:
        ends = ends or after.exact in _POLITE
        return ends and place > 0 and sentence.words[place - 1].value < 0
    return after.exact not in _NOT_AT_ONCE_BEFORE and after.value < 0


def _is_meant(sentence: Sentence, place: int) -> bool:
    """Tell whether a single word such as "gấp", "sớm" means soon here."""
    word = sentence.words[place]
    if word.capital and place and sentence.words[place - 1].exact not in BREAKS:
        return False
    if word.folded == "som":
        return place == 0 or sentence.words[place - 1].folded not in _EARLY_BEFORE
    if word.folded == _MEET:
        return hurries(sentence, place)
    return word.exact != "le"
