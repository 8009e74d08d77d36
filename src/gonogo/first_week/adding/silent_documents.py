"""Documents that say when they held in one tool and not in the next: SARIF of Semgrep, a bill without a timestamp."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from gonogo.first_week.adding.told_figures import UNSAID_YEAR
from gonogo.model.program import AsOf, AsOfRule, Binding
from gonogo.model.reply import Reply

WHEN: Final = "When did its content hold? The file does not say; say it with --held DAY when you confirm it."
_NOBODY = AsOf(rule=AsOfRule.SAID, at=datetime(UNSAID_YEAR, 1, 1, tzinfo=UTC), by="nobody has said when it held")


def read_undated(binding: Binding, reply: Reply | str, read: Callable[[Binding], Reply | str]) -> Reply | None:
    """Return what a document gives once a person has said when it held; None where it says so itself, or gives nothing.

    Args:
        binding: The binding, by which the document says when.
        reply: What is read by it.
        read: Reads by another binding.
    """
    if isinstance(reply, str) or reply.failure is not None or any(item.gap is None for item in reply.items):
        return None
    if not all(entry.as_of.rule is AsOfRule.DOCUMENT for entry in binding.inputs):
        return None
    inputs = tuple(entry.model_copy(update={"as_of": _NOBODY}) for entry in binding.inputs)
    dated = read(binding.model_copy(update={"inputs": inputs}))
    return dated if isinstance(dated, Reply) and any(item.gap is None for item in dated.items) else None
