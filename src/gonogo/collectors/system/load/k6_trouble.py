"""What a k6 summary says against its own test that no figure counts: thresholds that failed, load that was not offered.

They are named with the figures. Which of them matter is a person's judgement: a script sets its thresholds itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from gonogo.documents.json_object import JsonObject

_NAMED: Final = 3
_LONGEST: Final = 80
_FAILURES: Final = "http_req_failed{"


def trouble_of_k6(metrics: JsonObject) -> str:
    """Return what the metrics of a summary say against the test, for the end of a sentence; empty for nothing.

    Args:
        metrics: Of the summary.
    """
    parts = []
    crossed = list(_crossed(metrics))
    if crossed:
        parts.append(f"thresholds of the test that were not met: {_listed(crossed)}")
    worse = list(_worse_parts(metrics))
    if worse:
        parts.append(f"parts in which more requests failed than in the whole test: {_listed(worse)}")
    dropped = _figure(metrics, "dropped_iterations", "count")
    if dropped:
        parts.append(f"{dropped:,f} iterations were dropped, so less load was offered than the test meant to")
    return "; ".join(parts)


def _crossed(metrics: JsonObject) -> Iterator[str]:
    """Yield each threshold that failed: ``handleSummary`` writes ``ok``, and ``--summary-export`` true for failed."""
    for name, metric in metrics.values.items():
        thresholds = metric.get("thresholds") if isinstance(metric, dict) else None
        for rule, state in thresholds.items() if isinstance(thresholds, dict) else ():
            if state is True or (isinstance(state, dict) and state.get("ok") is False):
                yield f"{name} {rule}"


def _worse_parts(metrics: JsonObject) -> Iterator[str]:
    """Yield each part of the requests, by its tags, of which a larger share failed than of all."""
    whole = _rate(metrics.values.get("http_req_failed"))
    for name, metric in metrics.values.items():
        rate = _rate(metric) if name.startswith(_FAILURES) else None
        if rate is not None and whole is not None and rate > whole:
            yield f"{name} {rate * 100:.1f}%"


def _rate(metric: Any) -> Decimal | None:
    values = metric.get("values", metric) if isinstance(metric, dict) else None
    passes, fails = (values.get(key) for key in ("passes", "fails")) if isinstance(values, dict) else (None, None)
    if not isinstance(passes, Decimal) or not isinstance(fails, Decimal) or passes < 0 or passes + fails <= 0:
        return None
    return passes / (passes + fails)


def _figure(metrics: JsonObject, name: str, key: str) -> Decimal:
    metric = metrics.values.get(name)
    values = metric.get("values", metric) if isinstance(metric, dict) else None
    found = values.get(key) if isinstance(values, dict) else None
    return found if isinstance(found, Decimal) and found > 0 else Decimal(0)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(name[:_LONGEST] for name in names[:_NAMED]) + more
