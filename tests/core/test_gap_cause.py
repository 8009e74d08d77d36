"""Who is asked, and for what, by what is at fault: the source, its settings, or a file that is not there."""

from datetime import UTC, date, datetime

import pytest

from gonogo.core.gap_cause import (
    BIND_INSTEAD,
    NO_BUILD_NAMED,
    NO_BUILD_RELEASED,
    SAY_ABOUT,
    SAY_RELEASED,
    in_program_file,
    subject_act,
)
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.people import PeopleRegister, Side, Tenure
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath
from gonogo.model.ruleset import Domain, Severity
from gonogo.requests.closing import ASK, requests_of, verb
from gonogo.requests.outstanding import OutstandingFact
from gonogo.requests.who_to_ask import WhoToAsk

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
LIST = "staff.csv: column 'side' is not one of the 2 allowed texts, in line 5."


def source(plugin: str = "table", path: str = "evidence/staff.csv", **settings: object) -> Binding:
    entry = InputPath(name="file", paths=(path,), as_of=AsOf(rule=AsOfRule.DOCUMENT))
    return Binding(id="staff", plugin=plugin, side=Side.CUSTOMER, producer="eve", inputs=(entry,), settings=settings)


def gap(detail: str, reason: GapReason = GapReason.MALFORMED, *, read: bool = True) -> Gap:
    sources = ("evidence/staff.csv",) if read else ()
    return Gap(fact="a.one", reason=reason, detail=detail, binding="staff", sources=sources)


def register(*seats: tuple[str, str]) -> PeopleRegister:
    return PeopleRegister(tenures=tuple(Tenure(role=role, person=who, name=who.title()) for role, who in seats))


OFFICE = register(
    ("customer.pmo_lead", "ann"), ("customer.program_manager", "bob"), ("customer.functional_lead", "eve")
)


def asked(gap: Gap, binding: Binding, people: PeopleRegister = OFFICE) -> str:
    finding = Finding(
        criterion="workforce.a", title="t", domain=Domain.WORKFORCE, severity=Severity.MANDATORY,
        status=Status.UNKNOWN, sentence="Unknown.", owner="customer.functional_lead",
        facts=(FactReading(fact="a.one", gap=gap),),
    )  # fmt: skip
    (request,) = requests_of([finding], WhoToAsk((binding,), {}, people, date(2027, 4, 19), NOW))
    return request.sentence.partition(":")[0]


@pytest.mark.parametrize(
    ("problem", "binding", "sentence"),
    [
        (gap(LIST), source(), "Ask Ann (the customer's PMO lead) to correct what gonogo.yaml says about staff"),
        (
            gap("plan.xml: no activity is 'FILL IN', which the settings name as go-live.", GapReason.MISSING),
            source(golive={"name": "FILL IN"}),
            "Ask Ann (the customer's PMO lead) to fill in what gonogo.yaml leaves open about staff",
        ),
        (
            gap("No file matches evidence/FILL IN.", GapReason.MISSING, read=False),
            source(path="evidence/FILL IN"),
            "Ask Ann (the customer's PMO lead) to fill in what gonogo.yaml leaves open about staff",
        ),
        (gap("No file matches.", GapReason.MISSING, read=False), source(), "Ask Eve to supply staff"),
        (gap("staff.csv: line 4 is cut off."), source(), "Ask Eve to repair staff"),
        (gap("the plan has no baseline.", GapReason.MISSING), source(), "Ask Eve to add what is missing in staff"),
        (gap("It is too old, the settings say.", GapReason.STALE), source(x="FILL IN"), "Ask Eve to renew staff"),
    ],
)
def test_the_verb_and_the_addressee_follow_what_is_at_fault(problem, binding, sentence):
    """The maker of a file that is right was asked to repair it, and another to supply one that lies there."""
    assert asked(problem, binding).startswith(sentence)


def test_the_owner_is_asked_where_nobody_keeps_the_program_file():
    """A seat that nobody holds cannot answer."""
    manager = register(("customer.program_manager", "bob"), ("customer.functional_lead", "eve"))

    assert asked(gap(LIST), source(), manager).startswith("Ask Bob (the customer's program manager) to correct")
    assert asked(gap(LIST), source(), register(("customer.functional_lead", "eve"))).startswith("Ask Eve to correct")


@pytest.mark.parametrize(
    ("detail", "there"),
    [
        ("a.csv: the header lacks 'Side'.", True),
        ("a.csv: the last row is not the footer that the settings describe.", True),
        ("a.csv: the header has 'New', which the settings neither read nor ignore.", True),
        ("a.csv: 'x' is new; add it to `allowed:` of side in gonogo.yaml, if it is right.", True),
        ("a.csv: the footer states a number of rows other than the 3 above.", False),
        ("a.csv, line 3, repeats the header; two files were put together.", False),
        ("a.csv: a setting sun.", False),
    ],
)
def test_a_message_that_names_the_settings_is_for_who_keeps_them(detail, there):
    """A footer of last week's numbers is no fault of the file; a footer that contradicts its rows is."""
    assert in_program_file(gap(detail), source()) is there
    assert in_program_file(gap(detail), source("attestation")) is False
    assert in_program_file(gap(detail), None) is False
    assert in_program_file(gap(detail, read=False), source()) is False


@pytest.mark.parametrize("plugin", ["table", "attestation"])
@pytest.mark.parametrize(
    ("detail", "act"),
    [
        (NO_BUILD_RELEASED, SAY_RELEASED),
        (NO_BUILD_NAMED, SAY_ABOUT),
        ("It is about the build 4.1, which is not the one being released (4.2).", ""),
    ],
)
def test_what_is_released_and_what_a_source_is_about_is_for_who_keeps_the_program_file(plugin, detail, act):
    """The person who answered has answered: asking them again sends the wrong one."""
    found = gap(detail, GapReason.WRONG_SUBJECT)

    assert in_program_file(found, source(plugin)) is bool(act)
    stated = plugin == "attestation" and act == SAY_ABOUT
    act = BIND_INSTEAD if stated else act
    assert subject_act(found, source(plugin)) == act
    assert verb(found, source(plugin)) == (act or ASK[GapReason.WRONG_SUBJECT])
    assert "{" not in verb(found, source(plugin)).format(what="it").replace("{build: …}", "")


def owed(problem: Gap | None) -> tuple[str, ...]:
    class Owner:
        owner = "customer.functional_lead"

    return OutstandingFact("a.one", (Owner(),), problem, None, True, NOW, NOW, source(), ()).asks  # type: ignore[arg-type]


def test_requests_ask_who_keeps_the_program_file_too():
    """`gonogo requests` and page one name one person for one fault."""
    assert owed(gap(LIST)) == ("customer.pmo_lead", "customer.program_manager", "customer.functional_lead")
    assert owed(gap("staff.csv: line 4 is cut off.")) == ("eve", "customer.functional_lead")
    assert owed(None) == ("eve", "customer.functional_lead")
