"""What page one says a person closes, closes: it is granted as asked, judged again, and counted."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.core.names import holders
from gonogo.language.expression import parse_requirement
from gonogo.model.assessment import Assessment, EngineMode
from gonogo.model.decision import Request
from gonogo.model.evidence import Attested, Evidence, EvidenceSet, GapReason
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary, write_value
from gonogo.model.finding import Status
from gonogo.model.people import M3_ROLES, PeopleRegister, Side, Tenure
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath, Program, ProgramIdentity, Release
from gonogo.model.reply import Item, Reply
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity
from gonogo.workflow.admitting import admitted
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import gather, judge

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harborline"
NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
SEATS = M3_ROLES[:6]


def granted(replies: Sequence[Reply], request: Request, loaded: LoadedProgram, best: Mapping[str, Item]) -> list[Reply]:
    """What would be collected if exactly this person did exactly what they are asked for, and all of it were good."""
    owed = set(request.bindings or ())
    kinds = {binding.id: binding.plugin for binding in loaded.program.bindings}
    found = []
    for reply in replies:
        mine = [fact for fact in request.facts if fact in reply.declared] if reply.binding in owed else []
        good = [as_asked(best[fact], request, loaded, stated=kinds[reply.binding] == "attestation") for fact in mine]
        items = [item for item in reply.items if item.fact not in mine]
        failure = reply.failure if reply.failure is not None and not mine else None
        found.append(reply.model_copy(update={"items": (*items, *good), "failure": failure}))
    answered = {item.fact for reply in found for item in reply.items}
    unbound = [fact for fact in request.facts if not any(fact in reply.declared for reply in found)]
    more = [best[fact] for fact in unbound if fact not in answered]
    if more:
        found.append(Reply(binding="new", collector="table", level="L1", declared=tuple(unbound), items=tuple(more)))
    return found


def as_asked(item: Item, request: Request, loaded: LoadedProgram, *, stated: bool) -> Item:
    """The good answer; what is stated, is stated by the person who is asked, in a seat of theirs that may state it."""
    if not stated:
        return item.model_copy(update={"attested": None})
    day = loaded.program.identity.local_date(NOON)
    readers = [loaded.ruleset.get(name) for name in (*(request.closes or ()), *request.criteria)]
    seats = [seat for reader in readers if reader is not None and item.fact in reader.facts for seat in reader.attest]
    common = [
        seat for seat in seats if all(seat in r.attest for r in readers if r is not None and item.fact in r.facts)
    ]
    for seat in (*common, *seats):
        for person in holders(loaded.people, seat, day):
            if (request.person or "").startswith(loaded.people.names[person]):
                maker = "pat.clerk" if "pat.clerk" in loaded.people.names else "hana.solberg"
                attested = Attested(person=person, role=seat, on=day, prepared_by=maker)
                return item.model_copy(update={"attested": attested})
    return item.model_copy(update={"attested": Attested(person="pat.clerk", role="customer.pmo_team", on=day)})


def closed_by(
    request: Request, replies: list[Reply], loaded: LoadedProgram, best: Mapping[str, Item], was: Assessment
) -> set[str]:
    order = Order(program=Path("."), engine=EngineMode.REFERENCE, as_of=NOON)
    again = judge(order, loaded, granted(replies, request, loaded, best), NOON)
    before = {finding.criterion for finding in was.findings if finding.status is Status.UNKNOWN}
    return {finding.criterion for finding in again.findings if finding.status is Status.MET} & before


def good_answers(evidence: EvidenceSet) -> dict[str, Item]:
    """An answer for each fact, as the ready program gives it, dated today."""
    found = {}
    for entry in evidence:
        if isinstance(entry, Evidence):
            counts = {"part": entry.part, "whole": entry.whole} if entry.whole else {"value": write_value(entry.value)}
            found[entry.fact] = Item(
                fact=entry.fact,
                **counts,
                as_of=NOON - timedelta(hours=1),
                subject=entry.subject,
                attested=entry.attested[0] if entry.attested else None,
            )
    return found


def test_what_the_example_promises_comes_true(tmp_path):
    """Every request of the NO-GO of Harborline, granted with what the ready program says."""
    loaded = load(Order(program=EXAMPLE / "nogo"))
    replies = gather(Order(program=EXAMPLE / "nogo"), loaded, NOON)
    was = judge(Order(program=EXAMPLE / "nogo", engine=EngineMode.REFERENCE), loaded, replies, NOON)
    ready = load(Order(program=EXAMPLE / "go"))
    owed = {binding for request in was.decision.requests for binding in request.bindings or ()}
    good = gather(Order(program=EXAMPLE / "go"), ready, NOON, only=owed)
    best = good_answers(admitted(ready, good, NOON))

    assert [len(request.closes or ()) for request in was.decision.requests] == [1, 1, 1, 1]
    for request in was.decision.requests:
        assert closed_by(request, replies, loaded, best, was) == set(request.closes or ()), request.sentence


PERSONS = tuple(f"p{number}" for number in range(4))
FACTS = tuple(f"a.f{number}" for number in range(5))


@st.composite
def programs(draw: st.DrawFn) -> tuple[LoadedProgram, list[Reply]]:
    """A program with a few criteria over yes-or-no facts, some sources that fail, and people with several seats."""
    tenures = [
        Tenure(role=seat, person=draw(st.sampled_from(PERSONS)), name="x")
        for seat in draw(st.lists(st.sampled_from(SEATS), min_size=1, unique=True))
    ]
    tenures = [each.model_copy(update={"name": f"Person {each.person}"}) for each in tenures]
    clerk = Tenure(role="customer.pmo_team", person="pat.clerk", name="Clerk")
    criteria = tuple(
        Criterion(
            id=f"system.c{number}",
            title="t",
            statement="s",
            why="w",
            severity=draw(st.sampled_from(Severity)),
            require=parse_requirement(
                draw(st.sampled_from([" and ", " or "])).join(
                    draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=3, unique=True))
                )
            ),
            max_age_s=86400 * draw(st.sampled_from([2, 30])),
            owner=draw(st.sampled_from(SEATS)),
            attest=tuple(draw(st.lists(st.sampled_from(SEATS), min_size=1, max_size=2, unique=True))),
            remedy="r",
            source=("S",),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    bindings, replies = [], []
    for number in range(draw(st.integers(1, 4))):
        stated = draw(st.booleans())
        side = draw(st.sampled_from([Side.CUSTOMER, Side.PROVIDER]))
        maker = draw(st.sampled_from(["Office", *PERSONS[:1]])) if not stated else "pat.clerk"
        given_path = InputPath(name="file", paths=(f"{number}.csv",), as_of=AsOf(rule=AsOfRule.DOCUMENT))
        plugin = "attestation" if stated else "table"
        bindings.append(Binding(id=f"b{number}", plugin=plugin, inputs=(given_path,), side=side, producer=maker))
        declared = tuple(draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=4, unique=True)))
        items = []
        for fact in declared:
            state = draw(st.sampled_from(["good", "missing", "stale"]))
            as_of = NOON - timedelta(days=5 if state == "stale" else 1)
            if state == "missing":
                items.append(Item(fact=fact, gap=GapReason.MISSING, detail="No."))
                continue
            tenure = draw(st.sampled_from(tenures))
            attested = Attested(
                person=tenure.person,
                role=tenure.role,
                on=as_of.date(),
                prepared_by=draw(st.sampled_from(["pat.clerk", PERSONS[1]])),
            )
            items.append(Item(fact=fact, value=True, as_of=as_of, attested=attested if stated else None))
        replies.append(
            Reply(
                binding=f"b{number}",
                collector=plugin,
                level="L1",
                declared=declared,
                producer=maker,
                items=tuple(items),
            )
        )
    identity = ProgramIdentity(id="p", customer="c", provider="v", time_zone="America/New_York")
    release = Release(id="R1", go_live=NOON + timedelta(days=14))
    ruleset = Ruleset(
        name="r",
        version="1",
        title="R",
        criteria=criteria,
        policy=DecisionPolicy(milestones=("T-0",)),
        material_sha256="0" * 64,
    )
    loaded = LoadedProgram(
        program=Program(identity=identity, releases=(release,), ruleset="r@1", bindings=tuple(bindings)),
        release=release,
        people=PeopleRegister(tenures=(*tenures, clerk)),
        waivers=(),
        plans=(),
        root=Path("."),
        ruleset=ruleset,
        vocabulary=Vocabulary(
            facts=tuple(FactDeclaration(name=f, type=FactType.BOOLEAN, meaning="m", question="q?") for f in FACTS)
        ),
    )
    return loaded, replies


@settings(max_examples=1000 if "GONOGO_FUZZ" in os.environ else 80)
@given(programs())
def test_what_any_program_is_promised_comes_true(made):
    """A criterion that waits for two people is closed by neither alone; one that is promised is met afterwards."""
    loaded, replies = made
    order = Order(program=Path("."), engine=EngineMode.REFERENCE, as_of=NOON)
    was = judge(order, loaded, replies, NOON)
    best = {fact: Item(fact=fact, value=True, as_of=NOON - timedelta(hours=1)) for fact in FACTS}

    asked = set()
    for request in was.decision.requests:
        promised = set(request.closes or ())
        asked |= set(request.criteria)
        assert promised <= closed_by(request, replies, loaded, best, was), request.sentence
        assert promised <= set(request.criteria)
        assert request.mandatory == sum(loaded.ruleset.get(name).severity is Severity.MANDATORY for name in promised)

    assert len({request.person for request in was.decision.requests}) == len(was.decision.requests)
    assert asked == {finding.criterion for finding in was.findings if finding.status is Status.UNKNOWN}


def test_a_criterion_that_waits_for_two_people_is_closed_by_neither(small_program):
    """The tests are the provider's, the statement is the sponsor's: each is asked, and neither is promised both."""
    small = small_program(now=NOON)
    (small.root / "evidence/junit.xml").unlink()
    small.edit("rules/ruleset.yaml", "require: cutover.approved", "require: cutover.approved and sit.failed <= 0")
    (small.root / "evidence/statements.yaml").unlink()
    loaded = load(Order(program=small.root))
    order = Order(program=small.root, engine=EngineMode.REFERENCE, as_of=NOON)

    requests = judge(order, replace(loaded), gather(order, loaded, NOON), NOON).decision.requests

    assert {request.person: request.closes for request in requests} == {
        "the provider's technical lead (a seat that nobody holds)": ("system.tests.executed",),
        "Ada Kirsch (the customer's executive sponsor)": (),
    }
    assert requests[1].sentence.endswith("on its own it closes no criterion.")
