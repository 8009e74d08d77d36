"""What holds by an early milestone is judged by the thresholds of go-live too: a GO at T-30 is no GO at T-0."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.conftest import write_stated
from tests.workflow.test_accepting import CARD, RULESET, acceptance, counted
from tests.workflow.test_accepting import FACTS as REGISTER_FACTS
from tests.workflow.test_accepting import evidence as registered
from tests.workflow.test_accepting import program as accepting_program

from gonogo.model.assessment import EngineMode
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import Status
from gonogo.model.people import PeopleRegister
from gonogo.model.program import Program, ProgramIdentity, Release
from gonogo.model.ruleset import ApprovalRule
from gonogo.model.rung_ahead import RungAhead, before_go_live
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.workflow.judging import judged_on
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
EARLY = LIVE - timedelta(days=14)

HEAD = """\
schema: 1
name: ladders
version: "1.0.0"
title: Ladders
policy:
  milestones: [T-30, T-14, T-0]
  caps: {domain: 3, total: 8}
@MORE@
sources: {S1: A source}
criteria:
"""
ENTRY = """\
  - {id: workforce.training.@NAME@, title: People are trained, statement: They are., why: Seats., max_age: 7d,
     severity: @SEVERITY@, owner: customer.functional_lead, remedy: Train., source: [S1],
     require: "@REQUIRE@", parameters: {least: {T-14: @EARLY@, T-0: 95%}}@REST@}
"""
OTHERS = "".join(
    f"""\
  - {{id: {domain}.base.ready, title: Ready, statement: Ready., why: Base., max_age: 7d, severity: mandatory,
     owner: customer.functional_lead, remedy: Prepare., source: [S1], require: training.small}}
"""
    for domain in ("program", "system", "operations")
)
FACTS = """\
schema: 1
facts:
  - {name: training.ratio, type: ratio, meaning: Trained., question: What share?}
  - {name: training.small, type: boolean, meaning: Small., question: Is it small?}
"""
HOLDS = """\
  holds:
    - {id: workforce.training.hold, title: People stay trained, why: They leave., require: training.ratio >= least,
       parameters: {least: {T-14: 80%, T-0: 95%}}, max_age: 7d, owner: customer.functional_lead, remedy: Train.}
