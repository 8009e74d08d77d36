"""Loading a ruleset: its files and overlays in, criteria and vocabulary out, or every mistake together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from gonogo.documents.files import read_file, real, shown
from gonogo.documents.shape import CheckedDocument, Document, sorted_problems
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.canonical import digest
from gonogo.model.change import RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.origin import OriginKind, RuleOrigin
from gonogo.model.people import M3_ROLES
from gonogo.model.position import Position
from gonogo.model.ruleset import Criterion, Ruleset
from gonogo.ruleset.declared_parts import build_criteria, declare
from gonogo.ruleset.declared_registers import RegisterSheet, registers_in
from gonogo.ruleset.declared_trends import trend_problems
from gonogo.ruleset.derivation_pins import PinSheet, derivations
from gonogo.ruleset.field_rules import CriterionContext
from gonogo.ruleset.gathering import Gathering
from gonogo.ruleset.holds import read_holds
from gonogo.ruleset.layers import Layers, base_of, is_overlay
from gonogo.ruleset.lint import domain_problems, policy_of, unnamed_sources, unused
from gonogo.ruleset.locate import REFERENCE, find_ruleset, is_shipped, named_ruleset, newest_shipped, stray_files
from gonogo.ruleset.lock_policy import lock_policy_problems
from gonogo.ruleset.overlay import lay_changes, prefix_problems
from gonogo.ruleset.own_copy import copy_words, namesake, shipped_alike
from gonogo.ruleset.rule_changes import Editor, ruleset_changes
from gonogo.ruleset.ruleset_documents import FactsDocument, OverlayDocument, RulesetDocument


@dataclass(frozen=True, slots=True)
class LoadedRuleset:
    """A ruleset with its overlays, checked.

    Attributes:
        ruleset: Criteria and policy.
        vocabulary: Every fact that they may read.
        folder: Where it was read.
        places: Where each criterion and fact stands, by id or name.
        warnings: What is allowed and probably not meant.
        origin: Whose rules they are, overlays aside.
        set_at: The last change of each part of a criterion by an overlay, and where it stands, by id and part.
        layers: The overlays as they were read, in their order.
    """

    ruleset: Ruleset
    vocabulary: Vocabulary
    folder: Path
    places: dict[str, Position] = field(repr=False)
    origin: RuleOrigin
    warnings: tuple[Problem, ...] = ()
    set_at: dict[tuple[str, str], tuple[RuleChange, Position]] = field(default_factory=dict, repr=False)
    layers: tuple[CheckedDocument[OverlayDocument], ...] = field(default=(), repr=False)


def load_ruleset(
    reference: str | Path, overlays: Sequence[Path] = (), *, root: Path | None = None, where: str = ""
) -> LoadedRuleset:
    """Load a ruleset and lay overlays on it.

    Args:
        reference: ``name@version`` of a ruleset that is shipped or installed, or the path of a folder, or of an overlay
            that extends a ruleset.
        overlays: Files, in order.
        root: Folder that a reference by path is relative to; overlays are taken as they are.
        where: Position of the reference, for errors.

    Raises:
        ConfigurationError: With every mistake found in every file.
    """
    layer = is_overlay(reference, root)
    if layer is not None:
        reference, overlays = base_of(layer, where=where), (layer, *overlays)
    folder = find_ruleset(reference, root=root, where=where) if isinstance(reference, str) else reference
    if overlays or not is_shipped(folder) or stray_files(folder):
        return _load(folder, reference, overlays)
    return _loaded_once(folder, reference)


def _loaded_once(folder: Path, reference: str | Path) -> LoadedRuleset:
    """Load a ruleset that everybody has; as long as its files hold the same bytes, what was loaded before."""
    try:
        content = tuple(read_file(folder / name) for name in ("ruleset.yaml", "facts.yaml"))
    except ConfigurationError:
        return _load(folder, reference, ())
    return _loaded_from(folder, reference, shown(folder), content)


@lru_cache(maxsize=8)
def _loaded_from(folder: Path, reference: str | Path, _place: str, _content: tuple[bytes, ...]) -> LoadedRuleset:
    return _load(folder, reference, ())


def _load(folder: Path, reference: str | Path, overlays: Sequence[Path]) -> LoadedRuleset:
    desk = Gathering()
    desk.problems += stray_files(folder)
    sheet = desk.open(folder / "ruleset.yaml", RulesetDocument, hint="a ruleset is a folder with a ruleset.yaml")
    facts = desk.open(folder / "facts.yaml", FactsDocument, hint="the vocabulary must be beside ruleset.yaml")
    stack = Layers(desk)
    for path in overlays:
        stack.add(path)
    if sheet is None or sheet.document is None or facts is None or facts.document is None:
        raise ConfigurationError(sorted_problems(desk.problems))
    document = sheet.document
    desk.problems += _reference_problems(sheet, document, reference)
    stack.check_base(folder, f"{document.name}@{document.version}")
    layers = [(layer, layer.document) for layer in stack.sheets if layer.document is not None]
    declare(desk, facts, sheet, layers)
    registers: list[RegisterSheet] = [(facts, facts.document.registers), *((e, o.registers) for e, o in layers)]
    desk.problems += lock_policy_problems(sheet, document.policy.lock, desk.seats)
    pinned: list[PinSheet] = [(facts, facts.document.derivation)]
    pins, wrong = derivations([*pinned, *((layer, overlay.derivation) for layer, overlay in layers)])
    desk.problems += wrong
    known = Vocabulary(facts=tuple(desk.facts), registers=registers_in(desk, registers), derivation=pins)
    named = [(facts, facts.document.facts), *((layer, overlay.facts) for layer, overlay in layers)]
    desk.problems += trend_problems(known, [(part, [each.name for each in listed]) for part, listed in named])
    around = CriterionContext(
        vocabulary=known,
        milestones=(*document.policy.milestones, *document.policy.hold_points),
        seats=tuple(desk.seats),
        sources=desk.sources,
    )
    build_criteria(desk, sheet, document, around)
    own = tuple(desk.criteria.values())
    desk.problems += read_holds(sheet, ("policy", "holds"), document.policy.holds, around, desk.holds, desk.places)
    held = tuple(desk.holds)
    for one in own:
        desk.floors.learn(one)
    for layer, overlay in layers:
        desk.problems += prefix_problems(layer, overlay)
        before = set(desk.criteria)
        build_criteria(desk, layer, overlay, around)
        desk.problems += read_holds(layer, ("holds",), overlay.holds, around, desk.holds, desk.places)
        editor = Editor(f"{overlay.overlay}@{overlay.version}")
        for one in [one for name, one in desk.criteria.items() if name not in before]:
            desk.changes.append(editor.added(one))
            desk.floors.learn(one)
        lay_changes(layer, overlay, desk, around)
    if not desk.problems:
        desk.problems += domain_problems(sheet, desk.criteria.values())
    if desk.problems:
        raise ConfigurationError(_first_causes(desk))
    criteria = tuple(desk.criteria.values())
    warnings = unused(around.vocabulary, (*criteria, *desk.holds), file=facts.name)
    warnings += unnamed_sources(desk.sources, criteria, file=sheet.name)
    origin, edits = _origin(document, folder, (own, held), around.vocabulary)
    desk.changes[:0] = edits
    ruleset = _ruleset(document, desk, [overlay for _, overlay in layers], around.vocabulary)
    laid = tuple(layer for layer, _ in layers)
    return LoadedRuleset(ruleset, around.vocabulary, folder, desk.places, origin, tuple(warnings), desk.set_at, laid)


def _origin(
    document: RulesetDocument,
    folder: Path,
    asked: tuple[tuple[Criterion, ...], tuple[Criterion, ...]],
    vocabulary: Vocabulary,
) -> tuple[RuleOrigin, list[RuleChange]]:
    """Return whose rules they are, and how a copy differs from the ruleset that everybody has.

    Under whatever name, version and ids: the same name decides, otherwise the likeness of the criteria.
    """
    if is_shipped(folder):
        return RuleOrigin(kind=OriginKind.SHIPPED), []
    criteria, holds = asked
    original = _of_that_name(document)
    carried = original is not None and real(original) == real(folder)
    read: dict[Path, LoadedRuleset] = {}

    def criteria_in(other: Path) -> tuple[Criterion, ...]:
        read[other] = _loaded_once(other, other)
        return read[other].ruleset.criteria

    if original is None or carried:
        original = shipped_alike(criteria, criteria_in)
    plain = RuleOrigin(kind=OriginKind.CARRIED if carried else OriginKind.OWN)
    if original is None:
        return plain, []
    try:
        shipped = read.get(original) or _loaded_once(original, original)
    except ConfigurationError:
        return plain, []
    mine, theirs = f"{document.name}@{document.version}", f"{shipped.ruleset.name}@{shipped.ruleset.version}"
    parts = {name: getattr(shipped.ruleset, name) for name in ("name", "version", "title", "material_sha256")}
    laid_out = Ruleset(**parts, criteria=criteria, policy=policy_of(document.policy, holds))
    editor = Editor(copy_words(mine, theirs))
    changes = list(ruleset_changes(shipped.ruleset, laid_out, (shipped.vocabulary, vocabulary), editor))
    kind = OriginKind.EDITED if changes else OriginKind.COPY
    return RuleOrigin(kind=kind, of=theirs), changes


def _of_that_name(document: RulesetDocument) -> Path | None:
    try:
        return namesake(document.name, document.version)
    except ConfigurationError:  # two carry one of that name: the shipped one decides
        return newest_shipped(document.name)


def ruleset_by_name(reference: str) -> LoadedRuleset:
    """Load a ruleset as people name it on the command line: by its bare name, ``name@version``, or a path.

    A program file must name the version; a look-up need not.

    Raises:
        ConfigurationError: There is none, it is of another version, or it has mistakes.
    """
    return load_ruleset(named_ruleset(reference) or reference, root=Path.cwd())


def _first_causes(desk: Gathering) -> Sequence[Problem]:
    """Leave out what only follows from an entry that could not be read, unless nothing else would be left.

    A criterion that reads a fact with a wrong declaration, or a change to a criterion that is wrong, is not
    a mistake of its own.
    """
    follows = {"G120": "facts", "G133": "criteria"}
    unread = {kind for kind in follows.values() if desk.unread[kind]}
    first = [problem for problem in desk.problems if follows.get(problem.code) not in unread]
    return sorted_problems(first or desk.problems)


def _reference_problems(
    sheet: CheckedDocument[Document], document: RulesetDocument, reference: str | Path
) -> list[Problem]:
    match = REFERENCE.fullmatch(reference) if isinstance(reference, str) else None
    if match is None or (match[1], match[2]) == (document.name, document.version):
        return []
    says = f"{document.name}@{document.version}"
    what = f"'{reference}' is asked for, but this is '{says}'"
    place = ("name" if match[1] != document.name else "version",)
    return [sheet.problem(place, "G134", what, f"write `ruleset: {says}`, or install the version that has it")]


def _ruleset(
    document: RulesetDocument, desk: Gathering, overlays: list[OverlayDocument], vocabulary: Vocabulary
) -> Ruleset:
    """Make the ruleset; its digest covers the typed form of everything that was read, not the bytes."""
    parts: dict[str, Any] = {
        "name": document.name,
        "version": document.version,
        "title": document.title,
        "criteria": tuple(desk.criteria.values()),
        "policy": policy_of(document.policy, desk.holds),
        "offices": tuple(desk.seats[len(M3_ROLES) :]),
        "overlays": tuple(f"{overlay.overlay}@{overlay.version}" for overlay in overlays),
        "sources": desk.sources,
        "changes": tuple(desk.changes) or None,
    }
    draft = Ruleset(**parts, material_sha256="0" * 64)
    reasons = [{"criterion": change.criterion, "reason": change.reason} for over in overlays for change in over.changes]
    material = {"ruleset": draft.document(), "vocabulary": vocabulary.document(), "reasons": reasons}
    return Ruleset(**parts, material_sha256=digest(material))
