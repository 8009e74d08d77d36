"""What a replay comes to, as one document for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from gonogo.version import VERSION
from gonogo.workflow.code_digest import code_sha256
from gonogo.workflow.replay import Replay
from gonogo.workflow.replay_words import counted, exit_code

SCHEMA: Final = 1


def document_of(found: Sequence[Replay], *, rules: str = "") -> dict[str, Any]:
    """Return the document.

    Args:
        found: The replays.
        rules: Name of the other ruleset; empty where each run was judged by its own.
    """
    same, differ, record = counted(found, rules=rules)
    return {
        "schema": SCHEMA,
        "exit_code": exit_code(found, rules=rules),
        "ruleset": rules or None,
        "judged_by": {"version": VERSION, "code_sha256": code_sha256()},
        "counts": {"runs": len(found), "as_recorded": same, "otherwise": differ, "not_judged": record},
        "runs": [_run(each) for each in found],
    }


def _run(found: Replay) -> dict[str, Any]:
    started, then, now = found.view.started, found.view.assessment, found.now
    run = started.document()
    return {
        "run": found.run.run,
        "program": started.program.id,
        "release": started.release.id,
        "purpose": started.kind.purpose.value,
        "now": run["now"],
        "recorded_by": {"version": started.envelope.version, "code_sha256": started.envelope.code_sha256},
        "ruleset": started.ruleset,
        "overlays": list(found.view.overlays),
        "depth": found.depth.value,
        "verdict": {
            "then": then.decision.verdict.value,
            "now": None if now is None else now.decision.verdict.value,
        },
        "digest": {"then": then.sha256, "now": None if now is None else now.sha256},
        "why": found.why or None,
        "findings": [{**each.document(), "moved": each.moved, "sentence": each.sentence} for each in found.findings],
        "decision": list(found.decision),
        "answers": list(found.answers),
        "from_facts": [{"binding": binding, "why": why} for binding, why in found.sources],
        "lapses_as_recorded": found.beside,
    }
