"""Load tests: what failed, how slow it was, and which load was held for how long."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

import pytest

from gonogo.collectors.system.load import LoadCollector
from gonogo.collectors.system.load.load_test import Minute, held, longest_at, percentile_95
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

HEADER = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads"
BEGAN = 1_808_000_040_000
"""2027-04-17T22:14:00Z: the first millisecond of a minute."""
MINUTE = 60_000


def sample(
    at: int, took: int = 100, label: str = "pay", good: str = "true", users: int = 5, message: str = "OK"
) -> str:
    return f"{BEGAN + at},{took},{label},200,{message},t-1,{good},{users}"


def jtl(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def steady(minutes: int, each: int = 60, **more) -> list[str]:
    """Return samples of ``minutes`` whole minutes, with a minute of ramp before and after."""
    body = [
        sample(MINUTE * minute + 1000 * n * 60 // each, **more) for minute in range(1, minutes + 1) for n in range(each)
    ]
    return [sample(0), *body, sample(MINUTE * (minutes + 1))]


def xml(*samples: str) -> bytes:
    return f'<?xml version="1.0"?><testResults version="1.2">{"".join(samples)}</testResults>'.encode()


def k6(
    *,
    failed: int = 2,
    fine: int = 998,
    p95="215.9542",
    rate: float | None = None,
    minutes: int = 20,
    nested=True,
    **more,
):
    count = failed + fine
    rate = count / minutes / 60 if rate is None else rate
    metrics = {
        "http_req_failed": {
            "passes": failed,
            "fails": fine,
            "rate" if nested else "value": failed / count if count else 0,
        },
        "http_req_duration": {"avg": 1.5, **({} if p95 is None else {"p(95)": float(p95)})},
        "http_reqs": {"count": count, "rate": rate},
    }
    if nested:
        metrics = {name: {"type": "x", "values": values} for name, values in metrics.items()}
    state = {"state": {"testRunDurationMs": minutes * 60_000}} if nested else {}
    return json.dumps({"root_group": {}, "metrics": metrics | more, **state}).encode()


def gatling(*, ok=998, ko=2, total=1000, p95=216, rate=2.0, text: bool = False) -> bytes:
    def three(value):
        return {"total": str(value) if text else value, "ok": 1, "ko": "-"}

    requests = {"total": total, "ok": ok, "ko": ko}
    requests = {kind: str(count) for kind, count in requests.items()} if text else requests
    return json.dumps(
        {
            "name": "All Requests",
            "numberOfRequests": requests,
            "percentiles3": three(p95),
            "meanNumberOfRequestsPerSecond": three(rate),
        }
    ).encode()


def read(data: bytes, name: str = "results.jtl", *, as_of=None, **settings):
    return answers_of(LoadCollector(), job_of({"file": (name, data)}, as_of=as_of), settings)


def summary(data: bytes, **settings):
    return read(data, "summary.json", as_of=SAMPLE_NOW, **settings)


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.load"
    files: ClassVar = {"file": ("results.jtl", jtl(sample(0), sample(900, good="false")))}


class TestPercentile:
    @pytest.mark.parametrize(
        ("times", "expected"),
        [
            ([], None),
            ([7], 7),
            (range(1, 11), 10),
            (range(1, 21), 19),
            (range(1, 101), 95),
            ([1] * 95 + [9] * 5, 1),
            ([1] * 94 + [9] * 6, 9),
        ],
    )
    def test_it_is_the_smallest_that_95_of_100_did_not_exceed(self, times, expected):
        """No value between two requests is made up."""
        assert percentile_95(Counter(times)) == expected


class TestHeldLoad:
    COUNTS: ClassVar = [9, 5, 8, 7, 6, 2, 9, 30]

    def minutes(self):
        return {number: Minute(requests=count, users=count) for number, count in enumerate(self.COUNTS)}

    @pytest.mark.parametrize(("at_least", "expected"), [(1, 9), (2, 7), (3, 6), (4, 5), (5, 2), (6, 2), (7, 0)])
    def test_every_minute_of_the_run_has_it_and_the_ends_are_not_whole(self, at_least, expected):
        """A peak of one second is no load that was held."""
        assert held(self.minutes(), "requests", at_least) == expected

    @pytest.mark.parametrize(("least", "expected"), [(5, 4), (6, 3), (7, 2), (9, 1), (10, 0)])
    def test_the_longest_time_at_a_load(self, least, expected):
        """Below, at and above it."""
        assert longest_at(self.minutes(), "users", Fraction(least)) == expected

    def test_a_minute_without_a_request_breaks_the_run(self):
        """A test that stopped and began again did not hold its load."""
        gaps = {0: Minute(5), 1: Minute(5), 2: Minute(5), 4: Minute(5), 5: Minute(5), 6: Minute(5)}

        assert [held(gaps, "requests", 2), held(gaps, "requests", 3), held({}, "requests", 1)] == [5, 0, 0]


class TestJMeter:
    def test_the_figures_of_a_test(self):
        """Counted by hand: 12 minutes of 60 requests, and one at each end."""
        peak = {"requests_per_second": "0.8"}
        answers = read(jtl(*steady(12)), forecast_peak=peak)

        assert (answers["error_ratio"].part, answers["error_ratio"].whole) == (0, 722)
        assert answers["p95_ms"].value == 100
        assert answers["peak_load_factor"].value == Decimal("1.25")
        assert answers["duration_minutes"].value == 12
        assert answers["error_ratio"].as_of == datetime(2027, 4, 17, 22, 27, tzinfo=UTC)

    @pytest.mark.parametrize(("minutes", "factor"), [(9, "0"), (10, "1.25"), (11, "1.25")])
    def test_a_load_counts_if_it_was_held_long_enough(self, minutes, factor):
        """Below, at and above the ten minutes."""
        answers = read(jtl(*steady(minutes)), forecast_peak={"requests_per_second": "0.8"})

        assert answers["peak_load_factor"].value == Decimal(factor)

    def test_users_are_a_measure_too(self):
        """Many forecasts speak of users at once."""
        answers = read(jtl(*steady(10, users=300)), forecast_peak={"users": 200})

        assert [answers["peak_load_factor"].value, answers["duration_minutes"].value] == [Decimal("1.5"), 10]

    def test_the_most_users_of_a_minute_count(self):
        """They leave one after the other at its end."""
        rows = steady(10, users=300)
        leaving = [row if number % 60 else row.replace(",300", ",1") for number, row in enumerate(rows)]

        assert read(jtl(*leaving), forecast_peak={"users": 200})["peak_load_factor"].value == Decimal("1.5")

    def test_without_a_column_of_users_nobody_knows_how_many_there_were(self):
        """That none were there is no finding about the system."""
        rows = [row.rpartition(",")[0] for row in steady(10)]
        answers = read(jtl(*rows, header=HEADER.rpartition(",")[0]), forecast_peak={"users": 200})

        assert "does not say how many users" in answers["peak_load_factor"].detail

    def test_a_test_ends_when_its_last_answer_has_come(self):
        """A request that takes minutes is part of it."""
        answers = read(jtl(sample(0, took=5 * MINUTE), sample(1000)))

        assert answers["error_ratio"].as_of == datetime(2027, 4, 17, 22, 19, tzinfo=UTC)

    def test_what_sums_up_a_transaction_is_no_request(self):
        """It would dilute the failures, and be counted for slow."""
        message = "Number of samples in transaction : 1 number of failing samples : 1"
        answers = read(jtl(sample(0, good="false"), sample(0, took=9000, good="true", message=message)))

        assert (answers["error_ratio"].part, answers["error_ratio"].whole) == (1, 1)
        assert answers["p95_ms"].value == 100

    def test_key_transactions_are_the_ones_whose_times_count(self):
        """A thousand fast pings hide a slow payment."""
        rows = [sample(0, took=5, label="ping")] * 99 + [sample(0, took=4000)]

        assert read(jtl(*rows))["p95_ms"].value == 5
        assert read(jtl(*rows), key_transactions=["pay"])["p95_ms"].value == 4000
        missing = read(jtl(*rows), key_transactions=["pay", "close"])["p95_ms"]
        assert "no sample of the key transaction 'close'" in missing.detail

    @pytest.mark.parametrize(
        ("failed", "share"), [(0, (1, 1003)), (1, (1, 3)), (3, (3, 3))], ids=["less than the whole", "more", "all"]
    )
    def test_many_other_requests_do_not_hide_a_key_transaction_that_fails(self, failed, share):
        """Payments that all fail at once are fast, and one in a hundred among pings."""
        pays = [sample(at, good="false" if at < failed else "true") for at in range(3)]
        pings = [sample(9, label="ping")] * 999 + [sample(9, label="ping", good="true" if failed else "false")]
        rows = jtl(*pays, *pings)

        found = read(rows, key_transactions=["pay"])["error_ratio"]

        assert (found.part, found.whole) == share
        assert read(rows)["error_ratio"].whole == 1003

    def test_xml_counts_the_requests_inside_a_transaction_and_not_the_redirects_inside_a_request(self):
        """The same test as CSV and as XML has the same figures."""

        def request(good, inner=""):
            return f'<httpSample t="120" ts="{BEGAN}" s="{good}" lb="pay" na="3">{inner}</httpSample>'

        inner = request("true", request("true") + request("true")) + request("false")
        data = xml(f'<sample t="900" ts="{BEGAN}" s="false" lb="all">{inner}</sample>', request("true"))
        answers = read(data)

        assert (answers["error_ratio"].part, answers["error_ratio"].whole) == (1, 3)
        assert answers["p95_ms"].value == 120

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (jtl(), "holds no sample"),
            (b"", "no column timeStamp"),
            (jtl(sample(0), header=HEADER.replace("success", "ok")), "no column success"),
            (jtl(sample(0), sample(1)[:30]), "fields and the header"),
            (jtl(sample(0), sample(1) + ",more"), "fields and the header"),
            (jtl(sample(0) + ",false", header=HEADER + ",success"), "no column success"),
            (jtl(sample(0, good="")), "neither true nor false"),
            (jtl(sample(0, good="1")), "neither true nor false"),
            (jtl(sample(0).replace(str(BEGAN), "2027/04/17 22:14:00.000")), "timestamp_format=ms"),
            (jtl(sample(0, took=-1)), "not a number of milliseconds"),
            (jtl(sample(0), sample(32 * 1440 * MINUTE)), "more than 31 days"),
            (xml("<httpSample t='1'/>"), "lacks ts, t, lb or s"),
            (xml("<httpSample t='1' ts='")[:-14], "not well-formed"),
            (b"<results/>", "no JTL"),
            (b'<!DOCTYPE x [<!ENTITY a "b">]><testResults/>', "document type"),
        ],
    )
    def test_what_is_no_whole_result_is_refused(self, data, sentence):
        """A file that was cut holds fewer failures."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data)

    def test_a_test_that_ends_after_the_assessment_is_refused(self):
        """A wrong clock keeps it fresh."""
        with pytest.raises(CollectorRefusal, match="after the assessment"):
            read(jtl(sample(3 * 1440 * MINUTE)))


