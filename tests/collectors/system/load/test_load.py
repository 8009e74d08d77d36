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
    at: int,
    took: int = 100,
    label: str = "pay",
    good: str = "true",
    users: int = 5,
    message: str = "OK",
    thread: str | int = 1,
) -> str:
    return f"{BEGAN + at},{took},{label},200,{message},t-{thread},{good},{users}"


def several(count: int, at: int = 0, **more) -> list[str]:
    """Return that many requests at one moment, each of another thread."""
    return [sample(at, thread=number, **more) for number in range(count)]


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
        rows = [*several(99, took=5, label="ping"), sample(0, took=4000)]

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
        pings = [*several(999, 9, label="ping"), sample(11, label="ping", good="true" if failed else "false")]
        rows = jtl(*pays, *pings)

        found = read(rows, key_transactions=["pay"])["error_ratio"]

        assert (found.part, found.whole) == share
        assert read(rows)["error_ratio"].whole == 1003

    def test_xml_counts_the_requests_inside_a_transaction_and_not_the_redirects_inside_a_request(self):
        """The same test as CSV and as XML has the same figures."""

        def request(good, inner="", at=0):
            return f'<httpSample t="120" ts="{BEGAN + at}" s="{good}" lb="pay" na="3" tn="t-1">{inner}</httpSample>'

        inner = request("true", request("true") + request("true")) + request("false", at=120)
        data = xml(
            f'<sample t="900" ts="{BEGAN}" s="false" lb="all" rm="" tn="t-1">{inner}</sample>', request("true", at=900)
        )
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
            (jtl(sample(0) + ",false", header=HEADER + ",success"), "the column success twice"),
            (jtl(sample(0) + ",1,1", header=HEADER + ",SampleCount,SampleCount"), "the column SampleCount twice"),
            (jtl(sample(0), header=HEADER.replace("responseMessage", "message")), "no column responseMessage"),
            (jtl(sample(0, thread="")[::-1].replace("-t", "", 1)[::-1]), "which thread sent it"),
            (jtl(sample(0, good="")), "neither true nor false"),
            (jtl(sample(0, good="1")), "neither true nor false"),
            (jtl(sample(0).replace(str(BEGAN), "2027/04/17 22:14:00.000")), "timestamp_format=ms"),
            (jtl(sample(0, took=-1)), "not a number of milliseconds"),
            (jtl(sample(0) + ",", header=HEADER + ",IdleTime"), "the idle time is not a number"),
            (jtl(sample(0)[:-1]), "the number of users is none"),
            (jtl(sample(0), sample(32 * 1440 * MINUTE)), "more than 31 days"),
            (xml("<httpSample t='1'/>"), "lacks ts, t, lb or s"),
            (
                xml(f"<sample t='1' ts='{BEGAN}' lb='a' s='true' tn='t-1'/>"),
                "save JMeter's results with response_message",
            ),
            (xml(f"<httpSample t='1' ts='{BEGAN}' lb='a' s='true'/>"), "which thread sent it"),
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


def summed(at: int, said: int, failing: int, took: int = 3000, **more) -> str:
    """Return what a transaction controller writes."""
    message = f'"Number of samples in transaction : {said}, number of failing samples : {failing}"'
    return sample(at, took=took, label="close", good="false" if failing else "true", message=message, **more)


