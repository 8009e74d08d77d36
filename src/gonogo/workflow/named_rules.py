"""Rules as people name them on the command line, and what two of them ask differently, in words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from gonogo.ruleset.by_milestone import WORDS, AtMilestone, differences
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.ruleset.locate import named_overlay, named_ruleset
from gonogo.ruleset.rule_changes import Editor, of_one_alone, vocabulary_changes


def rules_named(name: str, overlays: Sequence[Path] = ()) -> LoadedRuleset:
    """Load the rules of a name, a folder, an overlay that extends a ruleset, or a program's folder.

    Raises:
        ConfigurationError: There is none, or it has mistakes.
    """
    folder, overlays = Path(name), [*map(named_overlay, overlays)]
    if (folder / "gonogo.yaml").is_file():
        # Imported here, so that a ruleset is shown without what only a program needs.
        from gonogo.program.program_file import load_program

        program = load_program(folder)
        laid = (*program.overlay_paths, *overlays)
        return load_ruleset(program.program.ruleset, laid, root=program.root, where=program.ruleset_place)
    return load_ruleset(named_ruleset(name) or name, overlays, root=Path.cwd())


def extended_by(name: str, overlay: Path) -> str:
    """Return what an overlay laid on these rules says that it extends; empty for a program, which names its layers."""
    if (Path(name) / "gonogo.yaml").is_file():
        return ""
    if Path(name).is_file():
        return os.path.relpath(name, overlay.parent)
    ruleset = rules_named(name).ruleset
    return f"{ruleset.name}@{ruleset.version}" if named_ruleset(ruleset.name, ruleset.version) is not None else ""


def difference_lines(before: LoadedRuleset, after: LoadedRuleset) -> Iterator[str]:
    """Yield what the second asks that the first does not, and the other way round, milestone by milestone."""
    old, new = (_title(each) for each in (before, after))
    general, *later = differences(before.ruleset, after.ruleset)
    found = [_with_facts(general, before, after), *later]
    if not any(each.differences for each in found):
        yield f"{old} and {new} decide alike at every milestone."
        return
    yield f"From {old} to {new}:"
    last: AtMilestone | None = None
    for each in found:
        title = each.milestone or "At every milestone"
        if not each.milestone and not each.differences:
            continue
        if last is not None and last.milestone and last.differences == each.differences:
            same = f"the same differences as at {last.milestone}" if each.differences else "no difference"
            yield f"{title}: {same}"
            continue
        yield f"{title}:" if each.differences else f"{title}: no difference"
        yield from (f"  {word}: {sentence}" for word, sentence in each.differences)
        last = each


def _with_facts(general: AtMilestone, before: LoadedRuleset, after: LoadedRuleset) -> AtMilestone:
    """Return what differs at every milestone, also in seats and in what facts mean."""
    other = Editor("the other")
    changes = (
        *of_one_alone(before.ruleset, after.ruleset, (before.vocabulary, after.vocabulary), other),
        *vocabulary_changes(before.vocabulary, after.vocabulary, other),
    )
    parts = tuple((WORDS[each.effect], f"{each.part}: was {each.old}, becomes {each.new}") for each in changes)
    return AtMilestone("", general.differences + parts)


def _title(rules: LoadedRuleset) -> str:
    ruleset = rules.ruleset
    return " with ".join([f"{ruleset.name}@{ruleset.version}", *ruleset.overlays])
