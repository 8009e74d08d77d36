"""What tells the criteria of shipped rulesets from others, written down once, so that no run reads them all to compare.

``make docs`` writes ``signs.json`` beside the rulesets. Each entry names the bytes that it was made from. Where a file
holds others, or the entry does not read as it should, nothing is believed and the ruleset itself is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from gonogo.model.ruleset import Criterion

FILE: Final = "signs.json"
_SOURCES: Final = ("ruleset.yaml", "facts.yaml")


class Signs(NamedTuple):
    """What one criterion is recognized by in a copy.

    Attributes:
        id: Its id.
        asks: Its requirement, blanks as one.
        title: Its title, blanks as one, in lower case.
        facts: The facts that it reads, in the order of their reading.
    """

    id: str
    asks: str
    title: str
    facts: tuple[str, ...]


def signs_of(criterion: Criterion) -> Signs:
    """Return what a criterion is recognized by."""
    asks = " ".join(criterion.require.text.split())
    return Signs(criterion.id, asks, " ".join(criterion.title.casefold().split()), criterion.facts)


def written(rulesets: Iterable[tuple[Path, Sequence[Criterion]]]) -> bytes:
    """Return the content of ``signs.json`` for rulesets, each as its folder and its criteria."""
    content = {
        folder.name: {"sha256": _digest(folder), "criteria": [signs_of(one) for one in criteria]}
        for folder, criteria in rulesets
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def shipped_signs(folder: Path) -> tuple[Signs, ...] | None:
    """Return the signs of a shipped ruleset, or None where they are not written down for just these bytes of it."""
    try:
        entry = json.loads((folder.parent / FILE).read_bytes())[folder.name]
        if entry["sha256"] != _digest(folder):
            return None
        return tuple(_read(one) for one in entry["criteria"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _read(entry: Any) -> Signs:
    id_, asks, title, facts = entry
    if not all(isinstance(text, str) for text in (id_, asks, title, *facts)):
        raise TypeError
    return Signs(id_, asks, title, tuple(facts))


def _digest(folder: Path) -> str:
    """Return the SHA-256 of the digests of a ruleset's two files."""
    parts = [hashlib.sha256((folder / name).read_bytes()).digest() for name in _SOURCES]
    return hashlib.sha256(b"".join(parts)).hexdigest()
