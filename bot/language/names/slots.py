"""Slots that words open for a name: "giao ... cho", "phối hợp với", "báo cáo" (who does, who is told)."""

from bot.language.names.role_walk import BREAKS, Casting, Slot
from bot.language.readings import Part
from bot.language.text.words import Phrases, Sentence, any_of, vocabulary

_ASKING = Phrases(
    {
        Part.LEAD: (
            "giao|giao cho|giao việc cho|phân công|phân công cho|đề nghị|yêu cầu|nhờ|cử|chỉ đạo|"
            "giao nhiệm vụ cho|giao nhiệm vụ|giao việc|kính đề nghị|đề nghị giao|nhắc|nhờ cậy|g|"
            "chủ trì là|chủ trì:|đơn vị chủ trì:|người thực hiện:|thực hiện:|phụ trách:|đầu mối:|"
            "giao lại cho|chuyển cho|đổi sang|đổi thành|để cho|người chủ trì:|người làm:|người phụ trách:|yc|đn|kính nhờ|bảo"
        ),
        Part.SUPPORT: (
            "phối hợp|phối hợp với|phối hợp cùng|cùng với|cùng|p/h|p/h với|ph với|hỗ trợ|cùng phối hợp|"
            "phối hợp:|có sự phối hợp của|phối hợp chặt chẽ với|đơn vị phối hợp:|ph"
        ),
        Part.FOLLOW: "theo dõi:|người theo dõi:|theo dõi là",
        Part.REPORT_TO: (
            "báo cáo|báo cáo cho|báo cáo với|báo cáo lên|trình|trình lên|gửi|gửi cho|gửi tới|gửi đến|gửi về|"
            "xin ý kiến|xin ý kiến của|báo|báo cho|bc|bc cho|nộp cho|nộp về|nộp|trình cho|gởi|gởi cho|"
            "chuyển|báo lại|báo lại cho|đưa|đưa cho|trao đổi với|thông tin cho|bc với"
        ),
    }
)
_FOLLOWED_BY = Phrases({Part.FOLLOW: "theo dõi|người theo dõi"})
"""Words before a name, read only in a text of nothing but people: elsewhere one may also follow things."""
_GIVES_A_TASK = any_of("giao việc|giao nhiệm vụ")
_PASSED_ON = any_of("chỉ đạo|nhắc|cử|nhờ")
_NOT_TAKING = any_of(
    "giao ban|giao lưu|giao dịch|giao thông|giao thừa|giao nhận|báo cáo viên|trình bày"
)
_AND = any_of(",|và|&|+|cùng|với|cùng với|/|;")
_TO = any_of("cho|về|lên|tới|đến|với")
_SENDING = vocabulary("gửi gui gởi báo bao nộp nop trình trinh chuyển chuyen bc đưa")
SLOT_FIRSTS = _ASKING.firsts | _FOLLOWED_BY.firsts | _TO.firsts | frozenset(":-")


def open_slot(casting: Casting, slot: Slot | None, place: int) -> tuple[Slot | None, int]:
    """Go past one word that names nobody. It may open a slot, or keep one open."""
    words = casting.sentence.words
    starts = words[place].starts
    asks = starts & _ASKING.bit and not (starts & _NOT_TAKING.bit and _is_other(casting, place))
    asking = _ASKING.at(words, place) if asks else None
    if casting.is_led and asking is None:
        asking = _FOLLOWED_BY.at(words, place)
    if asking and not (casting.has_lead and _PASSED_ON.at(words, place)):
        part, after = asking
        if part is Part.REPORT_TO and _hands_over(casting, after - 1):
            return Slot(Part.LEAD, after - 1, after), after
        to = _TO.at(words, after) if part is Part.REPORT_TO else None
        return Slot(part, place, to[1] if to else after), after
    if slot and slot.at == place and words[place].exact in (":", "cho", "-"):
        return Slot(slot.part, slot.start, place + 1), place + 1
    to = _TO.at(words, place) if starts & _TO.bit else None
    if to and _hands_over(casting, place):
        return Slot(Part.LEAD, place, to[1]), place + 1
    if to and _sends(casting.sentence, place):
        return Slot(Part.REPORT_TO, place, to[1]), place + 1
    return hold(slot, place), place + 1


def _is_other(casting: Casting, place: int) -> bool:
    """Tell whether the words mean something else, as "giao ban" does, but not "giao Ban Tổ chức"."""
    if _NOT_TAKING.at(casting.sentence.words, place) is None:
        return False
    return casting.roster.unit_names.at(casting.sentence, place + 1) is None


def hold(slot: Slot | None, place: int) -> Slot | None:
    """Keep a slot open over the words between the slot and the name."""
    return slot if slot and slot.at > place else None


def list_on(casting: Casting, slot: Slot | None, after: int) -> Slot | None:
    """Continue a list: in "chị Uyên, anh Mẫn và chị Vy" all have the same part."""
    part = casting.last[0]
    if part is not None and casting.sentence.words[after].exact == "@":
        return Slot(part, after, after, asks=False)
    joined = _AND.at(casting.sentence.words, after)
    if joined is None or part is None:
        return None
    if casting.sentence.words[after].exact in ("cùng", "với", "cung", "voi"):
        part = Part.SUPPORT
    return Slot(part, after, joined[1], asks=False)


def _hands_over(casting: Casting, place: int) -> bool:
    """Tell whether "cho" names who gets the task: "giao việc ... cho A", but not "gửi ... cho A"."""
    words = casting.sentence.words
    return (
        words[place].exact == "cho"
        and not casting.has_lead
        and _GIVES_A_TASK.at(words, 0) is not None
        and not any(one.exact in BREAKS for one in words[:place])
    )


def _sends(sentence: Sentence, place: int) -> bool:
    """Tell whether the clause before "cho", "về" has a verb of sending."""
    for before in range(place - 1, max(-1, place - 9), -1):
        word = sentence.words[before]
        if word.exact in (",", ";", "."):
            return False
        if word.exact in _SENDING:
            return True
    return False
