"""The events and texts of a package: whether they are what was hashed, and follow one another."""

from collections.abc import Iterator, Sequence

from bot.renderers.archive.package_flaws import Flaw, Wrong
from storage.archive.archived_rows import Plain
from storage.history.chain import event_hash
from storage.tasks.texts import text_sha256


class PackageEvents:
    """Looks at all events of a package. None may come twice."""

    def __init__(self) -> None:
        self._links: dict[int, bytes] = {}
        """The hash of an event that was said once: by itself, or by the one after it."""

    def wrong(
        self, path: str, events: Sequence[Plain], texts: Sequence[Plain] | None
    ) -> Iterator[Flaw]:
        """Find what is not as it was written; `texts` is None for events whose texts are not in the package."""
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
        """Compare with what the neighbour says, once both have spoken; then it is forgotten."""
        other = self._links.pop(number, None)
        if other is None:
            self._links[number] = link
        return other in {None, link}
