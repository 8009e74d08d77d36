"""What follows from a supposition: what gonogo computes itself is computed anew, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.path.conftest import IDENTITY, Asks, SmallGate, declared
from tests.report.conftest import WAIVER

from gonogo.core.register_facts import NOTHING
from gonogo.errors import EngineDisagreement
from gonogo.model.decision import Blocker, Condition
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.fact import FactType
from gonogo.model.finding import Status
from gonogo.model.promise import PromiseReview, PromiseState
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.path.effort import CountedAlike
from gonogo.path.smallest import ChangeSet, smallest_sets
from gonogo.workflow import hypothesis
from gonogo.workflow.flip_path import recorded_run
from gonogo.workflow.flipping import FlippableRun, FlippingSet, flipping_sets
from gonogo.workflow.hypothesis import RecordedRun, Supposed
from gonogo.workflow.supposed_papers import supposed_plan

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
PLANTED = 7


@pytest.fixture(scope="module")
def run() -> RecordedRun:
    """The GO that Harborline recorded under the hardened rules."""
    return recorded_run(ROOT / "examples/harborline/nogo/m3-hardened/record")


@pytest.fixture(scope="module")
def planted(run: RecordedRun) -> RecordedRun:
    """The same with counts of waivers and a trend that nobody could have computed: what is computed anew is seen."""
    found = run.view.assessment.evidence
    odd = [
        entry.model_copy(update={"value": PLANTED}) if entry.fact.startswith("waivers.") else entry
        for entry in found.evidence
    ]
    like = next(entry for entry in odd if entry.fact == "waivers.active")
    odd.append(like.model_copy(update={"fact": "plans.active"}))
    odd.sort(key=lambda entry: entry.fact)
    evidence = found.model_copy(update={"evidence": tuple(odd)})
    assessment = run.view.assessment.model_copy(update={"evidence": evidence})
    day = run.loaded.program.identity.local_date(run.loaded.release.go_live)
    waiver = WAIVER.model_copy(update={"expires_on": day, "release": run.loaded.release.id})
    vocabulary = run.loaded.vocabulary
    facts = (*vocabulary.facts, declared("plans.active", FactType.INTEGER))
    vocabulary = vocabulary.model_copy(update={"facts": facts})
    loaded = replace(run.loaded, waivers=(waiver,), vocabulary=vocabulary)
    return replace(run, view=replace(run.view, assessment=assessment), loaded=loaded)


def entries(run: RecordedRun, supposed: Supposed):
    loaded = hypothesis._loaded(run.loaded, supposed)
    found = hypothesis._evidence(run, loaded, supposed, supposed.at or run.view.assessment.now)
    return {entry.fact: entry for entry in found}


def moved(run: RecordedRun, supposed: Supposed) -> set[str]:
    """The facts of which something else would be known."""
    before = {entry.fact: entry for entry in run.view.assessment.evidence}
    return {fact.partition(".")[0] for fact, entry in entries(run, supposed).items() if entry != before[fact]}


def test_nothing_supposed_moves_nothing(planted: RecordedRun) -> None:
    """Not even what gonogo would compute in another way today."""
    assert moved(planted, Supposed()) == set()


def test_a_later_moment_computes_papers_record_and_lock_anew(run: RecordedRun, planted: RecordedRun) -> None:
    """A waiver ends, a week of silence is an entry of the record, and a lock gets older: all as of that moment."""
    later = run.view.assessment.now + timedelta(days=3)

    assert moved(planted, Supposed(at=later)) == {"waivers", "plans", "record", "criteria"}
    for fact, entry in entries(planted, Supposed(at=later)).items():
        if fact.partition(".")[0] in ("waivers", "record", "criteria") and not isinstance(entry, Gap):
            assert entry.as_of == later, fact


@pytest.mark.parametrize(("days", "active"), [(-1, 1), (0, 1), (1, 0)])
def test_a_waiver_counts_until_its_last_day_is_over(planted: RecordedRun, days: int, active: int) -> None:
    """As in a run of that day."""
    at = planted.loaded.release.go_live + timedelta(days=days)

    assert entries(planted, Supposed(at=at))["waivers.active"].value == active


@pytest.mark.parametrize(
    ("supposed", "active"),
    [
        (Supposed(without_waivers=True), 0),
        (Supposed(waivers=(WAIVER.model_copy(update={"id": "W-9"}),)), 2),
        (Supposed(plans=()), PLANTED),
    ],
    ids=["no waiver counts", "one more", "nothing about waivers"],
)
def test_what_waivers_say_follows_from_those_that_count(planted: RecordedRun, supposed: Supposed, active: int) -> None:
    """A limit on the number of waivers must see the one that is supposed, and none that is supposed away."""
    assert entries(planted, supposed)["waivers.active"].value == active
    assert moved(planted, supposed) <= {"waivers"}


def test_a_plan_that_is_supposed_is_counted(planted: RecordedRun) -> None:
    """A limit on the number of plans must see it, and nothing else moves."""
    [criterion] = planted.loaded.ruleset.criteria[:1]
    plan = supposed_plan(criterion.id, planted.loaded, planted.loaded.release.go_live.date())

    assert moved(planted, Supposed(plans=(plan,))) == {"plans"}
    assert entries(planted, Supposed(plans=(plan,)))["plans.active"].value == 1


def test_a_trend_follows_what_is_supposed_of_its_fact(run: RecordedRun) -> None:
    """A share that is supposed over fewer people would hide that its people went missing."""
    known = next(each for each in run.view.assessment.evidence.evidence if each.fact == "training.completed_ratio")
    other = next(each for each in run.view.assessment.evidence.evidence if each.fact == "waivers.active")
    [trend] = [each.name for each in run.loaded.vocabulary.facts if each.trend is not None]
    gap = Gap(fact=known.fact, reason=GapReason.MISSING, detail="Nobody said.")

    assert hypothesis._feeds_a_trend(Supposed(evidence={known.fact: known}), run.loaded)
    assert not hypothesis._feeds_a_trend(Supposed(evidence={other.fact: other}), run.loaded)
    assert isinstance(entries(run, Supposed(evidence={known.fact: gap}))[trend], Gap)


def test_what_is_supposed_stands_instead_of_what_was_recorded_and_is_added_where_nothing_was(run: RecordedRun) -> None:
    """Each fact once, in the order that evidence has."""
    first, second, *others = run.view.assessment.evidence.evidence
    gap = Gap(fact=first.fact, reason=GapReason.MISSING, detail="Nobody said.")
    less = run.view.assessment.evidence.model_copy(update={"evidence": (first, *others)})
    view = replace(run.view, assessment=run.view.assessment.model_copy(update={"evidence": less}))

    found = entries(replace(run, view=view), Supposed(evidence={first.fact: gap, second.fact: second}))

    assert (found[first.fact], found[second.fact]) == (gap, second)
    shown = [fact for fact, entry in found.items() if not isinstance(entry, Gap)]
    assert shown == sorted(shown)


def test_what_is_loaded_for_it_is_what_is_supposed_of_papers(planted: RecordedRun) -> None:
    """New plans go before those that are there; a supposition without waivers has none, whatever else it supposes."""
    loaded = planted.loaded

    assert hypothesis._loaded(loaded, Supposed()).waivers == loaded.waivers
    assert hypothesis._loaded(loaded, Supposed(without_waivers=True, waivers=(WAIVER,))).waivers == ()
    assert hypothesis._loaded(loaded, Supposed(waivers=(WAIVER,))).waivers == (*loaded.waivers, WAIVER)
    given = replace(loaded, acceptances=("one",))
    assert hypothesis._loaded(given, Supposed()).acceptances == ("one",)
    assert hypothesis._loaded(given, Supposed(without_acceptances=True)).acceptances == ()


@pytest.fixture(scope="module")
def gate(run: RecordedRun) -> FlippableRun:
    """The run with what can be changed."""
    return FlippableRun.of(run)


def told(gate: FlippableRun, **changes) -> FlippableRun:
    """The same run with another decision, or other findings."""
    findings = changes.pop("findings", gate.run.view.findings)
    decision = gate.run.view.decision.model_copy(update=changes)
    assessment = gate.run.view.assessment.model_copy(update={"decision": decision, "findings": tuple(findings)})
    return replace(gate, run=replace(gate.run, view=replace(gate.run.view, assessment=assessment)))


def test_what_a_program_is_may_be_shown_where_nobody_knows_it_and_is_not_changed(gate: FlippableRun) -> None:
    """*Have no unions* is no advice; *say whether there are any* is."""
    one = next(
        each
        for each in gate.model.asked
        if (exemption := each.case.criterion.not_applicable_when) is not None
        and not set(exemption.facts) & set(each.case.criterion.require.facts)
    )
    fact = one.case.criterion.not_applicable_when.facts[0]
    found = gate.trial.evidence
    known = {entry.fact: entry for entry in found}[fact]
    assert not isinstance(known, Gap)
    assert list(gate._facts(one)) == list(one.case.criterion.require.facts)

    gap = Gap(fact=fact, reason=GapReason.MISSING, detail="Nobody said.")
    less = found.model_copy(
        update={
            "evidence": tuple(each for each in found.evidence if each.fact != fact),
            "gaps": tuple(sorted((*found.gaps, gap), key=lambda each: each.fact)),
        }
    )
    unknown = replace(gate, trial=replace(gate.trial, evidence=less))
    assert list(unknown._facts(one)) == [*one.case.criterion.require.facts, fact]


@pytest.mark.parametrize(
    ("state", "criterion", "fixed"),
    [
        (PromiseState.OVERDUE, "asked", False),
        (PromiseState.OVERDUE, "gone", True),
        (PromiseState.OVERDUE, "not due", True),
        (PromiseState.OPEN, "gone", False),
        (PromiseState.CLOSED, "not due", False),
    ],
)
def test_an_overdue_promise_that_nobody_asks_for_is_beyond_every_fact(
    gate: FlippableRun, state: PromiseState, criterion: str, fixed: bool
) -> None:
    """Nobody can show that it was kept, so no change flips the verdict, and that is said."""
    first, *others = gate.run.view.findings
    names = {"asked": first.criterion, "gone": "system.no.more", "not due": others[0].criterion}
    resting = others[0].model_copy(update={"status": Status.NOT_DUE})
    review = PromiseReview(criterion=names[criterion], state=state, sentence="It was promised.")

    found = list(told(gate, promises=(review,), findings=(first, resting, *others[1:]))._fixed())

    assert found == (["It was promised."] if fixed else [])


GONE = ("Nobody asks for it any more, so no fact closes it.",)


@pytest.mark.parametrize(
    "reason",
    [
        Condition(criterion="system.no.more", why="It is open."),
        Blocker(criterion="system.no.more", why="It is open."),
        Blocker(criterion="system.no.more", domain=Domain.SYSTEM, why="It is open."),
    ],
)
def test_a_reason_about_what_nobody_asks_is_said_to_be_beyond_facts(gate: FlippableRun, reason) -> None:
    """Somebody would look for the evidence of a criterion that is gone."""
    assert gate._otherwise(reason) == (GONE, "")


@pytest.mark.parametrize(("domain", "listed"), [(Domain.SYSTEM, 1), (None, 2)])
def test_a_cap_is_settled_by_fewer_open_ones_of_its_domain_or_of_all(
    gate: FlippableRun, domain: Domain | None, listed: int
) -> None:
    """The open conditional criteria are named: those of the domain, or all where the whole is capped."""
    soft = {"severity": Severity.CONDITIONAL, "status": Status.NOT_MET}
    findings = list(gate.run.view.findings)
    chosen = [
        next(number for number, each in enumerate(findings) if each.domain is place and each.status is Status.MET)
        for place in (Domain.SYSTEM, Domain.WORKFORCE)
    ]
    for number in chosen:
        findings[number] = findings[number].model_copy(update=soft)
    names = [findings[number].criterion for number in sorted(chosen)]
    wanted = [name for name in names if domain is None or name.startswith(domain.value)]
    assert len(wanted) == listed

    cannot, settled = told(gate, findings=findings)._otherwise(Blocker(domain=domain, why="Too many are open."))

    assert (cannot, settled) == ((), f"fewer of these are open: {' and '.join(wanted)}")


def test_a_domain_without_anything_mandatory_is_settled_by_nobodys_evidence(gate: FlippableRun) -> None:
    """The rules must ask for something first."""
    findings = [
        each.model_copy(update={"status": Status.NOT_DUE}) if each.domain is Domain.WORKFORCE else each
        for each in gate.run.view.findings
    ]
    silent = Blocker(domain=Domain.WORKFORCE, why="Nothing mandatory is asked in workforce.")
    changed = told(gate, findings=findings, blockers=(silent,))

    assert list(changed._fixed()) == [silent.why]
    (cannot,), settled = changed._otherwise(silent)
    assert "before a mandatory criterion of the domain is asked" in cannot
    assert settled == ""


class Scripted:
    """A run whose searches come out as the test says."""

    def __init__(self, now: Verdict, answers: dict[tuple[Verdict, bool], FlippingSet | None]) -> None:
        decision = type("D", (), {"verdict": now})
        view = type("V", (), {"decision": decision})
        self.run = type("R", (), {"view": view})
        self.answers, self.asked = answers, []

    def confirmed(self, verdict, *, papers, cost, engine=None):
        self.asked.append((verdict, papers))
        return self.answers.get((verdict, papers))


def flips(verdict: Verdict, cost: int, *, papers: bool = False, waivers: tuple[str, ...] = ()) -> FlippingSet:
    return FlippingSet(ChangeSet({}, waivers=waivers, cost=cost), verdict, papers)


NO_GO, SOFT, GO = Verdict.NO_GO, Verdict.CONDITIONAL_GO, Verdict.GO
PLAIN, CHEAP = flips(SOFT, 3), flips(SOFT, 2, papers=True, waivers=("a",))


@pytest.mark.parametrize(
    ("now", "answers", "shown"),
    [
        (NO_GO, {(SOFT, False): PLAIN, (SOFT, True): CHEAP, (GO, False): flips(GO, 5)}, [PLAIN, CHEAP, flips(GO, 5)]),
        (NO_GO, {(SOFT, True): CHEAP}, [CHEAP]),
        (NO_GO, {(SOFT, False): PLAIN, (SOFT, True): flips(SOFT, 3, papers=True, waivers=("a",))}, [PLAIN]),
        (NO_GO, {(SOFT, False): PLAIN, (SOFT, True): flips(SOFT, 2, papers=True)}, [PLAIN]),
        (NO_GO, {(SOFT, False): flips(GO, 2), (GO, False): flips(GO, 2)}, [flips(GO, 2)]),
        (NO_GO, {}, []),
        (SOFT, {(SOFT, False): PLAIN, (GO, False): flips(GO, 5)}, [flips(GO, 5)]),
        (GO, {(GO, False): flips(GO, 5)}, []),
    ],
    ids=["each verdict", "by a waiver alone", "a waiver that costs as much", "no waiver in it", "one set for both",
         "none", "from a condition", "nothing better"],
)  # fmt: skip
def test_a_set_is_shown_for_each_better_verdict_and_with_waivers_only_where_that_is_less(now, answers, shown) -> None:
    """A waiver that saves nothing is no advice; a set that already leads further is not shown twice."""
    assert list(flipping_sets(Scripted(now, answers), CountedAlike())) == shown


@pytest.mark.parametrize(
    ("weighs", "stands", "matters"),
    [
        ({"hold": True}, {"opened": True}, True),
        ({"promise": PromiseState.OPEN}, {"opened": True}, True),
        ({"can_block": True}, {"opened": True}, True),
        ({"can_block": True}, {"rests": True}, True),
        ({"can_block": True}, {}, False),
        ({}, {"opened": True}, False),
    ],
)
def test_only_what_is_open_and_weighs_is_worth_a_change(gate: FlippableRun, weighs, stands, matters) -> None:
    """Facts of criteria that decide nothing would make the search longer, and the answer no better."""
    one = SimpleNamespace(hold=weighs.get("hold", False), promise=weighs.get("promise"))
    model = SimpleNamespace(
        opened=lambda *_: stands.get("opened", False),
        rests=lambda *_: stands.get("rests", False),
        can_block=lambda _: weighs.get("can_block", False),
    )

    assert gate._matters(model, one) is matters


def test_a_waiver_is_never_asked_for_a_go() -> None:
    """What is waived is a condition, so no waiver leads to a GO."""
    run = Scripted(NO_GO, {(GO, False): flips(GO, 5), (GO, True): flips(GO, 1, papers=True, waivers=("a",))})

    assert list(flipping_sets(run, CountedAlike())) == [flips(GO, 5)]
    assert (GO, True) not in run.asked


def test_two_facts_of_one_comparison_are_asked_for_by_it_in_a_set_too() -> None:
    """A number that hangs on what somebody else will show is no boundary, and one of them alone is none either."""
    facts = {name: declared(name, FactType.DECIMAL, min=0) for name in ("f.took", "f.allowed")}
    small = SmallGate((Asks("system.one.thing", "f.took <= f.allowed"),), facts, {})
    model = small.model()
    view = SimpleNamespace(started=SimpleNamespace(program=IDENTITY))
    found = FlippableRun(SimpleNamespace(view=view), model.bench.trial, NOTHING)
    found.__dict__["model"] = model
    changes = next(smallest_sets(model, GO, papers=False, cost=CountedAlike()))

    words = list(found._words(changes, GO))

    both = "a value so that `f.took <= f.allowed`"
    assert [(change.fact, change.needed, criteria) for change, criteria in words] == [
        ("f.took", both, ("system.one.thing",)),
        ("f.allowed", both, ("system.one.thing",)),
    ]


def test_a_verdict_that_the_evaluators_do_not_share_is_no_answer(run: RecordedRun, monkeypatch) -> None:
    """The rules of the decision are compared with both evaluators in a supposition as in a run."""
    decided = hypothesis.decide

    def otherwise(*arguments, **options):
        return decided(*arguments, **options).model_copy(update={"judged": NO_GO})

    monkeypatch.setattr(hypothesis, "decide", otherwise)
    with pytest.raises(EngineDisagreement):
        hypothesis.supposing(run, Supposed())


def test_files_that_are_not_what_was_locked_are_beyond_every_fact(gate: FlippableRun) -> None:
    """No evidence makes the rules the agreed ones: that is said, and what restores it."""
    lock = gate.run.view.decision.lock
    assert lock is not None
    why = "The lock file was changed."
    changed = told(gate, lock=lock.model_copy(update={"breaches": (why,)}), blockers=(Blocker(why=why),))

    assert list(changed._fixed()) == [why]
    assert changed._otherwise(Blocker(why=why)) == (
        (),
        "the files are restored, or the change is agreed (`gonogo lock`)",
    )
