"""What a replay comes to: in words, as an exit code, and as one document for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from gonogo.model.upgrade import Depth
from gonogo.model.verdict import Verdict
from gonogo.text import listed
from gonogo.version import VERSION
from gonogo.workflow.code_digest import code_sha256
from gonogo.workflow.replay import Replay

AS_JUDGED: Final = "what was asked of whom, people's names, and what counts on the program's word"
_ADMITTED: Final = {
    Depth.FACTS: "which answers were admitted, ",
    Depth.SOME_BYTES: "which answers of the other sources were admitted, ",
}
_DEPTHS: Final = {
    Depth.BYTES: "the kept bytes of every source were read again",
    Depth.SOME_BYTES: "the kept bytes of some sources were read again",
    Depth.FACTS: "the admitted evidence was judged again; no bytes of sources were read",
    Depth.RECORD: "nothing was judged again; the records give the recorded digest",
}


def lines(replayed: Replay, *, rules: str = "") -> list[str]:
    """Return the lines about one run.

    Args:
        replayed: The replay.
        rules: Name of the other ruleset; empty where the run was judged by its own.
    """
    started, verdict = replayed.view.started, replayed.view.decision.verdict
    head = (
        f"run {replayed.run.run}: {verdict}, {started.kind.purpose} for {started.program.id}, release "
        f"{started.release.id}, judged as of {started.now:%Y-%m-%d %H:%M} UTC by gonogo {started.envelope.version}"
    )
    output = [head, f"  depth: {replayed.depth}: {_DEPTHS[replayed.depth]}"]
    if replayed.now is None:
        return [*output, f"  not judged again: {replayed.why}"]
    output += _from_facts(replayed)
    output.append(f"  taken as recorded: {_ADMITTED.get(replayed.depth, '')}{AS_JUDGED}")
    if replayed.beside:
        output.append(
            "  taken as recorded: approvals that had lapsed, because another log beside this one was consulted"
        )
    if rules:
        return [*output, *_under(replayed, rules)]
    return [*output, *_outcome(replayed)]


def summary(replays: Sequence[Replay], *, rules: str = "") -> str:
    """Return the last line: how many runs came out as recorded, and how many did not."""
    same, differ, record = counted(replays, rules=rules)
    total = f"{len(replays)} run{'s' if len(replays) != 1 else ''}"
    if rules:
        parts = [f"under {rules} {differ} of {total} would have come out differently"]
    else:
        parts = [f"reproduced: {same} of {total}"]
        parts += [f"{differ} differ{'s' if differ == 1 else ''}"] if differ else []
    parts += [f"{record} could not be judged again"] if record else []
    return "; ".join(parts)


def counted(replays: Sequence[Replay], *, rules: str = "") -> tuple[int, int, int]:
    """Return how many runs came out as recorded, how many differently, and how many could not be judged again."""
    same = sum(each.same if not rules else each.now is not None and not _moved(each) for each in replays)
    differ = sum(each.differs if not rules else _moved(each) for each in replays)
    return same, differ, sum(each.now is None for each in replays)


def exit_code(replays: Sequence[Replay], *, rules: str = "") -> int:
    """Return 0 where every run came out as recorded, 1 where one did not, 4 where one could not be judged again."""
    if any(_moved(each) if rules else each.differs for each in replays):
        return 1
    return 4 if any(each.now is None for each in replays) else 0


def _moved(replayed: Replay) -> bool:
    return any(each.moved for each in replayed.findings) or _verdict(replayed) is not replayed.view.decision.verdict


def _verdict(replayed: Replay) -> Verdict | None:
    return replayed.view.decision.verdict if replayed.now is None else replayed.now.decision.verdict


def _from_facts(replayed: Replay) -> Iterator[str]:
    """Yield why the recorded facts of sources stand, a line for each reason."""
    alike: dict[str, list[str]] = {}
    for binding, why in replayed.sources:
        alike.setdefault(why, []).append(binding)
    for why, bindings in alike.items():
        yield f"  from recorded facts: {listed(bindings, most=5)}: {why}"


def _outcome(replayed: Replay) -> Iterator[str]:
    digest = replayed.view.assessment.sha256
    if replayed.now is not None and replayed.same:
        yield f"  reproduced: both evaluators give {replayed.now.decision.verdict} and the digest {digest}"
        return
    if replayed.now is None:
        return
    yield f"  differs: {_recorder(replayed)}; the digest is {replayed.now.sha256}, not {digest}"
    yield from (f"  another answer from the bytes: {fact}" for fact in replayed.answers)
    yield from (f"  {each.criterion}: {each.sentence}" for each in replayed.findings)
    if replayed.decision:
        yield f"  also different in the decision: {listed(replayed.decision, most=len(replayed.decision))}"


def _recorder(replayed: Replay) -> str:
    """Say who recorded the run, beside the code that judged it again."""
    made = replayed.view.started.envelope
    if made.version != VERSION:
        return f"gonogo {made.version} recorded it, and {VERSION} judged it again"
    if made.code_sha256 != code_sha256():
        return f"another build of gonogo {VERSION} recorded it"
    return "the same code recorded it, so something other than gonogo differs"


def _under(replayed: Replay, rules: str) -> Iterator[str]:
    then, now = replayed.view.decision.verdict, _verdict(replayed)
    verdict = f"{then} then, {now}" if now is not then else f"{then} then and"
    yield f"  under {rules}: {verdict} by these rules; this is no decision"
    if replayed.view.overlays:
        yield f"  the run's overlays are not laid over it: {listed(replayed.view.overlays)}"
    moved = [each for each in replayed.findings if each.moved]
    yield from (f"  {each.criterion}: {each.sentence}" for each in moved)
    if not moved:
        yield "  no criterion has another status"


SCHEMA: Final = 1


def document_of(replays: Sequence[Replay], *, rules: str = "") -> dict[str, Any]:
    """Return the document.

    Args:
        replays: The replays.
        rules: Name of the other ruleset; empty where each run was judged by its own.
    """
    same, differ, record = counted(replays, rules=rules)
    return {
        "schema": SCHEMA,
        "exit_code": exit_code(replays, rules=rules),
        "ruleset": rules or None,
        "judged_by": {"version": VERSION, "code_sha256": code_sha256()},
        "counts": {"runs": len(replays), "as_recorded": same, "otherwise": differ, "not_judged": record},
        "runs": [_run(each) for each in replays],
    }


def _run(replayed: Replay) -> dict[str, Any]:
    started, then, now = replayed.view.started, replayed.view.assessment, replayed.now
    run = started.document()
    return {
        "run": replayed.run.run,
        "program": started.program.id,
        "release": started.release.id,
        "purpose": started.kind.purpose.value,
        "now": run["now"],
        "recorded_by": {"version": started.envelope.version, "code_sha256": started.envelope.code_sha256},
        "ruleset": started.ruleset,
        "overlays": list(replayed.view.overlays),
        "depth": replayed.depth.value,
        "verdict": {
            "then": then.decision.verdict.value,
            "now": None if now is None else now.decision.verdict.value,
        },
        "digest": {"then": then.sha256, "now": None if now is None else now.sha256},
        "why": replayed.why or None,
        "findings": [{**each.document(), "moved": each.moved, "sentence": each.sentence} for each in replayed.findings],
        "decision": list(replayed.decision),
        "answers": list(replayed.answers),
        "from_facts": [{"binding": binding, "why": why} for binding, why in replayed.sources],
        "lapses_as_recorded": replayed.beside,
    }
