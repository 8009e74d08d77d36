"""Runs of this release make the record by which spans are judged, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from gonogo.cli import run
from gonogo.core.span_held import open_since
from gonogo.language.expression import parse_requirement
from gonogo.model.assessment import Purpose
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.finding import Finding, Outcome, Shadow, Status
from gonogo.model.judgement import Case, Past, Scope
from gonogo.model.register import Register
from gonogo.model.ruleset import Criterion, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.workflow import run_record
from gonogo.workflow.accepting import Weighed
from gonogo.workflow.judging import judged_on
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

LEAD = "customer.functional_lead"
SURVEY = "workforce.survey.response"
DAY = timedelta(days=1)


@pytest.fixture
def yellow(stated_program):
    """A program whose survey has too few answers, with a plan; open for 14 days it becomes mandatory."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    small = stated_program(now=now, sources=["survey"], answered=10, plan=True)
    small.edit("rules/ruleset.yaml", "    parameters: {min_response: 50%}\n",
               "    parameters: {min_response: 50%}\n    open_for: 14d\n")  # fmt: skip
    return small


def test_a_rehearsal_is_no_history_and_a_daily_run_is(yellow, capfd):
    """Otherwise anybody could make a fortnight of history in a minute."""
    assert run(["assess", str(yellow.root), "--as-of", yellow.as_of]) == 3
    loaded = load(Order(program=yellow.root, purpose=Purpose.PROGRESS))
    later = datetime.now(UTC) + 14 * DAY
    assert run_record.recorded(loaded, later) == {SURVEY: ()}

    assessment = assess(Order(program=yellow.root, purpose=Purpose.PROGRESS)).assessment
    (finding,) = [each for each in assessment.findings if each.criterion == SURVEY]
    assert (finding.severity, finding.mandatory_at) == (Severity.CONDITIONAL, assessment.now + 14 * DAY)
    assert run_record.recorded(loaded, later) == {SURVEY: (Past(assessment.now, Outcome.NOT_MET),)}
    assert run_record.recorded(loaded, assessment.now - timedelta(seconds=1)) == {SURVEY: ()}


@pytest.mark.parametrize(("age", "red"), [(14 * DAY - timedelta(seconds=1), False), (14 * DAY, True)])
def test_yellow_for_two_weeks_turns_red(yellow, age, red):
    """A plan is no longer enough, and the sentence says since when."""
    loaded = load(Order(program=yellow.root, purpose=Purpose.PROGRESS))
    assessment = assess(Order(program=yellow.root, purpose=Purpose.PROGRESS)).assessment
    past = {SURVEY: (Past(assessment.now - age, Outcome.NOT_MET),)}

    judged = judged_on(loaded, assessment.evidence, assessment.now, record=past)

    (finding,) = [each for each in judged.findings if each.criterion == SURVEY]
    assert (finding.severity is Severity.MANDATORY) is red
    assert (judged.trial.judgement.overall is Verdict.NO_GO) is red
    assert ("so it is mandatory now" in finding.sentence) is red
    assert finding.status is Status.NOT_MET
    case = next(each for each in judged.trial.scope.cases if each.criterion.id == SURVEY)
    assert open_since(case, assessment.now) == assessment.now - age


def test_it_is_only_for_what_is_conditional(yellow, capfd):
    """What is mandatory blocks already; what is advisory never does."""
    yellow.edit("rules/ruleset.yaml", "    severity: conditional\n", "    severity: advisory\n")

    assert run(["lint", str(yellow.rules)]) == 2
    text = " ".join(capfd.readouterr().err.split())
    assert "error[G164]" in text
    assert "`open_for` makes a conditional criterion mandatory, but this is advisory" in text


