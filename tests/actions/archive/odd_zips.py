"""ZIPs such as nobody packs who means well: right in their seal and wrong in themselves."""

import hashlib
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipInfo

MARK = b"dondoc sha256:"
ROOT = "nam-2026"
_CENTRAL = b"PK\x01\x02"
_END = b"PK\x05\x06"


def zip_of(
    files: dict[str, bytes], path: Path, change: Callable[[ZipInfo], None] | None = None
) -> Path:
    """Write a sealed ZIP of files by their whole names; `change` is told of each before it is written."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, body in files.items():
            add(packed, name, body, change)
    return sealed(path)


def add(
    packed: zipfile.ZipFile, name: str, body: bytes, change: Callable[[ZipInfo], None] | None = None
) -> None:
    """Add a file under any name; a NUL in it is kept."""
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    if change:
        change(info)
    packed.writestr(info, body)


def sealed(path: Path) -> Path:
    """Give a ZIP the seal that its bytes want, as whoever changed them could."""
    body = path.read_bytes()
    if not body[-64 - len(MARK) :].startswith(MARK):
        at = body.rindex(_END)
        body = body[: at + 20] + struct.pack("<H", len(MARK) + 64) + MARK + b"0" * 64
    path.write_bytes(body[:-64] + hashlib.sha256(body[:-64]).hexdigest().encode())
    return path


def patched(path: Path, offset: int, form: str, value: int, number: int = 0) -> Path:
    """Write a number into an entry of the central directory, and seal the ZIP again."""
    body = bytearray(path.read_bytes())
    at = -1
    for _ in range(number + 1):
        at = body.index(_CENTRAL, at + 1)
    struct.pack_into(form, body, at + offset, value)
    path.write_bytes(body)
    return sealed(path)


FLAGS, METHOD, CRC = (8, "<H"), (10, "<H"), (16, "<L")
PACKED_SIZE, SIZE, EXTRA_SIZE, PLACE = (20, "<L"), (24, "<L"), (30, "<H"), (42, "<L")
VERSION = (6, "<H")
"""Where a field of an entry lies, and how it is written."""
