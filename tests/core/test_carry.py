"""Waves: evidence of an earlier release counts only where the criterion says so, and never in place of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.core.admit import Admission, admit, refused_pairs
from gonogo.core.carry import carried_facts, earlier_releases, speaking
from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe
from gonogo.core.scope import scope_of
from gonogo.engine import reference
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason, Subject
from gonogo.model.fact import Bound, FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Finding, Outcome, Status
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.reply import Failure, Item, Reply
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
THEN = NOW - timedelta(days=1)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASES = tuple(
    Release(id=name, go_live=NOW + timedelta(days=days), subjects={"build": f"build-{name}"})
    for name, days in (("R2", 60), ("pilot", -30), ("R3", 90), ("R1", 14))
)
R1, R2, R3, PILOT = (next(r for r in RELEASES if r.id == name) for name in ("R1", "R2", "R3", "pilot"))
VOCABULARY = Vocabulary(
    facts=(
        FactDeclaration(name="a.count", type=FactType.INTEGER, unit="items", meaning="m", question="q?"),
        FactDeclaration(name="a.other", type=FactType.INTEGER, unit="items", meaning="m", question="q?"),
        FactDeclaration(
            name="a.built", type=FactType.INTEGER, unit="items", meaning="m", question="q?", bound=Bound.BUILD
        ),
    )
)


def criterion(name: str, require: str, *, carries: bool = False) -> Criterion:
    return Criterion(
        id=name,
        title="Case",
        statement="s",
        why="w",
        severity=Severity.MANDATORY,
        require=parse_requirement(require),
        max_age_s=7 * 86400,
        carries=carries or None,
        owner="customer.pmo_lead",
        attest=("customer.pmo_lead",),
        remedy="r",
        source=("x",),
    )


STRICT = criterion("system.strict", "a.count == 0")
WAVES = criterion("system.waves", "a.count == 0", carries=True)


def reply(binding: str, *items: Item, release: str | None = None, **more: object) -> Reply:
    made = {
        "binding": binding,
        "collector": "table",
        "level": "L1",
        "declared": tuple(item.fact for item in items) or ("a.count",),
        "items": items,
        "subject": Subject(release=release),
    }
    return Reply(**(made | more))


def says(value: int, fact: str = "a.count", **more: object) -> Item:
    return Item(fact=fact, value=value, as_of=THEN, **more)


def silent(release: str | None = None) -> Reply:
    """A source that failed."""
    return reply("failed", release=release, failure=Failure(reason=GapReason.DEADLINE, detail="Too late."))


def judged(
    replies: list[Reply], *criteria: Criterion, release: Release = R1
) -> tuple[EvidenceSet, dict[str, Finding], dict[str, Outcome | None]]:
    """Admit and judge by both ways of reading evidence; they must agree."""
    rules = Ruleset(
        name="r",
        version="1",
        title="t",
        criteria=criteria,
        policy=DecisionPolicy(milestones=("T-90", "T-0")),
        material_sha256="0" * 64,
    )
    admission = Admission(
        vocabulary=VOCABULARY,
        identity=IDENTITY,
        release=release,
        now=NOW,
        people=PeopleRegister(),
        authority={},
        earlier=earlier_releases(RELEASES, release),
        carried=carried_facts(criteria),
    )
    evidence = admit(replies, rules.facts, admission)
    scope = scope_of(rules, IDENTITY, release=release, now=NOW)
    refused = refused_pairs(scope, evidence)
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, evidence, VOCABULARY, refused)
    judgement = reference.judge(scope, evidence, refused=refused)
    findings = find(Trial(scope, compiled, observations, judgement, evidence, refused))
    usable = {leaf.criterion for leaf, seen in zip(compiled.leaves, observations, strict=True) if seen.usable}
    for number, case in enumerate(scope.asked):
        assert (judgement.criteria[case.criterion.id] is not Outcome.UNKNOWN) == (number in usable)
    return evidence, {finding.criterion: finding for finding in findings}, judgement.criteria


class TestEarlier:
    @pytest.mark.parametrize(
        ("release", "names"),
        [(PILOT, ()), (R1, ("pilot",)), (R2, ("R1", "pilot")), (R3, ("R2", "R1", "pilot"))],
    )
    def test_what_is_switched_on_before_is_earlier_the_latest_first(self, release, names):
        """The order of the file says nothing; the dates do."""
        assert earlier_releases(RELEASES, release) == names

    def test_a_release_of_the_same_moment_is_not_earlier(self):
        """Two that go live together cannot vouch for each other."""
        twin = R1.model_copy(update={"id": "twin"})

        assert earlier_releases((*RELEASES, twin), R1) == ("pilot",)


class TestCarrying:
    def test_the_pilots_evidence_counts_only_for_the_criterion_that_carries(self):
        """The same value, read by two criteria of one run."""
        evidence, findings, _ = judged([reply("p", says(0), release="pilot")], STRICT, WAVES)

        assert isinstance(evidence["a.count"], Evidence)
        assert evidence["a.count"].subject.release == "pilot"
        assert findings["system.waves"].status is Status.MET
        assert "the release pilot" in findings["system.waves"].facts[0].source
        assert findings["system.strict"].status is Status.UNKNOWN
        assert findings["system.strict"].gaps[0].reason is GapReason.WRONG_SUBJECT

    def test_where_no_criterion_carries_it_is_a_gap_as_ever(self):
        """A ruleset that does not know the word is judged as before it existed."""
        evidence, findings, _ = judged([reply("p", says(0), release="pilot")], STRICT)

        assert isinstance(evidence["a.count"], Gap)
        assert evidence["a.count"].reason is GapReason.WRONG_SUBJECT
        assert findings["system.strict"].status is Status.UNKNOWN

    @pytest.mark.parametrize("release", ["R2", "R3", "nobody"])
    def test_a_later_release_never_counts(self, release):
        """What is planned for next year proves nothing today."""
        evidence, findings, _ = judged([reply("later", says(0), release=release)], WAVES)

        assert isinstance(evidence["a.count"], Gap)
        assert findings["system.waves"].status is Status.UNKNOWN

    def test_its_own_evidence_goes_first(self):
        """A pilot that went well does not outweigh the wave's own bad news."""
        replies = [reply("p", says(0), release="pilot"), reply("own", says(5), release="R1")]

        _, findings, _ = judged(replies, STRICT, WAVES)

        assert {finding.status for finding in findings.values()} == {Status.NOT_MET}

    @pytest.mark.parametrize("own", [silent("R1"), silent(None)])
    def test_its_own_source_that_failed_is_not_replaced(self, own):
        """Losing the wave's report must not bring back the pilot's."""
        _, findings, _ = judged([reply("p", says(0), release="pilot"), own], WAVES)

        assert findings["system.waves"].status is Status.UNKNOWN

    def test_of_several_earlier_releases_the_latest_speaks(self):
        """What R1 learned is not hidden by what the pilot did not."""
        replies = [reply("p", says(0), release="pilot"), reply("one", says(5), release="R1")]

        _, findings, _ = judged(replies, WAVES, release=R2)

        assert findings["system.waves"].status is Status.NOT_MET

    def test_a_latest_one_that_failed_is_not_replaced_either(self):
        """A gap of R1 is a gap for R2."""
        _, findings, _ = judged([reply("p", says(0), release="pilot"), silent("R1")], WAVES, release=R2)

        assert findings["system.waves"].status is Status.UNKNOWN

    def test_sources_of_different_releases_do_not_agree(self):
        """A shared register about the pilot, beside one about the release."""
        replies = [reply("shared", says(0, subject=Subject(release="pilot"))), reply("own", says(0), release="R1")]

        evidence, _, _ = judged(replies, WAVES)

        assert isinstance(evidence["a.count"], Gap)
        assert evidence["a.count"].reason is GapReason.WRONG_SUBJECT

    def test_a_fact_of_a_build_carries_only_with_the_build(self):
        """The pilot's tests ran on the pilot's build; the wave releases another."""
        built = criterion("system.built", "a.built == 0", carries=True)
        tested = reply("p", says(0, "a.built", subject=Subject(build="build-pilot")), release="pilot")
        same = R1.model_copy(update={"subjects": {"build": "build-pilot"}})

        _, other, _ = judged([tested], built)
        _, findings, _ = judged([tested], built, release=same)

        assert other["system.built"].status is Status.UNKNOWN
        assert findings["system.built"].status is Status.MET

    def test_a_stale_pilot_is_stale(self):
        """Carrying changes of what it speaks, not how old it is."""
        old = Item(fact="a.count", value=0, as_of=NOW - timedelta(days=7))

        _, findings, _ = judged([reply("p", old, release="pilot")], WAVES)

        assert findings["system.waves"].gaps[0].reason is GapReason.STALE