@pytest.mark.parametrize(
    ("stood", "answered", "rested"),
    [
        ({"rests_on": ("A-1",)}, {"interfaces"}, True),
        ({}, {"interfaces"}, False),  # met by itself beside an acceptance that it did not need
        (
            {"severity": Severity.ADVISORY},
            {"interfaces"},
            True,
        ),  # weighed nothing, so nobody recorded what it rested on
        ({"shadow": Shadow(severity=Severity.MANDATORY)}, {"interfaces"}, True),
        ({"severity": Severity.ADVISORY}, {"reports"}, False),  # an acceptance in a register that it does not read
        ({"severity": Severity.ADVISORY}, set(), False),
        ({"severity": Severity.ADVISORY, "status": Status.NOT_MET}, {"interfaces"}, False),
    ],
)
def test_a_run_that_may_have_rested_on_an_acceptance_is_not_taken_as_plainly_met(stood, answered, rested):
    """A span of accepted items must not read as a span without a fault."""
    criterion = Criterion(
        id="system.interfaces.tested", title="T", statement="s", why="w", severity=Severity.MANDATORY,
        require=parse_requirement("ifs.passed >= 100% or ifs.unaccepted <= 0"), max_age_s=86400, owner=LEAD,
        attest=(LEAD,), remedy="r", source=("x",),
    )  # fmt: skip
    register = Register(
        id="interfaces", item="one", fact="ifs.passed", accept=(LEAD,), open_unaccepted="ifs.unaccepted"
    )
    finding = Finding(
        **{"criterion": criterion.id, "title": "T", "domain": Domain.SYSTEM, "severity": Severity.MANDATORY,
           "status": Status.MET, "sentence": "s", "owner": LEAD} | stood
    )  # fmt: skip
    vocabulary = Vocabulary(facts=(), registers=(register,))

    assert run_record.rested_then(finding, criterion, vocabulary, answered) is rested


@pytest.mark.parametrize(
    ("ages", "kept"),
    [
        ((20, 15, 14, 3, 0), [14, 3, 0]),
        ((20, 15, 13, 0), [15, 13, 0]),
        ((3, 20, 15), [15, 3]),
        ((13, 1), [13, 1]),
        ((-1, 0, 20), [20, 0]),
        ((), []),
    ],
)
def test_the_runs_of_a_span_are_all_in_it_and_the_last_before(ages, kept):
    """The last before it says how the criterion stood on the first day; a later run is no history."""
    now = datetime(2027, 4, 19, 16, tzinfo=UTC)
    runs = [SimpleNamespace(now=now - age * DAY) for age in ages]

    found = run_record._covering([SimpleNamespace(now=None), *runs], now - 14 * DAY, now)

    assert [(now - moment) / DAY for moment, _ in found] == kept


NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)


def scope(record=(), **more) -> Scope:
    criterion = Criterion(
        id="system.a.b", title="T", statement="s", why="w", severity=more.pop("severity", Severity.CONDITIONAL),
        require=parse_requirement("a.x"), max_age_s=86400, open_for_s=14 * 86400, owner=LEAD, attest=(LEAD,),
        remedy="r", source=("x",),
    )  # fmt: skip
    case = Case(criterion, {}, record=record, **more)
    policy = DecisionPolicy(milestones=("T-0",))
    return Scope(now=NOW, go_live=NOW + 30 * DAY, milestone=None, policy=policy, cases=(case,))


def stated(value: bool | None) -> Weighed:
    entry = Evidence(fact="a.x", type=FactType.BOOLEAN, value=bool(value), as_of=NOW - timedelta(hours=1),
                     basis=Basis.MEASURED, source=Source(binding="b", locator="x.csv"))  # fmt: skip
    return Weighed(EvidenceSet(evidence=() if value is None else (entry,)))


@pytest.mark.parametrize(
    ("value", "age", "more", "red"),
    [
        (False, 14 * DAY, {}, True),
        (None, 14 * DAY, {}, True),
        (True, 14 * DAY, {}, False),
        (False, 14 * DAY - timedelta(seconds=1), {}, False),
        (False, 14 * DAY, {"skipped": Status.NOT_DUE}, False),
        (False, 14 * DAY, {"shadow": Shadow(severity=Severity.CONDITIONAL)}, False),
        (False, 14 * DAY, {"severity": Severity.ADVISORY}, False),
    ],
)
def test_what_is_open_for_too_long_is_mandatory_whether_it_failed_or_nobody_knows(value, age, more, red):
    """To stop answering must not keep a criterion yellow; what is not asked or in shadow is not open."""
    given = scope((Past(NOW - age, Outcome.UNKNOWN),), **more)

    (case,) = run_record.escalated(given, stated(value)).cases

    assert (case.criterion.severity is Severity.MANDATORY, case.open_since) == (red, NOW - age if red else None)


def test_only_an_acceptance_that_counted_answered_a_register(monkeypatch):
    """One that was refused changed nothing, so nothing rested on it."""
    reviews = [SimpleNamespace(register_id=name, counted=name == "interfaces") for name in ("interfaces", "reports")]
    decisions = [SimpleNamespace(acceptances=None), SimpleNamespace(acceptances=reviews)]
    monkeypatch.setattr(run_record, "decisions_of", lambda _records: decisions)

    assert run_record._answered([]) == {"interfaces"}
