"""What a binding answers whose settings differ from what the rules pin: nothing that counts."""

from datetime import UTC, datetime

import pytest

from gonogo.core.pinned_settings import without_disagreeing
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, GapReason, Source
from gonogo.model.fact import FactType

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
WRONG = {"log": "The binding log says high_score: 16 where the rules pin 15."}


def evidence(*bindings):
    first, *others = (
        Evidence(
            fact="risks.high", type=FactType.INTEGER, value=0, as_of=NOW, basis=Basis.MEASURED,
            source=Source(binding=name, locator=f"{name}.csv, row 2"),
        )
        for name in bindings
    )  # fmt: skip
    return EvidenceSet(evidence=(first.model_copy(update={"agreeing": tuple(others)}) if others else first,))


@pytest.mark.parametrize(
    ("bindings", "believed"),
    [(("other",), True), (("log",), False), (("other", "log"), False), (("log", "other"), False)],
)
def test_a_fact_is_a_gap_if_any_of_its_sources_reads_by_another_setting(bindings, believed):
    """A second source that agrees does not say which of the two meant what the rules mean."""
    found = without_disagreeing(evidence(*bindings), WRONG)["risks.high"]

    assert isinstance(found, Evidence) is believed
    if not isinstance(found, Evidence):
        assert (found.reason, found.binding) == (GapReason.NOT_PROVABLE, "log")
        assert found.detail.startswith(WRONG["log"])
