"""A file encrypted with age: a TAR of `key.age`, where there is a key, and `content.age`.

A file with a changed, missing or added byte is refused. The program `age` opens it too:
`tar xf FILE; age -d -i key.age content.age`.
"""

import io
import os
import stat
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pyrage
from pyrage import x25519

from storage.backups.plain_tar import (
    BLOCK,
    ENDING,
    NotPlain,
    header,
    padding,
    read_header,
    read_padding,
)
from storage.backups.stream_pipe import Watched, piped
from storage.history.hashes import hash_of

Result = TypeVar("Result")
Identity = x25519.Identity
KEY, CONTENT = "key.age", "content.age"
_LARGEST_KEY = 64 * BLOCK
_RECIPIENT = "# public: "
_ERRORS = (pyrage.DecryptError, pyrage.IdentityError, pyrage.RecipientError)
_TOO_SLOW = "Excessive work"
"""What age says when it does not try the passphrase, because this machine looks far slower than the sealing one."""
_TRIES = 100
"""A busy machine looks slow for a moment. age measures the speed again at each try, in milliseconds."""
_SLOW = (
    "the passphrase was not tried, this machine is too busy or too slow; try again, "
    f"or open it elsewhere: tar xf FILE; age -d -i {KEY} {CONTENT}"
)


class NotWhole(Exception):  # noqa: N818 - the operator reads what it is
    """The file was not written by this program, or is not as it was written."""


class WrongKey(Exception):  # noqa: N818
    """The passphrase or key does not open the file."""


@dataclass(frozen=True)
class Seal:
    """The public key that files are sealed for; `key` is the private key, itself sealed with a passphrase."""

    recipient: str
    key: bytes = b""


def new_key(passphrase: str) -> str:
    """Return the text of a new key file: the public key, and the private key sealed with a passphrase.

    Takes seconds and up to 1 GB of memory, by design, so that each guess at the passphrase costs as much.
    """
    identity = Identity.generate()
    locked = pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase, armored=True)
    return f"{_RECIPIENT}{identity.to_public()}\n{locked.decode()}"


def read_key(text: str) -> Seal:
    """Read a key file; raises NotWhole."""
    first, _, locked = text.partition("\n")
    seal = Seal(first.removeprefix(_RECIPIENT).strip(), locked.encode())
    if not first.startswith(_RECIPIENT) or "BEGIN AGE" not in locked:
        raise NotWhole("not a key file of dondoc backup --new-key")
    return checked(seal)


def checked(seal: Seal) -> Seal:
    """Return the seal if its public key is valid; raises NotWhole."""
    _recipient(seal)
    return seal


def seal(path: Path, to: Seal, produce: Callable[[Watched], None]) -> Identity:
    """Write a new sealed file of what `produce` writes; return an identity that opens it and is kept nowhere else."""
    once = Identity.generate()
    recipients = [_recipient(to), once.to_public()]
    with path.open("xb") as file:
        if to.key:
            file.write(header(KEY, len(to.key)) + to.key + padding(len(to.key)))
        start = file.tell()
        file.write(header(CONTENT, 0))
        out = Watched(file)
        try:
            piped(produce, lambda reader: pyrage.encrypt_io(reader, out, recipients))
        except pyrage.EncryptError:
            raise out.failed or NotWhole("cannot be encrypted") from None
        size = file.tell() - start - BLOCK
        file.write(padding(size) + ENDING)
        file.seek(start)
        file.write(header(CONTENT, size))
        file.flush()
        os.fsync(file.fileno())
    return once


def opened(
    path: Path, identities: Sequence[Identity], consume: Callable[[io.BufferedIOBase], Result]
) -> Result:
    """Decrypt a file and pass its content to `consume`; raises NotWhole and WrongKey.

    The bytes that `consume` has received so far are those that were written. Trust them only after the end.
    """
    with _open(path) as file:
        _, start, size = _parts(path, file)
        file.seek(start)
        content = io.BufferedReader(_Window(file, size))
        try:
            return piped(lambda out: pyrage.decrypt_io(content, out, identities), consume)
        except pyrage.DecryptError as why:
            raise _why(path, why) from None
        except (OSError, EOFError, zlib.error, NotPlain) as why:
            if isinstance(why, OSError) and why.errno is not None:
                raise
            raise NotWhole(f"{path}: not whole: {why}") from None


def key_sha256(path: Path) -> str:
    """Return the hash of the sealed key in a file. The key is not sealed again together with the content."""
    with _open(path) as file:
        key, _, _ = _parts(path, file)
    return hash_of(key)


def unlock(path: Path, passphrase: Callable[[], str]) -> Identity:
    """Return the identity that opens a file, from the key in that file; raises NotWhole and WrongKey.

    The passphrase is asked for only after a key was found.
    """
    with _open(path) as file:
        key, _, _ = _parts(path, file)
    if not key:
        raise WrongKey(f"{path}: no passphrase opens it; give the key it was made for")
    said = passphrase()
    for _ in range(_TRIES):
        try:
            return _identity(pyrage.passphrase.decrypt(key, said).decode())
        except (*_ERRORS, OSError, UnicodeDecodeError) as why:
            if _TOO_SLOW not in str(why):
                raise WrongKey(f"{path}: the passphrase does not open it") from None
    raise WrongKey(f"{path}: {_SLOW}")


def read_identity(text: str) -> Identity:
    """Read a private key as age-keygen writes it; raises WrongKey."""
    try:
        return _identity(text)
    except _ERRORS:
        raise WrongKey("not a private key of age (AGE-SECRET-KEY-1...)") from None


def _identity(text: str) -> Identity:
    lines = [line for line in text.split() if line.startswith("AGE-SECRET-KEY-")]
    return Identity.from_str(lines[0] if lines else text.strip())


def _recipient(to: Seal) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(to.recipient)
    except _ERRORS:
        raise NotWhole(f"{to.recipient}: not a public key of age (age1...)") from None


def _why(path: Path, why: Exception) -> Exception:
    if "No matching keys" in str(why):
        return WrongKey(f"{path}: the key does not open it")
    return NotWhole(f"{path}: not whole: {why}")


def _open(path: Path) -> BinaryIO:
    """Open a plain file. Raises NotWhole for a folder, and for a pipe or a device, where reading could wait for ever."""
    opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if stat.S_ISREG(os.fstat(opened).st_mode):
        return os.fdopen(opened, "rb")
    os.close(opened)
    raise NotWhole(f"{path}: no plain file")


def _parts(path: Path, file: BinaryIO) -> tuple[bytes, int, int]:
    """Return the key, the start of the content, and its length; raises NotWhole."""
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    try:
        key = b""
        name, size = read_header(file)
        if name == KEY and size < _LARGEST_KEY:
            key = file.read(size)
            read_padding(file, size)
            name, size = read_header(file)
        start = file.tell()
        if name == CONTENT and length == start + size + len(padding(size)) + len(ENDING):
            file.seek(start + size)
            read_padding(file, size)
            if file.read() == ENDING:
                return key, start, size
    except NotPlain:
        pass
    raise NotWhole(f"{path}: not a backup, or one that is not whole")


class _Window(io.RawIOBase):
    """A limited number of bytes of a file, from its current position."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        super().__init__()
        self._file = file
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)
