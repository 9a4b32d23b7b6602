"""Files that people and the bot sent, kept in memory."""

import mimetypes
import struct
from dataclasses import dataclass
from typing import Any

from bot.playground.api.refused import bad_request

MAX_UPLOAD = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024

Json = dict[str, Any]


@dataclass(frozen=True)
class StoredFile:
    """One file; `kind` is document, photo or voice."""

    id: str
    path: str
    kind: str
    name: str
    mime: str
    content: bytes

    def shape(self) -> Json:
        """What getFile answers."""
        return {
            "file_id": self.id,
            "file_unique_id": f"u{self.id}",
            "file_size": len(self.content),
            "file_path": self.path,
        }


class Files:
    """By file id and by path; ids are unique and never used again."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._kept = 0

    def keep(self, kind: str, name: str, mime: str, content: bytes) -> StoredFile:
        """Stores a file. Raises Refused for what Telegram would not take."""
        if not content:
            raise bad_request("file must be non-empty")
        number = self._kept
        self._kept += 1
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            f"{kind[:2].upper()}gADBQAD{number:06d}",
            f"{kind}s/file_{number}.{suffix}",
            kind,
            name,
            mime or mimetypes.guess_type(name)[0] or "application/octet-stream",
            content,
        )
        self._by_id[stored.id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """None when there is none."""
        return self._by_id.get(file_id)

    def forget(self, file_id: str) -> StoredFile:
        """Loses a file, as Telegram does for a bot that was made anew; its id means nothing then."""
        lost = self._by_id.pop(file_id)
        return self._by_path.pop(lost.path)

    def by_path(self, path: str) -> StoredFile | None:
        """None when there is none."""
        return self._by_path.get(path)


def attachment(stored: StoredFile) -> Json:
    """The field of a message that shows this file, by its kind."""
    known = {
        "file_id": stored.id,
        "file_unique_id": f"u{stored.id}",
        "file_size": len(stored.content),
    }
    if stored.kind == "photo":
        width, height = picture_size(stored.content)
        return {"photo": _sizes(known, width, height)}
    if stored.kind == "voice":
        return {"voice": known | {"duration": 1, "mime_type": "audio/ogg"}}
    return {"document": known | {"file_name": stored.name, "mime_type": stored.mime}}


def _sizes(known: Json, width: int, height: int) -> list[Json]:
    """Telegram shows a picture in several sizes, the largest last, 1280 at most."""
    sizes = []
    for letter, edge in (("s", 90), ("m", 320), ("x", 800), ("y", 1280)):
        scale = min(1.0, edge / max(width, height))
        shown = {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
        sizes.append(known | shown | {"file_unique_id": known["file_unique_id"] + letter})
        if scale == 1.0:
            break
    return sizes


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG. Raises Refused for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content[:4] == b"GIF8" and len(content) >= 10:
        return struct.unpack("<HH", content[6:10])
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    raise bad_request("IMAGE_PROCESS_FAILED")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Walks the segments to the frame header."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise bad_request("IMAGE_PROCESS_FAILED")
