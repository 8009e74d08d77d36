"""Recorded runs for the formats that programs read: small ones of every verdict, and what Harborline recorded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.report.conftest import CARDS, NOON, OTHERS, WAIVER, finding, recorded, training

from gonogo.audit.history import open_history
from gonogo.model.acceptance import Acceptance, AcceptanceReview
from gonogo.model.assessment import Purpose, RunKind
from gonogo.model.decision import Condition, WaiverReview
from gonogo.model.event import SealedRecord
from gonogo.model.finding import Shadow, Status
from gonogo.model.ruleset import Severity
from gonogo.model.verdict import Verdict
from gonogo.report.view import RunView
from gonogo.workflow.publishing import view_of

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
SCHEMAS = ROOT.parent / "shared/data/schemas"
DECISION = RunKind(purpose=Purpose.DECISION)
Seal = Callable[..., list[SealedRecord]]


def schema(name: str) -> str:
    """Return an official schema; without the folder beside the checkout there is nothing to compare with."""
    path = SCHEMAS / name
    if not path.is_file():
        pytest.skip(f"the schemas are not beside the checkout: no {path.name}")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def views(every_run: dict[str, Any], mixed: RunView, seal_log: Seal) -> dict[str, RunView]:
    """A view of each kind of run: what `every_run` holds, and one in which criteria stand in every way."""
    found = {name: RunView.of(seal_log(run.events())) for name, run in every_run.items()}
    return found | {"mixed": mixed}


@pytest.fixture
def decided(go: Any, seal_log: Seal) -> RunView:
    """A decision for GO on the day of go-live, in which everything was due."""
    findings = tuple(each for each in go.assessment.findings if each.status is not Status.NOT_DUE)
    run = go.with_assessment(kind=DECISION, findings=findings, milestone="T-0")
    return RunView.of(seal_log(run.events()))


@pytest.fixture
def mixed(seal_log: Seal) -> RunView:
    """An accepted CONDITIONAL GO that has a criterion of every standing but *blocks*."""
    accepted = Acceptance(
        id="A-1",
        register_id="tests",
        item="T-17",
        person="osei",
        role="customer.executive_sponsor",
        on=date(2027, 4, 16),
        until=date(2027, 5, 20),
        workaround="Two staff key the file.",
        users="0.01",
    )
    cards = finding(CARDS, Status.UNKNOWN, sentence="Unknown: nobody says how many interfaces are proven.")
    rested = finding("system.test.passed", Status.MET, rests_on=("A-1",), sentence="Met: 40 of 40 cases are passed.")
    tried = finding(
        "system.tried.out", Status.NOT_MET, Severity.ADVISORY, shadow=Shadow(severity=Severity.MANDATORY, until="T-5")
    )
    advice = finding("operations.advice.given", Status.NOT_MET, Severity.ADVISORY)
    run = recorded(
        (training(Status.MET), cards, rested, tried, advice, *OTHERS),
        verdict=Verdict.CONDITIONAL_GO,
        without=Verdict.NO_GO,
        waivers=(WAIVER,),
        kind=DECISION,
        conditions=(
            Condition(criterion=CARDS, why=cards.sentence, waiver="W-003"),
            Condition(criterion="system.test.passed", why=rested.sentence, acceptances=("A-1",)),
        ),
    )
    review = WaiverReview(id="W-003", criterion=CARDS, counted=True, why="It covers the open criterion.")
    counted = AcceptanceReview(
        id="A-1", register_id="tests", item="T-17", counted=True, why="It counts until 2027-05-20.", ends=NOON
    )
    decision = run.assessment.decision.model_copy(update={"waivers": (review,)})
    view = RunView.of(seal_log(run.with_assessment(decision=decision).events()))
    whole = view.assessment.model_copy(
        update={
            "acceptances": (accepted,),
            "decision": decision.model_copy(update={"acceptances": (counted,)}),
        }
    )
    return replace(view, assessment=whole, finished=view.finished.model_copy(update={"accepted_conditional": True}))


@pytest.fixture(scope="session")
def harborline() -> dict[str, RunView]:
    """The last run that Harborline recorded under the hardened rules, and every run of an old log."""
    history = open_history(ROOT / "examples/harborline/nogo/m3-hardened/record")
    corpus = open_history(ROOT / "tests/workflow/corpus/2026-11-29-noon")
    found = {f"corpus {number}": view_of(corpus, run) for number, run in enumerate(corpus.runs)}
    return found | {"hardened": view_of(history, history.run())}
