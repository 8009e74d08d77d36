"""Drafts of acceptances name the release where the program has several."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import Basis, Evidence, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.program import Release
from gonogo.model.register import Register
from gonogo.workbook import accepted_rows
from gonogo.workbook.accepted_rows import accepted_and_drafted

AT = datetime(2027, 4, 18, tzinfo=UTC)
REGISTER = Register(
    id="ifs", item="one", fact="ifs.passed_ratio", accept=("customer.functional_lead",), open_unaccepted="ifs.open"
)
FACTS = tuple(
    FactDeclaration(name=name, type=FactType.RATIO, meaning="m", question="q?")
    for name in ("ifs.passed_ratio", "ifs.open")
)
SEEN = Evidence(
    fact="ifs.passed_ratio",
    type=FactType.RATIO,
    value=Decimal("0.9"),
    as_of=AT,
    basis=Basis.MEASURED,
    source=Source(binding="b", locator="x.csv"),
    open_items=("bank file",),
)


@pytest.mark.parametrize(
    ("releases", "kept", "drafted"),
    [
        (("r1",), None, [None]),
        (("r1", "r2"), None, ["r1"]),
        (("r1",), ("bank file", None), []),
        (("r1", "r2"), ("bank file", "r1"), []),
        (("r1", "r2"), ("bank file", "r2"), ["r1"]),
        (("r1", "r2"), ("bank file", None), ["r1"]),
    ],
)
def test_a_draft_is_for_the_release_that_was_assessed(
    releases: tuple[str, ...], kept: Any, drafted: list[str | None], monkeypatch: pytest.MonkeyPatch
):
    """An acceptance of another release, or of none, answers nothing here."""
    monkeypatch.setattr(accepted_rows, "_last_run", lambda *_: SimpleNamespace(evidence=[SEEN]))
    there = (Acceptance(id="A-9", register_id="ifs", item=kept[0], release=kept[1]),) if kept else ()
    every = tuple(Release(id=name, go_live=AT) for name in releases)
    program = SimpleNamespace(releases=every, bindings=())
    loaded = cast("Any", SimpleNamespace(acceptances=there, program=program, root=Path()))

    found, _ = accepted_and_drafted(loaded, Vocabulary(facts=FACTS, registers=(REGISTER,)), every[0])

    assert found[: len(there)] == there
    assert [one.release for one in found[len(there) :]] == drafted
