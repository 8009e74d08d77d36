"""One binding for files that belong together: those of one prefix or folder, with the plan that they answer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gonogo.first_week.bindable import bindable
from gonogo.first_week.declared_kinds import DeclaredKind
from gonogo.first_week.declared_settings import refuse_stranger
from gonogo.first_week.drafts.draft_terms import side_of
from gonogo.first_week.file_kinds import Recognized
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import FILL_IN, ascii_words


@dataclass(frozen=True, slots=True)
class PlanFound:
    """A test plan.

    Attributes:
        path: Relative to the program's folder.
        column: Heading of the ids.
        rule: What of a test case is the id: ``name`` or ``classname.name``.
    """

    path: str
    column: str
    rule: str


def prefix_of(path: str, prefixes: Mapping[str, str]) -> str:
    """Return the prefix of which a path speaks, ``sit`` for ``integration``; nothing where it names none or two."""
    found = {prefixes[word] for word in ascii_words(path) if word in prefixes}
    return found.pop() if len(found) == 1 else ""


def find_plan(results: Sequence[Recognized], tables: Sequence[Recognized]) -> PlanFound | None:
    """Return the one table with a column that holds half of the ids that both heads show; None for none or two."""
    names = {name for entry in results for _, name in entry.tests}
    full = {f"{owner}.{name}" for entry in results for owner, name in entry.tests}
    found = []
    for table in tables:
        for index, heading in enumerate(table.header):
            ids = {row[index] for row in table.rows}
            for rule, known in (("name", names), ("classname.name", full)):
                if ids and known and 2 * len(ids & known) >= min(len(ids), len(known)):
                    found.append(PlanFound(table.path, heading, rule))
    paths = {entry.path for entry in found}
    return found[0] if len(paths) == 1 else None


def belongs_together(entry: Recognized) -> bool:
    """Whether files of this kind become one binding: those with a plan, or with prefixes of their own."""
    return isinstance(entry.kind, DeclaredKind) and bool(entry.kind.file.prefixes or entry.kind.file.plan)


def groups_of(files: Iterable[Recognized]) -> list[tuple[DeclaredKind, str, list[Recognized]]]:
    """Return files that belong together, with their kind and prefix; the prefix is empty where none is named."""
    groups: dict[tuple[DeclaredKind, str, str], list[Recognized]] = defaultdict(list)
    for entry in files:
        if isinstance(entry.kind, DeclaredKind):
            prefix = prefix_of(entry.path, entry.kind.file.prefixes) or entry.kind.use.prefix
            groups[entry.kind, prefix, "" if prefix else entry.path.rpartition("/")[0]].append(entry)
    return [(kind, prefix, group) for (kind, prefix, _), group in groups.items()]


def one_for_all(
    kind: DeclaredKind, prefix: str, group: Sequence[Recognized], plan: PlanFound | None, every: Collection[str]
) -> Proposal:
    """Return the binding of files that belong together.

    Args:
        kind: What they are.
        prefix: That they share; empty where no path names one.
        group: The files.
        plan: The table that they answer to.
        every: Paths of all files, so that no pattern takes another one in.
    """
    proposal = Proposal(
        prefix or kind.use.binding,
        kind,
        tuple(entry.path for entry in group),
        kind.use.collector,
        prefix,
        side=side_of(group[0].path),
    )
    refuse_stranger(proposal, kind)
    paths = [bindable(entry.path, every) for entry in group]
    if None in paths:
        proposal.missing.append("path: a file's name has characters that a path here cannot have; rename it")
    proposal.inputs = {kind.file.input: [path for path in paths if path is not None]}
    proposal.settings = {key: f"{FILL_IN}: {what}" if what else FILL_IN for key, what in kind.file.settings.items()}
    if kind.file.plan is not None:
        _planned(proposal, kind, plan, every)
    proposal.remarks += kind.file.remarks
    if not proposal.prefix:
        proposal.missing += kind.file.missing
    return proposal


def _planned(proposal: Proposal, kind: DeclaredKind, plan: PlanFound | None, every: Collection[str]) -> None:
    declared = kind.file.plan
    assert declared is not None
    if plan is None:
        proposal.remarks.append(f"{FILL_IN} path: {declared.absent}")
        return
    path = bindable(plan.path, every)
    if path is not None:
        proposal.inputs = {declared.input: [path]} | proposal.inputs
    proposal.settings |= {declared.column: plan.column} | ({declared.rule: plan.rule} if plan.rule != "name" else {})
    proposal.remarks.append(f"cases of the results are in the column {plan.column!r} of the plan; check it")
