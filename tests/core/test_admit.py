"""Admission: what is not proved usable is a gap, and says why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.core.admit import Admission, admit
from gonogo.model.deposited import Deposited
from gonogo.model.evidence import Attested, Basis, Evidence, Gap, GapReason, Subject
from gonogo.model.fact import Bound, FactDeclaration, FactType, Vocabulary
from gonogo.model.people import Delegation, Organization, PeopleRegister, Staff, Tenure
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.reply import Failure, InputRead, Item, Reply
from gonogo.model.ruleset import IsolationLevel

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
THEN = NOW - timedelta(days=3)


def declared(name: str, kind: FactType, **more: object) -> FactDeclaration:
    return FactDeclaration(name=name, type=kind, meaning="m", question="q?", **more)


VOCABULARY = Vocabulary(
    facts=(
        declared("a.flag", FactType.BOOLEAN),
        declared("a.count", FactType.INTEGER, unit="items", min=Decimal(0)),
        declared("a.days", FactType.DECIMAL, unit="working days", tolerance=Decimal("0.5")),
        declared("a.share", FactType.RATIO),
        declared("a.wide", FactType.RATIO, max=Decimal("1.5")),
        declared("a.word", FactType.TEXT, allowed=("signed", "draft")),
        declared("a.built", FactType.INTEGER, unit="cases", bound=Bound.BUILD),
        declared("a.when", FactType.INSTANT),
    )
)
PEOPLE = PeopleRegister(
    staff=(Staff(person="k.tran", name="Kim Tran"),),
    tenures=(
        Tenure(role="customer.functional_lead", person="amsel", name="Ruth Amsel", end=date(2027, 4, 30)),
        Tenure(role="customer.pmo_lead", person="kirsch", name="Ada Kirsch", start=date(2027, 4, 18)),
    ),
    delegations=(
        Delegation(
            role="customer.functional_lead",
            by="amsel",
            to="corrigan",
            name="Bea Corrigan",
            purpose="leave",
            start=date(2027, 4, 10),
            end=date(2027, 4, 20),
        ),
    ),
)


def admission(**more: object) -> Admission:
    made = {
        "vocabulary": VOCABULARY,
        "identity": ProgramIdentity(
            id="harborline", customer="NIWA", provider="CFSC", time_zone="America/New_York", offerings=("KeelFin",)
        ),
        "release": Release(id="R1", go_live=NOW + timedelta(days=14), subjects={"artifact": "sha256:abc"}),
        "now": NOW,
        "people": PEOPLE,
        "authority": {},
    }
    return Admission(**(made | more))


def reply(*items: Item, binding: str = "b1", **more: object) -> Reply:
    made = {
        "binding": binding,
        "collector": "table",
        "level": "L1",
        "declared": tuple(item.fact for item in items),
        "items": items,
        "inputs": (InputRead(name="file", path="evidence/x.csv", size=3, sha256="0" * 64),),
    }
    return Reply(**(made | more))


def says(fact: str, value: object = None, as_of: datetime = THEN, **more: object) -> Item:
    return Item(fact=fact, value=value, as_of=as_of, **more)


def one(fact: str, *replies: Reply, **more: object) -> Evidence | Gap:
    return admit(replies, [fact], admission(**more))[fact]


class TestValues:
    def test_an_answer_becomes_dated_attributable_evidence(self):
        """Everything a reader needs to check a value travels with it."""
        entry = one("a.count", reply(says("a.count", 3, where="row 7")))

        assert isinstance(entry, Evidence)
        assert (entry.exact, entry.as_of, entry.basis) == (3, THEN, Basis.MEASURED)
        assert entry.source.locator == "evidence/x.csv, row 7"

    @pytest.mark.parametrize(
        ("fact", "raw", "reason"),
        [
            ("a.count", "95", GapReason.WRONG_TYPE),
            ("a.count", True, GapReason.WRONG_TYPE),
            ("a.count", "N/A", GapReason.WRONG_TYPE),
            ("a.count", -1, GapReason.OUT_OF_RANGE),
            ("a.days", 4, GapReason.WRONG_TYPE),
            ("a.days", "1_000", GapReason.WRONG_TYPE),
            ("a.days", "٣", GapReason.WRONG_TYPE),
            ("a.days", " 95 ", GapReason.WRONG_TYPE),
            ("a.days", "1e3", GapReason.WRONG_TYPE),
            ("a.days", "NaN", GapReason.WRONG_TYPE),
            ("a.share", "1.0001", GapReason.OUT_OF_RANGE),
            ("a.share", "-0.1", GapReason.OUT_OF_RANGE),
            ("a.flag", 1, GapReason.WRONG_TYPE),
            ("a.flag", "true", GapReason.WRONG_TYPE),
            ("a.word", "Signed", GapReason.OUT_OF_RANGE),
            ("a.word", "", GapReason.WRONG_TYPE),
            ("a.when", "2027-04-19", GapReason.WRONG_TYPE),
        ],
    )
    def test_nothing_is_converted_between_types(self, fact, raw, reason):
        """Coercion is how "N/A" becomes a pass."""
        entry = one(fact, reply(says(fact, raw)))

        assert isinstance(entry, Gap)
        assert entry.reason is reason

    def test_counts_are_divided_exactly(self):
        """Part and whole both stay; the quotient is for reading."""
        entry = one("a.share", reply(Item(fact="a.share", part=1, whole=3, as_of=THEN)))

        assert isinstance(entry, Evidence)
        assert entry.exact * 3 == 1

    @pytest.mark.parametrize(
        ("part", "whole", "fact", "reason"),
        [
            (0, 0, "a.share", GapReason.MISSING),
            (3, 2, "a.share", GapReason.OUT_OF_RANGE),
            (-1, 2, "a.share", GapReason.OUT_OF_RANGE),
            (1, 2, "a.count", GapReason.WRONG_TYPE),
        ],
    )
    def test_counts_that_prove_nothing_are_gaps(self, part, whole, fact, reason):
        """All of none is not all."""
        entry = one(fact, reply(Item(fact=fact, part=part, whole=whole, as_of=THEN)))

        assert isinstance(entry, Gap)
        assert entry.reason is reason

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ("1", ""),
            (
                "1.0001",
                "100.01% cannot be true: the vocabulary says at most 1; 1.0001 percent is written with its sign.",
            ),
            ("93.2", "9,320% cannot be true: the vocabulary says at most 1; 93.2 percent is written with its sign."),
            ("100", "10,000% cannot be true: the vocabulary says at most 1; 100 percent is written with its sign."),
            ("100.1", "10,010% cannot be true: the vocabulary says at most 1."),
            ("0", ""),
            ("-0.0001", "-0.01% cannot be true: the vocabulary says at least 0."),
        ],
    )
    def test_a_stated_share_beyond_the_vocabulary_says_how_it_is_written(self, value, told):
        """The collector believes the statement; the vocabulary knows what can be true."""
        said = Attested(person="kirsch", role="customer.pmo_lead", on=date(2027, 4, 18), prepared_by="amsel")

        entry = one("a.share", reply(says("a.share", value, attested=said)))

        assert (entry.detail if isinstance(entry, Gap) else "") == told

    def test_a_vocabulary_may_allow_more_than_all(self):
        """Two facts of the example are 1.03 and 1.08: the vocabulary says so, not the collector."""
        entry = one("a.wide", reply(Item(fact="a.wide", part=103, whole=100, as_of=THEN)))

        assert isinstance(entry, Evidence)


@pytest.mark.parametrize(("stated", "basis"), [(None, Basis.MEASURED), (True, Basis.STATED)])
def test_a_value_whose_bytes_were_not_handed_over_is_stated(stated, basis):
    """Nobody can look it up: it is the depositor's word, and measures nothing."""
    how = Deposited(bundle="0" * 64, made=NOW, keys=("k",), stated=stated)

    assert one("a.count", reply(says("a.count", 3), deposited=how)).basis is basis


