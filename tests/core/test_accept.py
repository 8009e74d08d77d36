"""Whether an acceptance counts: each rule with its reason, each comparison below, at and above."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gonogo.core.accept import AcceptanceStanding, acceptance_fault, review_acceptances
from gonogo.core.exposure import largest, together, touched, unsaid
from gonogo.core.register_items import RegisterItems
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import Attested, Basis, Evidence, Source, Subject
from gonogo.model.fact import Bound, FactDeclaration, FactType, Vocabulary
from gonogo.model.people import Delegation, PeopleRegister, Staff, Tenure
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.register import Register

AS_OF = datetime(2027, 4, 18, 16, tzinfo=UTC)
NOW = AS_OF + timedelta(days=1)
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
LEAD, HEAD, MANAGER = "customer.functional_lead", "customer.unit_head", "customer.program_manager"
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
REGISTER = Register(
    id="interfaces",
    item="one interface",
    fact="ifs.passed_ratio",
    accept=(LEAD, HEAD),
    open_unaccepted="ifs.unaccepted",
)


def fact(name: str, bound: Bound | None = None) -> FactDeclaration:
    return FactDeclaration(name=name, type=FactType.RATIO, meaning="A share.", question="What share?", bound=bound)


VOCABULARY = Vocabulary(facts=(fact("ifs.passed_ratio", Bound.BUILD), fact("ifs.unaccepted")), registers=(REGISTER,))
TENURES = (
    Tenure(role=LEAD, person="amsel", name="Rosa Amsel"),
    Tenure(role=HEAD, person="uhl", name="Uma Uhl", unit="Lock 7"),
    Tenure(role=HEAD, person="vane", name="Vera Vane"),
    Tenure(role=MANAGER, person="brandvold", name="Theo Brandvold"),
    Tenure(role="customer.executive_sponsor", person="osei", name="Marguerite Osei"),
    Tenure(role="provider.technical_lead", person="tam", name="Tam Okafor"),
)


def people(*tenures: Tenure, **more: Any) -> PeopleRegister:
    return PeopleRegister(tenures=(*TENURES, *tenures), staff=(Staff(person="maker", name="Max Maker"),), **more)


def items(*keys: str, as_of: datetime = AS_OF, build: str | None = "b7", **more: Any) -> RegisterItems:
    base = Evidence(
        fact="ifs.passed_ratio",
        type=FactType.RATIO,
        value=Decimal("0.95"),
        part=19,
        whole=20,
        as_of=as_of,
        basis=Basis.MEASURED,
        source=Source(binding="table", locator="interfaces.csv"),
        subject=Subject(build=build),
        open_items=keys or ("card issuer",),
        **more,
    )
    return RegisterItems(REGISTER, base, base.open_items or (), (base,))


def standing(register: PeopleRegister | None = None, **more: Any) -> AcceptanceStanding:
    given: dict[str, Any] = {
        "identity": IDENTITY,
        "release": Release(id="r1", go_live=GO_LIVE, subjects={"commit": "b7"}),
        "now": NOW,
        "people": register or people(),
        "vocabulary": VOCABULARY,
        "producers": {"table": "maker"},
    }
    return AcceptanceStanding(**(given | more))


def given(**more: Any) -> Acceptance:
    """An acceptance that counts, unless ``more`` spoils it."""
    parts: dict[str, Any] = {
        "id": "A-1",
        "register_id": "interfaces",
        "item": "card issuer",
        "person": "amsel",
        "role": LEAD,
        "on": date(2027, 4, 14),
        "until": date(2027, 5, 10),
        "build": "b7",
        "workaround": "keyed by hand",
        "tried_on": date(2027, 4, 12),
        "tried_by": "amsel",
        "users": Decimal("0.04"),
        "volume": Decimal("0.03"),
        "money": Decimal("0.01"),
    }
    return Acceptance(**(parts | more))


def why(accepted: Acceptance, found: RegisterItems | None = None, by: AcceptanceStanding | None = None) -> str:
    return acceptance_fault(accepted, items() if found is None else found, by or standing())


def test_a_good_acceptance_counts():
    """Otherwise every test below would pass for another reason."""
    assert why(given()) == ""


def days(spans: Mapping[int, bool]) -> list[Any]:
    return list(spans.items())


class TestDates:
    @pytest.mark.parametrize(("age", "counts"), days({29: True, 30: True, 31: False}))
    def test_it_was_given_at_most_thirty_days_before_the_register(self, age: int, counts: bool):
        """30 days count and 31 do not: what was accepted in winter is another program."""
        on = date(2027, 4, 18) - timedelta(days=age)

        fault = why(given(on=on, tried_on=on))

        assert (fault == "") is counts
        assert counts or "31 days before the register" in fault

    @pytest.mark.parametrize(("day", "counts"), [(17, True), (18, True), (19, False)])
    def test_it_was_given_on_the_registers_day_or_before(self, day: int, counts: bool):
        """An acceptance of what the register will say is none of what it says."""
        assert (why(given(on=date(2027, 4, day))) == "") is counts

    @pytest.mark.parametrize(("hour", "counts"), [(3, False), (4, True)])
    def test_the_registers_day_is_a_local_one(self, hour: int, counts: bool):
        """18 April begins in New York at 04:00 UTC."""
        found = items(as_of=datetime(2027, 4, 18, hour, tzinfo=UTC))

        assert (why(given(on=date(2027, 4, 18)), found) == "") is counts

    @pytest.mark.parametrize(
        ("first", "last", "counts"), [(14, 18, True), (13, 18, False), (14, 14, True), (13, 13, False)]
    )
    def test_of_a_register_in_two_parts_it_is_no_later_than_the_older(self, first: int, last: int, counts: bool):
        """An acceptance between the two cannot have known the older part as it is shown."""
        parts = [items(as_of=AS_OF.replace(day=day)).values[0] for day in (last, first)]
        found = RegisterItems(REGISTER, parts[0], ("card issuer",), tuple(parts))

        assert ("after the register" not in why(given(), found)) is counts
        assert counts or ": export the register again, so that it shows what was accepted." in why(given(), found)

    @pytest.mark.parametrize(("last", "counts"), [(13, True), (14, True), (15, False)])
    def test_of_a_register_in_two_parts_the_newer_says_how_old_it_is(self, last: int, counts: bool):
        """One old part must not make an acceptance of 15 March younger than it is."""
        parts = [items(as_of=AS_OF.replace(day=day)).values[0] for day in (2, last)]
        found = RegisterItems(REGISTER, parts[0], ("card issuer",), tuple(parts))
        on = date(2027, 3, 15)

        assert ("days before the register" not in why(given(on=on, tried_on=on), found)) is counts

    @pytest.mark.parametrize(("day", "counts"), [(13, True), (14, True), (15, False)])
    def test_the_workaround_was_tried_on_that_day_or_before(self, day: int, counts: bool):
        """What nobody had tried yet, nobody could accept."""
        fault = why(given(tried_on=date(2027, 4, day)))

        assert (fault == "") is counts
        assert counts or "after the acceptance" in fault

    @pytest.mark.parametrize(("day", "counts"), [(2, False), (3, True), (4, True)])
    def test_it_covers_go_live(self, day: int, counts: bool):
        """One that ends the day before leaves the item to nobody."""
        fault = why(given(until=date(2027, 5, day)))

        assert (fault == "") is counts
        assert counts or "before go-live" in fault

    @pytest.mark.parametrize(("second", "counts"), [(-1, True), (0, False), (1, False)])
    def test_it_counts_until_the_end_of_its_last_day(self, second: int, counts: bool):
        """After go-live too: the end of 10 May in New York is 04:00 UTC of the next day."""
        end = datetime(2027, 5, 11, 4, tzinfo=UTC)
        on = date(2027, 5, 8)
        by = standing(now=end + timedelta(seconds=second))

        fault = why(given(on=on, tried_on=on), items(as_of=datetime(2027, 5, 10, 16, tzinfo=UTC)), by)

        assert (fault == "") is counts

    @pytest.mark.parametrize(("on", "until", "end"), [(10, 9, 9), (10, 10, 10), (10, 11, 10)])
    def test_it_ends_on_its_last_day_or_when_it_is_too_old(self, on: int, until: int, end: int):
        """The earlier of both limits the verdict."""
        accepted = given(on=date(2027, 4, on), tried_on=date(2027, 4, on), until=date(2027, 5, until))

        review = review_acceptances([accepted], {"interfaces": items()}, standing()).reviews[0]

        assert review.ends == IDENTITY.day_end(date(2027, 5, end))


class TestSeat:
    def test_only_a_seat_that_the_register_names_accepts(self):
        """Whom an open item does not hit cannot bear it."""
        register = people(Tenure(role="customer.business_owner", person="bird", name="Jo Bird"))

        fault = why(given(person="bird", role="customer.business_owner"), by=standing(register))

        assert "only the customer's functional lead or the customer's unit head may accept" in fault

    def test_the_person_holds_the_seat_on_that_day(self):
        """A successor does not accept back in time."""
        assert "not in the people register" in why(given(person="uhl"))

    @pytest.mark.parametrize("person", ["desk", "k.two"])
    def test_a_mailbox_accepts_nothing(self, person: str):
        """Anyone who reads it that day could have; an id that hides it hides nothing, because the name is read."""
        register = people(Tenure(role=LEAD, person=person, name="Help desk"))

        assert "reads like an office" in why(given(person=person), by=standing(register))

    @pytest.mark.parametrize(
        ("touches", "counts"), [("Lock 7", True), ("  lock  7", True), ("Lock 8", False), ("", False)]
    )
    def test_a_units_head_accepts_for_the_unit_named(self, touches: str, counts: bool):
        """What hits another unit is not theirs to bear."""
        assert (why(given(person="uhl", role=HEAD, touches=touches)) == "") is counts

    def test_a_head_of_no_unit_accepts_nothing(self):
        """Nobody could say what they bear."""
        assert "does not say which unit" in why(given(person="vane", role=HEAD, touches="Lock 7"))

    @pytest.mark.parametrize(
        ("seat", "part"),
        [
            ("provider.technical_lead", "supplier"),
            ("customer.program_manager", "program manager"),
            ("provider.program_manager", "supplier"),
            ("customer.executive_sponsor", "executive sponsor"),
        ],
    )
    def test_who_also_holds_such_a_seat_accepts_nothing(self, seat: str, part: str):
        """The supplier, the program manager and the sponsor want the date; the item hits somebody else."""
        register = people(Tenure(role=seat, person="amsel", name="Rosa Amsel"))

        assert part in why(given(), by=standing(register))

    def test_a_second_id_of_the_program_manager_accepts_nothing(self):
        """One name with other capitals and blanks is one person."""
        register = people(Tenure(role=LEAD, person="t.brandvold", name="THEO  Brandvold"))

        fault = why(given(person="t.brandvold"), by=standing(register))

        assert "read as one person" in fault

    @pytest.mark.parametrize(("day", "counts"), [(13, True), (14, False), (15, False), (16, True)])
    def test_who_acts_for_the_program_manager_on_that_day_accepts_nothing(self, day: int, counts: bool):
        """Lender and borrower of a seat act as one; the delegation runs on 14 and 15 April."""
        lent = Delegation(
            role=MANAGER, by="brandvold", to="amsel", name="Rosa Amsel", purpose="leave",
            start=date(2027, 4, 14), end=date(2027, 4, 15),
        )  # fmt: skip
        register = people(delegations=(lent,))

        fault = why(given(on=date(2027, 4, day)), by=standing(register))

        assert (fault == "") is counts

    @pytest.mark.parametrize("producer", ["amsel", "Rosa Amsel", "rosa  AMSEL"])
    def test_who_made_the_evidence_accepts_nothing(self, producer: str):
        """They would accept what they themselves report."""
        assert "made the evidence" in why(given(), by=standing(producers={"table": producer}))

    def test_who_prepared_a_statement_accepts_nothing(self):
        """The same, where a person states what is open."""
        stated = Attested(person="osei", role=LEAD, on=date(2027, 4, 18), prepared_by="amsel")

        assert "made the evidence" in why(given(), items(attested=(stated,)))

    def test_who_made_or_prepared_any_part_of_the_evidence_accepts_nothing(self):
        """The second of two agreeing sources is evidence as well."""
        first = items().values[0]
        stated = Attested(person="osei", role=LEAD, on=date(2027, 4, 18), prepared_by="amsel")
        by = standing(producers={"table": "maker", "list": "amsel"})

        for more in ({"source": Source(binding="list", locator="list.csv")}, {"attested": (stated,)}):
            second = first.model_copy(update=more)
            found = RegisterItems(REGISTER, first, ("card issuer",), (first, second))

            assert "made the evidence" in why(given(), found, by)


class TestItem:
    def test_it_names_one_open_item(self):
        """One lump for all, or an item that is closed, answers nothing."""
        assert "names no open item" in why(given(item="all of them"))
        assert "names no open item" in why(given(item="card"))

    @pytest.mark.parametrize(
        ("keys", "item", "says"),
        [
            ((), "X", "none is open"),
            (("DEF-12",), "X", "only DEF-12 is open"),
            (("A", "B", "pay run"), "pay runs", "pay run, A and B are open"),
            (("A", "B", "C", "D"), "X", "A, B, C and 1 more are open"),
            (("DEF-12", "B"), "def 12", "DEF-12 is open, and its name is written so"),
        ],
    )
    def test_an_item_that_is_not_open_says_which_are(self, keys: tuple[str, ...], item: str, says: str):
        """The key was mistyped, or the item was closed since; the open ones show which it is."""
        found = RegisterItems(REGISTER, items().values[0], keys, items().values)

        assert why(given(item=item), found) == f"It changes nothing: interfaces names no open item {item}; {says}."

    def test_nearest_names_are_looked_for_among_few(self):
        """A register of thousands must not cost a run its time."""
        keys = tuple(f"K-{n:05}" for n in range(200))
        for more, near in (((), "K-00199x"), (("Z",), "K-00000")):
            found = RegisterItems(REGISTER, items().values[0], (*keys, *more), items().values)
            first = why(given(item="K-00199x"), found).partition("; ")[2].partition(",")[0]
            assert first == near.removesuffix("x")

    @pytest.mark.parametrize(
        ("item", "like"),
        [
            ("DEF-6", "def-6"),
            ("DEF-6", "DEF 06"),
            ("DEF-6", "Def6"),
            ("DEF-6", "DEF-60"),
            ("DEF-6", "DEF"),
            ("6", "06"),
        ],
    )
    def test_an_item_that_is_written_in_another_way_is_named(self, item: str, like: str) -> None:
        """One letter of another size keeps an acceptance from counting, and nobody sees it."""
        hint = f"; {item} is open, and its name is written so." in why(given(item=like), items(item))

        assert hint is (like not in ("DEF-60", "DEF"))

    def test_a_register_that_is_not_declared_accepts_nothing(self):
        """Nobody said who bears its items."""
        assert acceptance_fault(given(), None, standing()) == "The ruleset has no register interfaces."

    @pytest.mark.parametrize("turned", [False, True])
    def test_of_two_acceptances_for_one_item_both_count_whatever_their_order(self, turned: bool):
        """The order of a file must not choose the smaller exposure, or the later end."""
        two = [given(), given(id="A-2", users=Decimal("0.01"), until=date(2027, 5, 12))]

        both = review_acceptances(two[::-1] if turned else two, {"interfaces": items()}, standing())

        assert {one.id: one.why for one in both.reviews} == {
            "A-1": "It answers the open item until 2027-05-10. A-2 answers it too: the largest shares and the earliest "
            "end count.",
            "A-2": "It answers the open item until 2027-05-12. A-1 answers it too: the largest shares and the earliest "
            "end count.",
        }
        assert largest(both.of("interfaces")) == ("users", Decimal("0.04"))
        assert both.ends("A-1") == IDENTITY.day_end(date(2027, 5, 10))

    def test_an_acceptance_that_does_not_count_takes_nothing_from_one_that_does(self):
        """A drafted row beside it is nobody's word."""
        both = review_acceptances([given(), given(id="A-2", person="")], {"interfaces": items()}, standing())

        assert [one.counted for one in both.reviews] == [True, False]
        assert both.reviews[0].why == "It answers the open item until 2027-05-10."

    @pytest.mark.parametrize("part", ["person", "role", "on", "until", "workaround", "tried_on", "tried_by"])
    def test_what_is_left_out_makes_it_incomplete(self, part: str):
        """A drafted row counts for nothing until a person has filled it in."""
        blank: Any = None if part in ("on", "until", "tried_on") else ""

        assert why(given(**{part: blank})).startswith("It is incomplete: ")

    @pytest.mark.parametrize("text", ["TBD", "—", "none yet"])
    def test_a_workaround_that_says_nothing_is_none(self, text: str):
        """A placeholder was never tried."""
        assert "workaround missing" in why(given(workaround=text))

    @pytest.mark.parametrize("text", ["Workaround in place", "Need workaround", "See Jira HL-12", "Owner to provide"])
    def test_a_workaround_that_is_only_spoken_of_is_none(self, text: str):
        """Nobody can work by a word on a workaround."""
        assert "workaround does not say what is done" in why(given(workaround=text))

    @pytest.mark.parametrize(("share", "counts"), [("1", True), ("1.01", False), ("-0.01", False)])
    def test_a_share_is_at_most_all(self, share: str, counts: bool):
        """104% of the users is a slip of the pen, and so may be the rest of the row."""
        assert (why(given(users=Decimal(share))) == "") is counts

    def test_a_row_that_cannot_be_read_counts_for_nothing(self):
        """And says why."""
        assert why(given(unreadable="cell G2: no date")) == "It cannot be read: cell G2: no date."


