"""Reads a passphrase or key for a command: from a file, the environment or the keyboard, never from an argument."""

import os
from pathlib import Path

from bot.commands import terminal
from storage.backups import encryption

VARIABLE = "DONDOC_BACKUP_PASSPHRASE"
_SHORTEST = 12


def opener(
    backup: Path, passphrase_file: Path | None, identity: Path | None
) -> encryption.Identity:
    """Return the identity that opens a backup. Stops the program if none does."""
    try:
        if identity is not None:
            return _identity_of(identity)
        return encryption.unlock(backup, lambda: _said(passphrase_file, confirm=False))
    except OSError as why:
        terminal.stop(f"{why.filename}: {why.strerror}")
    except (encryption.NotWhole, encryption.WrongKey) as why:
        terminal.stop(str(why))


def _identity_of(path: Path) -> encryption.Identity:
    try:
        return encryption.read_identity(path.read_text("utf-8"))
    except (encryption.WrongKey, UnicodeDecodeError):
        terminal.stop(f"{path}: not a private key of age (AGE-SECRET-KEY-1...)")


def write_key(path: Path, passphrase_file: Path | None) -> None:
    """Write a new key file that only its owner can read. Never overwrites a file."""
    if path.exists():
        terminal.stop(f"{path}: there is a file of that name already")
    try:
        passphrase = _said(passphrase_file, confirm=True)
        if len(passphrase) < _SHORTEST:
            terminal.stop(f"a passphrase has at least {_SHORTEST} characters: four words, say")
        path.parent.mkdir(parents=True, exist_ok=True)
        key = encryption.new_key(passphrase).encode()
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(key)
    except OSError as why:
        terminal.stop(f"{why.filename}: {why.strerror}")
    print(
        f"{path} is the key. Name it in config.toml: [backup] key; keep the passphrase elsewhere."
    )
    print("Without the passphrase nobody opens the backups, nor the one who made them.")


def _said(file: Path | None, *, confirm: bool) -> str:
    if file is not None:
        return file.read_text("utf-8").strip("\r\n")
    if said := os.environ.get(VARIABLE):
        return said
    instead = f"give --passphrase-file FILE, or set {VARIABLE}"
    return terminal.secret("passphrase", instead, confirm=confirm)
