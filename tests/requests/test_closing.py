"""Requests on page one: what each would close, in a sentence that does not promise more."""

from datetime import UTC, date, datetime

import pytest

from gonogo.model.computed_facts import RECORD
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.people import PeopleRegister, Side, Tenure
from gonogo.model.program import Binding
from gonogo.model.ruleset import Domain, Severity
from gonogo.requests.closing import requests_of
from gonogo.requests.who_to_ask import WhoToAsk

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)


def unknown(name: str, severity: Severity, *gaps: tuple[str, str]) -> Finding:
    return Finding(
        criterion=f"program.{name}",
        title=name,
        domain=Domain.PROGRAM,
        severity=severity,
        status=Status.UNKNOWN,
        sentence="Unknown.",
        owner="customer.pmo_lead",
        facts=tuple(
            FactReading(
                fact=fact, gap=Gap(fact=fact, reason=GapReason.MISSING, detail="No file matches.", binding=source)
            )
            for fact, source in gaps
        ),
    )


PEOPLE = PeopleRegister(
    tenures=tuple(
        Tenure(role=role, person=person, name=name)
        for role, person, name in (
            ("customer.pmo_lead", "ann", "Ann Moor"),
            ("customer.functional_lead", "bob", "Bob Lind"),
            ("provider.technical_lead", "eve", "Eve Stone"),
        )
    )
)


def asking(bindings, criteria=(), **more) -> WhoToAsk:
    return WhoToAsk(
        bindings=bindings,
        criteria={each.id: each for each in criteria},
        people=PEOPLE,
        day=date(2027, 4, 19),
        now=NOON,
        **more,
    )


HARD, SOFT = Severity.MANDATORY, Severity.CONDITIONAL


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ([unknown("a", HARD, ("x.one", "b"))], "it closes 1 mandatory criterion."),
        ([unknown("a", SOFT, ("x.one", "b"))], "it closes 1 criterion, which is not mandatory."),
        (
            [unknown("a", SOFT, ("x.one", "b")), unknown("c", SOFT, ("x.one", "b"))],
            "it closes 2 criteria, none of them mandatory.",
        ),
        (
            [unknown("a", HARD, ("x.one", "b")), unknown("c", SOFT, ("x.one", "b"))],
            "it closes 1 mandatory criterion and 1 other.",
        ),
        (
            [unknown("a", HARD, ("x.one", "b"), ("x.two", "c"))],
            "on its own it closes no criterion.",
        ),
    ],
)
def test_a_request_says_what_it_would_close(findings, told):
    """A person who is asked for something must not learn later that it was not enough."""
    makers = {"b": "ann", "c": "bob"}
    sources = [Binding(id=name, plugin="table", side=Side.CUSTOMER, producer=maker) for name, maker in makers.items()]

    first = requests_of(findings, asking(sources))[0]

    assert first.sentence.endswith(told)


def test_what_the_record_is_too_short_to_say_asks_for_runs_and_for_no_statement():
    """Nobody can state what earlier runs would have recorded."""
    [request] = requests_of([unknown("a", SOFT, ("record.open_28d", RECORD))], asking([]))

    assert request.acts == ("run `gonogo progress` each day until the record is long enough for record.open_28d",)


def test_an_unconfirmed_binding_is_for_who_keeps_the_program_file_and_not_for_who_makes_the_evidence():
    """The test team cannot help it that nobody confirmed how its export is read."""
    made = Binding(id="b", plugin="table", side=Side.CUSTOMER, producer="bob", confirmed=False)
    finding = unknown("a", HARD, ("x.one", "b"))
    gap = finding.facts[0].gap.model_copy(update={"reason": GapReason.UNCONFIRMED})
    finding = finding.model_copy(update={"facts": (FactReading(fact="x.one", gap=gap),)})

    [request] = requests_of([finding], asking([made]))

    assert request.person == "Ann Moor (the customer's PMO lead)"
    assert request.acts == ("check and confirm what gonogo.yaml says about b",)
