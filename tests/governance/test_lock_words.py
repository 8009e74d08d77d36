"""What people read before they approve a lock, and in its history: nothing that weighs against it is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gonogo.core.lock_rules import LockRules
from gonogo.governance.lock_words import (
    approval_words,
    change_lines,
    content_words,
    history_lines,
    reviewer_asked,
    seats_asked,
    stale_lines,
    unfit_lines,
)
from gonogo.model.change import Effect, RuleChange
from gonogo.model.lock import LockChange, LockDifference, LockedContent, LockSignature
from gonogo.model.people import PeopleRegister, Tenure
from gonogo.model.program import AllowedPlugin, ProgramIdentity
from gonogo.model.waiver import Approval

AT = datetime(2027, 1, 27, 15, tzinfo=UTC)
TODAY = date(2027, 3, 10)
CUSTOMER, RISK, IVV = "customer.executive_sponsor", "customer.risk_manager", "independent.ivv"
LOOSER = LockDifference(part="severity", old="mandatory", new="advisory", effect=Effect.LOOSENS)


def test_a_change_says_what_it_lacked_and_that_it_loosens_late():
    """Each of these lines is a reason to ask before signing."""
    change = LockChange(
        number=2, at=AT, differences=(LOOSER,), in_freeze=True, lacks=("Nobody approved it.",),
        reviewed_by=Approval(person="bea", role=IVV, on=TODAY),
    )  # fmt: skip

    assert [*change_lines(change)] == [
        "request none: no reason",
        "reviewed by bea as the independent IV&V on 2027-03-10",
        "it loosens inside the freeze",
        "uncontrolled: Nobody approved it.",
        "severity was mandatory, is now advisory (looser).",
    ]


def test_a_change_that_lacks_nothing_says_nothing_more():
    """*Inside the freeze* of every change would be read by nobody."""
    change = LockChange(number=2, at=AT, request="CR-7", requested_by="theo", reason="Time.", differences=(LOOSER,))

    assert [*change_lines(change)] == [
        "request CR-7, asked for by theo: Time.",
        "severity was mandatory, is now advisory (looser).",
    ]


@pytest.mark.parametrize("signed", [True, False])
def test_a_lock_that_nobody_signed_says_so(locked_once, signed):
    """An unsigned record is held by the log alone."""
    history = locked_once.found.history
    signature = LockSignature(key="9" * 64, signature="MEUC") if signed else None
    locks = (history.last.model_copy(update={"signature": signature}),)

    (line,) = history_lines(type(history)(locks))
    assert line.endswith(", not signed") is not signed
    assert "approved by ada.kirsch as the customer's executive sponsor on " in line


def test_no_approval_is_nobody():
    """An empty cell looks like a mistake of the report."""
    assert approval_words(()) == "nobody"


class TestHolders:
    @pytest.mark.parametrize(("day", "who"), [(-1, ""), (0, "joan"), (1, "joan"), (2, "")])
    def test_a_draft_names_who_holds_the_seat_today(self, day, who):
        """A sponsor who has left is asked for nothing; held on 10 and 11 March."""
        people = PeopleRegister(
            tenures=(
                Tenure(role=CUSTOMER, person="joan", name="Joan", start=TODAY, end=TODAY + timedelta(days=1)),
                Tenure(role=RISK, person="other", name="Other"),
            )
        )

        assert seats_asked(LockRules(approve=(CUSTOMER,)), people, TODAY + timedelta(days=day)) == [(CUSTOMER, who)]

    @pytest.mark.parametrize(("held", "asked"), [(IVV, (IVV, "bea")), (RISK, (RISK, "bea")), (CUSTOMER, (RISK, ""))])
    def test_the_reviewer_is_one_whose_seat_is_held(self, held, asked):
        """A draft that asks a vacant seat is never filled in."""
        people = PeopleRegister(tenures=(Tenure(role=held, person="bea", name="Bea"),))

        assert reviewer_asked(LockRules(review=(RISK, IVV)), people, TODAY) == asked


def test_what_a_lock_freezes_names_each_loosened_rule_once_under_the_ruleset(unlocked):
    """*17 mandatory and 1 advisory* told no signer that the authorization was the advisory one."""
    looser = RuleChange(
        by="o@1", criterion="system.ato", part="severity", old="mandatory", new="advisory", reason="The office\nasked.",
        effect=Effect.LOOSENS, loosens=True,
    )  # fmt: skip
    stricter = looser.model_copy(update={"effect": Effect.TIGHTENS, "loosens": False})
    content = unlocked.found.content
    rules = content.ruleset | {"changes": [each.document() for each in (stricter, looser)]}
    plain, lines = ([*content_words(each)] for each in (content, content.model_copy(update={"ruleset": rules})))

    (added,) = [line for line in lines if line not in plain]
    assert added == "loosened: system.ato, severity: advisory, was mandatory; o@1: The office asked."
    assert lines[lines.index(added) - 1].startswith("ruleset ")


def test_a_lock_of_some_criteria_names_them_counts_the_others_and_says_what_it_does_not_permit(unlocked):
    """*26 criteria* above two signatures reads as if all of them had been agreed on and asked."""
    content = unlocked.found.content
    lines = [*content_words(content.model_copy(update={"adopt": ("system.tests.executed",)}))]

    (named,) = [line for line in lines if line.startswith("adopted: ")]
    assert named == 'adopted: 1 from small@1.0.0, by "adopt" in the program file: system.tests.executed'
    assert lines[lines.index(named) + 1].startswith("not adopted: 3 of 4, which nobody is asked for: ")
    assert 'As long as the program file says "adopt", no decision can be taken.' in lines
    everything = content.model_copy(update={"adopt": tuple(each["id"] for each in content.ruleset["criteria"])})
    assert not any(line.startswith("not adopted") for line in content_words(everything))
    assert not any("adopt" in line for line in content_words(content))


FROZEN = {
    "authority": {"sit.failed": "tests"},
    "plugins": (AllowedPlugin(distribution="ours", version="1.2", network=True),),
    "adopt": ("system.tests.executed",),
    "accept_conditional": True,
}
OF_IDENTITY = {
    "customer": "Another",
    "provider": "Another",
    "offerings": ("KeelFin",),
    "time_zone": "America/Chicago",
    "calendar": "none",
    "closures": (date(2027, 12, 24),),
}
OF_A_RELEASE = {"go_live": AT, "window": "60 hours", "scope": "All of it", "environment": "production"}


def test_every_part_of_what_a_lock_freezes_is_named_before_it_is_signed(unlocked):
    """What is frozen and not named is signed by nobody who read it."""
    content = unlocked.found.content
    plain = [*content_words(content)]
    (release,) = content.releases
    identity = content.identity
    changed = {name: content.model_copy(update={name: value}) for name, value in FROZEN.items()}
    for name, value in OF_IDENTITY.items():
        changed[name] = content.model_copy(update={"identity": identity.model_copy(update={name: value})})
    for name, value in OF_A_RELEASE.items():
        changed[name] = content.model_copy(update={"releases": (release.model_copy(update={name: value}),)})

    assert [name for name, each in changed.items() if [*content_words(each)] == plain] == []
    assert LockedContent.model_fields.keys() - FROZEN.keys() == {"identity", "releases", "ruleset", "vocabulary"}
    assert ProgramIdentity.model_fields.keys() - OF_IDENTITY.keys() == {"id", "title", "marking"}
    assert type(release).model_fields.keys() - OF_A_RELEASE.keys() == {"id"}


@pytest.mark.parametrize(
    ("policy", "says"),
    [
        ({"gate": "the end of Phase 3"}, "decides on the end of Phase 3: a GO is no permission to go live"),
        ({"mode": "shadow"}, "the whole gate is in shadow: it is tried out, and no decision can be taken by it"),
    ],
)
def test_a_gate_that_is_not_the_go_live_or_decides_nothing_says_so_before_it_is_signed(unlocked, policy, says):
    """Two sponsors who sign *ruleset m3-engagement@1.0.0* may take its GO for the permission to go live."""
    content = unlocked.found.content
    rules = content.ruleset | {"policy": content.ruleset["policy"] | policy}

    assert says in [*content_words(content.model_copy(update={"ruleset": rules}))]
    assert says not in [*content_words(content)]


def test_what_does_not_apply_or_decides_nothing_is_counted_beside_the_criteria(unlocked):
    """*27 mandatory* of which twelve do not apply are fifteen."""
    content = unlocked.found.content
    first, second, *others = content.ruleset["criteria"]
    spared = first | {"not_applicable": {"reason": "None.", "approved_by": "Ada"}}

    def line(*criteria):
        lines = content_words(content.model_copy(update={"ruleset": content.ruleset | {"criteria": [*criteria]}}))
        return next(each for each in lines if each.startswith("ruleset "))

    assert line(first, second, *others).endswith(" criteria")
    assert line(spared, second, *others).endswith(" criteria; 1 of them not applicable")
    assert line(spared, second | {"mode": "shadow"}, *others).endswith(
        " criteria; 1 of them not applicable and 1 of them in shadow, deciding nothing"
    )


def test_a_standing_hold_is_named_before_it_is_signed(unlocked):
    """It voids every decision, so both sides read its name."""
    content = unlocked.found.content
    policy = content.ruleset["policy"] | {"holds": [{"id": "operations.line.up"}]}
    held = content.model_copy(update={"ruleset": content.ruleset | {"policy": policy}})

    assert "standing holds: operations.line.up" in [*content_words(held)]


def test_who_signs_is_told_which_sentence_names_the_limit_before_the_change(unlocked):
    """The statement is what a sponsor reads; the limit two lines below it is what decides."""
    content = unlocked.found.content
    (first, *others) = content.ruleset["criteria"]
    ninety = first | {"statement": "At most ninety percent."}
    rules = content.ruleset | {"criteria": [ninety, *others]}
    other = content.model_copy(update={"ruleset": rules})
    change = LockDifference(criterion=first["id"], part="parameter x", old="90%", new="77%", effect=Effect.LOOSENS)
    looser = RuleChange(
        by="o@1", criterion=first["id"], part="parameter x", old="90%", new="77%", effect=Effect.LOOSENS, loosens=True,
    )  # fmt: skip
    laid = other.model_copy(update={"ruleset": rules | {"changes": [looser.document()]}})
    says = (
        f'wording: {first["id"]}: the statement says "ninety percent", and x was 90%, is now 77%; '
        "the limit decides, not the sentence"
    )

    assert [*stale_lines(other, (change,))] == [says]
    assert [*stale_lines(other)] == [*stale_lines(content, (change,))] == []
    assert says in [*content_words(laid)]
    assert [*stale_lines(other.model_copy(update={"ruleset": {"name": "x"}}), (change,))] == []


class TestSeatsThatCannotSign:
    def seats(self, **held: str) -> PeopleRegister:
        return PeopleRegister(
            tenures=tuple(
                Tenure(role=role.replace("__", "."), person=who, name=who.title()) for role, who in held.items()
            )
        )

    def test_a_form_with_a_vacant_seat_says_so_before_it_is_signed(self):
        """Three people signed, and the fourth seat had nobody in it."""
        people = self.seats(customer__executive_sponsor="ada")
        rules = LockRules(approve=(CUSTOMER, "provider.executive_sponsor"), review=(RISK, IVV))

        assert [*unfit_lines(rules, people, TODAY)] == [
            "nobody holds the seat of the provider's executive sponsor today: "
            "enter somebody in the people register first"
        ]
        *_, reviewer = unfit_lines(rules, people, TODAY, review=True)
        assert reviewer == (
            "nobody holds a seat that reviews today (the customer's risk manager or the independent IV&V): "
            "enter somebody in the people register first"
        )
        held = self.seats(customer__executive_sponsor="ada", provider__executive_sponsor="lin", independent__ivv="bea")
        assert [*unfit_lines(rules, held, TODAY, review=True)] == []

    def test_one_person_in_two_seats_is_named(self):
        """Two signatures of one hand are refused, and the form asked for both."""
        people = self.seats(customer__executive_sponsor="ada", customer__business_owner="ada")
        rules = LockRules(approve=(CUSTOMER, "customer.business_owner"))

        assert [*unfit_lines(rules, people, TODAY)] == [
            "ada holds the seats of the customer's executive sponsor and the customer's business owner: "
            "each seat that approves needs its own person"
        ]

    def test_of_a_seat_with_two_holders_a_draft_names_neither(self):
        """Which of them signs is theirs to say."""
        two = PeopleRegister(
            tenures=(Tenure(role="customer.pmo_team", person="a", name="A B"),
                     Tenure(role="customer.pmo_team", person="c", name="C D"))
        )  # fmt: skip

        assert seats_asked(LockRules(approve=("customer.pmo_team",)), two, TODAY) == [("customer.pmo_team", "")]
