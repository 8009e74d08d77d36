"""The shipped layer m3-services: GSA omits, the program decides on the rest, and nothing is dropped in silence."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from openpyxl import load_workbook

from gonogo.engine.reference import judge
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Case, Scope
from gonogo.model.ruleset import Criterion, Severity, days_before
from gonogo.ruleset.case_files import load_cases, untested
from gonogo.ruleset.loader import load_ruleset, ruleset_by_name
from gonogo.ruleset.locate import overlay_path, shipped_overlay, shipped_overlays

RULESETS: Final = Path(__file__).resolve().parents[2] / "rulesets"
BASE: Final = load_ruleset(RULESETS / "m3-engagement")
LOADED: Final = load_ruleset(RULESETS / "m3-engagement", [RULESETS / "m3-services" / "overlay.yaml"])
CRITERIA: Final = {criterion.id: criterion for criterion in LOADED.ruleset.criteria}
README: Final = (RULESETS / "m3-services" / "README.md").read_text("utf-8")
GO_LIVE: Final = datetime(2027, 5, 3, 10, tzinfo=UTC)

OMITTED: Final = re.findall(r"^\| `([a-z_.]+)` \| [^`]", README, re.MULTILINE)
REPLACED: Final = re.findall(r"^\| `([a-z_.]+)` \| `([a-z_.]+)` \| `([a-z_.]+)` \|", README, re.MULTILINE)
CASES: Final = [
    (case, theirs, fact) for ours, theirs, fact in REPLACED for case in load_cases(BASE) if case.criterion == ours
]


def answer(criterion: Criterion, at: str, facts: dict[str, object]) -> Outcome | None:
    """Judge one criterion by itself; None where it does not apply."""
    days = days_before(at)
    now = GO_LIVE - timedelta(days=days)
    source = Source(binding="case", locator="case")
    evidence = [
        Evidence(fact=f.name, type=f.type, unit=f.unit, value=v, as_of=now, basis=Basis.MEASURED, source=source)
        for f, v in ((LOADED.vocabulary[name], value) for name, value in facts.items())
    ]
    parameters = {parameter.name: parameter.at(days) for parameter in criterion.parameters}
    scope = Scope(now, GO_LIVE, at, LOADED.ruleset.policy, (Case(criterion, parameters),))
    return judge(scope, EvidenceSet(evidence=tuple(evidence))).criteria[criterion.id]


def test_what_is_not_asked_is_what_the_page_lists():
    """A criterion that a layer drops without a line on its page is dropped in silence."""
    dropped = {criterion.id for criterion in CRITERIA.values() if criterion.not_applicable is not None}

    assert len(OMITTED) == 3
    assert len(REPLACED) == 9
    assert dropped == {*OMITTED, *(ours for ours, _, _ in REPLACED)}


def test_each_reason_names_the_guide():
    """A board that reads *not applicable* asks first: by whose word."""
    for criterion in CRITERIA.values():
        if criterion.not_applicable is not None:
            assert criterion.not_applicable.approved_by == "GSA's M3 Services Tailoring Guide"
            assert "GSA's guide" in criterion.not_applicable.reason


@pytest.mark.parametrize(("ours", "theirs", "fact"), REPLACED, ids=lambda name: name)
def test_what_takes_its_place_asks_the_same(ours, theirs, fact):
    """The layer lets a program decide whether it is asked, never what is enough."""
    old, new = CRITERIA[ours], CRITERIA[theirs]

    assert (new.severity, new.require.text, new.parameters) == (old.severity, old.require.text, old.parameters)
    assert (new.max_age_s, new.waivable_by, new.sides) == (old.max_age_s, old.waivable_by, old.sides)
    assert new.not_applicable_when is not None
    assert new.not_applicable_when.text == f"not {fact}"
    assert theirs in old.not_applicable.reason


def test_it_comes_out_as_the_cases_of_the_base_say():
    """Whether the program decided for it, or has not decided at all; only a decision against it takes it out."""
    assert len(CASES) > 30
    for case, theirs, fact in CASES:
        wanted = Outcome(case.expect.value)
        assert answer(CRITERIA[theirs], case.at, {**case.facts, fact: True}) is wanted, case.name
        assert answer(CRITERIA[theirs], case.at, dict(case.facts)) is wanted, case.name
        assert answer(CRITERIA[theirs], case.at, {**case.facts, fact: False}) is None, case.name


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("program.services.tailoring", "services.program_undecided"),
        ("system.services.tailoring", "services.technology_undecided"),
    ],
)
def test_an_output_that_nobody_decided_stops(name, fact):
    """What is left out by silence is found missing in the migration."""
    criterion = CRITERIA[name]

    assert criterion.severity is Severity.MANDATORY
    assert criterion.not_applicable_when is None
    assert answer(criterion, "T-120", {fact: 0}) is Outcome.MET
    assert answer(criterion, "T-120", {fact: 1}) is Outcome.NOT_MET
    assert answer(criterion, "T-120", {}) is Outcome.UNKNOWN


def test_the_counts_are_those_of_the_guide():
    """The page names the guide's figures; a new edition of the guide has to be read again."""
    said = re.search(r"rates ([0-9]+) outputs .*?: ([0-9]+) recommended, ([0-9]+) project dependent, ([0-9]+)", README)
    assert said is not None
    found = [home / "shared/data/gsa-m3/M3-Services-Tailoring-Guide.xlsx" for home in RULESETS.parents]
    paths = [path for path in found if path.is_file()]
    if not paths:
        pytest.skip("GSA's Services Tailoring Guide is not at hand")
    sheet = load_workbook(paths[0], read_only=True, data_only=True).worksheets[1]
    rated = Counter(row[3] for row in sheet.iter_rows(min_row=8, max_row=192, values_only=True) if row[3])

    figures = [rated.total(), rated["Recommended"], rated["Project Dependent"], rated["Omit"]]
    assert [int(number) for number in said.groups()] == figures


