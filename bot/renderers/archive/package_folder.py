"""A package that is a folder."""

import os
import stat
from pathlib import Path
from typing import IO

from bot.renderers.archive.package import is_name, open_regular
from bot.renderers.archive.package_flaws import Flaw, Wrong


class FolderPackage:
    sealed = True

    def __init__(self, folder: Path) -> None:
        """Look through the folder. Raises OSError where the folder may not be read."""
        self._folder = folder
        self._sizes: dict[str, int] = {}
        self.flaws: list[Flaw] = []
        inner = [""]
        while inner:
            inner += self._look(inner.pop())

    def _look(self, above: str) -> list[str]:
        """Note the files of one folder; return its subfolders, each with a slash at the end."""
        found = []
        try:
            with os.scandir(self._folder / above) as entries:
                listed = sorted(entries, key=lambda one: one.name)
        except OSError:
            if not above:
                raise
            self.flaws.append(Flaw(above.rstrip("/"), Wrong.UNREADABLE))
            return []
        for entry in listed:
            name = above + entry.name
            if not is_name(name):
                self.flaws.append(Flaw(name, Wrong.ADDED))
            elif entry.is_dir(follow_symlinks=False):
                found.append(name + "/")
            else:
                self._note(name, entry.stat(follow_symlinks=False))
        return found

    def _note(self, name: str, seen: os.stat_result) -> None:
        if stat.S_ISREG(seen.st_mode) and seen.st_nlink <= 1:
            self._sizes[name] = seen.st_size
        else:
            self.flaws.append(Flaw(name, Wrong.NOT_A_FILE))

    def names(self) -> list[str]:
        return sorted(self._sizes)

    def size(self, name: str) -> int:
        return self._sizes[name]

    def open(self, name: str) -> IO[bytes]:
        if name not in self._sizes:
            raise KeyError(name)
        return open_regular(self._folder / name, follow=False)
