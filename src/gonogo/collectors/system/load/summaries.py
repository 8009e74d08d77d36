"""Tests that a tool only sums up: k6's end-of-test summary, and Gatling's statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from gonogo.collectors.system.load.k6_trouble import trouble_of_k6
from gonogo.collectors.system.load.load_test import LoadTest
from gonogo.documents.json_object import JsonObject
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

_NOT_SAID: Final = "Gatling's third percentile is the 95th only if gatling.conf says so; confirm it: percentile3: 95"


def read_k6(document: JsonObject) -> LoadTest:
    """Return the test that a k6 summary sums up, from ``--summary-export`` or from ``handleSummary``.

    The rate ``http_req_failed`` is true for a request that failed, so its *passes* are the failures.

    Raises:
        StructuralFault: No request, or figures that contradict each other.
    """
    metrics = document.object("metrics")
    if metrics is None:
        raise StructuralFault(f"{document.place} holds no metrics, so it is no summary of k6")
    failures, times, count = (_values(metrics, name) for name in ("http_req_failed", "http_req_duration", "http_reqs"))
    failed, fine = _count(failures, "passes"), _count(failures, "fails")
    if failed + fine == 0:
        raise StructuralFault(f"{document.place} counts no request, so nothing was tried", GapReason.MISSING)
    said = failures.decimal("value") if failures.has("value") else failures.decimal("rate")
    if said is not None and abs(said - Decimal(failed) / (failed + fine)) > Decimal("0.000001"):
        raise StructuralFault(f"{failures.place} gives a rate that its counts do not")
    if _count(count, "count") != failed + fine:
        raise StructuralFault(f"{document.place} counts requests in two ways, and they differ")
    _check_rate(document, count)
    p95, rate = times.decimal("p(95)"), count.decimal("rate")
    shares = [(failed, failed + fine)]
    if metrics.object("checks") is not None:  # what a script found wrong in answers that came; passes are passes here
        checks = _values(metrics, "checks")
        shares += [(_count(checks, "fails"), _count(checks, "fails") + _count(checks, "passes"))]
    else:
        shares += [_checks(document)]
    for part in _scenarios(metrics, "http_req_failed"):
        shares.append((_count(part, "passes"), _count(part, "passes") + _count(part, "fails")))
    slow = [each for part in _scenarios(metrics, "http_req_duration") if (each := part.decimal("p(95)")) is not None]
    p95 = max([p95, *slow]) if p95 is not None else None
    return LoadTest(
        requests=failed + fine,
        failed=failed,
        worst=max((share for share in shares if share[1]), key=lambda share: Fraction(*share)),
        p95_ms=None if p95 is None else _positive(p95, times.place),
        no_p95="" if p95 is not None else f"{document.place} has no p(95); add it to summaryTrendStats",
        rate=None if rate is None else _positive(rate, count.place),
        trouble=trouble_of_k6(metrics),
    )


def _scenarios(metrics: JsonObject, name: str) -> Iterator[JsonObject]:
    """Yield what a metric says of each scenario that has a threshold: a smoke run beside the peak makes both look well.

    Args:
        metrics: Of the summary.
        name: Of the metric.
    """
    for key in metrics.values:
        if key.startswith(f"{name}{{") and re.search(r"[{,]\s*scenario:", key):
            yield _values(metrics, key)


def _checks(document: JsonObject) -> tuple[int, int]:
    """Return how many checks of the groups failed, and how many there were; a summary may leave out their metric."""
    group = document.object("root_group")
    failed, whole = 0, 0
    groups = [group] if group else []
    while groups:
        group = groups.pop()
        for check in _members(group, "checks"):
            failed += _count(check, "fails")
            whole += _count(check, "fails") + _count(check, "passes")
        groups += _members(group, "groups")
    return failed, whole


def _members(group: JsonObject, key: str) -> list[JsonObject]:
    """Return the objects of a list, or of an object by name, as ``--summary-export`` writes it."""
    if not isinstance(group.values.get(key), dict):
        return list(group.objects(key))
    named = group.object(key)
    return [one for one in map(named.object, named.values) if one] if named else []


def _check_rate(document: JsonObject, count: JsonObject) -> None:
    """Refuse a rate that count and duration do not give, where the summary has all three."""
    state = document.object("state")
    took, rate = state.decimal("testRunDurationMs") if state else None, count.decimal("rate")
    if (
        took
        and rate is not None
        and abs(rate * took / 1000 - _count(count, "count")) > _count(count, "count") / Decimal(50)
    ):
        raise StructuralFault(f"{count.place} gives a rate that its count and the duration do not")


def read_gatling(document: JsonObject, percentile3: int | None) -> LoadTest:
    """Return the test that Gatling's ``global_stats.json`` or ``stats.json`` sums up.

    Raises:
        StructuralFault: No request, those of a part only, or figures that contradict each other.
    """
    figures = document.object("stats") or document
    if document.text("type") == "REQUEST" or document.text("path"):
        raise StructuralFault(f"{document.place} is about a part of the requests; bind js/global_stats.json")
    counts = _gatling_counts(figures)
    if counts["total"] != counts["ok"] + counts["ko"]:
        raise StructuralFault(f"{document.place}: ok and ko do not add up to the total")
    if document.object("contents"):
        parts = [_gatling_counts(stats) for stats in _requests_of_gatling(document)]
        if parts and any(sum(part[kind] for part in parts) != counts[kind] for kind in counts):
            raise StructuralFault(f"{document.place}: its requests do not add up to its total")
    if not counts["total"]:
        raise StructuralFault(f"{document.place} counts no request, so nothing was tried", GapReason.MISSING)
    p95 = _positive(_number(figures, "percentiles3", "total"), document.place) if percentile3 == 95 else None
    return LoadTest(
        requests=int(counts["total"]),
        failed=int(counts["ko"]),
        p95_ms=p95,
        no_p95="" if p95 is not None else _NOT_SAID,
        rate=_positive(_number(figures, "meanNumberOfRequestsPerSecond", "total"), document.place),
    )


def _gatling_counts(figures: JsonObject) -> dict[str, Decimal]:
    return {kind: _number(figures, "numberOfRequests", kind) for kind in ("total", "ok", "ko")}


def _requests_of_gatling(group: JsonObject) -> Iterator[JsonObject]:
    """Yield the statistics of each request below a group, however deep."""
    groups = [group]
    while groups:
        contents = groups.pop().object("contents")
        for part in (contents.object(key) for key in contents.values) if contents else ():
            if part is not None and part.text("type") == "REQUEST":
                yield part.object("stats") or part
            elif part is not None:
                groups.append(part)


def _values(metrics: JsonObject, name: str) -> JsonObject:
    metric = metrics.object(name)
    if metric is None:
        if not any(each.startswith("http_req") and held is not None for each, held in metrics.values.items()):
            raise StructuralFault(f"{metrics.place} has no {name}, so k6 made no HTTP request")
        raise StructuralFault(
            f"{metrics.place} has metrics of requests and no {name}, so it lacks a part of what is read; have k6 write "
            "that metric too"
        )
    return metric.object("values") or metric


def _count(values: JsonObject, key: str) -> int:
    found = values.whole(key)
    if found is None or found < 0:
        raise StructuralFault(f"{values.place}.{key} is no count")
    return found


def _number(figures: JsonObject, name: str, kind: str) -> Decimal:
    """Return a figure of Gatling, which older versions write as text."""
    group = figures.object(name)
    value = group.values.get(kind) if group else None
    if isinstance(value, str) and value.replace(".", "", 1).isdecimal() and value.isascii() and len(value) <= 20:
        value = Decimal(value)
    if not isinstance(value, Decimal) or value < 0:
        raise StructuralFault(f"{figures.place}.{name}.{kind} is no figure")
    if name == "numberOfRequests" and value != int(value):
        raise StructuralFault(f"{figures.place}.{name}.{kind} is not a whole number")
    return value


def _positive(value: Decimal, place: str) -> Fraction:
    if value < 0:
        raise StructuralFault(f"{place} has a figure below 0")
    return Fraction(value)
