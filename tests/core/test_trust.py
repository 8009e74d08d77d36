"""What counts because the program says so is told, whether it helped or not; what cannot help is not told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from gonogo.core.trust import TrustInputs, trusted_of
from gonogo.language.expression import parse_requirement
from gonogo.model.decision import Decision, Reliance, WaiverReview
from gonogo.model.deposited import Deposited
from gonogo.model.derivation import Derivation
from gonogo.model.evidence import Attested, Basis, Evidence, EvidenceSet, Gap, GapReason, Source, Subject
from gonogo.model.fact import FactType
from gonogo.model.judgement import Case, Scope
from gonogo.model.people import Delegation, PeopleRegister, Side, Staff, Tenure
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath, Program, ProgramIdentity, Release
from gonogo.model.reply import LeftAside
from gonogo.model.ruleset import Criterion, DecisionPolicy, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import Approval, Waiver

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
DAY = date(2027, 4, 16)
SPONSORS = ("customer.executive_sponsor", "provider.executive_sponsor")
RELEASE = Release(id="R1", go_live=NOW + timedelta(days=14))


def value(number: int, binding: str = "roster", fact: str = "a.open", **more: object) -> Evidence:
    made = {"fact": fact, "type": FactType.INTEGER, "unit": "items", "value": number, "as_of": NOW,
            "basis": Basis.MEASURED, "source": Source(binding=binding, locator=binding)}  # fmt: skip
    return Evidence(**(made | more))


def people(*apart: str) -> PeopleRegister:
    """Two sponsors of one name, said to be two people or not."""
    return PeopleRegister(
        tenures=(
            Tenure(role=SPONSORS[0], person="a.osei", name="Marguerite Osei"),
            Tenure(role=SPONSORS[1], person="m.osei", name="Marguerite Osei", distinct_from=apart),
        ),
        staff=(Staff(person="theo", name="Theo Brandvold"),),
    )


def told(
    *evidence: Evidence,
    aside: dict[str, list[Evidence | Gap]] | None = None,
    register: PeopleRegister | None = None,
    counted: bool = True,
    authority: dict[str, str] | None = None,
    left_out: dict[str, list[LeftAside]] | None = None,
    own: dict[tuple[str, str], Subject] | None = None,
    bound: dict[str, object] | None = None,
    deposited: dict[str, Deposited] | None = None,
    derivation: tuple[Derivation, ...] = (),
    registers: frozenset[str] = frozenset(),
    unworded: dict[str, str] | None = None,
    sources=True,
    **identity: object,
) -> list[tuple[Reliance, str]]:
    criterion = Criterion(
        id="system.load", title="t", statement="s", why="w", severity=Severity.MANDATORY,
        require=parse_requirement("a.open <= 0"), max_age_s=86400, owner="customer.pmo_lead", remedy="r", source=("S",),
        attest=SPONSORS,
    )  # fmt: skip
    policy = DecisionPolicy(milestones=("T-0",))
    scope = Scope(now=NOW, go_live=RELEASE.go_live, milestone=None, policy=policy, cases=(Case(criterion, {}),))
    waiver = Waiver(
        id="W-1", criterion="system.load", requested_by="theo",
        approved_by=(
            Approval(person="a.osei", role=SPONSORS[0], on=DAY), Approval(person="m.osei", role=SPONSORS[1], on=DAY),
        ),
    )  # fmt: skip
    program = Program(
        identity=ProgramIdentity(id="h", customer="C", provider="P", time_zone="UTC", **identity),
        releases=(RELEASE,),
        ruleset="r@1",
        bindings=(
            Binding(**({"id": "roster", "plugin": "table", "side": Side.CUSTOMER, "producer": "theo"} | (bound or {}))),
        )
        * sources,
        authority=authority or {"a.open": "roster"},
    )
    review = WaiverReview(id="W-1", criterion="system.load", counted=counted, why="w")
    no_go = Verdict.NO_GO
    decision = Decision(verdict=no_go, without_waivers=no_go, judged=no_go, domains=(), waivers=(review,))
    known = EvidenceSet(evidence=evidence or (value(3),))
    word = TrustInputs(
        program,
        register or PeopleRegister(),
        scope,
        known,
        aside or {},
        (waiver,),
        left_out or {},
        own or {},
        deposited=deposited or {},
        derivation=derivation,
        registers=registers,
        unworded=unworded or {},
    )
    return [(each.by, each.sentence) for each in trusted_of(decision, word) or ()]


@pytest.mark.parametrize(("unworded", "said"), [({"a.open": "one gate"}, True), ({}, False)])
def test_by_what_a_register_without_words_is_closed_is_said(unworded, said):
    """The rules name no word, so the binding's own condition is the program's word."""
    bound = {"settings": {"facts": {"a.open": {"share": {"where": 'state != "open"'}}}}}
    sentence = 'a.open: the rules name no words that close one gate, and roster counts as closed: state != "open".'

    assert ((Reliance.SETTINGS, sentence) in told(bound=bound, unworded=unworded)) is said


@pytest.mark.parametrize(("registers", "said"), [(frozenset({"a.open"}), True), (frozenset(), False)])
def test_rows_that_a_register_leaves_out_are_told(registers, said):
    """An open item that is marked as out of scope is no item of the register by the program's word."""
    ratio = {"type": FactType.RATIO, "unit": "", "value": Decimal(1), "part": 8, "whole": 8, "rows_read": 10}

    found = told(value(1, **ratio), registers=registers)

    assert (
        found
        == [
            (
                Reliance.SETTINGS,
                "roster: a.open counts 8 of 10 rows; 2 are left out as no item of the register (among).",
            )
        ]
        * said
    )