ANSWERS = st.one_of(st.none(), st.integers(min_value=0, max_value=1))
WORLD = st.dictionaries(st.sampled_from([None, "pilot", "R1", "R2", "R3"]), ANSWERS, max_size=5)
"""For each release (or none in particular) a source: its value, or None for one that failed."""
RANK = {Outcome.NOT_MET: 0, Outcome.UNKNOWN: 0, Outcome.MET: 1}


def replies_of(world: dict[str | None, int | None]) -> list[Reply]:
    return [
        silent(release).model_copy(update={"binding": f"b-{release}"})
        if value is None
        else reply(f"b-{release}", says(value), release=release)
        for release, value in world.items()
    ]


class TestLaws:
    @settings(deadline=None)
    @given(world=WORLD, release=st.sampled_from(RELEASES))
    def test_without_the_flag_another_release_never_makes_a_criterion_met(self, world, release):
        """Whatever other releases say, and whether or not other criteria carry."""
        own = {name: value for name, value in world.items() if name in (None, release.id)}

        _, _, alone = judged(replies_of(own), STRICT, release=release)
        _, _, among = judged(replies_of(world), STRICT, WAVES, release=release)

        assert (among["system.strict"] is Outcome.MET) <= (alone["system.strict"] is Outcome.MET)

    @settings(deadline=None)
    @given(world=WORLD, release=st.sampled_from(RELEASES), data=st.data())
    def test_losing_an_answer_never_improves_a_criterion(self, world, release, data):
        """A report that is deleted, of this release or of an earlier one, must not help."""
        lost = data.draw(st.sampled_from(sorted(world, key=str))) if world else None
        after = {name: None if name == lost else value for name, value in world.items()}

        _, _, had = judged(replies_of(world), STRICT, WAVES, release=release)
        _, _, has = judged(replies_of(after), STRICT, WAVES, release=release)

        for name, outcome in has.items():
            assert RANK[outcome or Outcome.UNKNOWN] <= RANK[had[name] or Outcome.UNKNOWN]

    @settings(deadline=None)
    @given(world=WORLD, release=st.sampled_from(RELEASES))
    def test_where_nothing_carries_other_releases_change_nothing_at_all(self, world, release):
        """Neither status nor evidence, where the release has a source of its own."""
        own = {name: value for name, value in world.items() if name in (None, release.id)}
        if own:
            alone, _, _ = judged(replies_of(own), STRICT, release=release)
            among, _, _ = judged(replies_of(world), STRICT, release=release)

            assert among == alone


def test_the_recorded_form_of_a_ruleset_without_the_word_is_unchanged():
    """Upgrading gonogo must not change the digest by which a program pins its criteria."""
    assert "carries" not in STRICT.document()
    assert WAVES.document()["carries"] is True


class TestSpeaking:
    def reply(self, release: str | None) -> Reply:
        return Reply(binding="b", collector="t:t", level="L1", declared=("a.x",), subject=Subject(release=release))

    def test_a_release_of_which_nobody_says_anything_is_passed_over(self):
        """The one before it may have the evidence; an empty answer would be a gap without a reason."""
        first = self.reply("R1")

        assert speaking([first], "R3", ("R2", "R1")) == [first]

    def test_where_only_later_ones_speak_all_are_left_for_admission_to_refuse(self):
        """Taken away here, they would be told as missing, and nobody would learn what they were about."""
        later = self.reply("R9")

        assert speaking([later], "R3", ("R2", "R1")) == [later]

    def test_what_speaks_of_no_release_speaks_of_this_one(self):
        anyone, earlier = self.reply(None), self.reply("R2")

        assert speaking([earlier, anyone], "R3", ("R2",)) == [anyone]
