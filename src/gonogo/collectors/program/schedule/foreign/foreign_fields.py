"""Custom fields of activities in a plan that MPXJ has read, by their name or alias."""

from __future__ import annotations

from typing import Any

from gonogo.collectors.program.schedule.foreign.foreign_values import text_of


def task_fields(project: Any, name: str) -> dict[str, Any]:
    """Return the custom fields of activities that a name or alias means, each once."""
    return {
        str(entry.getFieldType().name()): entry.getFieldType()
        for entry in project.getCustomFields()
        if str(entry.getFieldType().getFieldTypeClass().name()) == "TASK"
        and name in (text_of(entry.getAlias()), text_of(entry.getFieldType().getName()))
    }
