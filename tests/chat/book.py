"""The situations of a chapter, told: what people did and read, as text and as messages."""

import shutil
from pathlib import Path
from typing import NamedTuple

from bot.chat.messages import Delivery
from storage.engine.database import Database
from tests.actions.office import Staffed
from tests.chat.scribe import Scribe
from tests.chat.situations import Chapter
from tests.chat.talk import talking


class Book(NamedTuple):
    """What was told; each message in full, with the labels of its buttons."""

    text: str
    messages: list[tuple[str, tuple[str, ...]]]
    briefs: list[Delivery]
    """What the bot sent of itself, as it would be in brief."""


async def told(chapter: Chapter, office: Staffed, template: Path, folder: Path) -> Book:
    """Tell every situation of a chapter, each in an office of its own, a copy of the database `template`."""

    async def copied(db: Database, files: Path) -> Staffed:
        return office.moved(db, files)

    book = Book("", [], [])
    lines = [f"# {chapter.heading}"]
    for number, (heading, situation) in enumerate(chapter.situations):
        lines += ["", "", f"## {heading}"]
        place = folder / f"{chapter.file}.{number}"
        place.mkdir()
        shutil.copy(template, place / "dondoc.db")
        async with talking(f"sqlite:///{place / 'dondoc.db'}", place / "files", copied) as talk:
            scribe, talk.briefs = Scribe(talk), book.briefs
            await situation(scribe)
        lines += scribe.lines
        book.messages.extend(scribe.messages)
    return book._replace(text="\n".join(lines) + "\n")
