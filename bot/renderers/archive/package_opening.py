"""Opens a package, whether it is a folder or a ZIP."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.renderers.archive.package import Package, open_regular
from bot.renderers.archive.package_folder import FolderPackage
from bot.renderers.archive.package_zip import ZipPackage
from bot.renderers.archive.sealed_zip import is_sealed


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a package. Raises one of READ_ERRORS if the path is neither a folder nor a ZIP."""
    if path.is_dir():
        yield FolderPackage(path)
        return
    with open_regular(path) as file:
        sealed = is_sealed(file)
        with zipfile.ZipFile(file) as packed:
            yield ZipPackage(packed, sealed=sealed)
