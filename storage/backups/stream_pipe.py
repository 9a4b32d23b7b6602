"""Connects a writer and a reader that run at the same time: nothing is kept whole in memory or on disk."""

import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO, TypeVar

Result = TypeVar("Result")
_PIECE = 1 << 20


class Watched(io.BufferedIOBase):
    """Passes writes on to a file and remembers the error that stopped them: libraries may report only its text."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.failed: OSError | None = None

    def write(self, data: Any) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.failed = error
            raise

    def flush(self) -> None:
        self._file.flush()


def piped(
    produce: Callable[[Watched], None], consume: Callable[[io.BufferedIOBase], Result]
) -> Result:
    """Run both, joined by a pipe, and return the result of reading; raises the error that came first.

    What the reader leaves is read and dropped, so that the writer comes to its end.
    """
    ends = os.pipe()
    reader, writer = os.fdopen(ends[0], "rb"), os.fdopen(ends[1], "wb")
    watched = Watched(writer)

    def run() -> None:
        with writer:
            produce(watched)

    with ThreadPoolExecutor(1) as side:
        producing = side.submit(run)
        try:
            with reader:
                result = consume(reader)
                while reader.read(_PIECE):
                    pass
        except BaseException:
            failed = producing.exception()
            if failed is None or isinstance(failed, BrokenPipeError):
                raise  # the writer failed only because nobody reads
            if isinstance(watched.failed, BrokenPipeError):
                raise
            raise failed from None
        producing.result()
        return result
