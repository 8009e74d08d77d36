"""What k6 says against its own test stands beside the figures: failed thresholds, worse parts, dropped iterations."""

import pytest
from tests.collectors.system.load.test_load import k6, summary

ALL = ("error_ratio", "p95_ms", "peak_load_factor")


def beside(**more):
    """Return what stands beside each figure of a k6 summary; one text, because it is the same for all."""
    found = summary(k6(**more), forecast_peak={"requests_per_second": "0.5"})
    texts = {found[name].where for name in ALL}
    assert len(texts) == 1
    return texts.pop()


@pytest.mark.parametrize(
    ("thresholds", "named"),
    [
        ({"rate<0.01": {"ok": False}}, True),
        ({"rate<0.01": {"ok": True}}, False),
        ({"rate<0.01": True}, True),
        ({"rate<0.01": False}, False),
        ({}, False),
    ],
)
def test_a_threshold_that_was_not_met_is_named(thresholds, named):
    """``handleSummary`` says ok, and ``--summary-export`` says true for a threshold that failed."""
    text = beside(iteration_duration={"values": {"avg": 1}, "thresholds": thresholds})

    assert text == (
        "summary.json: thresholds of the test that were not met: iteration_duration rate<0.01" if named else ""
    )


@pytest.mark.parametrize(("failed", "named"), [(1, False), (2, False), (3, True)])
def test_a_part_of_the_requests_that_failed_more_often_is_named(failed, named):
    """The whole test has two of a thousand; a group of requests may hide in it."""
    part = {"values": {"passes": failed, "fails": 1000 - failed}}
    text = beside(**{"http_req_failed{group:::pay}": part})

    assert ("more requests failed than in the whole test: http_req_failed{group:::pay} 0.3%" in text) is named


@pytest.mark.parametrize(("count", "named"), [(0, False), (1, True), (900_000, True)])
def test_iterations_that_were_dropped_are_named(count, named):
    """The load that was meant was not offered."""
    text = beside(dropped_iterations={"values": {"count": count, "rate": 1.5}})

    assert (f"{count:,} iterations were dropped, so less load was offered" in text) is named
    assert ("9" in beside(dropped_iterations={"count": 9}, nested=False)) is True


def test_three_are_named_and_the_rest_is_counted():
    """A script may have a hundred thresholds."""
    text = beside(**{f"m{n}": {"values": {}, "thresholds": {"x": {"ok": False}}} for n in range(5)})

    assert text.endswith("were not met: m0 x, m1 x, m2 x and 2 more")


@pytest.mark.parametrize("odd", [{"values": {"passes": "1", "fails": 0}}, {"values": {"passes": 0, "fails": 0}}, {}])
def test_a_part_without_figures_is_not_named(odd):
    """There is no share to compare."""
    assert beside(**{"http_req_failed{group:::pay}": odd}) == ""
