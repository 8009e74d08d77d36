"""Facts that need a column that a file lacks: gaps, while the other facts of the file are answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gonogo.collectors.table.facts import TableSettings
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.promised_facts import Planned
from gonogo.collectors.table.reads import columns_read
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import Answer, CollectorRefusal


def lacking(
    planned: Planned, settings: TableSettings, prepared: Mapping[str, Prepared | CollectorRefusal]
) -> Answer | None:
    """Return the gap of a fact that reads a column that its file lacks; None where it lacks none."""
    for name in planned.tables:
        source = prepared[name]
        if isinstance(source, CollectorRefusal):
            continue
        read = columns_read(planned.fact, planned.measure, settings.tables[name].columns)
        for column, sentence in source.absent.items():
            if column in read:
                return replace(planned.local.missing(sentence, GapReason.MISSING), told=sentence)
    return None