def test_it_is_named_without_a_path_wherever_an_overlay_is():
    """Nobody has to copy a file that ships; another version of it is no such overlay."""
    path = RULESETS / "m3-services" / "overlay.yaml"

    assert shipped_overlays() == {"m3-services@1.0.0": path}
    assert overlay_path(Path("program"), "m3-services@1.0.0") == path
    assert overlay_path(Path("program"), "m3-services@1.0.1") == Path("program/m3-services@1.0.1")
    assert overlay_path(Path("program"), "m3-services") == Path("program/m3-services")
    assert shipped_overlay("m3-services") == path
    assert shipped_overlay("m3-service") is None
    for name in ("m3-services@1.0.0", "m3-services"):
        assert ruleset_by_name(name).ruleset.overlays == ("m3-services@1.0.0",)


def test_a_layer_of_an_agency_extends_it_by_name(tmp_path: Path):
    """Its own changes lie on GSA's, and on what GSA's lies on."""
    own = tmp_path / "agency.yaml"
    own.write_text(
        'schema: 1\noverlay: agency\nversion: "1"\nextends: m3-services@1.0.0\nset:\n'
        "  - {criterion: program.services.tailoring, max_age: 7d, reason: It is read each week.}\n",
        encoding="utf-8",
    )

    assert load_ruleset(str(own)).ruleset.overlays == ("m3-services@1.0.0", "agency@1")


def test_each_criterion_of_it_has_its_cases():
    """`gonogo test m3-services` proves what it adds, and what it leaves alone."""
    cases = load_cases(LOADED)

    assert untested(LOADED, cases) == {}
    assert {case.criterion for case in cases} == {
        each.id for each in LOADED.ruleset.criteria if each.not_applicable is None
    }
    for case in cases:
        if ".services." in case.criterion:
            came = answer(CRITERIA[case.criterion], case.at, dict(case.facts))
            assert (came.value if came else "not_applicable") == case.expect.value, case.name
