"""What people suppose on the command line: facts, registers and moments, and the lines that answer them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from gonogo.errors import UsageError
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.decision import Blocker, Condition
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import Status
from gonogo.model.program import HoldPoint
from gonogo.model.ruleset import Severity
from gonogo.model.verdict import Verdict
from gonogo.workflow.flip_path import recorded_run
from gonogo.workflow.flipping import FlippableRun
from gonogo.workflow.hypothesis import RecordedRun, Supposed
from gonogo.workflow.supposed_moment import supposed_moment
from gonogo.workflow.supposed_papers import supposed_plan, supposed_waivers
from gonogo.workflow.supposed_values import _with_registers, supposed_values
from gonogo.workflow.what_if import WhatIf, _moved, _standing, _supposed_lines, lines

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
CARDS = "interfaces.e2e_passed_ratio"


@pytest.fixture(scope="module")
def run() -> RecordedRun:
    """The GO that Harborline recorded under the hardened rules, with open items in several registers."""
    return recorded_run(ROOT / "examples/harborline/nogo/m3-hardened/record")


@pytest.fixture(scope="module")
def gate(run: RecordedRun) -> FlippableRun:
    """The same with what can be changed."""
    return FlippableRun.of(run)


@pytest.mark.parametrize("fact", ["waivers.active", "record.open_28d", "interfaces.open_unaccepted"])
def test_what_gonogo_computes_itself_cannot_be_supposed(gate: FlippableRun, fact: str) -> None:
    """It would stand beside what it is computed from, and contradict it."""
    with pytest.raises(UsageError, match=f"gonogo computes {fact} itself"):
        supposed_values([f"{fact}=0"], gate, gate.run.view.assessment.now)


@pytest.mark.parametrize(("part", "closed", "left"), [(14, (), ("Statement 15", "Statement 16")),
                                                      (15, ("Statement 15",), ("Statement 16",)),
                                                      (16, ("Statement 15", "Statement 16"), ())])  # fmt: skip
def test_a_share_of_a_register_closes_so_many_of_its_items(
    gate: FlippableRun, part: int, closed: tuple[str, ...], left: tuple[str, ...]
) -> None:
    """15 of 16 leaves one item open, and its name is what an acceptance would have to be for."""
    fact = "provider.statements_with_evidence_ratio"

    found = supposed_values([f"{fact}={part} of 16"], gate, gate.run.view.assessment.now)

    assert dict(found.closed) == {"statements": closed}
    assert found.entries[fact].open_items == left
    assert (found.entries[fact].part, found.entries[fact].whole) == (part, 16)


@pytest.mark.parametrize("text", [f"{CARDS}=20 of 23", f"{CARDS}=95%"])
def test_a_share_that_does_not_say_which_items_are_open_closes_none(gate: FlippableRun, text: str) -> None:
    """More open items than the record names have no names."""
    found = supposed_values([text], gate, gate.run.view.assessment.now)

    assert found.closed == {}
    assert found.entries[CARDS].open_items is None


def test_of_two_facts_of_a_register_each_keeps_what_was_supposed_of_it(gate: FlippableRun) -> None:
    """Who supposes both means both: one must not be moved by the other. What was not supposed moves along."""
    share, failed = gate.run.view.assessment.evidence.evidence[:2]

    def with_left(_register, entry, _now):
        moved = ((each, "own" if each.fact == entry.fact else "moved along") for each in (share, failed))
        return {each.fact: each.model_copy(update={"open_items": (text,)}) for each, text in moved}, ("a",)

    register = SimpleNamespace(id="tests", fact=share.fact, same_items=(failed.fact,))
    stub = SimpleNamespace(
        run=SimpleNamespace(loaded=SimpleNamespace(vocabulary=SimpleNamespace(registers=(register,)))),
        register_dials=SimpleNamespace(with_left=with_left),
    )
    now = gate.run.view.assessment.now

    alone = _with_registers({share.fact: share}, stub, now)
    both = _with_registers({share.fact: share, failed.fact: failed}, stub, now)

    assert dict(alone.closed) == {"tests": ("a",)}
    assert {fact: entry.open_items for fact, entry in alone.entries.items()} == {
        share.fact: ("own",),
        failed.fact: ("moved along",),
    }
    assert [entry.open_items for entry in both.entries.values()] == [("own",), ("own",)]
    gap = Gap(fact=share.fact, reason=GapReason.MISSING, detail="Nobody said.")
    assert (dict((found := _with_registers({share.fact: gap}, stub, now)).entries), found.closed) == (
        {share.fact: gap},
        {},
    )


@pytest.fixture
def held(run: RecordedRun) -> RecordedRun:
    """The run of a program with a hold point after go-live, and another one that its rules do not know."""
    later = run.view.started.release.go_live + timedelta(hours=5)
    points = (HoldPoint(id="ponr", at=later), HoldPoint(id="own", at=later))
    release = run.view.started.release.model_copy(update={"hold_points": points})
    ruleset = run.loaded.ruleset
    policy = ruleset.policy.model_copy(update={"hold_points": ("ponr", "unknown")})
    return replace(
        run,
        view=replace(run.view, started=run.view.started.model_copy(update={"release": release})),
        loaded=replace(run.loaded, ruleset=ruleset.model_copy(update={"policy": policy})),
    )


def test_a_hold_point_is_a_moment_where_rules_and_release_know_it(held: RecordedRun) -> None:
    """A name that only one of them knows has no hour, or no thresholds."""
    assert supposed_moment("ponr", held) == held.view.started.release.go_live + timedelta(hours=5)
    for name in ("own", "unknown", "pon"):
        with pytest.raises(UsageError, match="no hold point of the release"):
            supposed_moment(name, held)


def test_the_moment_of_the_run_itself_is_not_before_it(run: RecordedRun) -> None:
    """A second earlier is: what was known then is in another run."""
    now = run.view.assessment.now

    assert supposed_moment(f"{now:%Y-%m-%dT%H:%M:%S}Z", run) == now
    with pytest.raises(UsageError, match="is before the run"):
        supposed_moment(f"{now - timedelta(seconds=1):%Y-%m-%dT%H:%M:%S}Z", run)


@pytest.mark.parametrize(
    ("supposed", "said"),
    [
        (Supposed(), ["nothing: the run as it was recorded"]),
        (Supposed(without_waivers=True), ["no waiver counts"]),
        (Supposed(without_acceptances=True), ["no acceptance counts"]),
    ],
)
def test_what_is_supposed_is_said_and_nothing_else(run: RecordedRun, supposed: Supposed, said: list[str]) -> None:
    """A supposition that is not named is taken for what is known."""
    assert list(_supposed_lines(WhatIf(run, supposed, {}, "", None))) == said


def test_what_is_supposed_stands_beside_what_was_recorded(gate: FlippableRun) -> None:
    """A person sees how far it is from what is known, also where nothing was."""
    run, fact = gate.run, "training.completed_ratio"
    evidence = run.view.assessment.evidence
    gap = Gap(fact=fact, reason=GapReason.NOT_PROVABLE, detail="Nobody said.")
    less = evidence.model_copy(
        update={"evidence": tuple(each for each in evidence.evidence if each.fact != fact), "gaps": (gap,)}
    )
    bare = replace(run, view=replace(run.view, assessment=run.view.assessment.model_copy(update={"evidence": less})))
    found = supposed_values([f"{fact}=731 of 1462"], gate, run.view.assessment.now)
    asked = WhatIf(bare, Supposed(evidence=found.entries), {"tests": ("a", "b"), "calm": ()}, "", None)

    assert list(_supposed_lines(asked)) == [
        f"{fact} is 50% (731 of 1,462) (recorded: {GapReason.NOT_PROVABLE.value.replace('_', ' ')})",
        "closed in the register tests: a and b",
    ]


def test_a_criterion_that_stands_otherwise_is_named_by_status_weight_or_what_it_rests_on(run: RecordedRun) -> None:
    """What is asked only under the supposition is news too; the same words with another age are not."""
    finding = run.view.findings[0]

    assert _moved(None, finding)
    assert not _moved(finding, finding.model_copy(update={"sentence": "Another one."}))
    assert _moved(finding, finding.model_copy(update={"rests_on": ("A-1",)}))
    for part in ("status", "severity"):
        other = next(each for each in type(getattr(finding, part)) if each is not getattr(finding, part))
        assert _moved(finding, finding.model_copy(update={part: other}))


@pytest.mark.parametrize(("days", "due"), [(-1, 0), (0, 0), (1, 1)])
def test_a_supposed_plan_is_its_owners_and_due_on_the_day_of_go_live(run: RecordedRun, days: int, due: int) -> None:
    """Due later it would not count; after go-live it is due today."""
    question = run.loaded.ruleset.criteria[0]
    go_live = run.loaded.program.identity.local_date(run.loaded.release.go_live)

    plan = supposed_plan(question.id, run.loaded, go_live + timedelta(days=days))

    assert (plan.owner, plan.due) == (question.owner, go_live + timedelta(days=due))
    assert plan.missing == ()
    assert supposed_plan("system.no.more", run.loaded, go_live).owner == "customer.program_manager"


def test_supposed_waivers_are_signed_by_each_seat_once_and_by_nobody_who_is_known(run: RecordedRun) -> None:
    """A person of the register who had signed would make a supposition look like a paper."""
    asked = [each for each in run.loaded.ruleset.criteria if each.waivable_by][:2]
    today = run.loaded.program.identity.local_date(run.view.assessment.now)

    waivers, people = supposed_waivers([*(each.id for each in asked), "system.no.more"], run.loaded, today)

    assert [(each.id, each.criterion, each.owner) for each in waivers] == [
        (f"supposed-{number}", each.id, each.owner) for number, each in enumerate(asked, 1)
    ]
    for waiver, question in zip(waivers, asked, strict=True):
        assert tuple(each.role for each in waiver.approved_by) == question.waivable_by
        assert {each.on for each in waiver.approved_by} == {today}
        assert waiver.requested_by not in {each.person for each in waiver.approved_by}
    holders = {each.role: each.person for each in people.tenures}
    assert len(set(holders.values())) == len(holders) == len({seat for each in asked for seat in each.waivable_by})
    assert all(name.startswith("supposed.") for name in holders.values())
    assert set(holders.values()) & set(run.loaded.people.names) == set()
    assert all(each.person not in (each.distinct_from or ()) for each in people.tenures)


@pytest.mark.parametrize(("fact", "counts"), [(CARDS, True), ("poam.high_overdue", False)])
def test_a_share_may_be_said_by_counts_and_a_count_may_not(gate: FlippableRun, fact: str, counts: bool) -> None:
    """The example is one that is taken."""
    with pytest.raises(UsageError) as caught:
        supposed_values([f"{fact}=much"], gate, gate.run.view.assessment.now)

    assert ("190 of 200" in str(caught.value.hint)) is counts


def test_every_reason_condition_and_threshold_ahead_has_its_line(run: RecordedRun) -> None:
    """A cap has no criterion, and is a reason of the program; what go-live asks more is said beside the verdict."""
    ahead = SimpleNamespace(criteria=(SimpleNamespace(criterion="a.b.c", sentence="It is short."),))
    decision = run.view.decision.model_copy(
        update={
            "verdict": Verdict.NO_GO,
            "blockers": (Blocker(why="Too many are open."), Blocker(criterion="system.one.thing", why="It fails.")),
            "conditions": (Condition(criterion="system.two.things", why="It is waived."),),
        }
    )

    def said(ahead):
        came = SimpleNamespace(decision=decision, judged=SimpleNamespace(ahead=ahead), findings=run.view.findings)
        return lines(WhatIf(run, Supposed(), {}, "", came))

    assert said(ahead)[-5:-1] == [
        "hypothetical: would block: the program: Too many are open.",
        "hypothetical: would block: system.one.thing: It fails.",
        "hypothetical: would be a condition: system.two.things: It is waived.",
        "hypothetical: would not hold by the thresholds of go-live: a.b.c: It is short.",
    ]
    assert not any("thresholds of go-live" in line for line in said(None))


@pytest.mark.parametrize(
    ("status", "rests", "words"),
    [
        (Status.MET, None, "met"),
        (Status.MET, ("A-1",), "met on acceptance"),
        (Status.NOT_MET, None, "not met, mandatory"),
        (Status.UNKNOWN, None, "unknown, mandatory"),
        (Status.NOT_APPLICABLE, None, "not applicable"),
    ],
)
def test_a_standing_says_what_it_rests_on_and_what_is_open_what_it_weighs(
    run: RecordedRun, status: Status, rests: tuple[str, ...] | None, words: str
) -> None:
    """*Met* that rests on somebody's signature is another *met*."""
    finding = next(each for each in run.view.findings if each.severity is Severity.MANDATORY)

    assert _standing(finding.model_copy(update={"status": status, "rests_on": rests})) == words


