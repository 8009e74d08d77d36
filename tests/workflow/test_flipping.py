"""What would change a recorded verdict: from the log alone, confirmed by both evaluators, and never recorded."""

import json
import shutil
from dataclasses import replace

import pytest
from tests.conftest import write_small

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.engine.durable import DurableRules
from gonogo.errors import EngineDisagreement, IntegrityError, UsageError
from gonogo.model.verdict import Verdict
from gonogo.path.effort import CountedAlike
from gonogo.path.smallest import ChangeSet
from gonogo.workflow.flip_path import flip_path, recorded_run
from gonogo.workflow.flip_words import FlipPath, document, lines
from gonogo.workflow.flipping import FlippableRun, flipping_sets
from gonogo.workflow.hypothesis import Supposed, supposing


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """A program that is half trained and hardly answered, with one recorded NO-GO."""
    small = write_small(tmp_path_factory.mktemp("half") / "small", trained=50, answered=40)
    assert run(small.arguments) == 1
    return small


@pytest.fixture(scope="module")
def found(half):
    """What would change it."""
    return flip_path(half.root)


def words(found):
    return "\n".join(lines(found))


def test_each_reason_says_fact_boundary_owner_days_and_the_stricter_rung(found):
    """A manager reads who must bring what, and by when, without asking an engineer."""
    assert """\
1. People are trained (workforce.training.completion)
   owner: Tom Reyes, the customer's functional lead
   14 days to go-live; 14 days until it gets stricter
   training.completed_ratio: at least 60 of 100 (60%) needed (now 50% (50 of 100))
   or: a waiver by the customer's executive sponsor and the provider's executive sponsor (then at best CONDITIONAL GO)
   stricter from T-0 (2027-05-03, in 14 days):
     training.completed_ratio: at least 98 of 100 (98%) needed (now 50% (50 of 100))
""" in words(found)


def test_of_equal_sets_the_one_that_leads_further_is_named(found):
    """A plan for the conditional criterion would cost as much as closing it, and leave a condition."""
    assert [(one.verdict, one.changes.cost, one.changes.plans) for one in found.sets] == [(Verdict.GO, 2, ())]
    assert """\
GO with 2 changes. Both evaluators come to it, hypothetically:
   1. training.completed_ratio: at least 60 of 100 (60%) needed (now 50% (50 of 100)) [workforce.training.completion]
   2. survey.response_ratio: at least 50 of 100 (50%) needed (now 40% (40 of 100)) [workforce.survey.response]
No smaller set leads to a CONDITIONAL GO.
""" in words(found)


def test_a_waiver_and_a_plan_make_conditions_as_in_a_decision(half):
    """They are judged as if every seat had signed today: by the rules for waivers, on the state that the run shows."""
    gate = FlippableRun.of(recorded_run(half.root))
    papers = ChangeSet({}, plans=("workforce.survey.response",), waivers=("workforce.training.completion",))

    came = gate.judged(papers).decision

    assert came.verdict is Verdict.CONDITIONAL_GO
    assert [(one.counted, one.criterion) for one in came.waivers] == [(True, "workforce.training.completion")]


def test_every_set_that_is_shown_flips_the_verdict_by_both_evaluators(half, found):
    """The search is only a proposal; what it proposes is judged like any evidence, by durable-rules too."""
    asked = []

    class Watched(DurableRules):
        def judge(self, compiled, observations):
            asked.append(len(observations))
            return super().judge(compiled, observations)

    gate = FlippableRun.of(recorded_run(half.root))
    for one in flipping_sets(gate, CountedAlike(), engine=Watched()):
        assert gate.judged(one.changes).decision.verdict is one.verdict
    assert len(asked) >= len(found.sets)


def test_a_set_that_an_evaluator_denies_is_not_shown(half):
    """If the two differ nobody knows what flips the verdict, and nothing is proposed."""

    class Stubborn(DurableRules):
        def judge(self, compiled, observations):
            from dataclasses import replace

            return replace(super().judge(compiled, observations), overall=Verdict.NO_GO)

    gate = FlippableRun.of(recorded_run(half.root))
    with pytest.raises(EngineDisagreement):
        flipping_sets(gate, CountedAlike(), engine=Stubborn())


def test_a_set_that_does_not_flip_the_verdict_is_not_shown(half, monkeypatch):
    """The decision's rules have the last word: a proposal that they do not confirm is passed over."""
    gate = FlippableRun.of(recorded_run(half.root))
    still = supposing(gate.run, Supposed())
    assert still.decision.verdict is Verdict.NO_GO
    monkeypatch.setattr(FlippableRun, "judged", lambda *_args, **_options: still)

    assert flipping_sets(gate, CountedAlike()) == ()


