"""What a criteria document is made of: a small program, its rules and its people, read once."""

from datetime import UTC, datetime

import pytest
from tests.governance.conftest import written

from gonogo.paper.criteria_paper import Agreed
from gonogo.workflow.criteria_document import agreed_criteria

NOON = datetime(2027, 2, 1, 17, tzinfo=UTC)


@pytest.fixture(scope="session")
def agreed(tmp_path_factory) -> Agreed:
    """A program that is not locked. Nobody writes to it."""
    return agreed_criteria(written(tmp_path_factory.mktemp("paper") / "small").root, now=NOON)
