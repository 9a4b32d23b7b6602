"""`dondoc verify`: checks whether the history, the texts and the files are as they were written."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from rich.progress import Progress

from bot.commands.checks import soundness
from bot.commands.progress_bar import progress_bar, shown
from bot.commands.terminal import Finding
from bot.config import Config
from bot.runtime import office_anchors
from bot.runtime.connect import office_there, require_whole, usable
from bot.runtime.office_anchors import Against, Known
from storage.engine.database import Reader
from storage.engine.database_errors import is_damage
from storage.engine.opening import sqlite_path
from storage.history import chain, hashes
from storage.history.chain import Anchor, Fault, Wrong
from storage.history.hashes import Bytes, Misfit

_WHOLE = "each as it was written"
_WRONG = {
    Wrong.CHANGED: "was changed, or stands in another's place",
    Wrong.MISSING: "is missing",
    Wrong.ADDED: "was added past the chain",
    Wrong.TEXT_CHANGED: "is whole, but its text was changed",
    Wrong.HEAD: "is the last and whole, but the chain's head names another hash",
    Wrong.REWRITTEN: "is not the one of the anchor: the history was written anew",
}


class NotAnAnchor(Exception):  # noqa: N818 - the operator reads what it is
    """The given text is not an anchor."""


FAILURES = (NotAnAnchor,)


def read_anchor(said: str) -> Anchor:
    """Read an anchor as the bot sends it: "1203:5e94...". Raises NotAnAnchor."""
    number, _, sha256 = said.strip().partition(":")
    if not number.isdecimal() or len(sha256) != 64:
        raise NotAnAnchor(f"{said}: expected NUMBER:HASH, as /neo tells it, such as 1203:5e9442...")
    return Anchor(int(number), sha256.lower())


async def living(config: Config, known: str | None) -> list[Finding]:
    """Check the database that the settings name. Raises FAILURES."""
    anchor = read_anchor(known) if known is not None else None
    log = []
    if path := sqlite_path(config.storage.url):
        with usable("url", config):
            log = await asyncio.to_thread(soundness.files, path)
    await require_whole(config)
    noted = office_anchors.read(config.storage.files)
    async with office_there(config) as db:
        with progress_bar() as bar:
            found = [*await soundness.database(db, bar), *await behind(db, noted)]
            files = hashes.in_folder(config.storage.files)
            return [*log, *found, *await Verification(db, files, bar).look(anchor)]


async def behind(db: Reader, noted: Known | None) -> list[Finding]:
    """Return a finding if the end of the history is missing. A running bot tells its admins and continues from there.

    `noted` is what was read beside the files before the database was opened.
    """
    if await office_anchors.compare(db, noted) is not Against.BEHIND or noted is None:
        return []
    return [Finding(fine=False, words=f"history: {office_anchors.in_words(noted)}")]


@dataclass(frozen=True)
class Verification:
    """Checks a database and the files it names. Changes nothing."""

    db: Reader
    bytes_of: Bytes
    bar: Progress

    async def look(self, known: Anchor | None) -> list[Finding]:
        """Return a line each for the history, the texts and the files; more lines if anything is wrong."""
        history = await self._history(known)
        kept = hashes.wrong_kept_events(self.db, shown(self.bar, "from packages"))
        texts = hashes.wrong_texts(self.db, shown(self.bar, "texts"))
        files = hashes.wrong_files(self.db, self.bytes_of, shown(self.bar, "files"))
        back = [one for one in await _findings("events from packages", kept) if not one.fine]
        return [history, *back, *await _findings("texts", texts), *await _findings("files", files)]

    async def _history(self, known: Anchor | None) -> Finding:
        try:
            fault = await chain.verify(self.db, known, shown(self.bar, "events"))
            last = await chain.anchor(self.db)
        except Exception as why:
            if not is_damage(why):
                raise
            return Finding(fine=False, words=f"history: cannot be read: {why}")
        whole = f"history: {last.number} events, each as it was written; the anchor is {last}"
        return Finding(fine=fault is None, words=_words(fault) if fault else whole)


def _words(fault: Fault) -> str:
    of = f" of {fault.at} ({fault.kind})" if fault.kind else ""
    return f"history: event {fault.event_id}{of} {_WRONG[fault.wrong]}"


async def _findings(what: str, found: AsyncIterator[Misfit]) -> list[Finding]:
    named = (f"number {one.id} is {one.wrong}" async for one in found)
    return soundness.findings(what, [one async for one in soundness.until_damage(named)], _WHOLE)
