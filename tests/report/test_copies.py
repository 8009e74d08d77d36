"""Copies for a seat, a side, partners and the public: what is left out, and that the copy says so."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit.log import AuditLog
from gonogo.errors import UsageError
from gonogo.model.event import SealedRecord
from gonogo.model.people import Side
from gonogo.model.waiver import ActionPlan
from gonogo.report.detail import page_of
from gonogo.report.formats import FORMATS
from gonogo.report.report_reader import CopyFor, Reader
from gonogo.report.view import RunView
from gonogo.workflow.publishing import render_again

Seal = Callable[..., list[SealedRecord]]
COPIES = [name for name, each in FORMATS.items() if each.for_readers and not each.binary]
PROVIDER = Reader(side=Side.PROVIDER)


def text_of(view: RunView, name: str) -> str:
    return " ".join(FORMATS[name].render(view).decode().replace("\\", "").replace("&#39;", "'").split())


@pytest.fixture
def shared(no_go: Any, seal_log: Seal) -> RunView:
    """A NO-GO with two owners on two sides, an open item, a plan and people by name."""
    first, batch, *others = no_go.assessment.findings
    reading = first.facts[0].model_copy(update={"open_items": ("EMP-20417",), "open_count": 1})
    first = first.model_copy(update={"facts": (reading,)})
    batch = batch.model_copy(update={"owner": "provider.technical_lead"})
    people = {
        "customer.functional_lead": ("Ruth Amsel",),
        "provider.technical_lead": ("Lin Marchetti",),
        "lin.marchetti": ("Lin Marchetti",),
    }
    plan = ActionPlan(criterion=batch.criterion, owner="lin.marchetti", action="Call Ada at home", due=None)
    decision = no_go.assessment.decision.model_copy(update={"people": people})
    run = no_go.with_assessment(findings=(first, batch, *others), decision=decision, plans=(plan,))
    return RunView.of(seal_log(run.events()))


@pytest.mark.parametrize("name", COPIES)
def test_a_side_reads_what_it_answers_for_and_how_much_it_does_not_see(shared: RunView, name: str) -> None:
    """Who takes a part for the whole decides on a part."""
    text = text_of(replace(shared, reader=PROVIDER), name)

    assert "This is a part of the report, for the provider's seats. It leaves out 1 blockers" not in text
    assert (
        "This is a part of the report, for the provider's seats. It leaves out 1 of the blockers and 4 of the" in text
    )
    assert "The verdict is that of the whole program." in text
    assert "There are 4 reasons against going live" in text
    assert "The title of batch window" in text
    assert "People are trained before they are given the new system (workforce" not in text
    assert "4 conditional criteria are open in system" in text  # nobody answers for it alone


def test_a_seat_is_narrower_than_its_side(shared: RunView) -> None:
    lead = Reader(seat="provider.technical_lead")
    other = Reader(seat="provider.program_manager", side=Side.PROVIDER)

    assert "The title of batch window" in text_of(replace(shared, reader=lead), "full")
    assert "The title of batch window (system" not in text_of(replace(shared, reader=other), "full")
    assert "for the provider's technical lead." in page_of(replace(shared, reader=lead)).notes[0]


@pytest.mark.parametrize("name", COPIES)
def test_partners_get_no_keys_paths_or_places(shared: RunView, name: str) -> None:
    """Each key may be a person, and each path tells how a system is built."""
    text = text_of(replace(shared, reader=Reader(redact=CopyFor.PARTNER)), name)

    assert "Redacted for partners" in text
    for word in ("EMP-20417", "evidence/", "roster.csv"):
        assert word not in text, word
    assert "Ruth Amsel" in text


@pytest.mark.parametrize("name", COPIES)
def test_the_public_gets_seats_instead_of_people_and_nothing_that_people_wrote(shared: RunView, name: str) -> None:
    text = text_of(replace(shared, reader=Reader(redact=CopyFor.PUBLIC)), name)

    assert "Redacted for the public" in text
    for word in ("EMP-20417", "evidence/", "Ruth", "Amsel", "marchetti", "Marchetti", "Ada at home"):
        assert word not in text, word
    assert "the customer's functional lead" in text
    assert "m3-baseline@1.0.0" in text
    assert shared.finished.assessment in text


def test_a_part_can_be_redacted(shared: RunView) -> None:
    both = page_of(replace(shared, reader=replace(PROVIDER, redact=CopyFor.PUBLIC)))

    assert [note.split(",")[0].split(":")[0] for note in both.notes] == [
        "This is a part of the report",
        "Redacted for the public",
    ]


def test_the_marking_stays(conditional: Any, seal_log: Seal) -> None:
    """Leaving names out is no decision on how a page is handled."""
    view = replace(RunView.of(seal_log(conditional.events())), reader=Reader(redact=CopyFor.PUBLIC))

    assert page_of(view).marking == "CUI//SP-PRVCY"
    assert "The handling marking stays" in page_of(view).notes[0]


@pytest.mark.parametrize("text", ["amsel", "Amsel", "AMSEL's", "(Amsel)", "x-Amsel"])
def test_a_name_is_found_wherever_it_stands(shared: RunView, text: str) -> None:
    people = {"customer.functional_lead": ("Amsel",)}
    decision = shared.decision.model_copy(update={"people": people, "remark": f"Ask {text} again, not Amselberg."})
    assessment = shared.assessment.model_copy(update={"decision": decision})
    view = replace(shared, assessment=assessment, reader=Reader(redact=CopyFor.PUBLIC))

    (remark,) = [each for each in page_of(view).meaning if "Amselberg" in each]

    assert "msel " not in remark.lower()
    assert remark.endswith("again, not Amselberg.")


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if not each.for_readers])
def test_a_format_that_holds_the_whole_record_makes_no_copies(tmp_path: Path, go: Any, name: str) -> None:
    """A redacted JSON with every name in it would be sent."""
    with AuditLog.open(tmp_path / "audit", new_id=lambda: "log-1", version="0.1.0") as log:
        log.append(go.events())

    with pytest.raises(UsageError, match="always holds the whole record"):
        render_again(tmp_path / "audit", name, reader=PROVIDER)


def test_a_seat_that_answers_for_nothing_is_refused(tmp_path: Path, go: Any) -> None:
    """A typo would give an empty, and good-looking, page."""
    with AuditLog.open(tmp_path / "audit", new_id=lambda: "log-1", version="0.1.0") as log:
        log.append(go.events())

    with pytest.raises(UsageError) as caught:
        render_again(tmp_path / "audit", "html", reader=Reader(seat="customer.functional_laed"))

    assert "customer.functional_lead" in str(caught.value.hint)
    assert b"This is a part" in render_again(tmp_path / "audit", "html", reader=Reader(seat="customer.functional_lead"))