class TestTime:
    @pytest.mark.parametrize(("ahead", "admitted"), [(29, True), (30, True), (31, False)])
    def test_evidence_from_the_future_is_refused(self, ahead, admitted):
        """A clock may be 30 seconds ahead; a date may not."""
        entry = one("a.count", reply(says("a.count", 1, as_of=NOW + timedelta(seconds=ahead))))

        assert isinstance(entry, Evidence) is admitted


class TestSources:
    def test_no_binding_is_unasked(self):
        """Unasked, missing and not due are three different things to chase."""
        assert one("a.count").reason is GapReason.UNASKED

    def test_a_failed_collector_turns_its_facts_into_gaps(self):
        """Failing is an answer of its own."""
        failed = reply(declared=("a.count",), failure=Failure(reason=GapReason.DEADLINE, detail="It hung."))

        assert one("a.count", failed).reason is GapReason.DEADLINE

    def test_a_collector_that_could_not_declare_owes_everything_below_its_prefix(self):
        """A plugin that cannot load must not free its facts for a weaker source."""
        failed = reply(
            binding="broken", prefix="a", failure=Failure(reason=GapReason.COLLECTOR_FAILED, detail="No import.")
        )

        entry = one("a.count", failed, reply(says("a.count", 1)))

        assert entry.reason is GapReason.COLLECTOR_FAILED

    def test_an_answer_nobody_declared_voids_the_reply(self):
        """A plugin answers only for what it declared."""
        forged = reply(says("a.count", 1), says("a.flag", True), declared=("a.count",))

        assert one("a.count", forged).reason is GapReason.UNDECLARED

    def test_two_answers_for_one_fact_are_none(self):
        """The host does not choose between two answers of one source."""
        assert one("a.count", reply(says("a.count", 1), says("a.count", 1))).reason is GapReason.COLLECTOR_FAILED

    @pytest.mark.parametrize(("other", "agree"), [("4.5", True), ("4.6", False)])
    def test_two_sources_agree_within_the_tolerance(self, other, agree):
        """Beyond it the gap names both."""
        pair = (reply(says("a.days", "4")), reply(says("a.days", other), binding="b2"))

        entry = one("a.days", *pair)

        assert isinstance(entry, Evidence) is agree
        if not agree:
            assert "b1" in entry.detail
            assert "b2" in entry.detail

    @pytest.mark.parametrize(
        ("stated", "agree"), [("0.95644", False), ("0.9565", True), ("0.95654", True), ("0.95656", False)]
    )
    def test_shares_that_read_alike_agree(self, stated, agree):
        """22 of 23 is 95.65% to everybody who states it, and a conflict of both stopped a program."""
        pair = (reply(says("a.share", "0.956522")), reply(says("a.share", stated), binding="b2"))

        assert isinstance(one("a.share", *pair), Evidence) is agree

    @pytest.mark.parametrize(
        ("fact", "value", "other"),
        [
            ("a.flag", True, False),
            ("a.flag", False, True),
            ("a.word", "signed", "draft"),
            ("a.when", "2027-04-01T00:00:00.000000Z", "2027-04-01T00:00:00.000001Z"),
        ],
    )
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_sources_that_say_another_word_are_a_conflict(self, fact, value, other, place):
        """Two say that it is signed and one says that it is not: nobody may choose the two."""
        said = [value, value]
        said.insert(place, other)
        replies = [
            reply(
                Item(fact=fact, value=each, as_of=THEN + timedelta(hours=number)),
                binding=f"b{number}",
                declared=(fact,),
            )
            for number, each in enumerate(said)
        ]

        entry = admit(replies, [fact], admission())[fact]

        assert isinstance(entry, Gap)
        assert entry.reason is GapReason.CONFLICT
        assert all(f"b{number} says " in entry.detail for number in range(3))

    @pytest.mark.parametrize(("fact", "value"), [("a.flag", False), ("a.word", "draft")])
    def test_sources_that_say_the_same_word_agree(self, fact, value):
        replies = [
            reply(Item(fact=fact, value=value, as_of=THEN), binding=name, declared=(fact,)) for name in ("b1", "b2")
        ]

        assert isinstance(admit(replies, [fact], admission())[fact], Evidence)

    def test_authority_settles_a_conflict(self):
        """The program file may say which source counts."""
        pair = (reply(says("a.days", "4")), reply(says("a.days", "9"), binding="b2"))

        entry = one("a.days", *pair, authority={"a.days": "b2"})

        assert isinstance(entry, Evidence)
        assert entry.exact == 9

    @pytest.mark.parametrize(
        ("settling", "reason", "told"),
        [
            (None, GapReason.UNASKED, "The program lets b9 settle this fact (authority), and it was not asked."),
            (
                {"items": (says("a.count", 4),)},
                GapReason.UNASKED,
                "The program lets b9 settle this fact (authority), but it does not answer for it; b1 would.",
            ),
            (
                {"items": (), "prefix": "other", "failure": Failure(reason=GapReason.MALFORMED, detail="x is cut.")},
                GapReason.MALFORMED,
                "x is cut.",
            ),
            (
                {"items": (says("a.days", "4"),), "subject": Subject(release="pilot")},
                GapReason.WRONG_SUBJECT,
                "The program lets b9 settle this fact (authority), but it is about the release pilot; b1 goes before "
                "it.",
            ),
            (
                {"items": (Item(fact="a.days", gap=GapReason.MISSING, detail="It is gone."),)},
                GapReason.MISSING,
                "It is gone.",
            ),
        ],
    )
    def test_authority_that_does_not_answer_is_a_gap_with_its_own_reason(self, settling, reason, told):
        """Nobody else counts; and what the others say is not why."""
        replies = [reply(says("a.days", "4"))]
        if settling is not None:
            items = settling.pop("items")
            replies.append(reply(*items, binding="b9", **settling))

        entry = one("a.days", *replies, authority={"a.days": "b9"}, earlier=("pilot",), carried=frozenset({"a.days"}))

        assert isinstance(entry, Gap)
        assert (entry.reason, entry.detail, entry.binding) == (reason, told, "b9")

    def test_a_gap_from_one_of_two_sources_is_a_gap(self):
        """Losing a source must never help."""
        gone = Item(fact="a.days", gap=GapReason.MISSING, detail="gone")

        assert one("a.days", reply(says("a.days", "4")), reply(gone, binding="b2")).reason is GapReason.MISSING


