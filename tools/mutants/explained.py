"""Survivors that no test needs to notice: the changed code does the same, or does it only slower."""

from __future__ import annotations

EXPLAINED: dict[str, str] = {}
"""The name of a mutant (file, change, line), and why it may live."""
