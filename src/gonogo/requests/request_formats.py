"""The formats of requests. Nothing heavy is imported until a format renders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gonogo.requests.addressee import Requests


def _text(requests: Requests) -> bytes:
    from gonogo.requests.messages import render

    return render(requests)


def _xlsx(requests: Requests) -> bytes:
    from gonogo.requests.request_workbook import render

    return render(requests)


def _ics(requests: Requests) -> bytes:
    from gonogo.requests.calendar import render

    return render(requests)


FORMATS: Final[dict[str, Callable[[Requests], bytes]]] = {"text": _text, "xlsx": _xlsx, "ics": _ics}
"""What ``-o`` takes, and what renders it."""
