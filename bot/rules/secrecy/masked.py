"""Restores marks written to hide from machines: "M*T", "m…ật", "tậm" (read backwards), "tuyệt m."."""

import re

_BEHIND = "dấu|dau|độ|mức|văn bản|van ban|tài liệu|tai lieu|công văn|cong van|hồ sơ|ho so"
_SIGNS = r"(?:[^\w\s]|_){0,6}"


def _struck(word: str) -> re.Pattern[str]:
    """Return a pattern for a word with signs between its letters."""
    return re.compile(rf"(?<![^\W_]){_SIGNS.join(word)}(?![^\W_])", re.IGNORECASE)


_STRUCK = tuple(map(_struck, ("mật", "tối", "tuyệt")))
_FORMS = (
    (r"(?<![^\W_])tậm(?! (?:tịt|tịch)|[^\W_])", "mật"),
    (rf"(?<![^\W_])((?:{_BEHIND}) [\"'(“]?)m[*#?….\-]{{1,3}}t(?![^\W_])", r"\1mật"),
    (r"(?<![^\W_])m[*#?…]{1,3}t(?= số \d)", "mật"),
    (r"(?<![^\W_])mờ[\W_]{0,3}ật(?![^\W_])", "mật"),
    (r"(?<![^\W_])(tuyệt) m(?:[.*]|(?![^\W_]))", r"\1 mật"),
    (r"(?<![^\W_])((?:dấu|độ|bản|liệu) tối) m(?![^\W_])", r"\1 mật"),
)
_WRITTEN = tuple((re.compile(form, re.IGNORECASE), whole) for form, whole in _FORMS)


def unmasked(text: str) -> str:
    """Return a text, which is in NFC, with each masked mark written in full."""
    for form in _STRUCK:
        text = form.sub(_letters_of, text)
    for form, whole in _WRITTEN:
        text = form.sub(whole, text)
    return text


def _letters_of(found: re.Match[str]) -> str:
    return "".join(letter for letter in found[0] if letter.isalpha())
