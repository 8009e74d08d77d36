"""The settings of one binding in the program file, written as a whole with what each fact means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.binding_lines import with_part
from gonogo.first_week.drafts.setting_lines import setting_lines
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding


def write_settings(adding: Adding, binding: Binding, settings: Mapping[str, Any]) -> None:
    """Write the settings of a binding in the place of those that stand there.

    Raises:
        UsageError: No line begins the binding, or it is written on one line.
    """
    notes = {
        fact: plain(each.meaning, most=200)
        for fact in settings.get("facts", {})
        if (each := _declared(adding, binding, fact))
    }
    lines = [line[2:] for line in setting_lines(settings, "    ", notes)]
    adding.lines = with_part(adding.lines, binding.id, "settings", ["settings:", *lines])


def _declared(adding: Adding, binding: Binding, fact: str) -> Any:
    name = f"{binding.prefix}.{fact}" if binding.prefix else fact
    known = adding.program.rules.vocabulary
    return known.get(name) if name in known else None
