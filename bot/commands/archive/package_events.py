"""Checks the events and texts of a package: whether they match their hashes, and form a chain."""

from collections.abc import Iterator, Sequence

from bot.renderers.archive.package_flaws import Flaw, Wrong
from storage.archive.archived_rows import Plain
from storage.history.chain import event_hash
from storage.tasks.texts import text_sha256


class PackageEvents:
    """Checks all events of a package. No event may occur twice."""

    def __init__(self) -> None:
        self._links: dict[int, bytes] = {}
        """The hashes of events that were given only once so far: by the event itself, or by the event after it."""

    def wrong(
        self, path: str, events: Sequence[Plain], texts: Sequence[Plain] | None
    ) -> Iterator[Flaw]:
        """Yield the flaws. `texts` is None for events whose texts are not in the package."""
        for text in texts or ():
            if text["body"] is not None and text_sha256(text["body"]) != text["sha256"]:
                yield Flaw(path, Wrong.CHANGED, f"đoạn văn {text['id']}")
        hashes = {text["id"]: text["sha256"] for text in texts or ()}
        for event in events:
            number, text_id = event["id"], event["text_id"]
            known = text_id is None or text_id in hashes
            if known and event["hash"] != event_hash(event["previous"], event, hashes.get(text_id)):
                yield Flaw(path, Wrong.CHANGED, f"sự kiện {number} ({event['kind']})")
            for one, said in ((number, event["hash"]), (number - 1, event["previous"])):
                if not self._fits(one, bytes.fromhex(said)):
                    yield Flaw(path, Wrong.CHANGED, f"sự kiện {one}")

    def _fits(self, number: int, link: bytes) -> bool:
        """Compare the two given hashes of an event once both are known, and then forget them."""
        other = self._links.pop(number, None)
        if other is None:
            self._links[number] = link
        return other in {None, link}
