"""Loading a program: ``gonogo.yaml`` and the files that it names, or every mistake together."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from gonogo.documents.files import path_mistake, read_file, shown
from gonogo.documents.shape import CheckedDocument, Document, read_sheet, sorted_problems
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.acceptance import Acceptance
from gonogo.model.people import PeopleRegister
from gonogo.model.placeholder import has_content
from gonogo.model.position import Position
from gonogo.model.program import AllowedPlugin, Binding, Program, ProgramIdentity, Release
from gonogo.model.spoken import Spoken, spoken_of
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.program.acceptance_documents import AcceptancesDocument, build_acceptances
from gonogo.program.bindings import ATTESTATIONS, attestation_binding, build_binding
from gonogo.program.criterion_titles import titles_of
from gonogo.program.local_times import instant_of, zone_of
from gonogo.program.program_documents import Accept, ProgramDocument
from gonogo.program.releases import release_of
from gonogo.program.side_documents import PeopleDocument, PlansDocument, WaiversDocument
from gonogo.program.side_files import build_people, build_plans, build_waivers
from gonogo.program.side_reading import asked_facts, beyond_a_matrix, side_file
from gonogo.ruleset.locate import REFERENCE, known_rulesets, overlay_path
from gonogo.text import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class ProgramFiles:
    """A program as its folder says it.

    Attributes:
        program: Everything that ``gonogo.yaml`` says.
        people: Who holds which seat when.
        waivers: As submitted, complete or not.
        plans: As submitted, complete or not.
        acceptances: As submitted, complete or not.
        root: The program's folder; every path of the program is relative to it.
        places: Where bindings stand, by id.
        warnings: What is allowed and probably not meant.
        sheets: The files as read: ``program``, and each side file that there is, by its key.
    """

    program: Program
    people: PeopleRegister
    waivers: tuple[Waiver, ...]
    plans: tuple[ActionPlan, ...]
    root: Path
    places: dict[str, Position] = field(repr=False)
    warnings: tuple[Problem, ...] = ()
    sheets: dict[str, CheckedDocument[Document]] = field(default_factory=dict, repr=False)
    acceptances: tuple[Acceptance, ...] = ()

    @property
    def overlay_paths(self) -> tuple[Path, ...]:
        """The overlays as paths that can be opened from the working folder."""
        return tuple(overlay_path(self.root, overlay) for overlay in self.program.overlays)

    @property
    def ruleset_place(self) -> str:
        """Where the program names its ruleset, for errors."""
        return str(self.sheets["program"].at(("ruleset",)).position)


def load_program(path: Path, *, awaited: Path | None = None) -> ProgramFiles:
    """Load a program from its folder or its ``gonogo.yaml``.

    Args:
        path: The folder or the file.
        awaited: A workbook that is about to be written: the program may name it before it is there.

    Raises:
        ConfigurationError: With every mistake of ``gonogo.yaml`` and of the files that it names.
    """
    file = path / "gonogo.yaml" if path.is_dir() else path
    hint = "a program is a folder with a gonogo.yaml; `gonogo schema` shows what it holds"
    if not path.exists() and str(path).partition("@")[0] in known_rulesets():
        hint = f"{path} is a ruleset, and a program's folder is needed; `gonogo ruleset show {path}` shows the ruleset"
    sheet = read_sheet(read_file(file, hint=hint), shown(file), ProgramDocument)
    document = sheet.document
    if document is None:
        raise ConfigurationError(sheet.problems)
    root = file.parent
    problems = list(sheet.problems)
    sheets: dict[str, CheckedDocument[Document]] = {"program": sheet}
    register, warnings = PeopleRegister(), list[Problem]()
    waivers: tuple[Waiver, ...] = ()
    plans: tuple[ActionPlan, ...] = ()
    people_sheet = side_file(sheet, root, "people", document.people, PeopleDocument, problems, awaited=awaited)
    if people_sheet is not None:
        sheets["people"] = people_sheet
        register, wrong, warnings = build_people(people_sheet)
        problems += wrong if isinstance(document.people, str) else beyond_a_matrix(wrong)
    spoken = spoken_of(register, customer=document.program.customer, provider=document.program.provider)
    titles = titles_of(document.ruleset, [overlay_path(root, overlay) for overlay in document.overlays], root)
    waivers_sheet = side_file(
        sheet,
        root,
        "waivers",
        document.waivers,
        WaiversDocument,
        problems,
        awaited=awaited,
        spoken=spoken,
        titles=titles,
    )
    if waivers_sheet is not None:
        sheets["waivers"] = waivers_sheet
        waivers, wrong = build_waivers(waivers_sheet)
        problems += wrong
    plans_sheet = side_file(
        sheet, root, "plans", document.plans, PlansDocument, problems, awaited=awaited, spoken=spoken, titles=titles
    )
    if plans_sheet is not None:
        sheets["plans"] = plans_sheet
        plans, wrong = build_plans(plans_sheet)
        problems += wrong
    acceptances: tuple[Acceptance, ...] = ()
    accepted = side_file(
        sheet, root, "acceptances", document.acceptances, AcceptancesDocument, problems, awaited=awaited, spoken=spoken
    )
    if accepted is not None:
        sheets["acceptances"] = accepted
        acceptances, wrong = build_acceptances(accepted)
        problems += wrong
    program = _program(sheet, document, root, problems, awaited, spoken)
    if problems or program is None:
        raise ConfigurationError(sorted_problems(problems))
    places = {entry.id: sheet.at(("evidence", index)).position for index, entry in enumerate(document.evidence)}
    warnings += [match for side in sheets.values() for match in side.matches]
    return ProgramFiles(program, register, waivers, plans, root, places, tuple(warnings), sheets, acceptances)


def _program(
    sheet: CheckedDocument[Document],
    document: ProgramDocument,
    root: Path,
    problems: list[Problem],
    awaited: Path | None,
    spoken: Spoken,
) -> Program | None:
    zone = _zone(sheet, document, problems)
    releases = _releases(sheet, document, zone, problems)
    bindings = _bindings(sheet, document, root, zone, problems, awaited, spoken)
    _check_paths(sheet, document, problems)
    _check_doubles(sheet, "overlays", document.overlays, problems)
    _check_doubles(sheet, "adopt", document.adopt or [], problems)
    ids = [binding.id for binding in bindings]
    for fact, binding in document.authority.items():
        if binding not in ids and not sheet.problems:
            hint = did_you_mean(
                binding, ids, otherwise=f"the bindings are {listed(list(dict.fromkeys(ids))) or 'none'}"
            )
            problems.append(sheet.problem(("authority", fact), "G143", f"there is no binding '{binding}'", hint))
    for path, reason in document.not_evidence.items():
        if not has_content(reason):
            what = f"`{reason[:40]}` is not a reason"
            problems.append(sheet.problem(("not_evidence", path), "G117", what, "say why the file is not evidence"))
    allowed: set[str] = set()
    for index, plugin in enumerate(document.plugins.allow):
        if plugin.distribution.lower() in allowed:
            what = f"'{plugin.distribution}' is allowed twice"
            place = ("plugins", "allow", index, "distribution")
            problems.append(sheet.problem(place, "G123", what, "keep the one version that may run"))
        allowed.add(plugin.distribution.lower())
    if problems or zone is None:
        return None
    identity = document.program
    return Program(
        identity=ProgramIdentity(
            id=identity.id,
            title=identity.title,
            customer=identity.customer,
            provider=identity.provider,
            offerings=tuple(identity.offerings),
            time_zone=identity.time_zone,
            calendar=identity.calendar.value,
            closures=tuple(identity.closures),
            marking=identity.marking,
        ),
        releases=tuple(releases),
        ruleset=document.ruleset,
        overlays=tuple(document.overlays),
        adopt=None if document.adopt is None else tuple(document.adopt),
        bindings=tuple(bindings),
        authority=document.authority,
        allow=tuple(
            AllowedPlugin(distribution=each.distribution, version=each.version, network=each.network or None)
            for each in document.plugins.allow
        ),
        log=document.log,
        accept_conditional=Accept.CONDITIONAL in document.accept,
        not_evidence=document.not_evidence or None,
        effort=document.effort or None,
        trust=document.trust,
    )


def _zone(sheet: CheckedDocument[Document], document: ProgramDocument, problems: list[Problem]) -> ZoneInfo | None:
    try:
        return zone_of(document.program.time_zone)
    except PydanticCustomError as error:
        _refuse(sheet, ("program", "time_zone"), error, problems)
        return None


def _releases(
    sheet: CheckedDocument[Document], document: ProgramDocument, zone: ZoneInfo | None, problems: list[Problem]
) -> list[Release]:
    found: list[Release] = []
    for index, entry in enumerate(document.releases):
        if entry.id in {release.id for release in found}:
            what = f"the release '{entry.id}' appears twice"
            problems.append(sheet.problem(("releases", index, "id"), "G123", what, "give each its own id"))
        if zone is None:
            continue
        try:
            go_live = instant_of(entry.go_live, zone)
        except PydanticCustomError as error:
            _refuse(sheet, ("releases", index, "go_live"), error, problems)
            continue
        found.append(release_of(sheet, index, entry, go_live, zone, problems))
    return found


def _bindings(
    sheet: CheckedDocument[Document],
    document: ProgramDocument,
    root: Path,
    zone: ZoneInfo | None,
    problems: list[Problem],
    awaited: Path | None,
    spoken: Spoken,
) -> list[Binding]:
    found: list[Binding] = []
    releases = [release.id for release in document.releases]
    if document.attestations is not None:
        where = sheet.at(("attestations",)).position
        place = f"gonogo.yaml:{where.line}:{where.column}"
        facts = asked_facts(sheet, root, document.attestations, problems, awaited=awaited, spoken=spoken)
        found.append(
            attestation_binding(document.attestations, producer=document.program.customer, where=place, facts=facts)
        )
    for index, entry in enumerate(document.evidence):
        binding, wrong = build_binding(
            sheet,
            index,
            entry,
            zone=zone,
            releases=releases,
            offerings=document.program.offerings,
            folders=[root, *(overlay_path(root, overlay).parent for overlay in document.overlays)],
        )
        problems += wrong
        if binding.id in {other.id for other in found}:
            what = f"the binding '{binding.id}' appears twice"
            hint = "`attestations: path` takes that id" if binding.id == ATTESTATIONS else "give each its own id"
            problems.append(sheet.problem(("evidence", index, "id"), "G123", what, hint))
        found.append(binding)
    return found


def _check_paths(sheet: CheckedDocument[Document], document: ProgramDocument, problems: list[Problem]) -> None:
    written: list[tuple[tuple[str | int, ...], str, bool]] = [(("log",), document.log, False)]
    own = [(index, path) for index, path in enumerate(document.overlays) if not REFERENCE.fullmatch(path)]
    written += [(("overlays", index), path, True) for index, path in own]
    written += [(("with_ruleset", name), path, True) for name, path in document.with_ruleset.items()]
    if document.attestations is not None:
        written.append((("attestations",), document.attestations, False))
    if document.trust is not None:
        written.append((("trust",), document.trust, True))
    if not REFERENCE.fullmatch(document.ruleset):
        written.append((("ruleset",), document.ruleset, True))
    for place, path, upward in written:
        mistake = path_mistake(path, upward=upward)
        if mistake:
            problems.append(sheet.problem(place, "G142", f"'{path}' {mistake}"))


def _check_doubles(sheet: CheckedDocument[Document], key: str, values: list[str], problems: list[Problem]) -> None:
    for index, value in enumerate(values):
        if value in values[:index]:
            problems.append(sheet.problem((key, index), "G123", f"'{value}' appears twice", "keep one"))


def _refuse(
    sheet: CheckedDocument[Document], place: tuple[str | int, ...], error: PydanticCustomError, problems: list[Problem]
) -> None:
    context = error.context or {}
    problems.append(sheet.problem(place, context["code"], context["what"], context["hint"]))