class TestSubject:
    @pytest.mark.parametrize(
        ("subject", "usable"),
        [
            (Subject(program="harborline"), True),
            (Subject(program="other"), False),
            (Subject(release="R1"), True),
            (Subject(release="R2"), False),
            (Subject(offering="KeelFin"), True),
            (Subject(offering="SomethingElse"), False),
            (Subject(build="sha256:abc"), True),
            (Subject(build="sha256:old"), False),
        ],
    )
    def test_evidence_about_something_else_is_refused(self, subject, usable):
        """Yesterday's build and another program prove nothing here."""
        assert isinstance(one("a.count", reply(says("a.count", 1), subject=subject)), Evidence) is usable

    def test_a_build_bound_fact_needs_the_build_being_released(self):
        """A test result without its build is a test result of some build."""
        bare = one("a.built", reply(says("a.built", 1)))
        named = one("a.built", reply(says("a.built", 1, subject=Subject(build="sha256:abc"))))
        unpinned = one(
            "a.built",
            reply(says("a.built", 1, subject=Subject(build="sha256:abc"))),
            release=Release(id="R1", go_live=NOW),
        )

        assert [entry.reason for entry in (bare, unpinned)] == [GapReason.WRONG_SUBJECT] * 2
        assert isinstance(named, Evidence)

    @pytest.mark.parametrize(
        ("said", "released", "usable"),
        [
            ("v4.2.16", "4.2.16", True),
            ("4.2.16", "v4.2.16", True),
            ("V4.2.16", "4.2.16", True),
            ("4.2.160", "4.2.16", False),
            ("v4.2.160", "4.2.16", False),
            ("vv4.2.16", "4.2.16", False),
        ],
    )
    def test_a_leading_v_makes_no_other_build(self, said, released, usable):
        """A binding says v4.2.16 as the tag does, and the release 4.2.16: nobody released two builds."""
        release = Release(id="R1", go_live=NOW, subjects={"version": released})
        item = says("a.built", 1, subject=Subject(build=released))

        assert isinstance(one("a.built", reply(item), release=release), Evidence)
        found = one("a.built", reply(says("a.built", 1), subject=Subject(build=said)), release=release)
        assert isinstance(found, Evidence) is usable
        both = one("a.built", reply(item, subject=Subject(build=said)), release=release)
        assert isinstance(both, Evidence) is usable, "nor do a document and its binding then contradict each other"

    def test_two_spellings_of_the_released_build_and_another_name_of_it_are_one(self):
        """One source says the tag, one the version, one the commit."""
        release = Release(id="R1", go_live=NOW, subjects={"version": "4.2.118", "commit": "3fc16ce"})
        replies = [
            reply(says("a.count", 1, subject=Subject(build=build)), binding=build)
            for build in ("v4.2.118", "4.2.118", "3fc16ce")
        ]

        assert isinstance(one("a.count", *replies, release=release), Evidence)

    def test_document_and_binding_must_not_contradict_each_other(self):
        """A binding cannot relabel what the document says."""
        item = says("a.count", 1, subject=Subject(environment="test"))

        assert one("a.count", reply(item, subject=Subject(environment="prod"))).reason is GapReason.WRONG_SUBJECT

    @pytest.mark.parametrize(
        ("first", "second", "together"),
        [
            ({"build": "4.2.118"}, {"build": "4.2.109"}, False),
            ({"build": "4.2.118"}, {"build": "4.2.118"}, True),
            ({"build": "4.2.118"}, {}, True),
            ({"build": "4.2.118"}, {"build": "v4.2.118"}, True),
            ({"build": "v4.2.118"}, {"build": "V4.2.118 "}, True),
            ({"build": "4.2.118"}, {"build": "4.2.1180"}, False),
            ({"environment": "4.2"}, {"environment": "v4.2"}, False),
            ({"environment": "UAT"}, {"environment": "SIT"}, False),
            ({"environment": "UAT"}, {"environment": "uat "}, True),
        ],
    )
    def test_sources_of_two_builds_or_environments_never_become_one(self, first, second, together):
        """Two results that agree on two builds prove neither twice."""
        release = Release(id="R1", go_live=NOW)
        replies = [
            reply(says("a.count", 1, subject=Subject(**subject)), binding=name)
            for name, subject in (("b1", first), ("b2", second))
        ]

        found = one("a.count", *replies, release=release)

        assert isinstance(found, Evidence) is together
        assert together or found.reason is GapReason.WRONG_SUBJECT

    def test_two_names_of_the_released_build_are_one_build(self):
        """A commit and a version may name the same build, where the program says so."""
        release = Release(id="R1", go_live=NOW, subjects={"version": "4.2.118", "commit": "3fc16ce"})
        replies = [
            reply(says("a.count", 1, subject=Subject(build=build)), binding=build) for build in ("4.2.118", "3fc16ce")
        ]

        assert isinstance(one("a.count", *replies, release=release), Evidence)