class TestTransactions:
    def test_a_transaction_whose_requests_are_not_in_the_file_stands_for_them(self):
        """JMeter writes it alone where a controller generates a parent sample; what failed in it is nowhere else."""
        answers = read(jtl(sample(0), summed(200, 5, 4), summed(4000, 5, 0, thread=2)), key_transactions=["close"])

        assert (answers["error_ratio"].part, answers["error_ratio"].whole) == (4, 10)
        assert answers["p95_ms"].value == 3000
        whole = read(jtl(sample(0), summed(200, 5, 4), summed(4000, 5, 0, thread=2)))["error_ratio"]
        assert (whole.part, whole.whole) == (4, 11)

    @pytest.mark.parametrize(("failing", "known"), [(0, True), (1, True), (2, False)])
    def test_a_transaction_of_which_more_failed_than_the_file_shows_is_refused(self, failing, known):
        """Below, at and above what its requests in the file show."""
        rows = jtl(sample(10), sample(200, good="false"), summed(0, 3, failing))

        if not known:
            with pytest.raises(CollectorRefusal, match="says that 2 of its requests failed, and the file shows fewer"):
                read(rows)
        else:
            assert (read(rows)["error_ratio"].part, read(rows)["error_ratio"].whole) == (1, 2)

    def test_a_transaction_that_failed_as_a_whole_is_no_transaction_that_went_well(self):
        """It says so by its success where no request of its own failed."""
        rows = summed(0, 3, 0).replace(",true,", ",false,")

        assert read(jtl(rows))["error_ratio"].part == 1
        with pytest.raises(CollectorRefusal, match="says that 1 of its requests failed"):
            read(jtl(sample(10), rows))

    @pytest.mark.parametrize(("at", "whole"), [(-51, 4), (-50, 1), (3000, 1), (3001, 4)])
    def test_requests_of_a_transaction_begin_while_it_lasts(self, at, whole):
        """Below, at and above both ends; the clocks of the two may differ a little."""
        rows = jtl(sample(at, took=1), summed(0, 3, 0))

        assert read(rows)["error_ratio"].whole == whole

    @pytest.mark.parametrize(("idle", "whole"), [("5999", 4), ("6000", 1), ("-1", 4)])
    def test_pauses_of_a_transaction_are_beside_what_it_took(self, idle, whole):
        """Below and at the moment when its request begins; clocks that differ make a pause of less than nothing."""
        rows = jtl(f"{sample(9000, took=1)},0", f"{summed(0, 3, 0)},{idle}", header=HEADER + ",IdleTime")

        assert read(rows)["error_ratio"].whole == whole

    def test_requests_of_another_thread_are_not_those_of_a_transaction(self):
        """Five hundred users are there at once."""
        assert read(jtl(sample(10, thread=2), summed(0, 3, 2)))["error_ratio"].part == 2

    def test_a_transaction_around_another_does_not_count_its_requests_again(self):
        """The inner one stands for its requests, in whichever order they are written."""
        inner, outer = summed(10, 5, 4, took=500), summed(0, 1, 1)

        for rows in ((inner, outer), (outer, inner)):
            found = read(jtl(*rows))["error_ratio"]
            assert (found.part, found.whole) == (4, 5)

    def test_a_transaction_of_nothing_is_nothing(self):
        """A loop that does not run once writes one."""
        assert read(jtl(sample(9000), summed(0, 0, 0)))["error_ratio"].whole == 1

    @pytest.mark.parametrize(("took", "factor"), [(2 * MINUTE, "0.016"), (100, "0.833")])
    def test_the_requests_of_a_transaction_are_in_its_minute_if_it_does_not_leave_it(self, took, factor):
        """Nobody knows in which minute the requests of a longer one began."""
        rows = [summed(MINUTE * minute, 50, 0, took=took, thread=minute) for minute in range(4)]
        peak = {"requests_per_second": "1"}

        assert read(jtl(*rows), forecast_peak=peak, held_minutes=1)["peak_load_factor"].value == Decimal(factor)

    def test_in_xml_a_transaction_tells_of_the_failures_around_its_requests(self):
        """A sample that failed around requests that did not is a failure of its own."""

        def around(inner, good="false", message=""):
            return f'<sample t="900" ts="{BEGAN}" s="{good}" lb="all" rm="{message}" tn="t-1">{inner}</sample>'

        fine, broken = (
            f'<httpSample t="120" ts="{BEGAN + 9}" s="{good}" lb="pay" tn="t-1"/>' for good in ("true", "false")
        )
        said = "Number of samples in transaction : 1, number of failing samples : 1"

        figures = [
            (read(xml(data))["error_ratio"].part, read(xml(data))["error_ratio"].whole)
            for data in (around(fine), around(broken), around(fine, "true"), around(broken, message=said))
        ]
        assert figures == [(1, 2), (1, 1), (0, 1), (1, 1)]
        with pytest.raises(CollectorRefusal, match="the file shows fewer"):
            read(xml(around(fine, message=said)))
        assert read(xml(around("", message=said)))["error_ratio"].part == 1


