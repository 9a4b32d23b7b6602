"""Words that drop what is being written or asked: "thôi", "không giao nữa", "bỏ đi", "để sau".

They count only as the whole message. A word with diacritics must have the right ones: "bộ" is not "bỏ".
"""

from bot.folding import fold, nfc

_BEFORE = "thôi à ạ ờ ừ dạ vậy thế tôi em mình xin"
_AFTER = "nữa đi đã nhé nha ạ à vậy thôi luôn rồi vội tính làm việc này đó ấy cái"
_ORDER = (
    "không giao|chưa giao|khỏi giao|đừng giao|thôi giao|bỏ giao|hủy giao|không cần giao|ngừng giao"
)
_ANY = (
    f"{_ORDER}|thôi|hủy|huỷ|hủy bỏ|huỷ bỏ|bỏ|bỏ qua|khỏi|không cần|để sau|để lúc khác|"
    "để khi khác|để hôm khác"
)
_MOST = 8
"""A message with more words than this says more than that."""
_NO = "không|không nữa"
"""Declines a question that may stay unanswered. It is no answer to "who?" or "by when?"."""


def _said(text: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isalnum() else " " for c in nfc(text).lower()).split())


def _phrases(told: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_said(fold(one)) for one in told.split("|"))


_TAKES_ORDER_BACK, _TAKES_BACK = _phrases(_ORDER), _phrases(_ANY)
_DECLINES = _TAKES_BACK | _phrases(_NO)
_FIRST, _LAST = set(_said(fold(_BEFORE))), set(_said(fold(_AFTER)))
_MARKED: dict[str, set[str]] = {}
"""For each word without diacritics: its accepted spellings, including the one without diacritics."""
for _word in _said(f"{_BEFORE} {_AFTER} {_ANY} {_NO}"):
    _MARKED.setdefault(fold(_word), {fold(_word)}).add(_word)


def take_back(text: str) -> bool:
    """Tell whether a message drops what is being written."""
    return _is(text, _TAKES_BACK)


def may_be_name(text: str) -> bool:
    """Tell whether words that decline a question may also be a name, as typed: "Huy", "Khoi" for "Khôi"."""
    return _is(text, _DECLINES) and not _is_written_out(_said(text))


def _is_written_out(said: tuple[str, ...]) -> bool:
    """Tell whether a declining word is typed with its diacritics."""
    stops = set().union(*_DECLINES)
    return any(one != fold(one) for one in said if fold(one) in stops)


def is_given_name(text: str) -> bool:
    """Tell whether the message contains "Huy", spelled as a given name, whether or not anybody has that name."""
    return "Huy" in nfc(text).split()


def take_order_back(text: str) -> bool:
    """Tell whether a message says that a task is not to be assigned: "không giao nữa"."""
    return _is(text, _TAKES_ORDER_BACK)


def decline(text: str) -> bool:
    """Tell whether a message leaves a question unanswered."""
    return _is(text, _DECLINES)


def _is(text: str, phrases: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether a message is one of the phrases, with only filler words before and after it."""
    said = _said(text)
    if "?" in text or len(said) > _MOST or not all(map(_is_marked_so, said)):
        return False
    plain = tuple(map(fold, said))
    return any(
        plain[start:end] in phrases
        and _FIRST.issuperset(plain[:start])
        and _LAST.issuperset(plain[end:])
        for start in range(len(plain))
        for end in range(start + 1, len(plain) + 1)
    )


def _is_marked_so(word: str) -> bool:
    return word in _MARKED.get(fold(word), ())
