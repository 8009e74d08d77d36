"""Settings as the lines of a program file: one column and one fact a line, in flow style, each text quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gonogo.first_week.prose import quoted

_PLAIN: Final = frozenset({"type", "written", "kind"})
_BLOCKS: Final = frozenset({"tables", "columns", "facts"})


def setting_lines(
    settings: Mapping[str, Any], pad: str = "      ", notes: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield the lines of some settings.

    Args:
        settings: As the collector reads them.
        pad: Before each line.
        notes: Name of a column or fact to the comment above its line.
    """
    for key, value in settings.items():
        if isinstance(value, Mapping) and (key in _BLOCKS or any(isinstance(each, Mapping) for each in value.values())):
            if not value:
                yield f"{pad}{key}: {{}}"
                continue
            yield f"{pad}{_key(key)}:"
            if key in _BLOCKS:
                yield from _block(key, value, pad + "  ", notes or {})
            else:
                yield from setting_lines(value, pad + "  ", notes)
        else:
            yield f"{pad}{_key(key)}: {flow(value, key)}"


def _block(key: str, value: Mapping[str, Any], pad: str, notes: Mapping[str, str]) -> Iterator[str]:
    for name, item in value.items():
        if name in notes:
            yield f"{pad}# {notes[name]}"
        if key == "tables":
            yield f"{pad}{name}:"
            yield from setting_lines(item, pad + "  ", notes)
        else:
            yield f"{pad}{_key(name)}: {flow(item)}"


def flow(value: Any, key: str = "") -> str:
    """Return a value in flow style, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)}: {flow(item, name)}" for name, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if key in _PLAIN else f"'{text}'" if _single(text) else quoted(text)


def _single(text: str) -> bool:
    """Whether single quotes read better: a text with double quotes and with nothing that would need an escape."""
    return '"' in text and text.isprintable() and not any(mark in text for mark in ("'", "\\", "::", "##"))


def _key(name: str) -> str:
    return name if name.replace("_", "").replace(".", "").isalnum() and name.isascii() else quoted(name)