class TestRelease:
    @pytest.mark.parametrize(
        ("named", "releases", "fault"),
        [
            (None, ("r1",), ""),
            (None, (), ""),
            (None, ("r1", "r2"), "It does not say for which release it is given: r1 and r2."),
            ("r1", ("r1", "r2"), ""),
            ("r2", ("r1", "r2"), "It is for the release r2."),
            ("r2", ("r1",), "It is for the release r2."),
        ],
    )
    def test_it_counts_for_the_release_that_it_names(self, named: str | None, releases: tuple[str, ...], fault: str):
        """One acceptance would otherwise open two releases with one exposure."""
        assert why(given(release=named), by=standing(releases=releases)) == fault


class TestBuild:
    @pytest.mark.parametrize(("build", "counts"), [("b7", True), ("B7 ", True), ("b8", False), ("", False)])
    def test_it_is_for_the_registers_build(self, build: str, counts: bool):
        """The item may be worse in the next build."""
        assert (why(given(build=build)) == "") is counts
        assert build or why(given(build=build)) == "It does not say for which build it is given."

    def test_it_is_for_the_build_of_every_part_of_the_register(self):
        """A second source that is about the next build shows what nobody accepted."""
        parts = (items().values[0], items(build="b8").values[0])

        fault = why(given(), RegisterItems(REGISTER, parts[0], ("card issuer",), parts))

        assert fault == "It is for the build b7, but the register is about b8."

    def test_a_register_of_no_build_is_answered_by_nothing(self):
        """Where the fact is bound to a build."""
        assert "does not say which build" in why(given(), items(build=None))

    def test_a_register_that_is_bound_to_no_build_asks_for_none(self):
        """Cutover steps and functions have no build."""
        loose = Vocabulary(facts=(fact("ifs.passed_ratio"), fact("ifs.unaccepted")), registers=(REGISTER,))

        assert why(given(build=""), items(build=None), standing(vocabulary=loose)) == ""