class TestAttestations:
    def stated(self, **more: object) -> Reply:
        made = {"person": "amsel", "role": "customer.functional_lead", "on": date(2027, 4, 16), "prepared_by": "k.tran"}
        return reply(says("a.flag", True, attested=Attested(**(made | more))), producer="the PMO")

    def test_a_person_in_office_may_state_a_fact(self):
        """Basis is stated, and shown."""
        entry = one("a.flag", self.stated())

        assert isinstance(entry, Evidence)
        assert entry.basis is Basis.STATED

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({"person": "stranger"}, GapReason.NOT_PROVABLE),
            ({"role": "customer.risk_manager"}, GapReason.NOT_PROVABLE),
            ({"person": "kirsch", "role": "customer.pmo_lead"}, GapReason.NOT_PROVABLE),
            ({"on": date(2027, 4, 20)}, GapReason.FUTURE),
            ({"prepared_by": "amsel"}, GapReason.NOT_PROVABLE),
            ({"prepared_by": None}, GapReason.NOT_PROVABLE),
            ({"prepared_by": "n.body"}, GapReason.NOT_PROVABLE),
            ({"prepared_by": "corrigan"}, GapReason.NOT_PROVABLE),
            ({"qualified": "pending"}, GapReason.NOT_PROVABLE),
            ({"qualified": "except Gulf Region"}, GapReason.NOT_PROVABLE),
        ],
    )
    def test_who_is_not_entitled_states_nothing(self, more, reason):
        """Wrong person, wrong seat, wrong day, own work, or with a caveat: no proof."""
        entry = one("a.flag", self.stated(**more))

        assert isinstance(entry, Gap)
        assert entry.reason is reason

    def test_an_outside_organization_prepares_evidence_once_it_is_declared(self):
        """An assessor holds no seat; an id that nobody declared proves nothing."""
        house = Organization(id="acme-test", name="Acme Test House")
        people = PeopleRegister(tenures=PEOPLE.tenures, staff=PEOPLE.staff, organizations=(house,))

        assert isinstance(one("a.flag", self.stated(prepared_by="acme-test"), people=people), Evidence)
        assert isinstance(one("a.flag", self.stated(prepared_by="acme-test")), Gap)

    @pytest.mark.parametrize("words", ["none", "—", "n/a"])
    def test_no_caveat_is_no_caveat(self, words):
        """Who types *none* under caveats has none."""
        assert isinstance(one("a.flag", self.stated(qualified=words)), Evidence)

    def test_the_place_of_a_statement_that_does_not_count_is_told(self):
        """A person who filled in the wrong office looks for the cell, not for the rule."""
        attested = Attested(person="amsel", role="customer.risk_manager", on=date(2027, 4, 16))
        where = "evidence.xlsx, sheet Evidence, cell F24, amsel (customer.risk_manager) on 2027-04-16"
        item = says("a.flag", True, attested=attested).model_copy(update={"where": where})

        entry = one("a.flag", reply(item, producer="the PMO"))

        assert entry.detail == (
            "evidence.xlsx, sheet Evidence, cell F24: Ruth Amsel is not in the people register as "
            "customer.risk_manager on 2027-04-16."
        )

    @pytest.mark.parametrize("maker", ["amsel", "AMSEL", "Ruth Amsel", " ruth  amsel", "r.amsel"])
    def test_own_work_is_own_work_under_any_name(self, maker):
        """By id, in other capitals, by the name in the register, or under a second id of that name."""
        second = Tenure(role="provider.pmo_team", person="r.amsel", name="Ruth Amsel")
        people = PeopleRegister(tenures=(*PEOPLE.tenures, second))
        produced = self.stated().model_copy(update={"producer": maker})

        assert one("a.flag", produced, people=people).reason is GapReason.NOT_PROVABLE
        if maker.isascii() and " " not in maker:
            assert one("a.flag", self.stated(prepared_by=maker), people=people).reason is GapReason.NOT_PROVABLE

    @pytest.mark.parametrize("maker", ["kirsch", "Ada Kirsch"])
    def test_a_person_who_is_named_as_producer_has_prepared_the_evidence(self, maker):
        """The binding says who made it; the statement need not say it again."""
        produced = self.stated(prepared_by=None).model_copy(update={"producer": maker})

        assert isinstance(one("a.flag", produced), Evidence)

    def test_a_delegate_acts_within_the_delegation(self):
        """Delegations have days."""
        inside = one("a.flag", self.stated(person="corrigan", on=date(2027, 4, 12)))
        outside = one("a.flag", self.stated(person="corrigan", on=date(2027, 4, 9)))

        assert isinstance(inside, Evidence)
        assert outside.reason is GapReason.NOT_PROVABLE


