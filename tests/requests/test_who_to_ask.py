"""Whom a gap is asked of, and whether what they do is all that the criterion lacks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, Gap, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.people import PeopleRegister, Side, Tenure
from gonogo.model.program import Binding
from gonogo.model.ruleset import Criterion, Domain, Severity
from gonogo.requests.closing import requests_of
from gonogo.requests.who_to_ask import WhoToAsk, called, needs_of

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAY_S = 86400
LEAD, SPONSOR = "customer.pmo_lead", "customer.executive_sponsor"
HARD, SOFT = Severity.MANDATORY, Severity.CONDITIONAL


def people(*held: tuple[str, str, str]) -> PeopleRegister:
    return PeopleRegister(tenures=tuple(Tenure(role=role, person=person, name=name) for role, person, name in held))


REGISTER = people((LEAD, "ann", "Ann Moor"), (SPONSOR, "bob", "Bob Lind"), ("provider.pmo_lead", "eve", "Eve Stone"))


def gap(fact: str = "x.one", source: str = "b", reason: GapReason = GapReason.MISSING) -> Gap:
    return Gap(fact=fact, reason=reason, detail="No file matches.", binding=source)


def finding(name: str, *gaps: Gap, severity: Severity = HARD, owner: str = LEAD) -> Finding:
    return Finding(
        criterion=f"program.{name}", title=name, domain=Domain.PROGRAM, severity=severity, status=Status.UNKNOWN,
        sentence="Unknown.", owner=owner, facts=tuple(FactReading(fact=each.fact, gap=each) for each in gaps),
    )  # fmt: skip


def criterion(name: str, *attest: str) -> Criterion:
    return Criterion(
        id=f"program.{name}", title=name, statement="s", why="w", severity=HARD, max_age_s=DAY_S, owner=LEAD,
        require=parse_requirement("x.one"), attest=attest, remedy="r", source=("S1",),
    )  # fmt: skip


def said(source: str, age: timedelta) -> Evidence:
    return Evidence(
        fact="x.one", type=FactType.BOOLEAN, unit="", value=True, as_of=NOW - age, basis=Basis.MEASURED,
        source=Source(binding=source, locator="x.csv"),
    )  # fmt: skip


def binding(name: str = "b", plugin: str = "table", side: Side = Side.CUSTOMER, producer: str = "An office") -> Binding:
    return Binding(id=name, plugin=plugin, side=side, producer=producer)


def asking(*bindings: Binding, criteria: tuple[Criterion, ...] = (), **more: Any) -> WhoToAsk:
    given = {
        "bindings": bindings or (binding(),), "criteria": {each.id: each for each in criteria}, "people": REGISTER,
        "day": date(2027, 4, 19), "now": NOW,
    }  # fmt: skip
    return WhoToAsk(**(given | more))


class TestWhatIsLacking:
    @pytest.mark.parametrize(
        ("age", "reasons"),
        [
            (timedelta(days=1) - TICK, [GapReason.MISSING]),
            (timedelta(days=1), [GapReason.MISSING, GapReason.STALE]),
            (timedelta(days=1) + TICK, [GapReason.MISSING, GapReason.STALE]),
        ],
    )
    def test_another_source_that_is_too_old_is_lacking_too(self, age: timedelta, reasons: list[GapReason]):
        """Below, on and above the age: repairing the first file would leave the criterion unknown."""
        needs = needs_of(
            [finding("a", gap())],
            asking(criteria=(criterion("a"),), candidates={"x.one": (said("other", age),)}),
        )

        assert [need.gap.reason for need in needs] == reasons

    def test_the_source_that_is_told_already_is_not_told_again(self):
        """It would be asked twice for one file."""
        candidates = {"x.one": (gap(), said("b", timedelta(days=9)))}

        assert len(needs_of([finding("a", gap())], asking(criteria=(criterion("a"),), candidates=candidates))) == 1

    def test_a_second_gap_of_another_source_is_lacking_too(self):
        candidates = {"x.one": (gap(source="other"),)}

        needs = needs_of([finding("a", gap())], asking(binding(), binding("other"), candidates=candidates))

        assert [need.gap.binding for need in needs] == ["b", "other"]

    @pytest.mark.parametrize(
        ("age", "enough"), [(timedelta(days=1) - TICK, False), (timedelta(days=1), True), (timedelta(0), False)]
    )
    def test_a_fresh_answer_of_another_source_may_contradict(self, age: timedelta, enough: bool):
        """Nobody is promised that their file closes what the other source may still hold open."""
        asked = asking(criteria=(criterion("a"),), candidates={"x.one": (said("other", age),)})

        assert needs_of([finding("a", gap())], asked)[0].enough is enough

    def test_of_a_conflict_the_other_answer_is_the_matter_itself(self):
        """To settle which source is right closes it."""
        asked = asking(criteria=(criterion("a"),), candidates={"x.one": (said("other", timedelta(0)),)})

        assert needs_of([finding("a", gap(reason=GapReason.CONFLICT))], asked)[0].enough

    def test_its_own_earlier_answer_does_not_stand_against_it(self):
        asked = asking(criteria=(criterion("a"),), candidates={"x.one": (said("b", timedelta(0)),)})

        assert needs_of([finding("a", gap())], asked)[0].enough

    def test_the_weightiest_criterion_says_whose_source_it_is(self):
        """A source is asked of one person, whatever the order of the ruleset."""
        findings = [finding("a", gap(), severity=SOFT, owner=SPONSOR), finding("b", gap())]

        assert {need.to for need in needs_of(findings, asking())} == {"ann"}


class TestWhoIsAsked:
    @pytest.mark.parametrize("producer", ["bob", "Bob Lind"])
    def test_who_makes_the_source_where_the_register_knows_them(self, producer: str):
        [need] = needs_of([finding("a", gap())], asking(binding(producer=producer)))

        assert (need.to, need.seat) == ("bob", "")

    def test_a_name_of_two_people_is_nobodys(self):
        register = people((LEAD, "ann", "Ann Moor"), (SPONSOR, "bob", "B Lind"), ("provider.pmo_lead", "b2", "B Lind"))

        [need] = needs_of([finding("a", gap())], asking(binding(producer="B Lind"), people=register))

        assert need.to == "ann"

    def test_the_owner_where_no_source_is_named(self):
        [need] = needs_of([finding("a", gap(source="gone"))], asking())

        assert (need.binding, need.to, need.seat) == (None, "ann", LEAD)

    def test_the_same_office_on_the_side_that_makes_it(self):
        """The customer's PMO lead cannot mend the provider's export."""
        [need] = needs_of([finding("a", gap())], asking(binding(side=Side.PROVIDER)))

        assert (need.to, need.seat) == ("eve", "provider.pmo_lead")

    def test_the_owner_of_a_weaker_criterion_on_the_side_that_makes_it(self):
        findings = [finding("a", gap()), finding("c", gap(), severity=SOFT, owner="provider.pmo_lead")]

        assert {need.seat for need in needs_of(findings, asking(binding(side=Side.PROVIDER)))} == {"provider.pmo_lead"}

    def test_a_seat_of_several_people_is_asked_as_a_seat(self):
        """Either may answer; neither is singled out."""
        register = people((LEAD, "ann", "Ann Moor"), (LEAD, "amy", "Amy Ott"))

        asked = asking(people=register)
        [need] = needs_of([finding("a", gap())], asked)

        assert need.to == LEAD
        assert called(need.to, [], asked) == "Amy Ott or Ann Moor (the customer's PMO lead)"


class TestStatements:
    STATED = binding("s", plugin="attestation")

    def test_somebody_who_may_state_it_is_asked(self):
        asked = asking(self.STATED, criteria=(criterion("a", SPONSOR),))

        [need] = needs_of([finding("a", gap(source="s"))], asked)

        assert (need.to, need.seat, need.enough) == ("bob", SPONSOR, True)

    def test_the_owner_comes_first_where_the_owner_may(self):
        asked = asking(self.STATED, criteria=(criterion("a", SPONSOR, LEAD),))

        assert needs_of([finding("a", gap(source="s"))], asked)[0].to == "ann"

    def test_who_prepared_it_may_not_state_it(self):
        """One person would vouch for their own work."""
        asked = asking(
            self.STATED, criteria=(criterion("a", LEAD, SPONSOR),), prepared={("s", "x.one"): frozenset({"ann"})}
        )

        assert needs_of([finding("a", gap(source="s"))], asked)[0].to == "bob"

    def test_a_seat_that_all_criteria_accept_comes_before_one_that_one_accepts(self):
        """One statement for two criteria, instead of two."""
        asked = asking(self.STATED, criteria=(criterion("a", LEAD, SPONSOR), criterion("c", SPONSOR)))
        findings = [finding("a", gap(source="s")), finding("c", gap(source="s"))]

        assert [(need.to, need.enough) for need in needs_of(findings, asked)] == [("bob", True), ("bob", True)]

    def test_a_seat_that_one_criterion_does_not_accept_is_not_enough_for_it(self):
        asked = asking(self.STATED, criteria=(criterion("a", LEAD), criterion("c", SPONSOR)))
        findings = [finding("a", gap(source="s")), finding("c", gap(source="s"))]

        assert [(need.to, need.enough) for need in needs_of(findings, asked)] == [("ann", True), ("ann", False)]

    def test_a_vacant_seat_is_not_enough(self):
        """A statement counts only if somebody holds the seat."""
        asked = asking(self.STATED, criteria=(criterion("a", "customer.risk_manager"),), people=people())

        assert not needs_of([finding("a", gap(source="s"))], asked)[0].enough

    def test_each_fact_is_asked_by_itself(self):
        """Two facts of one file of statements may belong to two people."""
        asked = asking(self.STATED, criteria=(criterion("a", LEAD), criterion("c", SPONSOR)))
        findings = [finding("a", gap("x.one", "s")), finding("c", gap("x.two", "s"))]

        assert [need.to for need in needs_of(findings, asked)] == ["ann", "bob"]

    @pytest.mark.parametrize(
        ("plugin", "told"), [("attestation", "to state x.one in b: it"), ("table", "to supply b: it")]
    )
    def test_a_person_states_and_a_source_is_supplied(self, plugin: str, told: str):
        asked = asking(binding(plugin=plugin), criteria=(criterion("a", LEAD),))

        assert told in requests_of([finding("a", gap())], asked)[0].sentence


class TestHowTheyAreCalled:
    @pytest.mark.parametrize(
        ("offices", "told"),
        [
            (2, "the customer's a0 and the customer's a1"),
            (3, "the customer's a0, the customer's a1 and the customer's a2"),
            (4, "the customer's a0, the customer's a1, the customer's a2 and 1 more"),
        ],
    )
    def test_three_offices_are_named_and_the_rest_is_counted(self, offices: int, told: str):
        assert called("ann", [f"customer.a{number}" for number in range(offices)], asking()) == f"Ann Moor ({told})"

    def test_a_person_without_an_office_is_a_name(self):
        assert called("ann", [], asking()) == "Ann Moor"

    def test_a_vacant_seat_is_said_to_be_vacant_where_a_register_says_so(self):
        """Without a register nobody knows whether it is vacant."""
        seat = "customer.risk_manager"

        assert called(seat, [seat], asking()) == "the customer's risk manager (a seat that nobody holds)"
        assert called(seat, [seat], asking(people=people())) == "the customer's risk manager"


class TestRequests:
    @pytest.mark.parametrize(
        ("hard", "soft", "told"),
        [
            (1, 2, "it closes 1 mandatory criterion and 2 others."),
            (2, 0, "it closes 2 mandatory criteria."),
            (0, 1, "it closes 1 criterion, which is not mandatory."),
            (0, 2, "it closes 2 criteria, none of them mandatory."),
        ],
    )
    def test_what_they_close_is_counted(self, hard: int, soft: int, told: str):
        found = [finding(f"h{number}", gap()) for number in range(hard)]
        found += [finding(f"s{number}", gap(), severity=SOFT) for number in range(soft)]

        assert requests_of(found, asking())[0].sentence.endswith(told)

    def test_most_mandatory_first_then_most_that_close(self):
        """It is the order in which a manager telephones."""
        sources = [binding(name, producer=who) for name, who in (("b", "ann"), ("c", "bob"), ("d", "eve"))]
        found = [finding("s1", gap(source="c"), severity=SOFT), finding("s2", gap(source="d"), severity=SOFT)]
        found += [finding("s3", gap(source="d"), severity=SOFT), finding("h", gap(source="b"))]

        requests = requests_of(found, asking(*sources))

        assert [(each.person, each.mandatory) for each in requests] == [
            ("Ann Moor", 1),
            ("Eve Stone", 0),
            ("Bob Lind", 0),
        ]

    @pytest.mark.parametrize(
        ("facts", "told"), [(2, "x.f0 and x.f1 in b"), (3, "x.f0, x.f1 and x.f2 in b"), (4, "x.f2 and 1 more in b")]
    )
    def test_three_facts_of_a_statement_are_named_and_the_rest_is_counted(self, facts: int, told: str):
        """A request is read aloud."""
        gaps = [gap(f"x.f{number}") for number in range(facts)]
        asked = asking(binding(plugin="attestation"), criteria=(criterion("a", LEAD),))

        assert told in requests_of([finding("a", *gaps)], asked)[0].sentence

    def test_a_criterion_that_waits_for_two_people_is_closed_by_neither(self):
        sources = [binding("b", producer="ann"), binding("c", producer="bob")]

        requests = requests_of([finding("a", gap(), gap("x.two", "c"))], asking(*sources))

        assert [each.closes for each in requests] == [(), ()]
        assert all("on its own it closes no criterion" in each.sentence for each in requests)

    def test_one_source_is_named_and_several_are_not_told_as_one(self):
        one = requests_of([finding("a", gap())], asking(binding(producer="ann")))
        both = [binding("b", producer="ann"), binding("c", producer="ann")]
        two = requests_of([finding("a", gap(), gap("x.two", "c"))], asking(*both))
        none = requests_of([finding("a", gap(), gap("x.two", "gone"))], asking(binding(producer="ann")))

        assert (one[0].binding, one[0].bindings) == ("b", ("b",))
        assert (two[0].binding, two[0].bindings) == (None, ("b", "c"))
        assert (none[0].binding, none[0].bindings) == (None, ("b",))
