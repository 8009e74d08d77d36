"""The table collector over an example of a profile, as a binding that names the profile reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.ready_table import ready

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.plugin.spec import Answer
from gonogo.profiles.expanding import expanded
from gonogo.profiles.profile import Profile
from gonogo.testing.jobs import answers_of, job_of

NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
HELD = datetime(2027, 4, 18, 20, 0, tzinfo=UTC)


def read(
    profile: Profile,
    name: str,
    data: bytes,
    prefix: str | None,
    *,
    answers: Mapping[str, Sequence[str]] | None = None,
    own: Mapping[str, Any] | None = None,
    now: datetime = NOW,
) -> dict[str, Answer]:
    """Return what a binding of the profile answers for a file."""
    made = expanded(profile, prefix=prefix, answers=answers, own=own).settings
    settings = TableSettings.model_validate_json(json.dumps(made))
    sql = any(fact.sql is not None for fact in settings.facts.values())
    with ready(sql=sql):
        return answers_of(
            TableCollector(),
            job_of({"file": (name, data)}, now=now, go_live=NOW + timedelta(days=14), as_of=HELD),
            settings,
        )


def said(answer: Answer) -> str:
    """Return an answer as an example of a profile writes it: ``3``, ``7 of 9``, ``gap``."""
    if answer.gap is not None:
        return "gap"
    return f"{answer.part} of {answer.whole}" if answer.whole is not None else str(answer.value)
