"""Two updates of the small schedule, a week apart, of which a test changes one place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from gonogo.collectors.program.schedule.updates.update_collectors import ComparisonCollector
from gonogo.plugin.spec import Answer
from gonogo.testing.jobs import answers_of, job_of

NOW = datetime(2027, 4, 23, 16, 0, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def later(project: dict[str, Any]) -> dict[str, Any]:
    """The same schedule a week later: Develop is done as it was forecast."""
    tree = copy.deepcopy(project)
    tree["StatusDate"] = "2027-04-22T08:00:00"
    for row in tree["Tasks"]["Task"]:
        if row["UID"] == 3:
            row.update(PercentComplete=100, ActualFinish="2027-04-21T17:00:00")
    return tree


@pytest.fixture
def compare(mspdi: Callable[..., bytes]) -> Callable[..., dict[str, Answer]]:
    """Compare two trees."""

    def collect(before: Any, after: Any, **settings: Any) -> dict[str, Answer]:
        files = {"before": ("week15.xml", mspdi(before)), "after": ("week16.xml", mspdi(after))}
        return answers_of(
            ComparisonCollector(), job_of(files, now=NOW, go_live=GO_LIVE), {"golive": {"wbs": "GL1000"}} | settings
        )

    return collect
