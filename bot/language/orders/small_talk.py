"""Talk: only courtesy, an invitation, or a request for leave."""

from bot.language.deadline.clause_position import anywhere
from bot.language.orders.orders import ORDER
from bot.language.text.words import Sentence, any_of

_TALK = any_of(
    "chào|xin chào|cảm ơn|cám ơn|vâng|dạ|dạ vâng|ok|oke|oki|đồng ý|nhất trí|chúc|chúc mừng|alo|hihi|"
    "haha|em chào|anh chào|cam on|thanks|tks|hi|hello|rồi|ừ|uh|uhm|được rồi|tốt|hay quá|hoan hô|"
    "đã rõ|rõ|yes|no|vâng ạ|dạ em|em cảm ơn|tạm biệt|bye|mai gặp|hẹn gặp|👍"
)
_TALK_ANYWHERE = any_of(
    "gặp lại|vui ghê|vui quá|vui vẻ|trời mưa|mưa to|trời nắng|ngủ ngon|sinh nhật|mệt quá|đói quá|"
    "ăn trưa chưa|đi cà phê|đẹp quá|buồn quá|hay ghê|ăn cơm|nghỉ ngơi"
)
_COURTESY = any_of(
    "anh|chị|em|ạ|nhé|nha|đồng chí|các|đ/c|nhiều|.|,|!|cả nhà|mọi người|em biết rồi|rồi|buổi sáng|"
    "buổi chiều|cô|chú|bác|đã nhận tin|thôi|👍|ơi|sếp|hết|nhận được rồi|biết rồi|sáng|chiều"
)
_POLITE_BITS = _TALK.bit | _COURTESY.bit
_INVITED = any_of(
    "mời các|kính mời|trân trọng mời|trân trọng kính mời|mời đại biểu|mời toàn thể|mời anh chị|mời dự|mời họp"
)
_LEAVE = any_of(
    "xin nghỉ|xin phép nghỉ|xin được nghỉ|xin nghỉ phép|xin phép vắng|xin vắng|xin về sớm|xin phép về|"
    "xin đến muộn|xin đến trễ|xin vô trễ|xin phép ra ngoài"
)


def invites(sentence: Sentence, limited: bool) -> bool:
    """Tell whether the sentence invites: "kính mời các đồng chí ..."; with a deadline it is work."""
    return not limited and _INVITED.at(sentence.words, 0) is not None


def opens_politely(sentence: Sentence) -> bool:
    """Tell whether courtesy or consent comes first: "ok em, gia hạn đến 15/1"."""
    return _TALK.at(sentence.words, 0) is not None


def chats(sentence: Sentence) -> bool:
    """Tell whether the sentence is small talk: "chào cả nhà, mai trời mưa to"."""
    return opens_politely(sentence) or anywhere(sentence, _TALK_ANYWHERE)


def is_talk_alone(sentence: Sentence) -> bool:
    """Tell whether the text is only courtesy: "dạ vâng ạ", "ok anh"."""
    place = 0
    while place < sentence.length:
        if not sentence.openings[place] & _POLITE_BITS:
            return False
        talk = _TALK.at(sentence.words, place) or _COURTESY.at(sentence.words, place)
        if talk is None:
            return False
        place = talk[1]
    return True


def asks_for_leave(sentence: Sentence, names: frozenset[int]) -> bool:
    return anywhere(sentence, _LEAVE) and not anywhere(sentence, ORDER, names)
