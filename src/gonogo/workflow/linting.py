"""Lint: every mistake of a program or ruleset at once, and what is allowed but probably not meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from gonogo.documents.files import read_file
from gonogo.errors import ConfigurationError, IsolationFault, Problem, UsageError
from gonogo.ruleset.case_files import load_cases, untested
from gonogo.ruleset.lint import UNREAD
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.ruleset.locate import known_rulesets, named_overlay, named_ruleset, shipped_overlay
from gonogo.ruleset.rule_warnings import rule_warnings
from gonogo.text import did_you_mean

if TYPE_CHECKING:
    from gonogo.program.program_file import ProgramFiles


def lint(path: Path, *, overlays: Sequence[Path] = (), everything: bool = True) -> str:
    """Check a program, a ruleset or an overlay that extends one, and say in words that it is sound, with warnings.

    Args:
        path: Of a program, of a ruleset or of an overlay; or the name of a ruleset or overlay that ships or is carried.
        overlays: Laid on the ruleset.
        everything: Whether each warning about a binding that nobody has confirmed is told; else they are counted in a
            line, because nothing is read by such a binding and what it lacks is asked before it is confirmed.

    Raises:
        ConfigurationError: With every mistake.
        UsageError: It is none of them.
    """
    if (path / "ruleset.yaml").exists() or _says_overlay(path):
        return _ruleset(path, overlays)
    name = str(path)
    if not path.exists() and (folder := named_ruleset(*name.split("@", 1)) or shipped_overlay(name)) is not None:
        return _ruleset(name if "@" in name else folder, overlays)  # a version that is named is checked
    if path.is_file() or (path / "gonogo.yaml").exists():
        if overlays:
            raise UsageError("--overlay is for rulesets; a program names its overlays itself (overlays:).")
        return _program(path, everything=everything)
    if not path.exists():
        otherwise = "give the folder of a program or of a ruleset, or the name of a ruleset, such as `m3-baseline`"
        raise UsageError(f"There is no {path}.", hint=did_you_mean(name, known_rulesets(), otherwise=otherwise))
    raise UsageError(
        f"{path} holds neither gonogo.yaml nor ruleset.yaml.",
        hint="give the folder of a program or of a ruleset; `gonogo init FOLDER` starts a program",
    )


def _says_overlay(path: Path) -> bool:
    """Whether a file, or the overlay.yaml of a folder, is an overlay: it is checked on the ruleset that it extends."""
    if path.is_dir() and not (path / "gonogo.yaml").exists():
        path /= "overlay.yaml"
    try:
        return path.is_file() and re.search(rb"^overlay:", read_file(path), re.MULTILINE) is not None
    except ConfigurationError:
        return False


def _ruleset(folder: Path | str, overlays: Sequence[Path]) -> str:
    rules = load_ruleset(folder, [*map(named_overlay, overlays)])
    cases = load_cases(rules)
    missing = [
        f"{criterion} has no case that expects {', '.join(statuses)}"
        for criterion, statuses in untested(rules, cases).items()
    ]
    return "\n".join(
        [
            *_warned((*rules.warnings, *rule_warnings(rules))),
            *(f"warning: {line}" for line in missing),
            _ruleset_line(rules, len(cases)),
        ]
    )


def _program(path: Path, *, everything: bool) -> str:
    # Imported here, so that a ruleset is checked without what only a program needs.
    from gonogo.model.origin import OriginKind
    from gonogo.plugin.privacy.handling import handling_problems
    from gonogo.program.cross_checks import check_program
    from gonogo.program.program_file import load_program
    from gonogo.program.said_days import said_day_problems
    from gonogo.program.unconfirmed_bindings import unconfirmed_problems
    from gonogo.workflow.named_trust import trust_warnings
    from gonogo.workflow.overlooking import overlooked_in
    from gonogo.workflow.register_warnings import register_warnings

    program = load_program(path)
    rules = load_ruleset(program.program.ruleset, program.overlay_paths, root=program.root, where=program.ruleset_place)
    program = check_program(program, rules)
    # A fact that no criterion reads concerns the ruleset's keeper; an office can do nothing about it.
    of_rules = [warning for warning in rules.warnings if warning.code != UNREAD]
    if program.overlay_paths or rules.origin.kind is not OriginKind.SHIPPED:
        of_rules += rule_warnings(rules)
    warnings = [*program.warnings, *of_rules, *handling_problems(program.program), *overlooked_in(program)]
    warnings += unconfirmed_problems(program.program)
    warnings += said_day_problems(program.program, program.people, datetime.now(UTC))
    warnings += trust_warnings(program, datetime.now(UTC))
    state, declared = "sound", None
    try:
        from gonogo.plugin.declarations import WARNINGS
        from gonogo.plugin.host import checked_bindings

        found, declared = checked_bindings(program.program, rules.vocabulary)
        problems = [problem for problem in found if problem.code not in WARNINGS]
        warnings += [problem for problem in found if problem.code in WARNINGS]
    except (IsolationFault, ImportError) as error:
        problems, state = [], "not checked"
        warnings.append(Problem("G410", str(path), f"The bindings were not checked: {error}"))
    warnings += register_warnings(program, rules.vocabulary, declared)
    if problems:
        raise ConfigurationError(problems)
    count = len(program.program.bindings)
    return "\n".join(
        [
            *(_warned(warnings) if everything else _in_short(warnings, program, path)),
            f"{program.program.identity.id}: {'1 binding is' if count == 1 else f'{count} bindings are'} {state}.",
            _ruleset_line(rules),
        ]
    )


def _in_short(warnings: Sequence[Problem], program: ProgramFiles, path: Path) -> list[str]:
    """Return the warnings, those about bindings that nobody has confirmed as one line that says what to do."""
    waiting = [binding.id for binding in program.program.bindings if binding.confirmed is not None]
    theirs = [warning for warning in warnings if warning.what.startswith(tuple(f"{name}: " for name in waiting))]
    if not waiting or not theirs:
        return _warned(warnings)
    folder = path if path.is_dir() else path.parent
    many = "1 more warning is" if len(theirs) == 1 else f"{len(theirs)} more warnings are"
    return [
        *_warned([warning for warning in warnings if warning not in theirs]),
        f"{many} about bindings that nobody has confirmed, by which nothing is read. What they lack is asked in the "
        f"workbook in which they are confirmed: gonogo bind {quote(str(folder / 'bindings.xlsx'))} --make. To see "
        f"these warnings: gonogo lint {quote(str(path))} --all",
    ]


def _warned(problems: Sequence[Problem]) -> list[str]:
    return [f"warning[{problem.code}] {problem.where}: {problem.what}" for problem in problems]


def _ruleset_line(rules: LoadedRuleset, cases: int | None = None) -> str:
    ruleset = rules.ruleset
    facts = f"{len(ruleset.facts)} of {len(rules.vocabulary.facts)} facts used"
    tail = "" if cases is None else f", {cases} cases"
    held = len(ruleset.holds)
    holds = f", {held} standing hold{'s' if held > 1 else ''}" if held else ""
    named = " with ".join([f"{ruleset.name}@{ruleset.version}", *ruleset.overlays])
    return f"{named}: {len(ruleset.criteria)} criteria{holds}, {facts}{tail}; no mistakes."
