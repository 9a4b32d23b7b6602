"""`dondoc verify PACKAGE`: a package of the archive is looked through with nothing but the package.

Its lists find every byte that is not as it was written. Who rewrites the lists too is found by the
events, each of which has the hash of the one before; who rewrites all of it, by the fingerprint, which
stands in the history of the office and in the minutes of the handing over.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.documents.package import Package, opened
from bot.documents.package_check import Flaw, Looked, Told, Wrong, look_through
from storage.chain import event_hash
from storage.texts import text_sha256

EVENTS = "data/so-lieu/document_events.jsonl"


def verify_package(path: Path, told: Told) -> Looked:
    """Look through a package, and where all its bytes are right, through the events in it."""
    looked = look_through(path, told)
    if looked.flaws:
        return looked
    with opened(path) as package:
        flaws = tuple(_wrong_events(package))
    return Looked(flaws, looked.fingerprint, looked.files)


def _wrong_events(package: Package) -> Iterator[Flaw]:
    # Of two events that follow each other both say the hash of the first: one is kept for the other.
    links: dict[int, bytes] = {}
    for name in package.names():
        if name != EVENTS and not name.startswith("data/viec/"):
            continue
        for row in _lines(package, name):
            texts = {one["id"]: one for one in row.get("texts", ())}
            yield from _wrong_texts(name, row)
            for event in row.get("events", [row]):
                text = texts.get(event["text_id"])
                if not _is_sound(event, text, in_package=name != EVENTS):
                    yield Flaw(name, Wrong.CHANGED, f"sự kiện {event['id']} ({event['kind']})")
                for number, said in ((event["id"], "hash"), (event["id"] - 1, "previous")):
                    link = bytes.fromhex(event[said])
                    if links.setdefault(number, link) != link:
                        yield Flaw(name, Wrong.CHANGED, f"sự kiện {number}")


def _is_sound(event: dict[str, Any], text: dict[str, Any] | None, *, in_package: bool) -> bool:
    """Tell whether an event is what its hash says; a text that belongs in the package must be there."""
    if text is None and event["text_id"] is not None:
        return not in_package
    sha256 = text["sha256"] if text else None
    return bool(event["hash"] == event_hash(event["previous"], event, sha256))


def _wrong_texts(name: str, row: dict[str, Any]) -> Iterator[Flaw]:
    for text in row.get("texts", ()):
        if text["body"] is not None and text_sha256(text["body"]) != text["sha256"]:
            yield Flaw(name, Wrong.CHANGED, f"đoạn văn {text['id']}")


def _lines(package: Package, name: str) -> Iterator[dict[str, Any]]:
    with package.open(name) as content:
        for line in content:
            yield json.loads(line)
