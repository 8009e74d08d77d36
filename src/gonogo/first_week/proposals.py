"""Bindings that are proposed for recognized files: sound ones as they are, the others as comments to be completed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gonogo.first_week.about_file import why_people
from gonogo.first_week.bindable import bindable, only_match
from gonogo.first_week.file_kinds import USES, FileKind, Recognized
from gonogo.first_week.impact_scale import impact_scale_of
from gonogo.first_week.planned_tests import PlanFound, find_plan, prefix_of
from gonogo.first_week.prose import FILL_IN, ascii_words
from gonogo.first_week.recognition import Survey
from gonogo.model.fact import FactDeclaration, Vocabulary
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.spec import LocalFact, SettingsRefusal
from gonogo.program.bindings import ATTESTATIONS

SCHEDULES: Final = (FileKind.MSPDI, FileKind.XER)


@dataclass(slots=True)
class Proposal:
    """One binding.

    Attributes:
        id: Its id, unique in the program.
        kind: What it reads.
        paths: Files that it was made for, as they are called.
        collector: ``plugin`` or ``plugin:collector``.
        prefix: ``as``; empty where it is not known.
        inputs: Paths by the name of the input, as a binding writes them.
        pick_newest: Whether the newest of several dated files counts.
        as_of: Regular expression for the date in the file's name; empty for the document's own.
        side: Whose evidence it seems to be.
        settings: Of the collector.
        remarks: What a person should know or check.
        missing: What only a person knows and without which it is not sound; empty for a binding that may be active.
        answers: Facts that it will answer for, by their full names.
        people: Why it is about people; none where nothing says so.
    """

    id: str
    kind: FileKind
    paths: tuple[str, ...]
    collector: str
    prefix: str = ""
    inputs: dict[str, list[str]] = field(default_factory=dict)
    pick_newest: bool = False
    as_of: str = ""
    side: str = "customer"
    settings: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    answers: tuple[str, ...] = ()
    people: list[str] = field(default_factory=list)

    @property
    def active(self) -> bool:
        """Whether the binding is written as it is, not as a comment."""
        return not self.missing


def propose(survey: Survey, root: Path, vocabulary: Vocabulary) -> list[Proposal]:
    """Return a binding for each recognized file, or group of files, that a collector reads.

    Args:
        survey: What was recognized.
        root: The program's folder.
        vocabulary: Facts of the chosen ruleset; a binding that answers for others stays a comment.
    """
    every = [entry.path for entry in survey.recognized] + [entry.path for entry in survey.unrecognized]
    tables = [entry for entry in survey.recognized if entry.kind is FileKind.CSV]
    tests = _by_prefix([entry for entry in survey.recognized if entry.kind is FileKind.JUNIT])
    plans: set[str] = set()
    found: list[Proposal] = []
    for prefix, group in tests.items():
        plan = find_plan(group, tables)
        plans |= {plan.path} if plan else set()
        found.append(_junit(prefix, group, plan, every))
    for versions in _versions([entry for entry in survey.recognized if entry.kind is not FileKind.JUNIT]):
        newest = versions[-1]
        if USES[newest.kind].collector and newest.path not in plans:
            found.append(_one(versions, root, every, vocabulary))
    found.sort(key=lambda entry: (list(FileKind).index(entry.kind), entry.paths))
    for entry in found:
        _check(entry, vocabulary)
    _name_all(found)
    _tell_doubles(found)
    return found


def _by_prefix(results: Iterable[Recognized]) -> dict[str, list[Recognized]]:
    groups: dict[str, list[Recognized]] = defaultdict(list)
    for entry in results:
        groups[prefix_of(entry.path) or f" {entry.path.rpartition('/')[0]}"].append(entry)
    return groups


def _versions(files: Iterable[Recognized]) -> list[list[Recognized]]:
    """Put files together that differ only in the date of their names, the newest last."""
    groups: dict[tuple[str, str, FileKind], list[Recognized]] = defaultdict(list)
    for entry in files:
        folder, _, name = entry.path.rpartition("/")
        day = dated(name)
        groups[folder, day.wild if day else name, entry.kind].append(entry)
    return [sorted(group, key=lambda entry: _day(entry.path)) for group in groups.values()]


def _day(path: str) -> str:
    return str(found.day) if (found := dated(path.rpartition("/")[2])) else ""


def _one(together: Sequence[Recognized], root: Path, every: Collection[str], vocabulary: Vocabulary) -> Proposal:
    newest = together[-1]
    use = USES[newest.kind]
    proposal = Proposal(
        use.binding,
        newest.kind,
        tuple(entry.path for entry in together),
        use.collector,
        use.prefix,
        side=_side(newest.path),
    )
    if newest.detail:
        proposal.remarks.append(newest.detail)
    folder, _, name = newest.path.rpartition("/")
    day = dated(name)
    path = bindable(newest.path, every)
    # What has no date of its own is renamed by each export; a document's own date is worth more than its name.
    if day is not None and (len(together) > 1 or proposal.collector == "table"):
        wild = f"{folder}/{day.wild}" if folder else day.wild
        if sorted(only_match(wild, every)) == sorted(proposal.paths) and bindable(wild, [wild]) == wild:
            path, proposal.pick_newest = wild, True
            many = (
                f"{len(together)} dated files"
                if len(together) > 1
                else "its name has a date, so the next one has another"
            )
            proposal.remarks.append(f"{many}; the newest counts")
        elif len(together) > 1:
            proposal.remarks.append("the newest of several dated files; a pattern would match others too")
    if path is None:
        proposal.missing.append("path: the file's name has characters that a path here cannot have; rename it")
        path = "RENAME-THE-FILE"
    proposal.inputs = {"file": [path]}
    if day is not None and (proposal.pick_newest or proposal.collector == "table"):
        proposal.as_of = day.pattern
    _settings(proposal, newest, root, vocabulary)
    return proposal


def _settings(proposal: Proposal, entry: Recognized, root: Path, vocabulary: Vocabulary) -> None:
    if proposal.kind in SCHEDULES:
        proposal.settings = {"golive": f"{FILL_IN}: name of the go-live activity"}
        proposal.remarks.append("golive is the name, WBS code, activity code or UID of exactly one activity")
    elif proposal.kind is FileKind.RAID:
        scale = impact_scale_of(root / entry.path)
        if scale:
            proposal.settings = {"impact_scale": scale}
            proposal.remarks.append(f"the cells of its Risk Log quote the scale `{scale}`; check it")
        else:
            proposal.settings = {"impact_scale": FILL_IN}
            what = (
                "impact_scale: list (5, 10, 15, 20 percent) or instructions (1, 5, 10 percent), whichever people used"
            )
            proposal.missing.append(what)
        proposal.remarks.append("under as_of: document the date in Cover!B5 counts")
    elif proposal.kind is FileKind.ATTESTATIONS:
        facts = {name: type_of(vocabulary[name]) for name in entry.facts if name in vocabulary}
        strange = [name for name in entry.facts if name not in vocabulary]
        proposal.settings = {"facts": facts}
        if strange or not facts:
            proposal.missing.append(
                f"facts: the ruleset does not know {', '.join(strange[:3]) or 'any fact that it states'}"
            )
    elif proposal.collector == "table":
        proposal.missing.append(USES[proposal.kind].advice)
        proposal.people = why_people(root, entry)
        if not proposal.as_of:
            proposal.missing.append("as_of: when its content held: a column, a cell, the file's name, or who says so")


def type_of(fact: FactDeclaration) -> str:
    """Return a fact's type and unit as the settings of the attestation collector write them."""
    return f"{fact.type} {fact.unit}".strip()


