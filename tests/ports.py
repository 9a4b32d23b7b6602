"""Ports for programs that tests start."""

import random
import socket
from contextlib import closing, suppress

_BELOW_CONNECTIONS = range(20_000, 32_000)
"""Systems give connections that go out a port above these: one that is free now is not taken meanwhile."""


def free_port() -> int:
    """Return a port of this machine that nobody has."""
    while True:
        port = random.SystemRandom().choice(_BELOW_CONNECTIONS)
        with suppress(OSError), closing(socket.create_server(("127.0.0.1", port))):
            return port
