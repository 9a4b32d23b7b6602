"""Takes connections, and hands each on from its first moment: before TLS is agreed on, which may never be."""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable

_IN_A_ROW = 200
"""Connections taken before the rest of the program has its turn, however many come."""
_USED_UP = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_AGAIN_SECONDS = 1.0
_log = logging.getLogger(__name__)


async def accept(listener: socket.socket, begin: Callable[[socket.socket, str], None]) -> None:
    """Take connections until cancelled; `begin` gets each, and the address it comes from."""
    loop = asyncio.get_running_loop()
    while True:
        try:
            for _ in range(_IN_A_ROW):
                accepted, (host, *_) = await loop.sock_accept(listener)
                begin(accepted, host)
        except OSError as why:  # a client that has gone already is told of in the same way
            if why.errno in _USED_UP:
                _log.warning("a connection cannot be taken: %s", why.strerror)
                await asyncio.sleep(_AGAIN_SECONDS)
        await asyncio.sleep(0)
