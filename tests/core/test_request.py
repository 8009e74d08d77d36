"""Requests on page one: what each would close, in a sentence that does not promise more."""

import pytest

from gonogo.core.request import requests_of
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.model.ruleset import Domain, Severity


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
            "it closes no criterion alone, because each lacks something else too.",
        ),
    ],
)
def test_a_request_says_what_it_would_close(findings, told):
    """A person who is asked for something must not learn later that it was not enough."""
    sources = [Binding(id=name, plugin="table", side=Side.CUSTOMER, producer="NIWA") for name in "bc"]

    first = requests_of(findings, sources)[0]

    assert first.sentence.endswith(told)
