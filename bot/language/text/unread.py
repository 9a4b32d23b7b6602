"""What is left of a question while it is read: what is understood of it is taken out, in place."""

import re

from bot.folding import fold
from bot.language.questions import inquiry_forms as forms

_FOLDED_FILLERS = frozenset(fold(word) for word in forms.FILLERS)
_WORD = re.compile(r"\w+")


class Unread:
    """An NFC text and its folded form, which keep their length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.strangers: tuple[str, ...] = ()
        """Names that nobody in the office has."""

    def has(self, form: re.Pattern[str]) -> bool:
        return form.search(self.folded) is not None

    def take(self, form: re.Pattern[str]) -> re.Match[str] | None:
        """Return where a form stands and take it out; None where it does not."""
        for found in form.finditer(self.folded):
            said = self.text[found.start() : found.end()].lower()
            if said in (found[0], forms.ALONE.get(found[0], said)):
                self.drop(found.start(), found.end())
                return found
        return None

    def take_all(self, form: re.Pattern[str]) -> bool:
        """Take a form out wherever it stands, and tell whether it stood anywhere."""
        taken = False
        while self.take(form):
            taken = True
        return taken

    def drop(self, start: int, end: int) -> None:
        gap = "|" * (end - start)
        self.folded = self.folded[:start] + gap + self.folded[end:]
        self.text = self.text[:start] + gap + self.text[end:]

    def hold(self, start: int, end: int) -> None:
        """Take out the name of nobody in the office, whose words a task may have."""
        self.strangers += (self.text[start:end],)
        self.drop(start, end)

    def take_first(self, form: re.Pattern[str]) -> bool:
        """Take a form out where the text begins with it, and tell whether it did."""
        found = form.match(self.folded)
        if found:
            self.drop(*found.span())
        return found is not None

    def words(self) -> tuple[str, ...]:
        """Return the words left that a task could have, in small letters."""
        plain = self.text.lower() == self.folded
        fillers = _FOLDED_FILLERS if plain else forms.FILLERS
        left = _WORD.findall(self.text.lower())
        return tuple(word for word in left if word not in fillers)

    @property
    def length(self) -> int:
        """Count the words left."""
        return len(_WORD.findall(self.text))
