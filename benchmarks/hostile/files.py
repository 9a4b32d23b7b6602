"""Files of every sort that somebody might send, most of them made to stop whoever reads them."""

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

from tests.hostile_files import HEADINGS, MAKERS, workbook

_NAMES = (
    "danh-sach", "DANH SACH", "../../etc/passwd", "con", "a" * 250, "\u202egnp.exe", "tệp\u0000x",
    "'; DROP TABLE files; --", "<b>đậm</b>", "%s%n{0}", "\ufeff", "công văn mật",
)  # fmt: skip
_ENDINGS = ("xlsx", "csv", "pdf", "docx", "jpg", "zip", "txt", "exe", "", "xlsx.exe", "tar.gz")
_LARGEST = 20 * 1024 * 1024
"""As Telegram hands out and the office takes."""


@dataclass(frozen=True)
class File:
    """`kind` is how it is sent: as a document, photo or voice."""

    kind: str
    name: str
    content: bytes


class Files:
    """Each file is made once, before anybody works; cut off and renamed it is another each time."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        makers: dict[str, Callable[[], bytes]] = {
            **MAKERS,
            "in order": lambda: workbook(*[("soạn báo cáo", "Mạc Thiên Ân", "mai")] * 50),
            "huge line": lambda: ",".join(HEADINGS).encode() + b"\n" + b"v" * 4_900_000,
            "noise": lambda: chance.randbytes(_LARGEST),
            "a little noise": lambda: chance.randbytes(1000),
            "picture": lambda: _png(40, 40),
            "huge picture": lambda: _png(60_000, 60_000),
            "one byte": lambda: b"\0",
        }
        self._made = {what: make() for what, make in makers.items()}
        self._turns = cycle(self._made)

    def any(self) -> File:
        """Return a file: as it was made, cut off, or with some bytes changed; under any name."""
        what = self._chance.choice(list(self._made))
        content = self._made[what]
        if self._chance.random() < 0.2:
            content = content[: self._chance.randrange(1, len(content) + 1)]
        elif self._chance.random() < 0.2 and len(content) < 1_000_000:
            content = self._spoilt(content)
        is_picture = "picture" in what and self._chance.random() < 0.7
        return File("photo" if is_picture else "document", self._name(what), content)

    def list(self) -> File:
        """Return a file that is taken for a list by its name: each in turn, the worst first."""
        content = self._made[next(self._turns)]
        return File("document", f"danh-sach.{self._chance.choice(('xlsx', 'csv'))}", content)

    def _spoilt(self, content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(self._chance.randrange(1, 50)):
            changed[self._chance.randrange(len(changed))] = self._chance.randrange(256)
        return bytes(changed)

    def _name(self, what: str) -> str:
        own = "csv" if "CSV" in what or "line" in what else "xlsx"
        ending = own if self._chance.random() < 0.5 else self._chance.choice(_ENDINGS)
        return f"{self._chance.choice(_NAMES)}.{ending}"


def _png(width: int, height: int) -> bytes:
    """Return a picture of so many points, whatever they are: its head alone says how many."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(10_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