class TestOneTestOnce:
    @pytest.mark.parametrize(
        ("count", "errors", "known"),
        [("1", "0", True), ("2", "0", False), ("", "0", False), ("1", "1", False), ("1", "", False)],
    )
    def test_a_row_that_sums_up_several_requests_is_refused(self, count, errors, known):
        """JMeter's mode Statistical writes four hundred failures as one row, with the sum of their times."""
        more = HEADER + ",SampleCount,ErrorCount"
        element = f'<httpSample t="1" ts="{BEGAN}" lb="a" s="true" tn="t" sc="{count}" ec="{errors}"/>'

        for data in (jtl(f"{sample(0)},{count},{errors}", header=more), xml(element)):
            if known:
                assert read(data)["error_ratio"].whole == 1
            else:
                with pytest.raises(CollectorRefusal, match="mode=Standard"):
                    read(data)

    @pytest.mark.parametrize(("pause", "known"), [(14, True), (15, True), (16, False)])
    def test_a_pause_without_a_request_is_the_end_of_a_test(self, pause, known):
        """A smoke run of the next day in the same file makes the failures of the peak look few."""
        rows = jtl(sample(0, good="false"), *several(9, MINUTE * (pause + 1)))

        if known:
            assert read(rows)["error_ratio"].part == 1
        else:
            with pytest.raises(CollectorRefusal, match="no request for 16 minutes, so it holds more than one test"):
                read(rows)

    def test_a_request_that_is_under_way_is_no_pause(self):
        """A batch of half an hour is what some tests are about."""
        assert read(jtl(sample(0, took=40 * MINUTE), sample(50 * MINUTE, thread=2)))["error_ratio"].whole == 2

    @pytest.mark.parametrize(("twins", "known"), [(1, True), (2, True), (3, False)])
    def test_requests_that_are_there_twice_are_refused(self, twins, known):
        """Two listeners on one file, or a file appended to itself, double the load; one in a hundred may be chance."""
        once = [sample(1000 * n) for n in range(200 - twins)]
        rows = jtl(*once, *once[:twins])

        if known:
            assert read(rows)["error_ratio"].whole == 200
        else:
            with pytest.raises(CollectorRefusal, match="has 3 of 200 requests twice, of one thread at one moment"):
                read(rows)

    def test_requests_of_no_time_may_begin_at_one_moment(self):
        """A script answers within the millisecond, twice."""
        assert read(jtl(*[sample(0, took=0)] * 3))["error_ratio"].whole == 3
        with pytest.raises(CollectorRefusal, match="twice"):
            read(jtl(*[sample(0, took=1)] * 3))


class TestSummaries:
    @pytest.mark.parametrize(("wrong", "share"), [(0, (2, 1000)), (1, (2, 1000)), (900, (900, 1000))])
    def test_checks_of_k6_that_fail_more_often_than_requests_are_the_failures(self, wrong, share):
        """An answer with status 200 and an error page in it is a request that k6 does not count as failed."""
        checks = {"type": "rate", "values": {"passes": 1000 - wrong, "fails": wrong, "rate": 1 - wrong / 1000}}
        found = summary(k6(checks=checks))["error_ratio"]

        assert (found.part, found.whole) == share

    @pytest.mark.parametrize(("fails", "share"), [(1, (2, 1000)), (2, (2, 1000)), (3, (3, 1000))])
    @pytest.mark.parametrize("listed", [True, False])
    def test_checks_of_the_groups_of_k6_count_where_their_metric_is_left_out(self, fails, share, listed):
        """Below, at and above the share of requests; the two ways to write a summary differ."""
        pay = {"name": "paid", "passes": 999 - fails, "fails": fails}
        seen = {"name": "seen", "passes": 1, "fails": 0}

        def of(name: str, one: dict) -> list | dict:
            return [one] if listed else {name: one}

        inner = {"name": "pay", "groups": of("none", {"checks": None}), "checks": of("paid", pay)}
        root = {"name": "", "groups": of("pay", inner), "checks": of("seen", seen)}
        found = summary(json.dumps(json.loads(k6(nested=listed)) | {"root_group": root}).encode())["error_ratio"]

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

    @pytest.mark.parametrize(("listed", "known"), [((990, 10), True), ((991, 10), False), ((980, 10), False)])
    def test_requests_of_gatling_add_up_to_the_total(self, listed, known):
        """Requests that the total leaves out, or counts twice, are in none of its figures; a group sums up its own."""
        whole = json.loads(gatling(ok=listed[0], ko=listed[1], total=sum(listed)))
        single = {"type": "REQUEST", "path": "close / pay", "stats": whole}
        group = {"type": "GROUP", "path": "close", "contents": {"req_pay": single}, "stats": json.loads(gatling())}
        stats = json.loads(gatling(ok=990, ko=10))
        data = {"type": "GROUP", "path": "", "stats": stats, "contents": {"group_close": group}}

        if known:
            assert summary(json.dumps(data).encode())["error_ratio"].part == 10
        else:
            with pytest.raises(CollectorRefusal, match="its requests do not add up to its total"):
                summary(json.dumps(data).encode())
        for part in (group, single):
            with pytest.raises(CollectorRefusal, match="is about a part of the requests"):
                summary(json.dumps(part).encode())

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


