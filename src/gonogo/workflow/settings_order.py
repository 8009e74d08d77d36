"""The order in which settings were written: a collector may go by it, and a line of the log sorts its keys."""

from __future__ import annotations

import json
from collections.abc import Mapping

from gonogo.model.canonical import canonical_bytes
from gonogo.model.program import Binding, Keep, Program
from gonogo.plugin.protocol import settings_text


def settings_in_order(program: Program) -> dict[str, str] | None:
    """Return the settings of bindings that keep their bytes, where the log sorts them; None where none keeps any.

    Only what can be read again needs them.
    """
    kept = [binding for binding in program.bindings if binding.keep is Keep.BYTES]
    if not kept:
        return None
    texts = {binding.id: settings_text(binding.settings) for binding in kept}
    return {name: text for name, text in texts.items() if text != _sorted(text)}


def in_written_order(program: Program, settings: Mapping[str, str]) -> Program:
    """Return a recorded program with its settings as they were written."""

    def written(binding: Binding) -> Binding:
        text = settings.get(binding.id)
        return binding if text is None else binding.model_copy(update={"settings": json.loads(text)})

    return program.model_copy(update={"bindings": tuple(written(binding) for binding in program.bindings)})


def _sorted(text: str) -> str:
    return settings_text(json.loads(canonical_bytes(json.loads(text))))
