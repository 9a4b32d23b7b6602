"""Checks the folders the bot writes to: permission, free space, and whether all replicas use the same folder."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from bot.commands.terminal import Finding
from bot.delivery.instance_name import read_mark

LEAST_FREE = 500 * 1024**2
"""The least free bytes: what one office writes in a year. With less, a day of large files fills the disk."""
_GIGABYTE = 1024**3


def place(what: str, folder: Path) -> Finding:
    """Tell whether a folder, or the parent in which it would be made, can be written to and has room."""
    existing = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not existing.is_dir():
        return Finding(fine=False, words=f"{what}: {existing} is not a folder")
    if not os.access(existing, os.W_OK | os.X_OK):
        return Finding(fine=False, words=f"{what}: {existing} cannot be written to")
    free = shutil.disk_usage(existing).free
    room = f"{free / _GIGABYTE:.1f} GB are free"
    if free < LEAST_FREE:
        least = f"{LEAST_FREE / _GIGABYTE:.1f}"
        return Finding(fine=False, words=f"{what}: only {room} in {existing}; below {least} is few")
    return Finding(fine=True, words=f"{what}: {folder} can be written to, {room}")


def shared(folder: Path, marks: Mapping[str, str]) -> Finding:
    """Tell whether all instances now at work on the database have their seat files in our folder of files.

    `marks` maps the mark written in each seat file to the name of its instance.
    """
    away = sorted(name for mark, name in marks.items() if read_mark(folder, name) != mark)
    if away and not folder.is_dir():
        words = f"files: {folder} is not there, but {', '.join(away)} are at work with it"
        return Finding(fine=False, words=words)
    if away:
        words = (
            f"files: {', '.join(away)} works on the same database with another folder: {folder}"
            " has to be one that all replicas share"
        )
        return Finding(fine=False, words=words)
    return Finding(fine=True, words=f"replicas: {len(marks)} at work, all with this folder")
