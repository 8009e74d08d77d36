"""The settings of a collector inside of a YAML document: any JSON, which the collector itself checks."""

from __future__ import annotations

from typing import Annotated, Any

from gonogo.documents.key_order import alike_everywhere
from gonogo.documents.scalars import ScalarType, mistake
from gonogo.documents.yaml import ScalarKind, ScalarNode
from gonogo.model.canonical import MAX_INTEGER


def _setting(value: object, depth: int = 0) -> Any:
    """Settings as JSON: whole numbers as numbers, other numbers as the text that was written."""
    if isinstance(value, dict):
        alike_everywhere(value)
        return {key: _setting(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_setting(item, depth + 1) for item in value]
    if not isinstance(value, ScalarNode) or not depth:
        raise mistake("G112", "a mapping is expected here", "write `key: value` lines")
    if value.kind is ScalarKind.NULL:
        return None
    if value.kind is ScalarKind.INTEGER:
        if len(value.text) > 17 or abs(int(value.text)) > MAX_INTEGER:
            raise mistake("G115", f"the number `{value.text[:40]}` has too many digits")
        return int(value.text)
    return value.truth if value.truth is not None else value.text


SettingsLeaf = Annotated[Any, ScalarType(_setting, {"type": "object"})]
