"""The line to the browser sends what it is given at once.

Streamlit makes its socket without naming TCP, and asyncio then leaves the system free to hold back a small message
until the last one was acknowledged (Nagle): 40 ms for a page that is asked shortly after another.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """Let every server that this loop starts from now on send at once; a loop that cannot be changed stays as it is."""
    start = loop.create_server

    async def create_server(*args: Any, sock: socket.socket | None = None, **kwargs: Any) -> asyncio.Server:
        if sock is not None:
            # What a listening socket has, its connections have.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await start(*args, sock=sock, **kwargs)

    with contextlib.suppress(AttributeError):
        loop.create_server = create_server  # type: ignore[method-assign, assignment]