def test_the_log_alone_is_read_and_nothing_is_written(half, found, tmp_path):
    """A question must not change the record, and needs no file of the program."""
    log = shutil.copytree(half.log, tmp_path / "log")
    before = {path.name: path.read_bytes() for path in log.iterdir()}

    again = flip_path(log)

    assert words(again) == words(found)
    assert document(again) == document(found)
    assert {path.name: path.read_bytes() for path in log.iterdir()} == before


def test_programs_read_the_same(found):
    """A dashboard shows the same boundary, and that it is a supposition."""
    answer = json.loads(json.dumps(document(found)))

    assert (answer["hypothetical"], answer["verdict"], answer["cannot"]) == (True, "NO-GO", [])
    assert answer["reasons"][0]["ways"] == [
        [
            {
                "fact": "training.completed_ratio",
                "now": "50% (50 of 100)",
                "needed": "at least 60 of 100 (60%)",
                "dated_from": None,
                "source": "training",
            }
        ]
    ]
    assert [one["hypothetical_verdict"] for one in answer["sets"]] == ["GO"]


def test_the_set_is_the_least_work_where_the_program_states_effort(half):
    """A survey that takes a month is promised in a plan of a day; without a word on effort it would be closed."""
    recorded = recorded_run(half.root)
    days = {"survey.response_ratio": 20, "workforce.training.completion": 3}
    program = recorded.loaded.program.model_copy(update={"effort": days})
    gate = FlippableRun.of(replace(recorded, loaded=replace(recorded.loaded, program=program)))

    shown = words(found := FlipPath(gate, tuple(flipping_sets(gate, gate.cost))))

    assert "CONDITIONAL GO with 2 changes of 4 working days. Both evaluators come to it, hypothetically:" in shown
    assert "2. a complete action plan for workforce.survey.response" in shown
    assert "GO with 2 changes of 23 working days. Both evaluators come to it, hypothetically:" in shown
    assert "Counted in working days, as the program states them (`effort:`); a plan or a waiver is one day." in shown
    assert "CONDITIONAL GO with 2 changes of 2 working days with 1 new waiver." in shown
    assert document(found)["cost_in"] == "working days"
    assert [one["cost"] for one in document(found)["sets"]] == [4, 2, 23]


def test_what_nobody_stated_counts_as_the_most(half):
    """It is said, because the set may be another one once somebody states it."""
    recorded = recorded_run(half.root)
    program = recorded.loaded.program.model_copy(update={"effort": {"survey.response_ratio": 20}})
    gate = FlippableRun.of(replace(recorded, loaded=replace(recorded.loaded, program=program)))

    shown = words(FlipPath(gate, tuple(flipping_sets(gate, gate.cost))))

    said = (
        "Nobody states the effort of training.completed_ratio: each counts as the most that is stated, 20 working days."
    )
    assert said in shown


def test_of_a_go_nothing_has_to_change(stated_run):
    """A GO has no path to a better verdict."""
    found = flip_path(stated_run.root)

    assert found.sets == ()
    assert words(found).endswith("It is a GO: nothing has to change for a better verdict.")


def test_a_broken_log_answers_nothing(half, tmp_path):
    """Advice from a changed record is advice from a person who changed it."""
    log = shutil.copytree(half.log, tmp_path / "log")
    segment = log / "000001.jsonl"
    segment.write_bytes(segment.read_bytes().replace(b'"verdict":"NO-GO"', b'"verdict":"NO-G0"'))
    (log / "index.json").unlink()

    with pytest.raises(IntegrityError):
        flip_path(log)


def test_of_a_log_that_two_programs_share_the_own_run_is_looked_at(half, tmp_path):
    """The last run of somebody else would send the wrong people to work."""
    other = shutil.copytree(half.root, tmp_path / "other")
    file = other / "gonogo.yaml"
    file.write_text(file.read_text().replace("program: {id: small,", "program: {id: another,"))

    with pytest.raises(UsageError, match=r"is of the program small, but gonogo\.yaml is of another"):
        flip_path(other)


def test_a_run_that_is_not_there_is_refused(half):
    """A typing error must not be answered for another run."""
    with pytest.raises(UsageError, match="the audit log has no run 2031"):
        flip_path(half.root, "2031")


def test_a_run_without_its_rules_in_the_log_is_refused(half, monkeypatch):
    """Without the ruleset of the day nobody can say what it asked for."""
    from gonogo.workflow import hypothesis
    from gonogo.workflow.recorded_program import Unreadable

    def unreadable(*_arguments):
        raise Unreadable("the ruleset is not in the log")

    monkeypatch.setattr(hypothesis, "recorded_program", unreadable)
    with pytest.raises(UsageError, match="cannot be judged again: the ruleset is not in the log") as caught:
        flip_path(half.root)
    assert open_history(half.log).run().run in str(caught.value)