@pytest.mark.parametrize(
    ("collector", "named"), [("raid", True), ("table", False), ("table:table", False), ("table:other", True)]
)
def test_a_pin_of_a_collector_that_reads_nothing_is_told(collector, named):
    """The rules pinned which score is high, and a table counted the high risks by a rule of its own."""
    pin = Derivation(collector=collector, settings={"high_score": 15, "strict": True})
    sentence = (
        f"The rules pin high_score: 15 and strict: true of {collector}, and no source is read by it: "
        "the pins bind nothing here."
    )

    assert ((Reliance.SETTINGS, sentence) in told(bound={"collector": "table"}, derivation=(pin,))) is named


def test_a_program_that_reads_nothing_is_told_of_no_pin():
    """On the first day nothing counts yet, whatever the rules pin."""
    pin = Derivation(collector="raid", settings={"high_score": 15})

    assert [each for each in told(sources=False, derivation=(pin,)) if "pin" in each[1]] == []


@pytest.mark.parametrize(
    ("keys", "supplied", "sentence"),
    [
        (
            ("k", "l"),
            None,
            "roster: not read here but by another job, signed by k and l, at 2027-04-19 16:00 UTC (trust).",
        ),
        ((), "a.zip is not signed", "roster: not read here, and supplied: a.zip is not signed."),
    ],
)
def test_what_another_job_read_is_told_with_who_vouches_for_it(keys, supplied, sentence):
    """The trust file says whose word counts, and a reader must see that it is a word."""
    how = Deposited(bundle="0" * 64, made=NOW, keys=keys, supplied=supplied)

    assert told(deposited={"roster": how}) == [(Reliance.TRUST, sentence)]


class TestAuthority:
    @pytest.mark.parametrize("number", [2, 4])
    def test_a_source_that_says_something_else_is_told_with_what_it_says(self, number):
        """Naming an authority is how an unwelcome source is silenced: readers must see what it said."""
        assert told(aside={"a.open": [value(number, "lms")]}) == [
            (
                Reliance.AUTHORITY,
                f"a.open: roster counts, which says 3 items; lms says {number} items and is set aside (authority).",
            )
        ]

    @pytest.mark.parametrize(
        "other", [value(3, "lms"), Gap(fact="a.open", reason=GapReason.MISSING, detail="d", binding="lms")]
    )
    def test_a_source_that_says_the_same_or_nothing_is_told_too(self, other):
        """A gap from it would have been a gap: losing a source helped."""
        sentence = "a.open: roster counts and lms is set aside (authority)."
        assert told(aside={"a.open": [other]}) == [(Reliance.AUTHORITY, sentence)]

    def test_each_of_several_sources_that_say_something_else_is_told(self):
        """Of two that were silenced the second may be the unwelcome one."""
        sentence = "a.open: roster counts, which says 3 items; {} set aside (authority)."
        both = [value(4, "lms"), value(9, "hr")]

        assert told(aside={"a.open": both}) == [
            (Reliance.AUTHORITY, sentence.format("lms says 4 items and hr says 9 items and are"))
        ]
        assert told(aside={"a.open": [value(3, "lms"), value(9, "hr")]}) == [
            (Reliance.AUTHORITY, sentence.format("hr says 9 items and is"))
        ]

    def test_an_authority_without_another_source_says_nothing(self):
        """It changes nothing."""
        assert told(aside={"a.open": []}) == []


