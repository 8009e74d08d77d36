"""Who answers for a condition, what is done about it, and until when: of the plan, the waiver or the acceptances."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.history import open_history
from gonogo.errors import RecordFault, UsageError
from gonogo.model.acceptance import Acceptance
from gonogo.model.assessment import Purpose
from gonogo.model.decision import Blocker
from gonogo.model.event import EventType
from gonogo.model.ruleset import Domain
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import Waiver
from gonogo.report.view import RunView
from gonogo.statement.predicate import UNLOCKED
from gonogo.statement.saying import _condition, predicate_of, summary_statement
from gonogo.workflow.stating import releases_of, votes_of


@pytest.fixture(scope="module")
def view(conditional_once) -> RunView:
    history = open_history(conditional_once.small.log)
    return RunView.of(history.report_records(history.named(conditional_once.run)))


def with_assessment(view: RunView, **more) -> RunView:
    return replace(view, assessment=view.assessment.model_copy(update=more))


def test_a_plan_is_held_to_its_owner_its_action_and_its_day(view):
    """A person who deploys on a condition reads what was promised, by whom and until when."""
    (condition,) = view.decision.conditions

    said = _condition(view, condition)

    assert condition.plan is not None
    assert (said.action, said.due, said.waiver) == (condition.plan.action, condition.plan.due, None)
    assert "Tom Reyes" in said.owner


def test_under_a_waiver_the_plan_is_not_what_was_promised(view):
    """Its owner and its last day are the waiver's; the plan was not what the signatures are under."""
    (condition,) = view.decision.conditions
    waiver = Waiver.model_construct(id="W-1", owner="ada.kirsch", expires_on=date(2027, 5, 1))
    waived = condition.model_copy(update={"waiver": "W-1"})

    said = _condition(with_assessment(view, waivers=(waiver,)), waived)

    assert (said.action, said.due, said.waiver) == (None, date(2027, 5, 1), "W-1")
    assert "Tom Reyes" not in said.owner


def test_of_several_acceptances_the_first_person_answers_and_the_first_day_counts(view):
    """From then on one of them does not count any more."""
    (condition,) = view.decision.conditions
    accepted = tuple(
        Acceptance.model_construct(id=name, item=f"D-{name}", person=person, workaround=f"do {name}", until=day)
        for name, person, day in (
            ("a1", "p.one", date(2027, 6, 2)), ("a2", "p.two", date(2027, 6, 1)), ("a3", "p.three", None),
            ("a4", "p.four", date(2027, 1, 1)),
        )
    )  # fmt: skip
    rests = condition.model_copy(update={"acceptances": ("a1", "a2", "a3")})

    said = _condition(with_assessment(view, acceptances=accepted), rests)

    assert said.owner == "p.one"
    assert said.due == date(2027, 6, 1)
    assert said.action == "D-a1: do a1; D-a2: do a2; D-a3: do a3"


def test_what_the_run_named_is_read_and_no_other_material():
    """A log holds the rules and the program file of every run."""

    def material(sha256, document, kind=EventType.MATERIAL_RECORDED):
        return SimpleNamespace(type=kind, data={"sha256": sha256, "document": document})

    records = [
        material("2" * 64, {"policy": {"votes": "both_sides"}, "releases": [{"id": "other"}]}),
        material("1" * 64, {"policy": {"votes": "customer"}, "releases": [{"id": "one"}, {"id": "two"}]}),
        material("3" * 64, {"policy": {"votes": "nobody"}}, EventType.LOG_OPENED),
    ]
    started = SimpleNamespace(ruleset_sha256="1" * 64, program_sha256="1" * 64, release=SimpleNamespace(id="one"))
    unknown = SimpleNamespace(ruleset_sha256="3" * 64, program_sha256=None, release=SimpleNamespace(id="one"))

    assert votes_of(records, SimpleNamespace(started=started)) == "customer"
    assert releases_of(records, SimpleNamespace(started=started)) == ("one", "two")
    assert votes_of(records, SimpleNamespace(started=unknown)) == "none"
    assert releases_of(records, SimpleNamespace(started=unknown)) == ("one",)