@pytest.mark.parametrize(
    ("supposed", "said"), [(Supposed(), "without waivers GO"), (Supposed(without_waivers=True), "no waiver counts")]
)
def test_a_verdict_without_waivers_is_not_compared_with_itself(run: RecordedRun, supposed: Supposed, said: str) -> None:
    """*Without waivers GO* beside a supposition that no waiver counts would look like a second answer."""
    came = SimpleNamespace(decision=run.view.decision, judged=SimpleNamespace(ahead=None), findings=run.view.findings)

    assert f"hypothetical: the verdict would be GO ({said}); both evaluators agree" in lines(
        WhatIf(run, supposed, {}, "", came)
    )


@pytest.mark.parametrize(("whole", "taken"), [(MAX_INTEGER - 1, True), (MAX_INTEGER, True), (MAX_INTEGER + 1, False)])
def test_counts_are_numbers_that_a_record_can_hold(gate: FlippableRun, whole: int, taken: bool) -> None:
    """Beyond them two programs read two numbers."""
    now = gate.run.view.assessment.now

    if taken:
        assert supposed_values([f"{CARDS}={whole} of {whole}"], gate, now).entries[CARDS].whole == whole
        return
    with pytest.raises(UsageError, match="a ratio is expected"):
        supposed_values([f"{CARDS}={whole} of {whole}"], gate, now)