class TestSmokeRun:
    """A run with few users in the same file made the peak look quick: 900 ms became 100 ms."""

    def peak(self, took: int = 900, users: int = 50, failed: int = 0, each: int = 50, start: int = 0) -> list[str]:
        return [
            sample(start + MINUTE * minute + 1000 * n, took, good=str(n >= failed).lower(), users=users, thread=n % 50)
            for minute in range(1, 11)
            for n in range(each)
        ]

    def smoke(self, users: int = 1, each: int = 2000, minutes: int = 6) -> list[str]:
        return [
            sample(MINUTE * (12 + minute) + 10 * n, 100, users=users, thread="smoke" if users < 2 else n % users)
            for minute in range(minutes)
            for n in range(each)
        ]

    def test_it_makes_nothing_look_better(self):
        """Many quick requests of one user stand beside those of the peak."""
        alone = read(jtl(*self.peak(failed=5)))
        both = read(jtl(*self.peak(failed=5), *self.smoke()))

        assert both["p95_ms"].value == alone["p95_ms"].value == 900
        assert (both["error_ratio"].part, both["error_ratio"].whole) == (50, 500)

    def test_without_the_number_of_users_the_threads_tell(self):
        """The file was saved without allThreads."""
        rows = [row.rpartition(",")[0] for row in (*self.peak(), *self.smoke())]

        answers = read(jtl(*rows, header=HEADER.rpartition(",")[0]))

        assert answers["p95_ms"].value == 900

    @pytest.mark.parametrize(("users", "p95"), [(24, 900), (25, 100), (26, 100)])
    def test_half_of_the_users_are_many(self, users: int, p95: int):
        """What ran with half of them or more is the test itself."""
        answers = read(jtl(*self.peak(), *self.smoke(users)))

        assert answers["p95_ms"].value == p95

    @pytest.mark.parametrize(("quick", "failed"), [(99, (50, 999)), (100, (50, 1000)), (101, (50, 900))])
    def test_a_tenth_of_the_requests_is_a_ramp_up(self, quick: int, failed: tuple[int, int]):
        """Every test begins with few users, and its figures stay those of the whole test."""
        rows = [*self.peak(failed=5, each=90), *self.smoke(each=quick, minutes=1)]

        answer = read(jtl(*rows))["error_ratio"]

        assert len(rows) == 900 + quick
        assert (answer.part, answer.whole) == failed

    def test_of_a_key_transaction_too(self):
        """Each transaction is told of the peak alone as well."""
        answers = read(jtl(*self.peak(failed=5), *self.smoke()), key_transactions=["pay"])

        assert answers["p95_ms"].value == 900
        assert (answers["error_ratio"].part, answers["error_ratio"].whole) == (50, 500)

    def test_a_slow_start_with_few_users_counts_in_the_whole(self):
        """The worse counts, whichever it is."""
        slow = [sample(MINUTE * minute + 1000 * n, 2000, users=1) for minute in (11, 12) for n in range(60)]

        assert read(jtl(*self.peak(), *slow))["p95_ms"].value == 2000

    @pytest.mark.parametrize(
        ("key", "p95", "failed"),
        [
            ("{scenario:peak}", 900, (50, 100)),
            ("{ scenario:peak }", 900, (50, 100)),
            ("{expected_response:true,scenario:peak}", 900, (50, 100)),
            ("{name:report}", 216, (2, 1000)),
        ],
    )
    def test_k6_tells_scenarios_apart_where_they_have_thresholds(self, key: str, p95: int, failed: tuple[int, int]):
        """The summary of both has the mean of a smoke scenario and of the peak."""
        more = {
            f"http_req_duration{key}": {"values": {"p(95)": 900}},
            f"http_req_failed{key}": {"values": {"passes": 50, "fails": 50}},
        }

        answers = summary(k6(p95="216", **more))

        assert answers["p95_ms"].value == p95
        assert (answers["error_ratio"].part, answers["error_ratio"].whole) == failed