"""


def entry(
    name: str = "done",
    *,
    severity: str = "mandatory",
    require: str = "training.ratio >= least",
    early: str = "80%",
    rest: str = "",
) -> str:
    words = {"@NAME@": name, "@SEVERITY@": severity, "@REQUIRE@": require, "@EARLY@": early, "@REST@": rest}
    text = ENTRY
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def rules_of(folder: Any, *entries: str, more: str = "") -> LoadedRuleset:
    folder.mkdir(exist_ok=True)
    (folder / "ruleset.yaml").write_text(HEAD.replace("@MORE@\n", more) + "".join(entries) + OTHERS, encoding="utf-8")
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    return load_ruleset(folder)


def program_of(rules: LoadedRuleset) -> LoadedProgram:
    release = Release(id="r1", go_live=LIVE)
    identity = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
    program = Program(identity=identity, releases=(release,), bindings=(), ruleset="ladders@1.0.0")
    return LoadedProgram(
        program=program, release=release, people=PeopleRegister(), waivers=(), plans=(), root=rules.folder,
        ruleset=rules.ruleset, vocabulary=rules.vocabulary, acceptances=(),
    )  # fmt: skip


def share(value: str | None, now: datetime) -> EvidenceSet:
    names: dict[str, Evidence | Gap] = {
        name: Gap(fact=name, reason=GapReason.UNASKED, detail="Nobody.")
        for name in ("training.ratio", "training.small")
    }
    if value is not None:
        names["training.ratio"] = Evidence(
            fact="training.ratio", type=FactType.RATIO, value=Decimal(value), as_of=now - timedelta(days=1),
            basis=Basis.MEASURED, source=Source(binding="b", locator="lms.csv"),
        )  # fmt: skip
    return EvidenceSet(
        evidence=tuple(one for one in names.values() if isinstance(one, Evidence)),
        gaps=tuple(one for one in names.values() if isinstance(one, Gap)),
    )


def ahead(rules: LoadedRuleset, value: str | None, now: datetime = EARLY, **policy: Any) -> RungAhead | None:
    loaded = program_of(rules)
    if policy:
        ruleset = rules.ruleset.model_copy(update={"policy": rules.ruleset.policy.model_copy(update=policy)})
        loaded = replace(loaded, ruleset=ruleset)
    return judged_on(loaded, share(value, now), now, mode=EngineMode.REFERENCE).ahead


def named(found: RungAhead | None) -> list[str]:
    assert found is not None
    return [each.criterion.rpartition(".")[2] for each in found.criteria]


@pytest.mark.parametrize(("value", "short"), [("0.94", True), ("0.95", False), ("0.96", False)])
def test_what_holds_now_is_compared_with_the_threshold_of_go_live(tmp_path, value: str, short: bool):
    """81% at T-14 where T-0 asks for 95% was a plain GO, and everything was due."""
    found = ahead(rules_of(tmp_path / "rules", entry()), value)

    assert named(found) == (["done"] if short else [])
    assert found is not None
    assert found.milestone == "T-0"


@pytest.mark.parametrize(("value", "short"), [("0.79", False), ("0.80", True), ("0.81", True)])
def test_what_is_open_now_is_no_news_at_go_live(tmp_path, value: str, short: bool):
    """A reason against stands on page one already."""
    assert named(ahead(rules_of(tmp_path / "rules", entry()), value)) == (["done"] if short else [])


def test_the_sentence_holds_the_value_and_the_threshold_of_go_live(tmp_path):
    """A manager reads what is missing, not that something is."""
    found = ahead(rules_of(tmp_path / "rules", entry()), "0.81")

    assert found is not None
    (short,) = found.criteria
    assert short.status is Status.NOT_MET
    assert "81%" in short.sentence
    assert "at least 95% needed" in short.sentence
    assert "80%" not in short.sentence


@pytest.mark.parametrize(
    ("days", "asked"),
    [(40, True), (30, True), (1, True), (0, False), (-1, False)],
)
def test_it_is_asked_until_the_thresholds_of_go_live_are_in_force(tmp_path, days: int, asked: bool):
    """Before the first milestone the first rung counts; on the day of go-live nothing is ahead."""
    found = ahead(rules_of(tmp_path / "rules", entry()), "0.81", LIVE - timedelta(days=days))

    assert (found is not None) is asked


def test_a_ladder_that_loosens_or_stays_is_not_short(tmp_path):
    """Nothing more is asked of it."""
    rules = rules_of(tmp_path / "rules", entry(early="95%"), entry("looser", early="99%"))

    assert named(ahead(rules, "0.99")) == []


@pytest.mark.parametrize(
    ("severity", "rule", "rest", "short"),
    [
        ("mandatory", ApprovalRule.CAPS, "", True),
        ("conditional", ApprovalRule.CAPS, "", True),
        ("advisory", ApprovalRule.CAPS, "", False),
        ("advisory", ApprovalRule.M3, "", True),
        ("conditional", ApprovalRule.CAPS, ", mode: shadow", False),
        ("mandatory", ApprovalRule.CAPS, ", enforce_from: T-0", True),
        ("mandatory", ApprovalRule.CAPS, ", from: T-0", False),
    ],
)
def test_only_what_decides_at_go_live_counts(tmp_path, severity: str, rule: ApprovalRule, rest: str, short: bool):
    """What never decides stops nobody; what is not due is named as not due."""
    rules = rules_of(tmp_path / "rules", entry(), entry("other", severity=severity, rest=rest))

    assert ("other" in named(ahead(rules, "0.81", rule=rule))) is short


def test_an_exemption_that_ends_at_go_live_is_short(tmp_path):
    """A criterion that does not apply yet, by a threshold of a milestone, was judged by nobody."""
    exempt = entry("other", require="training.small", rest=", not_applicable_when: training.ratio < least")
    rules = rules_of(
        tmp_path / "rules", entry(), exempt.replace("T-14: 80%", "T-14: 99%").replace("T-0: 95%", "T-0: 50%")
    )

    found = ahead(rules, "0.81")

    assert named(found) == ["done", "other"]
    assert found is not None
    assert found.criteria[1].status is Status.UNKNOWN


def test_a_standing_hold_that_would_be_on_is_short(tmp_path):
    """It would void the decision on the day on which it is used."""
    found = ahead(rules_of(tmp_path / "rules", entry(early="95%"), more=HOLDS), "0.96")
    worse = ahead(rules_of(tmp_path / "worse", entry(early="95%"), more=HOLDS), "0.94")

    assert named(found) == []
    assert named(worse) == ["hold"]


def test_what_would_rest_on_acceptance_alone_is_short(tmp_path):
    """A plain GO would be a conditional one by the thresholds of go-live."""
    laddered = RULESET.replace("ifs.passed_ratio >= 100% or", "ifs.passed_ratio >= all or").replace(
        "       and ifs.open_exposure <= 5%}",
        "       and ifs.open_exposure <= 5%, parameters: {all: {T-30: 90%, T-0: 100%}}}",
    )
    (tmp_path / "ruleset.yaml").write_text(laddered, encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(REGISTER_FACTS, encoding="utf-8")
    loaded = accepting_program(load_ruleset(tmp_path), acceptance())

    judged = judged_on(loaded, registered(CARD, counted("reps.open", ())), datetime(2027, 4, 19, 16, tzinfo=UTC))

    assert [each.rests_on for each in judged.findings if each.criterion == "system.interfaces.tested"] == [None]
    assert judged.ahead is not None
    assert [(each.criterion, each.status) for each in judged.ahead.criteria] == [
        ("system.interfaces.tested", Status.MET)
    ]


def test_a_run_records_it_in_its_decision(tmp_path):
    """Reports and statements are made from the record alone."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    stated = write_stated(tmp_path / "small", now=now, sources=["training"], trained=81)

    result = assess(Order(program=stated.root))

    found = result.assessment.decision.ahead
    assert [each.criterion for each in found.criteria] == ["workforce.training.completion"]


@pytest.mark.parametrize(
    ("milestone", "early"),
    [(None, True), ("T-30", True), ("T-1", True), ("T-0", False), ("H1 freeze", False)],
)
def test_which_milestones_come_before_go_live(milestone: str | None, early: bool):
    """A statement of one of these must say what the thresholds of go-live give."""
    assert before_go_live(milestone) is early
