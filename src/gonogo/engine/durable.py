"""durable-rules behind the port: a program of the safe subset, run in a child that may crash or hang without harm.

This is the only module that imports ``durable_rules_engine``, and it does so in the child.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import metadata
from typing import Any, Final

from gonogo.engine.drive import drive
from gonogo.engine.rollup import NOT_APPLICABLE, OVERALL, RESTS
from gonogo.engine.rule_form import RuleProgram
from gonogo.engine.rules import build
from gonogo.errors import DocumentError, EngineFault, EngineMissing
from gonogo.isolate import ChildOutcome, Limits, Task, run
from gonogo.model import finding
from gonogo.model.canonical import read_json
from gonogo.model.judgement import Compiled, Judgement, Observation
from gonogo.model.ruleset import Domain
from gonogo.model.verdict import Verdict

VERSION: Final = "2.0.28"
"""The one release whose limits and defects were measured; another one is refused until it is."""

WALL_S: Final = 60.0
CPU_S: Final = 60
MEMORY_BYTES: Final = 3 * 2**30
"""Address space of the child beyond the host's: 20,000 comparisons and connectives, the most, take up to 2 GiB."""


class DurableRules:
    """The rule engine. Stateless: every call to ``judge`` starts a child that dies with its answer.

    Attributes:
        name: ``durable-rules 2.0.28``.
    """

    name = f"durable-rules {VERSION}"

    def judge(self, compiled: Compiled, observations: Sequence[Observation]) -> Judgement:
        """Judge the compiled scope; one observation for each leaf, in the order of the leaves.

        Raises:
            EngineMissing: durable-rules is not installed, or cannot be imported; the hint says how to get it.
            EngineFault: It crashed, hung, contradicted itself or left anything unanswered. There is no decision.
        """
        program = build(compiled, observations)
        check_installed()
        limits = Limits(wall_s=WALL_S, cpu_s=CPU_S, memory_bytes=MEMORY_BYTES)
        [outcome] = run([Task("rule-engine", request_of(program), limits, work=work)], parallel=1)
        return judgement_of(compiled, program, answer_of(outcome))


def before_others() -> None:
    """Learn what is installed, before code runs that might change it."""
    installed_version()


@cache
def installed_version() -> str | None:
    """Return the version of durable-rules that is installed, or None."""
    try:
        return metadata.version("durable-rules")
    except metadata.PackageNotFoundError:
        return None


def check_installed() -> None:
    """Return if the measured release is installed; whether it can be imported only the child finds out.

    Raises:
        EngineMissing: It is not there, or another release is.
    """
    found = installed_version()
    if found is None:
        raise _missing("durable-rules is not installed")
    if found != VERSION:
        raise _missing(f"durable-rules {found} is installed, but gonogo is proved with {VERSION} only")


def request_of(program: RuleProgram) -> bytes:
    """Return the program as the JSON that the child reads."""
    parts = ("sheets", "concludes", "names", "asserts", "tables", "expects", "facts")
    return json.dumps({part: getattr(program, part) for part in parts}, separators=(",", ":")).encode()


def work(request: bytes, _descriptors: tuple[int, ...]) -> bytes:
    """Run in the child: drive the engine and return its answers as JSON."""
    return _with_engine(lambda engine: drive(engine, json.loads(request)))


def work_each(requests: bytes, _descriptors: tuple[int, ...]) -> bytes:
    """Run in the child: drive the engine for a list of programs in turn, each with rulesets of its own."""
    return _with_engine(lambda engine: [drive(engine, program) for program in json.loads(requests)])


def _with_engine(found: Callable[[Any], Any]) -> bytes:
    import gc
    import locale

    gc.disable()  # the process is about to end, and a collection would only touch what it shares with the host
    locale.setlocale(locale.LC_NUMERIC, "C")
    try:
        import durable_rules_engine
    except ImportError as error:
        return json.dumps({"missing": str(error)[:500]}).encode()
    return json.dumps({"found": found(durable_rules_engine)}).encode()


def answer_of(outcome: ChildOutcome) -> dict[str, str]:
    """Return what the child answered.

    Raises:
        EngineMissing: It could not import the engine.
        EngineFault: There is no answer, or it is not one.
    """
    if not outcome.ok:
        reason = outcome.detail.removeprefix("EngineFault: ").removeprefix("error[G400] ").rstrip(".")
        raise EngineFault(
            f"The rule engine gave no answer ({outcome.reason}): {reason}. There is no decision.",
            hint="Run it again; if it fails again, `gonogo doctor` shows what is wrong with this machine.",
        )
    try:
        answer: Any = read_json(outcome.payload, what="the rule engine's answer")
    except DocumentError as error:
        raise EngineFault(f"{error.sentence}. There is no decision.") from error
    if isinstance(answer, dict) and isinstance(answer.get("missing"), str):
        raise _missing(f"durable-rules is installed but cannot be imported ({answer['missing']})")
    found = answer.get("found") if isinstance(answer, dict) else None
    if not isinstance(found, dict):
        raise EngineFault("The rule engine's answer does not have the form that it must have. There is no decision.")
    return found


def judgement_of(compiled: Compiled, program: RuleProgram, found: dict[str, str]) -> Judgement:
    """Return the judgement, if the answers are exactly those that the program expects.

    Raises:
        EngineFault: An answer is missing, not asked for, or not one of its values.
    """
    wrong = [key for key, values in program.expects.items() if found.get(key) not in values]
    wrong += [key for key in found if key not in program.expects]
    if wrong:
        raise EngineFault(f"The rule engine's answer for the {wrong[0]} is not one it can have. There is no decision.")

    def outcome(criterion: str) -> finding.Outcome | None:
        value = found[f"criterion {criterion}"]
        return None if value == NOT_APPLICABLE else finding.Outcome(value)

    return Judgement(
        criteria={criterion.id: outcome(criterion.id) for criterion in compiled.criteria},
        domains={domain: Verdict(found[f"domain {domain.value}"]) for domain in Domain},
        overall=Verdict(found[OVERALL]),
        leaves={leaf.id: finding.Outcome(found[f"node {leaf.id}"]) for leaf in compiled.leaves if not leaf.bare},
        resting=frozenset(
            criterion.id
            for criterion in compiled.criteria
            if criterion.bare is not None and found[f"rest of {criterion.id}"] == RESTS
        ),
    )


def _missing(why: str) -> EngineMissing:
    install = f"pip install durable-rules=={VERSION}"
    if sys.version_info >= (3, 13):
        # Its source calls a function that Python 3.13 dropped: it installs, and then cannot be imported.
        flags = 'CPPFLAGS="-DPyEval_CallObject=PyObject_CallObject"'
        install = f"{flags} pip install --force-reinstall --no-cache-dir durable-rules=={VERSION}"
    return EngineMissing(
        f"{why}; without it there is no decision.",
        hint="It is built from source and needs a C compiler: install build-essential and python3-dev (Debian, Ubuntu) "
        f"or gcc and python3-devel (Fedora, Red Hat), then run: {install}",
    )
