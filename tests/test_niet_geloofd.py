"""What a browser sends is not believed: a value that was not offered, another klacht, a page that is not for the user.

Sent over the websocket as Streamlit's own client would, past everything the page draws.
"""

from __future__ import annotations