class TestTwoPeople:
    def test_a_counted_waiver_that_two_namesakes_signed_says_so(self):
        """Who edits the register could sign twice."""
        [(by, sentence)] = told(register=people("a.osei"))

        assert by is Reliance.DISTINCT
        assert sentence == (
            "The waiver W-1 rests on a.osei and m.osei being two people: they would count as one if the people "
            "register did not say otherwise (distinct_from)."
        )

    def test_a_waiver_that_does_not_count_rests_on_nobody(self):
        """It makes nothing better."""
        assert told(register=people("a.osei"), counted=False) == []

    @pytest.mark.parametrize("apart", [(), ("theo",)])
    def test_a_word_that_decides_nothing_is_not_told(self, apart):
        """Without it they are one person; that another is somebody else was never in doubt."""
        assert told(register=people(*apart)) == []

    @pytest.mark.parametrize(("maker", "mentioned"), [("a.osei", True), ("theo", False)])
    def test_a_statement_by_the_namesake_of_who_prepared_it_says_so(self, maker, mentioned):
        """Nobody attests their own work under a second id."""
        said = Attested(person="m.osei", role=SPONSORS[1], on=DAY, prepared_by=maker)
        stated = value(0, basis=Basis.STATED, attested=(said,))

        found = told(stated, register=people("a.osei"), counted=False, bound={"plugin": "attestation"})

        assert [by for by, _ in found] == [Reliance.DISTINCT] * mentioned

    @pytest.mark.parametrize(("plugin", "mentioned"), [("helpdesk", True), ("attestation", False)])
    def test_whom_a_plugin_names_as_the_one_who_states_it_is_told(self, plugin, mentioned):
        """A plugin may lie about its facts; the report may not say that a person signed who never did."""
        said = Attested(person="m.osei", role=SPONSORS[1], on=DAY, prepared_by="theo")
        stated = value(0, basis=Basis.STATED, attested=(said,))
        sentence = (
            "roster: that Marguerite Osei states a.open is what the plugin helpdesk says; gonogo has seen no statement "
            "of that person (plugins)."
        )

        found = told(stated, register=people(), counted=False, bound={"plugin": plugin})

        assert found == [(Reliance.PLUGINS, sentence)] * mentioned

    def test_two_who_are_one_by_a_lent_seat_are_not_apart(self):
        """A word on names does not undo a delegation."""
        lent = Delegation(
            role=SPONSORS[0], by="a.osei", to="m.osei", name="Marguerite Osei", purpose="leave", start=DAY, end=DAY
        )
        register = people("a.osei")
        both = PeopleRegister(tenures=register.tenures, delegations=(lent,))

        assert register.held_apart("a.osei", "m.osei", DAY)
        assert not both.held_apart("a.osei", "m.osei", DAY)


class TestProgram:
    def test_evidence_of_an_offering_as_a_whole_is_told(self):
        """It is about the provider's product, and never about this migration."""
        wide = value(0, subject=Subject(offering="KeelFin"))
        sentence = (
            "a.open: the evidence is about the provider's offering KeelFin as a whole, not about this program "
            "alone (offerings)."
        )
        assert told(wide, offerings=("KeelFin",)) == [(Reliance.OFFERINGS, sentence)]

    def test_an_offering_that_no_evidence_speaks_of_is_not_told(self):
        """It let nothing in."""
        assert told(offerings=("KeelFin",)) == []

    @pytest.mark.parametrize(
        ("days", "words"),
        [((DAY,), "2027-04-16"), ((DAY, DAY + timedelta(days=3)), "2 days from 2027-04-16 to 2027-04-19")],
    )
    def test_closures_are_told(self, days, words):
        """A slip of ten working days becomes one of five when a week is closed."""
        sentence = f"Not working days, in addition to the holidays of us-federal: {words} (closures)."
        assert told(closures=days) == [(Reliance.CLOSURES, sentence)]


class TestFiles:
    def test_a_file_that_the_program_keeps_from_a_binding_is_told_with_the_reason(self):
        """Who calls last week's bad export no evidence must be seen doing it."""
        sentence = "roster: evidence/r (1).csv is left out by not_evidence: a copy."
        noted = LeftAside(path="evidence/r (1).csv", reason="a copy.")

        assert told(left_out={"roster": [noted]}) == [(Reliance.NOT_EVIDENCE, sentence)]

    @pytest.mark.parametrize(("name", "subject"), [("file", "roster"), ("staff", "roster, staff")])
    def test_a_date_that_a_person_says_is_told_with_who_says_it(self, name, subject):
        """Stale evidence is fresh as soon as somebody writes another day."""
        rule = AsOf(rule=AsOfRule.SAID, at=NOW, by="Ada Kirsch")
        sentence = f"{subject}: dated 2027-04-19 by Ada Kirsch, not by the file (as_of)."

        found = told(value(3), bound={"inputs": (InputPath(name=name, paths=("r.csv",), as_of=rule),)})

        assert found == [(Reliance.AS_OF, sentence)]

    def test_a_date_that_the_file_says_and_one_of_a_source_that_nobody_reads_are_not_told(self):
        """Page one is short."""
        read = InputPath(name="file", paths=("r.csv",), as_of=AsOf(rule=AsOfRule.DOCUMENT))
        said = read.model_copy(update={"as_of": AsOf(rule=AsOfRule.SAID, at=NOW, by="Ada Kirsch")})

        assert told(value(3), bound={"inputs": (read,)}) == []
        assert told(value(3, "another"), bound={"inputs": (said,)}) == []

    @pytest.mark.parametrize(
        ("by", "said"), [(Reliance.BUILD, "4.2.0"), (Reliance.RELEASE, "R1"), (Reliance.ENVIRONMENT, "production")]
    )
    def test_what_evidence_is_about_only_by_the_bindings_word_is_told(self, by, said):
        """Results of the last build pass for this one's when the binding says so and the file says nothing."""
        sentence = f"roster: the evidence is of {by.value} {said} by the program's word; its source does not say it."

        assert told(value(3), bound={by.value: said}) == [(by, sentence)]
        assert told(value(3), bound={by.value: said}, own={("roster", "a.open"): Subject(**{by.value: said})}) == []
        assert told(value(3), bound={by.value: said}, own={("roster", "a.open"): Subject(program="h")}) == [
            (by, sentence)
        ]
