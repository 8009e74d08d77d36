"""What a lock freezes of a program, how two such contents differ, and how its sources are noted beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gonogo.governance.program_differences import program_differences
from gonogo.governance.rule_differences import rule_differences
from gonogo.model.canonical import digest
from gonogo.model.change import Effect
from gonogo.model.fact import Vocabulary
from gonogo.model.lock import LockDifference, LockedContent, LockedRelease
from gonogo.model.program import Program
from gonogo.model.ruleset import Ruleset


def content_of(program: Program, ruleset: Ruleset, vocabulary: Vocabulary) -> LockedContent:
    """Return everything that a lock of these freezes: identity, scope, rules, facts, authority, plugins.

    Bindings, people and the builds that are released are not: they are known later, or change with good reason.
    """
    return LockedContent(
        identity=program.identity.model_copy(update={"title": "", "marking": ""}),
        releases=tuple(
            LockedRelease(
                id=each.id,
                go_live=each.go_live,
                window=each.window,
                scope=each.scope,
                environment=each.environment,
            )
            for each in program.releases
        ),
        ruleset=ruleset.document(),
        vocabulary=vocabulary.document(),
        authority=program.authority or None,
        plugins=program.allow or None,
        adopt=program.adopt,
        accept_conditional=program.accept_conditional or None,
    )


def binding_digests(program: Program) -> dict[str, str]:
    """Return the digest of what the program file says of each source, wherever it is in the file."""
    return {each.id: digest(each.model_copy(update={"where": ""}).document()) for each in program.bindings}


def source_changes(locked: Mapping[str, str], program: Program) -> Iterator[str]:
    """Yield what is different about the sources since a lock, which freezes none of them."""
    now = binding_digests(program)
    for name in sorted(locked.keys() | now.keys()):
        if name not in locked:
            yield f"the source {name} was added"
        elif name not in now:
            yield f"the source {name} was removed"
        elif locked[name] != now[name]:
            yield f"what the program file says of the source {name} was changed"


_ORDER = (Effect.LOOSENS, Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER)


def lock_differences(old: LockedContent, new: LockedContent, *, rules: bool = True) -> tuple[LockDifference, ...]:
    """Return every difference, what loosens first; none only where both contents are the same.

    Args:
        old: As locked.
        new: As the files are.
        rules: Whether the rules are compared; a rehearsal by other rules compares only the rest.
    """
    found = [*program_differences(old, new), *(rule_differences(old, new) if rules else ())]
    if rules and not found and old.document() != new.document():
        found = [LockDifference(part="program", old=old.digest()[:12], new=new.digest()[:12], effect=Effect.MAY_LOOSEN)]
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.effect)))
