"""Survivors that no test needs to notice: the changed code does the same, or does it only slower."""

from __future__ import annotations

EXPLAINED: dict[str, str] = {
    "src/gonogo/audit/store.py: 0 becomes 1: if found.st_uid not in (os.geteuid(), 0) and os.geteuid() != 0:": (
        "The 0 of the pair: a file of root's that another user may write to is refused before, for its mode; that root "
        "may continue the log of somebody else is tested."
    ),
}
"""The name of a mutant (file, change, line), and why it may live."""
