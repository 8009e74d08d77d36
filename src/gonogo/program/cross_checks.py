"""What a program says about criteria, facts and seats, checked against its ruleset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from gonogo.documents.shape import Loc, sorted_problems
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.acceptance import Acceptance
from gonogo.model.base import Frozen
from gonogo.model.people import M3_ROLES
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.program.profile_facts import without_foreign_facts
from gonogo.program.program_file import ProgramFiles
from gonogo.program.side_documents import NOT_READ, UNNAMED
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.ruleset.pinned_bindings import disagreements, unbound, with_pins
from gonogo.ruleset.signers import bodies, long_waivers
from gonogo.text import did_you_mean, listed

_CELL: Final = re.compile(r"(.*), cell [A-Z]+([0-9]+)", re.DOTALL)
Paper = TypeVar("Paper", ActionPlan, Waiver, Acceptance)
_LIKE_A_SEAT: Final = re.compile(r"(?:customer|provider|independent)\.\w+")


def check_program(loaded: ProgramFiles, against: LoadedRuleset) -> ProgramFiles:
    """Check that everything a program names exists; return it with what its workbooks' rows name wrongly set aside.

    A row of a workbook that names what does not exist is a plan or waiver that says so and does not count.

    Raises:
        ConfigurationError: With every criterion, fact, seat, person or release that does not.
    """
    problems = [
        *_criteria(loaded, against),
        *_facts(loaded, against),
        *_seats(loaded, against),
        *_people(loaded),
        *_releases(loaded),
        *_enforced(loaded, against),
        *_holding(loaded, against),
        *_registers(loaded, against),
    ]
    single_row = {problem: entry for problem in problems if (entry := _entry_of(loaded, problem)) is not None}
    hard = [problem for problem in problems if problem not in single_row]
    if hard:
        raise ConfigurationError(sorted_problems(hard))
    lines = {key: dict[int, str]() for key in ("plans", "waivers", "acceptances")}
    for problem, (key, index) in single_row.items():
        sentence = f"{problem.where.partition(', ')[2]}: {problem.what}"
        lines[key][index] = "; ".join(filter(None, [lines[key].get(index), sentence]))
    return replace(
        loaded,
        program=with_pins(without_foreign_facts(loaded, against.vocabulary), against.vocabulary),
        plans=tuple(_with(one, lines["plans"].get(index)) for index, one in enumerate(loaded.plans)),
        waivers=tuple(_with(one, lines["waivers"].get(index)) for index, one in enumerate(loaded.waivers)),
        acceptances=tuple(_with(one, lines["acceptances"].get(index)) for index, one in enumerate(loaded.acceptances)),
        warnings=(
            *loaded.warnings,
            *(replace(one, code=NOT_READ, level="warning") for one in single_row),
            *_signed(loaded, against),
            *_pinned(loaded, against),
            *_without_release(loaded),
            *_efforts(loaded, against),
        ),
    )


def _signed(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    if "people" in loaded.sheets:
        yield from bodies(loaded.sheets["people"], loaded.people)
    if "waivers" in loaded.sheets:
        yield from long_waivers(loaded.sheets["waivers"], loaded.waivers, loaded.program, against.ruleset.policy)


def _with(paper: Paper, why: str | None) -> Paper:
    if why is None:
        return paper
    return paper.model_copy(update={"unreadable": "; ".join(filter(None, [paper.unreadable, why]))})


def _entry_of(loaded: ProgramFiles, problem: Problem) -> tuple[str, int] | None:
    """Return the plan or waiver of a workbook in which a mistake stands; None for any other mistake."""
    place = _CELL.fullmatch(problem.where)
    papers: tuple[tuple[str, Sequence[Frozen]], ...] = (
        ("plans", loaded.plans),
        ("waivers", loaded.waivers),
        ("acceptances", loaded.acceptances),
    )
    for key, entries in papers:
        sheet = loaded.sheets.get(key)
        if sheet is None or sheet.faults is None or place is None:
            continue
        for index in range(len(entries)):
            own: list[Loc] = [(key, index)]
            if key == "waivers":
                own += [(key, index, "approved_by", each) for each in range(len(loaded.waivers[index].approved_by))]
            rows = (_CELL.fullmatch(str(sheet.at(loc).position)) for loc in own)
            if any(row is not None and row.group(1, 2) == place.group(1, 2) for row in rows):
                return key, index
    return None


def _criteria(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    ids = [criterion.id for criterion in against.ruleset.criteria]
    named: list[tuple[str, Loc, str]] = []
    named += [("program", ("adopt", index), name) for index, name in enumerate(loaded.program.adopt or ())]
    named += [("waivers", ("waivers", i, "criterion"), one.criterion) for i, one in enumerate(loaded.waivers)]
    named += [("plans", ("plans", i, "criterion"), one.criterion) for i, one in enumerate(loaded.plans)]
    for file, place, name in named:
        if name not in ids and not name.startswith(f"{UNNAMED}."):
            what = f"{_title(against)} has no criterion '{name}'"
            hint = did_you_mean(name, ids, otherwise=f"its criteria are {listed(ids, most=30)}")
            yield loaded.sheets[file].problem(place, "G143", what, hint)


def _efforts(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    """Warn of an effort for what the ruleset does not have: it decides nothing, so it stops nothing."""
    names = [*against.vocabulary.names(), *(each.id for each in against.ruleset.questions)]
    for name in loaded.program.effort or {}:
        if name not in names:
            hint = did_you_mean(name, names, otherwise="`gonogo facts` lists every fact")
            what = f"{_title(against)} has no fact and no criterion '{name}'"
            yield replace(loaded.sheets["program"].key_problem(("effort", name), "G143", what, hint), level="warning")


def _facts(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    names = list(against.vocabulary.names())
    sheet = loaded.sheets["program"]
    for name in loaded.program.authority:
        if name not in against.vocabulary:
            what = f"{_title(against)} has no fact '{name}'"
            hint = did_you_mean(name, names, otherwise="`gonogo facts` lists every fact")
            yield sheet.key_problem(("authority", name), "G143", what, hint)
    prefixes = {name[:index] for name in names for index, letter in enumerate(name) if letter == "."}
    own = [binding for binding in loaded.program.bindings if binding.where and binding.id in loaded.places]
    for index, binding in enumerate(own):
        # A prefix without any fact here may belong to another ruleset of the same program; one that looks like a known
        # prefix is a slip of the pen, and its evidence would silently count for nothing.
        hint = "" if binding.prefix in (None, *prefixes) else did_you_mean(str(binding.prefix), sorted(prefixes))
        if hint:
            what = f"no fact of {_title(against)} begins with '{binding.prefix}.'"
            yield sheet.problem(("evidence", index, "as"), "G143", what, hint)


def _seats(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    seats = (*M3_ROLES, *against.ruleset.offices)
    named: list[tuple[str, Loc, str]] = []
    people = loaded.people
    named += [("people", ("people", i, "role"), one.role) for i, one in enumerate(people.tenures)]
    named += [("people", ("delegations", i, "role"), one.role) for i, one in enumerate(people.delegations)]
    for index, waiver in enumerate(loaded.waivers):
        for number, approval in enumerate(waiver.approved_by):
            named.append(("waivers", ("waivers", index, "approved_by", number, "role"), approval.role))
    named += [
        ("acceptances", ("acceptances", i, "role"), one.role) for i, one in enumerate(loaded.acceptances) if one.role
    ]
    owners: list[tuple[str, Loc, str]] = []
    owners += [("waivers", ("waivers", i, "owner"), one.owner) for i, one in enumerate(loaded.waivers)]
    owners += [("plans", ("plans", i, "owner"), one.owner) for i, one in enumerate(loaded.plans)]
    # An owner may be anybody in words; what is written like a seat and is none would leave the work with nobody.
    named += [entry for entry in owners if _LIKE_A_SEAT.fullmatch(entry[2])]
    for file, place, seat in named:
        if seat not in seats:
            hint = did_you_mean(seat, seats, otherwise="the ruleset or an overlay declares it under `offices:`")
            what = f"'{seat}' is not a seat of M3 or of {_title(against)}"
            yield loaded.sheets[file].problem(place, "G124", what, hint)


def _people(loaded: ProgramFiles) -> Iterable[Problem]:
    names = loaded.people.names
    if not names:
        return
    for index, waiver in enumerate(loaded.waivers):
        named: list[tuple[Loc, str]] = [(("waivers", index, "requested_by"), waiver.requested_by)]
        for number, approval in enumerate(waiver.approved_by):
            named.append((("waivers", index, "approved_by", number, "person"), approval.person))
        for place, person in named:
            if person not in names and person != UNNAMED:
                hint = did_you_mean(person, names, otherwise=f"the register has {listed(sorted(names))}")
                what = f"'{person}' is not in the people register"
                yield loaded.sheets["waivers"].problem(place, "G143", what, hint)


def _registers(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    """Yield what acceptances name that does not exist: registers and people. Which items are open no file says yet."""
    registers, names = list(against.vocabulary.registers_by_id), loaded.people.names
    for index, one in enumerate(loaded.acceptances):
        sheet = loaded.sheets["acceptances"]
        if one.register_id not in registers and one.register_id != UNNAMED:
            what = f"{_title(against)} has no register '{one.register_id}'"
            hint = did_you_mean(
                one.register_id, registers, otherwise=f"its registers are {listed(registers) or 'none'}"
            )
            yield sheet.problem(("acceptances", index, "register"), "G143", what, hint)
        if one.person and names and one.person not in names:
            hint = did_you_mean(one.person, names, otherwise=f"the register has {listed(sorted(names))}")
            what = f"'{one.person}' is not in the people register"
            yield sheet.problem(("acceptances", index, "person"), "G143", what, hint)


def _releases(loaded: ProgramFiles) -> Iterable[Problem]:
    ids = [release.id for release in loaded.program.releases]
    named = [("waivers", index, one.release) for index, one in enumerate(loaded.waivers)]
    named += [("acceptances", index, one.release) for index, one in enumerate(loaded.acceptances)]
    for file, index, name in named:
        if name is not None and name not in ids:
            hint = did_you_mean(name, ids, otherwise=f"the program has {listed(ids)}")
            what = f"the program has no release '{name}'"
            yield loaded.sheets[file].problem((file, index, "release"), "G143", what, hint)


def _without_release(loaded: ProgramFiles) -> Iterable[Problem]:
    """Warn of acceptances that name no release of several: they count for none."""
    several = [release.id for release in loaded.program.releases]
    for index, one in enumerate(loaded.acceptances if len(several) > 1 else ()):
        if one.release is None and one.person:
            what = f"the acceptance '{one.id}' names no release of {listed(several)}, so it counts for none"
            place = loaded.sheets["acceptances"].problem(("acceptances", index, "id"), "G187", what, "add `release:`")
            yield replace(place, level="warning")


def _enforced(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    """A criterion that is enforced from a date after the go-live of a release would never be enforced for it."""
    identity = loaded.program.identity
    for index, release in enumerate(loaded.program.releases):
        day = identity.local_date(release.go_live)
        late = [
            f"{criterion.id} (from {start})"
            for criterion in against.ruleset.criteria
            if (start := criterion.enforce_from) is not None and not start.startswith("T-") and start > day.isoformat()
        ]
        if late:
            what = f"{listed(late)} would never be enforced before the go-live of '{release.id}' on {day}"
            hint = "an earlier date, or a milestone such as `enforce_from: T-14`"
            yield loaded.sheets["program"].problem(("releases", index, "go_live"), "G162", what, hint)


def _holding(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    """Each release says when the hold points are by whose names criteria fall due or thresholds change."""
    policy = against.ruleset.policy
    for index, release in enumerate(loaded.program.releases):
        own = [each.id for each in release.hold_points or ()]
        missing = [name for name in policy.hold_points or () if name not in own]
        sheet, place = loaded.sheets["program"], ("releases", index, "id")
        if missing:
            what = (
                f"the release '{release.id}' does not say when {listed(missing)} is, which {_title(against)} asks for"
            )
            yield sheet.problem(place, "G143", what, "add it under `hold_points:`, as `{id: …, at: …}`")
        ours = [name for name in own if name in (policy.hold_points or ())]
        if not missing and ours != list(policy.hold_points or ()):
            what = f"the hold points of '{release.id}' come in another order than in {_title(against)}"
            hint = f"the rules have {listed(policy.hold_points or ())}"
            yield sheet.problem(place, "G126", what, hint)


def _pinned(loaded: ProgramFiles, against: LoadedRuleset) -> Iterable[Problem]:
    """Warn of settings that differ from what the rules pin: every fact of such a binding is a gap."""
    places = {binding.id: binding.where for binding in loaded.program.bindings}
    for name, sentence in disagreements(loaded.program, against.vocabulary).items():
        what = f"{sentence} Every fact that it answers is a gap."
        yield Problem("G185", places[name], what, hint="remove the setting: the rules hand it over", level="warning")
    for name, sentences in unbound(loaded.program, against.vocabulary).items():
        for sentence in sentences:
            yield Problem("G185", places[name], f"{sentence} The fact is a gap until then.", level="warning")


def _title(against: LoadedRuleset) -> str:
    return f"{against.ruleset.name}@{against.ruleset.version}"
