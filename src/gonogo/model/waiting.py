"""What it costs not to go live, as a program states it."""

from __future__ import annotations

from gonogo.model.base import Frozen


class Waiting(Frozen):
    """The price of waiting and the next window. Nothing decides by it; page one shows it.

    Attributes:
        price: What waiting costs, in words.
        source: Where that is written, and who says so.
        next_window: When the next window is, in words; empty where nobody says.
    """

    price: str
    source: str
    next_window: str = ""
