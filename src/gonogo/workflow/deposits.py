"""Evidence that is handed over as files: evidence lines, or bundles that other jobs deposited."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gonogo.errors import ConfigurationError, Problem, UsageError
from gonogo.model.program import Keep
from gonogo.model.reply import Reply
from gonogo.model.ruleset import Ruleset
from gonogo.plugin.host import declared_facts
from gonogo.text import did_you_mean, listed
from gonogo.workflow.loaded import LoadedProgram

if TYPE_CHECKING:
    from gonogo.bundle.unpacking import Bundle


def evidence_files(files: Sequence[Path]) -> tuple[Path | None, tuple[Path, ...]]:
    """Return the file of evidence lines, if there is one, and the bundles; the content says which is which.

    Raises:
        UsageError: Several files of lines, or lines beside bundles: lines replace everything.
    """
    if not files:
        return None, ()
    from gonogo.bundle.unpacking import is_bundle  # most runs have none, and need nothing of what reads them

    bundles = tuple(file for file in files if is_bundle(file))
    lines = [file for file in files if file not in bundles]
    if len(lines) > 1 or (lines and bundles):
        raise UsageError(
            f"{lines[0]} holds evidence lines, which replace everything else that is collected",
            hint="give that file alone, or bundles of `gonogo collect -o` alone",
        )
    return (lines[0] if lines else None), bundles


KeepBytes = Callable[[str, int], None]


def deposited_replies(
    paths: Sequence[Path], loaded: LoadedProgram, now: datetime, *, keep: KeepBytes | None = None
) -> list[Reply]:
    """Return one reply for each binding that the bundles are about; none without bundles.

    Args:
        paths: The bundles.
        loaded: The program.
        now: The moment of the assessment.
        keep: Called with digest and descriptor of each source of a binding with ``keep: bytes``.

    Raises:
        ConfigurationError: A bundle cannot be read or is about a binding that the program does not have, the trust
            file has a mistake, or a plugin is missing.
    """
    if not paths:
        return []
    from gonogo.bundle.standing import DepositTerms, replies_of
    from gonogo.bundle.unpacking import read_bundle
    from gonogo.signing.trust_file import read_trust

    bundles = [read_bundle(path) for path in paths]
    program = loaded.program
    bindings = {binding.id: binding for binding in program.bindings}
    named = list(dict.fromkeys(each.reply.binding for bundle in bundles for each in bundle.manifest.deposits))
    problems = [problem for bundle in bundles for problem in _unknown(bundle, list(bindings))]
    if problems:
        raise ConfigurationError(problems)
    gate = DepositTerms(
        program=program.identity.id,
        release=loaded.release,
        bindings=bindings,
        declared=declared_facts(program, [bindings[binding] for binding in named]),
        trust=None if program.trust is None else read_trust(loaded.root / program.trust, program=program.identity.id),
        now=now,
    )
    replies = replies_of(bundles, replace(gate, limits=age_limits(gate.declared, loaded.ruleset)))
    if keep is not None:
        _keep(bundles, [reply.binding for reply in replies if bindings[reply.binding].keep is Keep.BYTES], keep)
    return replies


def age_limits(declared: Mapping[str, Collection[str]], ruleset: Ruleset) -> dict[str, int]:
    """Return the age, in seconds, at which each binding is too old for the strictest criterion or hold that reads it.

    Args:
        declared: The facts of each binding.
        ruleset: What reads them.
    """
    limits: dict[str, int] = {}
    for binding, facts in declared.items():
        ages = [each.max_age_s for each in ruleset.questions if any(fact in facts for fact in each.facts)]
        if ages:
            limits[binding] = min(ages)
    return limits


def _unknown(bundle: Bundle, known: list[str]) -> Iterator[Problem]:
    for name in (deposit.reply.binding for deposit in bundle.manifest.deposits):
        if name not in known:
            what = f"the bundle holds evidence of the binding '{name}', which this program does not have"
            hint = did_you_mean(name, known, otherwise=f"the bindings are {listed(known) or 'none'}")
            yield Problem("G143", bundle.name, what, hint=hint)


def _keep(bundles: Sequence[Bundle], bindings: Sequence[str], keep: KeepBytes) -> None:
    """Keep the bytes of sources beside the log, as if they had been read here."""
    for bundle in bundles:
        for deposit in bundle.manifest.deposits:
            for sha256 in deposit.sources if deposit.reply.binding in bindings else ():
                with tempfile.TemporaryFile() as copy:
                    copy.write(bundle.sources[sha256])
                    copy.flush()
                    os.lseek(copy.fileno(), 0, os.SEEK_SET)
                    keep(sha256, copy.fileno())