def _junit(prefix: str, group: Sequence[Recognized], plan: PlanFound | None, every: Collection[str]) -> Proposal:
    proposal = Proposal(
        prefix.strip() if not prefix.startswith(" ") else "tests",
        FileKind.JUNIT,
        tuple(entry.path for entry in group),
        "junit",
        "" if prefix.startswith(" ") else prefix,
        side=_side(group[0].path),
    )
    reports = [bindable(entry.path, every) for entry in group]
    if None in reports:
        proposal.missing.append("path: a file's name has characters that a path here cannot have; rename it")
    proposal.inputs = {"reports": [path for path in reports if path is not None]}
    if plan is None:
        proposal.remarks.append(
            f"{FILL_IN} path: add `plan:` with the CSV of planned cases; without it nobody knows what was not run"
        )
    else:
        path = bindable(plan.path, every)
        if path is not None:
            proposal.inputs = {"plan": [path]} | proposal.inputs
        proposal.settings = {"id_column": plan.column} | ({"case_id": plan.rule} if plan.rule != "name" else {})
        proposal.remarks.append(f"cases of the results stand in the column {plan.column!r} of the plan; check it")
    if not proposal.prefix:
        proposal.missing.append("as: which tests these are: sit, uat or regression")
    return proposal


def _side(path: str) -> str:
    words = set(ascii_words(path))
    if words & {"provider", "supplier", "vendor"}:
        return "provider"
    return "independent" if words & {"ivv", "independent"} else "customer"


