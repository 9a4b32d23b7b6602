"""The part of a question not understood yet: each reader masks the words that it understands."""

import re

from bot.folding import fold
from bot.language.questions import inquiry_forms as forms

_FOLDED_FILLERS = frozenset(fold(word) for word in forms.FILLERS)
_WORD = re.compile(r"\w+")


class Unread:
    """An NFC text and its folded form. Masking a word keeps the length of both."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.strangers: tuple[str, ...] = ()
        """Names that nobody in the office has."""

    def has(self, form: re.Pattern[str]) -> bool:
        return form.search(self.folded) is not None

    def take(self, form: re.Pattern[str]) -> re.Match[str] | None:
        """Mask the first match of a form and return it; None when the form does not match."""
        for found in form.finditer(self.folded):
            said = self.text[found.start() : found.end()].lower()
            if said in (found[0], forms.ALONE.get(found[0], said)):
                self.drop(found.start(), found.end())
                return found
        return None

    def take_all(self, form: re.Pattern[str]) -> bool:
        """Mask every match of a form, and tell whether there was one."""
        taken = False
        while self.take(form):
            taken = True
        return taken

    def drop(self, start: int, end: int) -> None:
        gap = "|" * (end - start)
        self.folded = self.folded[:start] + gap + self.folded[end:]
        self.text = self.text[:start] + gap + self.text[end:]

    def hold(self, start: int, end: int) -> None:
        """Mask a name that nobody in the office has and keep it, since a task may contain its words."""
        self.strangers += (self.text[start:end],)
        self.drop(start, end)

    def take_first(self, form: re.Pattern[str]) -> bool:
        """Mask a form that the text begins with, and tell whether it did."""
        found = form.match(self.folded)
        if found:
            self.drop(*found.span())
        return found is not None

    def words(self) -> tuple[str, ...]:
        """Return the lower-case words left that a task could contain."""
        plain = self.text.lower() == self.folded
        fillers = _FOLDED_FILLERS if plain else forms.FILLERS
        left = _WORD.findall(self.text.lower())
        return tuple(word for word in left if word not in fillers)

    @property
    def length(self) -> int:
        """Count the words left."""
        return len(_WORD.findall(self.text))
