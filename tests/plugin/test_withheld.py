"""An answer about an earlier turn is withheld by the host, and the others of its binding stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.plugin.inputs.test_later_turns import CRITERIA, EXITS, FACTS, LOG, log, put

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule, InputPath
from gonogo.model.reply import Item, Reply
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.plugin.replies import AcceptedReply
from gonogo.plugin.withheld import _without
from gonogo.testing import SAMPLE_NOW
from gonogo.testing.programs import binding_of, program_of

COLUMNS: dict[str, Any] = {
    "criterion": {"header": "Criterion", "type": "text"},
    "required": {"header": "Required", "type": "decimal"},
    "measured": {"header": "Measured", "type": "decimal"},
}
SETTINGS: dict[str, Any] = {
    "tables": {"exits": {"unique": ["criterion"], "columns": COLUMNS}},
    "facts": {
        "last_exit_met": {"all": {"where": "measured >= required"}},
        "cycles_completed": {"all": {"where": "measured > 0"}},
    },
}


@pytest.mark.parametrize(("third", "withheld"), [("Mock 3,2027-03-10,In progress", True), ("Mock 3,,Planned", False)])
def test_the_last_mock_is_not_the_one_before(tmp_path: Path, third: str, withheld: bool) -> None:
    """Every exit criterion of Mock 2 was met, and nobody knows yet how Mock 3 ends."""
    put(tmp_path, EXITS, CRITERIA)
    put(tmp_path, LOG, log(third))
    entry = InputPath(name="file", paths=(EXITS,), as_of=AsOf(rule=AsOfRule.SAID, at=SAMPLE_NOW))
    binding = binding_of("table", inputs=(entry,), settings=SETTINGS, prefix="mock")
    program = program_of(binding)
    request = CollectionRequest(program, tmp_path, program.releases[0], SAMPLE_NOW, vocabulary=FACTS)

    (reply,) = collect(request)

    found = {item.fact: item for item in reply.items}
    last = found["mock.last_exit_met"]
    assert (last.gap is GapReason.CONFLICT, last.value) == (withheld, None if withheld else True)
    assert found["mock.cycles_completed"].value is True
    assert ("number 3 has begun" in last.detail) is withheld


def test_what_is_a_gap_already_keeps_its_reason() -> None:
    """The file could not be read, and that comes first."""
    items = (
        Item(fact="mock.last_exit_met", gap=GapReason.MISSING, detail="no file"),
        Item(fact="mock.x", value=True, as_of=SAMPLE_NOW),
    )
    reply = Reply.model_construct(items=items)

    found = _without(AcceptedReply(reply, {}), dict.fromkeys(("mock.last_exit_met", "mock.x"), "about Mock 2"))

    assert [(each.gap, each.detail) for each in found.reply.items] == [
        (GapReason.MISSING, "no file"),
        (GapReason.CONFLICT, "about Mock 2"),
    ]