def test_evidence_keeps_the_keys_of_its_open_items():
    """Registers and reports read them from the evidence; dropping some would hide open items."""
    named = Item(fact="a.count", value=3, as_of=THEN, open_items=("D-1", "D-9"), open_left_out=1)

    [entry] = admit([reply(named)], ["a.count"], admission())

    assert isinstance(entry, Evidence)
    assert (entry.open_items, entry.open_left_out, entry.open_count) == (("D-1", "D-9"), 1, 3)


@given(
    st.lists(
        st.builds(
            lambda fact, value, binding: reply(
                Item(fact=fact, value=value, as_of=THEN)
                if value is not None
                else Item(fact=fact, gap=GapReason.MISSING, detail="gone"),
                binding=binding,
            ),
            st.sampled_from(list(VOCABULARY.names())),
            st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from(["0.5", "4", "signed", "x"])),
            st.sampled_from(["b1", "b2", "b3"]),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_every_fact_ends_as_exactly_one_answer_whatever_the_order(replies, random):
    """Absence is a value, and the order of replies means nothing."""
    shuffled = list(replies)
    random.shuffle(shuffled)

    first, second = (admit(entry, VOCABULARY.names(), admission()) for entry in (replies, shuffled))

    assert sorted(entry.fact for entry in first) == sorted(VOCABULARY.names())
    assert [(e.fact, isinstance(e, Gap)) for e in first] == [(e.fact, isinstance(e, Gap)) for e in second]


class TestIsolation:
    @pytest.mark.parametrize(
        ("level", "asked", "counts"),
        [("L1", "L2", False), ("L2", "L2", True), ("L2", "L1", True), ("L1", "L1", True), ("L0", "L1", False)],
    )
    def test_evidence_below_the_level_asked_for_proves_nothing(self, level, asked, counts):
        """And the sentence says what was not enforced, so that somebody can mend the machine."""
        given = reply(Item(fact="a.flag", value=True, as_of=THEN), level=level, enforced=(), unenforced=("network",))

        found = admit([given], ["a.flag"], admission(isolation={"a.flag": IsolationLevel(asked)}))["a.flag"]

        assert isinstance(found, Evidence) is counts
        if not counts:
            assert isinstance(found, Gap)
            assert found.reason is GapReason.ISOLATION
            assert found.detail == (
                f"It was read at isolation level {level}, but the ruleset requires {asked}: not enforced: network."
            )

    def test_a_fact_for_which_nothing_is_asked_counts_at_any_level(self):
        """As before there were levels."""
        given = reply(Item(fact="a.flag", value=True, as_of=THEN), level="L0")

        assert isinstance(admit([given], ["a.flag"], admission())["a.flag"], Evidence)

    def test_a_gap_keeps_its_own_reason(self):
        """What the collector says about its source is nearer to the cause."""
        given = reply(Item(fact="a.flag", gap=GapReason.MALFORMED, detail="Cut."), level="L1")
        found = admit([given], ["a.flag"], admission(isolation={"a.flag": IsolationLevel.L2}))["a.flag"]

        assert isinstance(found, Gap)
        assert found.reason is GapReason.MALFORMED


@pytest.mark.parametrize(("whole", "believed"), [(49, True), (50, True), (51, False)])
def test_a_sample_of_more_than_the_rows_that_were_read_is_a_gap(whole: int, believed: bool):
    """And the number of rows stays beside the share, for page one."""
    sample = Vocabulary(facts=(declared("a.sample", FactType.RATIO, sample=True),))
    item = Item(fact="a.sample", part=1, whole=whole, as_of=THEN, rows_read=50)

    (found,) = admit([reply(item)], ["a.sample"], admission(vocabulary=sample))

    if believed:
        assert isinstance(found, Evidence)
        assert found.rows_read == 50
    else:
        assert isinstance(found, Gap)
        assert found.reason is GapReason.NOT_PROVABLE


@pytest.mark.parametrize("authority", ["", "b1", "b2"])
@pytest.mark.parametrize("release", [None, "R1"])
def test_a_binding_that_nobody_has_confirmed_never_answers_better_than_none(authority: str, release: str | None):
    """Beside a good source it makes a gap or changes nothing, and alone it is a gap, as having no source is."""
    gap = Item(fact="a.count", gap=GapReason.UNCONFIRMED, detail="Nobody has confirmed the binding b2.")
    good = reply(says("a.count", 0), binding="b1")
    unconfirmed = reply(gap, binding="b2", inputs=(), subject=Subject(release=release))
    settled = {"a.count": authority} if authority else {}

    without, beside = one("a.count", good), one("a.count", good, unconfirmed, authority=settled)

    assert isinstance(without, Evidence)
    assert isinstance(beside, Gap) or beside == without
    assert isinstance(beside, Evidence) is (authority == "b1")
    assert isinstance(one("a.count", unconfirmed), Gap)
    assert isinstance(one("a.count"), Gap)
