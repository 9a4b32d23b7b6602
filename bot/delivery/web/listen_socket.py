"""The port that the web is served on, taken before anything else begins."""

import errno
import socket
from ipaddress import ip_address


class CannotListen(Exception):  # noqa: N818 - said in one line, not as a traceback
    """No connection can be taken there; `key` of [web] is what is in the way, maybe for a while."""

    def __init__(self, key: str, why: str, *, passes: bool) -> None:
        super().__init__(why)
        self.key = key
        self.passes = passes


_BACKLOG = 1024
"""Connections that the system keeps until the program takes them: many may come at one moment."""
_IN_THE_WAY = {
    errno.EADDRINUSE: ("port", "another program has this port"),
    errno.EACCES: ("port", "this user may not have this port; choose one from 1024 on"),
    errno.EADDRNOTAVAIL: ("host", "this machine has no such address"),
}


def listen(host: str, port: int) -> socket.socket:
    """Take a port of an address of this machine; raises CannotListen."""
    family = socket.AF_INET6 if ip_address(host).version == 6 else socket.AF_INET
    # asyncio turns Nagle's delay (40 ms an answer) off only where the protocol is named.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)  # only now is a port that another program has refused for certain
    except OSError as why:
        listener.close()
        key, words = _IN_THE_WAY.get(why.errno or 0, ("port", str(why)))
        raise CannotListen(key, words, passes=why.errno == errno.EADDRINUSE) from why
    return listener
