"""Percentages as people write them, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.documents.written_percent import written_percent


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("4%", "4"),
        (" 4 %", "4"),
        ("4\u00a0%", "4"),
        ("4.5%", "4.5"),
        ("4,5%", "4.5"),
        ("4,55 %", "4.55"),
        ("0.125%", "0.125"),
        ("95 percent", "95"),
        ("95 per cent", "95"),
        ("95 PCT", "95"),
        ("100%", "100"),
    ],
)
def test_one_percentage_is_read(text: str, percent: str) -> None:
    """Word and half of Europe write it so."""
    assert written_percent(text) == Decimal(percent)


@pytest.mark.parametrize(
    "text", ["4", "0.04", "1,234%", "4,555%", "4%%", "-4%", "4-5%", "4% 5%", "%", "1.2.3%", "٤%", "four percent", ""]
)
def test_what_could_be_something_else_is_not(text: str) -> None:
    """1,234% is thousands or a decimal comma; nobody guesses."""
    assert written_percent(text) is None
