"""The engine: a child process that mixes ahead into a ring, from which the device copies.

``python -m loopmind_chat.audio.engine`` reads commands as JSON lines and answers with facts; see ``server.py``.
"""
