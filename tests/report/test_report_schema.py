"""The schema of `-o json` is that of what is written: it refuses no report, and knows every key."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from gonogo.model.acceptance import Acceptance
from gonogo.model.outcome import OutcomeRecorded, ReleaseOutcome
from gonogo.model.run_by import RunBy
from gonogo.model.upgrade import Depth, UpgradeCompared
from gonogo.model.verdict import Verdict
from gonogo.report.formats import FORMATS
from gonogo.report.report_schema import report_schema
from gonogo.report.view import RunView

SCHEMA = report_schema()
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


def written(view: RunView) -> dict[str, Any]:
    return json.loads(FORMATS["json"].render(view))


def whole(view: RunView) -> RunView:
    """A view with what is absent where it says nothing."""
    upgrade = UpgradeCompared(
        compared="run-0", version="0.0.9", depth=Depth.FACTS, same=True, before=Verdict.GO, after=Verdict.GO
    )
    started = view.started.model_copy(update={"who": RunBy(host="gate-1"), "hold_point": "ponr"})
    accepted = view.assessment.model_copy(
        update={"acceptances": (Acceptance(id="A-1", register_id="tests", item="T1"),)}
    )
    outcome = (view.started.now, OutcomeRecorded(outcome=ReleaseOutcome.HELD))
    more = {"also": ("other",), "gate": "a phase", "outcomes": (outcome,)}
    return replace(view, upgrade=upgrade, started=started, assessment=accepted, **more)


def test_it_is_a_schema() -> None:
    """An editor or a validator must be able to read it."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("run", ["go", "conditional", "gaps_only", "no_go"])
def test_what_is_written_is_valid_and_every_key_is_known(every_run: dict[str, Any], seal_log: Any, run: str) -> None:
    """Both ways: no document is refused, and no key is without a schema."""
    view = RunView.of(seal_log(every_run[run].events()))
    for each in (view, whole(view)):
        document = written(each)

        assert [f"{found.instance_path}: {found.message}" for found in VALIDATOR.iter_errors(document)] == []
        assert document.keys() <= SCHEMA["properties"].keys()


@pytest.mark.parametrize("key", sorted(SCHEMA["required"]))
def test_a_document_without_a_key_is_refused(go: Any, seal_log: Any, key: str) -> None:
    """A file that was cut or written by hand must not pass for a report."""
    document = written(RunView.of(seal_log(go.events())))

    assert not VALIDATOR.is_valid({name: value for name, value in document.items() if name != key})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("verdict", "MAYBE"),
        ("exit_code", 6),
        ("exit_code", -1),
        ("digest", "0" * 63),
        ("schema", 2),
        ("findings", [{}]),
    ],
)
def test_a_wrong_value_is_refused(go: Any, seal_log: Any, key: str, value: object) -> None:
    """A schema that takes anything says nothing."""
    assert not VALIDATOR.is_valid(written(RunView.of(seal_log(go.events()))) | {key: value})


def test_a_key_of_a_later_version_is_taken(go: Any, seal_log: Any) -> None:
    """Additions are promised; a program that checks must not break by one."""
    document = written(RunView.of(seal_log(go.events())))
    document["decision"]["later"] = 1

    assert VALIDATOR.is_valid(document | {"later": {}})