def _check(proposal: Proposal, vocabulary: Vocabulary) -> None:
    """Ask the collector what it would answer for, as lint does; what it refuses, or nobody asks for, is missing."""
    if proposal.missing:
        return
    try:
        declared = _declared(proposal)
    except (ValueError, SettingsRefusal) as error:
        proposal.missing.append(f"settings: {str(error).splitlines()[0]}")
        return
    names = []
    for fact in declared:
        name = f"{proposal.prefix}.{fact.name}" if proposal.prefix else fact.name
        known = vocabulary.get(name)
        if known is None or (known.type, known.unit) != (fact.type, fact.unit):
            proposal.missing.append(f"the ruleset does not ask for {name}; another one may, or an overlay can add it")
            return
        names.append(name)
    proposal.answers = tuple(names)


def _declared(proposal: Proposal) -> Sequence[LocalFact]:
    collector: Any
    if proposal.kind in SCHEDULES:
        from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector

        collector = MspdiCollector() if proposal.kind is FileKind.MSPDI else XerCollector()
    elif proposal.kind is FileKind.RAID:
        from gonogo.collectors.program.raid import RaidCollector

        collector = RaidCollector()
    elif proposal.kind is FileKind.JUNIT:
        from gonogo.collectors.system.junit import JUnitCollector

        collector = JUnitCollector()
    else:
        from gonogo.collectors.attestation import AttestationCollector

        collector = AttestationCollector()
    settings = collector.settings.model_validate_json(json.dumps(proposal.settings))
    return tuple(collector.declare(settings))


def _name_all(proposals: Sequence[Proposal]) -> None:
    taken = {ATTESTATIONS}
    for entry in proposals:
        stem = entry.id
        if entry.kind in (FileKind.CSV, FileKind.XLSX, FileKind.JSON, FileKind.ATTESTATIONS):
            name = entry.paths[-1].rpartition("/")[2]
            words = ascii_words(name.rpartition(".")[0] or name)
            stem = "-".join(word for word in words if not word.isdigit())[:50].strip("-") or stem
        made, number = stem, 2
        while made in taken:
            made = f"{stem}-{number}"
            number += 1
        taken.add(made)
        entry.id = made


def _tell_doubles(proposals: Sequence[Proposal]) -> None:
    """Say where two files of one kind would answer for the same facts; a person keeps one, nobody guesses."""
    groups: dict[tuple[FileKind | str, str], list[Proposal]] = defaultdict(list)
    for entry in proposals:
        if entry.prefix and entry.collector != "table":
            kind: FileKind | str = "schedule" if entry.kind in SCHEDULES else entry.kind
            groups[kind, entry.prefix].append(entry)
    for group in groups.values():
        for entry in group if len(group) > 1 else ():
            others = [other.id for other in group if other is not entry]
            told = f"{', '.join(others)} answer{'s' if len(others) == 1 else ''} for the same facts"
            entry.remarks.append(f"{FILL_IN} which one counts: {told}; keep one of them, or say authority:")