class TestSummaries:
    @pytest.mark.parametrize(("wrong", "share"), [(0, (2, 1000)), (1, (2, 1000)), (900, (900, 1000))])
    def test_checks_of_k6_that_fail_more_often_than_requests_are_the_failures(self, wrong, share):
        """An answer with status 200 and an error page in it is a request that k6 does not count as failed."""
        checks = {"type": "rate", "values": {"passes": 1000 - wrong, "fails": wrong, "rate": 1 - wrong / 1000}}
        found = summary(k6(checks=checks))["error_ratio"]

        assert (found.part, found.whole) == share

    @pytest.mark.parametrize("nested", [True, False])
    def test_k6_passes_of_http_req_failed_are_the_failures(self, nested):
        """Its rate is true for a request that failed."""
        answers = summary(k6(nested=nested), forecast_peak={"requests_per_second": "0.5"})

        assert (answers["error_ratio"].part, answers["error_ratio"].whole) == (2, 1000)
        assert answers["p95_ms"].value == Decimal("215.955")
        assert answers["peak_load_factor"].value == Decimal("1.666")
        assert answers["duration_minutes"].gap is GapReason.NOT_PROVABLE

    @pytest.mark.parametrize("text", [True, False])
    def test_gatling_counts_and_its_percentile_only_as_the_95th(self, text):
        """Which percentile the third is, its configuration says."""
        answers = summary(gatling(text=text))

        assert (answers["error_ratio"].part, answers["error_ratio"].whole) == (2, 1000)
        assert "percentile3: 95" in answers["p95_ms"].detail
        assert summary(gatling(text=text), percentile3=95)["p95_ms"].value == 216

    @pytest.mark.parametrize(("minutes", "held_minutes", "known"), [(19, 20, False), (20, 20, True), (21, 20, True)])
    def test_a_test_shorter_than_the_time_to_hold_proves_no_load(self, minutes, held_minutes, known):
        """Below, at and above."""
        peak = {"requests_per_second": "1"}
        answer = summary(k6(minutes=minutes), forecast_peak=peak, held_minutes=held_minutes)["peak_load_factor"]

        assert (answer.gap is None) is known

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (k6(failed=0, fine=0), "nothing was tried"),
            (k6(http_reqs={"values": {"count": 900, "rate": 0.83}}), "in two ways"),
            (k6(http_req_failed={"values": {"passes": 2, "fails": 998, "rate": 0.5}}), "gives a rate that its counts"),
            (
                k6(http_req_failed={"values": {"passes": 2, "fails": 998, "rate": 0.0021}}),
                "gives a rate that its counts",
            ),
            (k6(rate=9.0), "its count and the duration"),
            (k6(rate=0.86), "its count and the duration"),
            (k6(http_req_failed=None, http_reqs=None, http_req_duration=None), "made no HTTP request"),
            (k6(http_reqs=None), "has metrics of requests and no http_reqs"),
            (k6(http_req_failed=None), "has metrics of requests and no http_req_failed"),
            (k6(http_req_duration=None), "has metrics of requests and no http_req_duration"),
            (k6(http_req_failed={"values": {"passes": -1, "fails": 1001}}), "is no count"),
            (gatling(ok=999), "do not add up"),
            (gatling(ok=990), "do not add up"),
            (gatling(total=0, ok=0, ko=0), "nothing was tried"),
            (gatling(ko="-", ok=1000), "is no figure"),
            (b"var stats = {", "global_stats.json"),
            (b"{}", "is no figure"),
        ],
    )
    def test_figures_that_contradict_each_other_are_refused(self, data, sentence):
        """One of them is wrong, and nobody knows which."""
        with pytest.raises(CollectorRefusal, match=sentence):
            summary(data)

    def test_a_second_less_than_the_time_to_hold_is_too_short(self):
        """Twenty minutes are 1,200 seconds."""
        peak = {"requests_per_second": "0.5"}
        short = summary(k6(minutes=1199 / 60), forecast_peak=peak, held_minutes=20)["peak_load_factor"]

        assert "took 1199 seconds" in short.detail

    def test_a_summary_without_the_percentile_or_the_rate_leaves_only_that_unknown(self):
        """The failures are still counted."""
        answers = summary(k6(p95=None))

        assert "summaryTrendStats" in answers["p95_ms"].detail
        assert answers["error_ratio"].part == 2

    def test_a_summary_tells_no_transactions_apart_and_needs_a_date(self):
        """The binding asks for what it cannot give."""
        with pytest.raises(CollectorRefusal, match="tells no transactions apart"):
            summary(k6(), key_transactions=["pay"])
        with pytest.raises(CollectorRefusal, match="does not say when"):
            read(k6(), "summary.json")


class TestSettings:
    @pytest.mark.parametrize("peak", [{}, {"requests_per_second": "1", "users": 5}, {"requests_per_second": "0.0"}])
    def test_a_forecast_has_one_measure(self, peak):
        """Which of two counts, nobody could say."""
        from gonogo.plugin.spec import SettingsRefusal

        collector = LoadCollector()
        with pytest.raises(SettingsRefusal):
            collector.declare(collector.settings.model_validate({"forecast_peak": peak}))

    def test_without_a_forecast_nothing_is_said_of_the_load(self):
        """It is a share of something."""
        answers = read(jtl(*steady(10)))

        assert {answers[name].gap for name in ("peak_load_factor", "duration_minutes")} == {GapReason.MISSING}