def test_the_reasons_stand_in_the_order_of_page_one(view):
    """The first of them is what `verify-decision` names: who deploys and who reads the report look at one reason."""
    missing = Blocker(domain=Domain.PROGRAM, why="No evidence.", missing_evidence=True)
    failed = Blocker(domain=Domain.SYSTEM, why="It failed.", missing_evidence=False)
    decision = view.decision.model_copy(
        update={"verdict": Verdict.NO_GO, "conditions": (), "blockers": (missing, failed)}
    )
    checkpoint = Checkpoint("log-1", 9, "1" * 64, "2" * 64, view.started.now)

    said = predicate_of(with_assessment(view, decision=decision), checkpoint, releases=())

    assert [each.why for each in said.blockers] == ["It failed.", "No evidence."]


def checkpoint(view: RunView, **more) -> Checkpoint:
    return replace(Checkpoint("log-1", 9, "1" * 64, "2" * 64, view.started.now), **more)


@pytest.mark.parametrize("missing", [{"head": ""}, {"time": None}])
def test_a_checkpoint_that_does_not_say_what_it_is_of_states_nothing(view, missing):
    """A statement about a record of no moment could be about any."""
    with pytest.raises(RecordFault, match="does not say when it was taken"):
        predicate_of(view, checkpoint(view, **missing), releases=())


@pytest.mark.parametrize(("lock", "said"), [(None, UNLOCKED), ("a" * 64, "a" * 64)])
def test_a_statement_says_until_when_it_holds_which_lock_and_which_releases(view, lock, said):
    """A deploy job reads nothing else: without the day it would deploy for ever."""
    under = replace(view, started=view.started.model_copy(update={"lock_sha256": lock}))

    made = predicate_of(under, checkpoint(view), releases=())

    assert view.decision.valid_until is not None
    assert made.valid_until == view.decision.valid_until
    assert (made.lock, made.releases) == (said, (view.started.release.id,))
    assert predicate_of(under, checkpoint(view), releases=("a", "b")).releases == ("a", "b")


def test_only_a_decision_on_something_that_is_named_is_stated(view):
    """A rehearsal is no permission, and one for *the release* is one for any build."""
    kind = view.started.kind.model_copy(update={"purpose": Purpose.PROGRESS})
    release = view.started.release.model_copy(update={"subjects": None})

    for more, says in (({"kind": kind}, "nothing can be deployed on one"), ({"release": release}, "what exactly is")):
        with pytest.raises(UsageError, match=says):
            predicate_of(replace(view, started=view.started.model_copy(update=more)), checkpoint(view), releases=())


def test_a_conditional_go_fails_the_summary(view):
    """Another verifier holds nobody to a condition."""
    made = predicate_of(view, checkpoint(view), releases=())

    assert made.verdict is Verdict.CONDITIONAL_GO
    done = made.model_copy(update={"not_due": ()})
    assert summary_statement(done).predicate["verificationResult"] == "FAILED"


@pytest.mark.parametrize(
    ("milestone", "asked", "short"),
    [("T-30", True, ()), ("T-30", False, None), ("T-0", False, ()), (None, False, None)],
)
def test_a_run_that_nobody_judged_by_the_thresholds_of_go_live_is_stated_as_silent(view, milestone, asked, short):
    """An earlier release of gonogo recorded it; a statement that is made today must not say that everything holds."""
    decision = view.decision.model_copy(update={} if asked else {"ahead": None})
    early = replace(view, started=view.started.model_copy(update={"milestone": milestone}))

    made = predicate_of(with_assessment(early, decision=decision), checkpoint(view), releases=())

    assert made.short == short
    assert made.comes_early is (short is None)
