"""What is computed from a register: as old, as attested and of the build of its sources; a silent share is a gap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gonogo.core.accept import Accepted
from gonogo.core.register_facts import made_facts, may_rest, register_sources, with_registers
from gonogo.core.register_items import RegisterItems, items_of, open_count
from gonogo.language.expression import parse_requirement
from gonogo.model.acceptance import Acceptance, AcceptanceReview
from gonogo.model.evidence import (
    Attested,
    Basis,
    Evidence,
    EvidenceSet,
    Gap,
    GapReason,
    Source,
    Subject,
    quotient_text,
)
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Shadow
from gonogo.model.judgement import Case
from gonogo.model.open_items import BLANK_KEY, MAX_KEY
from gonogo.model.people import PeopleRegister
from gonogo.model.register import EXPOSURE, ITEMS_RESTING, Register
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Severity

HELD = datetime(2027, 4, 18, 16, tzinfo=UTC)
LEAD = "customer.functional_lead"
SHARE, FAILED, LEFT, TOUCHED = "ifs.passed_ratio", "ifs.failed", "ifs.unaccepted", "ifs.exposure"
REGISTER = Register(
    id="interfaces", item="one interface", fact=SHARE, same_items=(FAILED,), accept=(LEAD,), open_unaccepted=LEFT,
    open_exposure=TOUCHED,
)  # fmt: skip
TYPES = {
    SHARE: FactType.RATIO, FAILED: FactType.INTEGER, LEFT: FactType.INTEGER, TOUCHED: FactType.RATIO,
    EXPOSURE: FactType.RATIO, ITEMS_RESTING: FactType.INTEGER,
}  # fmt: skip
UNITS = {FactType.RATIO: "", FactType.INTEGER: "items"}
VOCABULARY = Vocabulary(
    facts=tuple(
        FactDeclaration(name=name, type=kind, unit="items" * (kind is FactType.INTEGER), meaning="m", question="q?")
        for name, kind in TYPES.items()
    ),
    registers=(REGISTER,),
)


def share(*keys: str, **more: Any) -> Evidence:
    """A share of twenty whose open items are named."""
    part = 20 - len(keys)
    given: dict[str, Any] = {
        "fact": SHARE, "type": FactType.RATIO, "value": Decimal(quotient_text(part, 20)), "part": part, "whole": 20,
        "as_of": HELD, "basis": Basis.MEASURED, "source": Source(binding="table", locator="ifs.csv, 20 rows"),
        "open_items": keys,
    }  # fmt: skip
    return Evidence(**(given | more))


def failed(*keys: str, **more: Any) -> Evidence:
    """A count of the same items."""
    count = {"fact": FAILED, "type": FactType.INTEGER, "unit": "items", "value": len(keys), "part": None, "whole": None}
    return share(*keys, **(count | more))


def items(*evidence: Evidence) -> RegisterItems | Gap:
    given = {each.fact: each for each in evidence}
    given.setdefault(FAILED, failed(*(given[SHARE].open_items or ())))
    return items_of(REGISTER, EvidenceSet(evidence=tuple(given.values())))


def acceptance(item: str, **more: Any) -> Acceptance:
    given: dict[str, Any] = {"id": f"A-{item}", "register_id": "interfaces", "item": item, "on": date(2027, 4, 14),
                             "users": Decimal("0.04"), "volume": Decimal("0.03"), "money": Decimal("0.01")}  # fmt: skip
    return Acceptance(**(given | more))


def accepted(*ones: Acceptance) -> Accepted:
    return Accepted(counted={(one.register_id, one.item): (one,) for one in ones})


def computed(found: RegisterItems | Gap, given: Accepted, *names: str) -> dict[str, Evidence | Gap]:
    asked = names or (LEFT, TOUCHED)
    gaps = tuple(Gap(fact=name, reason=GapReason.MISSING, detail="None.") for name in asked)
    made = with_registers(EvidenceSet(gaps=gaps), {"interfaces": found}, given, VOCABULARY)
    return {entry.fact: entry for entry in made}


class TestComputed:
    def test_it_is_as_old_as_the_oldest_and_as_attested_as_the_stated_source(self):
        """A fresh table beside an old list must not make the count of open items fresh."""
        stated = Attested(person="osei", role=LEAD, on=date(2027, 4, 17))
        second = failed("a", as_of=HELD - timedelta(days=3), basis=Basis.STATED, attested=(stated,))
        base = share("a", subject=Subject(build="b7"))

        found = computed(items(base, second), accepted(acceptance("a")))[LEFT]

        assert isinstance(found, Evidence)
        assert (found.as_of, found.basis, found.attested) == (HELD - timedelta(days=3), Basis.STATED, (stated,))
        assert (found.subject, found.value, found.open_items) == (Subject(build="b7"), 0, ())

    def test_only_an_acceptance_of_this_register_answers_its_item(self):
        """Two registers may have an item of one name."""
        found = computed(items(share("a", "b")), accepted(acceptance("a", register_id="reports"), acceptance("b")))

        assert isinstance(found[LEFT], Evidence)
        assert (found[LEFT].value, found[LEFT].open_items) == (1, ("a",))

    @pytest.mark.parametrize(
        ("ones", "says"),
        [
            ((), "Acceptances of a and b by the customer's functional lead are missing"),
            ((acceptance("a"),), "An acceptance of b by the customer's functional lead is missing"),
            ((acceptance("a"), acceptance("b", money=None)), "does not say what share of the money it touches"),
        ],
    )
    def test_what_the_open_items_touch_is_known_only_where_each_says_it(self, ones: Any, says: str):
        """The sum of what some of them touch is a better number than the truth."""
        found = computed(items(share("a", "b")), accepted(*ones))[TOUCHED]

        assert isinstance(found, Gap)
        assert says in found.detail

    def test_all_of_them_add_up(self):
        """At the dimension that they touch most."""
        found = computed(items(share("a", "b")), accepted(acceptance("a"), acceptance("b")))[TOUCHED]

        assert isinstance(found, Evidence)
        assert found.value == Decimal("0.08")

    def test_a_fact_that_nobody_asked_for_is_not_answered(self):
        """What no criterion reads is none of this run's."""
        assert set(computed(items(share("a")), accepted(), LEFT)) == {LEFT}


