"""Attacks on the started app, over HTTP and WebSocket, on this machine only: `python -m tests.aanval`."""
