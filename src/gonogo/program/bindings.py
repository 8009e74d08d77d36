"""One binding: from its document to the model, with every mistake of meaning at its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from gonogo.documents.files import path_mistake
from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.people import Side
from gonogo.model.program import STATEMENTS, AsOf, AsOfRule, Binding, InputPath
from gonogo.program.binding_documents import BindingDocument, CellRule, ColumnRule, FileNameRule, RuleName, StatedRule
from gonogo.program.from_profile import settings_of
from gonogo.program.local_times import instant_of
from gonogo.signing.variables import SECRETS
from gonogo.text import did_you_mean, listed

ATTESTATIONS = "attestations"
"""Id of the binding that ``attestations: path`` makes."""


def build_binding(
    sheet: CheckedDocument[Document],
    index: int,
    document: BindingDocument,
    *,
    zone: ZoneInfo | None,
    releases: Collection[str],
    offerings: Collection[str],
    folders: Sequence[Path] = (),
) -> tuple[Binding, list[Problem]]:
    """Return the binding and its mistakes.

    Args:
        sheet: The program file.
        index: Place of the binding under ``evidence``.
        document: Its document.
        zone: The program's time zone, for local times; None where it is not known.
        releases: Ids of the program's releases.
        offerings: The program's offerings.
        folders: Of the program and its overlays, which may carry profiles.
    """
    place: Loc = ("evidence", index)
    problems: list[Problem] = []
    inputs = _inputs(sheet, place, document, zone, problems)
    about = document.subject
    for key, value, known in (("release", about.release, releases), ("offering", about.offering, offerings)):
        if value is not None and value not in known and not sheet.problems:
            hint = did_you_mean(value, known, otherwise=f"the program names {listed(list(known)) or 'none'}")
            what = f"the program has no {key} '{value}'"
            problems.append(sheet.problem((*place, "subject", key), "G143", what, hint))
    for number, name in enumerate(document.env):
        if name in SECRETS:
            what = f"a collector may not see {name}: who has the key that signs can sign anything"
            problems.append(sheet.problem((*place, "env", number), "G145", what, "remove it"))
    settings, profile = settings_of(sheet, place, document, folders, problems)
    plugin, _, collector = document.collector.partition(":")
    where = sheet.at(place).position
    binding = Binding(
        id=document.id,
        plugin=plugin,
        collector=collector,
        prefix=document.prefix,
        inputs=inputs,
        side=document.side,
        producer=document.producer,
        offering=about.offering,
        release=about.release,
        build=about.build,
        environment=about.environment,
        handling=document.handling,
        keep=document.keep,
        max_bytes=document.max_bytes,
        env=tuple(document.env),
        deadline_s=document.deadline,
        settings=settings,
        profile=profile,
        leaves_out=dict(document.leaves_out) if profile is not None and document.leaves_out else None,
        where=f"gonogo.yaml:{where.line}:{where.column}",
        confirmed=None if document.confirmed else False,
        waits_for=None if document.confirmed else document.waits_for,
    )
    return binding, problems


def attestation_binding(path: str, *, producer: str, where: str, facts: dict[str, str]) -> Binding:
    """Return the binding that ``attestations: path`` stands for; ``facts`` is what the workbook there asks."""
    one = InputPath(name="file", paths=(path,), as_of=AsOf(rule=AsOfRule.DOCUMENT))
    return Binding(
        id=ATTESTATIONS,
        plugin=STATEMENTS,
        inputs=(one,),
        side=Side.CUSTOMER,
        producer=producer,
        where=where,
        settings={"facts": facts},
    )


def _inputs(
    sheet: CheckedDocument[Document],
    place: Loc,
    document: BindingDocument,
    zone: ZoneInfo | None,
    problems: list[Problem],
) -> tuple[InputPath, ...]:
    if document.path is None:
        for key in ("pick", "as_of"):
            if getattr(document, key) is not None:
                what = f"`{key}` without `path` has no meaning"
                problems.append(sheet.key_problem((*place, key), "G145", what, "add `path`, or remove it"))
        return ()
    named = document.path if isinstance(document.path, dict) else {"file": document.path}
    rules = document.as_of if isinstance(document.as_of, dict) else dict.fromkeys(named, document.as_of)
    for name in rules:
        if name not in named:
            what = f"the binding has no input '{name}'"
            hint = did_you_mean(name, named, otherwise=f"it has {listed(list(named))}")
            problems.append(sheet.key_problem((*place, "as_of", name), "G145", what, hint))
    found = []
    for name, value in named.items():
        paths = value if isinstance(value, list) else [value]
        for number, path in enumerate(paths):
            mistake = path_mistake(path)
            if mistake:
                step: Loc = (name, number) if isinstance(document.path, dict) else (number,)
                hint = "write a path inside the folder of gonogo.yaml, such as evidence/raid.xlsx"
                problems.append(sheet.problem((*place, "path", *step), "G142", f"'{path}' {mistake}", hint))
        if isinstance(document.as_of, dict) and name not in rules:
            what = f"`as_of` does not say when the input '{name}' held"
            problems.append(sheet.key_problem((*place, "as_of"), "G145", what, f"add `{name}: document`"))
        rule_place = (*place, "as_of", name) if isinstance(document.as_of, dict) else (*place, "as_of")
        as_of = _as_of(sheet, rule_place, rules.get(name), zone, problems)
        picks = document.pick is not None
        found.append(InputPath(name=name, paths=tuple(paths), pick_newest=picks, as_of=as_of))
    return tuple(found)


def _as_of(
    sheet: CheckedDocument[Document], place: Loc, rule: object, zone: ZoneInfo | None, problems: list[Problem]
) -> AsOf:
    if isinstance(rule, FileNameRule):
        return AsOf(rule=AsOfRule.FILE_NAME, pattern=rule.file_name)
    if isinstance(rule, CellRule):
        return AsOf(rule=AsOfRule.CELL, cell=rule.cell)
    if isinstance(rule, ColumnRule):
        return AsOf(rule=AsOfRule.COLUMN, column=rule.column, latest=rule.pick is not None)
    if isinstance(rule, StatedRule) and zone is not None:
        try:
            of = tuple(rule.sha256) if rule.sha256 is not None else None
            return AsOf(rule=AsOfRule.SAID, at=instant_of(rule.at, zone), by=rule.by, sha256=of)
        except PydanticCustomError as error:
            context = error.context or {}
            problems.append(sheet.problem((*place, "at"), context["code"], context["what"], context["hint"]))
    return AsOf(rule=AsOfRule.DOCUMENT_SAVED if rule is RuleName.DOCUMENT_SAVED else AsOfRule.DOCUMENT)
