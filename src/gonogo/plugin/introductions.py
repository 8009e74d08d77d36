"""How gonogo's own plugins introduce themselves, written down once, so that no command imports them all to hear it.

``make docs`` writes ``introductions.json``, and a test compares it with what they say. Where a plugin is not in it, or
the file does not read as it should, the plugin itself is asked. Somebody else's is asked always.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from gonogo.errors import GonogoError
from gonogo.model.canonical import read_json
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.protocol import Described

FILE: Final = Path(__file__).with_name("introductions.json")


def written(introduced: Iterable[tuple[PluginEntry, Iterable[Described]]]) -> bytes:
    """Return the content of ``introductions.json`` for plugins, each with its collectors as it introduces them."""
    content = {
        entry.name: {
            "module": entry.module,
            "collectors": [each.model_dump(mode="json", exclude_defaults=True) for each in collectors],
        }
        for entry, collectors in introduced
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def introduction_of(entry: PluginEntry, file: Path = FILE) -> tuple[Described, ...] | None:
    """Return the collectors of a plugin as it introduces them, or None where it has to be asked."""
    if not entry.builtin:
        return None
    try:
        said = _read(file)[entry.name]
        if said["module"] != entry.module:
            return None
        return tuple(Described.from_document(each) for each in said["collectors"])
    except (OSError, GonogoError, KeyError, TypeError, ValidationError):
        return None


@cache
def _read(file: Path) -> Any:
    return read_json(file.read_bytes(), what="introductions.json")
