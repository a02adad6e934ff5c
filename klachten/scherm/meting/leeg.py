"""An almost empty page, run by Streamlit alone: what it takes is the floor that no page of the app gets below.

`python -m klachten meet paginas` starts it as an app of its own; it has nothing of the register.
"""

import gc

import streamlit as st

# As the app does when it starts: what was imported is not walked after every page.
if not gc.get_freeze_count():
    gc.collect()
    gc.freeze()
st.title("Een lege pagina")
