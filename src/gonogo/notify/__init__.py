"""Notifications of the daily run: who is told, in which form, and only when something changed that people decide about.

Imports ``report``, ``comparison``, ``documents`` and ``model``. Only this room opens a connection to a chat or mail
server; httpx2 and stamina are imported when a message is sent. Nothing here changes a verdict or an exit code.
"""
