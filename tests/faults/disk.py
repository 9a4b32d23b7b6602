"""A disk on which nothing more can be written."""

from pathlib import Path


def fill(folder: Path) -> Path:
    """Leave no byte free; return the file that takes the room, to be deleted."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return ballast