class TestExposure:
    def test_shares_add_up_for_each_dimension_and_the_largest_counts(self):
        """4% and 3% of the users are 7%; the volume of both is less."""
        assert largest([given(), given(item="b", users=Decimal("0.03"))]) == ("users", Decimal("0.07"))

    @pytest.mark.parametrize("other", ["0.03", "0.04", "0.05"])
    def test_of_several_acceptances_of_one_item_the_largest_share_counts(self, other: str):
        """An item touches what it touches once."""
        two = [given(), given(id="A-2", users=Decimal(other))]

        assert touched(two, "users") == touched(two[::-1], "users") == max(Decimal("0.04"), Decimal(other))

    @pytest.mark.parametrize("word", ["n/a", "-", "TBD", "none", "unknown", "?", "N.A."])
    def test_a_placeholder_groups_nothing(self, word: str):
        """Two unrelated items that both touch *n/a* touch nothing together."""
        two = [given(touches=word), given(item="b", touches=word)]

        assert touched(two, "users") == Decimal("0.08")
        assert together(two) == {}

    def test_items_of_a_group_are_named_and_added_up_apart(self):
        """Page one says what the sum is without the group."""
        three = [given(touches="Travel"), given(item="b", touches=" travel"), given(item="c", touches="Pay")]

        assert together(three) == {"Travel": ("card issuer", "b")}
        assert largest(three) == ("users", Decimal("0.08"))
        assert largest(three, grouped=False) == ("users", Decimal("0.12"))

    def test_an_item_is_in_a_group_only_if_all_who_accept_it_say_so(self):
        """Of two who differ the one who says that it stands alone counts."""
        three = [given(touches="Travel"), given(id="A-2", touches=""), given(id="A-3", item="b", touches="Travel")]

        assert touched(three, "users") == Decimal("0.08")

    def test_a_group_that_several_items_touch_counts_once_at_the_largest(self):
        """Two reports for the same 4% of users touch no more people than one."""
        payroll = [
            given(touches="Payroll"),
            given(item="b", touches=" payroll ", users=Decimal("0.02")),
            given(item="c", touches="Travel"),
        ]

        assert touched(payroll, "users") == Decimal("0.08")

    @pytest.mark.parametrize(("share", "total"), [("0.49", "0.98"), ("0.5", "1"), ("0.51", "1")])
    def test_nothing_touches_more_than_all(self, share: str, total: str):
        """Two halves are everything, and so is more."""
        assert touched([given(item=item, users=Decimal(share)) for item in "ab"], "users") == Decimal(total)

    @pytest.mark.parametrize(
        ("share", "silent"), [(None, ("users",)), (Decimal(0), ("users",)), (Decimal("0.001"), ()), (Decimal(1), ())]
    )
    def test_a_share_of_nothing_says_nothing(self, share: Decimal | None, silent: tuple[str, ...]):
        """An open item that touches nobody is not open; a zero in the column is a share that nobody filled in."""
        assert unsaid(given(users=share)) == silent
