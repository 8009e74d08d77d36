"""Where the log of a decision may lie: on a disk on which a record can be relied on."""

from __future__ import annotations

from gonogo.audit.filesystem import file_system, refusal
from gonogo.errors import RecordFault
from gonogo.model.assessment import Purpose
from gonogo.workflow.loading import LoadedProgram


def check_place(loaded: LoadedProgram, purpose: Purpose) -> None:
    """Check, before anything is collected, that the log of a decision lies where a record can be relied on.

    Raises:
        RecordFault: It lies on a network, synced, memory or unknown file system.
    """
    if purpose is not Purpose.DECISION:
        return
    why = refusal(file_system(loaded.root / loaded.program.log))
    if why:
        raise RecordFault(
            f"the audit log of a decision may not be here: {why}",
            hint="name a folder on a local disk in gonogo.yaml (log:), and move the audit folder there",
        )