class TestMade:
    def made(self, resting: dict[str, tuple[Acceptance, ...]]) -> dict[str, Evidence | Gap]:
        return made_facts(resting, HELD, VOCABULARY, PeopleRegister(tenures=()))

    def test_an_item_that_two_criteria_rest_on_counts_once(self):
        """Otherwise a limit of items stops for what is one item."""
        one = acceptance("a")
        found = self.made({"system.a.b": (one,), "system.a.c": (one,)})

        assert isinstance(found[ITEMS_RESTING], Evidence)
        assert found[ITEMS_RESTING].value == 1

    def test_an_acceptance_that_does_not_say_what_it_touches_leaves_the_sum_unknown(self):
        """Blank is not nothing."""
        found = self.made({"system.a.b": (acceptance("a", users=None),)})

        assert isinstance(found[EXPOSURE], Gap)
        assert isinstance(found[ITEMS_RESTING], Evidence)


@pytest.mark.parametrize(
    ("severity", "rule", "shadow", "rests"),
    [
        (Severity.MANDATORY, ApprovalRule.CAPS, None, True),
        (Severity.ADVISORY, ApprovalRule.CAPS, None, False),
        (Severity.ADVISORY, ApprovalRule.M3, None, True),
        (Severity.ADVISORY, ApprovalRule.M3, Shadow(severity=Severity.MANDATORY), False),
    ],
)
def test_a_verdict_rests_on_what_can_block_it(severity: Severity, rule: ApprovalRule, shadow: Any, rests: bool):
    """What is in shadow decides nothing, so nothing rests on it."""
    criterion = Criterion(
        id="system.a.b", title="T", statement="s", why="w", severity=severity, max_age_s=86400, owner=LEAD,
        require=parse_requirement(f"{SHARE} >= 100% or {LEFT} <= 0"), attest=(LEAD,), remedy="r", source=("x",),
    )  # fmt: skip
    policy = DecisionPolicy(milestones=("T-0",), rule=rule)

    assert may_rest(Case(criterion, {}, shadow=shadow), VOCABULARY, policy) is rests


def test_a_computed_fact_is_made_of_every_fact_that_names_the_items():
    """What is asked for must be collected, or the register is a gap."""
    assert register_sources([LEFT], VOCABULARY) == {SHARE, FAILED}


class TestItems:
    @pytest.mark.parametrize(
        ("evidence", "says"),
        [
            ((share("a", "a"),), "names a more than once"),
            ((share("a", BLANK_KEY),), "an open item without a key"),
            ((share("x" * (MAX_KEY - 1) + "…"),), "whose key is too long"),
            ((share("a", open_left_out=1),), "more open items than a list may hold"),
            ((share("a", part=18),), "leaves 2 open, but names 1"),
            ((share("a", part=20),), "leaves 0 open, but names 1"),
            ((share("a", part=None, whole=None, value=Decimal("0.95")),), "says 95% without counts"),
            ((share("a", part=None, whole=None, value=Decimal(1)),), "without counts"),
            ((share("a", open_items=None),), "does not name its open items by key"),
            ((share("a", "b"), failed("a")), "only one of them names b"),
            ((share("a"), failed("a", "b")), "only one of them names b"),
        ],
    )
    def test_items_that_nobody_can_tell_apart_or_count_are_a_gap(self, evidence: tuple[Evidence, ...], says: str):
        """An acceptance of one of them would answer another one too."""
        found = items(*evidence)

        assert isinstance(found, Gap)
        assert says in found.detail

    def test_a_long_key_that_was_not_cut_is_a_key(self):
        """As long as a key may be, and whole."""
        assert isinstance(items(share("x" * MAX_KEY)), RegisterItems)

    def test_a_fact_of_the_same_items_that_has_no_value_is_a_gap_of_the_register(self):
        """Nobody can say that both name the same."""
        gap = Gap(fact=FAILED, reason=GapReason.MISSING, detail="None.")
        found = items_of(REGISTER, EvidenceSet(evidence=(share("a"),), gaps=(gap,)))

        assert isinstance(found, Gap)
        assert found.detail == "ifs.failed, which names the same items, has no usable value."

    @pytest.mark.parametrize(("value", "left"), [(Decimal(1), 0), (Decimal("0.99"), None)])
    def test_a_share_without_counts_leaves_nothing_open_only_at_all(self, value: Decimal, left: int | None):
        """Of 99% of nobody knows how many, nobody knows how many are open."""
        assert open_count(share(part=None, whole=None, value=value)) == left


def test_an_acceptance_that_does_not_count_ends_nothing():
    """A decision that rests on another one would end too early."""
    reviews = (
        AcceptanceReview(id="A", register_id="r", item="a", counted=False, why="w.", ends=HELD),
        AcceptanceReview(id="B", register_id="r", item="a", counted=True, why="w.", ends=HELD),
    )

    assert [Accepted(reviews).ends(name) for name in "AB"] == [None, HELD]
